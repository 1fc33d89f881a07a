"""What people read, in both scripts: golden/*.txt are looked at by a person before they change.

To write them anew: REWRITE_GOLDEN=1 pytest tests/notifier/test_render.py
"""

from __future__ import annotations

import os
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from config.model import Source
from config.own_words import MESSAGE_FIELDS
from crawler.model import ChangeKind, Evidence, Period, Published, Role, Side, Stage
from notifier.decide import decide
from notifier.model import AlertKind, History, Message
from notifier.naming import with_owners
from notifier.render import render
from notifier.sizes import Size, size_of

GOLDEN = Path(__file__).parent / "golden"
META = "https://about.meta.example/guidance"
REUTERS = "https://www.reuters.example/technology/2025"


def message(
    tell: Any,
    deal: Any,
    change: Any,
    history: History | None = None,
    *,
    public_url: str | None = None,
    sources: Any = None,
    whole: Any = None,
    target: Any = None,
) -> Message:
    """What a target reads, by way of the real verdict."""
    history = history or tell.history(whole=whole)
    verdict = decide(
        tell.rule(),
        deal,
        change,
        history,
        now=tell.now,
        rates=tell.rates,
        age_limit_h=72,
        companies={},
    )
    last = history.told[-1] if history.told else None
    target = target or tell.target()
    return render(
        tell.alert(
            verdict.kind or AlertKind.ALERT,
            id=1187 if last else 1042,
            reasons=verdict.reasons,
            replaces=last.id if last else None,
        ),
        deal,
        change,
        sources=outlets(tell) if sources is None else sources,
        target=target,
        words=tell.words(target.language),
        rates=tell.rates,
        companies=tell.companies,
        now=tell.now,
        public_url=public_url,
        whole=whole,
        told=last,
    )


def outlets(tell: Any) -> list[Any]:
    return [
        tell.told_by(),
        tell.told_by(META, site_name="Meta newsroom", language="en", primary=True),
        tell.told_by(REUTERS, site_name=None, language="en"),
    ]


def the_plan(tell: Any, target: Any) -> Message:
    return message(
        tell, tell.deal(), tell.change(), public_url="https://rasid.desk.example", target=target
    )


def the_plan_in_dirhams(tell: Any, target: Any) -> Message:
    reader = target.model_copy(update={"currency": "AED", "zone": "Asia/Dubai"})
    return message(tell, tell.deal(), tell.change(), target=reader)


def july(tell: Any, target: Any) -> Message:
    figure = tell.figure("66bn", "72bn")
    claim = tell.claim(
        figure,
        sentence="We now expect 2025 capital expenditures to be in the range of $66-72 billion.",
    )
    change = tell.change(
        ChangeKind.RAISED, tell.plan, figure, number=2, claim=claim, article_url=META
    )
    return message(tell, tell.deal(figure), change, tell.told(), target=target)


def louisiana(tell: Any, target: Any) -> Message:
    figure = tell.figure("10bn")
    part = tell.deal(figure, id=118, part_of=117, kind=Role.PART_OF, place="louisiana")
    return message(tell, part, tell.change(after=figure), whole=tell.deal(), target=target)


def a_round(tell: Any, target: Any) -> Message:
    figure = tell.figure(None, "40bn")
    parties = (
        tell.party("softbank", "سوفت بنك"),
        tell.party("openai", "OpenAI", Side.RECIPIENT),
        tell.party("mgx", "MGX"),
        tell.party(None, "Thrive Capital"),
    )
    sentence = "OpenAI is in talks to raise up to $40 billion in a round led by SoftBank."
    change = tell.change(
        after=figure,
        stage_after=Stage.IN_TALKS,
        claim=tell.claim(figure, sentence=sentence),
        article_url=REUTERS,
    )
    deal = tell.deal(figure, kind=Role.FUNDING_ROUND, parties=parties, period=None)
    return message(tell, deal, change, target=target)


