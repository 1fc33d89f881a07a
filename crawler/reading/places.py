"""Where is the money put? What tells two sites of one company apart."""

from __future__ import annotations

from collections.abc import Collection

from crawler.reading.names import Names
from crawler.reading.roles import Weighed
from crawler.reading.scan import Scan, Sentence
from crawler.reading.words import Hit
from crawler.text.fold import fold

_MARKS = ".,;:!?()\"'،؛؟…«»"
_REACH = 110  # letters after the figure


def find_place(
    scan: Scan,
    sentence: Sentence,
    group: Weighed | None,
    names: Names,
    taken: Collection[str] = (),
) -> str | None:
    """The first place after the figure, else the first in the sentence; folded.

    `taken`: ids and keys of parties, which are no places. A place that companies.yaml knows
    has its English name in every script.
    """
    at = group.end if group is not None else sentence.start
    return _place_after(scan, sentence, at, at + _REACH, names, taken) or _place_after(
        scan, sentence, sentence.start, at, names, taken
    )


def _place_after(
    scan: Scan, sentence: Sentence, start: int, end: int, names: Names, taken: Collection[str]
) -> str | None:
    for name in sentence.names:
        is_place = name.case == "in" and name.kind in (None, "state")
        if is_place and start <= name.start < end and (name.id or name.key) not in taken:
            return _shown(name.id, name.text, names)  # İzmir'de
    for mark in sentence.having("place.mark"):
        if not start <= mark.start < end:
            continue
        for name in sentence.names:
            if 0 <= name.start - mark.end <= 3 and name.kind in (None, "state"):
                if (name.id or name.key) in taken:
                    break  # the company that gets the money is no place
                return _shown(name.id, name.text, names)
        if mark.key == "place.mark_sort" or _is_site(sentence, mark):
            word = _bare_word(scan, sentence, mark.end)
            if word is not None:
                return word
    return None


def _is_site(sentence: Sentence, mark: Hit) -> bool:
    """Whether the word for "in" follows the word for a site, in a script without capitals."""
    return not mark.term.isascii() and any(
        -4 <= mark.start - hit.end <= 24 for hit in sentence.having("deal.project", "topic.weak")
    )


def _shown(company_id: str | None, text: str, names: Names) -> str:
    """A place or city that we know has one name in every script."""
    company = names.companies.get(company_id) if company_id is not None else None
    shown = fold(company.names.get("en", text)) if company is not None else fold(text)
    return names.places.city(shown) or shown


def _bare_word(scan: Scan, sentence: Sentence, at: int) -> str | None:
    """An unknown place in a script without capitals: the word after في or ولاية."""
    rest = scan.folded.text[at : sentence.end].lstrip()
    word = rest.split(" ", 1)[0].strip(_MARKS)
    start = at + scan.folded.text[at : sentence.end].find(word)
    if len(word) < 3 or word in scan.generic or any(c.isdigit() for c in word):
        return None
    if any(
        hit.start <= start < hit.end or start <= hit.start < start + len(word)
        for hit in sentence.hits
        if hit.key != "place.name"
    ):
        return None
    return word
