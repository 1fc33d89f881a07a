"""`rasid rules test`: what a file of rules would have told, on what is stored."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config.model import Source
from crawler.loading import load_reader
from crawler.model import Article, Evidence, Published
from crawler.reading.read import read_article
from crawler.storage.database import DATABASE_NAME, open_database
from scheduler.house import House, load_own_config, load_own_rates
from scheduler.pipeline import take_in

SOURCE = Source(id="wire", name="Wire", url="https://wire.example/feed", kind="feed")
STORIES = [
    "Tessera Labs raises $120 million to build AI models\nTessera Labs, a start-up that trains "
    "large language models, said it has raised $120 million in a Series B led by Aster Capital.",
    "Orrery AI raises $2 billion for its language models\nOrrery AI, which trains large language "
    "models, has raised $2 billion in a funding round, the company said.",
]


@pytest.fixture
def stored(own_house: Any) -> Any:
    """A house that has read two rounds, an hour ago, and told nobody."""
    own_house.write(
        sources=[SOURCE.model_dump(mode="json", include={"id", "name", "url", "kind"})],
        rules=[{"id": "now", "at_least": "1bn USD", "tell": ["desk"]}],
        targets=[{"id": "desk", "url": "json://localhost/", "tags": ["desk"]}],
    )
    own_house.state.mkdir()
    at = datetime.now(UTC) - timedelta(hours=1)
    database = open_database(own_house.state / DATABASE_NAME)
    config = load_own_config(own_house.folder)
    house = House(
        config=config, state=own_house.state, rates=load_own_rates(None), database=database
    )
    reader = load_reader(None)
    for number, story in enumerate(STORIES):
        title, _, body = story.partition("\n")
        article = Article(
            url=f"https://wire.example/{number}",
            source_id="wire",
            title=title,
            body=body,
            language="en",
            published=Published(at=at, evidence=Evidence.FEED),
            fetched_at=at,
        )
        with database.write() as tx:
            take_in(
                tx,
                article,
                read_article(article, reader),
                house=house,
                source=SOURCE,
                first_look=False,
                listing_id=None,
                now=at,
            )
    database.close()
    return own_house


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "draft.yaml"
    path.write_text("rules: [{id: lower, at_least: 100m USD, tell: [desk]}]\n", "utf-8")
    return path


async def test_it_lists_what_would_have_been_told(stored: Any, draft: Path) -> None:
    said = json.loads(await stored.rasid("rules", "test", str(draft), "--json"))

    assert [row["who"] for row in said["alerts"]] == ["Tessera Labs, Aster Capital", "Orrery AI"]
    assert said["alerts"][0]["rule"] == "lower"


async def test_it_says_what_is_new_against_the_rules_of_today(stored: Any, draft: Path) -> None:
    said = await stored.rasid("rules", "test", str(draft), "--against", "current")

    assert [line[0] for line in said.splitlines()[:-1]] == ["+"]
    assert "1 that today's rules do not tell, 0 lost" in said


@pytest.mark.parametrize(("expected", "code"), [("2", 0), ("3", 1)])
async def test_a_wrong_expectation_fails(
    stored: Any, draft: Path, expected: str, code: int
) -> None:
    await stored.rasid("rules", "test", str(draft), "--expect", expected, code=code)


async def test_nothing_is_told_that_is_older_than_asked(stored: Any, draft: Path) -> None:
    said = json.loads(await stored.rasid("rules", "test", str(draft), "--since", "0h", "--json"))

    assert said["count"] == 0


async def test_a_slip_in_the_file_is_told_with_its_place(stored: Any, draft: Path) -> None:
    draft.write_text("rules: [{id: x, at_leest: 1bn USD, tell: [desk]}]\n", "utf-8")

    await stored.rasid("rules", "test", str(draft), code=2)
