"""What does an article say? One pure function from text to Reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from config.model import Company
from crawler.model import Article, Claim, Figure, Reading, Reason, Role, Stage
from crawler.reading.by_language import ByLanguage
from crawler.reading.claims import Verdict, build_claims
from crawler.reading.extent import find_extent, leave
from crawler.reading.figures import find_figures
from crawler.reading.headline import choose_headline, with_words
from crawler.reading.lead import with_lead
from crawler.reading.letters import DEAL, FEW, OF_PLACE, OF_TEXT, Letters, kind_signs_of, runs
from crawler.reading.lexicon import Lexicon, build_lexicon
from crawler.reading.likeness import Likeness
from crawler.reading.names import Names, build_names
from crawler.reading.roles import Weighed, weigh_sums
from crawler.reading.scan import Scan, scan_article
from crawler.reading.second import Second
from crawler.reading.topic import judge_topic
from crawler.reading.weights import AROUND, LETTERS, LIKENESS
from crawler.reading.words import Words, build_words, find_hits
from crawler.text.fold import fold
from crawler.text.script import script_of

READER_VERSION = "1"
_MOST_SUMS = 80  # of an article; a text with more is a table, and its news stands in front
_OPENING = 600  # letters, in which a deal is told if the article is about one
_LANGUAGE_OF_SCRIPT = {"Arab": "ar", "Latn": "en", "Cyrl": "ru", "Hebr": "he", "Deva": "hi",
                       "Jpan": "ja", "Hani": "zh", "Kore": "ko"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """All that reading knows: words by language, names, and how deals are worded. Frozen."""

    lexicons: Mapping[str, Lexicon]
    words: Mapping[str, Words]
    names: Names
    letters: Letters
    version: str
    lexicon_hash: str

    @property
    def likeness(self) -> Likeness:
        """What pieces of words say of a deal, and which words are in everyday use."""
        return self.names.likeness


def build_reader(
    lexicons: Mapping[str, Mapping[str, object]],
    companies: Sequence[Company],
    *,
    digest: str,
    places: bytes = b"",
    likeness: bytes = b"",
    letters: bytes = b"",
    around: bytes = b"",
) -> Reader:
    """A reader of all `lexicons` by language. `digest` tells these from any other lexicons.

    `places`: names of cities (gazetteer.py). `likeness`: what pieces of words say (likeness.py).
    `letters`, `around`: what runs of letters say of a text, and around a name (letters.py).

    A lexicon is built when its first article comes, and raises ConfigError then, naming its
    wrong entry.
    """
    cities = hashlib.sha256(places).hexdigest()
    wording = Likeness(likeness, digest=LIKENESS)
    spelling = Letters(OF_TEXT, letters, digest=LETTERS, few=FEW)
    beside = Letters(OF_PLACE, around, digest=AROUND)
    known = [company.model_dump() for company in companies]
    tables = ((wording, LIKENESS), (spelling, LETTERS), (beside, AROUND))
    learned = [table.is_known and name for table, name in tables]
    written = json.dumps([digest, cities, learned, known], sort_keys=True)
    built = ByLanguage(lexicons.keys(), lambda name: _build_both(name, lexicons[name]))
    return Reader(
        lexicons=ByLanguage(lexicons.keys(), lambda name: built[name][0]),
        words=ByLanguage(lexicons.keys(), lambda name: built[name][1]),
        names=build_names(companies, places, wording, beside),
        letters=spelling,
        version=READER_VERSION,
        lexicon_hash=hashlib.sha256(written.encode()).hexdigest()[:16],
    )


def _build_both(language: str, data: Mapping[str, object]) -> tuple[Lexicon, Words]:
    return build_lexicon(language, data), build_words(language, data)


def read_article(
    article: Article,
    reader: Reader,
    *,
    country: str | None = None,
    primary: bool = False,
    second: Second | None = None,
) -> Reading:
    """All that `article` says. `country` is its source's: it resolves a bare ريال or $.

    `second`: another reader's judgment of whether money goes into AI, which then holds.
    A language without a lexicon gives a Reading without figures and claims, with a reason.
    """
    language = article.language or _LANGUAGE_OF_SCRIPT.get(script_of(article.text[:2000]))
    lexicon = reader.lexicons.get(language or "")
    if lexicon is None:
        reason = Reason(code="no_lexicon", text=f"no lexicon for language {language or 'unknown'}")
        return _reading(reader, language, reasons=(reason,))
    whole, scan = scan_story(article, language or "", reader, country=country)
    on = article.published.at.date() if article.published is not None else None
    weighed = weigh_all(scan, on)
    found = choose_headline(scan, weighed)
    letters = runs(scan.text, language)
    topic = judge_topic(scan, weighed, found, reader.letters.says(DEAL, letters))
    if second is not None:
        topic = replace(
            topic,
            ai_investment=second.ai_investment,
            denied=topic.denied and not second.ai_investment,
            unsure=False,
            reasons=(*topic.reasons, second.reason),
        )
    if topic.has_main_claim:
        found = with_words(found, kind_signs_of(reader.letters, letters))
    verdict = Verdict(
        has_main_claim=topic.has_main_claim,
        denied=topic.denied,
        headline=found,
        on=on,
        primary=primary,
    )
    claims = build_claims(scan, weighed, verdict, reader.names)
    return _reading(
        reader,
        language,
        ai_investment=topic.ai_investment,
        figures=_figures(whole, scan),
        claims=claims,
        reasons=(*topic.reasons, *_left_out(whole, scan)),
        margin=topic.margin,
    )


def scan_story(
    article: Article, language: str, reader: Reader, *, country: str | None = None
) -> tuple[Scan, Scan]:
    """All that stands on the page of `article`, and what stands in its story.

    `reader` has a lexicon for `language`. What stands beside the story lends it no currency and no
    words; every place is one of `article.text` in both.
    """
    whole = scan_page(article, language, reader, country=country)
    story = with_lead(whole)
    extent = find_extent(story)
    if extent is None:
        return whole, story
    return whole, with_lead(scan_page(leave(article, extent), language, reader, country=country))


def scan_page(
    article: Article, language: str, reader: Reader, *, country: str | None = None
) -> Scan:
    """All that stands on the page of `article`; `reader` has a lexicon for `language`."""
    words = reader.words.get(language)
    title = article.title or ""
    about_money = len(title) if _tells_deal(title, words) else 0
    figures = find_figures(
        article.text,
        reader.lexicons[language],
        country=country,
        title=about_money,
        unnamed=about_money > 0 or _may_leave_unnamed(article, words),
    )
    return scan_article(article, language, figures, reader.names, words)


def _figures(whole: Scan, story: Scan) -> list[Figure]:
    """Those of the story as it tells them, and those that stand beside it."""
    text = story.article.text
    beside = [one for one in whole.figures if text[one.start : one.end].isspace()]
    return sorted([*beside, *story.figures], key=lambda one: one.start)


def _left_out(whole: Scan, scan: Scan) -> Iterator[Reason]:
    count = len(whole.sentences) - len(scan.sentences)
    if count:
        text = f"{count} of {len(whole.sentences)} sentences are no part of the title's story"
        yield Reason(code="left_out", text=text)


def weigh_all(scan: Scan, on: date | None) -> dict[int, list[Weighed]]:
    """The sums of every sentence that has some, weighed; `on`: the day of publication."""
    year = on.year if on is not None else None
    weighed: dict[int, list[Weighed]] = {}
    count = 0
    for sentence in scan.sentences:
        if sentence.sums and count < _MOST_SUMS:
            weighed[sentence.number] = weigh_sums(scan, sentence, year=year)
            count += len(sentence.sums)
    return weighed


def _may_leave_unnamed(article: Article, words: Words | None) -> bool:
    """Whether a sum may leave its currency out: beneath a title, where a deal is told."""
    opening = f"{article.title}\n\n{article.body.lstrip()}"[:_OPENING]
    return bool(article.title) and _tells_deal(opening, words)


def _tells_deal(text: str, words: Words | None) -> bool:
    if words is None:
        return False
    return any(hit.key.startswith("deal.") for hit in find_hits(fold(text), words.automaton))


def headline(reading: Reading) -> Claim | None:
    """The claim of the deal that the article is about; None where it tells no AI investment."""
    if not reading.ai_investment:
        return None
    main = [c for c in reading.claims if c.main and c.role is not Role.PART_OF]
    return next((c for c in main if c.stage is not Stage.DENIED), None)


def _reading(
    reader: Reader,
    language: str | None,
    *,
    ai_investment: bool = False,
    figures: Sequence[Figure] = (),
    claims: tuple[Claim, ...] = (),
    reasons: tuple[Reason, ...] = (),
    margin: Decimal | None = None,
) -> Reading:
    return Reading(
        language=language,
        ai_investment=ai_investment,
        figures=tuple(figures),
        claims=claims,
        reader_version=reader.version,
        lexicon_hash=reader.lexicon_hash,
        reasons=reasons,
        margin=margin,
    )
