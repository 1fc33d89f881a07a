"""`rasid why-not` names the place where a story left the funnel: planted causes, real database."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.errors import DeliveryError
from config.model import Rule, Source, Target
from crawler.loading import load_reader
from crawler.model import Article, Evidence, Listing, Published
from crawler.reading.read import Reader, read_article
from crawler.storage.database import DATABASE_NAME, open_database
from crawler.storage.listings import save_listings
from crawler.storage.looks import save_look
from notifier.funnel.stops import TODO, Stop
from notifier.funnel.verdict import STOP_OF_REASON
from notifier.outbox.by_hand import drop
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.leases import mark_failed, mark_sent, take_due
from notifier.words import words_of
from scheduler.commands.whynot import tell_why_not
from scheduler.funnel import walk
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.pipeline import take_in
from scheduler.stories import find_company, find_stories

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
URL = "https://wire.example/story"
ROUND = (
    "Tessera Labs raises $120 million to build AI models\nTessera Labs, a start-up that trains "
    "large language models, said it has raised $120 million in a Series B led by Aster Capital."
)
AGAIN = (
    "Tessera Labs gets $120 million for AI models\nInvestors led by Aster Capital put $120 million "
    "into Tessera Labs, which develops artificial intelligence, the company said on Wednesday."
)
UP_TO = (
    "Tessera Labs to raise up to $120 million to build AI models\nTessera Labs, a start-up that "
    "trains large language models, said it will raise up to $120 million in a Series B."
)
NO_SUM = (
    "Tessera Labs closes Series B to build AI models\nTessera Labs, a start-up that trains large "
    "language models, said it has raised a Series B round led by Aster Capital. It did not say how "
    "much."
)
BRIDGE = (
    "New bridge over the Sava opens to traffic\nThe bridge cost $90 million and took four years to "
    "build, the ministry of transport said."
)
CHAT = (
    "Tessera's AI assistant learns Finnish\nThe artificial intelligence assistant of Tessera Labs "
    "answers in Finnish from today, the start-up said in a blog post."
)
VALUED = (
    "Tessera valuation could reach $500 billion in employee share talk\nTessera Labs, the maker of "
    "a chatbot, is valued at $500 billion. The artificial intelligence company was valued at "
    "$300 billion in March."
)
GREEK = "Νέα για την τεχνητή νοημοσύνη\nΗ εταιρεία συγκέντρωσε 120 εκατομμύρια δολάρια."
DENIED = (
    "Tessera Labs denies it is raising $120 million\nTessera Labs, a maker of AI models, denied "
    "that it is in talks to raise $120 million."
)

Plant = Callable[[House, Reader], None]


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One planted reason for silence."""

    stop: Stop
    text: str | None = ROUND
    rule: Mapping[str, Any] | None = field(default_factory=dict)
    language: str = "en"
    published: datetime | None = NOON
    first_look: bool = False
    before: Sequence[str] = ()  # stories of other outlets, an hour apart, told first
    tags: tuple[str, ...] = ("desk",)
    then: Plant | None = None
    source: Mapping[str, Any] = field(default_factory=dict)


def looked(**fields: Any) -> Plant:
    def plant(house: House, _: Reader) -> None:
        with house.database.write() as tx:
            save_look(tx, "wire", last_look_at=NOON, **fields)

    return plant


def listed(house: House, _: Reader) -> None:
    with house.database.write() as tx:
        save_listings(tx, "wire", [Listing(url=URL)], now=NOON, first_look=False)


def send(end: Callable[[Any, Any], object]) -> Plant:
    def plant(house: House, _: Reader) -> None:
        with house.database.write() as tx:
            (due,) = take_due(tx, now=NOON + timedelta(minutes=1), owner="test")
            end(tx, due)

    return plant


def parked(tx: Any, due: Any) -> None:
    error = DeliveryError("the token is wrong", target="desk", permanent=True)
    mark_failed(tx, due, error, now=NOON, jitter=1)


def sent(tx: Any, due: Any) -> None:
    mark_sent(tx, due.id, now=NOON)


def given_up(house: House, _: Reader) -> None:
    with house.database.write() as tx:
        drop(tx, load_deliveries(tx)[0].id, why="not wanted", now=NOON)


