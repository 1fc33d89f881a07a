"""What does one alert show as a mail?"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Stage
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
from notifier.direction import runs_from_the_right
from notifier.facts import facts_of, what_changed
from notifier.headline import badge_of, figure_told, headline_of, is_withdrawn
from notifier.letter import Letter, Link, Quote
from notifier.model import AlertKind
from notifier.naming import ToldBy, outlet_name, outlets
from notifier.telling import Telling
from notifier.words import capital

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
    figure, was = it.figure, _untrue_now(it)
    return Letter(
        words=words,
        title=title,
        badge=badge,
        tone=_TONES[it.alert.kind],
        when=words.moment(it.local(it.alert.made_at), False, it.target.zone),
        amount=_amount(it, was),
        was=was,
        converted="" if was and not figure else _under_the_amount(it),
        headline=headline_of(it.deal, it.companies, words, it.whole),
        changed=what_changed(it),
        facts=[(words.label(label), _as_value(label, said)) for label, said, _ in facts_of(it)],
        quote=_quote(it),
        sources_title=words.sources(len(different)),
        sources=[_outlet(it, told) for told in different[:_OUTLETS]],
        more_sources=words.label("more", count=rest).strip() if rest > 0 else "",
        why=[rule_name(it), *reasons_said(it)],
        links=_links(it),
        footer=_footer(it, key),
    )


def _amount(it: Telling, was: str) -> str:
    """The figure of today; none beside one that is taken back."""
    said = it.words.figure(it.figure) if it.figure else it.words.label("no_amount")
    return "" if said == was else capital(said)


def _untrue_now(it: Telling) -> str:
    """What readers were told before and had better forget; empty where nothing is taken back."""
    if it.alert.kind is AlertKind.ALERT:
        return ""
    is_off = is_withdrawn(it.alert) or it.change.stage_after is Stage.DENIED
    told = it.figure if is_off else figure_told(it.alert, it.change)
    said = it.words.figure(told) if told else ""
    return "" if not is_off and it.figure and said == it.words.figure(it.figure) else said


def _as_value(label: str, said: str) -> str:
    """`said` as it stands alone in a table; a name keeps the letter that it begins with."""
    return capital(said) if label in ("kind", "stage") else said


def _footer(it: Telling, key: str) -> list[str]:
    words = it.words
    named = [words.label("key", key=f"[{key}]"), words.label("deal", deal=f"d{it.deal.id}")]
    lines = [words.label("separator").join(named), words.label("as_reported")]
    if is_withdrawn(it.alert):
        return lines
    return [*lines, words.label("say_wrong", alert=f"a{it.alert.id}")]


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
        right_to_left=runs_from_the_right(sentence),
    )


def _outlet(it: Telling, told: ToldBy) -> Link:
    words = it.words
    language = words.languages.get(told.language or "", "")
    notes = [
        words.label("primary") if told.primary else "",
        language if told.language != words.language else "",
    ]
    return Link(
        name=outlet_name(told, words),
        url=harmless_url(told.url) or None,
        note=words.label("separator").join(note for note in notes if note),
        when=_when(it, told),
    )


def _when(it: Telling, told: ToldBy) -> str:
    """The hour of one of the day's articles, the day of another."""
    if told.published is None or told.published.day_only:
        return moment_of(it, told)
    at, today = it.local(told.published.at), it.local(it.alert.made_at).date()
    return f"{at:%H:%M}" if at.date() == today else it.words.day(at.date())


def _links(it: Telling) -> list[Link]:
    article = harmless_url(it.change.article_url)
    page = harmless_url(link_of(it)) if it.public_url else ""
    found = [
        Link(name=it.words.label("open_deal"), url=page or None),
        Link(name=it.words.label("read_article"), url=article or None),
    ]
    return [link for link in found if link.url]
