"""What does Apprise say of a failure, and who may hear it?

Only its debug lines tell "refused" from "answer lost", and these hold tokens. So no record of
Apprise's reaches any handler, at whatever level the owner set; the cause goes on in our own words,
as a DeliveryError.
"""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from notifier.mail_refusals import MAIL_LEAVES
from notifier.wire import keep_quiet

_LINES = 100
_LENGTH = 500  # characters of a line

_really_data = smtplib.SMTP.data

_heard: ContextVar[list[str] | None] = ContextVar("heard", default=None)


@contextmanager
def hearing(lines: list[str]) -> Iterator[None]:
    """Put what Apprise says in this thread into `lines` until the block ends."""
    token = _heard.set(lines)
    try:
        yield
    finally:
        _heard.reset(token)


def hush() -> None:
    """Let nothing of Apprise, and no address of the libraries below it, into any log."""
    log = logging.getLogger("apprise")
    if _EAR not in log.filters:
        log.addFilter(_EAR)
    if log.level != logging.DEBUG:  # for the ear; nothing passes it
        log.setLevel(logging.DEBUG)
    smtplib.SMTP.data = _data  # type: ignore[method-assign]
    keep_quiet()


def _data(self: smtplib.SMTP, msg: Any) -> tuple[int, bytes]:
    lines = _heard.get()
    if lines is not None:
        lines.append(MAIL_LEAVES)
    return _really_data(self, msg)


class _Ear(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        lines = _heard.get()
        if lines is not None and len(lines) < _LINES:
            lines.append(record.getMessage()[:_LENGTH])
        return False


_EAR = _Ear()
