"""How must Scrapy behave, so that strangers' servers can neither hurt us nor complain of us?"""

from __future__ import annotations

import re
from typing import Any

from config.model import Settings
from crawler.spiders.guard.body import BODY_CAP_BYTES

PRODUCT = "Rasid/0.1"
PLACES = 32  # requests at a time, on as many hosts
DNS_TIMEOUT_S = 10

GUARD = "crawler.spiders.guard"
DOWNLOADER_PARTS = "scrapy.downloadermiddlewares"


def user_agent(settings: Settings) -> str:
    """Our name, and where whoever runs a site can write to. One header line of plain ASCII."""
    contact = re.sub(r"[^\x21-\x7e]|[()]", "", settings.user_agent_contact or "")
    return f"{PRODUCT} (+{contact})" if contact else PRODUCT


def build_settings(settings: Settings) -> dict[str, Any]:
    """Scrapy settings for the one long crawl. Its bounds are per request, never per crawl."""
    return {
        **_limits(settings),
        **CLOSED_DOORS,
        **_manners(settings),
        **PARTS,
        # Scrapy must not touch the daemon's logging, and its lines hold whole addresses.
        "LOG_ENABLED": False,
        "LOG_FORMATTER": "crawler.spiders.news.Silent",
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
        "STATS_DUMP": False,
    }


def _limits(settings: Settings) -> dict[str, Any]:
    return {
        "DOWNLOAD_MAXSIZE": BODY_CAP_BYTES,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_TIMEOUT": settings.download_timeout_s,  # from connecting to the last byte
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DNS_TIMEOUT": DNS_TIMEOUT_S,
        "DNSCACHE_ENABLED": False,  # has no end; see guard/resolver.py
        "RETRY_TIMES": 1,
        # 429 and 503 ask for a rest: repeating them at once is what they complain of.
        "RETRY_HTTP_CODES": [500, 502, 504, 522, 524],
        # A server that hung for 20 s would hang again: time-outs wait for the next look.
        "RETRY_EXCEPTIONS": [
            "scrapy.exceptions.DownloadConnectionRefusedError",
            "scrapy.exceptions.DownloadFailedError",
            "scrapy.exceptions.ResponseDataLossError",
        ],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "REDIRECT_MAX_TIMES": 5,  # RFC 9309 wants five for a robots.txt
        "SCRAPER_SLOT_MAX_ACTIVE_SIZE": 2 * BODY_CAP_BYTES,
        "CONCURRENT_REQUESTS": PLACES,
        "CONCURRENT_ITEMS": 1,  # the default starts 100 tasks for each response
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",  # a list is asked again and again
    }


CLOSED_DOORS: dict[str, Any] = {
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,  # an HTTP port that runs Python code
    "DOWNLOAD_HANDLERS": {
        "http": f"{GUARD}.handler.BoundedHandler",
        "https": f"{GUARD}.handler.BoundedHandler",
        **dict.fromkeys(("data", "file", "ftp", "s3")),
    },
    "HTTPPROXY_ENABLED": False,  # a proxy from the environment would see past the resolver
    "COOKIES_ENABLED": False,
    "REFERER_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "COMPRESSION_ENABLED": False,  # guard/encoding.py opens bodies, and sees when one was cut
    "MEMUSAGE_ENABLED": False,  # ends the crawl for the whole process's memory; systemd bounds it
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
    "FEEDS": {},
    "JOBDIR": None,
}


def _manners(settings: Settings) -> dict[str, Any]:
    return {
        "ROBOTSTXT_OBEY": True,  # by guard/manners.py
        "USER_AGENT": user_agent(settings),
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": float(settings.delay_s),
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "AUTOTHROTTLE_ENABLED": False,  # forgets what it learned of a slot after a minute
    }


# Whole lists and not changes to Scrapy's own: a new default of a new version opens no door.
PARTS: dict[str, Any] = {
    "DOWNLOADER_MIDDLEWARES_BASE": {},
    "DOWNLOADER_MIDDLEWARES": {
        f"{GUARD}.gate.AddressGate": 40,
        f"{GUARD}.manners.Rest": 45,
        f"{GUARD}.manners.RobotsGate": 100,
        f"{DOWNLOADER_PARTS}.downloadtimeout.DownloadTimeoutMiddleware": 350,
        f"{DOWNLOADER_PARTS}.useragent.UserAgentMiddleware": 500,
        f"{DOWNLOADER_PARTS}.retry.RetryMiddleware": 550,
        f"{GUARD}.gate.BodyGate": 590,
        f"{DOWNLOADER_PARTS}.redirect.RedirectMiddleware": 600,
    },
    "SPIDER_MIDDLEWARES_BASE": {},
    "SPIDER_MIDDLEWARES": {},
    "EXTENSIONS_BASE": {},
    "EXTENSIONS": {},
    "ITEM_PIPELINES_BASE": {},
    "ITEM_PIPELINES": {},
}
