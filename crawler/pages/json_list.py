"""Which lines does a list in JSON hold: a JSON Feed, or the posts of a WordPress site?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from crawler.model import Evidence
from crawler.pages.clean import from_markup
from crawler.pages.feeds import MOST_READ, Asked, Line, dated, make_line
from crawler.pages.posts import find_posts

_ITEMS = re.compile(r'\s*\{(?:.{0,20000}?)"items"\s*:\s*\[', re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)  # a raw line break in a title costs nothing


def find_json_lines(text: str, asked: Asked) -> tuple[tuple[Line, ...], bool] | None:
    """The lines of a JSON Feed or of WordPress posts, and whether the list is whole.

    None if `text` is neither. One that is cut off gives its whole items.
    Source: jsonfeed.org/version/1.1
    """
    text, is_whole = text.strip(), True
    try:
        told = _DECODER.decode(text)
    except (ValueError, RecursionError):
        told, is_whole = _whole_items(text), False
    if isinstance(told, list):
        lines = find_posts(told, asked)
    elif isinstance(told, dict) and isinstance(told.get("items"), list):
        lines = _lines_of_feed(told["items"], asked)
    else:
        lines = None
    return None if lines is None else (lines, is_whole)


def _lines_of_feed(items: list[Any], asked: Asked) -> tuple[Line, ...]:
    lines = (_line_of_item(item, asked) for item in items[:MOST_READ] if isinstance(item, dict))
    return tuple(line for line in lines if line is not None)


def _whole_items(text: str) -> Any:
    """The items before the place where JSON breaks off, as the list that it was to be."""
    feed = _ITEMS.match(text)
    start = feed.end() if feed else 1 if text.startswith("[") else 0
    items = list(_items_from(text, start)) if start else []
    if not items:
        return None
    return {"items": items} if feed else items


def _items_from(text: str, at: int) -> Iterator[Any]:
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        try:
            item, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield item


def _line_of_item(item: dict[str, Any], asked: Asked) -> Line | None:
    said = {key: value for key, value in item.items() if isinstance(value, str)}
    texts = [said.get(key, "") for key in ("summary", "content_text", "content_html")]
    raw = said.get("date_published", "").strip()
    return make_line(
        said.get("url") or said.get("external_url") or said.get("id"),
        title=from_markup(said.get("title")),
        date=dated(raw, Evidence.FEED, asked),
        summary=max(texts, key=len),
        asked=asked,
    )
