"""After warm-up, reading opens no file, no socket and no process."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

from config.load import load_companies, load_lexicons
from crawler.model import Article
from crawler.reading.read import build_reader, read_article

NOON = datetime(2025, 1, 24, 12, tzinfo=UTC)
WATCHED = ("open", "socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn")
STORIES = [
    ("ar", "ميتا تعتزم إنفاق ما بين 60 و65 مليار دولار على الذكاء الاصطناعي"),
    ("en", "Meta plans to spend between $60 billion and $65 billion on AI in 2025"),
    ("fr", "Une jeune pousse de l'IA lève 105 millions d'euros"),
    ("xx", "Bolo plara sint a 12 mirr"),
]


def article(language: str, text: str, number: int) -> Article:
    return Article(
        url=f"https://outlet.example/{number}",
        source_id=None,
        title=text,
        body=f"{text}. {number}",
        language=language,
        published=None,
        fetched_at=NOON,
    )


def test_reading_twenty_articles_touches_nothing() -> None:
    reader = build_reader(load_lexicons(None), load_companies(None), digest="test")
    articles = [article(*STORIES[n % len(STORIES)], n) for n in range(20)]
    read_article(articles[0], reader)
    touched: list[str] = []
    watching = True

    def watch(event: str, _args: tuple[Any, ...]) -> None:
        if watching and event.startswith(WATCHED):
            touched.append(event)

    sys.addaudithook(watch)  # cannot be taken off again: `watching` ends it
    readings = [read_article(each, reader) for each in articles]
    watching = False

    assert touched == []
    assert sum(len(reading.figures) for reading in readings) >= 10
