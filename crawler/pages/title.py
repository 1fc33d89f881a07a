"""Which of a page's titles is its headline?"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.pages.metadata import Facts

_WORD = re.compile(r"\w+")
_TAIL = re.compile(r"^(.{8,}?)\s+(?:[|–—•»«·]|-|::)\s+([^|–—•»«·]{2,60})$")
_HEAD = re.compile(r"^([^|–—•»«·]{2,40})\s+(?:[|–—•»«·]|-)\s+(.{8,})$")
_ENOUGH = 0.55  # overlap of words from which an h1 and a declared title are the same headline


def choose_title(facts: Facts, listed: str | None = None) -> str | None:
    """The headline as a reader sees it, without the site's name; `listed` is the list's title.

    The h1 that shares its words with what the page declares, else what it declares. The list's
    title only votes: it may be shortened or dressed up.
    """
    declared = [title for title in (facts.headline, *facts.social_titles) if title]
    document = facts.document_title
    votes = [*declared, document, listed]
    voters = [_words(vote) for vote in votes if vote]
    best, overlap = None, 0.0
    for heading in facts.headings:
        share = max((_overlap(_words(heading), voter) for voter in voters), default=0.0)
        if share > overlap:
            best, overlap = heading, share
    if best and overlap >= _ENOUGH:
        return without_site(best, facts)
    for title in (*declared, *facts.headings[:1], document, listed):
        plain = without_site(title, facts) if title else None
        if plain:
            return plain
    return None


def without_site(title: str, facts: Facts) -> str:
    """`title` without the name of the site before or behind it."""
    names = [_words(name) for name in _site_names(facts) if name]
    for _ in range(2):
        for shape, kept, cut in ((_TAIL, 1, 2), (_HEAD, 2, 1)):
            match = shape.match(title)
            if match and _names_site(match[cut], names):
                title = match[kept].strip()
    return title


def _site_names(facts: Facts) -> Iterable[str | None]:
    yield facts.site_name
    yield facts.metas.get("application-name")
    yield facts.metas.get("twitter:site", "").lstrip("@") or None


def _names_site(part: str, names: list[set[str]]) -> bool:
    words = _words(part)
    return any(words and (words <= name or name <= words) for name in names)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
