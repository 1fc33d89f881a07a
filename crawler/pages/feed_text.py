"""What does a list itself tell of an article whose page cannot be had?"""

from __future__ import annotations

from datetime import datetime

from config.model import Source
from crawler.model import Article, Listing, Reason
from crawler.pages.language import resolve_language


def article_of_line(listing: Listing, source: Source, *, now: datetime, why: str) -> Article | None:
    """The Article that title and text of `listing` make; None where the list gave no title.

    `why` says what became of the page. A title alone is read too: amounts are often only there.
    """
    if not listing.title:
        return None
    body = listing.summary or ""
    why = why.rstrip(".")
    text = f"the page could not be had ({why}); read from the feed's text"
    reasons: tuple[Reason, ...] = (Reason(code="feed_text", text=text, facts=(why,)),)
    if listing.published is None:
        reasons += (Reason(code="undated", text="no date of publication was found"),)
    return Article(
        url=listing.url,
        source_id=source.id,
        title=listing.title,
        body=body,
        language=resolve_language(f"{listing.title}\n{body}", source.language),
        published=listing.published,
        fetched_at=now,
        reasons=reasons,
    )
