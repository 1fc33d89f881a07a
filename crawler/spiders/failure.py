"""What went wrong with a download, in words that go on from the name of a host?"""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)

from config.errors import FetchError, Unreachable

SENTENCES: dict[type[Exception], str] = {
    CannotResolveHostError: "has no public address under this name",
    DownloadTimeoutError: "took too long to answer",
    DownloadCancelledError: "sent more than we read at once",
    DownloadConnectionRefusedError: "refuses the connection",
    ResponseDataLossError: "broke off in the middle of its answer",
    IgnoreRequest: "sends us from address to address without end",
    ValueError: "sends us to an address that we do not follow",  # a Location that is no URL
}
DOWNLOAD_FAILURES: tuple[type[Exception], ...] = (FetchError, DownloadFailedError, *SENTENCES)
PASSING = (DownloadTimeoutError, DownloadConnectionRefusedError, ResponseDataLossError)
BROKEN_OFF = "broke the connection or does not speak HTTP"
TLS_MARKS = ("SSL", "certificate", "VerificationError", "TLS")


def describe_failure(error: BaseException) -> str:
    """A sentence for `error`, whichever layer raised it. Holds no address and no class name."""
    if isinstance(error, FetchError):
        return str(error)
    for kind, sentence in SENTENCES.items():
        if isinstance(error, kind):
            return sentence
    if isinstance(error, DownloadFailedError):
        if any(mark in f"{error}{error.__cause__!r}" for mark in TLS_MARKS):
            return "has no valid certificate or no safe encryption"
        return BROKEN_OFF
    return "gave an answer that cannot be read"


def subject_of(url: str) -> str:
    """`url` for messages and logs: without a user name or a query, which may hold secrets."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"[:200]
    except ValueError:
        return "an address that cannot be read"


def fetch_error_of(error: BaseException, *, host: str, subject: str) -> FetchError:
    """`error` as one of ours, with a whole sentence."""
    if isinstance(error, FetchError):
        return error
    said = describe_failure(error)
    passing = isinstance(error, PASSING) or said == BROKEN_OFF
    return Unreachable(f"{host} {said}.", subject=subject, passing=passing)
