"""Which sentence, which outlets and which reasons stand behind a message?"""

from __future__ import annotations

from collections.abc import Sequence

from crawler.text.safe import harmless_line, harmless_url
from notifier.direction import begun_from_the_right, runs_from_the_right
from notifier.naming import ToldBy, outlet_name, outlets
from notifier.sizes import Block
from notifier.telling import Telling
from notifier.words import Words

_EVIDENCE_LIMIT = 400
_OUTLETS = 8
_FEW_OUTLETS = 3


def evidence(it: Telling) -> list[Block]:
    words, sentence = it.words, evidence_sentence(it)
    if not sentence:
        return []
    quote = words.line(quoted(sentence, words))
    said = words.line(words.label("said", who=attribution(it)))
    return [Block(text=f"{quote}\n{said}", markdown=f"> {quote}\n\n{said}", goes=5)]


def quoted(sentence: str, words: Words) -> str:
    """`sentence` between quotation marks, running as its own language does."""
    if runs_from_the_right(sentence):
        sentence = begun_from_the_right(sentence)
    return words.label("quote", text=words.isolated(sentence))


def evidence_sentence(it: Telling) -> str:
    """The sentence that proves it; empty if the claim has none."""
    return harmless_line(it.change.claim.sentence, _EVIDENCE_LIMIT)


def evidence_source(it: Telling) -> ToldBy | None:
    """The article that the sentence stands in."""
    return next((each for each in it.sources if each.url == it.change.article_url), None)


def attribution(it: Telling) -> str:
    """Who published the sentence, when, and in which language if not in the reader's."""
    words, told = it.words, evidence_source(it)
    if told is None:
        return words.isolated(harmless_line(it.change.article_url.partition("//")[2], 48))
    parts = [outlet_name(told, words)]
    when = moment_of(it, told)
    parts += [when] if when else []
    language = words.languages.get(told.language or "")
    foreign = language and told.language != words.language
    return words.label("comma").join(parts) + (f" ({language})" if foreign else "")


def moment_of(it: Telling, told: ToldBy) -> str:
    """When `told` was published, on the clocks of the readers; empty if it says no day."""
    published = told.published
    if published is None:
        return ""
    at = published.at if published.day_only else it.local(published.at)
    return it.words.moment(at, published.day_only, it.target.zone)


def sources(it: Telling) -> list[Block]:
    different = outlets(it.sources)
    if not different:
        return []
    few = _source_block(it, different, _FEW_OUTLETS, goes=6)
    if len(different) <= _FEW_OUTLETS:
        return [few]
    return [_source_block(it, different, _OUTLETS, goes=8, instead=few)]


def _source_block(
    it: Telling,
    different: Sequence[ToldBy],
    shown: int,
    *,
    goes: int,
    instead: Block | None = None,
) -> Block:
    words = it.words
    text = [_outlet(it, told, linked=False) for told in different[:shown]]
    linked = [_outlet(it, told, linked=True) for told in different[:shown]]
    rest = len(different) - shown
    more = words.label("more", count=rest) if rest > 0 else ""
    count, between = words.sources(len(different)), words.label("separator")
    colon = words.label("colon")
    return Block(
        text=words.line(f"{count}{colon}{between.join(text)}{more}"),
        markdown=words.line(f"**{count}**{colon}{between.join(linked)}{more}"),
        goes=goes,
        instead=instead,
    )


def _outlet(it: Telling, told: ToldBy, *, linked: bool) -> str:
    words = it.words
    name = outlet_name(told, words)
    url = harmless_url(told.url) if linked else None
    shown = f"[{name}]({url})" if url else name
    return f"{shown} ({words.label('primary')})" if told.primary else shown


def why(it: Telling) -> list[Block]:
    words = it.words
    said = words.label("semicolon").join([rule_name(it), *reasons_said(it)])
    name, colon = words.label("why"), words.label("colon")
    return [
        Block(
            text=words.line(f"{name}{colon}{said}"),
            markdown=words.line(f"**{name}**{colon}{said}"),
            goes=7,
        )
    ]


def rule_name(it: Telling) -> str:
    return it.words.label("rule", rule=it.words.isolated(it.alert.rule_id))


def reasons_said(it: Telling) -> list[str]:
    return [it.words.say(each) for each in it.alert.reasons]


def link_of(it: Telling) -> str:
    """Where a reader finds more: the page of the deal, else the article."""
    if it.public_url:
        return f"{it.public_url.rstrip('/')}/deals/{it.deal.id}"
    return it.change.article_url
