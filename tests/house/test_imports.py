"""The law of imports: rooms point down, pure rooms touch nothing, libraries keep to their room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
FLOORS = ["config", "crawler", "notifier", "scheduler"]  # each sees only those before it
CRAWLER_ROOMS = ["pages", "reading", "deals", "storage"]  # none sees another
PURE = [
    "crawler/model.py",
    "crawler/text",
    "crawler/health",
    "crawler/reading",
    "crawler/deals",
    "crawler/spiders/outcome.py",
    "notifier/model.py",
    "notifier/conditions.py",
    "notifier/decide.py",
    *(f"notifier/{name}.py" for name in ("render", "explain", "words", "money", "naming")),
    *(f"notifier/{name}.py" for name in ("headline", "sizes", "telling", "amounts", "backing")),
    *(f"notifier/{name}.py" for name in ("facts", "letter", "render_letter")),
    "notifier/refusals.py",
    "notifier/mail_refusals.py",
    "notifier/payload.py",
    "notifier/limits.py",
    "notifier/faltering.py",
    "notifier/notices.py",
    "notifier/threads.py",
    "notifier/own_words.py",
    "notifier/tongue.py",
    "notifier/direction.py",
    *(f"notifier/{name}.py" for name in ("timing", "waiting", "grouping", "wishes")),
    "notifier/merging.py",
    "notifier/waited.py",
    "notifier/silencing.py",
    "notifier/funnel",
    "config/quiet.py",
    "notifier/render_notice.py",
    "scheduler/rhythm.py",
]
EFFECTS = {"scrapy", "sqlalchemy", "apprise", "apscheduler", "socket", "sqlite3", "logging"}
EFFECTS |= {"aiohttp", "subprocess", "random", "time", "os", "io"}
HOMES = {
    "scrapy": ["crawler/spiders"],
    "twisted": ["crawler/spiders"],
    "sqlalchemy": ["crawler/storage", "notifier/outbox"],
    "alembic": ["crawler/storage"],
    "apprise": ["notifier/deliver.py", "notifier/envelope.py", "notifier/telegram.py"],
    "apscheduler": ["scheduler/ticks.py", "scheduler/daemon.py"],
    "aiohttp": ["scheduler"],
    "trafilatura": ["crawler/pages"],
    "pebble": ["crawler/workroom.py"],
    "warcio": ["crawler/warc"],
    "jinja2": ["notifier/mail.py"],
    "css_inline": ["notifier/mail.py"],
}
CLOCKS = {"now", "utcnow", "today", "time"}


def modules() -> Iterator[Path]:
    for floor in FLOORS:
        yield from (path.relative_to(HOUSE) for path in sorted((HOUSE / floor).rglob("*.py")))


def imports_of(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse((HOUSE / path).read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def tops_of(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imports_of(path)}


def is_in(path: Path, rooms: list[str]) -> bool:
    return any(path.is_relative_to(room) for room in rooms)


@pytest.mark.parametrize("path", modules(), ids=str)
def test_rooms_point_down(path: Path) -> None:
    above = FLOORS[FLOORS.index(path.parts[0]) + 1 :]

    assert not tops_of(path) & set(above)


@pytest.mark.parametrize("path", modules(), ids=str)
def test_crawler_rooms_do_not_see_each_other(path: Path) -> None:
    own = next((room for room in CRAWLER_ROOMS if path.is_relative_to(f"crawler/{room}")), None)
    if own is None:
        return
    others = {f"crawler.{room}" for room in CRAWLER_ROOMS if room != own}

    assert not {name for name in imports_of(path) if ".".join(name.split(".")[:2]) in others}


@pytest.mark.parametrize("path", modules(), ids=str)
def test_pure_rooms_touch_nothing(path: Path) -> None:
    if is_in(path, PURE):
        assert not tops_of(path) & EFFECTS


@pytest.mark.parametrize("path", modules(), ids=str)
def test_libraries_keep_to_their_room(path: Path) -> None:
    lost = [name for name in tops_of(path) & set(HOMES) if not is_in(path, HOMES[name])]

    assert not lost


@pytest.mark.parametrize("path", modules(), ids=str)
def test_the_clock_is_read_in_the_scheduler_only(path: Path) -> None:
    if path.parts[0] == "scheduler":
        return
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse((HOUSE / path).read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    }

    assert not calls & CLOCKS
