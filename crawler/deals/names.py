"""Are two names, or two places, one and the same, whatever script they are written in?"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz

from crawler.model import Claim, Party
from crawler.text.fold import fold
from crawler.text.han import simplified
from crawler.text.script import script_of
from crawler.text.skeleton import rough, skeleton

_script_of = lru_cache(maxsize=8192)(script_of)


class Likeness(IntEnum):
    """How sure we are that two names are one; a higher one is a better one."""

    OTHER = 0
    UNKNOWN = 1  # of two scripts, or translated: the letters cannot tell
    FAINT = 2  # of two scripts, and some of it sounds alike
    NEAR = 3  # a part of the other, or nearly its letters: needs a second sign
    SAME = 4


# Skeletons of fewer letters collide: 89 well-known names did only below three (notes/deals.md).
_SHORT_KEY = 3
_SAFE_KEY = 4
_LONG_KEY = 6
_FUZZY = 88
_PLACE_FUZZY = 75
_SOUNDS_ALIKE = 66
_ROUGH_SCRIPTS = {"Jpan", "Kore"}
_SHORTEST_SOUND = 2  # consonants
_FIRST_WORD = 0.9  # what one word in common is worth beside the whole name
# What a company puts behind its name, and an outlet leaves out: Tessera Labs, Mirqab AI.
_TAILS = frozenset(
    {
        "ai",
        "ia",
        "ki",
        "ии",
        "lab",
        "labs",
        "inc",
        "corp",
        "ltd",
        "llc",
        "plc",
        "ag",
        "sa",
        "se",
        "gmbh",
        "group",
        "holding",
        "holdings",
        "co",
        "company",
        "tech",
        "technologies",
        "technology",
        "systems",
        "platforms",
        "computing",
        "compute",
        "robotics",
        "intelligence",
    }
)


def party_keys(party: Party) -> tuple[str, ...]:
    """Under which words a deal of `party` is stored and looked for.

    Wider than `like_parties`: what shares a key is a candidate, no more.
    """
    keys = {f"name:{_core(party.name)}"} if _core(party.name) else set()
    if party.id is not None:
        keys.add(f"id:{party.id}")
    for key in _skeletons(party):
        if len(key) >= _SHORT_KEY:
            keys.add(f"key:{key}")
        if len(key) >= _SAFE_KEY:
            keys.add(f"stem:{key[:_SAFE_KEY]}")
    head = _head(party.name)
    if head:
        keys.add(f"head:{head}")
    return tuple(sorted(keys))


def claim_keys(claim: Claim) -> tuple[str, ...]:
    """Under which words a deal that `claim` tells of is stored and looked for.

    Beside its parties, its sums and its place: a name of two scripts may share no letter.
    """
    keys = {key for party in claim.parties for key in party_keys(party)}
    figures = () if claim.figure is None else (claim.figure, *claim.restated)
    for figure in figures:
        keys |= {f"sum:{figure.currency}:{side:.2e}" for side in (figure.low, figure.high) if side}
    if claim.place:
        keys.add(f"place:{skeleton(claim.place) or _letters(claim.place)}")
    return tuple(sorted(keys))


def like_parties(one: Party, other: Party) -> Likeness:
    """How sure we are that the two are one company, state or person; sides are not looked at."""
    if one.id is not None and other.id is not None:
        return Likeness.SAME if one.id == other.id else Likeness.OTHER
    if _core(one.name) == _core(other.name) != "":
        return Likeness.SAME
    likeness = max(
        (_like_keys(a, b) for a in _skeletons(one) for b in _skeletons(other)),
        default=Likeness.OTHER,
    )
    if likeness is Likeness.OTHER and _is_part(_core(one.name), _core(other.name)):
        likeness = Likeness.NEAR
    return likeness or _like_sounds(one.name, other.name)


def sound_of(one: Party, other: Party) -> float:
    """How alike two names are to the ear, 0 to 1; within one script, by their letters."""
    names = _core(one.name), _core(other.name)
    if not all(names):
        return 0.0
    if _script_of(names[0]) == _script_of(names[1]):
        return fuzz.ratio(*names) / 100
    firsts = [_rough_sound(name.split()[0]) for name in names]
    return max(
        _alike(_rough_sound(names[0]), _rough_sound(names[1])), _FIRST_WORD * _alike(*firsts)
    )


def _alike(one: str, other: str) -> float:
    return fuzz.ratio(one, other) / 100 if min(len(one), len(other)) >= _SHORTEST_SOUND else 0.0


@lru_cache(maxsize=8192)
def _rough_sound(name: str) -> str:
    return rough(_core_skeleton(name))


def like_places(one: str, other: str) -> Likeness:
    """How sure we are that two places are one: Louisiana and لويزيانا, Köln and Cologne."""
    words, others = _letters(one).split(), _letters(other).split()
    # What both say tells nothing apart: a data centre in Al Ain, a data centre in Abu Dhabi.
    own = " ".join(word for word in words if word not in others)
    other_own = " ".join(word for word in others if word not in words)
    if not own or not other_own:
        return Likeness.SAME
    key, other_key = skeleton(own), skeleton(other_own)
    if key == other_key and len(key) >= _SHORT_KEY:
        return Likeness.SAME
    if key and other_key and fuzz.ratio(key, other_key) >= _PLACE_FUZZY:
        return Likeness.NEAR
    if _script_of(one) != _script_of(other):
        return Likeness.UNKNOWN
    return Likeness.OTHER


def _like_keys(one: str, other: str) -> Likeness:
    shorter = min(len(one), len(other))
    if shorter < _SHORT_KEY:
        return Likeness.OTHER
    if one == other:
        return Likeness.SAME if shorter >= _SAFE_KEY else Likeness.NEAR
    if shorter < _SAFE_KEY:
        return Likeness.OTHER
    if fuzz.ratio(one, other) >= _FUZZY:
        return Likeness.SAME if shorter >= _LONG_KEY else Likeness.NEAR
    return Likeness.NEAR if one.startswith(other) or other.startswith(one) else Likeness.OTHER


def _skeletons(party: Party) -> tuple[str, ...]:
    return tuple({party.key, _core_skeleton(party.name)} - {""})


_INNER = re.compile(r"[.,&-]")


def _letters(name: str) -> str:
    """`name` in the letters by which it is compared: folded, 簡 as 简."""
    return simplified(fold(name))


@lru_cache(maxsize=8192)
def _core(name: str) -> str:
    """`name` folded, without what a company puts behind it and without a mark in it."""
    words = _INNER.sub(" ", _letters(name)).split()
    while len(words) > 1 and words[-1] in _TAILS:
        words.pop()
    return " ".join(words)


@lru_cache(maxsize=8192)
def _core_skeleton(name: str) -> str:
    return skeleton(_core(name))


@lru_cache(maxsize=8192)
def _head(name: str) -> str:
    """What a shortened form of `name` begins with; two letters where each is a word."""
    core = _core(name)
    if _script_of(core) in {"Hani", "Jpan", "Kore"}:
        return core[:2]
    first = core.split()[0] if core else ""
    return first if len(first) >= _SAFE_KEY else ""


def _is_part(one: str, other: str) -> bool:
    """Whether one folded name is the beginning of the other, by whole words."""
    shorter, longer = sorted((one, other), key=len)
    if not _head(shorter) or not longer.startswith(shorter):
        return False
    return len(_head(shorter)) == 2 or longer[len(shorter) :].startswith(" ")


@lru_cache(maxsize=8192)
def _like_sounds(one: str, other: str) -> Likeness:
    """What the sounds of two names in two scripts tell, where their skeletons are not equal.

    Names of one word are written by their sound (أوركيد); names of several are translated
    (صندوق الاستثمارات العامة), and then their consonants say nothing.
    """
    if _script_of(one) == _script_of(other):
        return Likeness.OTHER
    keys = _core_skeleton(one), _core_skeleton(other)
    if {_script_of(one), _script_of(other)} & _ROUGH_SCRIPTS:
        keys = rough(keys[0]), rough(keys[1])
    firsts = [_core_skeleton(core.split()[0]) for core in (_core(one), _core(other)) if core]
    if len(firsts) == 2 and firsts[0] == firsts[1] and len(firsts[0]) >= 2:
        return Likeness.FAINT
    shorter = min(map(len, keys))
    if shorter >= 2 and fuzz.ratio(*keys) >= _SOUNDS_ALIKE:
        return Likeness.FAINT
    many = len(_core(one).split()) > 1 or len(_core(other).split()) > 1
    return Likeness.UNKNOWN if many or shorter < _SHORT_KEY else Likeness.OTHER
