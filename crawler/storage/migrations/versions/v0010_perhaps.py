"""Whom the articles of a deal may mean by its recipient."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("deals", sa.Column("perhaps", sa.Text(), nullable=False, server_default="[]"))
