"""Which block would the owner write for a candidate?"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from urllib.parse import unquote, urlsplit

from config.codes import LANGUAGES
from crawler.pages.forms import Form
from crawler.pages.offers import Offers, find_country
from crawler.pages.ranking import Candidate
from crawler.pages.survey import NO_ZONE
from crawler.text.safe import harmless_line

_SECOND_LEVEL = {"co", "com", "org", "net", "gov", "edu", "ac", "or", "ne", "go", "gob", "gouv"}
_FRONTS = ("www.", "m.", "feeds.", "feed.", "rss.")
_ID_LIMIT = 40


def propose_block(
    best: Candidate,
    *,
    asked: str,
    offers: Offers | None,
    taken: Collection[str],
    zones: Mapping[str, str],
    private: bool = False,
) -> dict[str, object]:
    """The keys of a Source for `best`, in the order in which people write them.

    `zones`: the one time zone of each country that has one. `taken`: ids of known sources.
    `offers`: of the page that was asked for, where it was one.
    """
    survey = best.survey
    country = (offers.country if offers else None) or find_country(asked)
    zone = zones.get(country or "") if survey.zone == NO_ZONE or not survey.dated else None
    host = urlsplit(asked).hostname or ""
    block: dict[str, object | None] = {
        "id": propose_id(asked, taken),
        "name": _plain_name((offers.name if offers else None) or survey.head.name) or host,
        "url": best.url,
        "kind": "feed" if survey.form is Form.UNKNOWN else survey.form.kind,
        "language": survey.language if survey.language in LANGUAGES else None,
        "country": country,
        "zone": zone,
        "link_pattern": best.link_pattern,
        "private": True if private else None,
    }
    return {key: value for key, value in block.items() if value is not None}


def _plain_name(name: str | None) -> str:
    """A site's name for a file of ours: `${NAME}` in it would be looked up among our secrets."""
    return harmless_line((name or "").replace("$", ""), 60)


def propose_id(url: str, taken: Collection[str]) -> str:
    """A short name from the address: `argaam`, `cnn-arabic`, `gazette-economy`.

    >>> propose_id("https://arabic.cnn.com/business", ())
    'cnn-arabic-business'
    >>> propose_id("https://www.bbc.co.uk/", {"bbc"})
    'bbc-2'
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    for front in _FRONTS:
        host = host.removeprefix(front)
    words = _host_words(host)
    folders = [f for f in unquote(parts.path).lower().split("/") if re.fullmatch(r"[a-z]{3,20}", f)]
    words += [f for f in folders[:1] if f not in {"feed", "feeds", "rss", "atom", "index", "home"}]
    name = re.sub(r"[^a-z0-9]+", "-", "-".join(words)).strip("-")[:_ID_LIMIT].strip("-") or "source"
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free


def _host_words(host: str) -> list[str]:
    if re.fullmatch(r"[\d.]+|.*:.*", host):
        return ["host", *re.split(r"[.:]", host)]
    labels = host.split(".")
    labels = labels[:-1] if len(labels) > 1 else labels
    if len(labels) > 1 and labels[-1] in _SECOND_LEVEL:
        labels = labels[:-1]
    return labels[::-1]
