"""Which time zone has a country that has one?"""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from importlib import resources
from pathlib import Path


def load_zones(now: datetime) -> dict[str, str]:
    """The IANA zone of each country whose clocks all agree, by ISO 3166 code.

    From zone.tab of the system or of the tzdata package; {} where neither is there.
    """
    named: dict[str, list[str]] = {}
    for line in _table().splitlines():
        fields = line.split("\t")
        if not line.startswith("#") and len(fields) >= 3:
            named.setdefault(fields[0], []).append(fields[2])
    return {code: zones[0] for code, zones in named.items() if _agree(zones, now)}


def _table() -> str:
    for folder in zoneinfo.TZPATH:
        path = Path(folder) / "zone.tab"
        if path.is_file():
            return path.read_text("utf-8")
    try:
        return (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    except (ModuleNotFoundError, OSError):
        return ""


def _agree(zones: list[str], now: datetime) -> bool:
    """Whether all show one time in summer and in winter: Büsingen has the clocks of Berlin."""
    offsets = set()
    for name in zones:
        try:
            zone = zoneinfo.ZoneInfo(name)
        except zoneinfo.ZoneInfoNotFoundError:
            return False
        days = (datetime(now.year, month, 1, tzinfo=zone) for month in (1, 7))
        offsets.add(tuple(day.utcoffset() for day in days))
    return len(offsets) == 1
