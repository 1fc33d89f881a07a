"""What every test of this room needs: bytes as if a server had sent them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from config.model import PageRule, Source
from crawler.model import Fetched, Listing

NOW = datetime(2025, 2, 1, 12, tzinfo=UTC)
Fetch = Callable[..., Fetched]


@pytest.fixture
def fetch() -> Fetch:
    """Build a Fetched of `body`; the rest has plain defaults."""

    def build(
        body: bytes | str,
        *,
        url: str = "https://list.example/feed",
        kind: str = "feed",
        at: datetime = NOW,
        listing: Listing | None = None,
        charset: str | None = None,
        page: tuple[PageRule, ...] = (),
        **fields: object,
    ) -> Fetched:
        source = Source(id="s", name="S", url=url, kind=kind, page=page, **fields)
        return Fetched(
            source=source,
            url=url,
            status=200,
            content_type=None,
            charset=charset,
            body=body.encode() if isinstance(body, str) else body,
            etag=None,
            last_modified=None,
            fetched_at=at,
            listing=listing,
        )

    return build


@pytest.fixture
def feeds() -> Path:
    """Hand-written lists in all dialects and states, with what stands in them."""
    return Path(__file__).parent / "feeds"
