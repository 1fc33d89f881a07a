"""Which script a text is in."""

import pytest

from crawler.text.script import script_of

TEXTS = {
    "Latn": "Meta spends", "Arab": "تنفق Meta أموالا", "Cyrl": "инвестиции в ИИ", "Hebr": "השקעה",
    "Deva": "निवेश करोड़",
    "Hani": "投资人工智能", "Jpan": "人工知能に投資する", "Kore": "인공지능 투자",
    "Zyyy": "60-65 $ …",
}  # fmt: skip


@pytest.mark.parametrize(("script", "text"), TEXTS.items(), ids=TEXTS)
def test_script(script: str, text: str) -> None:
    assert script_of(text) == script
