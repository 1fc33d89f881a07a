"""What an answer means, from status, headers and first bytes alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.spiders.outcome import (
    Outcome,
    judge,
    parse_max_age,
    parse_retry_after,
    parse_validator,
)

NOW = datetime(2025, 1, 24, 9, 0, tzinfo=UTC)
PAGE = b"<html><title>Plans</title><p>between 60 and 65 bn</p>"
LONG = b"<title>Access denied</title>" + b"<p>how walls keep readers out</p>" * 5_000

ANSWERS = {
    "page": (200, {}, PAGE, False, Outcome.FRESH),
    "page by way of a proxy": (203, {}, PAGE, False, Outcome.FRESH),
    "unchanged": (304, {}, b"", True, Outcome.UNCHANGED),
    "unchanged, unasked": (304, {}, b"", False, Outcome.BROKEN),
    "nothing": (200, {}, b" \r\n", False, Outcome.EMPTY),
    "no content": (204, {}, b"", False, Outcome.BROKEN),
    "redirect we do not follow": (302, {}, b"", False, Outcome.BROKEN),
    "bad request": (400, {}, PAGE, False, Outcome.BROKEN),
    "password": (401, {}, PAGE, False, Outcome.BLOCKED),
    "payment": (402, {}, PAGE, False, Outcome.BLOCKED),
    "forbidden": (403, {}, PAGE, False, Outcome.BLOCKED),
    "not there": (404, {}, PAGE, False, Outcome.GONE),
    "gone": (410, {}, PAGE, False, Outcome.GONE),
    "too many": (429, {}, b"", False, Outcome.BLOCKED),
    "for legal reasons": (451, {}, b"", False, Outcome.BLOCKED),
    "server error": (500, {}, b"", False, Outcome.BROKEN),
    "away": (503, {}, b"", False, Outcome.BROKEN),
    "away until": (503, {"retry-after": "9"}, b"", False, Outcome.BLOCKED),
    "no such status": (999, {}, PAGE, False, Outcome.BROKEN),
    "challenge by header": (200, {"cf-mitigated": "challenge"}, PAGE, False, Outcome.BLOCKED),
    "challenge by title": (200, {}, b"<TITLE>\nJust a moment...</TITLE>", False, Outcome.BLOCKED),
    "challenge with its maker's name": (
        200,
        {},
        b"<title>Attention Required! | Cloudflare</title>",
        False,
        Outcome.BLOCKED,
    ),
    "challenge after the site's name": (
        200,
        {},
        b"<title>Bloomberg - Are you a robot?</title>",
        False,
        Outcome.BLOCKED,
    ),
    "consent": (200, {}, b"<title>Before you continue to Google</title>", False, Outcome.BLOCKED),
    "headline that begins like a wall": (
        200,
        {},
        b"<title>Access denied: how chip rules cost a maker 5 bn</title>",
        False,
        Outcome.FRESH,
    ),
    "headline about a check": (
        200,
        {},
        b"<title>Security check of 60 bn data centers ordered</title>",
        False,
        Outcome.FRESH,
    ),
    "article about walls": (200, {}, LONG, False, Outcome.FRESH),
}


@pytest.mark.parametrize(
    ("status", "headers", "body", "conditional", "outcome"), ANSWERS.values(), ids=ANSWERS
)
def test_answer_means(
    status: int, headers: dict[str, str], body: bytes, conditional: bool, outcome: Outcome
) -> None:
    answer = judge(status, headers, body, conditional=conditional, now=NOW)

    assert answer.outcome is outcome
    assert answer.sentence


RESTS = {
    "seconds": ("120", 120),
    "a date": ("Fri, 24 Jan 2025 09:10:00 GMT", 600),
    "a date without zone": ("Fri, 24 Jan 2025 09:10:00", 600),
    "a date gone by": ("Fri, 24 Jan 2020 09:10:00 GMT", 1),
    "zero": ("0", 1),
    "a week": ("604800", 86400),
    "thirty years": ("999999999", 86400),
    "the year 9999": ("Fri, 31 Dec 9999 23:59:59 GMT", 86400),
    "rubbish": ("-5; DROP", 300),
    "digits without end": ("9" * 5000, 300),
    "a fraction": ("1.5", 300),
    "other digits": ("١٢٠", 300),
    "missing": (None, 300),
}


@pytest.mark.parametrize(("header", "seconds"), RESTS.values(), ids=RESTS)
def test_retry_after_asks_for(header: str | None, seconds: int) -> None:
    assert parse_retry_after(header, now=NOW) == NOW + timedelta(seconds=seconds)


AGES = {
    "plain": ("max-age=600", None, 600),
    "among others": ("public, s-maxage=5, Max-Age=60, must-revalidate", None, 60),
    "shared only": ("s-maxage=5", None, None),
    "no-store": ("no-store", None, None),
    "a year": ("max-age=31536000", None, 86400),
    "rubbish": ("max-age=soon", None, None),
    "missing": (None, None, None),
    "to be asked each time": ("no-cache, max-age=600", None, None),
    "held by a cache": ("max-age=600", "590", 10),
    "held for longer": ("max-age=600", "9000", 0),
    "an age that is none": ("max-age=600", "-5", 600),
}


@pytest.mark.parametrize(("header", "age", "seconds"), AGES.values(), ids=AGES)
def test_cache_control_says(header: str | None, age: str | None, seconds: int | None) -> None:
    assert parse_max_age(header, age) == seconds


VALIDATORS = {
    "strong": ('"v1"', '"v1"'),
    "weak": ('W/"v1"', 'W/"v1"'),
    "at the limit": ("a" * 256, "a" * 256),
    "over it": ("a" * 257, None),
    "with a line break": ("a\nX-Evil: 1", None),
    "blank": (" ", None),
    "missing": (None, None),
}


@pytest.mark.parametrize(("header", "kept"), VALIDATORS.values(), ids=VALIDATORS)
def test_validator_is_kept(header: str | None, kept: str | None) -> None:
    assert parse_validator(header) == kept
