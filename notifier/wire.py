"""What did the service really answer to the requests of one send?

Apprise tells a failure in prose, without Retry-After and mostly without the words of the service.
So each HTTP request of its plugins is heard where it leaves, for sends that listen; requests of
anybody else pass as they are.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar
from typing import Any

from requests import PreparedRequest, RequestException, Response, Session
from requests.exceptions import (
    ChunkedEncodingError,
    ConnectionError,
    ConnectTimeout,
    ContentDecodingError,
    ProxyError,
    ReadTimeout,
    SSLError,
)
from urllib3.exceptions import MaxRetryError

from notifier.refusals import Exchange, wait_of

_BODY_SIZE = 2000  # characters of an answer that are looked at

_heard: ContextVar[list[Exchange] | None] = ContextVar("exchanges", default=None)
_really_send = Session.send


def listen(exchanges: list[Exchange]) -> None:
    """Put every exchange of this thread's requests into `exchanges` from now on."""
    Session.send = _send  # type: ignore[method-assign]
    _heard.set(exchanges)


def keep_quiet() -> None:
    """Let no library print an address: at DEBUG these do, whatever level the owner set."""
    for name in ("urllib3", "requests"):
        if logging.getLogger(name).level < logging.INFO:
            logging.getLogger(name).setLevel(logging.INFO)


def exchange_of(answer: Response) -> Exchange:
    """`answer` as what it means is looked up by."""
    body = answer.text[:_BODY_SIZE]
    headers = {name.lower(): value for name, value in answer.headers.items()}
    wait_s = wait_of(headers, body) if answer.status_code >= 400 else None
    return Exchange(status=answer.status_code, body=body, wait_s=wait_s)


def unanswered(error: RequestException, method: str | None) -> Exchange:
    """A request that `error` ended, as what it means is looked up by."""
    left = _has_left(error) and method not in ("GET", "HEAD")  # a look-up carries no message
    return Exchange(status=None, left=left, is_tls=isinstance(error, SSLError))


def _send(self: Session, request: PreparedRequest, **kwargs: Any) -> Response:
    exchanges = _heard.get()
    if exchanges is None:
        return _really_send(self, request, **kwargs)
    try:
        answer = _really_send(self, request, **kwargs)
    except RequestException as error:
        exchanges.append(unanswered(error, request.method))
        raise
    exchanges.append(exchange_of(answer))
    if answer.status_code == 429:
        # Discord's plugin would sleep until it may, and send again; the outbox waits better.
        raise RequestException("told to wait")
    return answer


def _has_left(error: RequestException) -> bool:
    if isinstance(error, ReadTimeout | ChunkedEncodingError | ContentDecodingError):
        return True
    if not isinstance(error, ConnectionError) or isinstance(
        error, ConnectTimeout | ProxyError | SSLError
    ):
        return False
    # Without retries, urllib3 gives up with this one only before there is a connection.
    return not (error.args and isinstance(error.args[0], MaxRetryError))
