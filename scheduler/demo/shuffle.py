"""Does the law hold on another day too: other names, amounts, order and outlets?

Only what the law allows is changed, and what should be told moves along: a factor keeps each
amount on its side of every limit, articles change places only where any order tells the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from scheduler.demo.script import TEST_STORY, Day, Draft, Names, Outlet, Script, tell


def shuffle(day: Day, seed: int) -> Day:
    """`day` with other names, amounts, times and outlets; the same for the same `seed`."""
    random = Random(seed)  # noqa: S311  # a story's dice, not a key
    script = day.script
    cast = _cast(script.roles, random)
    factors = {story: random.choice(choice) for story, choice in script.scales.items()}
    drafts = _exchange(script.drafts, script.exchange, random)
    drafts = _tell_first(drafts, script.first, random)
    drafts = _move_stories(drafts, script, random)
    drafts = _change_outlets(drafts, script, random)
    return tell(replace(script, drafts=drafts), cast=cast, factors=factors)


def _cast(roles: Mapping[str, tuple[Names, ...]], random: Random) -> dict[str, Names]:
    """One name for each role, no name twice."""
    taken: set[str] = set()
    cast = {}
    for role, names in roles.items():
        cast[role] = random.choice([name for name in names if name.forms["en"] not in taken])
        taken.add(cast[role].forms["en"])
    return cast


def _exchange(
    drafts: Sequence[Draft], groups: Sequence[Sequence[str]], random: Random
) -> tuple[Draft, ...]:
    """Articles of one group change places in time; each keeps what it should cause."""
    times: dict[str, datetime] = {}
    for group in groups:
        members = [draft for draft in drafts if draft.id in group]
        moments = [draft.told_at for draft in members]
        random.shuffle(moments)
        times |= {draft.id: at for draft, at in zip(members, moments, strict=True)}
    return tuple(replace(draft, told_at=times.get(draft.id, draft.told_at)) for draft in drafts)


def _tell_first(
    drafts: tuple[Draft, ...], groups: Sequence[Sequence[str]], random: Random
) -> tuple[Draft, ...]:
    """Another article of a group comes first; what the first one causes goes with its place."""
    changed = {draft.id: draft for draft in drafts}
    for group in groups:
        now_first = min((changed[name] for name in group), key=lambda draft: draft.told_at)
        then_first = changed[random.choice(list(group))]
        changed[now_first.id] = replace(
            now_first, told_at=then_first.told_at, expect=then_first.expect, why=then_first.why
        )
        changed[then_first.id] = replace(
            then_first, told_at=now_first.told_at, expect=now_first.expect, why=now_first.why
        )
    return tuple(changed.values())


def _move_stories(drafts: tuple[Draft, ...], script: Script, random: Random) -> tuple[Draft, ...]:
    """Each story around the test story moves as a whole, inside the day."""
    days = {
        draft.story if draft.story != "other" else draft.id: random.randint(
            -script.may_move_days, script.may_move_days
        )
        for draft in drafts
    }

    def moved(draft: Draft) -> Draft:
        if draft.opening or draft.story == TEST_STORY:
            return draft
        by = timedelta(days=days[draft.story if draft.story != "other" else draft.id])
        return replace(draft, told_at=draft.told_at + by)

    return tuple(map(moved, drafts))


def _change_outlets(drafts: tuple[Draft, ...], script: Script, random: Random) -> tuple[Draft, ...]:
    """Any sound outlet of its language may tell an article; the first lists stay as they are."""
    broken = {one.outlet for one in script.breaks}
    sound = [outlet for outlet in script.outlets if outlet.id not in broken]

    def choose(draft: Draft) -> Outlet:
        return random.choice([one for one in sound if one.language == draft.language])

    return tuple(
        draft if draft.opening else replace(draft, outlet=choose(draft).id) for draft in drafts
    )
