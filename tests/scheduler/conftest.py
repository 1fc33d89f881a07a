"""A house of one's own: a folder of YAML over the shipped files, and the command line on it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from scheduler.demo.config import shipped_sources


@dataclass(frozen=True, kw_only=True)
class OwnHouse:
    """A configuration folder, a state folder, and `rasid` on both in a process of its own."""

    folder: Path
    state: Path

    def write(
        self,
        *,
        sources: Sequence[Mapping[str, Any]] = (),
        rules: Sequence[Mapping[str, Any]] = (),
        targets: Sequence[Mapping[str, Any]] = (),
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Write the owner's files; shipped sources are taken away."""
        (self.folder / "sources").mkdir(parents=True, exist_ok=True)
        files = {
            "sources/own.yaml": {"remove": shipped_sources(), "sources": list(sources)},
            "rules.yaml": {"rules": list(rules)},
            "targets.yaml": {"targets": list(targets)},
            "rasid.yaml": {"delay_s": 0, "listen": None, "rates_url": None, **(settings or {})},
        }
        for name, content in files.items():
            text = yaml.safe_dump(content, allow_unicode=True)
            (self.folder / name).write_text(text, "utf-8")

    def command(self, *words: str) -> list[str]:
        places = ["--config", str(self.folder), "--state", str(self.state)]
        return [sys.executable, "-m", "scheduler", *places, *words]

    async def rasid(self, *words: str, code: int = 0, stdin: bytes = b"") -> str:
        """What `rasid WORDS` prints; fails unless it ends with `code`."""
        process = await asyncio.create_subprocess_exec(
            *self.command(*words),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate(stdin)
        assert process.returncode == code, (process.returncode, err.decode()[-3000:])
        return out.decode()


@pytest.fixture
def own_house(tmp_path: Path) -> OwnHouse:
    house = OwnHouse(folder=tmp_path / "config", state=tmp_path / "state")
    house.write()
    return house
