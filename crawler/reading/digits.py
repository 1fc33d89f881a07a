"""Where does a number in digits end, and is it one or part of a name?"""

from __future__ import annotations

import re
from decimal import Decimal

from crawler.reading.numbers import parse_number
from crawler.reading.tape import Tape
from crawler.reading.token import Token, is_near
from crawler.reading.word import Word

_PLAIN = Word()
# A letter right before digits makes them a name (A100, GPT4) unless its script writes
# prefixes or no spaces: و65, ב-5, 約5億.
_PREFIXING = re.compile("[\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0900-\u097f]")
_NO_CENTS = re.compile(r"(?:[.,]--?|/-)(?![\d_-])(?=([^\W\d_]*))")  # 39,- Euro, 500/- रुपये
_HYPHENS = ("-", "\u2010", "\u2011")
_MAX_DIGITS = 40
# 1403/5/12 is a date and no number; 400/000 and 12،500 are grouped, 2/5 and 2،5 have parts.
_SLASHED_NUMBER = re.compile(r"\d{1,3}(?:[/،]\d{3})+(?![\d/،])|\d++(?:/\d{1,3}|،\d\d?)(?![\d/،])")
_DECIMAL_COMMA = re.compile(r"\d+,(?:\d\d?|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")


def add_number(tape: Tape, start: int, end: int) -> int:
    """Add the number at `start`, unless its digits are part of a name; where reading goes on."""
    before = tape.text[start - 1 : start]
    if before.isalpha() or before == "_":
        last = tape.tokens[-1] if tape.tokens else None
        glued = last is not None and last.end == start and bool(last.word.currency)
        if not glued and not _PREFIXING.match(before):
            return end
    if end - start > _MAX_DIGITS or (before == "-" and _ends_name(tape, start - 1)):
        return end
    end = _past_slash(tape, start, end)
    piece = tape.text[start:end].replace("/", ".").replace("،", ",")
    value, grouped = parse_number(piece, tape.lexicon.decimal_marks, tape.lexicon.group_marks)
    if value is None:
        return end
    if (no_cents := _NO_CENTS.match(tape.text, end)) and _has_no_cents(tape, no_cents):
        end = no_cents.end()
    endings = tape.lexicon.number_endings
    if endings is not None and (spoken := endings.match(tape.text, end)):
        end = spoken.end()
    token = tape.add(start, end, _PLAIN, piece)
    token.digits, token.grouped = value, grouped
    return end


def _ends_name(tape: Tape, dash: int) -> bool:
    """Whether digits behind the hyphen at `dash` are part of a name: GPT-5, Ту-154; no ב-5."""
    letter = tape.text[dash - 1 : dash] if dash else ""
    if not letter.isalpha() or _PREFIXING.match(letter):
        return False
    if tape.printed(dash, dash + 1) not in _HYPHENS:
        return False  # the cost—5 billion dollars
    known = tape.tokens[-2] if len(tape.tokens) > 1 else None
    return known is None or known.end != dash


def _past_slash(tape: Tape, start: int, end: int) -> int:
    """Where a number ends whose marks only this language prints: ۲/۵, ۱/۲۰۰/۰۰۰, ۱۲،۵۰۰."""
    if "/" not in tape.lexicon.decimal_marks or tape.text[start - 1 : start] == "/":
        return end
    whole = _SLASHED_NUMBER.match(tape.text, start)
    return end if whole is None else whole.end()


def _has_no_cents(tape: Tape, dash: re.Match[str]) -> bool:
    """Whether the dash stands for cents: 39,- and 39,-TL; the one of 5.-Klasse joins."""
    if not dash[1]:
        return True
    word = tape.words.get(dash[1])
    return word is not None and word.currency is not None


def settle_marks(tokens: list[Token]) -> None:
    """1,489 euros is a price of fuel where the page also prints 3,5: only unscaled numbers."""
    digits = [k for k, token in enumerate(tokens) if token.digits is not None]
    if not any(_DECIMAL_COMMA.fullmatch(tokens[k].text) for k in digits):
        return
    for k in digits:
        is_scaled = is_near(tokens, k + 1) and tokens[k + 1].word.scale is not None
        if not is_scaled and _ONE_COMMA.fullmatch(tokens[k].text):
            tokens[k].digits = Decimal(tokens[k].text.replace(",", "."))
