"""Which known words stand in a run of letters that has no spaces?"""

from __future__ import annotations

import re

from crawler.reading.numbers import may_be_year
from crawler.reading.tape import Tape
from crawler.reading.word import Word

_PLAIN = Word()
_HIDDEN = Word(not_money=True)
_REST = re.compile(r"[^\W\d_]*+")


def add_unspaced(tape: Tape, at: int, end: int, scanner: re.Pattern[str]) -> int:
    """The known words in a run of letters; where reading goes on."""
    while found := scanner.search(tape.text, at, end):
        start, piece = found.start(), found[0]
        if piece.isascii() and found.end() == end and tape.text.startswith("$", end):
            return start  # 每张NT$3,200
        if piece in tape.lexicon.heads and _counts_before(tape, start):
            piece = tape.lexicon.heads[piece]  # 3亿元大单 is no 元大
        at = start + len(piece)
        known = tape.words.get(piece)
        if known is not None and tape.is_printed_so(start, at, known):
            tape.add(start, at, known)
    return end


def add_glued(tape: Tape, at: int, end: int, scanner: re.Pattern[str]) -> int:
    """Korean: the known words that a run begins with, up to the first stranger.

    회사 is no four. One syllable before a stranger is another word (원전, 엔비디아, 과징금),
    unless it is money glued to its number; particles on money are passed: 원을 넘는.
    """
    while found := scanner.match(tape.text, at):
        start, at = found.span()
        piece = found[0]
        if piece in tape.lexicon.heads and (
            _counts_before(tape, start) or _counts_apart(tape, start, scanner)
        ):
            piece = tape.lexicon.heads[piece]  # 350만원인데: no 원인
            at = start + len(piece)
        known = tape.words.get(piece)
        if at > end and (run := _REST.match(tape.text, at)):
            end = run.end()  # the word was a phrase: 못 미치는
        if known is None or not tape.is_printed_so(start, at, known):
            break
        more = scanner.match(tape.text, at) if at < end else None
        particle = _particle_at(tape, at, end)
        is_glued_money = (known.currency or known.scale) and start <= tape.last_end
        if at < end and at - start == 1 and not (more or particle or is_glued_money):
            break
        tape.add(start, at, known)
        is_money = known.currency or ((known.bound or known.bound_after) and not known.filler)
        if is_money and particle and particle >= (more.end() - at if more else 0):
            tape.last_end = at = end
            break
        if known == _HIDDEN or known.place:
            break  # 이자만 120억: no ten thousand
    return max(at, end)


def _counts_apart(tape: Tape, start: int, scanner: re.Pattern[str]) -> bool:
    """Whether 원 at `start`, a space off its scale, has a particle: 2만 원만, 5억 원가량."""
    last = tape.tokens[-1] if tape.tokens else None
    if last is None or last.word.scale is None or tape.text[last.end : start] != " ":
        return False
    more = scanner.match(tape.text, start + 1)
    bounds = more is not None and tape.words.get(more[0], _PLAIN).bounds_after
    return bounds or _particle_at(tape, start + 1, len(tape.text)) > 0


def _particle_at(tape: Tape, at: int, end: int) -> int:
    """How long the particle at `at` is; 0 without one."""
    particles = tape.lexicon.particles
    found = particles.match(tape.text, at, end) if particles is not None else None
    return len(found[0]) if found else 0


def _counts_before(tape: Tape, start: int) -> bool:
    """Whether a number that can count money ends right before `start`: 50, 万, 十."""
    last = tape.tokens[-1] if tape.tokens else None
    if last is None or last.end != start or last.text.startswith("0"):
        return False
    if tape.lexicon.spaced and tape.words[tape.text[start]].scale is not None:
        return True  # 1조달러 is no 조달
    if last.digits is not None:  # 2元论 is a word, and 2026元旦 a year before one
        return last.digits >= 10 and not (len(last.text) == 4 and may_be_year(last.digits))
    return last.word.scale is not None or last.word.number is not None
