"""A mail server that breaks off: before it had the text, or perhaps after."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest

from config.errors import DeliveryError
from notifier.deliver import deliver
from notifier.model import Message

MESSAGE = Message(title="t", text="t\n\nx", markdown="x", key="1")
TALK = (
    "> 220 hello", "EHLO", "> 250 ok", "MAIL", "> 250 ok", "RCPT", "> 250 ok", "DATA",
    "> 354 go on", ".",
)  # fmt: skip


@contextmanager
def server(steps: int, *, hangs: bool) -> Iterator[int]:
    """A mail server that takes so many steps of the talk, then hangs or closes; its port."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = Thread(target=_talk, args=(door, TALK[:steps], over if hangs else None))
        thread.start()
        yield int(door.getsockname()[1])
        over.set()
        thread.join()


def _talk(door: socket.socket, steps: tuple[str, ...], over: Event | None) -> None:
    line, _ = door.accept()
    with line, line.makefile("rwb") as both:
        for step in steps:
            if step.startswith("> "):
                both.write(f"{step[2:]}\r\n".encode())
                both.flush()
                continue
            while not both.readline().upper().startswith(step.encode()):
                pass
        if over is not None:
            over.wait(30)


BROKEN = {
    "no greeting": (0, "later"),
    "after its name": (2, "later"),
    "at the recipient": (6, "later"),
    "before the text": (8, "unsure"),
    "after the text": (10, "unsure"),
}


@pytest.mark.parametrize("hangs", [True, False], ids=["hangs", "closes"])
@pytest.mark.parametrize(("steps", "kind"), BROKEN.values(), ids=BROKEN)
def test_a_mail_server_breaks_off(tell: Any, steps: int, kind: str, hangs: bool) -> None:
    with server(steps, hangs=hangs) as port:
        url = f"mailto://127.0.0.1:{port}/?from=a@a.example&to=b@b.example&cto=0.5"
        with pytest.raises(DeliveryError) as caught:
            deliver(MESSAGE, tell.target(url=url))

    assert caught.value.unsure is (kind == "unsure")
    assert not caught.value.permanent
