"""What happened when we asked, by status, headers and first bytes?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum

from config.errors import Blocked, FetchError, Gone, Unreachable

REST_DEFAULT_S = 300  # where Retry-After is missing or cannot be read
REST_CAP_S = 24 * 3600  # "Retry-After: 999999999" must not silence a source for ever
MAX_AGE_CAP_S = 24 * 3600
ETAG_CAP_BYTES = 256

# Whole titles of pages that stand before the page: walls we report and never defeat. A headline
# that only begins so ("Access denied: how chip rules …") is none.
WALL_TITLE = re.compile(
    rb"<title[^>]*>\s*(?:[\w .]{1,30} - )?"
    rb"(?:just a moment|attention required|access (?:to this page has been )?denied|captcha"
    rb"|are you (?:a robot|human)|pardon our interruption|please verify you are [a-z ]{1,20}"
    rb"|verifying you are human|security check(?: required)?|robot check|bot verification"
    rb"|before you continue(?: to \w{1,20})?|human verification|ddos-guard)"
    rb"[\s.!?]*(?:\xe2\x80\xa6)?(?:[|-][^<]{0,40})?</title",
    re.IGNORECASE,
)
WALL_CAP_BYTES = 128 * 1024  # a wall is a small page; an article about walls may be a large one


class Outcome(StrEnum):
    """What one request came to."""

    FRESH = "fresh"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"
    GONE = "gone"
    EMPTY = "empty"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An outcome with its sentence, which goes on from the name of a host."""

    outcome: Outcome
    sentence: str
    until: datetime | None = None  # when the host may be asked again, UTC


def judge(
    status: int, headers: Mapping[str, str], body: bytes, *, conditional: bool, now: datetime
) -> Answer:
    """What an answer means. `headers` has lower-case names; `body` is decoded.

    `conditional`: we sent a validator, so 304 is an honest answer.
    """
    if status == 304:
        return _unchanged(conditional=conditional)
    if is_rest(status, headers):
        until = parse_retry_after(headers.get("retry-after"), now=now)
        return _blocked(f"asks us to wait until {until:%Y-%m-%d %H:%M} UTC ({status})", until)
    if status in (401, 402, 403, 407, 451):
        return _blocked(f"does not let us in ({status})")
    if status in (404, 410):
        return Answer(outcome=Outcome.GONE, sentence=f"says that the page is gone ({status})")
    if 300 <= status < 400:
        return _broken(f"sends us to an address that we do not follow ({status})")
    if status not in (200, 203):
        return _broken(f"answered with an error ({status})")
    if "cf-mitigated" in headers or is_wall(body):
        return _blocked("shows a test for humans in place of the page")
    if not body.strip():
        return Answer(outcome=Outcome.EMPTY, sentence="answered with an empty page")
    return Answer(outcome=Outcome.FRESH, sentence="answered")


def error_of(answer: Answer, host: str, subject: str) -> FetchError | None:
    """The error that `answer` is to whoever asked; None for a good one."""
    sentence = f"{host} {answer.sentence}."
    match answer.outcome:
        case Outcome.FRESH | Outcome.UNCHANGED:
            return None
        case Outcome.BLOCKED:
            return Blocked(sentence, subject=subject, until=answer.until)
        case Outcome.GONE:
            return Gone(sentence, subject=subject)
    return Unreachable(sentence, subject=subject)


def is_rest(status: int, headers: Mapping[str, str]) -> bool:
    """Whether the host asks for a rest: always by 429, else by an error with Retry-After."""
    return status == 429 or (status in (403, 503) and "retry-after" in headers)


def is_wall(body: bytes) -> bool:
    """Whether a captcha or consent page stands in place of the page."""
    return len(body) <= WALL_CAP_BYTES and WALL_TITLE.search(body, 0, 4096) is not None


def parse_retry_after(value: str | None, *, now: datetime) -> datetime:
    """The end of the rest that Retry-After asks for, in seconds or as a date.

    Missing or unreadable: five minutes. Never more than a day, never less than a second.
    """
    seconds = float(REST_DEFAULT_S)
    text = (value or "").strip()
    if re.fullmatch(r"[0-9]{1,12}", text):
        seconds = float(text)
    elif text:
        try:
            at = parsedate_to_datetime(text)
            at = at if at.tzinfo else at.replace(tzinfo=UTC)
            seconds = (at - now).total_seconds()
        except (ValueError, TypeError, OverflowError, IndexError):
            pass
    return now + timedelta(seconds=min(max(seconds, 1.0), REST_CAP_S))


def parse_max_age(cache_control: str | None, age: str | None = None) -> int | None:
    """Seconds for which the answer is still fresh, at most a day; None where nothing is said.

    `age`: for how long a cache between us held it already. **Unit**: s. **Source**: RFC 9111.
    """
    text = (cache_control or "").lower()
    if re.search(r"(?:^|[\s,])no-(?:cache|store)(?:$|[\s,])", text):
        return None  # it may be another one in a second
    found = re.search(r"(?:^|[\s,])max-age\s*=\s*\"?([0-9]{1,9})", text)
    if found is None:
        return None
    held = int(age) if age and re.fullmatch(r"[0-9]{1,9}", age.strip()) else 0
    return min(max(int(found[1]) - held, 0), MAX_AGE_CAP_S)


def parse_validator(value: str | None) -> str | None:
    """An ETag or Last-Modified that may be stored and sent back; None if it is too long."""
    text = (value or "").strip()
    return text if text and len(text) <= ETAG_CAP_BYTES and text.isprintable() else None


def _unchanged(*, conditional: bool) -> Answer:
    if conditional:
        return Answer(outcome=Outcome.UNCHANGED, sentence="has nothing new")
    # Taken for "no news", a bare 304 would blind us to the source for ever.
    return _broken("says that nothing changed, though we did not ask that (304)")


def _blocked(sentence: str, until: datetime | None = None) -> Answer:
    return Answer(outcome=Outcome.BLOCKED, sentence=sentence, until=until)


def _broken(sentence: str) -> Answer:
    return Answer(outcome=Outcome.BROKEN, sentence=sentence)
