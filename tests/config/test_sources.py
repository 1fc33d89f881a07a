"""The shipped catalogue: every block as the header of config/sources/ar.yaml promises it."""

from __future__ import annotations

import re
import time
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from config.layers import Layers
from config.load import load_config
from config.model import Source

ROOT = Path(__file__).parents[2]
LEXICONS = {path.stem for path in (ROOT / "config/lexicon").glob("*.yaml")}


@pytest.fixture(scope="module")
def sources() -> tuple[Source, ...]:
    any_amount = (Decimal(1), "USD")
    return load_config(None, parse_amount=lambda _: any_amount, environment={}).sources


def test_at_least_two_hundred_are_shipped_and_readme_counts_them(
    sources: tuple[Source, ...],
) -> None:
    on = [source for source in sources if source.enabled]
    languages = {source.language for source in sources}
    told = re.search(
        r"(\d+) addresses of (\d+) publishers in (\d+) languages; (\d+) of them are watched",
        (ROOT / "README.md").read_text("utf-8"),
    )
    publishers = {source.owner or source.id for source in sources}

    assert len(sources) >= 200
    assert told is not None
    assert [int(number) for number in told.groups()] == [
        len(sources),
        len(publishers),
        len(languages),
        len(on),
    ]


def test_no_address_stands_twice(sources: tuple[Source, ...]) -> None:
    plain = [source.url.casefold().rstrip("/").replace("://www.", "://") for source in sources]

    assert [url for url, count in Counter(plain).items() if count > 1] == []
    assert [url for url in plain if not url.startswith("https://")] == []


def test_only_open_sources_are_watched_and_the_one_that_the_owner_asked_for(
    sources: tuple[Source, ...],
) -> None:
    odd = [s.id for s in sources if s.enabled and s.access != "open"]

    assert odd == ["alqiyady"]
    assert [s.id for s in sources if s.access is None or s.confidence is None] == []
    assert [s.id for s in sources if s.enabled and "news.google." in s.url] == []


def test_a_source_that_is_not_watched_says_why(sources: tuple[Source, ...]) -> None:
    assert [s.id for s in sources if not s.enabled and len(s.reason or "") < 15] == []
    assert [s.id for s in sources if s.enabled and s.reason] == []


def test_what_is_watched_can_be_read(sources: tuple[Source, ...]) -> None:
    assert [s.id for s in sources if s.enabled and s.language not in LEXICONS] == []


def test_each_language_has_its_own_file() -> None:
    documents, _ = Layers(None).both("sources")
    wrong = [
        (document.path.name, block["id"])
        for document in documents
        for block in document.value["sources"]
        if document.path.stem != block["language"]
    ]

    assert wrong == []


def test_one_site_has_one_owner(sources: tuple[Source, ...]) -> None:
    """Else two sections of one paper would confirm each other."""
    owners = defaultdict(set)
    for source in sources:
        # A host that serves the feeds of many publications says nothing of who owns them.
        host = re.sub(r"^https://(?:www\.)?([^/]+).*", r"\1", source.url)
        if host not in {"news.google.com", "feeds.feedburner.com"}:
            owners[host].add(source.owner or source.id)
    groups = Counter(source.owner for source in sources if source.owner)

    assert {host: names for host, names in owners.items() if len(names) > 1} == {}
    assert sum(count > 1 for count in groups.values()) >= 30


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("financial-times", "nikkei-asia"),
        ("aawsat", "argaam-ar"),
        ("business-insider", "gruenderszene"),
        ("corriere-economia", "expansion"),
    ],
)
def test_sisters_have_one_owner(sources: tuple[Source, ...], one: str, other: str) -> None:
    owners = {source.id: source.owner for source in sources}

    assert owners[one] == owners[other] is not None


def test_releases_are_the_parties_own_words(sources: tuple[Source, ...]) -> None:
    own = {source.owner for source in sources if source.primary}

    assert {"pr-newswire", "business-wire", "globenewswire", "pr-times", "nvidia"} <= own
    assert own.isdisjoint({"techcrunch", "srmg", "nikkei", "bloomberg"})


def test_text_is_kept_only_where_terms_allow_it(sources: tuple[Source, ...]) -> None:
    kept = {source.owner or source.id for source in sources if source.keep_text}

    assert kept == {"nvidia", "pandaily", "sec"}


def test_the_catalogue_loads_fast() -> None:
    spent = []
    for _ in range(3):
        start = time.process_time()
        Layers(None).both("sources")
        spent.append(time.process_time() - start)

    assert min(spent) < 0.5
