"""What follows when somebody says that an alert was wrong?

The example is kept, the deal is put right, and whoever got the alert hears of it, once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from config.errors import RasidError
from config.model import Config
from crawler.deals.fold import correction, with_figure
from crawler.deals.rates import Rates
from crawler.deals.value import build_telling
from crawler.model import Change, Deal, Figure, Reason, Stage
from crawler.storage.claims import load_claims_of
from crawler.storage.database import Connection
from crawler.storage.deals import load_deal
from crawler.storage.feedback import Feedback, Label, save_feedback
from crawler.storage.steps import save_mended
from notifier.outbox.alerts import load_alert
from scheduler.correcting import Owed, correct
from scheduler.mending import merge_deals


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was done about one feedback."""

    id: int
    owed: Owed = field(default_factory=Owed)
    merged_into: int | None = None


def hear(
    tx: Connection,
    said: Feedback,
    *,
    figure: Figure | None,
    config: Config,
    rates: Rates,
    now: datetime,
) -> Heard:
    """Keep `said` and do what it asks for. `figure`: the right amount, where it was told.

    Raises RasidError where there is no such alert or deal.
    """
    alert = load_alert(tx, said.alert_id)
    if alert is None:
        raise RasidError(f"there is no alert a{said.alert_id}; `rasid alerts` lists them")
    number = save_feedback(tx, said)
    deal = load_deal(tx, alert.deal_id)
    assert deal is not None  # an alert names its deal
    if said.label is Label.DUPLICATE:
        assert said.duplicate_of is not None  # the command asks for it
        if deal.merged_into != said.duplicate_of:
            merge_deals(tx, said.duplicate_of, deal.id, rates=rates, now=now)
        return Heard(id=number, merged_into=said.duplicate_of)
    if said.label not in (Label.WRONG_AMOUNT, Label.NOT_AI) or deal.merged_into is not None:
        return Heard(id=number)
    mended = _put_right(tx, deal, said, figure, now=now)
    if mended is None:
        return Heard(id=number)
    deal, change = mended
    owed = correct(tx, deal, change, config=config, rates=rates, now=now)
    return Heard(id=number, owed=owed)


def _put_right(
    tx: Connection, deal: Deal, said: Feedback, figure: Figure | None, *, now: datetime
) -> tuple[Deal, Change] | None:
    """The deal as it was said to be, and its change; None if it was so already."""
    told = load_claims_of(tx, deal.id)
    if not told:
        return None
    basis = next((one for one in reversed(told) if one.claim.main), told[-1])
    after = with_figure(deal, figure)
    if said.label is Label.NOT_AI:
        after = replace(deal, figure=None, figure_primary=False, stage=Stage.DENIED)
    why = f"{said.author} said so of alert a{said.alert_id}"
    after, change = correction(
        deal,
        after,
        claim=basis.claim,
        telling=build_telling(basis.url, basis.published, now=basis.fetched_at),
        why=why,
        now=now,
    )
    if change is None:
        return None
    code = "not_ai" if said.label is Label.NOT_AI else "wrong_amount"
    change = replace(change, reasons=(Reason(code=code, text=why),))
    saved = save_mended(tx, after, change, article_id=basis.article_id)
    return saved, replace(change, deal_id=saved.id, number=saved.change_count)
