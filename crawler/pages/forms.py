"""In which form is a fetched list written, and what does it say of itself?"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from crawler.pages.clean import from_markup

_HEAD = 20_000  # characters in which a list says what it is
_PREAMBLE = re.compile(r"(?:\s|<\?[^>]{0,500}\?>|<!--.{0,5000}?-->|<!DOCTYPE[^>]{0,500}>)*", re.S)
_ROOT = re.compile(r"<([A-Za-z][\w:.-]{0,40})([^>]{0,5000})>")
_ROOTS = {"rss", "channel", "rdf:rdf", "feed", "urlset", "sitemapindex", "html"}
# Broken feeds begin with a warning of PHP or with half a document.
_LATE_ROOT = re.compile(r"<(rss|feed|rdf:rdf|urlset|sitemapindex)\b([^>]{0,5000})>", re.IGNORECASE)
_VERSION = re.compile(r"\bversion\s*=\s*[\"']([\d.]{1,5})")
_FIRST_LINE = re.compile(r"<(?:\w{1,20}:)?(?:item|entry|items)[\s>]")
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,2000}?)</title", re.S | re.I)
_LANGUAGE = re.compile(r"<(?:dc:)?language>\s*([A-Za-z]{2}(?:[-_][A-Za-z]{2})?)\s*</", re.I)
_XML_LANG = re.compile(r"\bxml:lang\s*=\s*[\"']([A-Za-z]{2}(?:-[A-Za-z]{2})?)[\"']")
_NEWS_SPACE = "schemas/sitemap-news"


class Form(StrEnum):
    """What the bytes are, whatever the Source promised."""

    RSS = "RSS"
    RDF = "RSS 1.0"
    ATOM = "Atom"
    JSON_FEED = "JSON Feed"
    WORDPRESS = "WordPress posts"
    NEWS_SITEMAP = "news sitemap"
    SITEMAP = "sitemap"
    INDEX = "sitemap index"
    PAGE = "web page"
    UNKNOWN = "no list that we know"

    @property
    def kind(self) -> str:
        """The `kind` of a Source whose address gives this."""
        if self in (Form.NEWS_SITEMAP, Form.SITEMAP, Form.INDEX):
            return "sitemap"
        return "section" if self in (Form.PAGE, Form.UNKNOWN) else "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a list says of itself before its first line."""

    form: Form
    version: str | None = None  # "2.0", of RSS
    name: str | None = None  # one line
    language: str | None = None  # as written: ar-SA

    @property
    def words(self) -> str:
        """The form with its version: `RSS 2.0`."""
        return f"{self.form} {self.version}" if self.version else str(self.form)


def find_head(text: str) -> Head:
    """What `text`, a whole decoded answer, is and how it is called."""
    start = text.lstrip("\ufeff \t\r\n")
    if start[:1] in {"{", "["}:
        return _json_head(start)
    preamble = _PREAMBLE.match(start)
    opening = _ROOT.match(start, preamble.end() if preamble else 0)
    if opening is None or opening[1].lower() not in _ROOTS:
        opening = _LATE_ROOT.search(start[:3000]) or opening
    if opening is None:
        return Head(form=Form.PAGE if _is_page(start) else Form.UNKNOWN)
    form = _form_of(opening[1].lower().rpartition(":")[2], opening[2], start)
    if form in (Form.PAGE, Form.UNKNOWN):
        return Head(form=Form.PAGE if _is_page(start) else form)
    first = _FIRST_LINE.search(start, opening.end())
    before = start[: first.start() if first else _HEAD][:_HEAD]
    version = _VERSION.search(opening[2]) if form is Form.RSS else None
    title = _TITLE.search(before) if form.kind == "feed" else None
    language = _LANGUAGE.search(before) or _XML_LANG.search(opening[2])
    return Head(
        form=form,
        version=version[1] if version else None,
        name=from_markup(_without_cdata(title[1]), 120) if title else None,
        language=language[1] if language else None,
    )


def _form_of(root: str, attributes: str, text: str) -> Form:
    if root == "urlset":
        has_news = _NEWS_SPACE in attributes or _NEWS_SPACE in text[:_HEAD]
        is_news = has_news and re.search(r"<\w{1,20}:publication_date", text) is not None
        return Form.NEWS_SITEMAP if is_news else Form.SITEMAP
    forms = {"rss": Form.RSS, "channel": Form.RSS, "rdf": Form.RDF, "feed": Form.ATOM}
    forms |= {"sitemapindex": Form.INDEX, "html": Form.PAGE}
    return forms.get(root, Form.UNKNOWN)


def _json_head(text: str) -> Head:
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return Head(form=Form.UNKNOWN)
    if isinstance(told, list):
        first = told[0] if told else None
        posts = isinstance(first, dict) and "link" in first and "date_gmt" in first
        return Head(form=Form.WORDPRESS if posts else Form.UNKNOWN)
    if not isinstance(told.get("items"), list):
        return Head(form=Form.UNKNOWN)
    name, language = told.get("title"), told.get("language")
    return Head(
        form=Form.JSON_FEED,
        name=from_markup(name, 120) if isinstance(name, str) else None,
        language=language if isinstance(language, str) else None,
    )


def _is_page(text: str) -> bool:
    return (
        re.search(r"<(?:!doctype\s+html|html|head|body|div|a)[\s>]", text[:3000], re.I) is not None
    )


def _without_cdata(text: str) -> str:
    return text.replace("<![CDATA[", "").replace("]]>", "")
