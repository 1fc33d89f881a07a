"""Dates that machines write, as feeds and meta tags hold them."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from crawler.pages.stamps import parse_epoch, parse_stamp

STAMPS = {
    "Sun, 26 Jan 2025 10:00:00 +0300": "2025-01-26T10:00:00+03:00",
    "Sun, 26 Jan 2025 10:00 GMT": "2025-01-26T10:00:00+00:00",
    "26 Jan 25 10:00:00 EST": "2025-01-26T10:00:00-05:00",
    "26 Jan 75 10:00:00 EST": "1975-01-26T10:00:00-05:00",
    "Sun, 26 January 2025 10:00:00 Z": "2025-01-26T10:00:00+00:00",
    "Sun, 26 Jan 2025 10:00:00 GMT (Coordinated Universal Time)": "2025-01-26T10:00:00+00:00",
    "2025-01-26T10:00:00.123456789Z": "2025-01-26T10:00:00+00:00",
    "2025-01-26T10:00:00+0300": "2025-01-26T10:00:00+03:00",
    "2025-01-26 10:00": "2025-01-26T10:00:00+04:00",
    "2025-01-26T24:00:00Z": "2025-01-27T00:00:00+00:00",
    "2025/01/26": "2025-01-26",
    "20250126": "2025-01-26",
    "٢٠٢٥-٠١-٢٦": "2025-01-26",
    "Sun Jan 26 10:00:00 CET 2025": "2025-01-26T10:00:00+01:00",
    "Sun, 26 Jan 2025 10:00:00 (CET)": "2025-01-26T10:00:00+01:00",
    "Sun, 26 Jan 2025 10:00:00 Asia/Riyadh": "2025-01-26T10:00:00+03:00",
    "2025-01-26T10:00:00+03:00[Asia/Riyadh]": "2025-01-26T10:00:00+03:00",
    "2025-01-26T10:00:00 03:00": "2025-01-26T10:00:00+03:00",
    "Sun, 26 Jan 2025 10.05.00 GMT": "2025-01-26T10:05:00+00:00",
    "Thu, 01 Jan 1970 00:00:00 +0000": None,
    "1970-01-01T00:00:00Z": None,
    "2025-01-26 05:05 PM": None,  # left to the reader of words
    "2025-01": None,
    "2025": None,
    "2025-02-30": None,
    "2025-01-26T25:00:00Z": None,
    "0000-00-00": None,
    "0001-01-01T00:00:00Z": None,
    "9999-12-31T23:59:59Z": None,
    "Sun, 26 Jan 2025 10:00:00 +0300 and more": None,
    "": None,
}


@pytest.mark.parametrize(("text", "told"), STAMPS.items(), ids=STAMPS)
def test_stamp(text, told):
    stamp = parse_stamp(text, zone=ZoneInfo("Asia/Dubai"))

    if stamp is None or told is None:
        assert stamp is told
        return
    assert (stamp.at.date() if stamp.day_only else stamp.at).isoformat() == told


EPOCHS = {"1737885600": True, "1737885600000": True, "20250126": False, "9": False, "": False}


@pytest.mark.parametrize(("text", "is_one"), EPOCHS.items(), ids=EPOCHS)
def test_epoch(text, is_one):
    assert (parse_epoch(text) is not None) is is_one
