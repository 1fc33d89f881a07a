"""A pattern learned from one page takes the articles of tomorrow and leaves the navigation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

import pytest

from crawler.pages.shapes import Seen, infer_pattern

SITE = "https://quay.example"
MENU = ["/", "/markets/", "/markets/energy/", "/about-us", "/contact", "/2026/", "/tag/chips/"]
WORDS = re.findall(r"\w+", "harbor robotics raises forty million dollars for its second plant")
NAMES = ["-".join(WORDS[n : n + 6]) for n in range(5)]
ARABIC = [
    "شركة-الميناء-تجمع-أربعين-مليون-دولار",
    "بنك-الشمال-يفتح-مكتبا-جديدا",
    "صندوق-الواحة-يستثمر-في-الذكاء",
    "وزيران-يلتقيان-لبحث-أسعار-الطاقة",
]


@dataclass(frozen=True, kw_only=True)
class Case:
    """The addresses of one section page, and what is published tomorrow."""

    articles: list[str]
    tomorrow: list[str]
    menu: list[str] = field(default_factory=list)
    maybe: list[str] = field(default_factory=list)  # links without words, as of pictures
    elsewhere: list[str] = field(default_factory=list)


SITES = {
    "a day in the path": Case(
        articles=[f"/2026/11/2{n}/{name}/" for n, name in enumerate(NAMES)],
        tomorrow=["/2027/1/3/a-word/"],
        menu=["/2026/11/", "/archive/2026/"],
    ),
    "a month in the path": Case(
        articles=[f"/news/2026/11/{name}" for name in NAMES],
        tomorrow=["/news/2027/01/short"],
    ),
    "a day in one word": Case(
        articles=[f"/news/2026-11-2{n}/{name}.html" for n, name in enumerate(NAMES)],
        tomorrow=["/news/2027-01-03/short.html"],
    ),
    "eight digits": Case(
        articles=[f"/a/2026112{n}/{1000 + n}.shtml" for n in range(5)],
        tomorrow=["/a/20270103/1.shtml"],
    ),
    "an Arabic slug and a number": Case(
        articles=[f"/{quote(name)}-34{n}031.html" for n, name in enumerate(ARABIC)],
        tomorrow=[f"/{quote('خبر-جديد')}-350112.html"],
        menu=[f"/{quote('اقتصاد')}/", f"/{quote('من-نحن')}.html"],
    ),
    "a number at the end of a slug": Case(
        articles=[f"/tech/{name}-10{n}3" for n, name in enumerate(NAMES)],
        tomorrow=["/money/short-2201"],
        menu=["/tech", "/tech/page-2"],
    ),
    "a number below a word": Case(
        articles=[f"/article/{800 + n}" for n in range(5)],
        tomorrow=["/article/1200"],
        menu=["/category/12", "/page/2"],
    ),
    "a number before the slug": Case(
        articles=[f"/news/{45000 + n}/{name}" for n, name in enumerate(NAMES)],
        tomorrow=["/news/46001/short"],
        menu=["/news/archive"],
    ),
    "a number in front of the slug": Case(
        articles=[f"/en/{45000 + n}-{name}" for n, name in enumerate(NAMES)],
        tomorrow=["/en/46001-short"],
        menu=["/en/company", "/en/world"],
    ),
    "a letter and a number": Case(
        articles=[f"/economy/{name}/a-{70000 + n}" for n, name in enumerate(NAMES)],
        tomorrow=["/sports/short/a-81234"],
        menu=["/economy/s-1431", "/economy/energy"],
    ),
    "a number in the query": Case(
        articles=[f"/story.aspx?id={900 + n}" for n in range(5)],
        tomorrow=["/story.aspx?id=1001"],
        menu=["/list.aspx?section=4"],
    ),
    "words at the root": Case(
        articles=[f"/{name}/" for name in NAMES],
        tomorrow=["/northwind-bank-opens-an-office/"],
        menu=["/privacy-policy", "/press-room"],
    ),
    "words below a folder": Case(
        articles=[f"/news/{name}" for name in NAMES],
        tomorrow=["/news/northwind-bank-opens-an-office"],
        menu=["/company/our-story-and-our-people-today", "/events"],
    ),
    "one word below a folder": Case(
        articles=[
            f"/story/{name}" for name in ("quay", "bank-opens", "rain", "falcon-grid", "law")
        ],
        tomorrow=["/story/lumen"],
        menu=["/people/", "/series/rain"],
    ),
    "Arabic words below a folder": Case(
        articles=[f"/{quote('أخبار')}/{quote(name)}" for name in ARABIC],
        tomorrow=[f"/{quote('أخبار')}/{quote('مجموعة-النور-تشتري-شركة-لبرمجيات')}"],
        menu=[f"/{quote('كتاب')}/{quote('فلان')}"],
    ),
    "codes below a folder": Case(
        articles=[f"/articles/c{n}x7k5l9d{n}veo" for n in range(5)],
        tomorrow=["/articles/cq2w8e4r5t6y"],
        menu=["/topics/cz4pr2gd85qt"],
    ),
    "two shapes on one page": Case(
        articles=[
            *(f"/2026/11/2{n}/{name}/" for n, name in enumerate(NAMES)),
            *(f"/live/{70000 + n}" for n in range(4)),
        ],
        tomorrow=["/2027/1/3/a-word/", "/live/81234"],
    ),
    "pictures without words change nothing": Case(
        articles=[f"/article/{800 + n}" for n in range(5)],
        maybe=["/article/900", "/gallery/17", "/gallery/18"],
        tomorrow=["/article/1200"],
    ),
    "another site writes its addresses in the same way": Case(
        articles=[f"/2026/11/2{n}/{name}/" for n, name in enumerate(NAMES)],
        elsewhere=["https://other.example/2026/11/20/one/"],
        tomorrow=["/2027/1/3/a-word/"],
    ),
}


def pattern_of(case: Case) -> str | None:
    def seen(paths: list[str], *, article: bool | None) -> list[Seen]:
        return [Seen(url=SITE + path, article=article) for path in paths]

    links = seen(case.articles, article=True) + seen([*MENU, *case.menu], article=False)
    links += seen(case.maybe, article=None)
    links += [Seen(url=url, article=None, own=False) for url in case.elsewhere]
    return infer_pattern(links, "quay.example")


@pytest.mark.parametrize("case", SITES.values(), ids=SITES)
def test_pattern_takes_articles_and_nothing_else(case: Case) -> None:
    pattern = pattern_of(case)

    assert pattern is not None
    shape = re.compile(pattern)
    wanted = [SITE + path for path in (*case.articles, *case.tomorrow)]
    others = [*(SITE + path for path in (*MENU, *case.menu)), *case.elsewhere]
    assert [url for url in wanted if not is_taken(shape, url)] == []
    assert [url for url in others if is_taken(shape, url)] == []


def is_taken(shape: re.Pattern[str], url: str) -> bool:
    """As crawler/pages/section.py looks."""
    return shape.search(url) is not None or shape.search(unquote(url)) is not None


@pytest.mark.parametrize(
    "articles",
    [[], ["/2026/11/20/one/", "/2026/11/21/two/"], ["/alpha", "/beta", "/gamma", "/delta"]],
    ids=["no link", "two are no proof", "nothing in common"],
)
def test_no_pattern_without_proof(articles: list[str]) -> None:
    assert pattern_of(Case(articles=articles, tomorrow=[])) is None
