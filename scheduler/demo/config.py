"""What does the demo's owner write? A folder of ordinary files, read as any owner's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from config.layers import SHIPPED
from config.model import Source
from config.yaml_marks import read_yaml

TARGETS = {"desk-ar": "ar", "desk-en": "en"}
RULES: tuple[dict[str, Any], ...] = (
    {"id": "mega", "at_least": "10bn USD", "tell": ["desk"]},
    {
        "id": "big",
        "at_least": "100m USD",
        "unless": {"at_least": "10bn USD"},  # mega tells those to the same people
        "tell": ["desk"],
    },
)


def write_config(folder: Path, *, sources: Iterable[Source], urls: Mapping[str, str]) -> Path:
    """Write the demo's configuration to `folder` and return it.

    `urls` has the Apprise URL of each of TARGETS. The shipped sources are left out, so the
    demo asks nobody but the sites it is given.
    """
    settings = {
        "delay_s": 0,
        "listen": None,
        "rates_url": None,
        "user_agent_contact": "demo@rasid.invalid",
    }
    targets = [
        {
            "id": name,
            "url": urls[name],
            "tags": ["desk"],
            "language": language,
            "currency": "AED" if language == "ar" else "USD",
            "zone": "Asia/Dubai" if language == "ar" else "UTC",
        }
        for name, language in TARGETS.items()
    ]
    own = [source.model_dump(mode="json", exclude_defaults=True) for source in sources]
    _write(folder / "rasid.yaml", settings)
    _write(folder / "rules.yaml", {"rules": RULES})
    _write(folder / "targets.yaml", {"targets": targets})
    _write(folder / "sources" / "demo.yaml", {"remove": shipped_sources(), "sources": own})
    return folder


def shipped_sources() -> list[str]:
    """The ids to `remove` by whoever wants to be alone with sources of their own."""
    documents = (read_yaml(path, []).value for path in sorted((SHIPPED / "sources").glob("*.yaml")))
    return [source["id"] for document in documents for source in (document or {})["sources"]]


def _write(path: Path, value: object) -> None:
    # JSON is YAML: no second writer, and every text is quoted.
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1), "utf-8")
