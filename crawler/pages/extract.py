"""What does the filter `rasid extract` say of one page on disk?"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from config.model import Source
from crawler.model import Article, Fetched, Published, Reason
from crawler.pages.page import read_page
from crawler.pages.urls import canonical_url

_LIMIT = 16 << 20


def extract(
    record: Mapping[str, Any], *, folder: Path, now: datetime | None = None
) -> dict[str, Any]:
    """Load the HTML file that `record` names and say what `read_page` finds in it.

    `record` holds id, url, file and perhaps fetched (ISO 8601): relative dates count from there,
    else from `now`, else from the file's own time. The daemon's path: the same Fetched, the same
    function. Bad input gives a reason.
    """
    said: dict[str, Any] = {
        "id": record.get("id"),
        "title": None,
        "text": None,
        "published": None,
        "language": None,
        "reasons": [],
    }
    url, name = record.get("url"), record.get("file")
    if not isinstance(url, str) or canonical_url(url) is None:
        return said | _complaint("bad_url", f"url must be an http(s) address, not {url!r}")
    if not isinstance(name, str) or not name:
        return said | _complaint("bad_file", "file must name an HTML file, plain or .gz")
    try:
        body = _load(folder / name)
        fetched_at = _moment(record.get("fetched"), folder / name, now)
    except (OSError, ValueError, OverflowError, EOFError, zlib.error) as error:
        return said | _complaint("bad_file", f"{name} cannot be read: {error}")
    try:
        result = read_page(_fetched(url, body, fetched_at))
    # The border of the article: one page that no parser digests must not end the run.
    except Exception as error:
        return said | _complaint("not_readable", f"{name} cannot be read: {error}"[:300])
    reasons = [_plain(reason) for reason in result.reasons]
    return said | {"reasons": reasons} | _told(result.article)


def _fetched(url: str, body: bytes, fetched_at: datetime) -> Fetched:
    return Fetched(
        source=Source(id="file", name="file", url=url, kind="section"),
        url=url,
        status=200,
        content_type="text/html",
        charset=None,
        body=body,
        etag=None,
        last_modified=None,
        fetched_at=fetched_at,
    )


def _told(article: Article | None) -> dict[str, Any]:
    if article is None:
        return {}
    return {
        "title": article.title,
        "text": article.body,
        "published": _iso(article.published),
        "language": article.language,
    }


def _iso(published: Published | None) -> str | None:
    if published is None:
        return None
    return published.at.date().isoformat() if published.day_only else published.at.isoformat()


def _load(path: Path) -> bytes:
    if path.suffix == ".gz":
        with gzip.open(path) as file:
            return file.read(_LIMIT)
    with path.open("rb") as file:
        return file.read(_LIMIT)


def _moment(told: object, path: Path, now: datetime | None) -> datetime:
    if isinstance(told, str) and told:
        at = datetime.fromisoformat(told)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    return now or datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _plain(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "text": reason.text}


def _complaint(code: str, sentence: str) -> dict[str, Any]:
    return {"reasons": [{"code": code, "text": sentence}]}
