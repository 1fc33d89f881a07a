"""When is a number money that names none, as 240 करोड़ जुटाए?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.reading.entries import Entries
from crawler.reading.keys import IMPLIED, IMPLIED_WORDS
from crawler.text.fold import fold


@dataclass(frozen=True, slots=True)
class Implied:
    """The money of numbers that name none, where the words beside them speak of money."""

    currency: str
    behind: re.Pattern[str]
    open: re.Pattern[str]  # behind a number that counts no noun: "बाकी 7 करोड़ अगले साल"
    ahead: re.Pattern[str]
    asked: re.Pattern[str]  # right before one that ends its phrase: "मांगे 1,600 करोड़।"
    told: re.Pattern[str]  # somewhere before it: "मुनाफा 1.2% चढ़ा, 3,246 करोड़ रहा"
    counters: re.Pattern[str]  # right behind the number, they count something else: 1조 개
    compound: re.Pattern[str]  # right behind the number, a noun that it makes one word with
    counted: re.Pattern[str]  # before the number, in its clause: it counts these
    knows_words: bool = False  # whether there are words that say that a number is money
    own: bool = False  # never the money told before: Korean leaves out only its own


def build_implied(entries: Entries) -> Implied | None:
    """Which money such a number is, and the words that say it is money; None if it is none."""
    data = entries.map_of("implied", IMPLIED)
    if not data:
        return None
    currency = str(data.get("currency"))
    entries.check_currency("implied.currency", currency)
    words = {
        key: _any_of([fold(w) for w in entries.texts(f"implied.{key}", data.get(key) or [])])
        for key in IMPLIED_WORDS
    }
    other = r"[^\s।,;:()]++"
    glued = entries.flag("spaced")  # Korean glues particles, and words make compounds
    gap = r"\s?" if glued else r"\s"
    prefix = r"[^\W\d_]{0,4}?" if glued else ""
    verbs, nouns = (
        rf"{gap}(?:{words['verbs']})",
        rf"(?:\s{other})??\s{prefix}(?:{words['nouns']})",
    )
    particle = rf"(?:{words['joins']})?" if glued else ""
    start = r"(?:\A|[\s(.,'\"])[^\W\d_]{0,8}?" if glued else r"(?:\A|[\s(])"
    return Implied(
        currency=currency,
        behind=re.compile(
            rf"(?:{gap}(?:{words['joins']}))?(?:{verbs}|{gap}(?:{words['genitives']}){nouns})"
        ),
        open=re.compile(rf"\s(?:{words['open']})"),
        asked=re.compile(rf"{start}(?:{words['asked']})(?:\s{other})?\s\Z"),
        told=re.compile(rf"{start}(?:{words['ahead']})"),
        ahead=re.compile(rf"{start}(?:{words['ahead']}){particle}(?:\s{other})?\s\Z"),
        counters=re.compile(rf"\s?(?:{words['counters']}){particle}(?![^\W\d_])"),
        compound=re.compile(rf"-(?:{words['nouns']})"),
        counted=re.compile(
            "|".join(
                re.escape(fold(w))
                for w in entries.texts("implied.counted", data.get("counted") or [])
            )
            or r"(?!)"
        ),
        knows_words=bool(data.get("verbs")),
        own=str(data.get("own")) == "true",
    )


def _any_of(words: Sequence[str]) -> str:
    """A pattern for any of `words`, which stand whole unless "*" ends them."""
    stems = "|".join(re.escape(word[:-1]) for word in words if word.endswith("*"))
    wholes = "|".join(re.escape(word) for word in words if not word.endswith("*"))
    ways = [rf"(?:{stems})[^\s।,;:()]*+"] if stems else []
    ways += [rf"(?:{wholes})(?![^\s।,;:.!?()\"'-])"] if wholes else []
    return "|".join(ways) or r"(?!)"
