"""Which of a page's titles is its headline?

All titles of a page vote: those that say the same words count as one. A reader sees the h1, so it
weighs most, but a page that declares another headline three times means that one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator

from crawler.pages.metadata import Facts

_WORD = re.compile(r"\w+")
_TAIL = re.compile(r"^(.{8,}?)\s+(?:[|–—•»«·‹›]|-{1,2}|::)\s+([^|–—•»«·]{2,60})$")
_HEAD = re.compile(r"^([^|–—•»«·]{2,40})\s+(?:[|–—•»«·]|-{1,2}|::)\s+(.{8,})$")
_BAR = re.compile(r"^(.{15,}?)\s+(?:[|»]|::)\s+([^|]{2,40})$")
_BAR_BEHIND = re.compile(r"^([^|»:]{2,40}?)\s+::\s+(.{20,})$")  # behind a | stands a kicker, too
# Chinese portals join headline, section and site without a space.
_JOINED = re.compile(r"^(.*[\u4e00-\u9fff].{5,}?)[_|｜](?:[^_|｜]{1,20}[_|｜-])*([^_|｜]{1,20})$")
_SECTION = re.compile(r"^(.{8,}?)(?:\s+[<>]\s+|_)([^<>_]{1,16})$")
_SIGNS, _CLOSING = " |:：-–—•»«·‹›/~<>._,(（【[｜", " )）】]"
_SIGN = re.compile(r"[|:：\-–—•»«·‹›/~<>._,(（【\[｜]")
_SHORTEST = 8  # letters of a headline
_ENOUGH = 0.5  # shared words from which an h1 and a declared title are the same headline
_HEADING, _HEADLINE, _OPEN_GRAPH, _SOCIAL, _DOCUMENT, _LISTED = 1.6, 1.0, 1.0, 0.3, 0.6, 0.6
_AGREED = 1.6  # og:title and the document's title
_NOT_ALONE = 0.4  # weight of what only stands in where nothing is declared


def choose_title(facts: Facts, listed: str | None = None) -> str | None:
    """The headline as a reader sees it, without the site's name; `listed` is the list's title.

    The list's title only votes: it may be shortened or dressed up.
    """
    told = [(without_site(title, facts), weight) for title, weight in _told(facts, listed)]
    told = [(title, weight) for title, weight in told if _WORD.search(title)]
    headings = [without_site(heading, facts) for heading in facts.headings]
    votes: dict[str, float] = defaultdict(float)
    shown: dict[str, str] = {}
    for heading in headings:
        share = max((_overlap(heading, title) for title, _ in told), default=0.0)
        weight = _HEADING if share >= _ENOUGH else _NOT_ALONE if heading == headings[0] else 0.0
        shown.setdefault(_key(heading), heading)
        votes[_key(heading)] = max(votes[_key(heading)], weight)
    declared: dict[str, float] = defaultdict(float)
    for title, weight in told:
        key = _prefix_in(votes, title) or _key(title)
        shown.setdefault(key, title)
        votes[key] += weight
        declared[key] += weight
    best = max(votes, key=lambda key: votes[key], default=None)
    return shown[_without_kicker(best, declared)] if best else None


def _without_kicker(best: str, declared: dict[str, float]) -> str:
    """The headline that several declare without the kicker that the page sets before it."""
    for key, weight in declared.items():
        if weight >= _AGREED and best.endswith(f" {key}") and len(key) * 2 > len(best):
            return key
    return best


def without_site(title: str, facts: Facts) -> str:
    """`title` without the name of the site before or behind it."""
    for _ in range(2):
        for shape, kept, cut in ((_TAIL, 1, 2), (_HEAD, 2, 1)):
            match = shape.match(title)
            if match and _names_site(match[cut], facts):
                title = match[kept].strip()
    for shape, kept, cut in ((_BAR, 1, 2), (_BAR_BEHIND, 2, 1), (_JOINED, 1, 2)):
        match = shape.match(title)
        if match and len(match[cut].split()) <= 4:
            title = match[kept].strip()
            break
    for name in filter(None, (facts.site_name, *facts.home_names)):
        title = _without_name(title, name)
    return _without_sections(title)


def _without_name(title: str, name: str) -> str:
    """`title` without the very name of its site and the sign between, whichever sign it is."""
    plain, folded = title.casefold(), name.casefold().strip()
    if len(plain) != len(title) or len(folded) < 2:
        return title
    bare = plain.rstrip(_CLOSING)
    if bare.endswith(folded):
        kept = title[: len(bare) - len(folded)]
        cut = kept.rstrip(_SIGNS)
        # "Meta then buys The Paper" has no sign before the name.
        if _SIGN.search(kept[len(cut) :]) and len(cut) >= _SHORTEST:
            return cut
    if plain.startswith(folded):
        rest = title[len(folded) :]
        cut = rest.lstrip(_SIGNS)
        if re.match(r"\s*[|:：\-–—/]\s", rest) and len(cut) >= _SHORTEST:
            return cut
    return title


def _without_sections(title: str) -> str:
    """`title` without the path of sections behind it: no headline has a < of its own."""
    for _ in range(3):
        match = _SECTION.match(title)
        if not match:
            break
        title = match[1].strip()
    return title


def _told(facts: Facts, listed: str | None) -> Iterator[tuple[str, float]]:
    if facts.headline:
        yield facts.headline, _HEADLINE
    for i, title in enumerate(facts.social_titles):
        yield title, _OPEN_GRAPH if i == 0 else _SOCIAL
    if facts.document_title:
        yield facts.document_title, _DOCUMENT
    if listed and not listed.endswith("…"):
        yield listed, _LISTED


def _prefix_in(votes: dict[str, float], title: str) -> str | None:
    """A title already told that `title` only lengthens by a site's or section's name."""
    match = _TAIL.match(title)
    key = _key(match[1]) if match else ""
    return key if key in votes else None


def _names_site(part: str, facts: Facts) -> bool:
    words = set(_WORD.findall(part.casefold()))
    for name in (facts.site_name, *facts.home_names):
        known = set(_WORD.findall((name or "").casefold()))
        # "The Paper Business" is its site still, "Meta buys The Paper" is a headline.
        if words and known and (words <= known or (known <= words and len(words - known) <= 2)):
            return True
    # Addresses are spelled without accents: "Le Courrier de la Côte" is lecourrierdelacote.
    squeezed = re.sub(r"[\W_]", "", unicodedata.normalize("NFD", part.casefold()))
    squeezed = "".join(char for char in squeezed if not unicodedata.combining(char))
    labels = [label for label in facts.host.casefold().split(".")[:-1] if len(label) > 3]
    return len(squeezed) > 3 and any(
        label.replace("-", "") in squeezed or squeezed in label.replace("-", "") for label in labels
    )


def _key(title: str) -> str:
    return " ".join(_WORD.findall(title.casefold()))


def _overlap(one: str, other: str) -> float:
    first, second = set(_key(one).split()), set(_key(other).split())
    if not first or not second:
        return 0.0
    # Chinese and Japanese have no spaces: a whole line is one word there.
    if len(first) < 3 and not one.isascii():
        first, second = set(one), set(other)
    return len(first & second) / len(first | second)
