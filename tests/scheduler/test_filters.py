"""`rasid read`: one line of JSON in, one out, whatever the line is."""

from __future__ import annotations

import json
from typing import Any

import pytest

BAD = {
    "no JSON": (b"{", "not a line of JSON"),
    "no object": (b"[1]", "must be a JSON object"),
    "deep": (b"[" * 100_000, "not a line of JSON"),
}


async def test_country_of_a_story_resolves_its_currency(own_house: Any) -> None:
    lines = [{"id": i, "lang": "ar", "text": "بقيمة 5 ملايين ريال", "country": c}
             for i, c in enumerate(["QA", "OM", None, 7])]  # fmt: skip
    told = "\n".join(json.dumps(line) for line in lines).encode()

    out = await own_house.rasid("read", stdin=told)

    figures = [json.loads(line)["figures"][0]["currency"] for line in out.splitlines()]
    assert figures == ["QAR", "OMR", "SAR", "SAR"]


@pytest.mark.parametrize(("line", "said"), BAD.values(), ids=BAD)
async def test_bad_line_is_told_and_the_next_one_read(
    own_house: Any, line: bytes, said: str
) -> None:
    good = json.dumps({"id": "good", "lang": "en", "text": "It cost $5bn."}).encode()

    out = await own_house.rasid("read", stdin=line + b"\n\n" + good)

    bad, read = map(json.loads, out.splitlines())
    assert said in bad["reasons"][0]["text"]
    assert (read["id"], read["figures"][0]["low"]) == ("good", 5_000_000_000)
