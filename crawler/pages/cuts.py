"""Which lines of an article are not the article: related links, promotion, sharing?

The words are folded at import, so hamza, accents and case do not matter. A line is cut whole or
not at all.
"""

from __future__ import annotations

import re

from crawler.pages.cut_words import (
    BYLINE,
    COMMENTS,
    COUNTED,
    LABELS,
    LEGAL,
    LINKS,
    NOTES,
    PROMOTION,
    READING,
)
from crawler.pages.stamps import ascii_digits
from crawler.text.fold import fold

# A related link is as short as a headline, and a request as a line: longer ones are text.
_LONGEST, _LONGEST_COUNT = 240, 50
_MARK = r"\s*(?:[:：|»›>…]|\.\.\.|-\s|–|—|$)"


def _any(rows: str) -> str:
    words = sorted((fold(word) for word in rows.split("|")), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


_OPENS_LINK = re.compile(rf"\W*(?:{_any('|'.join(LINKS.values()))})(?!\w)")
_OPENS_LABEL = re.compile(rf"\W*(?:{_any('|'.join(LABELS.values()))}){_MARK}")
_TIGHT = {"zh", "ja", "ko"}  # no space between words


def _asking(language: str, verbs: str, things: str) -> re.Pattern[str]:
    left, right = ("", "") if language in _TIGHT else (r"(?<!\w)و?", r"(?!\w)")
    return re.compile(rf"\W*(?:{_any(verbs)}){right}.{{0,160}}?{left}(?:{_any(things)}){right}")


_ASKS = tuple(_asking(language, *words) for language, words in PROMOTION.items())
_ASKS_AT_ALL = re.compile(rf"\W*(?:{_any('|'.join(verbs for verbs, _ in PROMOTION.values()))})")
_IS_HEADING = re.compile(rf"\W*(?:{_any('|'.join((*LINKS.values(), *LABELS.values())))})\W*")
_IS_COMMENTS = re.compile(rf"\W*\d*\W*(?:{_any(COMMENTS)})\W*\d*\W*")
_OPENS_LEGAL = re.compile(rf"[\s*•|\-]*(?:{_any(LEGAL)})")
_IS_BYLINE = re.compile(rf"\W*(?:{_any(BYLINE)})[\s:：]+[^\d.!?؟。]{{2,60}}")
_IS_COUNT = re.compile(
    rf"\W*(?:(?:{_any(COUNTED)})\W*\d[\d.,]*\W*[^\W\d]{{0,10}}|"
    rf"\d[\d.,]*\W*(?:{_any(READING)}))\W*"
)
_IS_NOTE = re.compile(rf"\W*(?:{_any(NOTES)})\W*")


def is_foreign_line(line: str) -> bool:
    """Whether `line` belongs to the page around the article and not to its text."""
    if len(line) > 2 * _LONGEST:
        return False
    folded = fold(line)
    if _OPENS_LEGAL.match(folded):
        return True
    if len(line) > _LONGEST:
        return False
    if _OPENS_LINK.match(folded) or _OPENS_LABEL.match(folded) or _IS_NOTE.fullmatch(folded):
        return True
    if len(line) <= _LONGEST_COUNT and _IS_COUNT.fullmatch(ascii_digits(folded)):
        return True
    if not _ASKS_AT_ALL.match(folded):
        return False
    return any(asks.match(folded) for asks in _ASKS) and _is_a_request(line)


def is_heading_of_links(line: str) -> bool:
    """Whether `line` is only the heading of a list of links: what it lists is not the text."""
    return len(line) <= _LONGEST_COUNT and _IS_HEADING.fullmatch(fold(line)) is not None


def opens_comments(line: str) -> bool:
    """Whether `line` is the heading above what readers wrote."""
    return len(line) <= _LONGEST_COUNT and _IS_COMMENTS.fullmatch(fold(line)) is not None


def _is_a_request(line: str) -> bool:
    """A sentence with a figure in it is news even if it begins with "Follow" or "Get"."""
    return not any(char.isdigit() for char in line) and line.count(". ") <= 1


def is_byline(line: str) -> bool:
    """Whether a line on top of a text only names its author."""
    return len(line.split()) <= 7 and _IS_BYLINE.fullmatch(fold(line)) is not None
