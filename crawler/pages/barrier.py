"""Is this page a wall in place of what was asked: captcha, consent, login, paywall, refusal?

A wall is recognised and left alone. It is never stored as an article and never defeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.model import Reason
from crawler.pages.barrier_words import (
    CAPTCHA_TITLES,
    CONSENT,
    CONSENT_TITLES,
    HINTS,
    HUMAN,
    LOGIN_TITLES,
    PAYWALL,
    REFUSED,
    REFUSED_ALONE,
)
from crawler.text.fold import fold

# Marks in the markup of pages that services put in place of an article.
_MARKS = (
    (
        "captcha",
        re.compile(
            r"cf-challenge|cf_chl_opt|challenge-platform/h/|/cdn-cgi/challenge|_Incapsula_Resource|"
            r"px-captcha|captcha-delivery\.com|geo\.captcha|datadome|/_sec/cp_challenge|"
            r"class=[\"'](?:g-recaptcha|h-captcha|cf-turnstile)|awsWafCookieDomainList|"
            r"ddos-guard|sucuri_cloudproxy|distil_r_captcha",
            re.IGNORECASE,
        ),
    ),
    (
        "consent",
        re.compile(
            r"consent\.(?:google|yahoo|youtube)\.|guce\.|/privacy-?gate|sourcepoint.{0,80}tcfapi|"
            r"consent-?wall|cookie-?wall|pur-?abo",
            re.IGNORECASE,
        ),
    ),
    ("login", re.compile(r"<input[^<>]{0,200}type=[\"']?password", re.IGNORECASE)),
)
_SENTENCES = {
    "captcha": "the site asks whether we are human",
    "consent": "the site shows its consent page in place of the article",
    "login": "the site wants us to sign in",
    "paywall": "only subscribers get the text",
    "refused": "the site refuses the page",
}
_LOCKED = re.compile(r"\"isAccessibleForFree\"\s*:\s*(?:\"?false\"?)", re.IGNORECASE)
_SHORT_TEXT = 600  # letters; a real article on a page with such a mark is longer
_CONSENT_TEXT, _CONSENT_SIGNS = 3000, 3
_TEASER, _LONG_TEASER = 400, 1200  # letters, about two and six sentences
_TAIL = 300
_MATCHED, _NEAR, _LONGEST_PAGE = 40, 500, 200_000
_DENSE = 2.5  # letters of an alphabet that one Chinese, Japanese or Korean sign stands for
_ENDED = re.compile(r"[.!?。！？؟۔।»”\"')\]」』]\s*$")


def fold_words(rows: str) -> str:
    """Regex alternatives of the folded phrases in `rows`; "…" lets a few words between."""
    words = sorted(set(rows.split("|")), key=len, reverse=True)
    return "|".join(
        r".{1,40}?".join(re.escape(fold(part)).replace(r"\ ", r"\s+") for part in word.split("…"))
        for word in words
    )


_PAYWALL = re.compile("|".join(map(fold_words, PAYWALL.values())))
_HINTS = re.compile(fold_words(HINTS))
_HUMAN = re.compile(fold_words(HUMAN))
_CONSENT = re.compile(fold_words(CONSENT))
_TITLES = tuple(
    (code, re.compile(rf"\W*(?:{fold_words(rows)})(?!\w){end}"))
    for code, rows, end in (
        ("refused", REFUSED, ""),
        ("captcha", CAPTCHA_TITLES, ""),
        ("captcha", "captcha", r"\W*$"),
        ("consent", CONSENT_TITLES, ""),
        # "Sign in" is a page, "Sign in with your face, says the bank" a headline.
        ("login", LOGIN_TITLES, r"\W*$"),
        ("refused", REFUSED_ALONE, r"\W*$"),
    )
)


def find_wall(titles: tuple[str, ...], text: str) -> Reason | None:
    """Why the page calls itself a wall; None if it does not.

    `titles` are all that the page bears, without the site's name; `text` is its extracted body.
    """
    length = letters(text)
    if length < _CONSENT_TEXT and _is_consent(text, titles):
        return _wall("consent")
    if length >= _SHORT_TEXT:
        return None
    # All titles are asked for one sign before the next: "Attention required" heads two of them.
    for code, shape in _TITLES:
        if any(shape.match(fold(title)) for title in titles):
            return _wall(code)
    # "Captcha maker raises $60m" quotes it once; the page of a captcha begins with it.
    if _HUMAN.search(fold(text[:_TAIL])) and not any(len(title) > 40 for title in titles):
        return _wall("captcha")
    return None


def find_marks(markup: str, text: str) -> Reason | None:
    """Why a page without much text is a wall by what its markup holds; None if it is none.

    A real page may carry a form to sign in, too: then there is text as well.
    """
    if letters(text) >= _SHORT_TEXT // 2:
        return None
    return next((_wall(code) for code, marks in _MARKS if marks.search(markup)), None)


def find_paywall(markup: str, text: str, *, page_text: Callable[[], str | None]) -> Reason | None:
    """Why only the teaser of an article is here; None if it can be read.

    `page_text` gives all that the page shows: the request to subscribe stands behind the teaser.
    """
    length = letters(text)
    if length >= _LONG_TEASER:
        return None
    locked = _LOCKED.search(markup) is not None
    if locked and (length < _TEASER or not _ENDED.search(text)):
        return _wall("paywall")
    asks = _PAYWALL.search(fold(text)) is not None
    if asks and (locked or length < 2 * _TEASER):
        return _wall("paywall")
    if not (locked or length < 2 * _TEASER):
        return None
    behind = _behind(text, (page_text() or "")[:_LONGEST_PAGE])
    if _PAYWALL.search(behind) or (locked and _HINTS.search(behind)):
        return _wall("paywall")
    return None


def _behind(text: str, page: str) -> str:
    """What the page shows right behind `text`, folded; it may ask before other teasers as well."""
    shown = " ".join(fold(page).split())
    end = " ".join(fold(text).split())[-_MATCHED:]
    at = shown.rfind(end) if end else -1
    return shown[at + len(end) :][:_NEAR] if at >= 0 else ""


def letters(text: str) -> float:
    """Length of `text` in letters of an alphabet: one Chinese sign says as much as several."""
    dense = sum(1 for char in text if char >= "\u2e80")
    return len(text) - dense + _DENSE * dense


def _is_consent(text: str, titles: tuple[str, ...]) -> bool:
    folded = " ".join((*map(fold, titles), fold(text)))
    return len(set(_CONSENT.findall(folded))) >= _CONSENT_SIGNS


def _wall(code: str) -> Reason:
    return Reason(code=code, text=_SENTENCES[code])
