"""Which stories tell of a company, in whatever script it was asked for?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from config.model import Company
from crawler.deals.names import Likeness, like_parties, party_keys
from crawler.model import Deal, Party, Side
from crawler.storage.articles import load_titles
from crawler.storage.claims import load_sources_of
from crawler.storage.database import Connection
from crawler.storage.deals import load_near_deals
from crawler.text.fold import fold
from crawler.text.forms import without_form
from crawler.text.skeleton import skeleton

_TITLES = 5000  # the newest; older stories are found by their deals
_SHORTEST_CORE = 5  # letters
_NEARLY = 0.83  # of the letters: Nvidea, Nvdia
_SHORTEST_KEY = 4  # consonants; shorter ones are shared by other names


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A company as its owner asked for it: one of companies.yaml, or only a name."""

    name: str
    company: Company | None
    names: tuple[str, ...]  # as printed, any script


def find_company(text: str, companies: Sequence[Company]) -> Asked:
    """The company that `text` names by its id, a name or an alias, spelt in any script."""
    bare = without_form(text)
    own = tuple(dict.fromkeys((text, bare)))
    known = _known(fold(text), companies) or _known(bare, companies) or _sounding(bare, companies)
    if known is not None:
        return Asked(name=text, company=known, names=names_of(known))
    meant = _shortened(bare, companies) or _nearly(bare, companies)
    if meant is not None:
        # It may be another company after all: its own name is looked for, too.
        return Asked(name=text, company=meant, names=(*own, *names_of(meant)))
    return Asked(name=text, company=None, names=own)


def _known(wanted: str, companies: Sequence[Company]) -> Company | None:
    return next(
        (
            company
            for company in companies
            if wanted == company.id or wanted in {fold(name) for name in names_of(company)}
        ),
        None,
    )


def _sounding(wanted: str, companies: Sequence[Company]) -> Company | None:
    """The company whose name is written so in another script."""
    key = skeleton(wanted)
    if len(key) < _SHORTEST_KEY:
        return None
    return next(
        (one for one in companies if any(skeleton(name) == key for name in names_of(one))), None
    )


def _shortened(wanted: str, companies: Sequence[Company]) -> Company | None:
    """The company that is called so and a word more: Scale AI of Scale, Meta of Meta AI."""
    core = without_form(wanted, tails=True)
    return next(
        (
            company
            for company in companies
            if any(without_form(name, tails=True) == core for name in names_of(company))
        ),
        None,
    )


def _nearly(wanted: str, companies: Sequence[Company]) -> Company | None:
    """The company whose name is misspelt by a letter or so."""
    known = {fold(name): company for company in companies for name in names_of(company)}
    found = get_close_matches(wanted, known, n=1, cutoff=_NEARLY)
    return known[found[0]] if found and len(wanted) >= _SHORTEST_CORE else None


def names_of(company: Company) -> tuple[str, ...]:
    """Every name of a company, as printed."""
    return tuple(dict.fromkeys((*company.names.values(), *company.aliases)))


def find_stories(db: Connection, asked: Asked, *, limit: int) -> tuple[str, ...]:
    """URLs of articles that tell of a deal of the company or name it in their title.

    Those of the deals that changed last come first.
    """
    deals = sorted(_deals_of(db, asked), key=lambda deal: deal.changed_at, reverse=True)
    told = [one.url for deal in deals for one in reversed(load_sources_of(db, deal.id))]
    wanted = [f" {fold(name)} " for name in (*asked.names, *_shorter(asked))]
    named = [
        url
        for url, title in load_titles(db, limit=_TITLES)
        if any(name in _words(title) for name in wanted)
    ]
    return tuple(dict.fromkeys((*told, *named)))[:limit]


def _deals_of(db: Connection, asked: Asked) -> Iterable[Deal]:
    company_id = asked.company.id if asked.company else None
    parties = [
        Party(name=name, side=Side.OTHER, id=company_id, key=skeleton(name)) for name in asked.names
    ]
    keys = {key for party in parties for key in party_keys(party)}
    for deal in load_near_deals(db, keys):
        if deal.merged_into is None and any(
            like_parties(one, other) is Likeness.SAME for one in parties for other in deal.parties
        ):
            yield deal


def _shorter(asked: Asked) -> tuple[str, ...]:
    """A name that we do not know, without what companies put behind it: Tessera of Tessera Labs."""
    if asked.company is not None:
        return ()  # its aliases are written down, and Scale of Scale AI is a plain word
    keys = party_keys(Party(name=asked.name, side=Side.OTHER))
    cores = (key.removeprefix("name:") for key in keys if key.startswith("name:"))
    return tuple(core for core in cores if len(core) >= _SHORTEST_CORE)


def _words(title: str) -> str:
    letters = "".join(letter if letter.isalnum() else " " for letter in fold(title))
    return f" {' '.join(letters.split())} "
