"""Messages really leave: over HTTP and SMTP, to receivers that refuse what the real ones refuse."""

from __future__ import annotations

import json
import logging
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote_plus

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from apprise.plugins.mailgun import MAILGUN_API_LOOKUP
from apprise.plugins.smtp2go import NotifySMTP2Go
from apprise.plugins.sparkpost import SPARKPOST_API_LOOKUP
from apprise.utils.pgp import PGP_SUPPORT

from config.errors import DeliveryError
from notifier.deliver import check_target, deliver
from notifier.letter import Letter
from notifier.model import Message
from notifier.words import words_of
from tests.notifier.services.http import Answer, Post, Service, running
from tests.notifier.services.in_place import InPlace

TITLE = "من 60 إلى 65 مليار دولار · ميتا"
BODY = f"{TITLE}\n\nالجهة: ميتا\nالمصدر: ⁨Reuters⁩ & <b>\n\nرقم التنبيه: 1042\nhttps://a.example/1"
MESSAGE = Message(
    title=TITLE, text=BODY, markdown=BODY.replace(TITLE, f"**{TITLE}**"), key="alert 1042"
)
HOOK = "xgaz5nmqkbfwbfqkbfwbfqkbf1"
TOKEN = "tk_canary7canary7canary7canary7"


class Receiver(ThreadingHTTPServer):
    """A service on loopback; the path says how it behaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.got: list[tuple[str, dict[str, Any]]] = []
        self.is_over = False

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, *_: object) -> None:
        """A client that has gone is what some of these tests are about."""


class _Answer(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = json.loads(body)
        self.server.got.append((self.path, told))
        behave = {"": self.as_ntfy, "hooks": self.as_mattermost}.get(self.path.split("/")[1])
        if behave:
            behave(told, len(body))
        elif self.path == "/slow":
            time.sleep(1)
            self.say(200)
        elif self.path == "/drip":
            self.connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while not self.server.is_over:
                self.connection.sendall(b"X")
                time.sleep(0.02)
        elif self.path == "/hang-up":
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self.say(int(self.path.strip("/")))

    def as_ntfy(self, told: dict[str, Any], size: int) -> None:
        """ntfy.sh/docs/publish: JSON to the root, 4,096 bytes a message, bearer token."""
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            return self.say(401, {"code": 40101, "http": 401, "error": "unauthorized"})
        if not re.fullmatch(r"[-_A-Za-z0-9]{1,64}", told.get("topic", "")):
            return self.say(400, {"code": 40009, "http": 400, "error": "topic invalid"})
        if size > 8192 or len(told.get("message", "").encode()) > 4096:
            return self.say(413, {"code": 41303, "http": 413, "error": "JSON body too large"})
        return self.say(200, {"id": "x", "event": "message"})

    def as_mattermost(self, told: dict[str, Any], size: int) -> None:
        """Incoming webhook: a known hook id, JSON with a text of at most 16,383 characters."""
        if self.path != f"/hooks/{HOOK}" or self.headers["Content-Type"] != "application/json":
            return self.say(400, {"id": "web.incoming_webhook.invalid.app_error"})
        if not 0 < len(told.get("text", "")) <= 16_383:
            return self.say(400, {"id": "web.incoming_webhook.text.app_error"})
        return self.say(200)

    def say(self, code: int, body: object = "ok") -> None:
        answer = json.dumps(body).encode()
        self.send_response(code)
        if code == 302:
            self.send_header("Location", f"http://{self.server.place}/200")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.is_over = True
    server.shutdown()
    server.server_close()
    thread.join()


def failure(tell: Any, url: str, **more: Any) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        deliver(MESSAGE, tell.target(url=url, **more))
    assert caught.value.target == "desk"
    return caught.value


def kind_of(error: DeliveryError) -> str:
    return "unsure" if error.unsure else "permanent" if error.permanent else "passing"


def test_a_web_hook_gets_the_message_whole(tell: Any, receiver: Receiver) -> None:
    deliver(MESSAGE, tell.target(url=f"json://{receiver.place}/200"))

    ((_, told),) = receiver.got
    assert (told["title"], told["message"]) == (TITLE, BODY)


def test_a_web_hook_gets_markdown_if_its_owner_asked(tell: Any, receiver: Receiver) -> None:
    deliver(MESSAGE, tell.target(url=f"json://{receiver.place}/200", format="markdown"))

    assert receiver.got[0][1]["message"] == MESSAGE.markdown


ANSWERS = {
    "bad request": ("400", "permanent"),
    "wrong token": ("401", "permanent"),
    "not allowed": ("403", "permanent"),
    "no such hook": ("404", "permanent"),
    "gone": ("410", "permanent"),
    "elsewhere": ("302", "permanent"),
    "too slow a sender": ("408", "passing"),
    "too many": ("429", "passing"),
    "its own fault": ("500", "passing"),
    "away": ("503", "passing"),
    "answers too late": ("slow?rto=0.3", "unsure"),
    "hangs up without an answer": ("hang-up", "unsure"),
}


@pytest.mark.parametrize(("path", "kind"), ANSWERS.values(), ids=ANSWERS)
def test_what_an_answer_means(tell: Any, receiver: Receiver, path: str, kind: str) -> None:
    error = failure(tell, f"json://{receiver.place}/{path}")

    assert kind_of(error) == kind
    assert len(receiver.got) == 1  # no retry of Apprise's own, no redirect followed


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


AWAY = {
    "nobody listens": "json://127.0.0.1:{port}/",
    "no such host": "json://no-such-host.invalid/",
    "no mail server": "mailto://127.0.0.1:{port}/?from=a@a.example&to=b@b.example",
}


@pytest.mark.parametrize("url", AWAY.values(), ids=AWAY)
def test_a_dead_target_is_tried_again(tell: Any, url: str) -> None:
    assert kind_of(failure(tell, url.format(port=free_port()))) == "passing"


def test_a_dead_target_does_not_keep_the_others_waiting(tell: Any, receiver: Receiver) -> None:
    dead = tell.target(id="dead", url=f"json://127.0.0.1:{free_port()}/")
    alive = [tell.target(url=f"json://{receiver.place}/200") for _ in range(20)]

    with ThreadPoolExecutor(8) as senders:
        sent = [senders.submit(deliver, MESSAGE, target) for target in (dead, *alive)]

    assert [type(each.exception()) for each in sent] == [DeliveryError] + [type(None)] * 20
    assert len(receiver.got) == 20


SCREENS = {"Home Assistant": "hassio://{}/token", "Bark": "bark://{}/device"}


@pytest.mark.parametrize("url", SCREENS.values(), ids=SCREENS)
def test_an_update_takes_the_place_of_what_it_follows_where_the_service_can(
    tell: Any, url: str
) -> None:
    alert = replace(MESSAGE, mail_id="alert-1-a")
    update = replace(alert, text="b", mail_id="alert-2-b", answers=("alert-1-a",))
    last = replace(alert, text="c", mail_id="alert-3-c", answers=("alert-1-a", "alert-2-b"))
    other = replace(alert, text="d", mail_id="alert-4-d")
    with running(InPlace()) as screen:
        target = tell.target(url=url.format(screen.base.removeprefix("http://")))
        for message in (alert, update, last, other):
            deliver(message, target)

    assert screen.shown == {"alert-1-a": "c", "alert-4-d": "d"}


def test_an_id_that_the_owner_wrote_stays(tell: Any) -> None:
    with running(InPlace()) as screen:
        url = f"hassio://{screen.base.removeprefix('http://')}/token?nid=mine"
        deliver(replace(MESSAGE, mail_id="alert-1-a"), tell.target(url=url))

    assert list(screen.shown) == ["mine"]


def test_services_that_drip_their_answers_hold_nobody_up(tell: Any, receiver: Receiver) -> None:
    dripping = [tell.target(id=f"d{n}", url=f"json://{receiver.place}/drip") for n in range(12)]

    with ThreadPoolExecutor(12) as senders:
        sent = [senders.submit(deliver, MESSAGE, target, whole_s=0.3) for target in dripping]
    deliver(MESSAGE, tell.target(url=f"json://{receiver.place}/200"))

    assert all(isinstance(each.exception(), DeliveryError) for each in sent)
    assert all(each.exception().unsure for each in sent)  # type: ignore[union-attr]
    left = [thread for thread in threading.enumerate() if thread.name == "rasid-sending"]
    assert all(thread.daemon for thread in left)  # so the process can end


def test_ntfy_takes_a_long_arabic_message(tell: Any, receiver: Receiver) -> None:
    long = Message(title=TITLE, text="ميتا " * 179, markdown="", key="alert 1")

    deliver(long, tell.target(url=f"ntfy://{TOKEN}@{receiver.place}/desk"))

    assert receiver.got[0][1]["message"] == long.text.strip()


def test_ntfy_with_a_wrong_token(tell: Any, receiver: Receiver) -> None:
    error = failure(tell, f"ntfy://tk_another7another7another7anot@{receiver.place}/desk")

    assert (kind_of(error), "401" in str(error)) == ("permanent", True)


def test_mattermost_gets_markdown_as_it_is(tell: Any, receiver: Receiver) -> None:
    url = f"mmost://{receiver.place}/{HOOK}"

    deliver(MESSAGE, tell.target(url=url, format="markdown"))

    assert receiver.got[0][1]["text"] == MESSAGE.markdown


def test_mattermost_with_a_wrong_hook(tell: Any, receiver: Receiver) -> None:
    assert kind_of(failure(tell, f"mmost://{receiver.place}/{HOOK[::-1]}")) == "permanent"


class Postbox:
    """What a mail server took, and what it says instead of taking it."""

    def __init__(self) -> None:
        self.got: list[EmailMessage] = []
        self.says = {"RCPT": "250 OK", "DATA": "250 OK"}
        self.hangs_up = False

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:
        if self.says["RCPT"].startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.says["RCPT"]

    async def handle_DATA(self, server: Any, _: Any, envelope: Any) -> str:
        if self.hangs_up:
            server.transport.abort()
        if self.says["DATA"].startswith("250"):
            self.got.append(message_from_bytes(envelope.content, policy=default))
        return self.says["DATA"]


@pytest.fixture
def postbox() -> Iterator[tuple[Postbox, str]]:
    box = Postbox()
    refuse: Callable[..., AuthResult] = lambda *_: AuthResult(success=False, handled=False)  # noqa: E731
    server = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=refuse,
        auth_require_tls=False,
    )
    server.start()
    yield box, f"127.0.0.1:{server.port}"
    server.stop()


def mail_url(place: str, more: str = "") -> str:
    return f"mailto://{place}/?from=rasid@a.example&to=desk@b.example{more}"


def test_an_arabic_mail_arrives_intact(tell: Any, postbox: tuple[Postbox, str]) -> None:
    box, place = postbox
    letter = Letter(
        words=words_of("ar"), title=TITLE, badge="", tone="news", lines=BODY.split("\n")[2:]
    )

    deliver(replace(MESSAGE, letter=letter), tell.target(url=mail_url(place), language="ar"))

    (mail,) = box.got
    plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert (mail["Subject"], mail["To"]) == (TITLE, "desk@b.example")
    assert mail.get_content_type() == "multipart/alternative"
    assert plain is not None
    assert plain.get_content().splitlines() == BODY.splitlines()
    assert html is not None
    assert '<html lang="ar" dir="rtl">' in html.get_content()
    assert "<bdi>Reuters</bdi> &amp; &lt;b&gt;" in html.get_content()


def test_a_mail_bears_its_id_and_names_those_it_follows(
    tell: Any, postbox: tuple[Postbox, str]
) -> None:
    box, place = postbox
    update = replace(MESSAGE, mail_id="alert-1187-b", answers=("alert-1-a", "alert-1042-a"))

    deliver(replace(MESSAGE, mail_id="alert-1042-a"), tell.target(url=mail_url(place)))
    deliver(update, tell.target(url=mail_url(place)))
    deliver(MESSAGE, tell.target(url=mail_url(place)))

    first, second, third = box.got
    assert first.get_all("Message-ID") == ["<alert-1042-a@a.example>"]
    assert first["References"] is None
    assert second.get_all("Message-ID") == ["<alert-1187-b@a.example>"]
    assert second["In-Reply-To"] == "<alert-1042-a@a.example>"
    assert second["References"] == "<alert-1-a@a.example> <alert-1042-a@a.example>"
    assert third["Message-ID"] not in (None, first["Message-ID"], second["Message-ID"])


class Office(Service):
    """Takes whatever is posted, JSON or a form: a service that makes a mail of it."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []

    def judge(self, post: Post) -> Answer:
        raw = post.raw.decode()
        self.told.append(raw if post.told else unquote_plus(raw.replace("&", "\n")))
        return Answer(200, {"results": {}, "data": {"succeeded": 1}})


