"""`rasid backfill`: the archive of a source and WARC files, stopped and gone on with."""

from __future__ import annotations

import asyncio
import gzip
import json
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crawler.storage.changes import load_changes
from crawler.storage.database import DATABASE_NAME, open_database
from crawler.storage.deals import load_deals
from crawler.storage.schema import articles, readings
from notifier.outbox.alerts import load_alerts
from tests.scheduler.conftest import OwnHouse
from tests.scheduler.warc_files import REAL, own_pages, real_pages, story, write_warc

pytestmark = pytest.mark.timeout(300)

WIRE = {"id": "wire", "name": "Wire", "kind": "feed", "url": "https://wire.example/feed"}
RULE = {"id": "all", "tell": ["desk"]}
TARGET = {"id": "desk", "url": "json://localhost/", "tags": ["desk"]}
SITEMAPS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def kept(house: OwnHouse) -> list[str]:
    """The addresses of the articles that are kept, in the order in which they came."""
    return [row[0] for row in rows(house, "SELECT url FROM articles ORDER BY id")]


def rows(house: OwnHouse, asked: str) -> list[Any]:
    database = open_database(house.state / DATABASE_NAME, read_only=True)
    with database.read() as db:
        found = db.exec_driver_sql(asked).all()
    database.close()
    return list(found)


async def backfill(house: OwnHouse, *words: str, code: int = 0) -> Any:
    return json.loads(await house.rasid("backfill", *words, "--json", code=code))


# WARC files


async def test_a_warc_file_is_taken_in_once_and_nobody_is_alerted(
    own_house: OwnHouse, tmp_path: Path
) -> None:
    own_house.write(sources=[WIRE], rules=[RULE], targets=[TARGET])
    pages = [*own_pages(12), *own_pages(3, host="other.example", seed=2)]
    path = tmp_path / "news.warc.gz"
    write_warc(path, pages)

    first = await backfill(own_house, "--warc", str(path), str(path))
    again = await backfill(own_house, "--warc", str(path))

    assert [(one["articles"], one["strangers"], one["is_done"]) for one in first["files"]] == [
        (12, 3, True),
        (0, 0, True),
    ]
    assert again["files"][0]["records"] == 0
    assert sorted(kept(own_house)) == sorted(page.url for page in pages[:12])
    database = open_database(own_house.state / DATABASE_NAME, read_only=True)
    with database.read() as db:
        assert load_alerts(db) == ()
        assert db.exec_driver_sql("SELECT count(*) FROM verdicts").scalar_one() == 0
        told = [change.at for deal in load_deals(db) for change in load_changes(db, deal.id)]
        assert db.exec_driver_sql(f"SELECT count(*) FROM {readings.name}").scalar_one() == 12
        assert db.exec_driver_sql("SELECT count(*) FROM texts").scalar_one() == 12
    database.close()
    assert told
    assert set(told) <= {page.fetched_at - timedelta(minutes=20) for page in pages}


async def test_the_span_the_limit_and_all_sources(own_house: OwnHouse, tmp_path: Path) -> None:
    own_house.write()
    path = tmp_path / "news.warc.gz"
    write_warc(path, own_pages(48))
    words = ("--warc", str(path), "--all", "--since", "2025-01-07", "--until", "2025-01-07")

    first = await backfill(own_house, *words, "--limit", "5", code=3)
    rest = await backfill(own_house, *words)

    assert first["files"][0]["articles"] == 5
    assert rest["files"][0]["articles"] == 19
    assert rest["files"][0]["outside"] == 8
    assert {row[0] for row in rows(own_house, f"SELECT source_id FROM {articles.name}")} == {None}
    days = {url.split("/")[5] for url in kept(own_house)}
    assert days == {"07"}


