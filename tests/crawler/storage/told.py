"""The told story that goes into the database, and the line of a list that leads to it."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.model import Article, Evidence, Listing, Published, Reading, Reason
from crawler.storage.database import Database
from crawler.storage.listings import save_listings

NOW = datetime(2025, 1, 24, 15, tzinfo=UTC)
ARTICLE = Article(
    url="https://daily.example/meta",
    source_id="daily",
    title="ميتا تنفق 60 إلى 65 مليار دولار",
    body="تعتزم ميتا استثمار ما بين 60 و65 مليار دولار هذا العام.",
    language="ar",
    published=Published(at=NOW, evidence=Evidence.JSON_LD, raw="2025-01-24T15:00Z"),
    fetched_at=NOW,
    site_name="Daily",
    image_url="https://daily.example/meta.jpg",
    reasons=(Reason(code="title_og", text="title from OpenGraph", facts=("og:title",)),),
)
READING = Reading(
    language="ar", ai_investment=True, figures=(), claims=(), reader_version="1", lexicon_hash="a"
)


def line(name: str, day: int | None = None) -> Listing:
    published = None
    if day is not None:
        published = Published(at=datetime(2025, 1, day, tzinfo=UTC), evidence=Evidence.FEED)
    return Listing(url=f"https://daily.example/{name}", title=name, published=published)


def look(database: Database, *lines: Listing, source: str = "daily", first: bool = False) -> int:
    with database.write() as tx:
        return save_listings(tx, source, lines, now=NOW, first_look=first)
