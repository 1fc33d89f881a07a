"""What may a rule know about a deal beside its change?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from config.model import Source
from crawler.deals.names import Likeness, like_parties, party_keys
from crawler.model import Article, Deal
from crawler.storage.claims import load_sources_of
from crawler.storage.deals import load_deal, load_near_deals
from notifier.conditions import told_by
from notifier.model import History

if TYPE_CHECKING:
    from crawler.storage.database import Connection


def load_history(
    conn: Connection,
    deal: Deal,
    article: Article,
    *,
    source: Source | None,
    first_look: bool,
    sources: Mapping[str, Source],
) -> History:
    """All that a rule may ask of `deal`, but what the rule itself has told of it."""
    return History(
        article=article,
        source=source,
        first_look=first_look,
        whole=load_deal(conn, deal.part_of) if deal.part_of else None,
        told_by=tuple(
            told_by(
                one.url,
                one.source_id,
                one.language,
                sources.get(one.source_id or ""),
                one.claim.sentence,
            )
            for one in load_sources_of(conn, deal.id)
        ),
        earlier=_load_earlier(conn, deal),
    )


def _load_earlier(conn: Connection, deal: Deal) -> tuple[Deal, ...]:
    near = load_near_deals(conn, {key for party in deal.parties for key in party_keys(party)})
    return tuple(other for other in near if is_earlier(other, deal))


def is_earlier(other: Deal, deal: Deal) -> bool:
    """Whether `other` was opened before `deal` and has a company on the same side of it."""
    if other.id == deal.id or other.merged_into is not None or other.part_of is not None:
        return False
    if (other.opened_at, other.id) > (deal.opened_at, deal.id):
        return False
    return any(
        one.side is two.side and like_parties(one, two) is Likeness.SAME
        for one in deal.parties
        for two in other.parties
    )