async def test_a_broken_file_costs_its_records_and_the_next_is_read(
    own_house: OwnHouse, tmp_path: Path
) -> None:
    own_house.write(sources=[WIRE])
    bad, good = tmp_path / "bad.warc.gz", tmp_path / "good.warc.gz"
    places = write_warc(bad, own_pages(4))
    bad.write_bytes(bad.read_bytes()[: places[3] + 50])
    write_warc(good, own_pages(6))

    told = await backfill(own_house, "--warc", str(bad), "/nowhere.warc", str(good), code=3)

    assert [one["articles"] for one in told["files"]] == [3, 0, 3]
    assert "breaks off" in told["files"][0]["notes"][0]
    assert "/nowhere.warc cannot be read" in told["files"][1]["notes"][0]


async def test_what_is_no_warc_file_is_named_each_time_and_a_read_one_too(
    own_house: OwnHouse, tmp_path: Path
) -> None:
    own_house.write(sources=[WIRE])
    other, good = tmp_path / "notes.txt", tmp_path / "good.warc.gz"
    other.write_text("no record in here\n" * 100, "utf-8")
    write_warc(good, own_pages(4))

    first = await backfill(own_house, "--warc", str(other), str(good), code=3)
    second = await backfill(own_house, "--warc", str(other), str(good), code=3)

    for told in (first, second):
        assert "is it a WARC file?" in told["files"][0]["notes"][-1]
        assert [one["is_done"] for one in told["files"]] == [False, True]
    assert [told["files"][1]["was_read"] for told in (first, second)] == [False, True]


async def kill_while_it_reads(house: OwnHouse, path: Path, after_s: float) -> bool:
    """Whether `rasid backfill` was killed before its end, `after_s` after its first article."""
    process = await asyncio.create_subprocess_exec(
        *house.command("backfill", "--warc", "--all", str(path)),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    before = count(house)
    while process.returncode is None and count(house) == before:
        await asyncio.sleep(0.05)
    await asyncio.sleep(after_s)
    if process.returncode is None:
        process.kill()
    await process.wait()
    return process.returncode == -signal.SIGKILL


def count(house: OwnHouse) -> int:
    database = house.state / DATABASE_NAME
    if not database.exists():
        return 0
    try:
        return len(kept(house))
    except Exception:  # it is being made just now
        return 0


async def run_under_fire(house: OwnHouse, path: Path, kills: int, seed: int) -> int:
    random, killed = Random(seed), 0
    for _ in range(kills):
        killed += await kill_while_it_reads(house, path, random.uniform(0, 0.6))
    await house.rasid("backfill", "--warc", "--all", str(path))
    return killed


async def test_killed_again_and_again_it_loses_none_and_takes_none_twice(
    own_house: OwnHouse, tmp_path: Path
) -> None:
    own_house.write()
    path = tmp_path / "news.warc.gz"
    pages = list(own_pages(60))
    write_warc(path, pages)

    killed = await run_under_fire(own_house, path, 3, seed=3)

    assert killed
    assert Counter(kept(own_house)) == Counter(page.url for page in pages)
    assert kept(own_house) == [page.url for page in pages]  # in the file's order, too
    told = rows(own_house, "SELECT count(*) FROM claims GROUP BY article_id")
    assert len(told) == len(pages)


@pytest.mark.slow
@pytest.mark.timeout(3600)
async def test_a_thousand_real_pages_under_fire(own_house: OwnHouse, tmp_path: Path) -> None:
    if not (REAL / "manifest.jsonl").exists():
        pytest.skip("the real pages are not beside this checkout")
    own_house.write(settings={"workers": 2})
    path = tmp_path / "news.warc.gz"
    write_warc(path, real_pages(1000))
    undisturbed = OwnHouse(folder=own_house.folder, state=tmp_path / "undisturbed")

    begun = time.monotonic()
    told = await backfill(undisturbed, "--warc", "--all", str(path))
    took_s = time.monotonic() - begun
    killed = await run_under_fire(own_house, path, 8, seed=8)

    articles_a_second = told["files"][0]["articles"] / took_s
    print(told["files"][0], f"{articles_a_second:.1f} articles/s; {killed} kills")
    assert killed >= 5
    assert kept(own_house) == kept(undisturbed)
    assert len(kept(own_house)) + told["files"][0]["failed"] + told["files"][0]["known"] == 1000


# The archive of a source


def index(*children: tuple[str, str]) -> str:
    told = "".join(
        f"<sitemap><loc>{url}</loc><lastmod>{day}</lastmod></sitemap>" for url, day in children
    )
    return f'<?xml version="1.0"?><sitemapindex {SITEMAPS}>{told}</sitemapindex>'


def urlset(*lines: tuple[str, str]) -> str:
    told = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in lines)
    return f'<?xml version="1.0"?><urlset {SITEMAPS}>{told}</urlset>'


