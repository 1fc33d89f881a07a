"""Which messages are told as one, and which came to nothing while they waited?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from config.model import Target
from crawler.model import Reason
from notifier.model import Alert
from notifier.waiting import Group, Waiting
from notifier.words import reason


def grouped(loud: Sequence[Waiting], target: Target) -> list[Group]:
    """Untried alerts of one rule on one deal together, everything else alone; by their order."""
    together: dict[object, list[Waiting]] = defaultdict(list)
    for each in loud:
        together[_event(each) or each.delivery.id].append(each)
    groups = [Group(last=some[-1], older=tuple(some[:-1])) for some in together.values()]
    return _folded(groups) if target.fold_parts else groups


def _folded(groups: Sequence[Group]) -> list[Group]:
    wholes = {event[1]: each for each in groups if (event := _event(each.last))}
    parts: dict[int, list[Waiting]] = defaultdict(list)
    stay = []
    for each in groups:
        whole = each.last.whole
        if whole in wholes and whole is not None and _event(each.last) and each.is_first:
            parts[whole] += each.all
        else:
            stay.append(each)
    return [
        replace(each, parts=tuple(parts.pop(event[1], ())))
        if (event := _event(each.last)) and wholes[event[1]] is each
        else each
        for each in stay
    ]


def _event(each: Waiting) -> tuple[str, int] | None:
    """The rule and the deal of what may be told with others."""
    if each.alert is None or each.is_tried or each.is_asked_for:
        return None
    return each.alert.rule_id, each.alert.deal_id


def needless(group: Group) -> Reason | None:
    """Why nobody need be told of the group: it came to nothing while it waited.

    As `decide` would have said, had the older ones never been made.
    """
    alerts = [each for one in group.all for each in (*one.merged, one.alert) if each is not None]
    if len(alerts) < 2 or group.parts or group.last.is_asked_for:
        return None
    is_denied = alerts[-1].takes_back
    if group.is_first:
        return reason("denied_untold") if is_denied else None
    # The reader's last word was a denial if the first of these says that the deal goes on.
    if _returns(alerts[0]) is not is_denied or not all(_may_go_back(each) for each in alerts):
        return None
    moves = [moved for each in alerts if (moved := _moved(each))]
    is_back = is_denied or not moves or moves[0][:3] == moves[-1][3:6]
    return reason("moved_back") if is_back else None


def _may_go_back(alert: Alert) -> bool:
    """A stage that was reached, or a sum that was stated, stays news."""
    return alert.takes_back or _returns(alert) or bool(_moved(alert))


def _returns(alert: Alert) -> bool:
    return any(each.code == "returned" for each in alert.reasons)


def _moved(alert: Alert) -> tuple[str, ...]:
    return next((each.facts for each in alert.reasons if each.code == "moved"), ())
