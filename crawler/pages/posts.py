"""Which posts does WordPress's own interface name?  Source: developer.wordpress.org/rest-api."""

from __future__ import annotations

from typing import Any

from crawler.model import Evidence
from crawler.pages.clean import from_markup
from crawler.pages.feeds import MOST_READ, Asked, Line, dated, make_line


def find_posts(told: list[Any], asked: Asked) -> tuple[Line, ...] | None:
    """The lines of `/wp-json/wp/v2/posts`; None if `told` holds no post at all."""
    posts = [post for post in told[:MOST_READ] if _is_post(post)]
    if told and not posts:
        return None
    lines = (_line(post, asked) for post in posts)
    return tuple(line for line in lines if line is not None)


def _is_post(post: object) -> bool:
    return isinstance(post, dict) and isinstance(post.get("link"), str)


def _line(post: dict[str, Any], asked: Asked) -> Line | None:
    if post.get("status", "publish") != "publish":
        return None
    gmt = post.get("date_gmt")  # in UTC and without a zone; `date` is the site's own clock
    raw = f"{gmt.removesuffix('Z')}Z" if isinstance(gmt, str) and gmt else None
    texts = [_rendered(post.get(name)) or "" for name in ("excerpt", "content")]
    return make_line(
        post["link"],
        title=from_markup(_rendered(post.get("title"))),
        date=dated(raw, Evidence.FEED, asked),
        summary=max(texts, key=len),
        asked=asked,
    )


def _rendered(part: object) -> str | None:
    """What WordPress shows of a field; None where a password protects it."""
    if not isinstance(part, dict) or part.get("protected") is True:
        return None
    text = part.get("rendered")
    return text if isinstance(text, str) else None
