"""How does a JSON message reach an address of the owner's, so that it can be trusted there?

Signed as standardwebhooks.com says: HMAC-SHA256 over id, time and body. The receiver drops doubles
by `webhook-id`. Any address that the owner writes is asked, private ones too; where that sends us
on to is not: nobody has checked it.
"""

from __future__ import annotations

import base64
import hmac
from datetime import datetime
from threading import Thread

import requests

from config.model import Target
from notifier.payload import Event
from notifier.refusals import Exchange, error_of, refusal_of, wait_of
from notifier.wire import keep_quiet, unanswered

_TIMEOUT_S = (5.0, 20.0)  # to connect, and between two bytes
_WHOLE_S = 45.0  # less than the 60 s of a lease


def post(event: Event, target: Target, *, now: datetime, whole_s: float = _WHOLE_S) -> None:
    """Send `event` to `target` and wait for the answer; any 2xx is a yes.

    Raises DeliveryError, as `deliver` does.
    """
    keep_quiet()
    heard: list[Exchange] = []
    # A receiver that drips its answer is left behind with its thread.
    thread = Thread(target=lambda: heard.append(_exchange(event, target, now)), daemon=True)
    thread.start()
    thread.join(whole_s)
    exchange = heard[0] if heard else Exchange(status=None)
    if exchange.status is None or not 200 <= exchange.status < 300:
        raise error_of(refusal_of(exchange, target.scheme), target.id)


def signature(event: Event, key: str, timestamp: int) -> str:
    """`event` signed with `key`: whsec_ and base64."""
    secret = base64.b64decode(key.removeprefix("whsec_"))
    signed = f"{event.id}.{timestamp}.".encode() + event.body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()


def _exchange(event: Event, target: Target, now: datetime) -> Exchange:
    timestamp = int(now.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Rasid",
        "webhook-id": event.id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(event, target.signing_key or "", timestamp),
    }
    try:
        with requests.post(
            target.url.strip(),
            data=event.body,
            headers=headers,
            timeout=_TIMEOUT_S,
            allow_redirects=False,
            stream=True,  # its body says nothing that we need, and may be endless
        ) as answer:
            told = {name.lower(): value for name, value in answer.headers.items()}
            return Exchange(status=answer.status_code, wait_s=wait_of(told, ""))
    except requests.RequestException as error:
        return unanswered(error, "POST")
