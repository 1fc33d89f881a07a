"""A reader of the shipped lexicons and companies, built once for the room."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.load import load_around, load_letters, load_likeness, load_places
from config.model import Company
from crawler.model import Article, Evidence, Published
from crawler.reading.figures import find_figures
from crawler.reading.read import Reader, build_reader
from crawler.reading.scan import Scan, scan_article

HOUSE = Path(__file__).parents[3]


def load(path: Path) -> Any:
    """YAML as the house reads it: text stays text."""
    return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)


@pytest.fixture(scope="session")
def reader() -> Reader:
    companies = load(HOUSE / "config/companies.yaml")["companies"]
    return build_reader(
        {path.stem: load(path) for path in (HOUSE / "config/lexicon").glob("*.yaml")},
        [Company(**company) for company in companies],
        digest="test",
        places=load_places(),
        likeness=load_likeness(),
        letters=load_letters(),
        around=load_around(),
    )


@pytest.fixture
def article() -> Callable[..., Article]:
    """An article from its title and body."""

    def make(title: str, body: str = "", *, language: str | None = "en", on: str = "2025-06-01"):
        at = datetime.fromisoformat(on).replace(tzinfo=UTC)
        return Article(
            url="https://news.example/story",
            source_id=None,
            title=title,
            body=body,
            language=language,
            published=Published(at=at, evidence=Evidence.FEED),
            fetched_at=at,
        )

    return make


@pytest.fixture
def scanned(reader: Reader, article: Callable[..., Article]) -> Callable[..., Scan]:
    """The scan of an article from its title and body."""

    def scan(title: str, language: str = "en", body: str = "") -> Scan:
        story = article(title, body, language=language)
        figures = find_figures(story.text, reader.lexicons[language])
        return scan_article(story, language, figures, reader.names, reader.words[language])

    return scan
