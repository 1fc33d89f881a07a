"""How much does a failure weigh, and which state does it lead to?

| Failure | Weight | State |
|---|---|---|
| 404, 410; another site answers | hard | gone |
| 401, 403, 451, captcha, consent | hard | blocked |
| 429, or an error with Retry-After | passing | resting, then blocked |
| time-out, connection broken or refused | passing | unreachable |
| no address, bad certificate, 5xx and other errors | soft | unreachable |
| a list without lines | soft | empty |
| no list, no dates, no titles, cut off, led elsewhere | soft | broken layout |
| a page without title or text, a page rule that finds nothing, a stub | soft | broken layout |
"""

from __future__ import annotations

from config.errors import Blocked, FetchError, Gone, Unreachable
from crawler.health.model import HARD, PASSING, SOFT, Fault, HealthState


def fault_of_error(error: FetchError) -> Fault:
    """What a failed fetch says of the Source."""
    text = str(error)
    match error:
        case Gone():
            return Fault(state=HealthState.GONE, weight=HARD, text=text)
        case Blocked(until=None):
            return Fault(state=HealthState.BLOCKED, weight=HARD, text=text)
        case Blocked():
            return Fault(state=HealthState.BLOCKED, weight=PASSING, text=text, until=error.until)
    is_passing = isinstance(error, Unreachable) and error.passing
    weight = PASSING if is_passing else SOFT
    return Fault(state=HealthState.UNREACHABLE, weight=weight, text=text)


def fault_of_list(outcome: str, text: str) -> Fault:
    """What a list that was fetched and holds no line says; `outcome` as crawler/pages puts it."""
    states = {"blocked": HealthState.BLOCKED, "broken": HealthState.BROKEN_LAYOUT}
    state = states.get(outcome, HealthState.EMPTY)
    return Fault(state=state, weight=HARD if state is HealthState.BLOCKED else SOFT, text=text)


def fault_of_page(outcome: str, text: str) -> Fault:
    """What a page without an article in it says; `outcome` as crawler/pages puts it."""
    state = HealthState.BLOCKED if outcome == "blocked" else HealthState.BROKEN_LAYOUT
    return Fault(state=state, weight=SOFT, text=text)
