"""What archives named and brought, and how far each backfill has come."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column(
        "listings",
        sa.Column("from_archive", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("articles", sa.Column("archived_at", _instant(), nullable=True))
    op.create_table(
        "backfills",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked", sa.String(64), nullable=False),
        sa.Column("until_at", _instant(), nullable=False),
        sa.Column("begun_at", _instant(), nullable=False),
        sa.Column("done_at", _instant(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("inside", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_backfills")),
        sa.UniqueConstraint("asked", name=op.f("uq_backfills_asked")),
    )
    op.create_table(
        "sitemaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("backfill_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("first_at", _instant(), nullable=True),
        sa.Column("last_at", _instant(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["backfill_id"],
            ["backfills.id"],
            name=op.f("fk_sitemaps_backfill_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sitemaps")),
        sa.UniqueConstraint("backfill_id", "url", name=op.f("uq_sitemaps_backfill_id_url")),
    )


def _instant() -> sa.types.TypeEngine[str]:
    return sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
