"""What a list is, by its first bytes, whatever it was promised to be."""

from __future__ import annotations

import pytest

from crawler.pages.forms import find_head

NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
TOLD = {
    "RSS 2.0 behind a prologue": (
        '<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel>'
        "<title><![CDATA[Quay & Co]]></title><language>ar-sa</language><item><title>x</title>",
        ("RSS 2.0", "feed", "Quay & Co", "ar-sa"),
    ),
    "the title of a line is not the name": (
        '<rss version="0.91"><channel><item><title>x</title></item></channel></rss>',
        ("RSS 0.91", "feed", None, None),
    ),
    "RSS 1.0": (
        '<rdf:RDF xmlns="http://purl.org/rss/1.0/"><channel><title>Quay</title></channel>',
        ("RSS 1.0", "feed", "Quay", None),
    ),
    "Atom": (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Le Quai</title>',
        ("Atom", "feed", "Le Quai", "fr"),
    ),
    "behind a warning of PHP": (
        "<br />\n<b>Warning</b>: no such file<br />\n<rss version='2.0'><channel>",
        ("RSS 2.0", "feed", None, None),
    ),
    "JSON Feed": (
        '{"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "items": []}',
        ("JSON Feed", "feed", "Quay", None),
    ),
    "posts of WordPress": (
        '[{"id": 1, "date_gmt": "2026-11-25T08:00:00", "link": "https://a.example/1"}]',
        ("WordPress posts", "feed", None, None),
    ),
    "a news sitemap": (
        f'<urlset xmlns:n="{NEWS}"><url><n:news><n:publication_date>2026</n:publication_date>',
        ("news sitemap", "sitemap", None, None),
    ),
    "a sitemap that only names the news space": (
        f'<urlset xmlns:news="{NEWS}"><url><loc>https://a.example/</loc></url></urlset>',
        ("sitemap", "sitemap", None, None),
    ),
    "an index": ("<sitemapindex><sitemap>", ("sitemap index", "sitemap", None, None)),
    "a page": ("<!doctype html><html><head>", ("web page", "section", None, None)),
    "a page that shows what a feed looks like": (
        "<!doctype html><html><body><pre>&lt;rss&gt;</pre></body></html>",
        ("web page", "section", None, None),
    ),
    "JSON of something else": ('{"error": "no"}', ("no list that we know", "section", None, None)),
    "words": ("not here", ("no list that we know", "section", None, None)),
}


@pytest.mark.parametrize(("text", "told"), TOLD.values(), ids=TOLD)
def test_form_of(text: str, told: tuple[str, str, str | None, str | None]) -> None:
    head = find_head(text)

    assert (head.words, head.form.kind, head.name, head.language) == told
