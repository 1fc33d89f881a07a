"""What may stand in each kind of file, as JSON Schema for an editor?"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from config.model import Company, Rate, Rule, Settings, Source, Target, Watchlist
from config.phrases import Wording
from config.secrets import SECRETS

_LISTED: dict[str, type[BaseModel]] = {
    "sources": Source,
    "rules": Rule,
    "targets": Target,
    "companies": Company,
    "rates": Rate,
}
_REMOVABLE = ("sources", "companies")


def json_schema(kind: str) -> dict[str, Any]:
    """The JSON Schema of one kind of file.

    `kind`: settings, sources, rules, targets, companies, rates or wording.
    """
    if kind == "settings":
        schema = _with_files(Settings.model_json_schema())
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    if kind == "wording":
        schema = Wording.model_json_schema()
        del schema["required"]  # a file that lies over a shipped one may have a single phrase
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    inner = _with_files(_LISTED[kind].model_json_schema())
    definitions = inner.pop("$defs", {})
    properties: dict[str, Any] = {kind: {"type": "array", "items": inner}}
    if kind in _REMOVABLE:
        ids = {"type": "array", "items": {"type": "string"}}
        properties["remove"] = {**ids, "description": "ids of shipped entries to leave out"}
    if kind == "rules":
        watchlist = Watchlist.model_json_schema()
        properties["watchlists"] = {"type": "array", "items": watchlist}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind,
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"$defs": definitions} if definitions else {}),
    }


def _with_files(schema: dict[str, Any]) -> dict[str, Any]:
    """`schema` with `KEY_file` beside each key that may be a secret."""
    for key in (key for key in SECRETS if key in schema["properties"]):
        schema["properties"][f"{key}_file"] = {
            "type": "string",
            "description": f"file that holds {key} alone, readable by its owner only (chmod 600)",
        }
        if key in schema.get("required", []):
            schema["required"].remove(key)
            schema["anyOf"] = [{"required": [key]}, {"required": [f"{key}_file"]}]
    if "apprise" in schema["properties"]:
        schema["required"].remove("tags")  # the file's own may do
        ways = [{"required": [*way["required"], "tags"]} for way in schema["anyOf"]]
        schema["anyOf"] = [*ways, {"required": ["apprise"]}]
    return schema
