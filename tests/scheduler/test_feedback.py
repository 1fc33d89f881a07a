"""What follows when somebody says that an alert was wrong: an example, and one correction."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from config.errors import DeliveryError, RasidError
from config.model import Target
from crawler.loading import load_reader
from crawler.model import Deal, Figure, Stage
from crawler.reading.read import Reader
from crawler.storage.changes import load_changes
from crawler.storage.claims import load_sources_of
from crawler.storage.database import open_database
from crawler.storage.deals import load_deal
from crawler.storage.feedback import Feedback, Label, count_wrong, load_feedback
from notifier.model import Alert, AlertKind, DeliveryState
from notifier.outbox.alerts import load_alerts
from notifier.outbox.deliveries import load_deliveries
from notifier.outbox.leases import mark_failed, mark_sent, take_due
from notifier.render import render
from scheduler.correcting import Owed
from scheduler.examples import load_examples
from scheduler.feedback import Heard, hear
from scheduler.house import House, amount_parser
from scheduler.mending import merge_deals
from tests.scheduler.test_funnel import AGAIN, NOON, ROUND, URL, Cause, Stop, tell, with_cause
from tests.scheduler.test_funnel import house as house

LATER = NOON + timedelta(hours=1)
DESKS = tuple(
    Target(id=name, url="json://localhost/", tags=("desk",)) for name in ("first", "second")
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(None)


@pytest.fixture
def told(house: House, reader: Reader) -> House:
    """One round was told: the first desk has it, to the second it has not left yet."""
    house = with_cause(house, Cause(stop=Stop.TOLD))
    config = house.config.model_copy(update={"targets": DESKS})
    house = replace(house, config=config)
    tell(house, reader, ROUND, url=URL, at=NOON)
    with house.database.write() as tx:
        (due,) = take_due(tx, now=NOON, owner="test", limit=1)
        mark_sent(tx, due.id, now=NOON)
    assert due.target_id == "first"
    return house


def said(label: Label, **more: Any) -> Feedback:
    return Feedback(id=0, alert_id=1, label=label, author="Lina", at=LATER, **more)


def told_by_two_rules(house: House, reader: Reader) -> House:
    """Two rules told the first desk of one round; both messages wait in the outbox."""
    house = with_cause(house, Cause(stop=Stop.TOLD))
    (rule,) = house.config.rules
    rules = (rule, rule.model_copy(update={"id": "more"}))
    config = house.config.model_copy(update={"targets": DESKS[:1], "rules": rules})
    house = replace(house, config=config)
    tell(house, reader, ROUND, url=URL, at=NOON)
    return house


def heard(house: House, one: Feedback) -> Heard:
    parse = amount_parser(None)
    found = parse(one.amount) if one.amount else None
    figure = None
    if found is not None:
        figure = Figure(low=found[0], high=found[0], currency=found[1], text="", start=0)
    with house.database.write() as tx:
        return hear(tx, one, figure=figure, config=house.config, rates=house.rates, now=LATER)


def corrections(house: House) -> list[tuple[Alert, dict[str, DeliveryState]]]:
    with house.database.read() as db:
        return [
            (one, {each.target_id: each.state for each in load_deliveries(db, alert_ids=[one.id])})
            for one in load_alerts(db)
            if one.kind is AlertKind.CORRECTION
        ]


def test_whoever_got_it_is_told_that_it_was_none(told: House) -> None:
    heard(told, said(Label.NOT_AI))
    heard(told, said(Label.NOT_AI))

    ((alert, sent),) = corrections(told)
    with told.database.read() as db:
        deal = load_deal(db, 1)
        first = {each.target_id: each.state for each in load_deliveries(db, alert_ids=[1])}
    assert (alert.replaces, sent) == (1, {"first": DeliveryState.DUE})
    assert deal is not None
    assert (deal.stage, deal.figure) == (Stage.DENIED, None)
    assert first == {"first": DeliveryState.SENT, "second": DeliveryState.DROPPED}
    with told.database.read() as db:
        assert len(load_feedback(db)) == 2


def test_who_heard_of_it_by_two_rules_is_corrected_once(house: House, reader: Reader) -> None:
    house = told_by_two_rules(house, reader)
    with house.database.write() as tx:
        for due in take_due(tx, now=NOON, owner="test"):
            mark_sent(tx, due.id, now=NOON)

    done = heard(house, said(Label.WRONG_AMOUNT, amount="$12m"))

    (one,) = done.owed.corrections
    assert (one.wrong.id, one.target_ids) == (2, ("first",))
    states = sorted(state for _, sent in corrections(house) for state in sent.values())
    assert states == [DeliveryState.DROPPED, DeliveryState.DUE]


@pytest.mark.parametrize("lost", [1, 2], ids=["to be tried again", "unsure"])
def test_whoever_may_have_got_it_is_told_too(told: House, lost: int) -> None:
    unanswered = DeliveryError("no answer came", target="second", permanent=False, unsure=True)
    with told.database.write() as tx:
        for again in range(lost):
            at = NOON + again * timedelta(minutes=10)
            (due,) = take_due(tx, now=at, owner="test")
            mark_failed(tx, due, unanswered, now=at, jitter=0)

    heard(told, said(Label.NOT_AI))

    ((_, sent),) = corrections(told)
    assert set(sent) == {"first", "second"}


def test_what_was_said_to_be_none_does_not_ring_again(told: House, reader: Reader) -> None:
    heard(told, said(Label.NOT_AI))

    tell(told, reader, AGAIN, url="https://wire.example/2", at=LATER)

    with told.database.read() as db:
        assert len(load_alerts(db)) == 2


@pytest.mark.parametrize(("amount", "words"), [("$12m", "$12m, not $120m"), (None, "not known")])
def test_a_wrong_amount_is_corrected_once(told: House, amount: str | None, words: str) -> None:
    heard(told, said(Label.WRONG_AMOUNT, amount=amount))
    heard(told, said(Label.WRONG_AMOUNT, amount=amount))

    ((alert, sent),) = corrections(told)
    assert sent == dict.fromkeys(("first", "second"), DeliveryState.DUE)
    assert words in text_of(told, alert, "en")
    assert "تصويب" in text_of(told, alert, "ar")


@pytest.mark.parametrize("amount", ["$12m", None], ids=["the right one said", "none said"])
@pytest.mark.parametrize(
    "text", [AGAIN, AGAIN.replace("$120 million", "about $120 million")], ids=["same", "about"]
)
def test_a_wrong_amount_that_another_outlet_repeats_does_not_ring(
    told: House, reader: Reader, amount: str | None, text: str
) -> None:
    heard(told, said(Label.WRONG_AMOUNT, amount=amount))
    with told.database.read() as db:
        before = load_deal(db, 1)

    tell(told, reader, text, url="https://wire.example/2", at=LATER)

    with told.database.read() as db:
        assert (figure_of(load_deal(db, 1)), len(load_alerts(db))) == (figure_of(before), 2)


def test_a_sum_that_is_new_rings_after_a_wrong_one(told: House, reader: Reader) -> None:
    heard(told, said(Label.WRONG_AMOUNT))

    more = AGAIN.replace("$120 million", "$160 million")
    tell(told, reader, more, url="https://wire.example/2", at=LATER)

    with told.database.read() as db:
        assert load_alerts(db)[0].kind is AlertKind.UPDATE
        assert figure_of(load_deal(db, 1)) == 160_000_000


@pytest.mark.parametrize("amount", ["$12m", None], ids=["the right one said", "none said"])
def test_what_was_put_right_stays_so_when_its_deal_is_made_again(
    told: House, reader: Reader, amount: str | None
) -> None:
    heard(told, said(Label.WRONG_AMOUNT, amount=amount))
    renamed = ROUND.replace("Tessera Labs", "Mosaik")
    tell(told, reader, renamed, url="https://wire.example/2", at=LATER)

    with told.database.write() as tx:
        mended = merge_deals(tx, 1, 2, rates=told.rates, now=LATER)

    assert mended.change is None
    assert figure_of(mended.after) == (12_000_000 if amount else None)
    tell(told, reader, AGAIN, url="https://wire.example/3", at=LATER)
    with told.database.read() as db:
        assert figure_of(load_deal(db, 1)) == (12_000_000 if amount else None)


def test_a_deal_put_right_is_merged_with_its_figure(told: House, reader: Reader) -> None:
    heard(told, said(Label.WRONG_AMOUNT, amount="$12m"))
    renamed = ROUND.replace("Tessera Labs", "Mosaik")
    tell(told, reader, renamed, url="https://wire.example/2", at=LATER)

    with told.database.write() as tx:
        mended = merge_deals(tx, 2, 1, rates=told.rates, now=LATER)

    assert figure_of(mended.after) == 12_000_000


def test_what_was_said_to_be_none_stays_so_when_its_deal_is_made_again(
    told: House, reader: Reader
) -> None:
    heard(told, said(Label.NOT_AI))
    renamed = ROUND.replace("Tessera Labs", "Mosaik")
    tell(told, reader, renamed, url="https://wire.example/2", at=LATER)

    with told.database.write() as tx:
        mended = merge_deals(tx, 1, 2, rates=told.rates, now=LATER)

    assert (mended.after.stage, mended.after.figure) == (Stage.DENIED, None)


def figure_of(deal: Deal | None) -> Decimal | None:
    assert deal is not None
    return deal.figure.low if deal.figure else None


def text_of(house: House, alert: Alert, language: str) -> str:
    with house.database.read() as db:
        deal = load_deal(db, alert.deal_id)
        assert deal is not None
        change = load_changes(db, deal.id)[-1]
        sources = load_sources_of(db, deal.id)
        first = load_alerts(db)[-1]
    target = DESKS[0].model_copy(update={"language": language})
    return render(
        alert,
        deal,
        change,
        sources=sources,
        target=target,
        words=house.words_of(target),
        rates=house.rates,
        companies=house.companies,
        now=LATER,
        public_url=None,
        told=first,
    ).text


def test_the_correction_says_whose_mistake_it_was(told: House) -> None:
    heard(told, said(Label.NOT_AI))

    ((alert, _),) = corrections(told)
    assert "Alert 1 was our mistake: it is no investment in AI." in text_of(told, alert, "en")
    assert "denied" not in text_of(told, alert, "en")
    assert "كان التنبيه 1 خطأ منا" in text_of(told, alert, "ar")


@pytest.mark.parametrize("label", [Label.GOOD, Label.WRONG_PARTY])
def test_other_words_are_kept_and_tell_nobody(told: House, label: Label) -> None:
    heard(told, said(label, comment="as it is"))

    assert corrections(told) == []
    with told.database.read() as db:
        assert [(one.label, one.comment) for one in load_feedback(db)] == [(label, "as it is")]


def test_an_old_alert_is_not_corrected(told: House) -> None:
    late = NOON + timedelta(days=31)
    with told.database.write() as tx:
        done = hear(
            tx, said(Label.NOT_AI), figure=None, config=told.config, rates=told.rates, now=late
        )

    assert done.owed == Owed()
    assert corrections(told) == []


def test_a_duplicate_is_merged_and_tells_nobody(told: House, reader: Reader) -> None:
    renamed = (
        "Mosaik closes $120 million Series B for its AI models\nMosaik, which trains large "
        "language models, said it had raised $120 million in a funding round."
    )
    tell(told, reader, renamed, url="https://wire.example/2", at=LATER)
    with told.database.read() as db:
        assert {alert.deal_id for alert in load_alerts(db)} == {1, 2}

    done = heard(told, replace(said(Label.DUPLICATE, duplicate_of=1), alert_id=2))

    assert (done.merged_into, corrections(told)) == (1, [])
    with told.database.read() as db:
        deal = load_deal(db, 2)
    assert deal is not None
    assert deal.merged_into == 1


def test_precision_counts_the_last_word_on_each_alert(told: House) -> None:
    with told.database.read() as db:
        before = count_wrong(db, since=NOON - timedelta(days=1))
    heard(told, said(Label.WRONG_PARTY))
    with told.database.read() as db:
        wrong = count_wrong(db, since=NOON - timedelta(days=1))
    heard(told, said(Label.GOOD))
    with told.database.read() as db:
        good = count_wrong(db, since=NOON - timedelta(days=1))

    assert [before, wrong, good] == [{"all": (1, 0)}, {"all": (1, 1)}, {"all": (1, 0)}]


def test_an_unknown_alert_is_said(told: House) -> None:
    with pytest.raises(RasidError, match="no alert a9"):
        heard(told, replace(said(Label.GOOD), alert_id=9))


EXPORTED = {
    "good": (said(Label.GOOD), True, 120_000_000, []),
    "not AI": (said(Label.NOT_AI), False, None, [120_000_000]),
    "the right amount": (said(Label.WRONG_AMOUNT, amount="$12m"), True, 12_000_000, [120_000_000]),
    "no right amount": (said(Label.WRONG_AMOUNT), True, None, [120_000_000]),
}


@pytest.mark.parametrize(("one", "is_ai", "low", "decoys"), EXPORTED.values(), ids=EXPORTED)
def test_an_example_has_the_format_of_the_story_sets(
    told: House, one: Feedback, is_ai: bool, low: int | None, decoys: list[int]
) -> None:
    heard(told, one)

    with told.database.read() as db:
        (example,) = load_examples(db, sources=told.all_sources, parse=amount_parser(None))

    labels = json.loads(json.dumps(example))["labels"]
    assert set(example) == {
        "id",
        "url",
        "lang",
        "title",
        "text",
        "date",
        "event",
        "origin",
        "labels",
    }
    assert set(labels) == {"ai_investment", "deal", "decoys", "note", "ambiguous"}
    assert (example["date"], example["event"], labels["ai_investment"]) == (
        "2026-11-25",
        "d1",
        is_ai,
    )
    assert (labels["deal"] and labels["deal"]["low"]) == low
    assert [each["low"] for each in labels["decoys"]] == decoys
    if labels["deal"]:
        assert labels["deal"]["recipient"] == "Tessera Labs"
        assert labels["deal"]["investors"] == ["Aster Capital"]
    assert example["text"].startswith("Tessera Labs, a start-up")


def test_a_text_that_may_not_be_handed_on_stays_here(told: House) -> None:
    heard(told, said(Label.GOOD))
    bound = {"wire": told.all_sources["wire"].model_copy(update={"access": "licence_needed"})}

    with told.database.read() as db:
        (example,) = load_examples(db, sources=bound, parse=amount_parser(None))

    assert (example["text"], example["title"]) == ("", ROUND.partition("\n")[0])


YESTERDAY = """
INSERT INTO notices (id, kind, items, made_at) VALUES (1, 'bad', '[]', '2026-11-24T00:00:00Z');
INSERT INTO deliveries (id, notice_id, target_id, state, due_at)
    VALUES (5, 1, 'me', 'due', '2026-11-24T00:00:00Z');