KEY = "abcdefabcdefabcdefabcdefabcdefab-abcdefab-abcdefab"
HEADERS = {
    "Mailgun": ("mailgun", r"(?m)^h:%s=(.*)$"),
    "SMTP2GO": ("smtp2go", r'"header": "%s", "value": "([^"]+)"'),
    "SparkPost": ("sparkpost", r'"%s": "([^"]+)"'),
}


@pytest.mark.parametrize(("scheme", "form"), HEADERS.values(), ids=HEADERS)
def test_a_mail_over_http_bears_its_id_and_names_those_it_follows(
    tell: Any, monkeypatch: pytest.MonkeyPatch, scheme: str, form: str
) -> None:
    first = replace(MESSAGE, mail_id="alert-1042-a")
    second = replace(MESSAGE, mail_id="alert-1187-b", answers=("alert-1-a", "alert-1042-a"))
    with running(Office()) as office:
        for table in (MAILGUN_API_LOOKUP, SPARKPOST_API_LOOKUP):
            for region in table:
                monkeypatch.setitem(table, region, f"{office.base}/")
        monkeypatch.setattr(NotifySMTP2Go, "notify_url", office.base)
        target = tell.target(url=f"{scheme}://rasid@a.example/{KEY}/desk@b.example")

        deliver(first, target)
        deliver(second, target)

    def header(told: str, name: str) -> str | None:
        found = re.search(form % name, told)
        return found[1] if found else None

    names = ("Message-ID", "In-Reply-To", "References")
    said = [tuple(header(told, name) for name in names) for told in office.told]
    whole = [f"<{each}@a.example>" for each in ("alert-1042-a", "alert-1187-b", "alert-1-a")]
    assert said == [(whole[0], None, None), (whole[1], whole[0], f"{whole[2]} {whole[0]}")]


