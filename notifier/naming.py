"""Under which names do readers know the parties and the outlets?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Protocol
from urllib.parse import urlsplit

from config.model import Company, Source
from crawler.model import DealSource, Party, Published, Role, Side
from crawler.text.safe import harmless_line
from notifier.words import Words

NAME_LIMIT = 48

# In these the reader asks first who gets the money, in all others who spends it.
_RECIPIENT_FIRST = {Role.FUNDING_ROUND, Role.IPO, Role.DEBT, Role.GRANT}


class ToldBy(Protocol):
    """One article of a deal, as a message lists it (crawler.model.DealSource)."""

    @property
    def url(self) -> str: ...
    @property
    def site_name(self) -> str | None: ...
    @property
    def language(self) -> str | None: ...
    @property
    def published(self) -> Published | None: ...
    @property
    def primary(self) -> bool: ...
    @property
    def owner(self) -> str | None: ...


def party_name(
    party: Party, companies: Mapping[str, Company], words: Words, *, limit: int = NAME_LIMIT
) -> str:
    """The party's name in the reader's language, else as printed; harmless, and isolated."""
    return words.isolated(_plain_name(party, companies, words, limit))


def _plain_name(party: Party, companies: Mapping[str, Company], words: Words, limit: int) -> str:
    company = companies.get(party.id) if party.id else None
    name = party.name
    if company is not None:
        name = company.names.get(words.language) or company.names.get("en") or name
    return harmless_line(name, limit)


def names_by_side(
    parties: Sequence[Party],
    kind: Role,
    companies: Mapping[str, Company],
    words: Words,
    *,
    limit: int = NAME_LIMIT,
) -> dict[Side, list[str]]:
    """The names on each side, the side that readers ask for first in front; none twice."""
    first, second = Side.INVESTOR, Side.RECIPIENT
    if kind in _RECIPIENT_FIRST:
        first, second = second, first
    sides: dict[Side, list[str]] = {}
    seen: set[str] = set()
    for side in (first, second, Side.OTHER):
        for party in (each for each in parties if each.side is side):
            name = party_name(party, companies, words, limit=limit)
            if name and name not in seen:
                seen.add(name)
                sides.setdefault(side, []).append(name)
    return sides


def outlet_name(told: ToldBy, words: Words) -> str:
    """What readers call the place that published `told`; its host if it gave no name."""
    name = harmless_line(told.site_name or "", NAME_LIMIT) or _host(told.url)
    return words.isolated(name)


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    return harmless_line(host.removeprefix("www."), NAME_LIMIT) or "?"


def outlets(sources: Sequence[ToldBy]) -> tuple[ToldBy, ...]:
    """One article for each owner, parties themselves first, in the order they came.

    Two papers of one house are one voice: a reader who counts them would trust an echo.
    """
    ordered = sorted(sources, key=lambda told: not told.primary)
    return tuple({_outlet_key(told): told for told in reversed(ordered)}.values())[::-1]


def with_owners(
    told: Sequence[DealSource], sources: Mapping[str, Source]
) -> tuple[DealSource, ...]:
    """`told`, each with the owner of its source where that one names one."""
    known = (sources.get(one.source_id or "") for one in told)
    return tuple(
        replace(one, owner=source.owner if source else None)
        for one, source in zip(told, known, strict=True)
    )


def _outlet_key(told: ToldBy) -> str:
    return (
        told.owner or harmless_line(told.site_name or "", NAME_LIMIT).casefold() or _host(told.url)
    )
