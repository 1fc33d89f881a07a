"""What have we read?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, update

from crawler.model import Article, ListingState, Reading
from crawler.storage.database import insert_if_new, insert_new, upsert
from crawler.storage.listings import mark_fetched
from crawler.storage.schema import articles, listings, readings, revisions, texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What saving an Article did. Neither new nor a revision: its text was known."""

    id: int
    is_new: bool
    is_revision: bool
    revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An Article as it is kept; `body` is empty where the text is not (or no longer) kept."""

    id: int
    article: Article
    reading: Reading | None
    revision: int = 1
    archived_at: datetime | None = None  # when `rasid backfill` brought it


def save_article(
    tx: Connection,
    article: Article,
    reading: Reading | None,
    *,
    now: datetime,
    keep_text: bool,
    listing_id: int | None = None,
    archived_at: datetime | None = None,
) -> Saved:
    """Save `article` with its reading; another text at a known URL is its next revision.

    Its text is kept neither without `keep_text` nor where the page asks that it is not.
    The listing that led here counts as fetched in the same transaction. `archived_at`: when it
    was brought from an archive, long after it was told.
    """
    if listing_id is not None:
        _follow(tx, listing_id, article.url)
    may_keep = keep_text and all(reason.code != "noarchive" for reason in article.reasons)
    saved = _save_text(tx, article, keep_text=may_keep)
    if saved.is_new and archived_at is not None:
        tx.execute(
            update(articles).where(articles.c.id == saved.id).values(archived_at=archived_at)
        )
    if reading is not None and (saved.is_new or saved.is_revision):
        save_reading(tx, saved.id, reading)
    if listing_id is not None:
        mark_fetched(tx, listing_id, saved.id, now=now)
    return saved


def save_reading(tx: Connection, article_id: int, reading: Reading) -> None:
    """Save what the article's newest revision says, in place of an earlier reading."""
    row = {
        "article_id": article_id,
        "reader_version": reading.reader_version,
        "lexicon_hash": reading.lexicon_hash,
        "ai_investment": reading.ai_investment,
        "reading": reading,
    }
    upsert(tx, readings, [row], by=["article_id"])


def load_article(conn: Connection, url_or_id: str | int) -> StoredArticle | None:
    """The article with this id, canonical URL, or URL under which a list named it."""
    if isinstance(url_or_id, int):
        meant = articles.c.id == url_or_id
    else:
        by_listing = select(listings.c.article_id).where(listings.c.url == url_or_id)
        meant = or_(articles.c.url == url_or_id, articles.c.id.in_(by_listing))
    row = conn.execute(
        select(articles, texts.c.body, readings.c.reading)
        .outerjoin(
            texts,
            (texts.c.article_id == articles.c.id) & (texts.c.revision == articles.c.revision),
        )
        .outerjoin(readings, readings.c.article_id == articles.c.id)
        .where(meant)
        .order_by(articles.c.url != str(url_or_id))
        .limit(1)
    ).one_or_none()
    return None if row is None else _stored(row)


def load_read_otherwise(
    conn: Connection, reader_version: str, lexicon_hash: str, *, after: int, limit: int
) -> tuple[StoredArticle, ...]:
    """Articles with a kept text that another reader or lexicon read, by id above `after`."""
    rows = conn.execute(
        select(articles, texts.c.body, readings.c.reading)
        .join(
            texts,
            (texts.c.article_id == articles.c.id) & (texts.c.revision == articles.c.revision),
        )
        .outerjoin(readings, readings.c.article_id == articles.c.id)
        .where(
            articles.c.id > after,
            or_(
                readings.c.article_id.is_(None),
                readings.c.reader_version != reader_version,
                readings.c.lexicon_hash != lexicon_hash,
            ),
        )
        .order_by(articles.c.id)
        .limit(limit)
    )
    return tuple(_stored(row) for row in rows)


