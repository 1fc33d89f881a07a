"""What does a failure mean that did not go over HTTP: mail, and the few services like it?

All that is left of it is what Apprise said, with the code of RFC 5321 where a mail server gave one.
"""

from __future__ import annotations

import re

from notifier.refusals import LOST, Refusal

MAIL_LEAVES = "from here on the mail server may have the text"  # our own line among Apprise's
_SMTP = "SMTP server"

_SMTP_CODE = re.compile(r"\((\d{3}), b?['\"]|was refused: (\d{3})\b")
_NOT_REACHED = re.compile(r"NameResolution|refused|Connection error while submitting")
_MAY_HAVE_ARRIVED = re.compile(
    r"timed out|Connection aborted|Connection broken|IncompleteRead|RemoteDisconnected|"
    r"reset by peer|Broken pipe|unexpectedly closed|Please run connect",
)
_HIDDEN = re.compile(r"certificate|SSL|TLS", re.IGNORECASE)


def refusal_in(said: str) -> Refusal:
    """What Apprise's own lines about a failed send mean."""
    code = _SMTP_CODE.search(said)
    if code:
        return _on_smtp(int(code[1] or code[2]))
    if _NOT_REACHED.search(said):
        what = "its encryption failed" if _HIDDEN.search(said) else "nobody answers there"
        return Refusal(meaning="later", cause=f"{what}; tried again later")
    if _MAY_HAVE_ARRIVED.search(said):
        if _SMTP in said and MAIL_LEAVES not in said:
            cause = "the mail server broke off before the message; tried again later"
            return Refusal(meaning="later", cause=cause)
        return LOST
    cause = "the service took no message and gave no reason; tried again later"
    return Refusal(meaning="later", cause=cause)


def _on_smtp(code: int) -> Refusal:
    if code in (530, 534, 535):
        return Refusal(meaning="never", cause=f"SMTP {code}: the user or password is refused")
    if code >= 500:
        cause = f"SMTP {code}: the mail server refuses the message for good"
        return Refusal(meaning="never", cause=cause)
    cause = f"SMTP {code}: the mail server refuses it for now; tried again later"
    return Refusal(meaning="later", cause=cause)
