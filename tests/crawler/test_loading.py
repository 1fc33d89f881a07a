"""A reader is loaded also where a file of weights was lost; the log says so once."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
SCRIPT = """
from pathlib import Path
from crawler.loading import load_reader
reader = load_reader(None)
tables = (reader.likeness, reader.letters, reader.names.around)
print(*(table.is_known for table in tables))
"""


def load_in(house: Path) -> tuple[str, str]:
    """What a process that lives in `house` prints and logs."""
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        cwd=house,
        env={"PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return ended.stdout, ended.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("likeness.tsv", "False True True\n"),
        ("letters.bin", "True False True\n"),
        ("around.bin", "True True False\n"),
    ],
)
def test_a_lost_or_broken_table_costs_its_sign_only(tmp_path: Path, name: str, said: str) -> None:
    for room in ("config", "crawler"):
        shutil.copytree(HOUSE / room, tmp_path / room)
    table = tmp_path / "config" / name
    whole = load_in(tmp_path)

    table.write_bytes(table.read_bytes()[:5000])
    broken = load_in(tmp_path)
    table.unlink()
    lost = load_in(tmp_path)

    assert whole == ("True True True\n", "")
    assert broken == lost
    assert lost[0] == said
    assert lost[1].count(f"config/{name} is missing") == 1
