"""What is held, replaced or silenced, and the silences themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "silences",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("rules", "companies", "kinds", "sources", "countries")
        ),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("made_at", _instant(), nullable=False),
        sa.Column("until_at", _instant(), nullable=False),
        sa.Column("ended_at", _instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_silences")),
    )
    # Three more foreign keys: SQLite has to write the table anew for that.
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(sa.Column("held_for", sa.String(32), nullable=True))
        deliveries.add_column(sa.Column("held_since", _instant(), nullable=True))
        deliveries.add_column(sa.Column("held_why", sa.Text(), nullable=True))
        for name, table in (
            ("replaced_by", "alerts"),
            ("silence_id", "silences"),
            ("told_in", "notices"),
        ):
            deliveries.add_column(sa.Column(name, sa.Integer(), nullable=True))
            deliveries.create_foreign_key(op.f(f"fk_deliveries_{name}"), table, [name], ["id"])
        deliveries.create_index(op.f("ix_deliveries_silence_id"), ["silence_id"])


def _instant() -> sa.types.TypeEngine[str]:
    return sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
