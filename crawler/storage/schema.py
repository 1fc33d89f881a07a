"""What is kept? Every table on one page.

A change here needs one more revision in migrations/versions and a new HEAD below.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)

from crawler.health.model import Health, Trouble
from crawler.model import (
    ChangeKind,
    Claim,
    Deal,
    Figure,
    ListingState,
    PageFault,
    Party,
    Published,
    Reading,
    Reason,
    Role,
    Stage,
)
from crawler.storage.columns import Choice, Coded, Instant, Share, Words

HEAD = "0010"  # the newest revision; a database that names it needs no Alembic

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The notifier's enums live a floor above, so its columns are plain words here;
# notifier/outbox turns them into its types.
_WORD = String(32)

# Small facts about this database itself.
meta = Table(
    "meta",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Words, nullable=False),
)

# How each Source is doing. Its declaration stays in YAML; a row appears with the first look.
sources = Table(
    "sources",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("etag", Words),  # as the server gave them, for the next conditional GET
    Column("last_modified", Words),
    Column("next_look_at", Instant, index=True),
    Column("first_look_done", Boolean, nullable=False, server_default="0"),
    Column("last_look_at", Instant),
    Column("last_ok_at", Instant),
    Column("outcome", String(32)),  # of the last look
    Column("note", Words),  # one sentence for `rasid status`
    Column("failures", Integer, nullable=False, server_default="0"),  # in a row
    Column("health", Coded(Health)),
    Column("state", _WORD, index=True),  # of `health`, to find the troubled ones
    Column("told", _WORD, index=True),  # the bad state that `ops` was told of
    Column("introduced_at", Instant),  # when people were told what its first look stored
)

# What the looks of each hour came to, for a week: `rasid sources` draws its strips from it.
source_hours = Table(
    "source_hours",
    metadata,
    Column("source_id", String(64), primary_key=True),
    Column("hour", Instant, primary_key=True),  # its beginning
    Column("looks", Integer, nullable=False, server_default="0"),
    Column("failed", Integer, nullable=False, server_default="0"),  # of the looks
    Column("listed", Integer, nullable=False, server_default="0"),  # new lines
    Column("articles", Integer, nullable=False, server_default="0"),
)

# What lists named. Saved beside the validators above, so a crash after a look loses none.
listings = Table(
    "listings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", String(64), nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words),
    Column("published", Coded(Published)),
    # Of `published`, to take the oldest first; of an archive's line, where the archive puts it.
    Column("published_at", Instant),
    Column("summary", Words),
    Column("state", Choice(ListingState), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("first_look", Boolean, nullable=False),  # found by the first look: never alerts
    Column("found_at", Instant, nullable=False),
    Column("tried_at", Instant),
    Column("note", Words),  # why it failed or was given up
    Column("fault", Choice(PageFault)),  # the same in one word
    # Named by an archive only: `rasid backfill` reads it and no look does, until a list names it.
    Column("from_archive", Boolean, nullable=False, server_default=false()),
    Column("article_id", ForeignKey("articles.id", ondelete="SET NULL"), index=True),
    UniqueConstraint("source_id", "url"),
    Index(None, "source_id", "state"),
    Index(None, "url"),
)

# One page read as text; its newest revision.
articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("url", Words, nullable=False, unique=True),  # canonical
    Column("source_id", String(64)),
    Column("title", Words, nullable=False),
    Column("language", String(16)),
    Column("published", Coded(Published)),
    Column("published_at", Instant, index=True),
    Column("fetched_at", Instant, nullable=False, index=True),
    Column("site_name", Words),
    Column("image_url", Words),
    Column("reasons", Coded(tuple[Reason, ...]), nullable=False),
    Column("revision", Integer, nullable=False),  # 1, 2, 3 …
    Column("archived_at", Instant),  # when `rasid backfill` brought it; None: a look did
    Index(None, "source_id", "published_at"),
)

# Every text that stood at the URL, by its hash: also where the text itself is not kept.
revisions = Table(
    "revisions",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("title", Words, nullable=False),
    Column("text_hash", String(64), nullable=False),  # SHA-256 of title and body
    Column("fetched_at", Instant, nullable=False),
)

# Bodies, apart: they are most of the bytes, seldom read, and thrown away after some months.
texts = Table(
    "texts",
    metadata,
    Column("article_id", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("body", Words, nullable=False),
    ForeignKeyConstraint(
        ["article_id", "revision"],
        ["revisions.article_id", "revisions.number"],
        ondelete="CASCADE",
    ),
)

# All that the newest revision says. Can be thrown away and made again from the text.
readings = Table(
    "readings",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("reader_version", String(64), nullable=False),
    Column("lexicon_hash", String(64), nullable=False),
    Column("ai_investment", Boolean, nullable=False, index=True),
    Column("reading", Coded(Reading), nullable=False),
)

# Things in the world, with their newest state; how they came to it is in `changes`.
deals = Table(
    "deals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Choice(Role), nullable=False),
    Column("stage", Choice(Stage), nullable=False),
    Column("parties", Coded(tuple[Party, ...]), nullable=False),
    Column("perhaps", Coded(tuple[Party, ...]), nullable=False, server_default="[]"),
    Column("first_year", Integer),
    Column("last_year", Integer),
    Column("place", Words),
    Column("figure", Coded(Figure)),
    Column("figure_primary", Boolean, nullable=False),
    Column("earlier", Coded(tuple[Figure, ...]), nullable=False),
    Column("actual", Coded(Figure)),
    Column("part_of", ForeignKey("deals.id"), index=True),
    Column("merged_into", Integer, index=True),  # the deal that this one really is, said by hand
    Column("undated", Boolean, nullable=False, server_default=false()),
    Column("change_count", Integer, nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False, index=True),
)

# Under which names a deal is looked for (crawler/deals/names.py).
deal_keys = Table(
    "deal_keys",
    metadata,
    Column("key", Words, primary_key=True),
    Column("deal_id", ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# Numbered steps in a deal's life. The number is given in the transaction that makes the change.
changes = Table(
    "changes",
    metadata,
    Column("deal_id", ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("kind", Choice(ChangeKind), nullable=False),
    Column("before", Coded(Figure)),
    Column("after", Coded(Figure)),
    Column("stage_before", Choice(Stage)),
    Column("stage_after", Choice(Stage), nullable=False),
    Column("moved", Share),
    Column("article_id", ForeignKey("articles.id"), nullable=False, index=True),
    Column("article_url", Words, nullable=False),
    Column("claim", Coded(Claim), nullable=False),
    Column("published_on", Date),
    Column("at", Instant, nullable=False, index=True),
    Column("reasons", Coded(tuple[Reason, ...]), nullable=False),
    Column("deal", Coded(Deal)),  # as it stood after the change: what rules were asked about
)

# What each claim of an article did, also when it did nothing: the "why not" of `rasid explain`.
claims = Table(
    "claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("revision", Integer, nullable=False),  # of the article, in which it stood
    Column("deal_id", ForeignKey("deals.id", ondelete="CASCADE"), index=True),
    Column("change_number", Integer),  # of that deal, if the claim changed it
    Column("claim", Coded(Claim), nullable=False),
    Column("reasons", Coded(tuple[Reason, ...]), nullable=False),
)


def _verdicts(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Integer, primary_key=True),
        Column("rule_id", String(64), nullable=False),
        Column("deal_id", Integer, nullable=False),
        Column("change_number", Integer, nullable=False),
        Column("answer", _WORD, nullable=False),
        Column("kind", _WORD),
        Column("reasons", Coded(tuple[Reason, ...]), nullable=False),
        Column("at", Instant, nullable=False, index=True),
        ForeignKeyConstraint(["deal_id", "change_number"], ["changes.deal_id", "changes.number"]),
        UniqueConstraint("deal_id", "change_number", "rule_id"),
    )


# What a rule said to a change, also when it skipped.
verdicts = _verdicts("verdicts")

# Messages we owe. The unique key is what keeps one event from being told twice.
alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule_id", String(64), nullable=False),
    Column("deal_id", Integer, nullable=False),
    Column("change_number", Integer, nullable=False),
    Column("kind", _WORD, nullable=False),
    Column("reasons", Coded(tuple[Reason, ...]), nullable=False),
    Column("made_at", Instant, nullable=False, index=True),
    Column("replaces", ForeignKey("alerts.id")),
    ForeignKeyConstraint(["deal_id", "change_number"], ["changes.deal_id", "changes.number"]),
    UniqueConstraint("deal_id", "rule_id", "change_number"),
)

# Messages about Rasid itself, for the targets tagged `ops`.
notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", _WORD, nullable=False),
    Column("items", Coded(tuple[Trouble, ...]), nullable=False),
    Column("made_at", Instant, nullable=False, index=True),
    Column("digest", Words),  # of messages that list deals: JSON of the notifier's Digest
)

# What nobody wants to hear of for a while. A list that is empty matches everything.
silences = Table(
    "silences",
    metadata,
    Column("id", Integer, primary_key=True),
    *(
        Column(name, Coded(tuple[str, ...]), nullable=False)
        for name in ("rules", "companies", "kinds", "sources", "countries")
    ),
    Column("author", Words, nullable=False),
    Column("comment", Words, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("until_at", Instant, nullable=False),
    Column("ended_at", Instant),  # by hand, before its time
)

# The outbox: one row for each alert or notice and target, kept after sending as the record of it.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert_id", ForeignKey("alerts.id")),  # this or a notice
    Column("notice_id", ForeignKey("notices.id")),
    Column("target_id", String(64), nullable=False),
    Column("state", _WORD, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),  # sends begun
    Column("due_at", Instant, nullable=False),
    Column("lease_owner", String(64)),
    Column("leased_until", Instant),
    Column("unsure_count", Integer, nullable=False, server_default="0"),  # answers lost
    Column("crash_count", Integer, nullable=False, server_default="0"),  # in flight at a crash
    Column("last_error", Words),
    Column("done_at", Instant),  # when it was sent, parked or left unsure
    Column("held_for", _WORD),  # what it waits for while it is held
    Column("held_since", Instant),  # kept when it is let go: the message says so
    Column("held_why", Coded(Reason)),
    Column("replaced_by", ForeignKey("alerts.id")),  # the later alert that tells this one too
    Column("silence_id", ForeignKey("silences.id"), index=True),  # which swallowed it
    Column("told_in", ForeignKey("notices.id")),  # the digest that tells it
    # 1, 2, 3 …: an alert is sent again as a copy of its own, when its owner says so.
    Column("copy", Integer, nullable=False, server_default="1"),
    UniqueConstraint("alert_id", "target_id", "copy"),
    UniqueConstraint("notice_id", "target_id"),
    Index(None, "state", "due_at"),
)

# What people said of alerts: examples with a label, for the reader to learn from.
feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert_id", ForeignKey("alerts.id"), nullable=False, index=True),
    Column("label", _WORD, nullable=False),
    Column("amount", Words),  # the right one, as its author wrote it
    Column("duplicate_of", Integer),  # the deal that the alert's deal really is
    Column("comment", Words),
    Column("author", Words, nullable=False),
    Column("at", Instant, nullable=False, index=True),
)

# What rules that only watch would have said beside those that tell.
shadow_verdicts = _verdicts("shadow_verdicts")

# How far each backfill has come: by the span that was asked for, or through one WARC file.
backfills = Table(
    "backfills",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("asked", String(64), nullable=False, unique=True),  # a hash of what was asked
    Column("until_at", Instant, nullable=False),  # as it was when the backfill began
    Column("begun_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("position", Integer, nullable=False, server_default="0"),  # in the file, in bytes
    Column("inside", Integer, nullable=False, server_default="0"),  # the gzip member there
)

# The sitemaps of a backfill: an index waits like a page, so that none is asked for twice.
sitemaps = Table(
    "sitemaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("backfill_id", ForeignKey("backfills.id", ondelete="CASCADE"), nullable=False),
    Column("url", Words, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("first_at", Instant),  # the span that names and dates on the way to it told
    Column("last_at", Instant),
    Column("state", Choice(ListingState), nullable=False),
    Column("note", Words),
    UniqueConstraint("backfill_id", "url"),
)