CAUSES = {
    "nobody knows the site": Cause(
        stop=Stop.SOURCE_UNKNOWN, text=None, source={"url": "https://other.example/"}
    ),
    "source disabled": Cause(stop=Stop.SOURCE_OFF, text=None, source={"enabled": False}),
    "source never looked at": Cause(stop=Stop.SOURCE_NEVER_LOOKED, text=None),
    "list out of reach": Cause(
        stop=Stop.SOURCE_FAILING,
        text=None,
        then=looked(failures=3, outcome="unreachable", note="no answer"),
    ),
    "no list named it": Cause(
        stop=Stop.NOT_LISTED, text=None, then=looked(last_ok_at=NOON, outcome="fresh")
    ),
    "listing waits": Cause(stop=Stop.PAGE_WAITING, text=None, then=listed),
    "language without a lexicon": Cause(stop=Stop.LANGUAGE_NOT_READ, text=GREEK, language="el"),
    "not AI": Cause(stop=Stop.NOT_AI, text=BRIDGE),
    "AI, no money": Cause(stop=Stop.NO_MONEY, text=CHAT),
    "only a valuation": Cause(stop=Stop.ONLY_MENTIONED, text=VALUED),
    "no rule": Cause(stop=Stop.NO_RULE, rule=None),
    "kind not asked for": Cause(stop=Stop.RULE_KIND, rule={"kinds": ["capex_plan"]}),
    "stage not asked for": Cause(stop=Stop.RULE_STAGE, rule={"stages": ["rumoured"]}),
    "below the amount": Cause(stop=Stop.RULE_AMOUNT, rule={"at_least": "1bn USD"}),
    "only up to, and certain": Cause(
        stop=Stop.RULE_AMOUNT_UNCERTAIN, text=UP_TO, rule={"at_least": "100m USD"}
    ),
    "no sum told": Cause(stop=Stop.RULE_AMOUNT_UNKNOWN, text=NO_SUM, rule={"at_least": "100m USD"}),
    "another company": Cause(stop=Stop.RULE_COMPANY, rule={"companies": ["Orrery"]}),
    "country of the outlet": Cause(stop=Stop.RULE_COUNTRY, rule={"countries": ["SA"]}),
    "one owner only": Cause(stop=Stop.RULE_UNCONFIRMED, rule={"confirmed_by": 2}),
    "exception": Cause(stop=Stop.RULE_UNLESS, rule={"unless": {"companies": ["Tessera Labs"]}}),
    "told in an earlier article": Cause(stop=Stop.TOLD_BEFORE, text=AGAIN, before=[ROUND]),
    "denied, and nobody was told": Cause(
        stop=Stop.DENIED_UNTOLD, text=DENIED, before=[ROUND], rule={"at_least": "1bn USD"}
    ),
    "first look": Cause(stop=Stop.FIRST_LOOK, first_look=True),
    "undated": Cause(stop=Stop.UNDATED, published=None),
    "too old": Cause(stop=Stop.TOO_OLD, published=NOON - timedelta(days=9)),
    "dated ahead": Cause(stop=Stop.FUTURE_DATE, published=NOON + timedelta(days=3)),
    "kept for the digest": Cause(stop=Stop.FOR_DIGEST, rule={"urgency": "digest"}),
    "no target with the tag": Cause(stop=Stop.NO_TARGET, tags=("other",)),
    "parked": Cause(stop=Stop.PARKED, then=send(parked)),
    "dropped": Cause(stop=Stop.DROPPED, then=given_up),
    "still in the outbox": Cause(stop=Stop.QUEUED),
    "delivered after all": Cause(stop=Stop.TOLD, then=send(sent)),
}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(None)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    database = open_database(tmp_path / DATABASE_NAME)
    yield House(
        config=load_own_config(None), state=tmp_path, rates=load_own_rates(None), database=database
    )
    database.close()


def with_cause(house: House, cause: Cause) -> House:
    fields = {"id": "wire", "name": "Wire", "url": "https://wire.example/feed", "kind": "feed"}
    source = Source.model_validate(fields | {"country": "US"} | cause.source)
    target = Target(id="desk", url="json://localhost/", tags=cause.tags)
    rules = () if cause.rule is None else (rule(cause.rule),)
    changed = {"sources": (source,), "targets": (target,), "rules": rules}
    return replace(house, config=house.config.model_copy(update=changed))


