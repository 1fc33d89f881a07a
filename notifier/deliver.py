"""How does one message reach one target, and what does a failure mean?

Everything of Apprise is in this room. One Apprise object for each send, no retry of its own:
the outbox retries, and must know whether the service refused, was away, or may have accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from apprise import Apprise, AppriseAsset, NotifyFormat, OverflowMode, URLBase
from apprise.config import ConfigBase
from apprise.manager_plugins import NotificationManager
from apprise.plugins import NotifyBase
from apprise.plugins.email.base import PGPMode
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram
from apprise.result import AppriseResult, AppriseResultStatus
from apprise.utils.pgp import PGP_SUPPORT

from config.apprise_files import AppriseText
from config.model import Target
from notifier.ear import hearing, hush
from notifier.envelope import answer_earlier, seal, take_place
from notifier.mail import as_html
from notifier.mail_refusals import refusal_in
from notifier.model import Message
from notifier.refusals import LOST, Exchange, Refusal, error_of, refusal_of
from notifier.telegram import html_of, url_for_html, without_markup
from notifier.wire import listen

CONNECT_S = 5.0
READ_S = 20.0
WHOLE_S = 45  # less than the 60 s of a lease

_MAIL = {
    "azure", "brevo", "mailersend", "mailgun", "mailto", "mailtos", "o365", "postmark",
    "resend", "sendgrid", "sendpulse", "ses", "smtp2go", "sparkpost",
}  # fmt: skip
_SLACK_SECTION = 3000  # letters of one section of its Block Kit; Apprise puts all into one
# These show a subject apart from the text; elsewhere the title is the text's first line.
_WITH_SUBJECT = _MAIL | {"apprise", "apprises", "form", "forms", "json", "jsons", "xml", "xmls"}


def deliver(message: Message, target: Target, *, whole_s: float = WHOLE_S) -> str | None:
    """Send `message` to `target` and wait for the answer, `whole_s` seconds at most.

    A text whose markup the service refuses is sent once more without any: then what it said of
    the markup is returned, else None.

    Raises DeliveryError with the cause in words and never with the target's URL: permanent
    (refused for good), unsure (it may have arrived), or neither (away; worth another try).
    """
    hush()
    refusal = _send(message, target, whole_s)
    if refusal is None:
        return None
    if refusal.is_markup:
        # What it has answered took this long at most, and the lease is for both.
        again = _send(message, target, whole_s - CONNECT_S - READ_S, is_plain=True)
        if again is None:
            return refusal.cause
        refusal = again
    raise error_of(refusal, target.id)


def _send(
    message: Message, target: Target, whole_s: float, *, is_plain: bool = False
) -> Refusal | None:
    service = _build(target)
    if service is None:
        cause = "its URL is not one that Apprise can read; see `rasid check`"
        return Refusal(meaning="never", cause=cause)
    apprise = Apprise(asset=service.asset)
    apprise.add(service)
    body, body_format = _plain(message, service) if is_plain else _body(message, target, service)
    answer_earlier(service, message, target.scheme)
    take_place(service, message)
    sending = _Sending(
        partial(seal, service, message),
        partial(
            apprise.notify,
            body=body,
            title=message.title if target.scheme in _WITH_SUBJECT else "",
            body_format=body_format,
            interpret_escapes=False,
        ),
    )
    sending.start()
    sending.join(whole_s)
    if sending.is_alive():
        return LOST
    return None if sending.status is AppriseResultStatus.SUCCESS else _refusal(sending, target)


class _Sending(Thread):
    """One send. A service that drips its answer is left behind with its thread.

    Not Apprise's own `timeout`: its pool has a handful of threads, so as many dripping services
    would stop every target, and the process could not end before the last of them does.
    """

    def __init__(self, prepare: Callable[[], None], notify: Callable[[], AppriseResult]) -> None:
        super().__init__(name="rasid-sending", daemon=True)
        self._prepare = prepare
        self._notify = notify
        self.heard: list[str] = []
        self.exchanges: list[Exchange] = []
        self.status = AppriseResultStatus.FAILURE

    def run(self) -> None:
        listen(self.exchanges)
        with hearing(self.heard):
            self._prepare()
            self.status = self._notify().status


def check_target(target: Target) -> str | None:
    """What is wrong with `target`, as a sentence without its URL; None if it can be used.

    Builds the service and sends nothing.
    """
    hush()
    scheme = target.scheme
    if target.kind == "webhook":
        return None  # config has looked at all there is
    if not scheme:
        return "its URL has no service in front, such as mailto:// or slack://"
    known = _schemes()
    if scheme in ("http", "https"):
        service = _build(target)
        if service is None:
            return "an address of your own takes `kind: webhook`, or json:// in place of https://"
        name = _url_of(service).partition("://")[0]
        return f"its URL is the service's own: write it as {name}://, as Apprise's page shows"
    if scheme not in known:
        near = get_close_matches(scheme, known, 1)
        hint = f"; did you mean {near[0]}://?" if near else ""
        return f"{scheme}:// is no service that Apprise knows{hint}"
    service = _build(target)
    if service is None:
        return f"its {scheme}:// URL is incomplete or malformed: compare it with Apprise's page"
    if len(service) > 1:
        return (
            f"its URL names {len(service)} recipients, and a failure of one would repeat the "
            "message to all: write one target for each"
        )
    return _wrong_with_pgp(service)


def _wrong_with_pgp(service: NotifyBase) -> str | None:
    """Why mail cannot be signed or encrypted as its URL asks; Apprise would say it at no send."""
    if getattr(service, "pgp_mode", PGPMode.NONE) == PGPMode.NONE:
        return None
    for name in ("pgp_key", "pgp_privkey"):
        path = getattr(service, name) or ""
        if path and "://" not in path and not Path(path).expanduser().is_file():
            field = {"pgp_key": "pgppub", "pgp_privkey": "pgpprv"}[name]
            return f"the key that its URL names with {field}= is no file that can be read here"
    if not PGP_SUPPORT:
        return "its URL asks for PGP, which needs one more library: .venv/bin/pip install PGPy"
    return None


def read_apprise(text: str, *, is_yaml: bool) -> AppriseText:
    """The URLs of a file in Apprise's own form, one for each recipient, and what is wrong in it.

    Apprise skips what it cannot read with a line in its log; here nobody is left out unsaid.
    """
    hush()
    heard: list[str] = []
    with hearing(heard):
        found, includes = ConfigBase.config_parse(text, config_format=_form_of(text, is_yaml))
    wrong = [_skipped(said) for said in heard if _SKIPPED.search(said)]
    services = [one for one in found if isinstance(one, NotifyBase)]
    urls = [(url, _tags(one)) for one in services for url in _urls_of(one)]
    return AppriseText(
        urls=tuple(urls), includes=tuple(includes), wrong=tuple(dict.fromkeys(wrong))
    )


def _form_of(text: str, is_yaml: bool) -> str | None:
    if is_yaml:
        return "yaml"
    lines = (line.strip() for line in text.splitlines())
    first = next((line for line in lines if line and line[0] not in "#;"), "")
    # Else it looks itself, and does not know this beginning, which its own pages show.
    return "text" if re.match(r"include\s+\S", first, re.IGNORECASE) else None


_SKIPPED = re.compile(
    r"(?:Unparseable|Unsupported|[Ii]nvalid|Could not load) .*?(?:on line |entry #)\d|"
    r"Could not load URL|Invalid Apprise|Could not detect|Looping structure|expands to more|"
    r"nested more than|retry count|not permitted|can not be used",
    re.DOTALL,
)
_NUMBER = re.compile(r"(line |entry #)(\d+)")


def _skipped(said: str) -> str:
    numbers = _NUMBER.findall(said)  # a URL stands before them
    if not numbers:
        return "is not in the form of Apprise's text or YAML files"
    what, number = numbers[-1]
    return f"{what}{number} names nothing that Apprise can send to"


def _tags(service: NotifyBase) -> tuple[str, ...]:
    return tuple(sorted(str(tag) for tag in service.tags))


def _urls_of(service: NotifyBase) -> list[str]:
    """The URL of `service`; one for each recipient, where the service can tell them apart."""
    kind = type(service)
    if service.socket_connect_timeout == kind.socket_connect_timeout:
        # Some services write their own default, which would stand above ours as a wish.
        service.socket_connect_timeout = URLBase.socket_connect_timeout
    for name in ("targets", "channels", "topics"):
        recipients = getattr(service, name, None)
        if isinstance(recipients, list) and len(recipients) == len(service) > 1:
            urls = []
            for recipient in recipients:
                setattr(service, name, [recipient])
                urls.append(_url_of(service))
            return urls
    return [_url_of(service)]


def _url_of(service: NotifyBase) -> str:
    return str(service.url())  # type: ignore[no-untyped-call]


def _schemes() -> set[str]:
    return set(NotificationManager().schemas())  # type: ignore[no-untyped-call]


def _build(target: Target) -> NotifyBase | None:
    url = target.url.strip()
    asset = AppriseAsset(
        app_id="Rasid",
        app_desc="Rasid",
        image_url_mask="",
        image_url_logo="",
        async_mode=False,
        service_timeout=0,  # any limit of Apprise's would bring its pool in; see _Sending
        # A redirected POST carries the message to an address that nobody has checked.
        http_redirects=False,
    )
    service: NotifyBase | None = Apprise.instantiate(
        url_for_html(url), asset=asset, suppress_exceptions=True
    )
    if service is None:
        return None
    asked = _asked(url)
    if "cto" not in asked:
        # Mail waits with this one for every answer, also for the one that says "accepted".
        service.socket_connect_timeout = READ_S if target.scheme in _MAIL else CONNECT_S
    if "rto" not in asked:
        service.socket_read_timeout = READ_S
    service.overflow_mode = OverflowMode.TRUNCATE
    service.service_retry = 0
    service.interpret_emojis = False
    if getattr(service, "use_blocks", False):
        service.body_maxlen = _SLACK_SECTION
    return service


def _asked(url: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(url).query)


def _body(message: Message, target: Target, service: NotifyBase) -> tuple[str, NotifyFormat]:
    if target.scheme in _MAIL:
        return as_html(message), NotifyFormat.HTML
    limit = service.body_maxlen
    if len(message.text) > limit:
        return _shortest(message, limit), NotifyFormat.TEXT
    takes = type(service).notify_format
    wished = _asked(target.url).get("format", [""])[-1].lower()
    if target.scheme == "tgram" and wished != NotifyFormat.MARKDOWN:
        return html_of(message, is_markdown=target.format == "markdown"), NotifyFormat.HTML
    # Where the service or the URL wants Markdown, plain text would be escaped, the link too.
    if takes is NotifyFormat.MARKDOWN or wished == NotifyFormat.MARKDOWN:
        return message.markdown, NotifyFormat.MARKDOWN
    if target.format == "markdown":
        # Left as it is where Apprise knows only text: it would take the marks out again.
        is_text = takes is NotifyFormat.TEXT
        return message.markdown, NotifyFormat.TEXT if is_text else NotifyFormat.MARKDOWN
    return message.text, NotifyFormat.TEXT


def _shortest(message: Message, limit: int) -> str:
    """Title and closing lines for a text message of 160 letters; the title alone if need be."""
    closing = message.text.rpartition("\n\n")[2]
    both = f"{message.title}\n{closing}"
    return both if len(both) <= limit else message.title[:limit]


def _plain(message: Message, service: NotifyBase) -> tuple[str, NotifyFormat]:
    """The text without any markup, for a service that refused ours."""
    limit = service.body_maxlen
    text = message.text if len(message.text) <= limit else _shortest(message, limit)
    if isinstance(service, NotifyTelegram):
        without_markup(service)
        return text, NotifyFormat.MARKDOWN
    if isinstance(service, NotifySlack):
        service.use_blocks = False
    return text, NotifyFormat.TEXT


def _refusal(sending: _Sending, target: Target) -> Refusal:
    if sending.exchanges:
        # Of several requests, such as a look-up before the message, the one that went wrong.
        wrong = [each for each in sending.exchanges if each.status is None or each.status >= 300]
        return refusal_of((wrong or sending.exchanges)[-1], target.scheme)
    return refusal_in("\n".join(sending.heard))