def a_denial(tell: Any, target: Any) -> Message:
    claim = tell.claim(sentence="نفت ميتا ما نشر عن خطتها لعام 2025.")
    change = tell.change(
        ChangeKind.DENIED, tell.plan, tell.plan, stage_after=Stage.DENIED, number=2, claim=claim
    )
    return message(tell, tell.deal(stage=Stage.DENIED), change, tell.told(), target=target)


def a_corrected_figure(tell: Any, target: Any) -> Message:
    figure = tell.figure("6bn")
    change = tell.change(ChangeKind.CORRECTED, tell.figure("12bn"), figure, number=2)
    return message(tell, tell.deal(figure), change, tell.told(tell.figure("12bn")), target=target)


def a_saudi_fund(tell: Any, target: Any) -> Message:
    figure = tell.figure("7.5bn", None, "SAR", assumed=True)
    deal = tell.deal(
        figure,
        kind=Role.FUND_LAUNCH,
        parties=(tell.party("humain", "هيوماين"),),
        period=Period(first_year=2025, last_year=2030),
    )
    return message(tell, deal, tell.change(after=figure), target=target)


SAID: dict[str, Callable[[Any, Any], Message]] = {
    "the_plan": the_plan,
    "the_plan_in_dirhams": the_plan_in_dirhams,
    "july": july,
    "louisiana": louisiana,
    "a_round": a_round,
    "a_denial": a_denial,
    "a_corrected_figure": a_corrected_figure,
    "a_saudi_fund": a_saudi_fund,
}
LANGUAGES = ["en", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAID)
def test_people_read(tell: Any, name: str, language: str) -> None:
    told = SAID[name](tell, tell.target(language=language))
    path = GOLDEN / f"{name}.{language}.txt"
    shown = f"{told.text}\n\n--- Markdown ---\n{told.markdown}\n"
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(shown, "utf-8")

    assert shown == path.read_text("utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SAID)
def test_the_shape_of_every_message(tell: Any, name: str, language: str) -> None:
    told = SAID[name](tell, tell.target(language=language))
    lines = told.text.split("\n")

    assert lines[0] == told.title
    assert len(told.title) <= 80
    amount = told.title.split(" · ")[0]
    assert re.search(r"\d(m|bn|tn)|\d (مليار|مليارات) (دولار|ريال)", amount)
    assert lines[-1].startswith("https://")
    assert " " not in lines[-1]
    assert f"[{told.key}]" in lines[-2]
    assert told.markdown.split("\n")[-1] == lines[-1]


def first_direction(line: str) -> str:
    """The direction that a reader's program gives to a line (UBA, P2 and P3)."""
    depth = 0
    for letter in line:
        kind = unicodedata.bidirectional(letter)
        depth += (kind in ("FSI", "LRI", "RLI")) - (kind == "PDI")
        if depth == 0 and kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "none"


@pytest.mark.parametrize("name", SAID)
def test_arabic_lines_run_from_right_to_left(tell: Any, name: str) -> None:
    told = SAID[name](tell, tell.target(language="ar"))
    lines = [line for line in told.text.split("\n")[:-1] if line]

    assert {first_direction(line) for line in lines} == {"rtl"}
    for line in lines:
        bare = re.sub("\u2068[^\u2069]*\u2069", "", line)
        assert not re.search(r"[A-Za-z]", bare), "a Latin name without its isolate"
        assert not re.search(r"\d\s*[–—-]\s*\d|[≥≤→%±+]", bare), "a sign that would turn round"
        assert line.count("\u2068") == line.count("\u2069")


def test_money_is_never_added_up(tell: Any) -> None:
    told = louisiana(tell, tell.target())

    assert "$10bn" in told.title
    assert not re.search(r"\b7[05]bn|\$75", told.text)


def test_a_company_has_its_name_in_the_readers_language(tell: Any) -> None:
    assert "SoftBank" in a_round(tell, tell.target()).title
    assert "سوفت بنك" in a_round(tell, tell.target(language="ar")).title


def test_a_message_of_an_old_change_keeps_the_figure_of_its_change(tell: Any) -> None:
    later = tell.deal(tell.figure("66bn", "72bn"))

    told = message(tell, later, tell.change())

    assert told.title.startswith("$60–65bn")


def many(tell: Any, count: int) -> list[Any]:
    return [
        tell.told_by(f"https://outlet{n}.example/{'a' * 300}", site_name=f"Outlet number {n}")
        for n in range(count)
    ]


SIZES = {
    "mail": ("mailto://a.example", Size.FULL),
    "Slack": ("slack://a/b/c", Size.FULL),
    "Slack without blocks": ("slack://a/b/c?blocks=no", Size.FULL),
    "Slack in blocks": ("slack://a/b/c?image=no&blocks=Yes", Size.CHAT),
    "Discord": ("discord://a/b", Size.CHAT),
    "Telegram": ("tgram://a/b", Size.CHAT),
    "unknown": ("whatever://a", Size.CHAT),
    "Teams": ("workflows://a/b/c", Size.SHORT),
    "ntfy": ("NTFY://a/b", Size.SHORT),
}


@pytest.mark.parametrize(("url", "size"), SIZES.values(), ids=SIZES)
def test_a_service_has_its_size(tell: Any, url: str, size: Size) -> None:
    assert size_of(tell.target(url=url)) is size


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("url", ["mailto://a.example", "discord://a/b", "workflows://a/b/c"])
def test_a_long_message_loses_whole_blocks_from_the_end(tell: Any, url: str, language: str) -> None:
    target = tell.target(url=url, language=language)
    claim = tell.claim(sentence="كلمة " * 200)

    told = message(
        tell, tell.deal(), tell.change(claim=claim), sources=many(tell, 12), target=target
    )

    assert max(len(told.text), len(told.markdown)) <= size_of(target)
    whole = message(
        tell,
        tell.deal(),
        tell.change(claim=claim),
        sources=many(tell, 12),
        target=tell.target(url="mailto://a.example", language=language),
    )
    assert set(told.text.split("\n")) - set(whole.text.split("\n")) <= sources_lines(told)
    assert told.text.split("\n")[-1] == "https://alqiyady.example/meta-2025"


def sources_lines(told: Message) -> set[str]:
    return {line for line in told.text.split("\n") if "Outlet number" in line}


def test_copies_of_one_outlet_count_once(tell: Any) -> None:
    same = [tell.told_by(f"https://daily.example/{n}", site_name="The Daily") for n in range(5)]

    assert "1 source: The Daily" in message(tell, tell.deal(), tell.change(), sources=same).text


def test_outlets_of_one_owner_count_once(tell: Any) -> None:
    urls = ("https://daily.example/1", "https://weekly.example/1", "https://other.example/1")
    told = [
        tell.told_by(url, source_id=url[8:13], site_name=name)
        for url, name in zip(urls, ("The Daily", "The Weekly", "Other"), strict=True)
    ]
    house = {
        name: Source(id=name, name=name, kind="feed", url=f"https://{name}.example/", owner="House")
        for name in ("daily", "weekl")
    }

    sources = with_owners(told, house)

    text = message(tell, tell.deal(), tell.change(), sources=sources).text
    assert "2 sources: The Daily · Other" in text


def test_no_amount_is_said_in_words(tell: Any) -> None:
    deal = replace(tell.deal(), figure=None)
    change = replace(tell.change(), after=None)

    assert message(tell, deal, change).title.startswith("Amount not stated · Meta")
    assert "\nAmount: not stated\n" in message(tell, deal, change).text


LONG_NAMES = {
    "en": "AED 1.25–1.35tn · The Abu Dhabi Artificial Intelligence Council and 1 more",
    "ar": "من 1.25 إلى 1.35 تريليون درهم إماراتي · \u2068The Abu Dhabi…\u2069 وغيرها (1)",
}


@pytest.mark.parametrize(("language", "title"), LONG_NAMES.items(), ids=LONG_NAMES)
def test_a_title_cuts_a_name_before_it_names_nobody(tell: Any, language: str, title: str) -> None:
    figure = tell.figure("1250bn", "1350bn", "AED")
    name = "The Abu Dhabi Artificial Intelligence Council"
    parties = (tell.party(None, name), tell.party(None, name[::-1]))
    deal = tell.deal(figure, parties=parties, kind=Role.GRANT)

    told = message(tell, deal, tell.change(after=figure), target=tell.target(language=language))

    assert told.title == title


MIXED = "MGX تستثمر أكثر من 3 مليارات يورو في OpenAI عام 2026."


@pytest.mark.parametrize("language", [*LANGUAGES, "fr"])
def test_an_arabic_sentence_runs_from_the_right_whatever_it_begins_with(
    tell: Any, language: str
) -> None:
    """A reader's program takes the direction from the first letter, which is a Latin one."""
    change = tell.change(claim=tell.claim(sentence=MIXED))

    told = message(tell, tell.deal(), change, target=tell.target(language=language))

    assert f"\u2068\u200f{MIXED}\u2069" in told.text
    assert told.letter is not None
    assert told.letter.quote is not None
    assert told.letter.quote.right_to_left


def test_a_title_begins_with_a_capital(tell: Any) -> None:
    assert a_round(tell, tell.target()).title.startswith("Up to $40bn · OpenAI")


@pytest.mark.parametrize(
    ("told", "said"),
    {"1250bn": "$340bn is certain (by", "36.72bn": "only $9.999bn is certain (by"}.items(),
)
def test_a_converted_amount_is_no_more_exact_than_it_looks(tell: Any, told: str, said: str) -> None:
    """But for one that would reach what the rule asks for, if it had three digits."""
    figure = tell.figure(told, currency="AED")

    assert said in message(tell, tell.deal(figure), tell.change(after=figure)).text


def test_a_day_without_a_clock_is_shown_without_one(tell: Any) -> None:
    day = Published(at=datetime(2025, 1, 24, tzinfo=UTC), evidence=Evidence.URL, day_only=True)

    told = message(
        tell, tell.deal(), tell.change(), sources=[tell.told_by(published=day)],
        target=tell.target(zone="America/New_York"),
    )  # fmt: skip

    assert "24 Jan 2025 (Arabic)" in told.text


RATES = {
    "a peg": ("AED", "SAR", "(1 AED = 1.0211 SAR, fixed rate)"),
    "the ECB's": ("EUR", "USD", "(1 EUR = 1.0417 USD, ECB rate of 23 Jan 2025)"),
    "the way round above one": ("SAR", "USD", "(1 USD = 3.75 SAR, fixed rate)"),
    "approximate": ("EGP", "USD", "(1 USD = 50.2 EGP, approximate rate of 20 Jan 2025)"),
    "none": ("XTS", "USD", "Amount: XTS 60–65bn\n"),
    "not needed": ("USD", "USD", "Amount: $60–65bn\n"),
}


@pytest.mark.parametrize(("told_in", "read_in", "said"), RATES.values(), ids=RATES)
def test_a_converted_amount_has_its_rate_and_day(
    tell: Any, told_in: str, read_in: str, said: str
) -> None:
    figure = tell.figure("60bn", "65bn", told_in)
    change = tell.change(after=figure, published_on=date(2025, 1, 24))

    told = message(tell, tell.deal(figure), change, target=tell.target(currency=read_in))

    assert said in told.text


PIECES = [
    "<b>", "</a>", "<!channel>", "&lt;", "&#64;", "@everyone", "@here", "@", "[a](http://e.test)",
    "[", "](", ")", "*", "**", "_", "`", "```", "~~", "||", "\\", "://", "\n", "\r\n", "\u2028",
    "\u200b", "\u202e", "\u2066", "\u2069", "\x00", "\x1b[31m", "\ud83d", "\u0301", "# ", "> ",
    "ميتا", "60 مليار", "OpenAI", "{0}", "{title}", "%s", "javascript:", "=cmd|", "https://a.test",
]  # fmt: skip


def hostile(dice: random.Random) -> str:
    return "".join(
        dice.choice(PIECES) if dice.random() < 0.8 else chr(dice.randrange(0x110000))
        for _ in range(dice.randrange(0, 24))
    )


def random_template(dice: random.Random) -> str:
    pieces = [f"{{{name}}}" for name in MESSAGE_FIELDS] + ["\n", "\n\n", " ", "• ", "خبر: ", "# "]
    return "".join(dice.choice(pieces) for _ in range(dice.randrange(1, 30))).strip() or "{why}"


def hostile_message(tell: Any, seed: int) -> Message:
    """A message whose every word that a page could choose was chosen by an enemy."""
    dice = random.Random(seed)
    language = dice.choice([*LANGUAGES, "fr"])
    own = [None, None, random_template(dice)]
    figure = tell.figure("10bn", currency=dice.choice(["USD", "AED", None]), approximate=True)
    parties = tuple(
        replace(tell.party(None, hostile(dice), side), key=hostile(dice)) for side in Side
    )
    deal = tell.deal(figure, parties=parties, place=hostile(dice), part_of=dice.choice([None, 7]))
    change = tell.change(
        after=figure, claim=tell.claim(figure, sentence=hostile(dice)), article_url=hostile(dice)
    )
    sources = [
        tell.told_by(
            dice.choice([change.article_url, "https://a.test/" + hostile(dice)]),
            site_name=hostile(dice),
            language=dice.choice(["ar", None, hostile(dice)]),
        )
        for _ in range(dice.randrange(4))
    ]
    url = dice.choice(["mailto://a.example", "discord://a/b", "workflows://a/b/c"])
    target = tell.target(
        url=url,
        language=language,
        template=dice.choice(own),
        title_template=dice.choice([None, "{parties} {place} {quote}"]),
    )
    history = tell.history(article=tell.article(language=hostile(dice)))
    whole = tell.deal(figure, parties=parties) if deal.part_of else None
    told = message(tell, deal, change, history, sources=sources, target=target, whole=whole)
    assert max(len(told.text), len(told.markdown)) <= size_of(target)
    return told


@pytest.mark.parametrize(
    "count",
    [2_000, pytest.param(100_000, marks=[pytest.mark.slow, pytest.mark.timeout(1200)])],
    ids=["some", "all"],
)
def test_hostile_text_stays_text_in_every_message(tell: Any, count: int) -> None:
    """P9: one line, bounded, no control, bidi, mention, tag or masked link."""
    for seed in range(count):
        told = hostile_message(tell, seed)

        assert len(told.title) <= 80
        assert "\n" not in told.title
        for text in (told.title, told.text, told.markdown):
            assert_harmless(text)
        assert_only_our_links(told)


OURS = {"\n", "\u2068", "\u2069", "\u200f"}


def assert_harmless(text: str) -> None:
    for letter in set(text) - OURS:
        assert unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    for line in text.split("\n"):
        depth = 0
        for letter in line:
            depth += (letter == "\u2068") - (letter == "\u2069")
            assert depth in (0, 1), "an isolate that is not ours"
        assert depth == 0
    # A link of ours may hold any sign but those that end it; an enemy's text holds none.
    bare = re.sub(r"https://[\x21-\x7e]*", "", text)
    assert not re.search(r"@\w|<|&#|&\w+;|`|\||~|\\|\w://", bare)


def assert_only_our_links(told: Message) -> None:
    assert "](" not in told.text
    for url in re.findall(r"\]\(([^\s]*?)\)", told.markdown):
        assert re.fullmatch(r"https?://[\x21-\x7e]+", url)
        assert not set(url) & set("()<>[]*`\"'\\")
