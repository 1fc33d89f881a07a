"""Which pieces of a text can belong to an amount?

Everything else is skipped; `near` says whether anything stood between two pieces.
"""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.reading.digits import add_number, settle_marks
from crawler.reading.endings import add_case, inflected, inflected_phrase
from crawler.reading.lexicon import Lexicon
from crawler.reading.pieces import MARK_WORDS, PIECE
from crawler.reading.runs import add_glued, add_unspaced
from crawler.reading.tape import Tape
from crawler.reading.token import VULGAR, Token
from crawler.reading.word import Word, phrase_form
from crawler.text.fold import Folded, is_letter

_PLAIN = Word()
_PREFIX = re.compile(r"(?<!\d)(?<!\d )[a-z] ?\d")  # R390bn, K 230 million; no 5K or 25 M
_TANWEEN = "\u064b"
_BROKEN = re.compile(r"-\n *([^\W\d_]++)")
_LONGEST_PREFIX = 4  # one more than the letters that may stand before a hyphen: שמכ-30
# S/ 300 millones are soles, s/n is a house without a number, S/4HANA a program: digits with
# letters behind them that count nothing are a name.
_SLASHED = re.compile(r"[sb]/\.?")
_DIGITS_AND_LETTERS = re.compile(r"[\d.,]++([^\W\d_]++)")


def read_tokens(folded: Folded, lexicon: Lexicon) -> list[Token]:
    """The tokens of `folded`, left to right."""
    tape = Tape(folded, lexicon)
    search, at = PIECE.search, 0
    while match := search(tape.text, at):
        start, at = match.span()
        kind = match.lastgroup
        if kind == "word":
            at = _add_words(tape, start, *_mended(tape, at, match[0]))
            if tape.endings and match[0][-1] == "'" and at == match.end():
                at -= 1  # TL'ye: the ending stands behind the apostrophe
        elif kind == "number":
            at = add_number(tape, start, at)
        elif kind == "mark":
            at = _add_mark(tape, start, at, match[0])
        elif kind == "dotted":
            at = _add_dotted(tape, start, at, match[0])
        elif kind == "dash" and _leads_on(tape, start):
            tape.last_end = at
        else:
            vulgar = Word(part=VULGAR[match[0]]) if kind == "vulgar" else None
            tape.add(start, at, vulgar or tape.words.get(match[0], _PLAIN))
        if tape.endings and tape.text.startswith("'", at):
            at = add_case(tape, at)
    if tape.lexicon.marks_by_page:
        settle_marks(tape.tokens)
    return tape.tokens


def _leads_on(tape: Tape, at: int) -> bool:
    """Whether the hyphen at `at` only parts a prefix from what it leads: ב-25, כ-30."""
    if not tape.lexicon.prefixes or not tape.tokens or tape.tokens[-1].end != at:
        return False
    before = tape.text[max(0, at - _LONGEST_PREFIX) : at]
    letters = before[len(before.rstrip(tape.lexicon.prefixes)) :]
    return 0 < len(letters) < _LONGEST_PREFIX and not before[: -len(letters)][-1:].isalpha()


def _mended(tape: Tape, end: int, piece: str) -> tuple[int, str]:
    """Mil-⏎liarden: where a known word ends that the end of a line breaks, and the word."""
    tail = _BROKEN.match(tape.text, end) if tape.text.startswith("-\n", end) else None
    if tail is None:
        return end, piece
    whole = piece + tail[1]
    known = whole in tape.words or (tape.endings and inflected(tape, whole))
    return (tail.end(), whole) if known else (end, piece)


def _add_words(tape: Tape, start: int, end: int, piece: str) -> int:
    """Add what `piece` says, with the words behind it that make a phrase; where reading goes on."""
    scanner = tape.lexicon.scanner
    if scanner is not None and not piece.isascii():
        add_run = add_glued if tape.lexicon.spaced else add_unspaced
        return add_run(tape, start, end, scanner)
    if tape.endings and piece[-1] == "'":
        end, piece = end - 1, piece[:-1]
    piece = piece.replace("''", '"')  # ש''ח
    is_name = piece[-1] == "'" and piece[:-1] in tape.words
    if is_name and len(piece) > 3 and piece not in tape.lexicon.phrases:
        end, piece = end - 1, piece[:-1]  # Lebanon's government
    word, end, piece = _longest(tape, start, end, piece)
    if word is None:
        _add_made(tape, start, end, piece)
        return end
    if tape.text.startswith((".", "0"), end) and piece + tape.text[end] in tape.words:
        end += 1  # रु., and रु0 with the round abbreviation sign of old print
    if not tape.is_printed_so(start, end, word):
        word = tape.lexicon.small.get(piece)
    if word is not None:
        if word.dual_near and _TANWEEN in tape.printed(start, end):
            word = replace(word, dual_near=None, absolute=True)  # مليارا دولار is two
        tape.add(start, end, word, piece)
    return end


