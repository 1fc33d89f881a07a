"""A mail server on loopback, with the same record and the same faults as the other services.

It is aiosmtpd: what it says is real SMTP (RFC 5321). A reply set by a test stands for one answer.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.notifier.services.http import Accepted, Fault

ADDRESS = "desk@b.example"


class Mailbox:
    """What the server took, what it refuses, and what goes wrong next."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.accepted: list[Accepted] = []
        self.refused: Counter[str] = Counter()
        self.faults: deque[Fault] = deque()
        self.says = ""  # in place of taking a message
        self.planted: deque[str] = deque()  # the same, of the next messages
        self.place = ""

    @property
    def url(self) -> str:
        return f"mailto://{self.place}/?from=rasid@a.example&to={ADDRESS}"

    async def handle_DATA(self, server: Any, _: Any, envelope: Any) -> str:
        fault = self.faults.popleft() if self.faults else None
        if fault:
            self.refused[fault.value] += 1
        if fault is Fault.BROKEN:
            return "451 4.3.0 try again later"
        if fault is Fault.SILENT:
            await asyncio.sleep(3600)
        says = self.planted.popleft() if self.planted and not fault else self.says
        if says:
            self.refused[says[:3]] += 1
            return says
        mail: EmailMessage = message_from_bytes(envelope.content, policy=default)
        part = mail.get_body(("plain", "html"))
        text = part.get_content() if part else ""
        whole = f"{mail['Subject']}\n{text}"
        self.accepted.append(Accepted(envelope.rcpt_tos[0], whole, {}, self.clock()))
        if fault is Fault.CUT:
            server.transport.abort()
        return "250 OK"


@contextmanager
def serving(box: Mailbox) -> Iterator[Mailbox]:
    """`box`, taking mail until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Controller(box, hostname="127.0.0.1", port=port)
    box.place = f"127.0.0.1:{port}"
    server.start()
    try:
        yield box
    finally:
        server.stop()
