"""A service on loopback that takes messages as a real one does, and fails when a test says so.

Each service of this folder refuses what its documents say the real one refuses, keeps what it
accepted, and names each refusal that it gave.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar


class Fault(Enum):
    """What goes wrong with one request that a healthy service would have judged."""

    BROKEN = "broken"  # 500, and nothing kept
    SILENT = "silent"  # nothing kept, and no answer until the service ends
    CUT = "cut"  # taken and kept; the socket closes without an answer


@dataclass(frozen=True)
class Accepted:
    """One message that people would see."""

    where: str  # the hook or chat
    text: str  # all of it, as sent
    payload: dict[str, Any]
    at_s: float  # on the service's clock


@dataclass(frozen=True)
class Answer:
    """What a service says to one request. `refusal`: the class of its no, for the record."""

    status: int
    body: object = "ok"
    headers: dict[str, str] = field(default_factory=dict)
    refusal: str | None = None
    accepted: tuple[str, str] | None = None  # where, text


@dataclass
class Post:
    """One request."""

    path: str  # without the query
    query: str
    headers: Any
    raw: bytes

    @property
    def told(self) -> dict[str, Any] | None:
        """Its JSON; None if it is none."""
        try:
            told = json.loads(self.raw)
        except ValueError:
            return None
        return told if isinstance(told, dict) else None


class Service(ThreadingHTTPServer):
    """A real HTTP server with the manners of one service; see `judge`."""

    daemon_threads = True

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.clock = clock
        self.accepted: list[Accepted] = []
        self.refused: Counter[str] = Counter()
        self.requests = 0
        self.faults: deque[Fault] = deque()  # of the next requests, in order
        self.planted: deque[Answer] = deque()  # what it says to the next requests in place of these
        self.limits: tuple[tuple[int, float], ...] = ()  # (messages, seconds) of one hook or chat
        self.whole_limits: tuple[tuple[int, float], ...] = ()  # the same of all of them together
        self.over = threading.Event()
        self._sent: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.accepted]

    def judge(self, post: Post) -> Answer:
        raise NotImplementedError

    def too_many(self, wait_s: float) -> Answer:
        """The service's own 429."""
        raise NotImplementedError

    def answer(self, post: Post) -> tuple[Answer, Fault | None]:
        """The service's word on `post`, and whether it is said at all."""
        with self._lock:
            self.requests += 1
            fault = self.faults.popleft() if self.faults else None
            if fault in (Fault.BROKEN, Fault.SILENT):
                self.refused[fault.value] += 1
                return Answer(500, "server error"), fault
            answer = self.planted.popleft() if self.planted and not fault else self.judge(post)
            if answer.accepted is not None:
                answer = self._counted(post, answer, answer.accepted)
            if answer.refusal:
                self.refused[answer.refusal] += 1
            if fault:
                self.refused[fault.value] += 1
            return answer, fault

    def _counted(self, post: Post, answer: Answer, accepted: tuple[str, str]) -> Answer:
        where, text = accepted
        wait_s = max(self._wait_s(where, self.limits), self._wait_s("", self.whole_limits))
        if wait_s > 0:
            return self.too_many(wait_s)
        now = self.clock()
        for counter in (where, ""):
            self._sent.setdefault(counter, deque(maxlen=200)).append(now)
        self.accepted.append(Accepted(where, text, post.told or {}, now))
        return answer

    def _wait_s(self, where: str, limits: tuple[tuple[int, float], ...]) -> float:
        now, sent = self.clock(), self._sent.get(where, ())
        waits = [0.0]
        for count, seconds in limits:
            within = [at for at in sent if at > now - seconds]
            if len(within) >= count:
                waits.append(within[-count] + seconds - now)
        return max(waits)

    def handle_error(self, *_: object) -> None:
        """A client that has gone is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        answer, fault = self.server.answer(Post(path, query, self.headers, raw))
        if fault is Fault.SILENT:
            self.server.over.wait(30)
        if fault in (Fault.SILENT, Fault.CUT):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._say(answer)

    do_GET = do_POST  # Slack's look-ups

    def _say(self, answer: Answer) -> None:
        is_text = isinstance(answer.body, str)
        body = b"" if answer.status == 204 else self._body(answer.body)
        self.send_response(answer.status)
        self.send_header("Content-Type", "text/plain" if is_text else "application/json")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @staticmethod
    def _body(body: object) -> bytes:
        return (body if isinstance(body, str) else json.dumps(body)).encode()

    def log_message(self, *_: object) -> None:
        """Quiet."""


Running = TypeVar("Running", bound=Service)


@contextmanager
def running(service: Running) -> Iterator[Running]:
    """`service`, answering until the block ends."""
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield service
    finally:
        service.over.set()
        service.shutdown()
        service.server_close()
        thread.join()
