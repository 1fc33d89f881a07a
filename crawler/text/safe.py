"""How does a stranger's text become one harmless line?

In mail, in every chat service, in a log and on a page alike: what is written here is read
by people in places that turn `<`, `@` or `*` into a tag, a mention or markup.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

# Control, format (bidi, zero width), surrogate, private, unassigned, line and paragraph ends.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_BREAKS = frozenset("\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")
# Letters and signs by name that show nothing: a title of them would be an empty line.
_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_MARKS_ON_A_LETTER = 2  # Arabic and Indic scripts need two; "zalgo" piles up dozens

# Signs that some service reads as markup, each with one that looks alike and means nothing.
_LOOKALIKES = str.maketrans(
    {
        "<": "‹",  # tags; Slack <!channel>, Discord <@id>
        ">": "›",
        "[": "(",  # with both brackets gone there is no masked link in any dialect
        "]": ")",
        "*": "∗",
        "_": " ",
        "`": "'",
        "~": "∼",  # "~5bn" keeps its sense
        "|": "/",  # Discord ||spoiler||, Slack <url|text>, tables
        "\\": "/",  # would eat the next sign of our own markup
        "＠": "@",  # some clients fold it
    }
)
# "&lt;!channel&gt;" becomes a mention where a service decodes it once more.
_ENTITY = re.compile(r"&(?=#|\w+;|lt|gt|quot|amp|nbsp)", re.IGNORECASE)
_MENTION = re.compile(r"@(?=\S)")
_LINK = re.compile(r"(?<=\w):(?=//)")
_URL_SIGNS = re.compile(r"[^\x21-\x7e]|[<>\"'`\\|()\[\]{}*]")


def harmless_line(text: str, limit: int) -> str:
    """`text` as one plain line of at most `limit` code points; "" if nothing is left.

    No control, bidi or zero-width sign, mention, tag, markup, masked or live link, entity,
    and no heap of marks on one letter. The sense stays: only look-alikes come in.

    >>> harmless_line("<b>@everyone</b>\\n[free](http://x.test)", 80)
    '‹b›@ everyone‹/b› (free)(http: //x.test)'
    """
    # Bounded before the work: a title may be megabytes.
    seen = "".join(_seen_letters(unicodedata.normalize("NFC", _whole(text[: limit * 40]))))
    plain = seen.translate(_LOOKALIKES)
    # These come after the look-alikes: "@*here" is no mention, yet "@here" may be made of it.
    plain = _LINK.sub(": ", _MENTION.sub("@ ", _ENTITY.sub("& ", plain)))
    line = " ".join(plain.split())
    return line if len(line) <= limit else _cut(line, limit)


def harmless_url(url: str, limit: int = 500) -> str | None:
    """`url` in ASCII without a sign that could end or mask a link; None if it must not be shown.

    Only http and https, with a host and without a user name: "https://bank.test@evil.test/"
    shows one name and leads to another.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
        name = host.encode("idna").decode("ascii") if host else ""
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not name or parts.username or parts.password:
        return None
    if not re.fullmatch(r"[a-z0-9._:-]+", name):
        return None
    place = f"[{name}]" if ":" in name else name
    netloc = f"{place}:{port}" if port else place
    rest = (_URL_SIGNS.sub(_percent, part) for part in (parts.path, parts.query, parts.fragment))
    safe = urlunsplit((parts.scheme, netloc, *rest))
    return safe if len(safe) <= limit else None


def _cut(line: str, limit: int) -> str:
    kept = line[: max(0, limit - 1)]
    between_words = line[len(kept)] == " "
    space = kept.rfind(" ", len(kept) - 20 if len(kept) > 20 else 0)
    if not between_words and space > 0:
        kept = kept[:space]
    return (kept.rstrip() + "…")[:limit]


def _whole(text: str) -> str:
    """Without half surrogate pairs: mail and databases cannot encode them."""
    return text.encode("utf-8", "ignore").decode("utf-8")


def _seen_letters(text: str) -> list[str]:
    letters = []
    marks = 0
    for letter in text:
        category = unicodedata.category(letter)
        if letter in _BREAKS or letter in _BLANKS:
            letters.append(" ")
            marks = 0
        elif category in _UNSEEN:
            continue
        elif category.startswith("M"):
            marks += 1
            if marks <= _MARKS_ON_A_LETTER:
                letters.append(letter)
        else:
            letters.append(letter)
            marks = 0
    return letters


def _percent(sign: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in sign[0].encode("utf-8", "ignore"))
