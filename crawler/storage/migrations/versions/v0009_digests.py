"""Messages that list deals, and which sources were introduced by one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("notices", sa.Column("digest", sa.Text(), nullable=True))
    instant = sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
    op.add_column("sources", sa.Column("introduced_at", instant, nullable=True))
    # Their first looks are long over: nobody is told of them now.
    op.execute("UPDATE sources SET introduced_at = last_look_at WHERE first_look_done")
