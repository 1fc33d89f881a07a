"""Each closed door, as a setting and on the running crawl."""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config.errors import Unreachable
from config.model import Settings
from crawler.spiders.crawl import Crawl
from crawler.spiders.settings import build_settings, user_agent

WANTED = {
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
    "COOKIES_ENABLED": False,
    "REFERER_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "COMPRESSION_ENABLED": False,
    "MEMUSAGE_ENABLED": False,
    "LOG_ENABLED": False,
    "AUTOTHROTTLE_ENABLED": False,
    "JOBDIR": None,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.2",
    "DOWNLOAD_MAXSIZE": 8 * 1024 * 1024,
    "DOWNLOAD_TIMEOUT": 20,
    "DOWNLOAD_FAIL_ON_DATALOSS": True,
    "DNS_TIMEOUT": 10,
    "DNSCACHE_ENABLED": False,
    "RETRY_TIMES": 1,
    "REDIRECT_MAX_TIMES": 5,
    "CONCURRENT_ITEMS": 1,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "DOWNLOAD_DELAY": 2.0,
    "DOWNLOAD_DELAY_JITTER": 0.0,
    "ROBOTSTXT_OBEY": True,
    "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
    "USER_AGENT": "Rasid/0.1",
    "CLOSESPIDER_TIMEOUT": 0,  # bounds are per request; these would end the daemon's crawl
    "CLOSESPIDER_PAGECOUNT": 0,
    "CLOSESPIDER_ERRORCOUNT": 0,
    "DEPTH_LIMIT": 0,
}


@pytest.fixture
async def running(watch: Any) -> Any:
    """The crawler as it runs with the settings that people get."""
    crawl = Crawl(Settings(), now=watch)
    await crawl.start()
    assert crawl._keeper.run is not None
    yield crawl._keeper.run.crawler
    await crawl.stop()


@pytest.mark.parametrize(("name", "value"), WANTED.items(), ids=WANTED)
async def test_running_crawl_has(running: Any, name: str, value: object) -> None:
    assert running.settings.get(name) == value


def test_rests_are_never_answered_by_a_repeat() -> None:
    assert not {429, 503} & set(build_settings(Settings())["RETRY_HTTP_CODES"])


async def test_only_http_is_spoken(running: Any) -> None:
    handlers = running.settings.getwithbase("DOWNLOAD_HANDLERS")

    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}


async def test_no_part_of_scrapy_runs_that_we_did_not_name(running: Any) -> None:
    names = [type(part).__name__ for part in running.engine.downloader.middleware.middlewares]

    assert running.extensions.middlewares == ()
    assert names == [
        *("AddressGate", "Rest", "RobotsGate", "DownloadTimeoutMiddleware"),
        *("UserAgentMiddleware", "RetryMiddleware", "BodyGate", "RedirectMiddleware"),
    ]


def listening_inodes() -> Iterator[str]:
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        if Path(table).exists():
            for line in Path(table).read_text().splitlines()[1:]:
                if line.split()[3] == "0A":
                    yield line.split()[9]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_no_port_is_opened(running: Any) -> None:
    own = {str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.is_symlink()}

    assert not {f"socket:[{inode}]" for inode in listening_inodes()} & own


def test_contact_is_one_harmless_line() -> None:
    settings = Settings(user_agent_contact="https://x.test/b\r\nCookie: (1) راصد")

    assert user_agent(settings) == "Rasid/0.1 (+https://x.test/bCookie:1)"


async def test_proxy_of_the_environment_is_not_used(
    crawl: Crawl, site: Any, source_at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.serve("/feed", "<rss></rss>")

    assert (await crawl.fetch_list(source_at(site.url("/feed")))).status == 200


# Encryption


def write_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1, signed by itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


async def open_tls(context: ssl.SSLContext) -> tuple[web.AppRunner, str]:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text="<rss></rss>", content_type="text/xml")

    app = web.Application()
    app.router.add_get("/{rest:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=context).start()
    return runner, f"https://127.0.0.1:{runner.addresses[0][1]}/feed"


TLS = {
    "signed by itself": (False, None, "certificate"),
    "trusted": (True, None, None),
    "trusted, but TLS 1.1": (True, ssl.TLSVersion.TLSv1_1, "connection"),
}


@pytest.mark.parametrize(("trusted", "newest", "words"), TLS.values(), ids=TLS)
async def test_encryption_is_accepted(
    crawl: Crawl,
    source_at: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trusted: bool,
    newest: ssl.TLSVersion | None,
    words: str | None,
) -> None:
    file = write_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    if newest is not None:
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, newest
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    runner, url = await open_tls(context)

    answer = await asyncio.gather(crawl.fetch_list(source_at(url)), return_exceptions=True)
    await runner.cleanup()

    if words is None:
        assert answer[0].status == 200
    else:
        assert isinstance(answer[0], Unreachable)
        assert words in str(answer[0])


async def test_delay_comes_from_the_owner() -> None:
    assert build_settings(Settings(delay_s=Decimal("0.5")))["DOWNLOAD_DELAY"] == 0.5
