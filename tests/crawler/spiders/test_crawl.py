"""The crawl against a real server that is honest, slow, rude or away."""

from __future__ import annotations

import asyncio
import gzip
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import brotli
import pytest

from config.errors import Blocked, Gone, Unreachable
from config.model import Settings
from crawler.model import Listing
from crawler.spiders.crawl import Crawl

FEED = "<rss><channel><title>Gazette</title></channel></rss>"


async def test_list_comes_with_its_validators(crawl: Crawl, site: Any, source_at: Any) -> None:
    headers = {"ETag": '"v1"', "Last-Modified": "Fri, 24 Jan 2025 08:00:00 GMT"}
    headers["Cache-Control"] = "public, max-age=600"
    site.serve("/feed", FEED, kind="Application/RSS+xml; charset=UTF-8", headers=headers)

    fetched = await crawl.fetch_list(source_at(site.url("/feed")))

    assert (fetched.status, fetched.body) == (200, FEED.encode())
    assert (fetched.etag, fetched.last_modified) == ('"v1"', "Fri, 24 Jan 2025 08:00:00 GMT")
    assert (fetched.content_type, fetched.charset) == ("application/rss+xml", "utf-8")
    assert fetched.max_age_s == 600


async def test_unchanged_list_answers_304(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve_list("/feed", FEED, etag='"v1"')

    fetched = await crawl.fetch_list(source_at(site.url("/feed")), etag='"v1"')

    assert (fetched.status, fetched.body) == (304, b"")


async def test_page_is_asked_without_conditions(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/1", "<p>between 60 and 65 bn</p>")
    listing = Listing(url=site.url("/1"), title="Plans")

    fetched = await crawl.fetch_page(source_at(site.url("/feed")), listing)

    assert fetched.listing is listing
    assert not {"if-none-match", "if-modified-since", "cookie", "referer"} & set(
        site.hits[-1].headers
    )
    assert site.hits[-1].headers["user-agent"] == "Rasid/0.1 (+https://rasid.test/bot)"


async def test_large_etag_is_not_kept(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/feed", FEED, headers={"ETag": f'"{"a" * 300}"'})

    assert (await crawl.fetch_list(source_at(site.url("/feed")))).etag is None


async def test_cookies_are_not_sent_back(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/feed", FEED, headers={"Set-Cookie": "id=1"})
    source = source_at(site.url("/feed"))

    await crawl.fetch_list(source)
    await crawl.fetch_list(source)

    assert "cookie" not in site.hits[-1].headers


FAILURES = {
    "404": ({"status": 404}, Gone, "gone"),
    "410": ({"status": 410}, Gone, "gone"),
    "403": ({"status": 403}, Blocked, "let us in"),
    "451": ({"status": 451}, Blocked, "let us in"),
    "500": ({"status": 500}, Unreachable, "error"),
    "bare 304": ({"status": 304}, Unreachable, "did not ask"),
    "nothing": ({"body": " \n"}, Unreachable, "empty"),
    "a film": ({"body": "x", "kind": "video/mp4"}, Unreachable, "not a page"),
    "a PDF said to be a page": ({"body": "%PDF-1.7 x"}, Unreachable, "not a page"),
    "a wall": ({"body": "<title>Just a moment...</title>"}, Blocked, "humans"),
    "too slow": ({"body": "x", "after_s": 60}, Unreachable, "too long"),
    "a file to fetch": (
        {"status": 302, "headers": {"Location": "file:///etc/passwd"}},
        Unreachable,
        "do not follow",
    ),
}


@pytest.mark.parametrize(("answer", "error", "words"), FAILURES.values(), ids=FAILURES)
async def test_failure_is_one_of_ours_with_a_sentence(
    crawl: Crawl, site: Any, source_at: Any, answer: Any, error: Any, words: str
) -> None:
    site.serve("/feed", **answer)

    with pytest.raises(error, match=words) as caught:
        await crawl.fetch_list(source_at(site.url("/feed")))

    assert str(caught.value).startswith("127.0.0.1 ")
    assert str(caught.value).endswith(".")


async def test_half_a_page_is_no_page(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.cut_off("/feed")

    with pytest.raises(Unreachable, match="broke off"):
        await crawl.fetch_list(source_at(site.url("/feed")))


async def test_dead_port_is_unreachable(crawl: Crawl, source_at: Any) -> None:
    with pytest.raises(Unreachable, match=r"robots\.txt could not be read \(the host refuses"):
        await crawl.fetch_list(source_at("http://127.0.0.1:9/feed"))


async def test_server_error_is_tried_twice(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/feed", status=502)

    with pytest.raises(Unreachable):
        await crawl.fetch_list(source_at(site.url("/feed")))

    assert site.count("/feed") == 2


# Politeness


async def test_robots_is_asked_once_and_obeyed(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /members/", kind="text/plain")
    site.serve("/feed", FEED)
    source = source_at(site.url("/feed"))

    await crawl.fetch_list(source)
    with pytest.raises(Blocked, match=r"robots\.txt"):
        await crawl.fetch_page(source, Listing(url=site.url("/members/1")))

    assert [hit.path for hit in site.hits] == ["/robots.txt", "/feed"]


async def test_unreadable_robots_forbids_all(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/robots.txt", status=500)
    site.serve("/feed", FEED)

    with pytest.raises(Unreachable, match=r"robots\.txt could not be read \(500\)"):
        await crawl.fetch_list(source_at(site.url("/feed")))

    assert site.count("/feed") == 0


async def test_missing_robots_allows_all(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/robots.txt", status=404)
    site.serve("/feed", FEED)

    assert (await crawl.fetch_list(source_at(site.url("/feed")))).status == 200


async def test_robots_is_read_again_after_a_day(
    crawl: Crawl, site: Any, source_at: Any, watch: Any
) -> None:
    site.serve("/feed", FEED)
    source = source_at(site.url("/feed"))
    await crawl.fetch_list(source)

    watch.forward(hours=25)
    site.serve("/robots.txt", "User-agent: rasid\nDisallow: /", kind="text/plain")

    with pytest.raises(Blocked):
        await crawl.fetch_list(source)


async def test_retry_after_rests_the_whole_host(
    crawl: Crawl, site: Any, source_at: Any, watch: Any
) -> None:
    site.serve("/feed", status=429, headers={"Retry-After": "120"})
    site.serve("/1", "<p>hello</p>")
    source = source_at(site.url("/feed"))

    with pytest.raises(Blocked) as first:
        await crawl.fetch_list(source)
    with pytest.raises(Blocked) as second:
        await crawl.fetch_page(source, Listing(url=site.url("/1")))

    assert first.value.until == second.value.until == watch.at + timedelta(seconds=120)
    assert site.count("/feed") == 1
    assert site.count("/1") == 0


async def test_rest_ends(crawl: Crawl, site: Any, source_at: Any, watch: Any) -> None:
    site.serve("/feed", status=503, headers={"Retry-After": "120"})
    source = source_at(site.url("/feed"))
    with pytest.raises(Blocked):
        await crawl.fetch_list(source)

    watch.forward(seconds=121)
    site.serve("/feed", FEED)

    assert (await crawl.fetch_list(source)).status == 200


async def test_rest_outlives_the_crawl(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/feed", status=429, headers={"Retry-After": "120"})
    source = source_at(site.url("/feed"))
    with pytest.raises(Blocked):
        await crawl.fetch_list(source)

    await crawl.renew()

    with pytest.raises(Blocked):
        await crawl.fetch_list(source)
    assert site.count("/feed") == 1


async def test_those_behind_a_429_are_not_sent(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/1", status=429, headers={"Retry-After": "60"}, after_s=0.1)
    site.serve("/2", "<p>hello</p>")
    source = source_at(site.url("/feed"))

    answers = await asyncio.gather(
        *(crawl.fetch_page(source, Listing(url=site.url(path))) for path in ("/1", "/2", "/2")),
        return_exceptions=True,
    )

    assert [type(answer) for answer in answers] == [Blocked] * 3
    assert site.count("/2") == 0


async def test_host_gets_one_request_at_a_time(crawl: Crawl, site: Any, source_at: Any) -> None:
    for number in range(5):
        site.serve(f"/{number}", "<p>hello</p>", after_s=0.05)
    source = source_at(site.url("/feed"))

    await asyncio.gather(
        *(crawl.fetch_page(source, Listing(url=site.url(f"/{number}"))) for number in range(5))
    )

    assert site.busiest == 1


async def test_hosts_do_not_wait_for_each_other(
    crawl: Crawl, site: Any, open_site: Any, source_at: Any
) -> None:
    other = await open_site()
    site.hang("/feed")
    other.serve("/feed", FEED)
    slow = asyncio.ensure_future(crawl.fetch_list(source_at(site.url("/feed"))))

    async with asyncio.timeout(1):
        await crawl.fetch_list(source_at(other.url("/feed")))

    with pytest.raises(Unreachable):
        await slow


async def test_delay_lies_between_requests(site: Any, source_at: Any, watch: Any) -> None:
    site.serve("/feed", FEED)
    crawl = Crawl(Settings(delay_s=Decimal("0.2")), now=watch)
    await crawl.start()

    for _ in range(3):
        await crawl.fetch_list(source_at(site.url("/feed")))
    await crawl.stop()

    times = [hit.at_s for hit in site.hits]  # robots.txt and three lists
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert len(gaps) == 3
    # Seen where they arrive: the first was later by the time that its connection took.
    assert min(gaps) >= 0.15


async def test_crawl_delay_is_kept(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\nDisallow:", kind="text/plain")
    site.serve("/feed", FEED)

    for _ in range(2):
        await crawl.fetch_list(source_at(site.url("/feed")))

    assert site.hits[-1].at_s - site.hits[-2].at_s >= 0.25


# Addresses


async def test_public_source_may_not_live_on_loopback(
    crawl: Crawl, site: Any, source_at: Any
) -> None:
    site.serve("/feed", FEED)

    with pytest.raises(Unreachable, match="not") as caught:
        await crawl.fetch_list(source_at(site.url("/feed"), private=False))

    assert caught.value.retry == "never"
    assert site.hits == []


async def test_private_source_reaches_its_own_host_only(
    crawl: Crawl, site: Any, open_site: Any, source_at: Any
) -> None:
    canary = await open_site()
    canary.serve("/", "<p>secret</p>")
    source = source_at(site.url("/feed"))
    site.serve("/feed", status=302, headers={"Location": canary.url("/")})

    with pytest.raises(Unreachable, match="own host only"):
        await crawl.fetch_list(source)
    with pytest.raises(Unreachable, match="own host only"):
        await crawl.fetch_page(source, Listing(url=canary.url("/")))

    assert canary.hits == []


async def test_private_source_reaches_what_the_owner_put_beside_it(
    site: Any, open_site: Any, source_at: Any, watch: Any, settings: Settings
) -> None:
    beside = await open_site()
    beside.serve("/1", "<p>hello</p>")
    place = beside.base.removeprefix("http://")
    crawl = Crawl(settings, now=watch, resolve_private=frozenset({place}))
    await crawl.start()

    fetched = await crawl.fetch_page(source_at(site.url("/feed")), Listing(url=beside.url("/1")))
    await crawl.stop()

    assert fetched.status == 200


async def test_redirect_on_the_own_host_is_followed(
    crawl: Crawl, site: Any, source_at: Any
) -> None:
    site.serve("/old", status=301, headers={"Location": "/feed"})
    site.serve("/feed", FEED)

    assert (await crawl.fetch_list(source_at(site.url("/old")))).url == site.url("/feed")


async def test_redirects_without_end_stop(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/feed", status=302, headers={"Location": "/feed"})

    with pytest.raises(Unreachable, match="without end"):
        await crawl.fetch_list(source_at(site.url("/feed")))

    assert site.count("/feed") == 6


@pytest.mark.parametrize("url", ["http://", "http://[::1/", "ftp://x.test/", "http://a b/", ""])
async def test_bad_address_does_not_end_the_crawl(
    crawl: Crawl, site: Any, source_at: Any, url: str
) -> None:
    site.serve("/feed", FEED)
    source = source_at(site.url("/feed"))

    with pytest.raises(Unreachable):
        await crawl.fetch_page(source, Listing(url=url))

    assert (await crawl.fetch_list(source)).status == 200


async def test_owner_is_told_what_to_write(crawl: Crawl, site: Any, source_at: Any) -> None:
    with pytest.raises(Unreachable, match="write `private: true`"):
        await crawl.fetch_list(source_at(site.url("/feed"), private=False))


async def test_secret_in_an_address_is_in_no_message(
    crawl: Crawl, site: Any, source_at: Any
) -> None:
    with pytest.raises(Gone) as gone:
        await crawl.fetch_list(source_at(site.url("/feed?token=canary")))
    with pytest.raises(Unreachable) as refused:
        await crawl.fetch_page(
            source_at(site.url("/feed")), Listing(url="https://me:canary@x.test/?token=canary")
        )

    for error in (gone.value, refused.value):
        assert "canary" not in f"{error} {error.subject}"


# Packed bodies


async def test_sitemap_may_be_a_gz_file(crawl: Crawl, site: Any, source_at: Any) -> None:
    sitemap = b"<urlset></urlset>"
    site.serve("/sitemap.xml.gz", gzip.compress(sitemap), kind="application/x-gzip")

    fetched = await crawl.fetch_list(source_at(site.url("/sitemap.xml.gz"), kind="sitemap"))

    assert (fetched.body, fetched.content_type) == (sitemap, "application/xml")


async def test_a_sitemap_of_the_past_may_be_larger_than_a_page(
    crawl: Crawl, site: Any, source_at: Any
) -> None:
    sitemap = b"<urlset>" + b"<url/>" * 2_000_000 + b"</urlset>"
    site.serve("/sitemap.xml.gz", gzip.compress(sitemap, 1), kind="application/gzip")
    source = source_at(site.url("/sitemap.xml.gz"), kind="sitemap")

    fetched = await crawl.fetch_list(source, most_bytes=len(sitemap))

    assert len(fetched.body) == len(sitemap)
    with pytest.raises(Unreachable, match="more than we read at once"):
        await crawl.fetch_list(source)


@pytest.mark.parametrize("packing", ["gzip", "br"])
async def test_packed_page_is_opened(crawl: Crawl, site: Any, source_at: Any, packing: str) -> None:
    pack = {"gzip": gzip.compress, "br": brotli.compress}[packing]
    site.serve("/feed", pack(FEED.encode()), headers={"Content-Encoding": packing})

    fetched = await crawl.fetch_list(source_at(site.url("/feed")))

    assert fetched.body == FEED.encode()


async def test_bomb_in_robots_forbids_all(crawl: Crawl, site: Any, source_at: Any) -> None:
    bomb = gzip.compress(b"#" * 20_000_000)
    site.serve("/robots.txt", bomb, kind="text/plain", headers={"Content-Encoding": "gzip"})
    site.serve("/feed", FEED)

    with pytest.raises(Unreachable, match=r"robots\.txt could not be read \(the host sent more"):
        await crawl.fetch_list(source_at(site.url("/feed")))


async def test_long_robots_is_read_to_its_limit(crawl: Crawl, site: Any, source_at: Any) -> None:
    rules = "User-agent: *\nDisallow: /members\n" + "Disallow: /x\n" * 1_000_000
    site.serve("/robots.txt", rules, kind="text/plain")
    site.serve("/feed", FEED)
    source = source_at(site.url("/feed"))

    assert (await crawl.fetch_list(source)).status == 200
    with pytest.raises(Blocked):
        await crawl.fetch_page(source, Listing(url=site.url("/members")))


async def test_robots_that_asks_for_a_rest_gets_it(
    crawl: Crawl, site: Any, source_at: Any, watch: Any
) -> None:
    site.serve("/robots.txt", status=429, headers={"Retry-After": "60"})

    with pytest.raises(Blocked) as caught:
        await crawl.fetch_list(source_at(site.url("/feed")))

    assert caught.value.until == watch.at + timedelta(seconds=60)
    assert site.count("/feed") == 0


async def test_what_stood_in_the_way_is_told(crawl: Crawl, site: Any, source_at: Any) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /shut", kind="text/plain")
    site.serve("/wall", status=403)
    site.serve("/old", status=301, headers={"Location": "/feed"})
    site.serve("/feed", FEED)

    with pytest.raises(Blocked) as refused:
        await crawl.fetch_list(source_at(site.url("/shut")))
    with pytest.raises(Blocked) as walled:
        await crawl.fetch_list(source_at(site.url("/wall")))
    moved = await crawl.fetch_list(source_at(site.url("/old")))

    assert (refused.value.robots, refused.value.status) == ("refused", None)
    assert (walled.value.robots, walled.value.status) == (None, 403)
    assert moved.redirects == (301,)