def serve_archive(site: Any) -> dict[str, Any]:
    """A site whose robots.txt names an index of an index; its source."""
    days = [datetime(2025, 1, day, 9, tzinfo=UTC) for day in (3, 9, 27)]
    for number, at in enumerate(days):
        site.serve(f"/news/{number}", story(f"Veltor {number}", 100 + number, "Delmar Fund", at))
    old = datetime(2019, 5, 1, tzinfo=UTC)
    site.serve("/news/old", story("Veltor Old", 90, "Delmar Fund", old))
    site.serve("/robots.txt", f"User-agent: *\nDisallow: /private\nSitemap: {site.url('/top.xml')}")
    site.serve(
        "/top.xml",
        index(
            (site.url("/posts.xml"), "2026-01-01"),
            (site.url("/post_tag-sitemap.xml"), "2026-01-01"),
            (site.url("/sitemap-2024-11.xml"), "2026-01-01"),
            (site.url("/gone.xml"), "2026-01-01"),
        ),
        kind="application/xml",
    )
    site.serve("/posts.xml", index((site.url("/sitemap-2025-01.xml.gz"), "2026-01-01")))
    told = [(site.url(f"/news/{i}"), f"{at:%Y-%m-%d}") for i, at in reversed([*enumerate(days)])]
    told += [
        (site.url("/news/old"), "2025-01-20"),
        (site.url("/private/a"), "2025-01-05"),
        (site.url("/news/lost"), "2025-01-06"),
        ("https://elsewhere.example/a", "2025-01-05"),
    ]
    packed = gzip.compress(urlset(*told).encode())
    site.serve("/sitemap-2025-01.xml.gz", packed, kind="application/x-gzip")
    return {**WIRE, "url": site.url("/feed"), "private": "true"}


SPAN = ("wire", "--since", "2025-01-01", "--until", "2025-12-31")


async def test_an_archive_is_read_politely_oldest_first_and_once(
    own_house: OwnHouse, site: Any
) -> None:
    own_house.write(sources=[serve_archive(site)], rules=[RULE], targets=[TARGET])

    first = await backfill(own_house, *SPAN)
    hits = Counter(hit.path for hit in site.hits)
    again = await backfill(own_house, *SPAN)

    assert kept(own_house) == [site.url(f"/news/{i}") for i in range(3)]
    assert (first["articles"], first["outside"], first["failed"]) == (3, 1, 2)
    assert first["is_done"]
    for path in ("/private/a", "/post_tag-sitemap.xml", "/sitemap-2024-11.xml"):
        assert site.count(path) == 0
    assert max(hits[path] for path in hits if path != "/robots.txt") == 1
    assert site.busiest == 1
    assert again["articles"] == 0
    for path in (f"/news/{i}" for i in range(3)):
        assert site.count(path) == 1
    assert site.count("/news/old") == 1
    assert rows(own_house, "SELECT count(*) FROM alerts")[0][0] == 0


async def test_stopped_in_the_middle_it_asks_for_nothing_twice(
    own_house: OwnHouse, site: Any
) -> None:
    own_house.write(sources=[serve_archive(site)])

    first = await backfill(own_house, *SPAN, "--limit", "1", code=3)
    await backfill(own_house, *SPAN, "--limit", "1", code=3)
    last = await backfill(own_house, *SPAN)

    hits = Counter(hit.path for hit in site.hits)
    assert first["articles"] == 1
    assert last["is_done"]
    assert kept(own_house) == [site.url(f"/news/{i}") for i in range(3)]
    assert max(hits[path] for path in hits if path != "/robots.txt") == 1


