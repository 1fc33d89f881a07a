"""A deal of which no article with a date has told yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column(
        "deals", sa.Column("undated", sa.Boolean(), nullable=False, server_default=sa.false())
    )
