"""What can go wrong, and who must act on it?

A class exists only where somebody acts differently on it::

    RasidError                 a sentence, and the subject it is about
    ├── ConfigError            the owner's file is wrong                   exit code 2
    ├── FetchError             a stranger's server did not answer as asked
    │   ├── Unreachable        DNS, TLS, time-out, 5xx                     retry, back off
    │   ├── Blocked            403, 429, captcha, consent page             slow down, never defeat
    │   └── Gone               404, 410                                    never again
    ├── LayoutChanged          fetched well, but title or body is missing  keep the Listing
    ├── StorageError
    │   ├── StorageBusy        waited longer than busy_timeout_s           retry once
    │   └── SchemaTooNew       database written by a newer version         refuse to start
    └── DeliveryError          a message did not leave                     retry or park
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal


class RasidError(Exception):
    """Anything that Rasid tells its owner in a sentence.

    `subject` is the id, URL or path that the sentence is about.
    """

    def __init__(self, sentence: str, *, subject: str | None = None) -> None:
        super().__init__(sentence)
        self.subject = subject


class ConfigError(RasidError):
    """The owner's files are wrong; every mistake is one line of the sentence."""


class FetchError(RasidError):
    """A look or a fetch failed. `retry` and `blame` say what the caller does next."""

    retry: Literal["after", "never"] = "after"
    blame: Literal["us", "them"] = "them"
    status: int | None = None  # of the HTTP answer; None: there was none
    robots: Literal["refused", "unreadable"] | None = None  # where robots.txt was the reason


class Unreachable(FetchError):
    """DNS, TLS, a time-out or a 5xx: try again later, with back-off.

    `passing`: networks do that every day (a time-out, a connection that broke).
    """

    def __init__(
        self,
        sentence: str,
        *,
        subject: str | None = None,
        passing: bool = False,
        blame: Literal["us", "them"] = "them",
    ) -> None:
        super().__init__(sentence, subject=subject)
        self.passing = passing
        self.blame = blame


class Blocked(FetchError):
    """The site says no or not now (403, 429, captcha, consent): slow down, never defeat it."""

    def __init__(
        self, sentence: str, *, subject: str | None = None, until: datetime | None = None
    ) -> None:
        super().__init__(sentence, subject=subject)
        self.until = until  # from Retry-After, UTC


class Gone(FetchError):
    """404 or 410: the page will not come back."""

    retry = "never"


class LayoutChanged(RasidError):
    """Fetched well, but the page has no title or no body where we look for them."""


class StorageError(RasidError):
    """The database cannot be used as it is."""


class StorageBusy(StorageError):
    """Another process held the database longer than busy_timeout_s."""


class SchemaTooNew(StorageError):
    """A newer Rasid wrote this database; an older one must not touch it."""


class DeliveryError(RasidError):
    """A message did not reach `target` (a tag, never a URL).

    `permanent`: a repeat cannot help. `unsure`: it may have been accepted. `wait_s`: the service
    asks us to wait so long. `too_many`: we were too fast, so this was no try.
    """

    def __init__(
        self,
        sentence: str,
        *,
        target: str,
        permanent: bool = False,
        unsure: bool = False,
        wait_s: float | None = None,
        too_many: bool = False,
    ) -> None:
        super().__init__(sentence, subject=target)
        self.target = target
        self.permanent = permanent
        self.unsure = unsure
        self.wait_s = wait_s
        self.too_many = too_many
