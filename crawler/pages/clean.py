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
_SPACE = re.compile(r"\s+")
_TAGS = (
    "a|abbr|article|b|big|blockquote|br|center|cite|code|del|div|em|figcaption|figure|font|"
    "h[1-6]|hr|i|iframe|img|ins|li|mark|nobr|ol|p|picture|pre|q|s|section|small|source|span|"
    "strike|strong|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|wbr"
)
# Only tags of HTML that formats text: a title may well be about "<video>".
_TAG = re.compile(rf"<\s{{0,3}}/?\s{{0,3}}(?:{_TAGS})\b[^<>]{{0,4000}}>", re.IGNORECASE)
_BLOCK = re.compile(
    r"<\s{0,3}/?\s{0,3}(?:br|p|div|li|h[1-6]|tr|blockquote|hr|ul|ol|table)\b[^<>]{0,4000}>",
    re.IGNORECASE,
)
_HIDDEN = (("<script", "</script>"), ("<style", "</style>"), ("<!--", "-->"))
_TITLE_LIMIT, _FIELD_LIMIT = 500, 65_536


def visible(text: str) -> str:
    """`text` without control, bidi and other invisible characters; spaces and lines as they are."""
    return _INVISIBLE.sub("", text)


def one_line(text: str | None, limit: int = _TITLE_LIMIT) -> str | None:
    """`text` as one plain line of at most `limit` characters; None if nothing is left."""
    if not text:
        return None
    line = _SPACE.sub(" ", visible(unicodedata.normalize("NFC", text[: limit * 20]))).strip()
    if len(line) > limit:
        line = line[: limit - 1].rstrip() + "…"
    return line or None


def from_markup(text: str | None, limit: int = _TITLE_LIMIT) -> str | None:
    """Plain line of `text` that may hold HTML, escaped once or twice.

    Feeds escape titles and summaries to any depth, so unescaping stops when it changes nothing.
    """
    if not text:
        return None
    text = text[:_FIELD_LIMIT]
    for opening, closing in _HIDDEN:
        text = _without(text, opening, closing)
    for _ in range(3):
        bare = _TAG.sub("", _BLOCK.sub(" ", text))
        plain = html.unescape(bare)
        if plain == text:
            break
        text = plain
    return one_line(text, limit)


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
