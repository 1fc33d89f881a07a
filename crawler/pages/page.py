"""Which Article is on a fetched page?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from config.model import PageRule
from crawler.model import Article, Fetched, Reason
from crawler.pages.barrier import find_marks, find_paywall, find_wall
from crawler.pages.body import find_body, plain_lines, text_of_node
from crawler.pages.charset import decode
from crawler.pages.clean import one_line
from crawler.pages.kind import find_other_kind
from crawler.pages.language import resolve_language
from crawler.pages.metadata import Facts, find_facts
from crawler.pages.published import Moment, find_published
from crawler.pages.result import PageOutcome, PageResult
from crawler.pages.stamps import zone_of
from crawler.pages.title import choose_title, without_site
from crawler.pages.urls import canonical_url, twin_url

__all__ = ["PageOutcome", "PageResult", "read_page"]

_LIMIT = 8 << 20  # characters
_LONG_PIECE = 32_768
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{_LONG_PIECE},}}")
_ATTRIBUTE = re.compile(r"\s[^\s=<>\"']{1,60}\s*=")
_MOST_ATTRIBUTES = 1000
_NESTING = ("div", "span", "section", "a", "b", "i", "em", "font", "table", "blockquote", "ul")
_DEEPEST = 5000  # lexbor is quadratic in depth: 20,000 take it a second, 100,000 a minute
_MACHINERY = "script style svg link iframe template noscript nav select button video audio object"
_SHORTEST_BODY = 40  # characters: less is a caption or a button


def read_page(fetched: Fetched) -> PageResult:
    """The Article of `fetched`, or why there is none.

    The owner's page rules first, then what the page declares, then what it shows. A wall
    (captcha, consent, paywall) is BLOCKED; a page without title or text is BROKEN_LAYOUT.
    """
    if not fetched.body.strip():
        return _without(PageOutcome.EMPTY, "empty_body", "the server answered without a body")
    markup = decode(fetched.body, fetched.charset)[:_LIMIT]
    flood = _find_flood(markup)
    if flood is not None:
        return _without(PageOutcome.BROKEN_LAYOUT, "hostile", flood)
    tree = LexborHTMLParser(markup)
    page = _Page(fetched=fetched, markup=markup, tree=tree, facts=find_facts(tree, fetched.url))
    ruled = _by_rules(page)
    listing = fetched.listing
    title = ruled.title or choose_title(page.facts, listing.title if listing else None) or ""
    body = ruled.body or _find_body(page, ruled.markup, title)
    stands_in = _find_what_stands_in(page, title, body)
    if stands_in is not None:
        return stands_in
    if not title or len(body) < _SHORTEST_BODY:
        missing = "text" if title else "title"
        sentence = f"the page has no {missing} where we look for it"
        return _without(PageOutcome.BROKEN_LAYOUT, f"no_{missing}", sentence)
    return _article(page, ruled, title, body)


def _find_what_stands_in(page: _Page, title: str, body: str) -> PageResult | None:
    """What the page is if it is no article: a wall, or another kind of page."""
    facts = page.facts
    told = (facts.document_title, *facts.headings)
    titles = (title, *(without_site(one, facts) for one in told if one))
    is_article = facts.is_article  # no wall calls itself one, but a locked article does
    wall = (
        (None if is_article else find_wall(titles, body))
        or find_paywall(page.markup, body, page_text=page.text)
        or (None if is_article else find_marks(page.markup, body))
    )
    if wall is not None:
        return PageResult(article=None, outcome=PageOutcome.BLOCKED, reasons=(wall,))
    other = find_other_kind(facts, page.tree, titles, body, page.fetched.url)
    if other is not None:
        outcome = PageOutcome.GONE if other.code == "not_found" else PageOutcome.NOT_ARTICLE
        return PageResult(article=None, outcome=outcome, reasons=(other,))
    return None


def _find_body(page: _Page, markup: str | None, title: str) -> str:
    if markup is not None:  # what the owner's rule drops is gone from it
        return find_body(markup, title, tree=LexborHTMLParser(markup))
    declared = page.facts.json_ld.get("articleBody")
    declared = declared if isinstance(declared, str) else None
    # Half of a page is scripts, which have been asked all they know: a third of the time.
    page.tree.strip_tags(_MACHINERY.split())
    return find_body(page.tree.html or "", title, tree=page.tree, declared=declared)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    fetched: Fetched
    markup: str
    tree: LexborHTMLParser
    facts: Facts

    def text(self) -> str | None:
        """All that the page shows."""
        return self.tree.body.text(deep=True, separator=" ") if self.tree.body else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ruled:
    """What the owner's rule for this layout found."""

    title: str | None = None
    body: str | None = None
    published: str | None = None
    markup: str | None = None  # the page without what the rule drops
    reasons: tuple[Reason, ...] = ()


