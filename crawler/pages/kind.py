"""Is this page one article, or a missing page, a list of articles, a live blog, a gallery?"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawler.model import Reason
from crawler.pages.barrier import fold_words, letters
from crawler.pages.barrier_words import MISSING
from crawler.pages.clean import one_line
from crawler.pages.metadata import Facts
from crawler.text.fold import fold

_MISSING = re.compile(rf"\W*(?:{fold_words(MISSING)})\W*")
_GALLERY = {"ImageGallery", "MediaGallery"}
_LIVE_PATH = re.compile(r"/(?:live-?blogs?|live-?updates?|live-?ticker|minute-by-minute)(?:[/-]|$)")
_GALLERY_TEXT = 1500  # letters: captions; a story told in pictures is longer
_LEAST_TEASERS, _LEAST_HEADLINE, _MOST_HEADINGS = 6, 20, 200
_BOX, _OWN_TEXT = 600, 300  # letters of one teaser, and of what a list says for itself


def find_other_kind(
    facts: Facts, tree: LexborHTMLParser, titles: tuple[str, ...], body: str, url: str
) -> Reason | None:
    """Why the page is no single article; None if it is one as far as can be seen.

    Missing pages and lists are looked for only where the page does not call itself an article.
    """
    if "LiveBlogPosting" in str(facts.json_ld.get("@type")) or _LIVE_PATH.search(
        urlsplit(url).path.lower()
    ):
        return Reason(code="live_blog", text="the page is a live blog, not one article")
    if facts.is_article:
        return None
    if any(_MISSING.fullmatch(fold(title)) for title in titles):
        return Reason(code="not_found", text="the page says that it is not there any more")
    if facts.types & _GALLERY and letters(body) < _GALLERY_TEXT:
        return Reason(code="gallery", text="the page shows pictures, not an article")
    if _is_list(tree, body):
        return Reason(code="index_page", text="the page lists articles and is none")
    return None


def _is_list(tree: LexborHTMLParser, body: str) -> bool:
    """Whether the lines of `body` are headlines that link elsewhere, and what stands under them."""
    lines = [fold(line.removeprefix("- ")) for line in body.splitlines()]
    told = _teasers(tree)
    own = sum(letters(line) for line in lines if line not in told)
    return sum(line in told for line in lines) >= _LEAST_TEASERS and own < _OWN_TEXT


def _teasers(tree: LexborHTMLParser) -> set[str]:
    """Linked headlines and the lines in their boxes, folded."""
    told = set()
    for heading in tree.css("h2, h3, h4")[:_MOST_HEADINGS]:
        text = one_line(heading.text(deep=True)) or ""
        box = heading.parent
        if box is None or letters(text) < _LEAST_HEADLINE or heading.css_first("a") is None:
            continue
        told.add(fold(text))
        if len(box.text(deep=True)) <= _BOX:
            told |= {fold(one_line(node.text(deep=True)) or "") for node in box.css("p")}
    return told
