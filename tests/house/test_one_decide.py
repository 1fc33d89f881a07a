"""Live, preview, backtest and correction ask rules at one place, so that none says otherwise."""

from __future__ import annotations

from tests.house.test_imports import imports_of, modules


def test_rules_are_asked_at_one_place() -> None:
    asking = [str(path) for path in modules() if "notifier.decide" in imports_of(path)]

    assert asking == ["scheduler/asking.py"]
