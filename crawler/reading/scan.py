"""What stands where in an article? Everything the later questions look at, found once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from crawler.model import Article, Figure
from crawler.reading.gazetteer import Gazetteer
from crawler.reading.letters import OF_PLACE, Letters
from crawler.reading.likeness import Likeness
from crawler.reading.marks import Marks
from crawler.reading.names import Name, Names, find_names, place_in_folded
from crawler.reading.words import Hit, Words, find_hits, printed_so, without_covered
from crawler.reading.years import mark_years
from crawler.text.fold import Folded, fold_spans
from crawler.text.sentences import split_sentences

_T = TypeVar("_T")
# In one sentence. News has a tenth of these; what has more is a list, or hostile.
_MOST_HITS = 300
_MOST_SUMS = 20
_MOST_NAMES = 60
# The everyday words that a name is made of: SoftBank is no bank. And a sum: in "300 trillion won"
# nobody won anything.
_NOT_IN_NAMES = ("topic.other", "topic.weak", "deal.fund", "deal.project", "deal.programme",
                 "deal.debt")  # fmt: skip
_NOT_IN_SUMS = ("deal.", "stage.", "kind.", "veto.", "topic.")
_LONGEST_TEXT = 30_000  # code points that are read; a report is longer, its news stands in front


@dataclass(frozen=True, slots=True)
class Sum:
    """A figure at its place in the folded text."""

    start: int
    end: int
    figure: Figure
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the folded text with what stands in it."""

    number: int  # 0 is the title where there is one
    start: int
    end: int
    is_title: bool
    hits: tuple[Hit, ...]
    sums: tuple[Sum, ...]
    names: tuple[Name, ...]
    _found: dict[tuple[str, ...], tuple[Hit, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def having(self, *keys: str) -> tuple[Hit, ...]:
        """Hits whose key is one of `keys` or lies under it; looked for once, asked for often."""
        found = self._found.get(keys)
        if found is None:
            found = tuple([hit for hit in self.hits if hit.key.startswith(keys)])
            self._found[keys] = found
        return found


@dataclass(frozen=True, slots=True)
class Scan:
    """An article, folded, with its sentences."""

    article: Article
    language: str | None
    folded: Folded
    sentences: tuple[Sentence, ...]
    lead: int  # number of the sentence with which the lead begins; lead.py finds it
    figures: tuple[Figure, ...]
    hits: tuple[Hit, ...] = field(repr=False)
    names: tuple[Name, ...] = field(repr=False)
    generic: Container[str] = field(default=frozenset(), repr=False)  # words that are no name
    verbs_last: bool = False  # what is bought stands before its verb
    marks: Marks = field(default_factory=Marks, repr=False)
    places: Gazetteer = field(default_factory=Gazetteer, repr=False)
    likeness: Likeness = field(default_factory=Likeness, repr=False)
    around: Letters = field(default_factory=lambda: Letters(OF_PLACE), repr=False)

    @property
    def title(self) -> Sentence | None:
        return self.sentences[0] if self.sentences and self.sentences[0].is_title else None

    @property
    def head(self) -> tuple[Sentence, ...]:
        """The title alone, or nothing where there is none."""
        return self.sentences[:1] if self.title is not None else ()

    @property
    def body(self) -> tuple[Sentence, ...]:
        """Sentences of the body from the lead on; those before the lead come last."""
        return self.sentences[self.lead :] + self.sentences[len(self.head) : self.lead]

    def order(self, sentence: Sentence) -> int:
        """0 for the title, 1 for the lead's first sentence, and so on."""
        first = len(self.head)
        if sentence.number < first:
            return 0
        if sentence.number >= self.lead:
            return sentence.number - self.lead + 1
        return len(self.sentences) - self.lead + sentence.number - first + 1

    @property
    def sums(self) -> list[Sum]:
        return [one for sentence in self.sentences for one in sentence.sums]

    def printed(self, start: int, end: int) -> str:
        """The original letters of a stretch of the folded text."""
        first, last = self.folded.span(start, end)
        return self.folded.original[first:last]

    @property
    def text(self) -> str:
        """The title and, behind a break, the body's sentences as they are printed."""
        parts = self.head, self.sentences[len(self.head) :]
        return "\n\n".join(self.printed(part[0].start, part[-1].end) for part in parts if part)

    def original(self, at: int) -> int:
        return self.folded.offsets[at]


def scan_article(
    article: Article,
    language: str | None,
    figures: Sequence[Figure],
    names: Names,
    words: Words | None,
) -> Scan:
    """`article` with its sentences, figures, names and words of the lexicon."""
    folded = fold_spans(article.text[:_LONGEST_TEXT])
    hits = _find_words(article, folded, words) if words is not None else []
    amounts = [
        (place_in_folded(folded, one.start), place_in_folded(folded, one.end)) for one in figures
    ]
    found = find_names(folded, names, words, hits, amounts)
    hits = _outside(hits, [(name.start, name.end) for name in found], _NOT_IN_NAMES)
    hits = _outside(hits, amounts, _NOT_IN_SUMS)
    spans = _spans(article, folded)
    generic: Container[str] = words.generic if words else frozenset()
    sentences = _sentences(spans, bool(article.title), folded, hits, figures, found)
    return Scan(
        article,
        language,
        folded,
        sentences,
        1 if article.title and sentences else 0,
        tuple(figures),
        tuple(hits),
        tuple(found),
        generic,
        words is not None and words.verbs_last,
        words.marks if words is not None else Marks(),
        names.places,
        names.likeness,
        names.around,
    )


def _find_words(article: Article, folded: Folded, words: Words) -> list[Hit]:
    on = article.published.at if article.published is not None else article.fetched_at
    text = mark_years(folded.text, on, language=words.language)
    return without_covered(printed_so(find_hits(text, words.automaton), words, folded))


def _outside(hits: list[Hit], spans: Sequence[tuple[int, int]], keys: tuple[str, ...]) -> list[Hit]:
    """`hits` without those under `keys` that lie inside one of `spans`, which are in text order."""
    starts = [start for start, _ in spans]

    def is_inside(hit: Hit) -> bool:
        at = bisect_right(starts, hit.start) - 1
        return at >= 0 and hit.end <= spans[at][1]

    return [hit for hit in hits if not (hit.key.startswith(keys) and is_inside(hit))]


def _spans(article: Article, folded: Folded) -> list[tuple[int, int]]:
    """Sentences in the original text; the title is one, however it is punctuated."""
    text = folded.original
    head = len(article.title) if article.title else 0
    spans = [(0, min(head, len(text)))] if head else []
    rest = head + 2 if head else 0
    spans += [(start + rest, end + rest) for start, end in split_sentences(text[rest:])]
    return spans


def _within(things: Sequence[_T], starts: Sequence[int], start: int, end: int) -> tuple[_T, ...]:
    return tuple(things[bisect_left(starts, start) : bisect_left(starts, end)])


def _sentences(
    spans: Sequence[tuple[int, int]],
    has_title: bool,
    folded: Folded,
    hits: Sequence[Hit],
    figures: Sequence[Figure],
    names: Sequence[Name],
) -> tuple[Sentence, ...]:
    hit_starts = [hit.start for hit in hits]
    name_starts = [name.start for name in names]
    figure_starts = [figure.start for figure in figures]
    made: list[Sentence] = []
    for number, (first, last) in enumerate(spans):
        start, end = place_in_folded(folded, first), place_in_folded(folded, last)
        sums = tuple(
            Sum(
                place_in_folded(folded, figure.start),
                place_in_folded(folded, figure.end),
                figure,
                number,
            )
            for figure in figures[
                bisect_left(figure_starts, first) : bisect_right(figure_starts, last - 1)
            ]
        )
        made.append(
            Sentence(
                number,
                start,
                end,
                has_title and number == 0,
                _within(hits, hit_starts, start, end)[:_MOST_HITS],
                sums[:_MOST_SUMS],
                _within(names, name_starts, start, end)[:_MOST_NAMES],
            )
        )
    return tuple(made)
