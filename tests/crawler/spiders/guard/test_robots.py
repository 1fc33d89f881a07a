"""robots.txt as RFC 9309 reads it, and as strangers write it."""

from __future__ import annotations

import time

import pytest

from crawler.spiders.guard.robots import parse_robots, read_robots

SITE = "https://news.example"

RULES = {
    "nothing": ("", "/a", True),
    "all forbidden": ("User-agent: *\nDisallow: /", "/a", False),
    "nothing forbidden": ("User-agent: *\nDisallow:", "/a", True),
    "a folder": ("User-agent: *\nDisallow: /members/", "/members/1", False),
    "beside the folder": ("User-agent: *\nDisallow: /members/", "/member", True),
    "prefix": ("User-agent: *\nDisallow: /fish", "/fishheads/x.html", False),
    "case counts": ("User-agent: *\nDisallow: /fish", "/Fish", True),
    "longest rule wins": ("User-agent: *\nDisallow: /a\nAllow: /a/news", "/a/news/1", True),
    "order does not matter": ("User-agent: *\nAllow: /a/news\nDisallow: /a", "/a/x", False),
    "a draw allows": ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
    "star": ("User-agent: *\nDisallow: /*.pdf", "/x/y.pdf?z", False),
    "star and end": ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", True),
    "star and end hit": ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
    "end": ("User-agent: *\nDisallow: /a$", "/ab", True),
    "overlap of star and end": ("User-agent: *\nDisallow: /ab*ba$", "/aba", True),
    "query": ("User-agent: *\nDisallow: /*?print=", "/1?print=1", False),
    "root only": ("User-agent: *\nDisallow: /$", "/", False),
    "our group": ("User-agent: *\nDisallow: /\n\nUser-agent: Rasid\nDisallow: /x", "/a", True),
    "our group without rules": (
        "User-agent: Rasid\nDisallow:\nUser-agent: *\nDisallow: /",
        "/a",
        True,
    ),
    "our group with a version": ("User-agent: Rasid/0.1\nDisallow: /", "/a", False),
    "another's group": ("User-agent: otherbot\nDisallow: /", "/a", True),
    "a name that begins like ours": ("User-agent: rasidbot\nDisallow: /", "/a", True),
    "two names on one group": ("User-agent: x\nUser-agent: rasid\nDisallow: /", "/a", False),
    "our groups are joined": (
        "User-agent: rasid\nDisallow: /a\nUser-agent: x\nDisallow: /b\n"
        "User-agent: rasid\nDisallow: /c",
        "/c",
        False,
    ),
    "rule before any group": ("Disallow: /\nUser-agent: *\nDisallow: /x", "/a", True),
    "blank lines inside a group": ("User-agent: *\n\n\nDisallow: /a", "/a", False),
    "sitemap inside a group": ("User-agent: *\nSitemap: /s.xml\nDisallow: /a", "/a", False),
    "comment": ("User-agent: * # all\nDisallow: /a # b", "/a", False),
    "old line ends": ("User-agent: *\rDisallow: /a", "/a", False),
    "byte order mark": ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    "misspelt": ("User-agent: *\nDissallow: /a", "/a", False),
    "escaped in the rule": ("User-agent: *\nDisallow: /%7euser", "/~user", False),
    "escaped in the address": ("User-agent: *\nDisallow: /~user", "/%7Euser", False),
    "escaped slash is no slash": ("User-agent: *\nDisallow: /a%2fb", "/a/b", True),
    "Arabic rule": ("User-agent: *\nDisallow: /خاص", "/%D8%AE%D8%A7%D8%B5/1", False),
    "a page in place of rules": ("<html><p>Disallow: everything</p></html>", "/a", True),
}


@pytest.mark.parametrize(("text", "path", "allowed"), RULES.values(), ids=RULES)
def test_robots_says(text: str, path: str, allowed: bool) -> None:
    assert parse_robots(text.encode()).allows(SITE + path) is allowed


DELAYS = {
    "whole": ("User-agent: *\nCrawl-delay: 10", 10.0),
    "fraction": ("User-agent: *\nCrawl-delay: 0.5", 0.5),
    "capped": ("User-agent: *\nCrawl-delay: 999999999", 60.0),
    "without end": ("User-agent: *\nCrawl-delay: " + "9" * 500_000, 60.0),
    "another's": ("User-agent: x\nCrawl-delay: 10", None),
    "ours, not everybody's": (
        "User-agent: *\nCrawl-delay: 9\nUser-agent: rasid\nCrawl-delay: 2",
        2.0,
    ),
    "negative": ("User-agent: *\nCrawl-delay: -1", None),
    "words": ("User-agent: *\nCrawl-delay: soon", None),
    "none": ("User-agent: *\nDisallow:", None),
}


@pytest.mark.parametrize(("text", "delay_s"), DELAYS.values(), ids=DELAYS)
def test_crawl_delay(text: str, delay_s: float | None) -> None:
    assert parse_robots(text.encode()).delay_s == delay_s


STATUSES = {
    "200": (200, False),
    "404": (404, True),
    "403": (403, True),
    "429": (429, False),
    "500": (500, False),
    "503": (503, False),
    "302 too often": (302, False),
}


@pytest.mark.parametrize(("status", "allowed"), STATUSES.values(), ids=STATUSES)
def test_status_of_robots(status: int, allowed: bool) -> None:
    robots = read_robots(status, b"User-agent: *\nDisallow: /")

    assert (robots.refusal is None and robots.allows(SITE + "/a")) is allowed


def test_only_the_first_500_kib_are_read() -> None:
    body = b"User-agent: *\n" + b"Disallow: /x\n" * 50_000 + b"Disallow: /\n"

    assert parse_robots(body).allows(SITE + "/a")


HOSTILE = {
    "two hundred stars": (b"Disallow: /" + b"*a" * 200 + b"$\n") * 500,
    "one endless rule": b"Disallow: /" + b"*a" * 250_000 + b"$\n",
    "40,000 rules": b"Disallow: /aaaa\n" * 40_000,
    "stars only": (b"Disallow: " + b"*" * 400 + b"b$\n") * 1_000,
    "names of robots without end": b"User-agent: x\n" * 16_000 + b"Disallow: /a\n" * 20_000,
    "our name without end": b"User-agent: rasid\n" * 14_000 + b"Disallow: /a\n" * 20_000,
}


@pytest.mark.parametrize("rules", HOSTILE.values(), ids=HOSTILE)
def test_hostile_rules_take_no_time(rules: bytes) -> None:
    begun = time.process_time()

    parse_robots(b"User-agent: *\n" + rules).allows(f"{SITE}/{'a' * 2_000}")

    assert time.process_time() - begun < 1
