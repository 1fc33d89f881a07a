"""Addresses: what is one page, and what is no link at all."""

from __future__ import annotations

import pytest

from crawler.pages.urls import absolute_url, canonical_url, is_same_site

BASE = "https://akhbar.example/economy/index.html"
LINKS = {
    "relative": ("a-1.html", "https://akhbar.example/economy/a-1.html"),
    "rooted": ("/a-1.html", "https://akhbar.example/a-1.html"),
    "other host": ("//m.akhbar.example/a", "https://m.akhbar.example/a"),
    "fragment": ("/a#top", "https://akhbar.example/a"),
    "default port": ("HTTPS://Akhbar.Example:443/A", "https://akhbar.example/A"),
    "other port": ("http://akhbar.example:8080/", "http://akhbar.example:8080/"),
    "no path": ("https://akhbar.example", "https://akhbar.example/"),
    "Arabic letters": ("/خبر", "https://akhbar.example/%D8%AE%D8%A8%D8%B1"),
    "Arabic escapes": ("/%d8%ae%d8%a8%d8%b1", "https://akhbar.example/%D8%AE%D8%A8%D8%B1"),
    "Arabic host": ("https://موقع.example/", "https://xn--4gbrim.example/"),
    "space inside": ("/a b", "https://akhbar.example/a%20b"),
    "line break inside": ("/a\n  b", "https://akhbar.example/ab"),
    "tracking": ("/a?utm_source=x&UTM_Medium=y&fbclid=z", "https://akhbar.example/a"),
    "tracking among others": ("/a?p=5&gclid=1&id=7", "https://akhbar.example/a?p=5&id=7"),
    "WordPress": ("/?p=123", "https://akhbar.example/?p=123"),
    "page number": ("/list?page=2", "https://akhbar.example/list?page=2"),
    "order kept": ("/a?z=1&a=2", "https://akhbar.example/a?z=1&a=2"),
    "amp left alone": ("/amp/a", "https://akhbar.example/amp/a"),
    "script": ("javascript:alert(1)", None),
    "mail": ("mailto:a@b.example", None),
    "data": ("data:text/html,x", None),
    "file": ("file:///etc/passwd", None),
    "user name": ("https://user:secret@akhbar.example/", None),
    "backslash": ("https:\\\\akhbar.example\\a", None),
    "bad port": ("https://akhbar.example:port/", None),
    "bad brackets": ("https://[oops/", None),
    "too long": ("/" + "x" * 3000, None),
    "empty": ("", None),
    "only a fragment": ("#", None),
}


@pytest.mark.parametrize(("link", "url"), LINKS.values(), ids=LINKS)
def test_link(link, url):
    assert absolute_url(link, BASE) == url


@pytest.mark.parametrize("url", [url for _, url in LINKS.values() if url])
def test_one_form_is_final(url):
    assert canonical_url(url) == url


SITES = {
    ("https://www.akhbar.example/a", "https://akhbar.example/b"): True,
    ("https://m.akhbar.example/a", "https://www.akhbar.example/b"): True,
    ("https://economy.akhbar.example/a", "https://akhbar.example/"): True,
    ("https://akhbar.example/", "https://other.example/"): False,
    ("https://notakhbar.example/", "https://akhbar.example/"): False,
    ("nonsense", "https://akhbar.example/"): False,
}


@pytest.mark.parametrize(("pair", "same"), SITES.items(), ids=str)
def test_same_site(pair, same):
    assert is_same_site(*pair) is same
