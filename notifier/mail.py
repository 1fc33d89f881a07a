"""How does a message look in mail? HTML in its language's direction, light and dark.

The templates are ours and are read once, at the first mail; what they are filled with goes in
as text. Some mail programs drop <style>, and some drop direction and language further out: so
css-inline puts each rule on its element, and lang and dir stand on every part.
"""

from __future__ import annotations

import re
from functools import cache

from css_inline import CSSInliner
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from notifier.direction import END_OF_ISOLATE, ISOLATE, RIGHT_TO_LEFT_MARK
from notifier.letter import Letter
from notifier.model import Message
from notifier.words import words_of

_COMMAND = re.compile(r"`(rasid [\w -]+)`")
_ISOLATED_COMMAND = re.compile(r"<bdi>(rasid [\w -]+)</bdi>")
_RANGE = re.compile(r"[^\s<>&;]{0,8}\d–\d[^\s<>&;]{0,12}")
_BETWEEN_TAGS = re.compile(r">\s+<")


def as_html(message: Message) -> str:
    """`message` as a whole page of HTML without one remote thing in it."""
    letter = message.letter or _plain(message)
    page = _templates().get_template("letter.html").render(letter=letter, words=letter.words)
    return _inliner().inline(_BETWEEN_TAGS.sub("> <", page))


def _plain(message: Message) -> Letter:
    """The paragraphs of a message that has no parts of its own, which is in English."""
    words = words_of("en")
    return Letter(
        words=words,
        title=message.title,
        badge=words.label("about_rasid"),
        tone="house",
        headline=message.title,
        lines=[line for line in message.text.split("\n")[1:] if line],
        footer=[words.isolated(words.label("key", key=f"[{message.key}]"))],
    )


def in_tags(text: str) -> Markup:
    """`text` for HTML: what stands between isolates in <bdi>, every one closed.

    Between grave accents, which no stranger's text has, stands a command; so it does between
    isolates in a language that runs the other way.

    >>> in_tags("a \u2068<b\u2069, see `rasid status`")
    Markup('a <bdi>&lt;b</bdi>, see <code>rasid status</code>')
    """
    written, depth = [], 0
    for letter in text.replace(RIGHT_TO_LEFT_MARK, ""):
        if letter == ISOLATE:
            depth += 1
            written.append("<bdi>")
        elif letter != END_OF_ISOLATE:
            written.append(str(escape(letter)))
        elif depth:
            depth -= 1
            written.append("</bdi>")
    # Each piece was escaped above, and nothing is open: what is left is ours.
    whole = "".join(written) + "</bdi>" * depth
    said = _ISOLATED_COMMAND.sub(r"<bdi><code>\1</code></bdi>", whole)
    said = _COMMAND.sub(r"<code>\1</code>", said)
    # A line may end at a dash: "60–" would be read as a figure, and "65bn" as another one.
    return Markup(_RANGE.sub(r'<span class="together">\g<0></span>', said))  # noqa: S704


def marked(text: str, figure: str) -> Markup:
    """`text` for HTML with `figure` in it made strong.

    >>> marked("over $6bn", "$6bn")
    Markup('over <strong>$6bn</strong>')
    """
    before, found, after = text.partition(figure) if figure else (text, "", "")
    strong = Markup("<strong>{}</strong>").format(found) if found else ""
    return in_tags(before) + strong + in_tags(after)


@cache
def _templates() -> Environment:
    found = Environment(
        loader=PackageLoader("notifier"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"said": in_tags, "marked": marked}
    return found


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(
        keep_style_tags=True,  # for dark screens and narrow ones, which no element can ask about
        keep_at_rules=True,
        load_remote_stylesheets=False,
    )