def _longest(tape: Tape, start: int, end: int, piece: str) -> tuple[Word | None, int, str]:
    """The word that `piece` is or begins, where it ends, and its folded form."""
    word = tape.words.get(piece)
    if end - start == 1 and _PREFIX.match(tape.text, start):
        word = tape.words.get(tape.printed(start, end)) or word
    if tape.text.startswith(".", end) and piece + "." in tape.words:
        word = tape.words[piece + "."]
    elif tape.text.startswith("'", end) and piece + "'" in tape.words:
        end, piece = end + 1, piece + "'"  # מ', ש'
        word = tape.words[piece]
    rests = tape.lexicon.phrases.get(piece)
    if rests is None:
        return word, end, piece
    longer = _phrase_end(tape.text, end, rests)
    if longer != end:
        piece = phrase_form(tape.text[start:longer])
        return tape.words.get(piece), longer, piece
    if tape.endings:
        piece, end = inflected_phrase(tape, piece, end, rests)
        word = tape.words.get(piece)
    return word, end, piece


def _add_made(tape: Tape, start: int, end: int, piece: str) -> None:
    """Add a word that no list has: one with an ending, or a number glued of its pieces."""
    if tape.endings and (found := inflected(tape, piece)):
        word, case = found
        tape.add(start, end, word, piece).case = None if case == "none" else case
        return
    glued = tape.lexicon.glued.parse(piece) if tape.lexicon.glued else None
    if glued is not None:
        tape.add(start, end, Word(number=glued), piece)


def _add_dotted(tape: Tape, start: int, end: int, piece: str) -> int:
    """Add a short form with points in it: L.E., ج.م; where reading goes on."""
    word = tape.words.get(piece) or tape.words.get(piece.rstrip("."))
    if word is None:
        # No short form we know: the letters before the first point stand alone.
        return _add_words(tape, start, start + piece.index("."), piece[: piece.index(".")])
    if tape.is_printed_so(start, end, word):
        tape.add(start, end, word)
    return end


def _add_mark(tape: Tape, start: int, end: int, piece: str) -> int:
    """Add a sign of money, or the part of it that is one; where reading goes on."""
    if _SLASHED.fullmatch(piece) and not _is_slashed_sum(tape, start, end):
        return end
    # "A $5bn plan" has an article, "S $5" Singapore: one letter and a space need a capital.
    if piece[1:2] == " " and not tape.printed(start, end).isupper():
        if piece[0].isalpha():
            return start + 1
        behind = tape.words.get(piece[2:])  # 16,10 $ au Québec, 5 $ ça
        if (behind and not behind.currency) or tape.text.startswith("'", end):
            return _add_mark(tape, start, start + 1, piece[0])
    own = tape.words.get(piece)
    tape.add(start, end, own if own is not None and own.mark else MARK_WORDS[piece])
    return end


def _is_slashed_sum(tape: Tape, start: int, end: int) -> bool:
    """Whether S/ or B/ is followed by a number, and not by a name such as 4HANA."""
    name = _DIGITS_AND_LETTERS.match(tape.text, end)
    is_name = name is not None and name[1] not in tape.words
    return tape.printed(start, start + 1).isupper() and not is_name


def _phrase_end(text: str, at: int, rests: tuple[str, ...]) -> int:
    """Where the longest phrase ends that goes on at `at`; `at` itself if none does."""
    if text[at - 1] == "'":
        begin = at  # jusqu'à, d'un
    elif text[at : at + 1] in (" ", "-", "\n"):
        begin = at + 1
    else:
        return at
    for rest in rests:
        compact = rest.replace("' ", "'")
        end = begin + len(compact)
        said = text[begin:end].replace("-", " ").replace("\n", " ")
        if said == compact and not (is_letter(text[end : end + 1]) and is_letter(rest[-1])):
            return end
    return at
