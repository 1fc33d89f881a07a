"""Where does its own text end a story?"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.model import Claim, Reading
from crawler.text.safe import harmless_line
from notifier.funnel.stops import Halt, Stop

# The sums of a story that reads as no deal: what it is said to be instead.
_TELLING_SIDES = 3


def halt_of_reading(reading: Reading) -> Halt | None:
    """Where the text itself ends the story; None if it tells of money put into AI."""
    for reason in reading.reasons:
        if reason.code == "no_lexicon":
            return Halt(stop=Stop.LANGUAGE_NOT_READ, text=f"we read none of it: {reason.text}")
    if not reading.ai_investment:
        return _halt_of_topic(reading)
    if any(claim.main and claim.role.makes_deal for claim in reading.claims):
        return None
    if reading.claims:
        return Halt(stop=Stop.ONLY_MENTIONED, text=_mentioned(reading.claims))
    return Halt(stop=Stop.NO_DEAL, text="it tells of money put into AI, and of no one deal")


def _halt_of_topic(reading: Reading) -> Halt:
    if reading.margin is None:
        return Halt(stop=Stop.NOT_AI, text="it does not speak of artificial intelligence")
    if not reading.figures:
        text = f"{how_it_tells_of_ai(reading)}, and it names no sum of money" + _loudest(reading)
        return Halt(stop=Stop.NO_MONEY, text=text)
    beside = [claim for claim in reading.claims if not claim.main]
    if beside and not any(claim.role.makes_deal for claim in beside):
        return Halt(stop=Stop.ONLY_MENTIONED, text=_mentioned(beside))
    text = f"{how_it_tells_of_ai(reading)}, and not of money put into it" + _loudest(reading)
    return Halt(stop=Stop.NOT_AI, text=text)


def how_it_tells_of_ai(reading: Reading) -> str:
    """In words, of a reading that tells of AI: by name, or by how it is spelled alone."""
    alone = (reason.text for reason in reading.reasons if reason.code == "spelled_alone")
    return next(alone, "it speaks of AI")


def _mentioned(claims: Sequence[Claim]) -> str:
    said = [
        f"“{harmless_line(claim.figure.text if claim.figure else claim.sentence, 60)}” is "
        + claim.role.value.replace("_", " ")
        for claim in claims[:_TELLING_SIDES]
    ]
    return "its sums are no deal of its own: " + ", ".join(said)


def _loudest(reading: Reading) -> str:
    told = "; ".join(harmless_line(each.text, 80) for each in reading.reasons[:_TELLING_SIDES])
    return f" ({told})" if told else ""
