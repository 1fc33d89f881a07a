"""Which of a page's titles readers mean by its headline."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from crawler.pages.metadata import find_facts
from crawler.pages.title import choose_title

STORY = "Meta plans to spend 60 to 65 billion dollars"
SHORT = "Meta to spend 65 billion"
BUYER = f"{SHORT} - Meta then buys The Paper"
DASHED = "Spending spree - Meta and AI"
KICKER = "Kenya: Nairobi from below"
JAPANESE = "ソフトバンク、AIに5000億ドル"


def page(*, h1: tuple[str, ...] = (), og: str = "", document: str = "", json_ld: str = "") -> str:
    headings = "".join(f"<h1>{text}</h1>" for text in h1)
    graph = f'{{"@type": "NewsArticle", "headline": "{json_ld}"}}' if json_ld else "{}"
    return (
        f'<html><head><title>{document}</title><meta property="og:title" content="{og}">'
        f'<meta property="og:site_name" content="The Paper">'
        f'<script type="application/ld+json">{graph}</script></head><body>{headings}</body></html>'
    )


TITLES = {
    "all agree": (page(h1=(STORY,), og=STORY, document=f"{STORY} - The Paper"), None, STORY),
    "h1 is the site": (page(h1=("The Paper",), og=STORY, document=STORY), None, STORY),
    "h1 of another block first": (page(h1=("Most read", STORY), og=STORY), None, STORY),
    "only h1": (page(h1=(STORY,)), None, STORY),
    "only the document": (page(document=f"{STORY} | The Paper"), None, STORY),
    "unknown site behind a bar": (page(document=f"{STORY} | Some Other Name"), None, STORY),
    "site known by its address": (page(document=f"{STORY} - Akhbar"), None, STORY),
    "site and section in front": (page(document=f"The Paper: AI - {STORY}"), None, STORY),
    "site as the news": (page(og=BUYER), None, BUYER),
    "site in front with a bar": (page(document=f"The Paper | {STORY}"), None, STORY),
    "a dash of the headline": (page(og=DASHED), None, DASHED),
    "h1 against one social title": (page(h1=(STORY,), og=SHORT, json_ld=STORY), None, STORY),
    "kicker that all declare": (
        page(h1=("Nairobi from below",), og=KICKER, json_ld=KICKER),
        None,
        KICKER,
    ),
    "the list decides a tie": (page(og=SHORT, json_ld=STORY), STORY, STORY),
    "the list alone": (page(), STORY, STORY),
    "a cut list title has no vote": (page(), f"{SHORT}…", None),
    "Japanese": (page(h1=(JAPANESE,), og=f"{JAPANESE} - 新聞"), None, JAPANESE),
    "nothing": (page(), None, None),
}


@pytest.mark.parametrize(("html", "listed", "title"), TITLES.values(), ids=TITLES)
def test_title(html, listed, title):
    facts = find_facts(LexborHTMLParser(html), "https://www.akhbar.example/1")

    assert choose_title(facts, listed) == title