MAIL_ANSWERS = {
    "no such person": ("RCPT", "550 no such user", "permanent"),
    "greylisted": ("RCPT", "451 come back later", "passing"),
    "spam": ("DATA", "554 refused", "permanent"),
    "full": ("DATA", "452 disk full", "passing"),
}


@pytest.mark.parametrize(("when", "says", "kind"), MAIL_ANSWERS.values(), ids=MAIL_ANSWERS)
def test_what_a_mail_server_means(
    tell: Any, postbox: tuple[Postbox, str], when: str, says: str, kind: str
) -> None:
    box, place = postbox
    box.says[when] = says

    assert kind_of(failure(tell, mail_url(place))) == kind
    assert not box.got


def test_a_mail_server_that_hangs_up_after_the_text(
    tell: Any, postbox: tuple[Postbox, str]
) -> None:
    box, place = postbox
    box.hangs_up = True

    assert kind_of(failure(tell, mail_url(place))) == "unsure"


def test_a_wrong_mail_password(tell: Any, postbox: tuple[Postbox, str]) -> None:
    _, place = postbox

    error = failure(tell, f"mailto://me:canary7word@{place}/?from=me@a.example&to=b@b.example")

    assert kind_of(error) == "permanent"
    assert "canary7word" not in str(error)


SECRET = {
    "in the path": ("json://{place}/401/?-token=canary7canary", "canary7canary"),
    "as password": ("json://me:canary7canary@{place}/500", "canary7canary"),
    "as token": (f"ntfy://{TOKEN}@{{place}}/desk", TOKEN),
    "as hook": (f"mmost://{{place}}/{HOOK}", HOOK),
    "as a wrong hook": ("mmost://{place}/canary7canary", "canary7canary"),
    "in a URL that is no good": ("mmost://canary7canary", "canary7canary"),
    "of an unknown service": ("slak://canary7canary/x", "canary7canary"),
}


