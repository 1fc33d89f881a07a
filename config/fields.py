"""Which texts are more than text: days, addresses, zones, codes and patterns?

Each raises ValueError with a sentence that says what to write instead; config/load.py adds the
file, the line, the column and the value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field

from config.codes import COUNTRIES, LANGUAGES
from config.mistakes import did_you_mean
from config.quiet import parse_quiet


def _day(written: Any) -> Any:
    # pydantic reads a number as seconds since 1970: 20250124 would be a day in August 1970.
    if isinstance(written, date) or (
        isinstance(written, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", written)
    ):
        return written
    raise ValueError("no day: write it as 2025-01-24")


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        good = False
    if not good or re.search(r"\s", text):
        raise ValueError("no web address: write it whole, e.g. https://example.org/feed")
    return text


def _listen(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) < 65_536):
        raise ValueError("no address to listen on: write host:port, e.g. 127.0.0.1:8787")
    return text


def _zone(text: str) -> str:
    if text == "UTC":  # known also where the machine has no table of zones
        return text
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of the table
        known = did_you_mean(text, available_timezones())
        raise ValueError(f"no IANA time zone{known or ': write e.g. Asia/Riyadh'}") from None
    return text


def _quiet(text: str) -> str:
    parse_quiet(text)
    return text


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"no regular expression: {error}; write e.g. /news/[0-9]+") from None
    return text


DAYS_OF_WEEK = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
)  # fmt: skip


def _digest_time(text: str) -> str:
    words = text.lower().split()
    rhythm, days, clock = words[:1], words[1:-1], words[-1:]
    is_good = bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", clock[0] if clock else ""))
    if rhythm == ["daily"]:
        is_good = is_good and not days
    else:
        is_good = is_good and rhythm == ["weekly"] and len(days) == 1 and days[0] in DAYS_OF_WEEK
    if not is_good:
        raise ValueError("no time of a digest: write daily 08:00, or weekly sunday 08:00")
    return " ".join(words)


def _one_of(codes: frozenset[str], what: str, fold: Callable[[str], str]) -> Callable[[str], str]:
    def check(text: str) -> str:
        if text in codes:
            return text
        hint = f"; did you mean {fold(text)!r}?" if fold(text) in codes else ""
        raise ValueError(f"no {what}{hint}")

    return check


Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
Day = Annotated[date, BeforeValidator(_day)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Listen = Annotated[str, AfterValidator(_listen)]
DigestTime = Annotated[str, AfterValidator(_digest_time)]
Zone = Annotated[str, AfterValidator(_zone)]
QuietHours = Annotated[str, AfterValidator(_quiet)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Language = Annotated[
    str, AfterValidator(_one_of(LANGUAGES, "ISO 639-1 language: write e.g. ar", str.lower))
]
Country = Annotated[
    str, AfterValidator(_one_of(COUNTRIES, "ISO 3166 country: write e.g. SA", str.upper))
]
