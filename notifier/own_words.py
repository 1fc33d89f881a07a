"""What does a message say in the words of its owner?

The key and the link always follow: by the one a message sent twice is known, by the other a
reader finds more.
"""

from __future__ import annotations

import re

from config.phrases import FIELD, fields_of
from notifier.amounts import say_converted
from notifier.backing import attribution, evidence_sentence, quoted, reasons_said
from notifier.facts import facts_of, what_changed
from notifier.headline import TITLE_LIMIT, badge_of, headline_of
from notifier.naming import outlet_name, outlets
from notifier.sizes import Block
from notifier.telling import Telling

_OUTLETS = 8
_MAY_TOUCH = frozenset(" (“«‘\"'*_–—·•")  # what may stand right before a field
_JOINS = frozenset("@&:/#.")  # at the end of a value, before the owner's own letters
_BLANKS = re.compile(r" {2,}")
# A name of a stranger at the start of a line would be a heading or a list in Markdown.
_STARTS = str.maketrans({"#": "♯", "-": "–", "+": "＋", "=": "＝"})
_LABELS = {"who": "parties", "actual": "spent"}  # the others are called as their label


def own_title(it: Telling) -> str | None:
    """The title that the owner wrote; None without one, or where it is empty or too long.

    Never cut: half a name would leave the line in the wrong direction.
    """
    if it.target.title_template is None:
        return None
    title = it.words.line(_filled(it.target.title_template, values_of(it)))
    return title if title and len(title) <= TITLE_LIMIT else None


def own_blocks(it: Telling, template: str) -> list[Block]:
    """The lines of `template`, the last ones go first; none whose fields are all empty."""
    values, blocks, joins = values_of(it), list[Block](), False
    for number, line in enumerate(template.split("\n"), start=1):
        names = fields_of(line)
        if not line.strip():
            joins = False
        elif not names or any(values[name] for name in names):
            said = _filled(line, values)
            marked = said[0].translate(_STARTS) + said[1:] if line.lstrip()[0] == "{" else said
            text, markdown = it.words.line(said), it.words.line(marked)
            blocks.append(Block(text=text, markdown=markdown, goes=number, joins=joins))
            joins = True
    return blocks


def values_of(it: Telling) -> dict[str, str]:
    """What fills each field in, in the reader's language; empty where nothing is known."""
    words, figure = it.words, it.figure
    facts = {_LABELS.get(label, label): said for label, said, _ in facts_of(it)}
    sentence = evidence_sentence(it)
    names = [outlet_name(told, words) for told in outlets(it.sources)[:_OUTLETS]]
    empty = dict.fromkeys(("parties", "kind", "stage", "period", "place", "part_of", "spent"), "")
    return {
        **empty,
        **facts,
        "amount": words.figure(figure) if figure else words.label("no_amount"),
        "badge": badge_of(it.alert, it.change, words),
        "changed": " ".join(what_changed(it)),
        "converted": say_converted(it),
        "headline": headline_of(it.deal, it.companies, words, it.whole),
        "quote": quoted(sentence, words) if sentence else "",
        "rule": words.isolated(it.alert.rule_id),
        "said_by": attribution(it) if sentence else "",
        "sources": words.label("comma").join(names),
        "when": words.moment(it.local(it.alert.made_at), False, it.target.zone),
        "why": words.label("semicolon").join(reasons_said(it)),
    }


def _filled(line: str, values: dict[str, str]) -> str:
    """`line` with its fields filled in; what comes in never joins what stands beside it.

    Each value is harmless, and "@" with a value "here" behind it would not be.
    """
    said, end = "", 0
    for field in FIELD.finditer(line):
        said += line[end : field.start()]
        value, touches = values[field[1]], field.start() == end
        if value and said and (touches or said[-1] not in _MAY_TOUCH or said.endswith("](")):
            said += " "
        said, end = said + value, field.end()
        if value and value[-1] in _JOINS:
            said += " "
    return _BLANKS.sub(" ", said + line[end:]).strip()