def rule(wish: Mapping[str, Any]) -> Rule:
    def parse(text: str) -> Any:
        return {"1bn USD": (10**9, "USD"), "100m USD": (10**8, "USD")}[text]

    return Rule.model_validate(
        {"id": "all", "tell": ["desk"], **wish}, context={"parse_amount": parse}
    )


def tell(house: House, reader: Reader, text: str, *, url: str, at: datetime, **story: Any) -> None:
    title, _, body = text.partition("\n")
    dated = story.get("published", at)
    article = Article(
        url=url,
        source_id="wire",
        title=title,
        body=body,
        language=story.get("language", "en"),
        published=Published(at=dated, evidence=Evidence.FEED) if dated else None,
        fetched_at=at,
    )
    with house.database.write() as tx:
        take_in(
            tx,
            article,
            read_article(article, reader),
            house=house,
            source=house.config.sources[0],
            first_look=story.get("first_look", False),
            listing_id=None,
            now=at,
        )


def plant(house: House, reader: Reader, cause: Cause) -> House:
    house = with_cause(house, cause)
    for number, text in enumerate(cause.before):
        at = NOON - timedelta(hours=9 - number)
        tell(house, reader, text, url=f"https://wire.example/{number}", at=at)
    if cause.text is not None:
        story = {"published": cause.published, "language": cause.language}
        story["first_look"] = cause.first_look
        tell(house, reader, cause.text, url=URL, at=NOON, **story)
    if cause.then is not None:
        cause.then(house, reader)
    return house


@pytest.mark.parametrize("cause", CAUSES.values(), ids=CAUSES)
def test_the_place_where_it_ended_is_named(house: House, reader: Reader, cause: Cause) -> None:
    house = plant(house, reader, cause)

    with house.database.read() as db:
        found = walk(db, URL, house.config)

    assert (found.halt.stop, bool(found.halt.text)) == (cause.stop, True), found


SPELLED = (
    "Porto startup that double-checks biopsies lands $9 million\nLanternwick Imaging, whose "
    "software was trained on 2 million biopsies to flag what doctors miss, closed a seed round "
    "with Oakmere Ventures."
)
TELLS_OF_AI = {
    "by name": (CHAT, "it speaks of AI"),
    "by its spelling alone": (SPELLED, "it names AI by no word we know"),
}


@pytest.mark.parametrize(("text", "said"), TELLS_OF_AI.values(), ids=TELLS_OF_AI)
def test_how_a_story_tells_of_ai_is_said(
    house: House, reader: Reader, text: str, said: str
) -> None:
    tell(house, reader, text, url=URL, at=NOON)

    with house.database.read() as db:
        steps = walk(db, URL, house.config).steps

    assert [text[: len(said)] for question, passed, text in steps if question == "ai"] == [said]


def test_every_reason_against_a_story_has_a_place() -> None:
    against = {
        code
        for code in words_of("en").wording.reasons
        if code.endswith("_not") and code != "unless_not"
    }

    assert against <= STOP_OF_REASON.keys()
    assert TODO.keys() == set(Stop)


PAGES = {
    "gone": Stop.PAGE_GONE,
    "refused": Stop.PAGE_BLOCKED,
    "paywall": Stop.PAGE_BLOCKED,
    "titled": Stop.PAGE_BLOCKED,
    "secret/titled": Stop.PAGE_BLOCKED,
    "live": Stop.PAGE_NO_ARTICLE,
    "broken": Stop.PAGE_FAILING,
    "bare": Stop.PAGE_FAILING,
    "fine": Stop.FIRST_LOOK,
}


async def test_why_a_page_could_not_be_had_is_named(site: Any, own_house: Any) -> None:
    serve_pages(site)
    source = {"id": "wire", "name": "Wire", "url": site.url("/feed"), "kind": "feed"}
    own_house.write(
        sources=[source | {"private": True, "language": "en"}],
        rules=[{"id": "all", "tell": ["desk"]}],
        targets=[{"id": "desk", "url": "json://127.0.0.1:9/", "tags": ["desk"]}],
    )
    await own_house.rasid("once")

    config = load_own_config(own_house.folder)
    database = open_database(own_house.state / DATABASE_NAME)
    with database.read() as db:
        found = {name: walk(db, site.url(f"/{name}"), config).halt.stop for name in PAGES}
    database.close()
    said = json.loads(await own_house.rasid("why-not", site.url("/refused"), "--json"))
    words = await own_house.rasid("why-not", site.url("/refused"))

    assert found == PAGES
    assert (said["stage"], said["steps"][-1]["step"]) == (Stop.PAGE_BLOCKED, "fetched")
    assert "=> page_blocked: its page cannot be had: 127.0.0.1 does not let us in (403)." in words
    assert said["next"] in words


