"""No command says "1 targets": a number before a plural goes through `counted`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ("config", "crawler", "notifier", "scheduler")
PLURAL = re.compile(
    r"^ (?:new |other |more )?(?:alerts|articles|characters|claims|companies|days|deals|examples|"
    r"feeds|hours|languages|lines|links|messages|minutes|pages|phrases|rules|sitemaps|sources|stories|"
    r"targets|texts|times|tries|words)\b"
)
NO_NUMBERS = {"state", "_BLOCKS[-1]"}
# What is always more than one, or a reason of a deal, in short words of its own.
FINE = {
    "crawler/deals/fit.py",
    "crawler/spiders/guard/encoding.py",
    "crawler/warc/pages.py",
}


def plurals(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.JoinedStr):
            continue
        for number, text in zip(node.values, node.values[1:], strict=False):
            if (
                isinstance(number, ast.FormattedValue)
                and isinstance(text, ast.Constant)
                and ast.unparse(number.value) not in NO_NUMBERS
                and PLURAL.search(str(text.value))
            ):
                yield f"line {node.lineno}: {ast.unparse(number.value)}{text.value}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_number_agrees_with_what_it_counts(room: str) -> None:
    files = {str(path.relative_to(HOUSE)): path for path in sorted((HOUSE / room).rglob("*.py"))}

    found = {name: list(plurals(path)) for name, path in files.items() if name not in FINE}

    assert {name: lines for name, lines in found.items() if lines} == {}


def test_a_slip_would_be_found(tmp_path: Path) -> None:
    slip = tmp_path / "slip.py"
    slip.write_text("print(f\"{len(found)} targets watched, {counted(1, 'rule')} kept\")")

    assert list(plurals(slip)) == ["line 1: len(found) targets watched, "]
