"""A country has a zone where all its clocks agree."""

from __future__ import annotations

from datetime import UTC, datetime

from scheduler.zones import load_zones


def test_zone_of_a_country() -> None:
    zones = load_zones(datetime(2026, 11, 25, tzinfo=UTC))

    assert zones["SA"] == "Asia/Riyadh"
    assert zones["DE"] == "Europe/Berlin"  # Büsingen has a row of its own, and the same clock
    assert "US" not in zones
    assert "ES" not in zones  # the Canaries
