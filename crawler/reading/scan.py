"""What stands where in an article? Everything the later questions look at, found once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from crawler.model import Article, Figure
from crawler.reading.names import Name, Names, find_names, place_in_folded
from crawler.reading.words import Hit, Words, find_hits, without_covered
from crawler.text.fold import Folded, fold_spans
from crawler.text.sentences import split_sentences

_NOT_IN_NAMES = frozenset(
    {"topic.other", "topic.weak", "deal.fund", "deal.project", "deal.programme", "deal.debt"}
)
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

    def having(self, *keys: str) -> list[Hit]:
        """Hits whose key is one of `keys` or lies under it."""
        return [hit for hit in self.hits if hit.key.startswith(keys)]


@dataclass(frozen=True, slots=True)
class Scan:
    """An article, folded, with its sentences."""

    article: Article
    language: str | None
    folded: Folded
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...]
    hits: tuple[Hit, ...] = field(repr=False)
    names: tuple[Name, ...] = field(repr=False)
    generic: frozenset[str] = field(default=frozenset(), repr=False)  # words that are no name

    @property
    def title(self) -> Sentence | None:
        return self.sentences[0] if self.sentences and self.sentences[0].is_title else None

    @property
    def body(self) -> tuple[Sentence, ...]:
        return self.sentences[1:] if self.title is not None else self.sentences

    @property
    def sums(self) -> list[Sum]:
        return [one for sentence in self.sentences for one in sentence.sums]

    def printed(self, start: int, end: int) -> str:
        """The original letters of a stretch of the folded text."""
        first, last = self.folded.span(start, end)
        return self.folded.original[first:last]

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
    hits = without_covered(find_hits(folded.text, words.automaton)) if words else []
    amounts = [
        (place_in_folded(folded, one.start), place_in_folded(folded, one.end)) for one in figures
    ]
    found = find_names(folded, names, words, hits, amounts)
    hits = _outside_names(hits, found)
    spans = _spans(article, folded)
    generic = words.generic if words else frozenset()
    sentences = _sentences(spans, bool(article.title), folded, hits, figures, found)
    return Scan(
        article, language, folded, sentences, tuple(figures), tuple(hits), tuple(found), generic
    )


def _outside_names(hits: list[Hit], names: list[Name]) -> list[Hit]:
    """`hits` without the everyday words that a name is made of: SoftBank is no bank."""
    starts = [name.start for name in names]

    def is_inside(hit: Hit) -> bool:
        at = bisect_right(starts, hit.start) - 1
        return at >= 0 and hit.end <= names[at].end

    return [hit for hit in hits if not (hit.key in _NOT_IN_NAMES and is_inside(hit))]


def _spans(article: Article, folded: Folded) -> list[tuple[int, int]]:
    """Sentences in the original text; the title is one, however it is punctuated."""
    text = folded.original
    head = len(article.title) if article.title else 0
    spans = [(0, min(head, len(text)))] if head else []
    rest = head + 2 if head else 0
    spans += [(start + rest, end + rest) for start, end in split_sentences(text[rest:])]
    return spans


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
                tuple(hits[bisect_left(hit_starts, start) : bisect_left(hit_starts, end)]),
                sums,
                tuple(names[bisect_left(name_starts, start) : bisect_left(name_starts, end)]),
            )
        )
    return tuple(made)
