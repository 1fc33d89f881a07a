"""What number do digits with marks say?"""

from __future__ import annotations

import re
from decimal import Decimal

_MARK = re.compile(r"[.,' ]")
_MILLIONS = re.compile(r"\d{1,3}'\d{3}([.,])\d{3}(?:\1\d{3})*")
_BIG = Decimal("1e24")
FIRST_YEAR, _LAST_YEAR = 1900, 2100


def parse_number(
    text: str, decimal_marks: tuple[str, ...], group_marks: tuple[str, ...]
) -> tuple[Decimal | None, Decimal | None]:
    """The number that `text` (folded) says, and its other reading if one mark leaves two.

    None where the marks fit no number: dates, versions, addresses.

    >>> parse_number("10,372", (".",), (",",))
    (Decimal('10372'), None)
    >>> parse_number("1.250", (",",), (".",))
    (Decimal('1250'), None)
    """
    # 7ر2: how old Arabic type set 7.2; 1・5: how Japanese columns do.
    text = text.replace("ر", ".").replace("・", ".")
    if text[0] in ".,":
        return _checked("0." + text[1:]), None
    if _MILLIONS.fullmatch(text):  # 1'250.000: how Colombia and Peru set off the millions
        return _checked("".join(filter(str.isdigit, text))), None
    parts = _MARK.split(text)
    marks = _MARK.findall(text)
    if not marks:
        return _checked(text), None
    if len(set(marks)) == 1 and len(marks) > 1:
        return (_checked("".join(parts)) if _is_grouped(parts) else None), None
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        whole, tail = parts[:-1], parts[-1]
        return (_checked("".join(whole) + "." + tail) if _is_grouped(whole) else None), None
    if len(marks) > 1:
        return None, None
    head, tail = parts
    mark = marks[0]
    if mark in " '":
        if len(tail) == 3:
            return _checked(head + tail), None
        return _checked(f"{head}.{tail}") if mark in decimal_marks else None, None
    decimal = _checked(f"{head}.{tail}")
    if len(tail) != 3 or head in ("0", "") or len(head) > 3:
        return decimal, None
    grouped = _checked(head + tail)
    if mark == decimal_marks[0]:
        return decimal, (grouped if mark in group_marks else None)
    if mark in group_marks and mark not in decimal_marks:
        return grouped, None
    # Both are printed in this language: 12,345 groups; 12.345 waits for what follows.
    return (grouped, None) if mark in group_marks[:1] else (decimal, grouped)


def _is_grouped(parts: list[str]) -> bool:
    """1 234 567, or as India writes: 12,34,567."""
    head, *middle, tail = parts
    if not 1 <= len(head) <= 3 or len(tail) != 3:
        return len(parts) == 1
    return all(len(part) == 3 for part in middle) or (
        len(head) <= 2 and all(len(part) == 2 for part in middle)
    )


def _checked(digits: str) -> Decimal | None:
    value = Decimal(digits)
    return value if value < _BIG else None


def may_be_year(value: Decimal, *, first: int = FIRST_YEAR) -> bool:
    """Whether news may mean a year by `value`; other calendars count from another `first`."""
    return first <= value <= _LAST_YEAR
