"""More causes of silence, each written down before the funnel was first asked about it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from crawler.loading import load_reader
from crawler.pages.urls import canonical_url
from crawler.reading.read import Reader
from crawler.storage.database import DATABASE_NAME
from crawler.storage.deals import load_deals
from crawler.storage.feedback import Feedback, Label
from notifier.funnel.stops import TODO, Stop
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.leases import mark_sent, take_due
from scheduler.commands.whynot import tell_why_not
from scheduler.feedback import hear
from scheduler.funnel import walk
from scheduler.house import House
from scheduler.mending import merge_deals
from scheduler.stories import find_company, find_stories
from tests.scheduler.test_funnel import (
    AGAIN,
    NOON,
    ROUND,
    URL,
    Cause,
    looked,
    parked,
    plant,
    send,
    sent,
    tell,
    with_cause,
)
from tests.scheduler.test_funnel import house as house

SMALL_AR = (
    "«نواة» الناشئة تجمع 40 مليون دولار لتطوير نماذج الذكاء الاصطناعي\nأعلنت شركة «نواة» الناشئة "
    "المتخصصة في نماذج الذكاء الاصطناعي جمع 40 مليون دولار في جولة تمويل من الفئة الأولى."
)
AGAIN_AR = (
    "تيسيرا لابز تجمع 120 مليون دولار لنماذج الذكاء الاصطناعي\nقالت شركة «تيسيرا لابز» "
    "الناشئة التي تدرب نماذج لغوية كبيرة إنها جمعت 120 مليون دولار "
    "في جولة من الفئة الثانية بقيادة أستر كابيتال."
)
MARKET_AR = (
    "تقرير: سوق الذكاء الاصطناعي يبلغ 1.8 تريليون دولار بحلول 2030\nيتوقع تقرير أن يصل حجم سوق "
    "الذكاء الاصطناعي العالمي إلى 1.8 تريليون دولار بحلول عام 2030 مقارنة "
    "بـ279 مليار دولار في 2024."
)
LARGER = ROUND.replace("$120 million", "$124 million").replace("has raised", "has now raised")
BEFORE_IT = (
    "Tessera Labs raises $300 million to train AI models\nTessera Labs, a start-up that trains "
    "large language models, raised $300 million in a Series A led by Orchard Partners in 2023."
)
PLAN = (
    "Meta to spend $60 billion on AI in 2026\nMeta Platforms will spend $60 billion on artificial "
    "intelligence in 2026, its chief executive said. Of it, $10 billion goes to a data center in "
    "Louisiana."
)
ZH = (
    "星图智能完成1.2亿美元融资 用于人工智能大模型\n"
    "人工智能创业公司星图智能宣布完成1.2亿美元B轮融资,由红杉领投。"
)
RU = (
    "«Орбита» привлекла 120 млн долларов на ИИ\nСтартап «Орбита», разрабатывающий модели "
    "искусственного интеллекта, привлёк 120 млн долларов в раунде B."
)
SALES = (
    "Nvidia AI chips sales to reach $500 billion\nNvidia expects its artificial intelligence chip "
    "revenue to reach $500 billion by 2027, it said."
)
FINED = (
    "EU fines AI firm Tessera $120 million\nRegulators fined Tessera Labs, a maker of artificial "
    "intelligence, $120 million over privacy."
)
LOSS = (
    "Tessera Labs posts loss of $120 million on AI\nTessera Labs, the artificial intelligence "
    "company, reported a quarterly loss of $120 million."
)
BILLION = {"at_least": "1bn USD"}
LONG_AGO = NOON - timedelta(days=9)
UNSEEN = {
    "below, in Chinese": Cause(stop=Stop.RULE_AMOUNT, text=ZH, language="zh", rule=BILLION),
    "below, in Russian": Cause(stop=Stop.RULE_AMOUNT, text=RU, language="ru", rule=BILLION),
    "no currency": Cause(
        stop=Stop.RULE_AMOUNT_UNKNOWN, text=ROUND.replace("$", ""), rule={"at_least": "100m USD"}
    ),
    "no rate": Cause(
        stop=Stop.RULE_NO_RATE, text=ROUND.replace("$", "PYG "), rule={"at_least": "100m USD"}
    ),
    "only sales": Cause(stop=Stop.ONLY_MENTIONED, text=SALES),
    "a fine": Cause(stop=Stop.NOT_AI, text=FINED),
    "a loss": Cause(stop=Stop.ONLY_MENTIONED, text=LOSS),
    "another investor": Cause(stop=Stop.RULE_COMPANY, rule={"investors": ["Orchard"]}),
    "another recipient": Cause(stop=Stop.RULE_COMPANY, rule={"recipients": ["Orrery"]}),
    "a company's country": Cause(stop=Stop.RULE_COUNTRY, rule={"company_countries": ["AE"]}),
    "but not in English": Cause(stop=Stop.RULE_UNLESS, rule={"unless": {"languages": ["en"]}}),
    "but not of this source": Cause(stop=Stop.RULE_UNLESS, rule={"unless": {"sources": ["wire"]}}),
    "but not the large": Cause(stop=Stop.RULE_UNLESS, rule={"unless": {"at_least": "100m USD"}}),
    "below, and old": Cause(stop=Stop.RULE_AMOUNT, rule=BILLION, published=LONG_AGO),
    "undated, at the first look": Cause(stop=Stop.UNDATED, published=None, first_look=True),
    "old, at the first look": Cause(stop=Stop.TOO_OLD, published=LONG_AGO, first_look=True),
    "its source was turned off since": Cause(stop=Stop.QUEUED, source={"enabled": False}),
    "an Arabic round below the amount": Cause(
        stop=Stop.RULE_AMOUNT, text=SMALL_AR, language="ar", rule={"at_least": "100m USD"}
    ),
    "told in English, and now in Arabic": Cause(
        stop=Stop.TOLD_BEFORE, text=AGAIN_AR, language="ar", before=[ROUND]
    ),
    "the size of a market, in Arabic": Cause(
        stop=Stop.ONLY_MENTIONED, text=MARKET_AR, language="ar"
    ),
    "a little more than was told": Cause(stop=Stop.MOVED_LITTLE, text=LARGER, before=[ROUND]),
    "not the first as large": Cause(
        stop=Stop.RULE_NOT_FIRST,
        text=ROUND,
        before=[BEFORE_IT],
        rule={"at_least": "100m USD", "first_above": True},
    ),
    "a source that the rule does not name": Cause(
        stop=Stop.RULE_SOURCE, rule={"sources": ["gazette"]}
    ),
    "a language that the rule does not name": Cause(
        stop=Stop.RULE_LANGUAGE, rule={"languages": ["ar"]}
    ),
    "a loan does not count as equity": Cause(
        stop=Stop.RULE_COUNTING,
        text="Tessera Labs borrows $2 billion against its AI chips\nTessera Labs, which rents out "
        "artificial intelligence chips, has taken a $2 billion loan from a group of banks.",
        rule={"counting": "equity"},
    ),
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(None)


@pytest.mark.parametrize("cause", UNSEEN.values(), ids=UNSEEN)
def test_the_place_where_it_ended_is_named(house: House, reader: Reader, cause: Cause) -> None:
    house = plant(house, reader, cause)

    with house.database.read() as db:
        found = walk(db, URL, house.config)

    assert found.halt.stop is cause.stop, found


BOTH = {
    "too low, and an exception": (
        Cause(stop=Stop.RULE_AMOUNT, rule=BILLION | {"unless": {"languages": ["en"]}}),
        Stop.RULE_UNLESS,
    ),
    "old, and found by the first look": (
        Cause(stop=Stop.TOO_OLD, published=LONG_AGO, first_look=True),
        Stop.FIRST_LOOK,
    ),
}


@pytest.mark.parametrize(("cause", "other"), BOTH.values(), ids=BOTH)
def test_what_else_would_have_stopped_it_is_named(
    house: House, reader: Reader, cause: Cause, other: Stop
) -> None:
    house = plant(house, reader, cause)

    with house.database.read() as db:
        found = walk(db, URL, house.config).halt

    assert (found.stop, found.also) == (cause.stop, (other,))
    assert found.todo == f"{TODO[cause.stop]} {TODO[other]}"


@pytest.mark.parametrize(
    "copied",
    [f"{URL}?utm_source=mail#top", URL.replace("//", "//www."), URL.replace("https", "http")],
)
def test_an_address_copied_from_a_mail_is_the_same(
    house: House, reader: Reader, copied: str
) -> None:
    house = plant(house, reader, Cause(stop=Stop.QUEUED))

    with house.database.read() as db:
        found = walk(db, copied, house.config)

    assert (found.halt.stop, found.url) == (Stop.QUEUED, URL)


NAMED = {
    "misspelt": (ROUND, "en", "Tesera Labs"),
    "with its legal form": (ROUND, "en", "tessera labs inc."),
    "in Arabic": (ROUND, "en", "تيسيرا لابز"),
    "with a hyphen": (ROUND, "en", "Tessera-Labs"),
    "Chinese": (ZH, "zh", "星图智能"),
    "Russian, in small letters": (RU, "ru", "орбита"),
    "Russian, with its form": (RU, "ru", "ООО «Орбита»"),
    "Arabic, with its form": (SMALL_AR, "ar", "شركة نواة"),
}


@pytest.mark.parametrize(("text", "language", "name"), NAMED.values(), ids=NAMED)
def test_a_company_that_no_list_names_is_found(
    house: House, reader: Reader, text: str, language: str, name: str
) -> None:
    house = with_cause(house, Cause(stop=Stop.QUEUED))
    tell(house, reader, text, url=URL, at=NOON, language=language)

    with house.database.read() as db:
        found = find_stories(db, find_company(name, house.config.companies), limit=9)

    assert found == (URL,)


MEANT = {
    "Nvidea": "nvidia", "Nvdia": "nvidia", "英伟达": "nvidia", "Нвидиа": "nvidia",
    "إنفيديا": "nvidia", "Microsft": "microsoft", "Майкрософт": "microsoft", "微软": "microsoft",
    "أوبن أي آي": "openai", "open ai": "openai", "Antropic": "anthropic", "غوغل": "alphabet",
    "Tessera": None, "Mistrust": None, "Nova": None,
    "Meta Inc": "meta", "Meta, Inc.": "meta", "Alphabet Inc.": "alphabet", "شركة ميتا": "meta",
    "مجموعة ميتا": "meta", "OpenAI LLC": "openai", "Alibaba Group Holding Ltd": "alibaba",
    "SAP SE": "sap", "Telefónica S.A.": "telefonica", "ООО Яндекс": "yandex",
    "삼성전자 주식회사": "samsung",
    "株式会社ソフトバンク": "softbank", "阿里巴巴集团控股有限公司": "alibaba", "Scale": "scaleai",
    "Nova Inc": None, "Tessera Holding": None, "AI": None, "Inc": None, "شركة": None,
}  # fmt: skip


@pytest.mark.parametrize(("name", "company_id"), MEANT.items(), ids=MEANT)
def test_a_company_is_meant(house: House, name: str, company_id: str | None) -> None:
    found = find_company(name, house.config.companies).company

    assert (found.id if found else None) == company_id


ARABIC = "https://wire.example/ar/tech/تيسيرا-تجمع/"
ENCODED = "wire.example/ar/tech/%d8%aa%d9%8a%d8%b3%d9%8a%d8%b1%d8%a7-%d8%aa%d8%ac%d9%85%d8%b9/"
COPIED = {
    "Arabic as it is read": ARABIC,
    "percent-encoded, in small letters": f"https://{ENCODED}",
    "percent-encoded, http and www": f"http://www.{ENCODED}",
    "without its last slash": ARABIC.rstrip("/"),
    "from a network, with its mark": f"{ARABIC}?fbclid=IwAR0&utm_medium=social",
    "the AMP copy": f"{ARABIC}amp/",
    "the AMP copy by a parameter": f"{ARABIC}?outputType=amp",
    "the AMP folder": ARABIC.replace("/ar/", "/amp/ar/"),
    "the AMP host": ARABIC.replace("//", "//amp."),
    "a telephone's host": ARABIC.replace("//", "//m."),
    "a telephone's host, no slash, http": ARABIC.replace("https://", "http://mobile.").rstrip("/"),
    "host in capitals, with its port": ARABIC.replace("wire.example", "WIRE.example:443"),
    "as a browser's bar shows it": ARABIC.removeprefix("https://"),
    "with blanks around it": f" {ARABIC} ",
}


@pytest.mark.parametrize("copied", COPIED.values(), ids=COPIED)
@pytest.mark.parametrize("kept", ["https://wire.example", "https://m.wire.example"])
def test_an_address_is_known_however_its_reader_came_by_it(
    house: House, reader: Reader, copied: str, kept: str
) -> None:
    house = with_cause(house, Cause(stop=Stop.QUEUED))
    stored = canonical_url(ARABIC.replace("https://wire.example", kept))
    assert stored is not None
    tell(house, reader, ROUND, url=stored, at=NOON)

    with house.database.read() as db:
        found = walk(db, copied, house.config)

    assert (found.halt.stop, found.url) == (Stop.QUEUED, stored)


def test_an_address_without_https_is_no_company(
    house: House, reader: Reader, own_house: Any, capsys: Any
) -> None:
    tell(with_cause(house, Cause(stop=Stop.QUEUED)), reader, ROUND, url=URL, at=NOON)
    house.database.close()
    own_house.state.mkdir()
    (house.state / DATABASE_NAME).rename(own_house.state / DATABASE_NAME)
    options = {"folder": own_house.folder, "state": own_house.state}

    tell_why_not(options, URL.removeprefix("https://"), as_json=True)
    story = json.loads(capsys.readouterr().out)
    tell_why_not(options, "Booking.com", as_json=True)
    company = json.loads(capsys.readouterr().out)

    assert story["url"] == URL
    assert company["stage"] == Stop.NO_STORY


def test_a_part_that_the_rule_leaves_out(house: House, reader: Reader) -> None:
    house = with_cause(house, Cause(stop=Stop.RULE_PART, rule={"parts": False}))
    tell(house, reader, PLAN, url=URL, at=NOON)

    with house.database.read() as db:
        found = walk(db, URL, house.config)

    assert Stop.RULE_PART in {halt.stop for halt in found.others}


def test_a_deal_that_was_merged_by_hand_into_one_told_before(house: House, reader: Reader) -> None:
    house = with_cause(house, Cause(stop=Stop.TOLD_BEFORE))
    renamed = ROUND.replace("Tessera Labs", "Mosaik")
    tell(house, reader, ROUND, url="https://wire.example/1", at=NOON)
    tell(house, reader, renamed, url="https://wire.example/2", at=NOON + timedelta(hours=1))
    with house.database.write() as tx:
        assert len(load_deals(tx)) == 2
        merge_deals(tx, 1, 2, rates=house.rates, now=NOON + timedelta(hours=2))

    tell(house, reader, renamed, url=URL, at=NOON + timedelta(hours=3))

    with house.database.read() as db:
        found = walk(db, URL, house.config)
    assert (found.halt.stop, found.deals) == (Stop.TOLD_BEFORE, (1,))


@pytest.mark.parametrize(
    ("limit", "stop"), [("100m USD", Stop.TOLD), ("1bn USD", Stop.RULE_AMOUNT)]
)
def test_what_was_said_of_a_deal_before_it_was_merged_is_remembered(
    house: House, reader: Reader, limit: str, stop: Stop
) -> None:
    house = with_cause(house, Cause(stop=stop, rule={"at_least": limit}))
    tell(house, reader, BEFORE_IT.replace("$300", "$30"), url="https://wire.example/1", at=NOON)
    tell(house, reader, ROUND.replace("Tessera Labs", "Mosaik"), url=URL, at=NOON)
    with house.database.write() as tx:
        for due in take_due(tx, now=NOON, owner="test"):
            mark_sent(tx, due.id, now=NOON)
        merge_deals(tx, 1, 2, rates=house.rates, now=NOON + timedelta(hours=2))

    with house.database.read() as db:
        found = walk(db, URL, house.config)

    assert (found.halt.stop, found.deals) == (stop, (1,))
    assert "merged into this one by hand" in str(found.steps)


NEXT = {
    "the source": (Cause(stop=Stop.SOURCE_NEVER_LOOKED, text=None), "`rasid once wire`"),
    "the delivery": (Cause(stop=Stop.PARKED, then=send(parked)), "`rasid outbox retry 1`"),
    "the alert": (Cause(stop=Stop.TOLD, then=send(sent)), "`rasid explain a1`"),
    "the deal": (
        Cause(stop=Stop.TOLD_BEFORE, text=AGAIN, before=[ROUND], then=send(sent)),
        "`rasid deals split d1 URL`",
    ),
}


@pytest.mark.parametrize(("cause", "words"), NEXT.values(), ids=NEXT)
def test_what_to_do_next_names(house: House, reader: Reader, cause: Cause, words: str) -> None:
    house = plant(house, reader, cause)

    with house.database.read() as db:
        found = walk(db, URL, house.config)

    assert found.halt.stop is cause.stop
    assert words in found.halt.todo


def test_a_rule_that_is_newer_than_the_story_was_not_asked(house: House, reader: Reader) -> None:
    house = plant(house, reader, Cause(stop=Stop.RULE_NEWER, rule=BILLION))
    newer = house.config.rules[0].model_copy(update={"id": "newer", "at_least": None})

    with house.database.read() as db:
        both = walk(
            db, URL, house.config.model_copy(update={"rules": (*house.config.rules, newer)})
        )
        alone = walk(db, URL, house.config.model_copy(update={"rules": (newer,)}))

    assert {halt.stop for halt in both.others} == {Stop.RULE_AMOUNT, Stop.RULE_NEWER}
    assert (alone.halt.stop, alone.halt.rule_id) == (Stop.RULE_NEWER, "newer")


def test_a_pattern_that_does_not_match_is_named(house: House, reader: Reader) -> None:
    source = {"kind": "section", "link_pattern": "/news/"}
    then = looked(last_ok_at=NOON, outcome="fresh")
    house = plant(house, reader, Cause(stop=Stop.NOT_LISTED, text=None, source=source, then=then))

    with house.database.read() as db:
        found = walk(db, URL, house.config)

    assert found.halt.stop is Stop.NOT_LISTED
    assert "`link_pattern` of wire does not match it: /news/" in found.halt.text


def test_what_somebody_said_to_be_no_ai(house: House, reader: Reader) -> None:
    house = with_cause(house, Cause(stop=Stop.TAKEN_BACK))
    tell(house, reader, ROUND, url="https://wire.example/1", at=NOON)
    with house.database.write() as tx:
        (due,) = take_due(tx, now=NOON, owner="test")
        mark_sent(tx, due.id, now=NOON)
        said = Feedback(id=0, alert_id=1, label=Label.NOT_AI, author="Lina", at=NOON)
        hear(tx, said, figure=None, config=house.config, rates=house.rates, now=NOON)
    more = AGAIN.replace("$120 million", "$500 million")

    tell(house, reader, more, url=URL, at=NOON + timedelta(hours=1))

    with house.database.read() as db:
        found = walk(db, URL, house.config)
        waiting = load_deliveries(db)
    assert found.halt.stop in (Stop.TAKEN_BACK, Stop.TOLD_BEFORE)
    assert len(waiting) == 2
