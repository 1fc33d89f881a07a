"""Each change remembers its deal, so that rules can be tried on the past."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("changes", sa.Column("deal", sa.Text()))
