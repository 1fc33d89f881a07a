"""99 real pages of a shared set that is not part of this repository: the floor of our scores."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.pages.extract import extract

SHARED = Path(os.environ.get("RASID_SHARED") or Path(__file__).parents[4] / "shared")
PAGES = SHARED / "data" / "pages"
SCORER = SHARED / "tools" / "score_articles.py"
NOW = datetime(2026, 11, 25, tzinfo=UTC)
FLOOR = {"title": 0.90, "date": 0.98, "minute": 0.95, "body_f1": 0.96}


@pytest.mark.skipif(
    not PAGES.is_dir() or not SCORER.is_file(),
    reason="the shared page set is not here: set RASID_SHARED to its folder",
)
def test_scores_on_real_pages(tmp_path):
    lines = (PAGES / "manifest.jsonl").read_text("utf-8").splitlines()
    with (tmp_path / "out.jsonl").open("w", encoding="utf-8") as out:
        for line in lines:
            out.write(json.dumps(extract(json.loads(line), folder=PAGES, now=NOW)) + "\n")

    told = subprocess.run(
        [sys.executable, SCORER, PAGES / "manifest.jsonl", tmp_path / "out.jsonl", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )

    scores = json.loads(told.stdout)
    assert scores["missing"] == 0
    assert {name: scores[name] for name in FLOOR if scores[name] < FLOOR[name]} == {}
