"""Which words of their own may owners give a message? Text with fields, and nothing else.

No template engine: what fills a field in was written by strangers, and is never looked at again.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from config.mistakes import did_you_mean
from config.phrases import fields_of, has_half_a_brace

# notifier/own_words.py says what fills each in; a test compares the two.
MESSAGE_FIELDS = (
    "amount", "badge", "changed", "converted", "headline", "kind", "parties", "part_of", "period",
    "place", "quote", "rule", "said_by", "sources", "spent", "stage", "when", "why",
)  # fmt: skip


def _own_words(text: str) -> str:
    for name in fields_of(text):
        if name not in MESSAGE_FIELDS:
            hint = did_you_mean(name, MESSAGE_FIELDS)
            choice = hint or f"; the fields are {', '.join(MESSAGE_FIELDS)}"
            raise ValueError(f"nothing fills in {{{name}}}{choice}")
    if has_half_a_brace(text):
        raise ValueError("has a brace without its other half; close it, or leave it out")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("has more than one line; write it on one")
    return _own_words(text)


OwnWords = Annotated[str, AfterValidator(_own_words)]
OwnLine = Annotated[str, AfterValidator(_one_line)]
