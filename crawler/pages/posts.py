"""Which posts does WordPress's own interface name?  Source: developer.wordpress.org/rest-api."""

from __future__ import annotations

from typing import Any

from crawler.model import Evidence
from crawler.pages.clean import from_markup
from crawler.pages.feeds import MOST_LINES, Asked, Line, make_line

_SUMMARY_LIMIT = 2000


def find_posts(told: list[Any], asked: Asked) -> tuple[Line, ...] | None:
    """The lines of `/wp-json/wp/v2/posts`; None if `told` holds anything else."""
    if not all(isinstance(post, dict) and isinstance(post.get("link"), str) for post in told):
        return None
    lines = (_line(post, asked) for post in told[:MOST_LINES])
    return tuple(line for line in lines if line is not None)


def _line(post: dict[str, Any], asked: Asked) -> Line | None:
    gmt = post.get("date_gmt")  # in UTC and without a zone; `date` is the site's own clock
    raw = f"{gmt}Z" if isinstance(gmt, str) and gmt else None
    return make_line(
        post["link"],
        title=from_markup(_rendered(post.get("title"))),
        date=(raw, Evidence.FEED) if raw else None,
        summary=from_markup(_rendered(post.get("excerpt")), _SUMMARY_LIMIT),
        asked=asked,
    )


def _rendered(part: object) -> str | None:
    text = part.get("rendered") if isinstance(part, dict) else None
    return text if isinstance(text, str) else None