def load_titles(conn: Connection, *, limit: int) -> tuple[tuple[str, str], ...]:
    """URL and title of the newest articles, and of lines whose page was not read yet."""
    read = select(articles.c.url, articles.c.title).order_by(articles.c.id.desc()).limit(limit)
    unread = (
        select(listings.c.url, listings.c.title)
        .where(listings.c.article_id.is_(None), listings.c.title.is_not(None))
        .order_by(listings.c.id.desc())
        .limit(limit)
    )
    rows = [*conn.execute(read), *conn.execute(unread)]
    return tuple({row.url: (row.url, row.title) for row in reversed(rows)}.values())[::-1]


def count_articles(conn: Connection, *, since: datetime | None = None) -> int:
    """How many articles are kept; with `since`, those fetched at or after it."""
    asked = select(func.count()).select_from(articles)
    if since is not None:
        asked = asked.where(articles.c.fetched_at >= since)
    return conn.execute(asked).scalar_one()


def _follow(tx: Connection, listing_id: int, url: str) -> None:
    """Let what was read from the list itself have the page's own address, once that is known."""
    same = select(articles.c.id).where(articles.c.url == url)
    of_line = select(listings.c.article_id).where(
        listings.c.id == listing_id, listings.c.state == ListingState.WAITING
    )
    if tx.execute(same).first() is None:
        tx.execute(update(articles).where(articles.c.id.in_(of_line)).values(url=url))


def _save_text(tx: Connection, article: Article, *, keep_text: bool) -> Saved:
    text_hash = sha256(f"{article.title}\0{article.body}".encode("utf-8", "replace")).hexdigest()
    article_id = insert_if_new(tx, articles, url=article.url, revision=1, **_columns(article))
    if article_id is not None:
        _save_revision(tx, article_id, 1, article, text_hash, keep_text=keep_text)
        return Saved(id=article_id, is_new=True, is_revision=False)

    known = tx.execute(
        select(articles.c.id, articles.c.revision, revisions.c.text_hash)
        .join(
            revisions,
            (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.revision),
        )
        .where(articles.c.url == article.url)
    ).one()
    if known.text_hash == text_hash:
        return Saved(id=known.id, is_new=False, is_revision=False, revision=known.revision)

    revision = known.revision + 1
    tx.execute(
        update(articles)
        .where(articles.c.id == known.id)
        .values(revision=revision, **_columns(article))
    )
    _save_revision(tx, known.id, revision, article, text_hash, keep_text=keep_text)
    return Saved(id=known.id, is_new=False, is_revision=True, revision=revision)


def _save_revision(
    tx: Connection,
    article_id: int,
    number: int,
    article: Article,
    text_hash: str,
    *,
    keep_text: bool,
) -> None:
    row = {
        "article_id": article_id,
        "number": number,
        "title": article.title,
        "text_hash": text_hash,
        "fetched_at": article.fetched_at,
    }
    insert_new(tx, revisions, [row])
    if keep_text:
        insert_new(
            tx, texts, [{"article_id": article_id, "revision": number, "body": article.body}]
        )


def _columns(article: Article) -> dict[str, Any]:
    return {
        "source_id": article.source_id,
        "title": article.title,
        "language": article.language,
        "published": article.published,
        "published_at": article.published.at if article.published else None,
        "fetched_at": article.fetched_at,
        "site_name": article.site_name,
        "image_url": article.image_url,
        "reasons": article.reasons,
    }


def _stored(row: Row[Any]) -> StoredArticle:
    article = build_article(row, body=row.body or "")
    return StoredArticle(
        id=row.id,
        article=article,
        reading=row.reading,
        revision=row.revision,
        archived_at=row.archived_at,
    )


def build_article(row: Row[Any], *, body: str) -> Article:
    """The Article of a row of `articles`, for this room only."""
    return Article(
        url=row.url,
        source_id=row.source_id,
        title=row.title,
        body=body,
        language=row.language,
        published=row.published,
        fetched_at=row.fetched_at,
        site_name=row.site_name,
        image_url=row.image_url,
        reasons=row.reasons,
    )
