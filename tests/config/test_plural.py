"""A number agrees with what it counts."""

from __future__ import annotations

import pytest

from config.plural import counted


@pytest.mark.parametrize(("number", "said"), [(0, "0 tries"), (1, "1 try"), (2, "2 tries")])
def test_so_many(number: int, said: str) -> None:
    assert counted(number, "try", "tries") == said


def test_an_s_is_the_rule() -> None:
    assert (counted(1, "source"), counted(21, "source")) == ("1 source", "21 sources")
