"""Does somebody not want to hear of this deal for a while?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawler.model import Deal, Role
from notifier.conditions import is_party
from notifier.model import Silence, Told


def silence_for(
    silences: Iterable[Silence],
    *,
    rule_id: str,
    deal: Deal,
    whole: Deal | None,
    told: Told,
    now: datetime,
) -> Silence | None:
    """The first active one of `silences` that matches an alert; its words mean what rules mean.

    `told`: the article that rings. A silence of a source does not silence what others tell.
    """
    return next(
        (
            each
            for each in silences
            if each.is_active(now)
            and (not each.rules or rule_id in each.rules)
            and (not each.companies or _takes_part(each.companies, deal))
            and (not each.kinds or bool(_kinds(deal, whole) & set(each.kinds)))
            and (not each.sources or told.source_id in each.sources)
            and (not each.countries or told.country in each.countries)
        ),
        None,
    )


def _takes_part(companies: Iterable[str], deal: Deal) -> bool:
    return any(is_party(wanted, party) for wanted in companies for party in deal.parties)


def _kinds(deal: Deal, whole: Deal | None) -> set[str]:
    """A part is of its whole's kind, and a `part_of` too."""
    is_part = deal.part_of is not None
    kind = whole.kind if deal.kind is Role.PART_OF and whole is not None else deal.kind
    return {deal.kind.value, kind.value, *(["part_of"] if is_part else [])}
