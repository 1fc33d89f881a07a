"""Strangers' text stays text: in mail, chat, log and page."""

from __future__ import annotations

import html
import random
import re
import unicodedata

import pytest

from crawler.text.safe import harmless_line, harmless_url

HARMLESS = {
    "a tag": ("<b>Acme</b> <img src=x>", "‹b›Acme‹/b› ‹img src=x›"),
    "a Slack channel": ("<!channel> Acme", "‹!channel› Acme"),
    "a channel made by decoding once more": ("&lt;!channel&gt;", "& lt;!channel& gt;"),
    "an at sign by number": ("&#64;here", "& #64;here"),
    "an entity without its end": ("&ltb", "& ltb"),
    "a Discord mention": ("@everyone raises", "@ everyone raises"),
    "a mention under a zero width": ("@\u200beveryone", "@ everyone"),
    "a mention under markup": ("@*here* @_all_", "@ ∗here∗ @ all"),
    "a wide at sign": ("＠everyone", "@ everyone"),
    "a masked link": ("[free](http://x.test)", "(free)(http: //x.test)"),
    "a masked link under markup": ("[a]*(http://x.test)", "(a)∗(http: //x.test)"),
    "lines": ("a\r\nBcc: b\u2028c\td", "a Bcc: b c d"),
    "reversed text": ("\u202egro.live\u2069 Acme", "gro.live Acme"),
    "colors for a terminal": ("\x1b[31mAcme\x9b2J\x07", "(31mAcme2J"),
    "zero width": ("A\u200bc\u200dm\u2060e\ufeff A\xadI", "Acme AI"),
    "half a pair": ("Acme \ud800 AI", "Acme AI"),
    "nothing to see": ("\u3164\u2800 \u200b\u115f", ""),
    "code and spoilers": ("`x` ||y|| ~~z~~", "'x' //y// ∼∼z∼∼"),
    "a backslash before our sign": ("Acme\\", "Acme/"),
    "plain business names": ("AT&T, R&D, S&P 500 & Q&A: 5% of $3bn #1", None),
    "Arabic with its vowels": ("مِلْيَارُ دُولَارٍ «ميتا» ٦٥٪", None),
    "Chinese and Hindi": ("阿里巴巴投资 3,800 亿元 क्षेत्रों", None),
}


@pytest.mark.parametrize(("text", "line"), HARMLESS.values(), ids=HARMLESS)
def test_harmless_line(text: str, line: str | None) -> None:
    assert harmless_line(text, 200) == (text if line is None else line)


def test_marks_do_not_pile_up() -> None:
    assert len(harmless_line("a" + "\u0327\u0301" * 500, 200)) <= 4


def test_a_line_is_cut_with_a_sign() -> None:
    assert harmless_line("word " * 100, 12) == "word word…"


def test_a_megabyte_is_bounded_before_the_work() -> None:
    assert len(harmless_line("A" * 10_000_000, 80)) == 80


LINKS = {
    "plain": ("https://a.test/deals/7?x=1&y=a_b", "https://a.test/deals/7?x=1&y=a_b"),
    "Arabic": ("https://a.test/خبر", "https://a.test/%D8%AE%D8%A8%D8%B1"),
    "an Arabic host": ("https://مثال.test/", "https://xn--mgbh0fb.test/"),
    "signs that end a link": ("https://a.test/a(b)*<c>", "https://a.test/a%28b%29%2A%3Cc%3E"),
    "a line break": ("https://a.test/a\nb", "https://a.test/ab"),
    "a false host": ("https://bank.test@evil.test/", None),
    "a script": ("javascript:alert(1)", None),
    "a file": ("file:///etc/passwd", None),
    "no host": ("https:///x", None),
    "too long": ("https://a.test/" + "x" * 600, None),
    "a bad port": ("https://a.test:99999/", None),
}


@pytest.mark.parametrize(("url", "safe"), LINKS.values(), ids=LINKS)
def test_harmless_url(url: str, safe: str | None) -> None:
    assert harmless_url(url) == safe


PIECES = [
    "<", ">", "&", "lt;", "#64;", "@", "[", "]", "(", ")", "*", "_", "`", "~", "|", "\\", "://",
    "http", "everyone", "here", "!channel", "\n", "\r", "\t", " ", "\u200b", "\u202e", "\u2067",
    "\u2028", "\x00", "\x1b[2J", "\u0301", "\u0651", "\ufeff", "\ud83d", "\ue000", "\uffff",
    "＠", "＜", "ميتا", "60", "مليار", "OpenAI", "﷽", "👨‍👩‍👧", "\U000e0041", "%s", "{{7*7}}", "=",
]  # fmt: skip


def hostile(seed: int) -> str:
    """A stranger's text, made of what has broken something somewhere, and of anything."""
    dice = random.Random(seed)
    letters = [
        dice.choice(PIECES) if dice.random() < 0.8 else chr(dice.randrange(0x110000))
        for _ in range(dice.randrange(1, 60))
    ]
    return "".join(letters)


def assert_harmless(line: str) -> None:
    """What P9 promises about one line of strangers' text."""
    assert not set(line) & set("<>[]*_`~|\\\n\r\t")
    kinds = {unicodedata.category(letter) for letter in line}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert not re.search(r"@[^\s…]|\w://", line)
    assert not set(html.unescape(line)) - set(line)
    line.encode("utf-8")


@pytest.mark.parametrize(
    "count", [2_000, pytest.param(100_000, marks=pytest.mark.slow)], ids=["some", "all"]
)
def test_hostile_text_is_a_harmless_line(count: int) -> None:
    for seed in range(count):
        line = harmless_line(hostile(seed), 60)

        assert len(line) <= 60
        assert line == line.strip()
        assert_harmless(line)
