"""Which pieces of a text can belong to an amount?

Everything else is skipped; `near` says whether anything stood between two pieces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from crawler.reading.currency import MARKS, MILLION_MARKS, MINOR_MARKS
from crawler.reading.lexicon import Lexicon
from crawler.reading.numbers import parse_number
from crawler.reading.word import Word, phrase_form
from crawler.text.fold import Folded, is_letter

GLUED, SPACED, APART = 0, 1, 2
# Possessive: a megabyte of "1,1,1," must not be kept for stepping back.
_NUMBER = r"\d{1,3}(?: \d{3})++(?!\d)(?:[.,]\d++)?|\d++(?:[.,'ر・]\d++)*+"
_LETTER = r"[^\W\d_\u00b2\u00b3\u00b9\u2070-\u209f]"  # Euro² has a footnote
_RUN = rf"{_LETTER}++(?:[\u0900-\u0903\u093a-\u094f\u0962\u0963]++{_LETTER}*+)*+"
_LETTERS = rf"{_RUN}(?:・(?=[\u30a1-\u30fa]){_RUN})*+"  # スイス・フラン is one word


_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # scripts that put no space before US$


def _any_mark(*, lettered: bool) -> str:
    known = [m for m in (*MARKS, *MILLION_MARKS, *MINOR_MARKS) if m[0].isalpha() is lettered]
    marks = sorted(known, key=len, reverse=True)
    return "|".join(re.escape(m) + (r"(?![^\W\d_])" if m[-1].isalpha() else "") for m in marks)


# A mark such as s$ must not begin inside a word: the possessive of "Meta's $65 billion".
_PATTERN = re.compile(
    rf"(?P<number>{_NUMBER}|(?<![\w.,])[.,]\d+)"
    r"|(?P<vulgar>[½¼¾⅓⅔⅛])"  # before words: ½ is a letter to a pattern
    rf"|(?P<mark>(?<![^\W\d_{_UNSPACED}])(?<!')(?:{_any_mark(lettered=True)})|{_any_mark(lettered=False)})"
    r"|(?P<dotted>(?<![^\W\d_])[^\W\d_]{1,3}(?:\.[^\W\d_]{1,3}){1,3}\.?(?![^\W\d_]))"
    rf"|(?P<word>[\u05d0-\u05ea]++(?:\"|'')[\u05d0-\u05ea]++|{_LETTERS}(?:'(?=[^\W_]|[€$£]))?)"
    r"|(?P<dash>[-~+]|(?<=[〇一二三四五六七八九])・(?=[〇一二三四五六七八九]))"
)
_VULGAR = {
    letter: Decimal(value)
    for letter, value in {
        "½": "0.5", "¼": "0.25", "¾": "0.75", "⅛": "0.125", "⅓": "0.333333", "⅔": "0.666667",
    }.items()
}  # fmt: skip
# A letter right before digits makes them a name (A100, GPT4) unless its script writes
# prefixes or no spaces: و65, ב-5, 約5億.
_PREFIXING = re.compile("[\u0590-\u06ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0900-\u097f]")
_REST = re.compile(r"[^\W\d_]*+")
_SPACES = re.compile(r"[ \t]*\n?[ \t]*\Z")
_NO_CENTS = re.compile(r"(?:[.,]--?|/-)(?![\d_-])(?=([^\W\d_]*))")  # 39,- Euro, 500/- रुपये
_PREFIX = re.compile(r"(?<!\d)(?<!\d )[a-z] ?\d")  # R390bn, K 230 million; no 5K or 25 M
_HYPHENS = ("-", "\u2010", "\u2011")
_MAX_DIGITS = 40
_TANWEEN = "\u064b"
_LONGEST_ENDING = 8
_BROKEN = re.compile(r"-\n *([^\W\d_]++)")
_LETTERS_ON = re.compile(r"[^\W\d_]+")
_LONGEST_PREFIX = 4  # one more than the letters that may stand before a hyphen: שמכ-30
# 1403/5/12 is a date and no number; 400/000 and 12،500 are grouped, 2/5 and 2،5 have parts.
_SLASHED_NUMBER = re.compile(r"\d{1,3}(?:[/،]\d{3})+(?![\d/،])|\d++(?:/\d{1,3}|،\d\d?)(?![\d/،])")


@dataclass(slots=True)
class Token:
    """A piece of folded text: a number, a known word, a currency mark or a dash."""

    start: int
    end: int
    near: int  # GLUED, SPACED or APART from the token before
    text: str
    word: Word
    digits: Decimal | None = None  # a number in digits
    grouped: Decimal | None = None  # the other reading of its one mark: 12.345
    case: str | None = None  # what its ending says: from, to, of, and, other

    @property
    def lead_and(self) -> bool:
        """A clitic said "and" before it: وخمسة, or و before digits."""
        return self.word.lead == "and"

    @property
    def is_dash(self) -> bool:
        return self.text in ("-", "~")

    @property
    def is_vulgar(self) -> bool:
        return self.text in _VULGAR

    @property
    def may_count(self) -> bool:
        """Whether a number can begin here."""
        word = self.word
        return (
            self.digits is not None
            or word.number is not None
            or word.part is not None
            or word.dual is not None
            or word.shift is not None
            or (word.scale is not None and (word.bare or word.leads))
        )

    @property
    def fills_part(self) -> bool:
        """Whether it may stand between half and billion: of, a, a hyphen."""
        word = self.word
        is_article = word.weak and word.number == 1
        return word.scale is None and (word.filler or self.is_dash or is_article)


_PLAIN = Word()
_HIDDEN = Word(not_money=True)
_MARK_WORDS = {mark: Word(currency=name, mark=True) for mark, name in MARKS.items()} | {
    mark: Word(currency=name, mark=True, scale=Decimal("1e6"))
    for mark, name in MILLION_MARKS.items()
}
_MARK_WORDS |= {mark: Word(currency=name, minor=True) for mark, name in MINOR_MARKS.items()}
# S/ 300 millones are soles, s/n is a house without a number, S/4HANA a program: digits with
# letters behind them that count nothing are a name.
_SLASHED = re.compile(r"[sb]/\.?")
_DIGITS_AND_LETTERS = re.compile(r"[\d.,]++([^\W\d_]++)")
_SMALL_WORDS = frozenset({"$ au", "$ ca"})  # 16,10 $ au Québec, 5 $ ça


def read_tokens(folded: Folded, lexicon: Lexicon) -> list[Token]:
    """The tokens of `folded`, left to right."""
    return _Scan(folded, lexicon).read()


class _Scan:
    def __init__(self, folded: Folded, lexicon: Lexicon) -> None:
        self.folded = folded
        self.text = folded.text
        self.lexicon = lexicon
        self.words = lexicon.words
        self.endings = lexicon.case_endings
        self.tokens: list[Token] = []
        self.last_end = 0

    def read(self) -> list[Token]:
        search, at = _PATTERN.search, 0
        while match := search(self.text, at):
            start, at = match.span()
            kind = match.lastgroup
            if kind == "word":
                at = self.add_words(start, *self.mended(at, match[0]))
                if self.endings and match[0][-1] == "'" and at == match.end():
                    at -= 1  # TL'ye: the ending stands behind the apostrophe
            elif kind == "number":
                at = self.add_number(start, at)
            elif kind == "mark":
                at = self.add_mark(start, at, match[0])
            elif kind == "dotted":
                at = self.add_dotted(start, at, match[0])
            elif kind == "dash" and self.leads_on(start):
                self.last_end = at
            else:
                vulgar = Word(part=_VULGAR[match[0]]) if kind == "vulgar" else None
                self.add(start, at, vulgar or self.words.get(match[0], _PLAIN))
            if self.endings and self.text.startswith("'", at):
                at = self.add_case(at)
        if self.lexicon.marks_by_page:
            _settle_marks(self.tokens)
        return self.tokens

    def add(self, start: int, end: int, word: Word, text: str | None = None) -> Token:
        near = _near(self.text, self.last_end, start) if self.tokens else APART
        token = Token(start, end, near, text or self.text[start:end], word)
        self.tokens.append(token)
        self.last_end = end
        return token

    def leads_on(self, at: int) -> bool:
        """Whether the hyphen at `at` only parts a prefix from what it leads: ב-25, כ-30."""
        if not self.lexicon.prefixes or not self.tokens or self.tokens[-1].end != at:
            return False
        before = self.text[max(0, at - _LONGEST_PREFIX) : at]
        letters = before[len(before.rstrip(self.lexicon.prefixes)) :]
        return 0 < len(letters) < _LONGEST_PREFIX and not before[: -len(letters)][-1:].isalpha()

    def mended(self, end: int, piece: str) -> tuple[int, str]:
        """Mil-⏎liarden: where a known word ends that the end of a line breaks, and the word."""
        tail = _BROKEN.match(self.text, end) if self.text.startswith("-\n", end) else None
        if tail is None:
            return end, piece
        whole = piece + tail[1]
        known = whole in self.words or (self.endings and self.inflected(whole))
        return (tail.end(), whole) if known else (end, piece)

    def add_words(self, start: int, end: int, piece: str) -> int:
        if self.lexicon.scanner is not None and not piece.isascii():
            if self.lexicon.spaced:
                return self.add_glued(start, end, self.lexicon.scanner)
            return self.add_unspaced(start, end, self.lexicon.scanner)
        if self.endings and piece[-1] == "'":
            end, piece = end - 1, piece[:-1]
        piece = piece.replace("''", '"')  # ש''ח
        is_name = piece[-1] == "'" and piece[:-1] in self.words
        if is_name and len(piece) > 3 and piece not in self.lexicon.phrases:
            end, piece = end - 1, piece[:-1]  # Lebanon's government
        word = self.words.get(piece)
        if end - start == 1 and _PREFIX.match(self.text, start):
            word = self.words.get(self.printed(start, end)) or word
        if self.text.startswith(".", end) and piece + "." in self.words:
            word = self.words[piece + "."]
        elif self.text.startswith("'", end) and piece + "'" in self.words:
            end, piece = end + 1, piece + "'"  # מ', ש'
            word = self.words[piece]
        if rests := self.lexicon.phrases.get(piece):
            longer = _phrase_end(self.text, end, rests)
            if longer == end and self.endings:
                piece, end = self.inflected_phrase(piece, end, rests)
                word = self.words.get(piece)
            elif longer != end:
                end = longer
                piece = phrase_form(self.text[start:end])
                word = self.words.get(piece)
        if word is None and self.endings and (found := self.inflected(piece)):
            word, case = found
            self.add(start, end, word, piece).case = None if case == "none" else case
            return end
        if word is None:
            glued = self.lexicon.glued.parse(piece) if self.lexicon.glued else None
            if glued is not None:
                self.add(start, end, Word(number=glued), piece)
            return end
        if self.text.startswith((".", "0"), end) and piece + self.text[end] in self.words:
            end += 1  # रु., and रु0 with the round abbreviation sign of old print
        if not self.is_printed_so(start, end, word):
            word = self.lexicon.small.get(piece)
        if word is not None:
            if word.dual_near and _TANWEEN in self.printed(start, end):
                word = replace(word, dual_near=None, absolute=True)  # مليارا دولار is two
            self.add(start, end, word, piece)
        return end

    def inflected(self, piece: str) -> tuple[Word, str] | None:
        """The word that `piece` says with an ending, and its case: dolardan, milyarlık."""
        for cut in range(len(piece) - 1, max(1, len(piece) - _LONGEST_ENDING - 1), -1):
            word = self.words.get(piece[:cut])
            if word is not None and word.inflects and (case := self.endings.get(piece[cut:])):
                return word, case
        return None

    def inflected_phrase(self, first: str, at: int, rests: tuple[str, ...]) -> tuple[str, int]:
        """The phrase that begins with `first` and has an ending, and its end: Japon yenine."""
        for rest in rests:
            known = self.words.get(f"{first} {rest}")
            if known is None or not known.inflects or not self.text.startswith(" " + rest, at):
                continue
            stem = at + 1 + len(rest)
            letters = _LETTERS_ON.match(self.text, stem)
            if letters is not None and letters[0] in self.endings:
                return f"{first} {rest}{letters[0]}", letters.end()
        return first, at

    def add_case(self, at: int) -> int:
        """Take in the ending behind the apostrophe at `at`: TL'ye, 60'tan, $'lık."""
        letters = _LETTERS_ON.match(self.text, at + 1)
        if letters is None:
            return at
        if self.tokens and self.tokens[-1].end == at:
            token = self.tokens[-1]
            case = self.endings.get(letters[0], "other")
            token.case = None if case == "none" else case
            token.end = self.last_end = letters.end()
        return letters.end()

    def add_unspaced(self, at: int, end: int, scanner: re.Pattern[str]) -> int:
        """The known words in a run of letters; where reading goes on."""
        while found := scanner.search(self.text, at, end):
            start, piece = found.start(), found[0]
            if piece.isascii() and found.end() == end and self.text.startswith("$", end):
                return start  # 每张NT$3,200
            if piece in self.lexicon.heads and self.counts_before(start):
                piece = self.lexicon.heads[piece]  # 3亿元大单 is no 元大
            at = start + len(piece)
            known = self.words.get(piece)
            if known is not None and self.is_printed_so(start, at, known):
                self.add(start, at, known)
        return end

    def add_glued(self, at: int, end: int, scanner: re.Pattern[str]) -> int:
        """Korean: the known words that a run begins with, up to the first stranger.

        회사 is no four. One syllable before a stranger is another word (원전, 엔비디아, 과징금),
        unless it is money glued to its number; particles on money are passed: 원을 넘는.
        """
        while found := scanner.match(self.text, at):
            start, at = found.span()
            piece = found[0]
            if piece in self.lexicon.heads and (
                self.counts_before(start) or self.counts_apart(start, scanner)
            ):
                piece = self.lexicon.heads[piece]  # 350만원인데: no 원인
                at = start + len(piece)
            known = self.words.get(piece)
            if at > end and (run := _REST.match(self.text, at)):
                end = run.end()  # the word was a phrase: 못 미치는
            if known is None or not self.is_printed_so(start, at, known):
                break
            more = scanner.match(self.text, at) if at < end else None
            particle = self.particle_at(at, end)
            is_glued_money = (known.currency or known.scale) and start <= self.last_end
            if at < end and at - start == 1 and not (more or particle or is_glued_money):
                break
            self.add(start, at, known)
            is_money = known.currency or ((known.bound or known.bound_after) and not known.filler)
            if is_money and particle and particle >= (more.end() - at if more else 0):
                self.last_end = at = end
                break
            if known == _HIDDEN or known.place:
                break  # 이자만 120억: no ten thousand
        return max(at, end)

    def counts_apart(self, start: int, scanner: re.Pattern[str]) -> bool:
        """Whether 원 at `start`, a space off its scale, has a particle: 2만 원만, 5억 원가량."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.word.scale is None or self.text[last.end : start] != " ":
            return False
        more = scanner.match(self.text, start + 1)
        bounds = more is not None and self.words.get(more[0], _PLAIN).bounds_after
        return bounds or self.particle_at(start + 1, len(self.text)) > 0

    def particle_at(self, at: int, end: int) -> int:
        """How long the particle at `at` is; 0 without one."""
        particles = self.lexicon.particles
        found = particles.match(self.text, at, end) if particles is not None else None
        return len(found[0]) if found else 0

    def counts_before(self, start: int) -> bool:
        """Whether a number that can count money ends right before `start`: 50, 万, 十."""
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.end != start or last.text.startswith("0"):
            return False
        if self.lexicon.spaced and self.words[self.text[start]].scale is not None:
            return True  # 1조달러 is no 조달
        if last.digits is not None:  # 2元论 is a word, and 2026元旦 a year before one
            return last.digits >= 10 and not (len(last.text) == 4 and 1900 <= last.digits <= 2100)
        return last.word.scale is not None or last.word.number is not None

    def add_dotted(self, start: int, end: int, piece: str) -> int:
        word = self.words.get(piece) or self.words.get(piece.rstrip("."))
        if word is None:
            # No short form we know: the letters before the first point stand alone.
            return self.add_words(start, start + piece.index("."), piece[: piece.index(".")])
        if self.is_printed_so(start, end, word):
            self.add(start, end, word)
        return end

    def add_mark(self, start: int, end: int, piece: str) -> int:
        if _SLASHED.fullmatch(piece) and not self.is_slashed_sum(start, end):
            return end
        # "A $5bn plan" has an article, "S $5" Singapore: one letter and a space need a capital.
        if piece[1:2] == " " and not self.printed(start, end).isupper():
            if piece[0].isalpha():
                return start + 1
            if piece in _SMALL_WORDS or self.text.startswith("'", end):
                return self.add_mark(start, start + 1, piece[0])
        own = self.words.get(piece)
        self.add(start, end, own if own is not None and own.mark else _MARK_WORDS[piece])
        return end

    def is_slashed_sum(self, start: int, end: int) -> bool:
        name = _DIGITS_AND_LETTERS.match(self.text, end)
        is_name = name is not None and name[1] not in self.words
        return self.printed(start, start + 1).isupper() and not is_name

    def add_number(self, start: int, end: int) -> int:
        before = self.text[start - 1 : start]
        if before.isalpha() or before == "_":
            last = self.tokens[-1] if self.tokens else None
            glued = last is not None and last.end == start and bool(last.word.currency)
            if not glued and not _PREFIXING.match(before):
                return end
        if end - start > _MAX_DIGITS or (before == "-" and self.ends_name(start - 1)):
            return end
        end = self.past_slash(start, end)
        piece = self.text[start:end].replace("/", ".").replace("،", ",")
        value, grouped = parse_number(piece, self.lexicon.decimal_marks, self.lexicon.group_marks)
        if value is None:
            return end
        if (no_cents := _NO_CENTS.match(self.text, end)) and self.has_no_cents(no_cents):
            end = no_cents.end()
        endings = self.lexicon.number_endings
        if endings is not None and (spoken := endings.match(self.text, end)):
            end = spoken.end()
        token = self.add(start, end, _PLAIN, piece)
        token.digits, token.grouped = value, grouped
        return end

    def ends_name(self, dash: int) -> bool:
        """Whether digits behind the hyphen at `dash` are part of a name: GPT-5, Ту-154; no ב-5."""
        letter = self.text[dash - 1 : dash] if dash else ""
        if not letter.isalpha() or _PREFIXING.match(letter):
            return False
        if self.printed(dash, dash + 1) not in _HYPHENS:
            return False  # the cost—5 billion dollars
        known = self.tokens[-2] if len(self.tokens) > 1 else None
        return known is None or known.end != dash

    def past_slash(self, start: int, end: int) -> int:
        """Where a number ends whose marks only this language prints: ۲/۵, ۱/۲۰۰/۰۰۰, ۱۲،۵۰۰."""
        if "/" not in self.lexicon.decimal_marks or self.text[start - 1 : start] == "/":
            return end
        whole = _SLASHED_NUMBER.match(self.text, start)
        return end if whole is None else whole.end()

    def has_no_cents(self, dash: re.Match[str]) -> bool:
        """Whether the dash stands for cents: 39,- and 39,-TL; the one of 5.-Klasse joins."""
        if not dash[1]:
            return True
        word = self.words.get(dash[1])
        return word is not None and word.currency is not None

    def printed(self, start: int, end: int) -> str:
        left, right = self.folded.span(start, end)
        return self.folded.original[left:right]

    def is_printed_so(self, start: int, end: int, word: Word) -> bool:
        if not word.capitals:
            return True
        printed = self.printed(start, end).rstrip(".")
        return any(printed == each.rstrip(".") for each in word.capitals)


_DECIMAL_COMMA = re.compile(r"\d+,(?:\d\d?|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+")
_ONE_COMMA = re.compile(r"[1-9]\d{0,2},\d{3}")


def _settle_marks(tokens: list[Token]) -> None:
    """1,489 euros is a price of fuel where the page also prints 3,5: only unscaled numbers."""
    digits = [k for k, token in enumerate(tokens) if token.digits is not None]
    if not any(_DECIMAL_COMMA.fullmatch(tokens[k].text) for k in digits):
        return
    for k in digits:
        is_scaled = is_near(tokens, k + 1) and tokens[k + 1].word.scale is not None
        if not is_scaled and _ONE_COMMA.fullmatch(tokens[k].text):
            tokens[k].digits = Decimal(tokens[k].text.replace(",", "."))


def is_near(tokens: list[Token], at: int) -> bool:
    """Whether there is a token at `at` with nothing but a space before it."""
    return at < len(tokens) and tokens[at].near < APART


def is_plus(token: Token) -> bool:
    """Whether a token says "and more" right behind its number: 60+, 60-plus."""
    return is_plus_sign(token) or (token.near == GLUED and token.word.bound_after == "floor")


def is_plus_sign(token: Token) -> bool:
    return token.near == GLUED and token.text == "+"


def _near(text: str, end: int, start: int) -> int:
    if start <= end:
        return GLUED
    if start - end == 1 and text[end] == " ":
        return SPACED
    return SPACED if start - end <= 8 and _SPACES.match(text[end:start]) else APART


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
