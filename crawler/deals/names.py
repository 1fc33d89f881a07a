"""Are two names, or two places, one and the same, whatever script they are written in?"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz

from crawler.model import Party
from crawler.text.fold import fold
from crawler.text.script import script_of
from crawler.text.skeleton import skeleton


class Likeness(IntEnum):
    """How sure we are that two names are one; a higher one is a better one."""

    OTHER = 0
    UNKNOWN = 1  # of two scripts, or translated: the letters cannot tell
    NEAR = 2  # a part of the other, or nearly its letters: needs a second sign
    SAME = 3


# Skeletons of fewer letters collide: 89 well-known names did only below three (notes/deals.md).
_SHORT_KEY = 3
_SAFE_KEY = 4
_LONG_KEY = 6
_FUZZY = 88
_PLACE_FUZZY = 75
_TRANSLATED = 50
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
    if likeness is Likeness.OTHER and _is_untold(one.name, other.name):
        likeness = Likeness.UNKNOWN
    return likeness


def like_places(one: str, other: str) -> Likeness:
    """How sure we are that two places are one: Louisiana and لويزيانا, Köln and Cologne."""
    words, others = set(fold(one).split()), set(fold(other).split())
    if words <= others or others <= words:
        return Likeness.SAME
    key, other_key = skeleton(one), skeleton(other)
    if key == other_key and len(key) >= _SHORT_KEY:
        return Likeness.SAME
    if key and other_key and fuzz.ratio(key, other_key) >= _PLACE_FUZZY:
        return Likeness.NEAR
    if script_of(one) != script_of(other):
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


@lru_cache(maxsize=8192)
def _core(name: str) -> str:
    """`name` folded, without what a company puts behind it and without a dot or dash in it."""
    words = fold(name).replace(".", " ").replace("-", " ").replace("&", " ").split()
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
    if script_of(core) in {"Hani", "Jpan", "Kore"}:
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
def _is_untold(one: str, other: str) -> bool:
    """Whether the letters cannot tell: of two scripts, one without skeleton or both of many words.

    Names of one word are written by their sound (أوركيد); names of several are translated
    (صندوق الاستثمارات العامة), and then their consonants say nothing.
    """
    if script_of(one) == script_of(other):
        return False
    keys = _core_skeleton(one), _core_skeleton(other)
    if min(map(len, keys)) < _SHORT_KEY:
        return True
    many = len(_core(one).split()) > 1 or len(_core(other).split()) > 1
    return many or fuzz.ratio(*keys) >= _TRANSLATED
