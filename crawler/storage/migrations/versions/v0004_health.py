"""How each Source is doing, what its looks came to by the hour, and notices about it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("sources", sa.Column("health", sa.Text(), nullable=True))
    for name in ("state", "told"):
        op.add_column("sources", sa.Column(name, sa.String(32), nullable=True))
        op.create_index(op.f(f"ix_sources_{name}"), "sources", [name], unique=False)
    op.create_table(
        "source_hours",
        sa.Column("source_id", sa.String(64), nullable=False),
        sa.Column("hour", _instant(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False, server_default="0")
            for name in ("looks", "failed", "listed", "articles")
        ),
        sa.PrimaryKeyConstraint("source_id", "hour", name=op.f("pk_source_hours")),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("made_at", _instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_made_at"), "notices", ["made_at"], unique=False)
    # A delivery is of an alert or of a notice now: SQLite has to write the table anew for that.
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.alter_column("alert_id", existing_type=sa.Integer(), nullable=True)
        deliveries.add_column(sa.Column("notice_id", sa.Integer(), nullable=True))
        deliveries.create_foreign_key(
            op.f("fk_deliveries_notice_id"), "notices", ["notice_id"], ["id"]
        )
        deliveries.create_unique_constraint(
            op.f("uq_deliveries_notice_id_target_id"), ["notice_id", "target_id"]
        )


def _instant() -> sa.types.TypeEngine[str]:
    return sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