def serve_pages(site: Any) -> None:
    title, _, body = ROUND.partition("\n")
    head = f"<html lang='en'><title>{title}</title>"
    live = '<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>'
    stub = "<article><p>Tessera Labs.</p><p>Subscribe now to continue reading.</p></article>"
    at = datetime.now(UTC) - timedelta(hours=1)
    # What a list says of a page that nobody may read is read in its place.
    said = "<title>Tessera Labs, which trains AI models, tells of its year</title>"
    items = "".join(
        f"<item>{said if 'titled' in name else ''}<link>{site.url('/' + name)}</link>"
        f"<pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for name in PAGES
    )
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    site.serve("/feed", feed, kind="application/rss+xml")
    site.serve("/robots.txt", "User-agent: *\nDisallow: /secret/", kind="text/plain")
    site.serve("/titled", "no", status=403)
    site.serve("/gone", "no", status=410)
    site.serve("/refused", "no", status=403)
    site.serve("/broken", "no", status=503)
    site.serve("/paywall", f"{head}<h1>{title}</h1>{stub}")
    site.serve("/live", f"{head}{live}<h1>{title}</h1>" + f"<p>{body}</p>" * 8)
    site.serve("/bare", "<html><div id=app></div>")
    site.serve("/fine", f"{head}<h1>{title}</h1>" + f"<article><p>{body}</p></article>")


def test_a_company_is_found_in_any_script(house: House, reader: Reader) -> None:
    house = with_cause(house, Cause(stop=Stop.QUEUED))
    text = (
        "Meta to spend $60 billion on AI this year\nMeta Platforms will spend $60 billion on "
        "artificial intelligence in 2026, its chief executive said."
    )
    tell(house, reader, text, url=URL, at=NOON)
    tell(house, reader, CHAT, url="https://wire.example/chat", at=NOON)

    with house.database.read() as db:
        found = {
            name: find_stories(db, find_company(name, house.config.companies), limit=9)
            for name in ("Meta", "ميتا", "meta", "Meta Platforms", "Tessera", "Nobody Ltd")
        }

    meta = (URL,)
    assert found == {
        "Meta": meta, "ميتا": meta, "meta": meta, "Meta Platforms": meta,
        "Tessera": ("https://wire.example/chat",), "Nobody Ltd": (),
    }  # fmt: skip


def test_the_stories_of_a_company_are_shown_with_their_places(
    house: House, reader: Reader, own_house: Any, capsys: Any
) -> None:
    house = with_cause(house, Cause(stop=Stop.QUEUED, rule={"at_least": "1bn USD"}))
    tell(house, reader, ROUND, url=URL, at=NOON)
    tell(house, reader, CHAT, url="https://wire.example/chat", at=NOON)
    house.database.close()
    own_house.state.mkdir()
    (house.state / DATABASE_NAME).rename(own_house.state / DATABASE_NAME)
    options = {"folder": own_house.folder, "state": own_house.state}

    tell_why_not(options, "Tessera Labs", as_json=True)
    said = json.loads(capsys.readouterr().out)
    tell_why_not(options, "Tessera Labs", as_json=False)
    words = capsys.readouterr().out
    tell_why_not(options, "Nobody Ltd", as_json=True)
    none = json.loads(capsys.readouterr().out)

    assert [(one["url"], one["stage"]) for one in said["stories"]] == [
        (URL, Stop.RULE_AMOUNT),
        ("https://wire.example/chat", Stop.NO_MONEY),
    ]
    assert (said["stage"], none["stage"]) == (Stop.RULE_AMOUNT, Stop.NO_STORY)
    assert "rule_amount" in words
    assert "=> rule_amount: rule all: only $120m is certain" in words
