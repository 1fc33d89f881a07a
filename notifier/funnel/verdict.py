"""Where does a rule end a story?"""

from __future__ import annotations

from crawler.text.safe import harmless_line
from notifier.funnel.stops import Halt, Stop
from notifier.model import Answer, Verdict

# By Reason.code of a verdict that skips: which condition of a rule did not hold.
STOP_OF_REASON = {
    "kind_not": Stop.RULE_KIND,
    "stage_not": Stop.RULE_STAGE,
    "stage_silent": Stop.TOLD_BEFORE,
    "counting_not": Stop.RULE_COUNTING,
    "language_not": Stop.RULE_LANGUAGE,
    "company_not": Stop.RULE_COMPANY,
    "investor_not": Stop.RULE_COMPANY,
    "recipient_not": Stop.RULE_COMPANY,
    "company_country_not": Stop.RULE_COUNTRY,
    "country_not": Stop.RULE_COUNTRY,
    "source_not": Stop.RULE_SOURCE,
    "amount_missing": Stop.RULE_AMOUNT_UNKNOWN,
    "amount_no_currency": Stop.RULE_AMOUNT_UNKNOWN,
    "amount_no_rate": Stop.RULE_NO_RATE,
    "amount_certain_not": Stop.RULE_AMOUNT,
    "amount_possible_not": Stop.RULE_AMOUNT,
    "amount_only_up_to": Stop.RULE_AMOUNT_UNCERTAIN,
    "reached_before": Stop.RULE_NOT_FIRST,
    "part_not": Stop.RULE_PART,
    "confirmed_not": Stop.RULE_UNCONFIRMED,
    "unless": Stop.RULE_UNLESS,
    "denied_untold": Stop.DENIED_UNTOLD,
    "denied_told": Stop.TOLD_BEFORE,
    "corrected_same": Stop.TOLD_BEFORE,
    "repeat": Stop.TOLD_BEFORE,
    "not_ai_told": Stop.TAKEN_BACK,
    "moved_little": Stop.MOVED_LITTLE,
}
# The same of a verdict that holds back.
_STOP_OF_HOLD = {
    "undated": Stop.UNDATED,
    "future": Stop.FUTURE_DATE,
    "old": Stop.TOO_OLD,
    "first_look": Stop.FIRST_LOOK,
    "for_digest": Stop.FOR_DIGEST,
}


def halt_of_verdict(verdict: Verdict) -> Halt | None:
    """Where `verdict` stops the story; None if it fires."""
    if verdict.fires:
        return None
    table = _STOP_OF_HOLD if verdict.answer is Answer.HOLD else STOP_OF_REASON
    against = [(table[each.code], each) for each in verdict.reasons if each.code in table]
    if not against:
        raise ValueError(f"verdict without a reason that stops it: {verdict}")
    # Of several, the first in the order of the funnel: "is it dated" comes before "is it new".
    stop, *also = sorted({stop for stop, _ in against}, key=lambda each: each.rank)
    told = "; ".join(harmless_line(each.text, 200) for _, each in against)
    return Halt(
        stop=stop,
        text=f"rule {verdict.rule_id}: {told}",
        rule_id=verdict.rule_id,
        also=tuple(also),
        names={"DEAL": f"d{verdict.deal_id}"},
    )
