"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_at", _instant(), nullable=True),
        sa.Column("fetched_at", _instant(), nullable=False),
        sa.Column("site_name", sa.Text(), nullable=True),
        sa.Column("image_url", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("url", name=op.f("uq_articles_url")),
    )
    op.create_index(op.f("ix_articles_fetched_at"), "articles", ["fetched_at"], unique=False)
    op.create_index(op.f("ix_articles_published_at"), "articles", ["published_at"], unique=False)
    op.create_index(
        op.f("ix_articles_source_id_published_at"),
        "articles",
        ["source_id", "published_at"],
        unique=False,
    )
    op.create_table(
        "deals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=True),
        sa.Column("last_year", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("figure", sa.Text(), nullable=True),
        sa.Column("figure_primary", sa.Boolean(), nullable=False),
        sa.Column("earlier", sa.Text(), nullable=False),
        sa.Column("actual", sa.Text(), nullable=True),
        sa.Column("part_of", sa.Integer(), nullable=True),
        sa.Column("change_count", sa.Integer(), nullable=False),
        sa.Column("opened_at", _instant(), nullable=False),
        sa.Column("changed_at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(["part_of"], ["deals.id"], name=op.f("fk_deals_part_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deals")),
    )
    op.create_index(op.f("ix_deals_changed_at"), "deals", ["changed_at"], unique=False)
    op.create_index(op.f("ix_deals_part_of"), "deals", ["part_of"], unique=False)
    op.create_table(
        "meta",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
    )
    op.create_table(
        "sources",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("next_look_at", _instant(), nullable=True),
        sa.Column("first_look_done", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("last_look_at", _instant(), nullable=True),
        sa.Column("last_ok_at", _instant(), nullable=True),
        sa.Column("outcome", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
    )
    op.create_index(op.f("ix_sources_next_look_at"), "sources", ["next_look_at"], unique=False)
    op.create_table(
        "changes",
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("stage_before", sa.String(32), nullable=True),
        sa.Column("stage_after", sa.String(32), nullable=False),
        sa.Column("moved", sa.String(64), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("article_url", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("at", _instant(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_changes_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_changes_deal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("deal_id", "number", name=op.f("pk_changes")),
    )
    op.create_index(op.f("ix_changes_article_id"), "changes", ["article_id"], unique=False)
    op.create_index(op.f("ix_changes_at"), "changes", ["at"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=True),
        sa.Column("change_number", sa.Integer(), nullable=True),
        sa.Column("claim", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_claims_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_claims_deal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_article_id"), "claims", ["article_id"], unique=False)
    op.create_index(op.f("ix_claims_deal_id"), "claims", ["deal_id"], unique=False)
    op.create_table(
        "deal_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["deals.id"], name=op.f("fk_deal_keys_deal_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "deal_id", name=op.f("pk_deal_keys")),
    )
    op.create_index(op.f("ix_deal_keys_deal_id"), "deal_keys", ["deal_id"], unique=False)
    op.create_table(
        "listings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=64), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_at", _instant(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("first_look", sa.Boolean(), nullable=False),
        sa.Column("found_at", _instant(), nullable=False),
        sa.Column("tried_at", _instant(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_listings_article_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listings")),
        sa.UniqueConstraint("source_id", "url", name=op.f("uq_listings_source_id_url")),
    )
    op.create_index(op.f("ix_listings_article_id"), "listings", ["article_id"], unique=False)
    op.create_index(
        op.f("ix_listings_source_id_state"), "listings", ["source_id", "state"], unique=False
    )
    op.create_index(op.f("ix_listings_url"), "listings", ["url"], unique=False)
    op.create_table(
        "readings",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("reader_version", sa.String(length=64), nullable=False),
        sa.Column("lexicon_hash", sa.String(length=64), nullable=False),
        sa.Column("ai_investment", sa.Boolean(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_readings_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_ai_investment"), "readings", ["ai_investment"], unique=False)
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("fetched_at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_revisions_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_revisions")),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("made_at", _instant(), nullable=False),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deal_id", "change_number"],
            ["changes.deal_id", "changes.number"],
            name=op.f("fk_alerts_deal_id_change_number"),
        ),
        sa.ForeignKeyConstraint(["replaces"], ["alerts.id"], name=op.f("fk_alerts_replaces")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint(
            "deal_id",
            "rule_id",
            "change_number",
            name=op.f("uq_alerts_deal_id_rule_id_change_number"),
        ),
    )
    op.create_index(op.f("ix_alerts_made_at"), "alerts", ["made_at"], unique=False)
    op.create_table(
        "texts",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id", "revision"],
            ["revisions.article_id", "revisions.number"],
            name=op.f("fk_texts_article_id_revision"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", name=op.f("pk_texts")),
    )
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule_id", sa.String(length=64), nullable=False),
        sa.Column("deal_id", sa.Integer(), nullable=False),
        sa.Column("change_number", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("at", _instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id", "change_number"],
            ["changes.deal_id", "changes.number"],
            name=op.f("fk_verdicts_deal_id_change_number"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sa.UniqueConstraint(
            "deal_id",
            "change_number",
            "rule_id",
            name=op.f("uq_verdicts_deal_id_change_number_rule_id"),
        ),
    )
    op.create_index(op.f("ix_verdicts_at"), "verdicts", ["at"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("due_at", _instant(), nullable=False),
        sa.Column("lease_owner", sa.String(length=64), nullable=True),
        sa.Column("leased_until", _instant(), nullable=True),
        sa.Column("unsure_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("crash_count", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("done_at", _instant(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name=op.f("fk_deliveries_alert_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("alert_id", "target_id", name=op.f("uq_deliveries_alert_id_target_id")),
    )
    op.create_index(
        op.f("ix_deliveries_state_due_at"), "deliveries", ["state", "due_at"], unique=False
    )


def _instant() -> sa.types.TypeEngine[str]:
    return sa.String(32).with_variant(sa.DateTime(timezone=True), "postgresql")