@pytest.mark.parametrize(("url", "secret"), SECRET.values(), ids=SECRET)
def test_secrets_stay_out_of_logs_and_errors(
    tell: Any, receiver: Receiver, caplog: pytest.LogCaptureFixture, url: str, secret: str
) -> None:
    target = tell.target(url=url.format(place=receiver.place))
    caplog.set_level(1)
    for name in ("apprise", "urllib3", "requests"):
        caplog.set_level(logging.DEBUG, logger=name)

    said = [check_target(target) or ""]
    try:
        deliver(MESSAGE, target)
    except DeliveryError as error:
        said.append(str(error))

    assert secret not in caplog.text
    assert secret not in " ".join(said)


CHECKED = {
    "a web hook": ("json://127.0.0.1:8080/x", None),
    "mail": ("mailto://me:word@a.example/?to=b@b.example", None),
    "a slip of the hand": ("slak://a/b/c", "did you mean slack://"),
    "nothing like it": ("zzzzzzz://a", "no service that Apprise knows"),
    "a hook as Slack shows it": (
        f"https://hooks.slack.com/services/T00000000/B00000000/{'X' * 24}", "write it as slack://",
    ),
    "a hook as Discord shows it": (
        f"https://discord.com/api/webhooks/1122/{'x' * 68}", "write it as discord://",
    ),
    "an address of one's own": ("https://a.example/in", "takes `kind: webhook`"),
    "no service": ("hello", "has no service in front"),
    "incomplete": ("tgram://123", "incomplete or malformed"),
    "two topics in one": ("ntfy://a.example/desk/night", "names 2 recipients"),
}  # fmt: skip