"""


def test_a_database_of_yesterday_has_said_nothing(tmp_path: Path, database_of: Any) -> None:
    path = tmp_path / "rasid.db"
    database_of(path, "0007", YESTERDAY)

    database = open_database(path)
    with database.read() as db:
        (delivery,) = load_deliveries(db)
        said_before = load_feedback(db)
    database.close()

    assert (delivery.id, delivery.notice_id, said_before) == (5, 1, ())


async def test_the_command_says_what_it_did(told: House, own_house: Any) -> None:
    told.database.close()
    own_house.write(
        rules=[{"id": "all", "tell": ["desk"]}],
        targets=[{"id": "first", "url": "json://localhost/", "tags": ["desk"]}],
    )
    own_house.state.mkdir()
    (told.state / "rasid.db").rename(own_house.state / "rasid.db")

    words = await own_house.rasid("feedback", "a1", "not-ai", "--author", "Lina")
    listed = json.loads(await own_house.rasid("feedback", "list", "--json"))
    exported = json.loads(await own_house.rasid("feedback", "export"))
    status = json.loads(await own_house.rasid("status", "--json"))

    assert words.startswith("Kept as f1: alert a1 is not-ai.")
    assert [(row["label"], row["author"]) for row in listed] == [("not-ai", "Lina")]
    assert exported["labels"]["ai_investment"] is False
    assert set(status["precision"]) == {"days", "alerts", "wrong", "rules"}
