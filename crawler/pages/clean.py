"""How does text from a stranger's markup become plain text?"""

from __future__ import annotations

import html
import re
import unicodedata

# Kept: ZWNJ and ZWJ, which Persian and Indic words need. Dropped: other invisible
# characters, among them the bidi overrides that can turn a figure round.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
# "It&#146;s": whoever writes a control character means the sign of windows-1252 in its place.
_WINDOWS = {
    code: sign for code in range(0x80, 0xA0) if (sign := bytes([code]).decode("cp1252", "ignore"))
}
_FORMATS = (
    "a abbr article b big center cite code del em figcaption figure font i iframe "
    "img ins mark nobr picture pre q s section small source span strike strong sub sup "
    "tbody td th thead tt u wbr"
)
_BLOCK_NAMES = "br p div li h1 h2 h3 h4 h5 h6 tr blockquote hr ul ol table"
_BREAK = "\x1e"  # stands for the end of a block until all markup is gone; no text holds it
BLOCKS = frozenset(_BLOCK_NAMES.split())
# Only tags of HTML that formats text: a title may well be about "<video>".
_INSTEAD = dict.fromkeys(_FORMATS.split(), "") | dict.fromkeys(BLOCKS, _BREAK)
_TAG = re.compile(r"(<\s{0,3}/?\s{0,3}([A-Za-z][A-Za-z0-9]{0,11})\b[^<>]{0,4000}>)")
_HIDDEN = (("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"))
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>|\]{1,2}>?\s*\Z")  # wrapped twice: the inner one is text
_TITLE_LIMIT, _FIELD_LIMIT = 500, 65_536


def visible(text: str) -> str:
    """`text` without control, bidi and other invisible characters; spaces and lines as they are."""
    return _INVISIBLE.sub("", text)


def one_line(text: str | None, limit: int = _TITLE_LIMIT) -> str | None:
    """`text` as one plain line of at most `limit` characters; None if nothing is left."""
    if not text:
        return None
    text = text[: limit * 20]
    line = unicodedata.normalize("NFC", text).strip(" ")
    if not line.isprintable():  # what a line should not hold is among what cannot be printed
        line = " ".join(visible(line.translate(_WINDOWS)).split())
    elif "  " in line:
        line = " ".join(line.split())
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return line or None


def from_markup(text: str | None, limit: int = _TITLE_LIMIT) -> str | None:
    """Plain line of `text` that may hold HTML, escaped once or twice."""
    if not text:
        return None
    plain = _without_markup(text[:_FIELD_LIMIT])
    return one_line(plain.replace(_BREAK, " "), limit)


def lines_from_markup(text: str | None, limit: int) -> str | None:
    """Plain text of HTML, each of its blocks on a line of its own, at most `limit` characters."""
    if not text:
        return None
    plain = _without_markup(text[:_FIELD_LIMIT])
    if _BREAK not in plain:
        return one_line(plain, limit)
    kept, room = [], limit
    for block in plain.split(_BREAK):
        if not block or block.isspace():
            continue
        line = one_line(block, room)
        if line:
            kept.append(line)
            room -= len(line) + 1
        if room <= 0:
            break
    return "\n".join(kept) or None


def _without_markup(text: str) -> str:
    """`text` without tags and entities, the ends of blocks marked.

    Feeds escape titles and summaries to any depth, so unescaping stops when it changes nothing.
    """
    if _BREAK in text:
        text = text.replace(_BREAK, "")
    for _ in range(3):
        if "<" in text:
            if "<!" in text or "<s" in text:
                text = _without_hidden(text)
            text = _without_tags(text)
        if "&" not in text:
            break
        plain = html.unescape(text)
        if plain == text:
            break
        text = plain
    return text


def _without_hidden(text: str) -> str:
    if "<![CDATA[" in text:
        text = _CDATA.sub("", text)
    for opening, closing in _HIDDEN:
        if opening in text:
            text = _without(text, opening, closing)
    return text


def _without_tags(text: str) -> str:
    # Split in one go: a function called for each tag took a third of the time of a feed.
    parts = _TAG.split(text)  # text, tag, its name, text …
    for at in range(1, len(parts), 3):
        name = parts[at + 1]
        parts[at + 1] = ""
        instead = _INSTEAD.get(name)
        if instead is None:
            instead = _INSTEAD.get(name.lower(), parts[at])
        parts[at] = instead
    return "".join(parts)


def _without(text: str, opening: str, closing: str) -> str:
    """`text` without what stands between the two; by hand, for lazy patterns are quadratic."""
    kept, at = [], 0
    while (start := text.find(opening, at)) >= 0:
        end = text.find(closing, start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + len(closing)
    return " ".join([*kept, text[at:]])
