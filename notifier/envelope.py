"""What goes round a message: the ones it answers or takes the place of; of a mail, its own id too.

Apprise writes a random id and makes the plain text out of the HTML; both are ours to say. What
it builds a mail with is looked up in its module, so it is replaced there, for sends that ask.
"""

from __future__ import annotations

from contextvars import ContextVar
from email.utils import make_msgid
from typing import Any

from apprise.conversion import convert_between
from apprise.plugins import NotifyBase
from apprise.plugins.email import base

from notifier.model import Message

_asked: ContextVar[tuple[Message, str] | None] = ContextVar("mail", default=None)

# What a message of the same id takes the place of, by the end of the plugin's module. Others
# give no way: Apprise returns no id of what it sent and edits nothing (2.3, its issue 699).
_IN_PLACE = {"home_assistant": "nid", "bark": "notification_id", "pushward": "collapse_id"}


def take_place(service: NotifyBase, message: Message) -> None:
    """Let what follows an alert stand where that stood, at services that know one by an id.

    An id that the owner wrote into the URL stays.
    """
    name = _IN_PLACE.get(type(service).__module__.rpartition(".")[2])
    first = (*message.answers, message.mail_id)[0]
    if name and first and not getattr(service, name):
        setattr(service, name, first)


# Apprise hands headers to these; SendGrid and the others that take mail over HTTP get none from it.
_OVER_HTTP = {"mailgun", "smtp2go", "sparkpost"}


def answer_earlier(service: NotifyBase, message: Message, scheme: str) -> None:
    """Let a mail name the ones before it, where `service` takes headers of its own.

    Over HTTP it must be told its own id, too: an answer to an id that no mail bears is none.
    """
    if scheme not in _OVER_HTTP | {"mailto", "mailtos"}:
        return
    headers = service.headers  # type: ignore[attr-defined]
    if scheme in _OVER_HTTP and message.mail_id is not None:
        headers["Message-ID"] = _whole(message.mail_id, _domain(service))
    if message.answers:
        ids = [_whole(each, _domain(service)) for each in message.answers]
        headers["In-Reply-To"] = ids[-1]
        headers["References"] = " ".join(ids)


def seal(service: NotifyBase, message: Message) -> None:
    """Let the mails of this thread bear the id and the plain text of `message` from now on."""
    base.make_msgid = _make_id  # type: ignore[attr-defined]
    base.convert_between = _as_plain  # type: ignore[attr-defined]
    _asked.set((message, _domain(service)))


def _domain(service: NotifyBase) -> str:
    """The sender's: it stays when the owner takes another server."""
    sender = getattr(service, "from_addr", None)
    address = sender if isinstance(sender, str) else str(sender[1]) if sender else ""
    return address.rpartition("@")[2] or "rasid.invalid"


def _whole(local: str, domain: str) -> str:
    return f"<{local}@{domain}>"


def _make_id(idstring: str | None = None, domain: str | None = None) -> str:
    message, own = _asked.get() or (None, domain)
    if message is None or message.mail_id is None or own is None:
        return make_msgid(idstring, own)
    return _whole(message.mail_id, own)


def _as_plain(*asked: Any) -> Any:
    sealed = _asked.get()
    if sealed is not None:
        return sealed[0].text
    return convert_between(*asked)  # type: ignore[no-untyped-call]
