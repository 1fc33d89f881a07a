"""What does one alert show as a mail?"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from crawler.text.safe import harmless_line, harmless_url
from notifier.amounts import say_converted
from notifier.backing import (
    attribution,
    evidence_sentence,
    evidence_source,
    link_of,
    moment_of,
    reasons_said,
    rule_name,
)
from notifier.facts import facts_of, what_changed
from notifier.headline import badge_of, headline_of
from notifier.letter import Letter, Link, Quote
from notifier.model import AlertKind
from notifier.naming import ToldBy, outlet_name, outlets
from notifier.telling import Telling

_OUTLETS = 8
_TONES = {AlertKind.ALERT: "news", AlertKind.UPDATE: "moved", AlertKind.CORRECTION: "wrong"}


def letter_of(it: Telling, title: str, key: str, *, own: Sequence[str] = ()) -> Letter:
    """The mail of the alert that `it` tells; `key`: by which a message sent twice is known.

    `own`: the lines that its owner wants to read in place of ours.
    """
    whole = _whole_letter(it, title, key)
    if not own:
        return whole
    return Letter(
        words=it.words,
        title=title,
        badge=whole.badge,
        tone=whole.tone,
        when=whole.when,
        headline=title,
        lines=own,
        links=whole.links,
        footer=whole.footer,
    )


def _whole_letter(it: Telling, title: str, key: str) -> Letter:
    words = it.words
    different = outlets(it.sources)
    rest = len(different) - _OUTLETS
    badge = badge_of(it.alert, it.change, words) or words.label("new_deal")
    figure = it.figure
    return Letter(
        words=words,
        title=title,
        badge=badge,
        tone=_TONES[it.alert.kind],
        when=words.moment(it.local(it.alert.made_at), False, it.target.zone),
        amount=words.figure(figure) if figure else words.label("no_amount"),
        converted=_under_the_amount(it),
        headline=headline_of(it.deal, it.companies, words, it.whole),
        changed=what_changed(it),
        facts=[(words.label(label), said) for label, said, _ in facts_of(it)],
        quote=_quote(it),
        sources_title=words.sources(len(different)),
        sources=[_outlet(it, told) for told in different[:_OUTLETS]],
        more_sources=words.label("more", count=str(rest)).strip() if rest > 0 else "",
        why=[rule_name(it), *reasons_said(it)],
        links=_links(it),
        footer=words.isolated(words.label("key", key=f"[{key}]")),
    )


def _under_the_amount(it: Telling) -> str:
    assumed = it.figure is not None and it.figure.assumed
    said = [say_converted(it), it.words.label("assumed") if assumed else ""]
    return it.words.label("separator").join(part for part in said if part)


def _quote(it: Telling) -> Quote | None:
    sentence = evidence_sentence(it)
    if not sentence:
        return None
    told, told_figure = evidence_source(it), it.change.claim.figure
    return Quote(
        text=it.words.label("quote", text=sentence),
        figure=harmless_line(told_figure.text, 80) if told_figure else "",
        said_by=attribution(it),
        language=told.language if told and told.language in it.words.languages else None,
        right_to_left=_runs_right_to_left(sentence),
    )


def _runs_right_to_left(text: str) -> bool:
    """As browsers decide with dir=auto: by the first letter that has a direction."""
    ways = (unicodedata.bidirectional(letter) for letter in text)
    return next((way in ("R", "AL") for way in ways if way in ("L", "R", "AL")), False)


def _outlet(it: Telling, told: ToldBy) -> Link:
    return Link(
        name=outlet_name(told, it.words),
        url=harmless_url(told.url) or None,
        note=it.words.label("primary") if told.primary else "",
        when=moment_of(it, told),
    )


def _links(it: Telling) -> list[Link]:
    article = harmless_url(it.change.article_url)
    page = harmless_url(link_of(it)) if it.public_url else ""
    found = [
        Link(name=it.words.label("open_deal"), url=page or None),
        Link(name=it.words.label("read_article"), url=article or None),
    ]
    return [link for link in found if link.url]
