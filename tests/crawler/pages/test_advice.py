"""Advice ends in what to write, and never shows a key of the owner's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from config.errors import Blocked, Gone, Unreachable
from config.model import Source
from crawler.model import Evidence, Listing, Published
from crawler.pages.advice import PageCheck, Probed, advise, without_secrets
from crawler.pages.forms import Form, Head
from crawler.pages.survey import measure

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def source(**fields: Any) -> Source:
    block = {"id": "quay", "name": "Quay", "url": "https://quay.example/feed", "kind": "feed"}
    return Source.model_validate({**block, **fields})


def probed(raw: str = "Wed, 25 Nov 2026 11:00:00 +0300", **fields: Any) -> Probed:
    at = NOW - timedelta(hours=1)
    line = Listing(
        url="https://quay.example/1", published=Published(at=at, evidence=Evidence.FEED, raw=raw)
    )
    survey = replace(measure([line]), head=Head(form=Form.RSS, version="2.0"))
    page = PageCheck(url=line.url, title="A title", published=at, body_length=900)
    whole: dict[str, Any] = {"source": source(), "url": "https://quay.example/feed"}
    return Probed(**{**whole, "at": NOW, "survey": survey, "page": page, **fields})


def test_nothing_is_said_where_all_is_well() -> None:
    assert advise(probed()) == ()


def test_the_zone_of_the_country_is_named() -> None:
    naked = probed("2026-11-25 11:00", source=source(country="SA"))

    (advice,) = advise(naked, {"SA": "Asia/Riyadh"})

    assert advice.text == "write `zone: Asia/Riyadh`: its dates carry none"
    assert not advice.trouble


MOVED = {
    "for good": (
        (301,),
        "https://quay.example/new",
        "write `url: https://quay.example/new`",
        False,
    ),
    "for good, to another host": (
        (308,),
        "https://other.example/feed",
        "it moved there for good on another host",
        True,
    ),
    "for now, to another host": (
        (302,),
        "https://other.example/feed",
        "look at https://other.example/feed: it sends us there for now",
        False,
    ),
    "to the front page": ((301,), "https://quay.example/", "leads to a front page", True),
}


@pytest.mark.parametrize(("redirects", "url", "sentence", "trouble"), MOVED.values(), ids=MOVED)
def test_moved(redirects: tuple[int, ...], url: str, sentence: str, trouble: bool) -> None:
    (advice,) = advise(probed(redirects=redirects, url=url))

    assert sentence in advice.text
    assert advice.trouble is trouble


def test_a_redirect_for_now_on_the_own_host_is_no_news() -> None:
    assert advise(probed(redirects=(302,), url="https://quay.example/feed?page=1")) == ()


ERRORS = {
    "rest": (Blocked("Quay asks us to wait.", until=NOW), "raise `rhythm_min:`: Quay asks"),
    "wall": (Blocked("Quay does not let us in (403)."), "`enabled: no`, or ask the publisher"),
    "gone": (Gone("Quay says so."), "`rasid sources add https://quay.example/`: Quay says so."),
    "down": (Unreachable("Quay took too long."), "nothing to change yet: Quay took too long."),
}


@pytest.mark.parametrize(("error", "sentence"), ERRORS.values(), ids=ERRORS)
def test_what_did_not_answer(error: Any, sentence: str) -> None:
    (advice,) = advise(Probed(source=source(), at=NOW, error=error))

    assert sentence in advice.text
    assert advice.trouble


KEYS = {
    "https://a.example/feed?id=7&sectionid=1523": "https://a.example/feed?id=7&sectionid=1523",
    "https://a.example/feed?api_key=abc&id=7": "https://a.example/feed?api_key=…&id=7",
    "https://a.example/f?u=0123456789abcdef01234": "https://a.example/f?u=…",
}


@pytest.mark.parametrize(("url", "shown"), KEYS.items(), ids=["plain", "by name", "by length"])
def test_keys_are_not_shown(url: str, shown: str) -> None:
    assert without_secrets(url) == shown
