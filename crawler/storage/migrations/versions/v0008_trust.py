"""Why a page could not be had, what people said of alerts, copies, and rules that only watch."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("listings", sa.Column("fault", sa.String(32), nullable=True))
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(32), nullable=False),
        sa.Column("amount", sa.Text()),
        sa.Column("duplicate_of", sa.Integer()),
        sa.Column("comment", sa.Text()),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_feedback_alert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
    )
    for name in ("alert_id", "at"):
        op.create_index(op.f(f"ix_feedback_{name}"), "feedback", [name], unique=False)
    op.create_table(
        "shadow_verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(64), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(32)),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id", "change_number"],
            ["changes.deal_id", "changes.number"],
            name=op.f("fk_shadow_verdicts_deal_id_change_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shadow_verdicts")),
        sa.UniqueConstraint(
            "deal_id",
            "change_number",
            "rule_id",
            name=op.f("uq_shadow_verdicts_deal_id_change_number_rule_id"),
        ),
    )
    op.create_index(op.f("ix_shadow_verdicts_at"), "shadow_verdicts", ["at"], unique=False)
    # SQLite has to write the table anew to let a message have a second copy.
    with op.batch_alter_table("deliveries") as deliveries:
        deliveries.add_column(sa.Column("copy", sa.Integer(), nullable=False, server_default="1"))
        deliveries.drop_constraint(op.f("uq_deliveries_alert_id_target_id"), type_="unique")
        deliveries.create_unique_constraint(
            op.f("uq_deliveries_alert_id_target_id_copy"), ["alert_id", "target_id", "copy"]
        )


def _instant() -> sa.types.TypeEngine[str]:
    return sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
