"""`rasid rules test` over a large archive, as its owner runs it: the whole command's time."""

from __future__ import annotations

import json
import resource
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from crawler.storage.database import DATABASE_NAME, open_database
from crawler.storage.past import load_past
from scheduler.asking import yardstick_of
from scheduler.house import load_own_config, load_own_rates
from scheduler.replay import replay
from tests.scheduler.large_archive import plant_archive

DRAFT = "rules: [{id: half, at_least: 500m USD, tell: [desk]}]\n"


def planted(own_house: Any, count: int) -> Path:
    own_house.write(
        rules=[{"id": "mega", "at_least": "1bn USD", "tell": ["desk"]}],
        targets=[{"id": "desk", "url": "json://localhost/", "tags": ["desk"]}],
    )
    own_house.state.mkdir()
    database = open_database(own_house.state / DATABASE_NAME)
    plant_archive(database, count, until=datetime.now(UTC), rates=load_own_rates(None))
    database.close()
    draft: Path = own_house.folder.parent / "draft.yaml"
    draft.write_text(DRAFT, "utf-8")
    return draft


async def seconds(own_house: Any, *words: str) -> tuple[float, Any]:
    """What the command takes of a processor, whatever else runs there; and what it says."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = json.loads(await own_house.rasid(*words, "--json"))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, said


@pytest.mark.parametrize(
    "count", [2_000, pytest.param(100_000, marks=[pytest.mark.slow, pytest.mark.timeout(900)])]
)
async def test_rules_are_tried_on_an_archive_within_five_seconds(
    own_house: Any, count: int
) -> None:
    draft = planted(own_house, count)

    spent, said = await seconds(own_house, "rules", "test", str(draft))

    print(f"rules test over {count} articles: {spent:.1f} s, {said['count']} alerts")
    assert spent < 5
    assert said["count"] > count / 20


def test_what_is_left_out_of_the_past_changes_no_answer(own_house: Any) -> None:
    planted(own_house, 1500)
    config = load_own_config(own_house.folder)
    yardstick = yardstick_of(config, load_own_rates(None))
    since = datetime.now(UTC) - timedelta(days=90)
    database = open_database(own_house.state / DATABASE_NAME)

    with database.read() as db:
        pasts = [load_past(db), load_past(db, since=since)]
    database.close()
    whole, part = (
        [
            (said.verdict.deal_id, said.verdict.change_number, said.verdict.answer)
            for said in replay(past, config.rules, sources={}, yardstick=yardstick)
            if said.verdict.at >= since
        ]
        for past in pasts
    )

    assert len(pasts[1]) < len(pasts[0]) / 2
    assert part == whole
    assert part
