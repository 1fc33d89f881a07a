"""A deal that somebody said is another one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    # No foreign key: SQLite would have to write the table anew for it, and deals are never deleted.
    op.add_column("deals", sa.Column("merged_into", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_deals_merged_into"), "deals", ["merged_into"], unique=False)