def _article(page: _Page, ruled: _Ruled, title: str, body: str) -> PageResult:
    fetched, facts = page.fetched, page.facts
    source = fetched.source
    language = resolve_language(f"{title}\n{body}", source.language, facts.language)
    published, reasons = find_published(
        facts,
        page.tree,
        url=fetched.url,
        markup=page.markup[: 2 << 20],
        title=title,
        moment=Moment(
            now=fetched.fetched_at,
            zone=zone_of(source.zone),
            language=language,
            country=source.country,
        ),
        listing=fetched.listing,
        ruled=ruled.published,
    )
    reasons = (*ruled.reasons, *reasons)
    if published is None:
        reasons += (Reason(code="undated", text="no date of publication was found"),)
    if facts.forbids_keeping:
        reasons += (Reason(code="noarchive", text="the site asks that its text is not kept"),)
    article = Article(
        url=facts.canonical or _own_url(page),
        source_id=source.id,
        title=title,
        body=body,
        language=language,
        published=published,
        fetched_at=fetched.fetched_at,
        site_name=facts.site_name,
        image_url=facts.image_url(fetched.url),
        reasons=reasons,
    )
    return PageResult(article=article, outcome=PageOutcome.FRESH, reasons=reasons)


def _own_url(page: _Page) -> str:
    url = canonical_url(page.fetched.url) or page.fetched.url
    return twin_url(url, page.fetched.source.url, is_amp=page.facts.is_amp)


def _by_rules(page: _Page) -> _Ruled:
    """What the first rule finds whose layout may still be in use and whose body is there."""
    rules = [rule for rule in page.fetched.source.page if _is_current(rule, page.fetched)]
    for rule in rules:
        ruled = _by_rule(page, rule)
        if ruled is not None:
            return ruled
    if not rules:
        return _Ruled()
    text = "no page rule of this source matches: its layout may have changed"
    return _Ruled(reasons=(Reason(code="page_rule_missed", text=text),))


def _is_current(rule: PageRule, fetched: Fetched) -> bool:
    # What was published while an old layout was in use is still served in it by some sites.
    listing = fetched.listing
    day: date = fetched.fetched_at.date()
    if listing and listing.published:
        day = listing.published.at.date()
    return rule.until is None or rule.until >= day


def _by_rule(page: _Page, rule: PageRule) -> _Ruled | None:
    tree = LexborHTMLParser(page.markup) if rule.drop else page.tree
    for selector in rule.drop:
        for node in _select(tree, selector):
            node.decompose()
    title, body, published = (
        next(iter(_select(tree, selector)), None)
        for selector in (rule.title, rule.body, rule.published)
    )
    if (rule.body and body is None) or (rule.title and title is None):
        return None
    headline = one_line(title.text(deep=True, separator=" ")) if title else None
    markup = tree.html if rule.drop and body is None else None
    when = None
    if published is not None:
        told = published.attributes
        when = told.get("datetime") or told.get("content")
        when = when or one_line(published.text(deep=True, separator=" "), 200)
    text = plain_lines(text_of_node(body), headline) if body else None
    return _Ruled(title=headline, body=text or None, published=when, markup=markup)


def _select(tree: LexborHTMLParser, selector: str | None) -> list[LexborNode]:
    """Elements of `selector`; a selector that is no CSS finds none: `rasid check` names it."""
    if not selector:
        return []
    try:
        return list(tree.css(selector))
    except (SelectolaxError, ValueError):
        return []


def _find_flood(markup: str) -> str | None:
    """What in `markup` would hold a parser for minutes; inline pictures do not."""
    # Two cheap looks first: the exact ones took a quarter of the time of a page.
    pieces = markup.split("<")
    has_long = max(map(len, pieces)) > _LONG_PIECE
    for tag in _LONG_TAG.finditer(markup) if has_long else ():
        if len(_ATTRIBUTE.findall(tag[0][:200_000])) > _MOST_ATTRIBUTES:
            return f"a tag has more than {_MOST_ATTRIBUTES} attributes"
    if len(pieces) - 2 * markup.count("</") < _DEEPEST:
        return None
    for name in _NESTING:
        opened = markup.count(f"<{name}>") + markup.count(f"<{name} ")
        if opened - markup.count(f"</{name}") > _DEEPEST:
            return f"more than {_DEEPEST} <{name}> are left open"
    return None


def _without(outcome: PageOutcome, code: str, sentence: str) -> PageResult:
    return PageResult(article=None, outcome=outcome, reasons=(Reason(code=code, text=sentence),))
