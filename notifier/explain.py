"""Why did it come, and why not? The funnel of one article, as sentences."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Claim, Reading, Reason, Step
from crawler.text.safe import harmless_line
from notifier.model import AlertKind, Answer, Verdict
from notifier.words import amount_words, words_of

_SENTENCE = 200


def explain(
    reading: Reading, steps: Sequence[Step] = (), verdicts: Sequence[Verdict] = ()
) -> tuple[str, ...]:
    """What the article says, what it did to which deal, and what each rule said to that.

    In the order of the funnel, so the last sentence is where it ended. In English, for the
    command line; strangers' text in it is harmless.
    """
    told = [*_on_reading(reading), *(line for step in steps for line in _on_step(step))]
    told += [_on_verdict(verdict) for verdict in verdicts]
    return (*told, _end(reading, steps, verdicts))


def _on_reading(reading: Reading) -> list[str]:
    language = words_of("en").languages.get(reading.language or "", reading.language or "unknown")
    about = "is" if reading.ai_investment else "is not"
    lines = [
        f"language: {harmless_line(language, 30)}",
        f"topic: it {about} about money put into AI{_because(reading.reasons)}",
        f"figures: {_figures(reading)}",
    ]
    return lines + [f"claim: {_claim(claim)}" for claim in reading.claims]


def _figures(reading: Reading) -> str:
    shown = [
        f"“{harmless_line(figure.text, 60)}” is {amount_words(figure, 'en')}"
        for figure in reading.figures
    ]
    return "; ".join(shown) or "none"


def _claim(claim: Claim) -> str:
    words = words_of("en")
    parts = [
        "main" if claim.main else "only mentioned",
        words.kinds.get(claim.role, claim.role.value.replace("_", " ")),
        words.stages[claim.stage],
        words.figure(claim.figure) if claim.figure else "no amount",
        str(claim.period) if claim.period else "",
        words.join([harmless_line(party.name, 60) for party in claim.parties]),
    ]
    told = ", ".join(part for part in parts if part)
    sentence = harmless_line(claim.sentence, _SENTENCE)
    return f"{told}: “{sentence}”{_because(claim.reasons)}"


def _on_step(step: Step) -> list[str]:
    why = _because(step.reasons)
    if step.deal is None:
        return [f"deal: opens none and belongs to none{why}"]
    name = f"deal {step.deal.id}" if step.deal.id > 0 else "a new deal"
    if step.change is None:
        return [f"deal: tells of {name} and changes nothing{why}"]
    change = step.change
    was = f"from {amount_words(change.before, 'en')} " if change.before else ""
    now = f"to {amount_words(change.after, 'en')}" if change.after and was else ""
    moved = f" {was}{now}" if was and change.before != change.after else ""
    return [f"deal: {name}, change {change.number}: {change.kind.value}{moved}{why}"]


def _on_verdict(verdict: Verdict) -> str:
    said = {Answer.FIRE: "yes", Answer.HOLD: "held back", Answer.SKIP: "no"}[verdict.answer]
    what = f", {verdict.kind.value}" if verdict.kind else ""
    return f"rule {verdict.rule_id}: {said}{what}{_because(verdict.reasons)}"


def _because(reasons: Sequence[Reason]) -> str:
    told = "; ".join(harmless_line(reason.text, _SENTENCE) for reason in reasons)
    return f" ({told})" if told else ""


def _end(reading: Reading, steps: Sequence[Step], verdicts: Sequence[Verdict]) -> str:
    """Where the article left the funnel."""
    for verdict in verdicts:
        if verdict.fires and verdict.kind is AlertKind.ALERT:
            return f"=> people were told: rule {verdict.rule_id}"
        if verdict.fires and verdict.kind is not None:
            return f"=> people were told what changed: rule {verdict.rule_id}"
    if any(verdict.answer is Answer.HOLD for verdict in verdicts):
        return "=> held back: it would have rung, but not from this article"
    if verdicts:
        return "=> silent: no rule asks for it, or it was told before"
    if any(step.change for step in steps):
        return "=> silent: there is no rule"
    if any(step.deal for step in steps):
        return "=> silent: a repeat of a deal that is known"
    if not reading.ai_investment:
        return "=> silent: not about money put into AI"
    return "=> silent: no claim in it makes a deal"
