"""Which words of money does every language print: codes, Latin abbreviations, k, m, bn?"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from crawler.reading.currency import ABBREVIATIONS, CODES, ONLY_BEFORE
from crawler.reading.vocabulary import Vocabulary
from crawler.reading.word import Word

_UNIVERSAL_SCALE = {"k": "1e3", "m": "1e6", "mn": "1e6", "mln": "1e6", "mm": "1e6", "mio": "1e6",
                    "bn": "1e9", "bln": "1e9", "b": "1e9", "tn": "1e12", "trn": "1e12",
                    "t": "1e12"}  # fmt: skip
_COMPOUND_CODES = ("USD", "EUR", "GBP", "SEK", "NOK", "DKK", "AUD", "CAD", "CHF", "JPY", "AED",
                   "SAR")  # fmt: skip
_COMPOUND_WORDS = {"mdh": "MAD", "mdhs": "MAD", "mdt": "TND", "mda": "DZD", "mfcfa": "XOF"}
# "try", "all", "top" and "mad" are words: a code in small letters counts only for these.
_SMALL_CODES = frozenset({"USD", "EUR", "GBP", "AED", "SAR", "QAR", "KWD", "EGP", "INR", "JPY",
                          "CNY", "AUD", "CHF", "HKD", "SGD", "NZD", "CAD", "BTC"})  # fmt: skip
# Codes that are names as well: chips, summits, programs, petrol.
_NAMES = {"AMD": 100_000, "TOP": 100_000, "ALL": 10_000, "SOS": 10_000, "LAK": 10_000,
          "CUP": 3_000, "COP": 1_000, "RON": 100, "BAM": 10, "ANG": 10, "PAB": 10, "BOB": 10,
          "PEN": 10, "GEL": 10, "MOP": 10, "MAD": 10, "TRY": 10, "PHP": 10, "CAD": 1}  # fmt: skip


@cache
def shared_words() -> dict[str, Word]:
    """Those words by their folded form, made once for all languages: take a copy to change it."""
    shared = Vocabulary({})
    _add_scales(shared)
    _add_codes(shared)
    for printed, name in ABBREVIATIONS.items():
        only = printed in ONLY_BEFORE
        shared.abbreviate(printed, currency=name, mark=True, only_before=only, weak=only)
    return shared.words


def _add_scales(shared: Vocabulary) -> None:
    for short, value in _UNIVERSAL_SCALE.items():
        shared.merge(short, scale=Decimal(value), short=True)


def _add_codes(shared: Vocabulary) -> None:
    for code in CODES:
        shared.merge(
            code.lower(),
            currency=code,
            mark=True,
            capitals=() if code in _SMALL_CODES else (code,),
            name_below=_NAMES.get(code, 0),
        )
    for code in _COMPOUND_CODES:
        for letter, value in (("m", "1e6"), ("k", "1e3"), ("bn", "1e9")):
            word = f"{letter}{code.lower()}"
            shared.merge(word, currency=code, mark=True, scale=Decimal(value), short=True)
    for word, code in _COMPOUND_WORDS.items():
        shared.merge(word, currency=code, mark=True, scale=Decimal("1e6"), short=True)