@pytest.mark.parametrize(("url", "said"), CHECKED.values(), ids=CHECKED)
def test_check_target(tell: Any, url: str, said: str | None) -> None:
    answer = check_target(tell.target(url=url))

    assert answer is None if said is None else said in (answer or "")


def test_check_says_why_mail_cannot_be_encrypted(tell: Any, tmp_path: Path) -> None:
    """Apprise sends nothing then, and tells no cause; a blank in a path it takes as any sign."""
    key = tmp_path / "my keys" / "desk.asc"
    mail = f"mailto://me:word@a.example/?to=b@b.example&pgp=encrypt&pgppub={quote(str(key))}"

    missing = check_target(tell.target(url=mail))
    key.parent.mkdir()
    key.write_text("-----BEGIN PGP PUBLIC KEY BLOCK-----")

    assert missing == "the key that its URL names with pgppub= is no file that can be read here"
    answer = check_target(tell.target(url=mail))
    assert answer is None if PGP_SUPPORT else "pip install PGPy" in (answer or "")


def test_a_service_of_160_letters_gets_title_and_link(tell: Any) -> None:
    from notifier.deliver import _shortest

    assert _shortest(MESSAGE, 160).split("\n")[0] == TITLE
    assert _shortest(MESSAGE, 160).endswith("https://a.example/1")
    assert _shortest(MESSAGE, 20) == TITLE[:20]
