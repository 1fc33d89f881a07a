"""What does a page say about itself?  JSON-LD, meta tags, microdata and time tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawler.model import Evidence
from crawler.pages.around import is_around
from crawler.pages.clean import from_markup, one_line
from crawler.pages.dates import says_published, says_updated
from crawler.pages.json_ld import all_nodes, article_of, page_of, text_of, types_of
from crawler.pages.urls import absolute_url, is_same_site, is_section_url

_UPDATES = re.compile(r"updat|modif")
_MOST_DATES = 8
_LABELLED = 80  # letters of a label and its date
_DATE_KEYS = ("datetime", "content", "data-datetime", "data-timestamp", "data-time", "data-date")
# Names under which sites put the date of publication, the surest first. Names of updates
# (article:modified_time, last-modified, og:updated_time) are left out on purpose.
_DATE_NAMES = (
    "article:published_time og:article:published_time article:published datepublished "
    "article.published parsely-pub-date sailthru.date rnews:datepublished published_time "
    "og:published_time og:pubdate publication_date publicationdate publish_date publish-date "
    "publishdate publisheddate published-date published_at published_date date_published "
    "publishedtime article:publish_date article_date_original originalpublicationdate "
    "cxenseparse:recs:publishtime cxenseparse:publishtime shareaholic:article_published_time "
    "bt:pubdate vr:published_time published_time_telegram iso-8601-publish-date pubdate pub_date "
    "pub-date dc.date.issued dcterms.issued dc.date.created dcterms.created dcterms.date dc.date "
    "analytics-s-publish gsa-date citation_publication_date citation_online_date "
    "creationdatetime displaydate published created article:post_time pubtime apub:time "
    "article:created article:create_at date.release releasedate "
    "weibo:article:create_at ptime publishtime date"
)
_DATE_METAS = tuple(dict.fromkeys(re.sub(r"[^a-z]", "", name) for name in _DATE_NAMES.split()))
_MICRODATA = (
    "[itemprop=datePublished], [itemprop=dateCreated], [property=datePublished], "
    # RDFa as Drupal 7 writes it, on many Arabic sites
    '[property~="dc:created"][content], [property~="dc:date"][content], '
    '[property~="schema:datePublished"][content]'
)
_TIME_TAGS = (
    "time[pubdate], time.entry-date, time.published, abbr.published[title], "
    "h1 ~ * time[datetime], article time[datetime], main time[datetime]"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What one page declares; texts are plain lines."""

    json_ld: Mapping[str, Any]  # the article among the page's objects, or empty
    types: frozenset[str]  # of all objects in JSON-LD
    metas: Mapping[str, str]  # by lower-case name
    headings: tuple[str, ...]  # of level one, in page order
    document_title: str | None
    host: str  # of the page
    home_names: tuple[str, ...]  # what links to the front page say, other names of the site
    language: str | None  # as written in <html lang>
    canonical: str | None  # absolute, on the same site
    is_amp: bool
    dates: tuple[tuple[Evidence, str], ...]  # as written, the surest first

    @property
    def headline(self) -> str | None:
        return from_markup(text_of(self.json_ld.get("headline")))

    @property
    def social_titles(self) -> tuple[str, ...]:
        names = ("og:title", "twitter:title", "dc.title", "sailthru.title", "parsely-title")
        told = (from_markup(self.metas.get(name)) for name in names)
        return tuple(dict.fromkeys(title for title in told if title))

    @property
    def site_name(self) -> str | None:
        publisher = self.json_ld.get("publisher")
        told = self.metas.get("og:site_name") or text_of(publisher) or None
        return from_markup(told or self.metas.get("application-name"), 100)

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article: no wall does."""
        kind = self.metas.get("og:type", "").lower()
        return bool(self.json_ld) or kind == "article" or "article:published_time" in self.metas

    def image_url(self, base: str) -> str | None:
        told = self.metas.get("og:image") or self.metas.get("twitter:image")
        return absolute_url(told or _image_of(self.json_ld.get("image")), base)

    @property
    def forbids_keeping(self) -> bool:
        """Whether the site asks that nobody keeps or mines the text."""
        names = ("robots", "googlebot", "googlebot-news", "ai")
        words = " ".join(self.metas.get(name, "") for name in names).lower()
        reserved = self.metas.get("tdm-reservation", "").strip() == "1"
        return reserved or re.search(r"\bno(?:ai|archive|imageai|ml)\b", words) is not None


def find_facts(tree: LexborHTMLParser, url: str) -> Facts:
    """What the page at `url` declares about its article."""
    metas = _metas(tree)
    title_tag = tree.css_first("head title") or tree.css_first("title")
    document_title = one_line(title_tag.text(deep=True)) if title_tag else None
    headings = _headings(tree)
    titles = [metas.get("og:title"), document_title, *headings]
    nodes = all_nodes(tree)
    json_ld = article_of(nodes, url, [title for title in titles if title])
    html_tag = tree.css_first("html")
    language = html_tag.attributes.get("lang") if html_tag else None
    return Facts(
        json_ld=json_ld,
        types=frozenset(name for node in nodes for name in types_of(node)),
        metas=metas,
        headings=headings,
        document_title=document_title,
        host=urlsplit(url).hostname or "",
        home_names=_home_names(tree, metas, url),
        language=text_of(json_ld.get("inLanguage")) or language or metas.get("og:locale"),
        canonical=_canonical(tree, metas, url),
        is_amp=html_tag is not None and bool({"amp", "⚡"} & set(html_tag.attributes)),
        dates=tuple(_dates(tree, json_ld or page_of(nodes), metas, headings)),
    )


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in tree.css("meta[content]")[:1000]:
        told = node.attributes
        content = (told.get("content") or "").strip()[:5000]
        for key in ("property", "name", "itemprop"):
            name = told.get(key)
            if name and content:
                metas.setdefault(name.strip().lower(), content)
    return metas


def _home_names(tree: LexborHTMLParser, metas: dict[str, str], url: str) -> tuple[str, ...]:
    """Short texts and picture texts of links to the front page, and names for home screens."""
    parts = urlsplit(url)
    home = f"{parts.scheme}://{parts.netloc}"
    names = [metas.get("application-name"), metas.get("apple-mobile-web-app-title")]
    for link in tree.css(f'a[href="/"], a[href="{home}"], a[href="{home}/"], a[rel=home]')[:10]:
        image = link.css_first("img[alt]")
        names += [link.text(deep=True), image.attributes.get("alt") if image else None]
    lines = (one_line(name) for name in names)
    return tuple(dict.fromkeys(line for line in lines if line and len(line) <= 60))


def _headings(tree: LexborHTMLParser) -> tuple[str, ...]:
    lines = (one_line(node.text(deep=True, separator=" ")) for node in tree.css("h1")[:20])
    return tuple(dict.fromkeys(line for line in lines if line))


def _canonical(tree: LexborHTMLParser, metas: dict[str, str], url: str) -> str | None:
    node = tree.css_first('link[rel="canonical" i][href]')
    for told in (node.attributes.get("href") if node else None, metas.get("og:url")):
        address = absolute_url(told, url)
        # A foreign or bare canonical address would let one page take another's place.
        if (
            address
            and is_same_site(address, url)
            and not re.fullmatch(r"https?://[^/]+/(?:[a-z]{2}/?)?", address)
            and not is_section_url(address, url)
        ):
            # Old templates still write http: one page must not have two addresses.
            secure = url.startswith("https:") and address.startswith("http:")
            return f"https{address[4:]}" if secure else address
    return None


def _image_of(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or value.get("@id")
    return value if isinstance(value, str) else None


def _dates(
    tree: LexborHTMLParser,
    json_ld: dict[str, Any],
    metas: dict[str, str],
    headings: tuple[str, ...],
) -> Iterator[tuple[Evidence, str]]:
    for key in ("datePublished", "dateCreated"):
        told = text_of(json_ld.get(key))
        if told:
            yield Evidence.JSON_LD, told
    # Sites write article:published_time with any separator.
    plain = {re.sub(r"[^a-z]", "", name): content for name, content in reversed(metas.items())}
    for name in _DATE_METAS:
        if re.search(r"\d", plain.get(name, "")):
            yield Evidence.META, plain[name]
    for selector, evidence in ((_MICRODATA, Evidence.MICRODATA), (_TIME_TAGS, Evidence.TIME_TAG)):
        for node in tree.css(selector)[:_MOST_DATES]:
            told = None if _is_update(node) or is_around(node, headings) else _date_of(node)
            if told:
                yield evidence, told


def _is_update(node: LexborNode) -> bool:
    """`<time class="updated">` that is not the day of publication as well."""
    told = node.attributes
    names = f"{told.get('class') or ''} {told.get('itemprop') or ''}".lower()
    if _UPDATES.search(names) and "publ" not in names:
        return True
    # <span>Updated <time>…</time></span>
    around = one_line(node.parent.text(deep=True), 200) if node.parent else None
    if around is None or len(around) > _LABELLED:
        return False
    return says_updated(around) and not says_published(around)


def _date_of(node: LexborNode) -> str | None:
    told = node.attributes
    return (
        next((value for key in _DATE_KEYS if (value := told.get(key))), None)
        or (told.get("title") if node.tag == "abbr" else None)
        or one_line(node.text(deep=True, separator=" "), 200)
    )