async def test_a_time_out_waits_for_the_next_run(own_house: OwnHouse, site: Any) -> None:
    source = serve_archive(site)
    page = site.answers["/news/1"]
    site.serve("/news/1", "busy", status=503)
    own_house.write(sources=[source])

    first = await backfill(own_house, *SPAN, code=3)
    site.answers["/news/1"] = page
    second = await backfill(own_house, *SPAN)

    assert first["waiting"] == 1
    assert not first["is_done"]
    assert (second["articles"], second["is_done"]) == (1, True)
    assert site.count("/news/0") == 1
    assert site.count("/sitemap-2025-01.xml.gz") == 1


async def test_without_a_named_sitemap_common_places_are_tried(
    own_house: OwnHouse, site: Any
) -> None:
    source = serve_archive(site)
    site.serve("/robots.txt", "User-agent: *\nDisallow:")
    site.serve("/sitemap.xml", urlset((site.url("/news/0"), "2025-01-03")), kind="text/xml")
    own_house.write(sources=[source])

    assert (await backfill(own_house, *SPAN))["articles"] == 1
    assert site.count("/wp-sitemap.xml") == 0


async def test_a_site_without_a_sitemap_is_told_in_one_sentence(
    own_house: OwnHouse, site: Any
) -> None:
    own_house.write(sources=[{**WIRE, "url": site.url("/feed"), "private": "true"}])

    process = await asyncio.create_subprocess_exec(
        *own_house.command("backfill", *SPAN), stderr=asyncio.subprocess.PIPE
    )
    _, told = await process.communicate()

    assert process.returncode == 1
    assert "wire has no sitemap that can be read" in told.decode()
    assert "--sitemap URL" in told.decode()


async def test_the_watch_takes_what_its_feed_lists_meanwhile(
    own_house: OwnHouse, site: Any
) -> None:
    own_house.write(sources=[serve_archive(site)], rules=[RULE], targets=[TARGET])
    await backfill(own_house, *SPAN, "--limit", "1", code=3)
    item = f"<item><link>{site.url('/news/2')}</link></item>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</channel></rss>'
    site.serve("/feed", feed, kind="application/rss+xml")

    await own_house.rasid("once")
    rest = await backfill(own_house, *SPAN)

    assert rest["articles"] == 1
    assert site.count("/news/2") == 1
    assert len(kept(own_house)) == 3


MISTAKES = {
    "no source": ((), "name one source"),
    "unknown": (("nobody", "--since", "2025-01-01"), "no source is called nobody"),
    "no since": (("wire",), "--since 2025-01-01"),
    "no day": (("wire", "--since", "yesterday"), "is no day"),
    "backwards": (("wire", "--since", "2025-02-01", "--until", "2025-01-01"), "nothing lies"),
    "no file": (("--warc",), "--warc wants the files"),
}


@pytest.mark.parametrize(("words", "told"), MISTAKES.values(), ids=MISTAKES)
async def test_a_mistake_is_one_sentence(
    own_house: OwnHouse, words: tuple[str, ...], told: str
) -> None:
    own_house.write(sources=[WIRE])
    process = await asyncio.create_subprocess_exec(
        *own_house.command("backfill", *words), stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()

    assert process.returncode == 1
    assert told in said.decode()
    assert len(said.decode().splitlines()) == 1


async def test_beside_a_daemon_it_says_what_to_do(own_house: OwnHouse, tmp_path: Path) -> None:
    from crawler.storage.lock import lock_state

    own_house.write(sources=[WIRE])
    with lock_state(own_house.state):
        process = await asyncio.create_subprocess_exec(
            *own_house.command("backfill", "--warc", "x"), stderr=asyncio.subprocess.PIPE
        )
        _, said = await process.communicate()

    assert process.returncode == 1
    assert "Stop it (`systemctl stop rasid`)" in said.decode()
