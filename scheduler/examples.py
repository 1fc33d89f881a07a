"""What people said of alerts, as labelled stories a reader can be measured on and learn from."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from config.model import Source
from crawler.model import Change, Deal, Figure, Side
from crawler.storage.articles import StoredArticle, load_article
from crawler.storage.changes import load_changes
from crawler.storage.database import Connection
from crawler.storage.deals import load_deal
from crawler.storage.feedback import Feedback, Label, load_feedback
from notifier.model import Alert
from notifier.outbox.alerts import load_alert
from scheduler.house import ParseAmount

Example = dict[str, Any]


def load_examples(
    db: Connection, *, sources: Mapping[str, Source], parse: ParseAmount
) -> tuple[Example, ...]:
    """One record for each alert that somebody judged, by the last word on it, oldest first.

    In the format of the story sets. A text is in it only where it is kept and may be handed on:
    never of a page that asks not to be archived or a source that wants a licence.
    """
    last = {said.alert_id: said for said in load_feedback(db)}
    found = (_example(db, said, sources=sources, parse=parse) for said in last.values())
    return tuple(each for each in found if each is not None)


def _example(
    db: Connection, said: Feedback, *, sources: Mapping[str, Source], parse: ParseAmount
) -> Example | None:
    alert = load_alert(db, said.alert_id)
    deal = load_deal(db, alert.deal_id) if alert else None
    if alert is None or deal is None:
        return None
    changes = load_changes(db, deal.id)
    change = next((one for one in changes if one.number == alert.change_number), None)
    stored = load_article(db, change.article_url) if change else None
    if change is None or stored is None:
        return None
    article = stored.article
    published = article.published
    return {
        "id": f"f{said.id}",
        "url": article.url,
        "lang": article.language,
        "title": article.title,
        "text": article.body if _may_be_given(stored, sources) else "",
        "date": published.at.date().isoformat() if published else None,
        "event": f"d{said.duplicate_of or deal.merged_into or deal.id}",
        "origin": f"feedback of {said.author} on alert a{alert.id}",
        "labels": _labels(said, alert, deal, change, parse),
    }


def _may_be_given(stored: StoredArticle, sources: Mapping[str, Source]) -> bool:
    article = stored.article
    if any(reason.code == "noarchive" for reason in article.reasons):
        return False
    source = sources.get(article.source_id or "")
    return source is None or (source.keep_text and source.access != "licence_needed")


def _labels(
    said: Feedback, alert: Alert, deal: Deal, change: Change, parse: ParseAmount
) -> Example:
    """What is right, as far as the one who spoke told it; `ambiguous` where he did not."""
    told = change.after
    right = parse(said.amount) if said.amount else None
    is_wrong_sum = said.label is Label.WRONG_AMOUNT
    is_deal = said.label is not Label.NOT_AI and not (is_wrong_sum and right is None)
    decoys = [_decoy(told, alert)] if told and (is_wrong_sum or not is_deal) else []
    names = said.label is not Label.WRONG_PARTY
    return {
        "ai_investment": said.label is not Label.NOT_AI,
        "deal": _deal(deal, change, right if is_wrong_sum else None, names) if is_deal else None,
        "decoys": decoys,
        "note": " ".join(part for part in (said.label.value, said.comment) if part),
        "ambiguous": not names or (is_wrong_sum and right is None),
    }


def _deal(deal: Deal, change: Change, right: tuple[Decimal, str] | None, names: bool) -> Example:
    figure = change.after
    low, high, currency = (
        (right[0], right[0], right[1])
        if right
        else (figure.least, figure.high or figure.least, figure.currency)
        if figure
        else (None, None, None)
    )
    parties = change.claim.parties or deal.parties
    recipient = next((one.name for one in parties if one.side is Side.RECIPIENT), None)
    restated = () if right else change.claim.restated
    return {
        "kind": deal.kind.value,
        "low": _number(low),
        "high": _number(high),
        "currency": currency,
        "recipient": recipient if names else None,
        "investors": [one.name for one in parties if names and one.side is Side.INVESTOR],
        "stage": change.stage_after.value,
        "alt": [_sides(one) for one in restated],
    }


def _decoy(figure: Figure, alert: Alert) -> Example:
    return _sides(figure) | {"why": f"told by alert a{alert.id}, and wrong"}


def _sides(figure: Figure) -> Example:
    high = figure.high if figure.high is not None else figure.low
    return {"low": _number(figure.least), "high": _number(high), "currency": figure.currency}


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
