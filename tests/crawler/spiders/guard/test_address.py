"""Addresses that a request may reach, and the many ways to write those it may not."""

from __future__ import annotations

import pytest

from crawler.spiders.guard.address import (
    Endpoint,
    Passport,
    endpoint_of,
    find_refusal,
    is_public,
    parse_ip,
)

PRIVATE = [
    *("127.0.0.1", "127.99.1.2", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1"),
    *("224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1"),
    *("2002:7f00:1::", "64:ff9b::7f00:1", "::127.0.0.1", "2001:db8::1", "64:ff9b:1::a00:1"),
    *("192.88.99.1", "3fff::1", "5f00::1"),
    "2001:0:53aa:64c:0:0:80ff:fffe",  # Teredo around 127.0.0.1
]
PUBLIC = [
    *("8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::"),
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("ip", PRIVATE)
def test_private(ip: str) -> None:
    assert not is_public(ip)


@pytest.mark.parametrize("ip", PUBLIC)
def test_public(ip: str) -> None:
    assert is_public(ip)


WRITTEN = {
    "127.0.0.1": "127.0.0.1",
    "127.1": "127.0.0.1",
    "0": "0.0.0.0",
    "2130706433": "127.0.0.1",
    "0x7f000001": "127.0.0.1",
    "0x7f.1": "127.0.0.1",
    "0X7F.1": "127.0.0.1",
    "0177.0.0.1": "127.0.0.1",
    "017700000001": "127.0.0.1",
    "[::1]": "::1",
    "::ffff:127.0.0.1": "::ffff:127.0.0.1",
    "news.example": None,
    "beef.cafe": None,
    "1.2.3.4.5": None,
}


@pytest.mark.parametrize(("host", "ip"), WRITTEN.items(), ids=WRITTEN)
def test_address_is_read_as_a_socket_reads_it(host: str, ip: str | None) -> None:
    read = parse_ip(host)

    assert (read or "").replace("::ffff:7f00:1", "::ffff:127.0.0.1") == (ip or "")


REFUSED = {
    "file": ("file:///etc/passwd", "http"),
    "data": ("data:text/html,x", "http"),
    "ftp": ("ftp://news.example/", "http"),
    "javascript": ("javascript:alert(1)", "http"),
    "no scheme": ("news.example/feed", "http"),
    "no host": ("http:///feed", "no valid host"),
    "open bracket": ("http://[::1", "no valid host"),
    "bad port": ("http://news.example:99999/", "no valid host"),
    "blank": ("http://news example/", "blank"),
    "line break": ("http://news.example/\r\nX: 1", "blank"),
    "backslash": ("http:\\\\127.0.0.1\\", "backslash"),
    "user name": ("http://news.example@127.0.0.1/", "user name"),
    "empty user name": ("http://@news.example/", "user name"),
    "mail port": ("http://news.example:25/", "port 25"),
    "redis": ("http://news.example:6379/", "port 6379"),
    "loopback": ("http://127.0.0.1/", "not public"),
    "short": ("http://127.1/", "not public"),
    "decimal": ("http://2130706433/", "not public"),
    "hex": ("http://0x7f000001/", "not public"),
    "octal": ("http://0177.0.0.1/", "not public"),
    "zero": ("http://0/", "not public"),
    "last dot": ("http://127.0.0.1./", "not public"),
    "IPv6": ("http://[::1]/", "not public"),
    "mapped": ("http://[::ffff:127.0.0.1]/", "not public"),
    "NAT64": ("http://[64:ff9b::7f00:1]/", "not public"),
    "metadata": ("http://169.254.169.254/latest/", "not public"),
    "fullwidth digits": ("http://１２７.0.0.1/", "not public"),
    "circled digits": ("http://①②⑦.0.0.1/", "not public"),
    "percent digits": ("http://%31%32%37.0.0.1/", "no valid host"),
    "localhost": ("http://localhost/", "local name"),
    "localhost with a dot": ("http://LOCALHOST./", "local name"),
    "below localhost": ("http://a.localhost/", "local name"),
    "single label": ("http://intranet/", "local name"),
    "mDNS": ("http://printer.local/", "local name"),
    "cloud": ("http://metadata.google.internal/", "local name"),
    "too long": ("http://news.example/" + "a" * 2100, "longer"),
    "another's inner host": ("http://wiki.corp.example/", "private source"),
}
INNER = frozenset({Endpoint("wiki.corp.example", 80)})


@pytest.mark.parametrize(("url", "words"), REFUSED.values(), ids=REFUSED)
def test_public_source_is_refused(url: str, words: str) -> None:
    assert words in (find_refusal(url, Passport(), inner=INNER) or "")


ALLOWED = {
    "http": "http://news.example/feed",
    "https": "HTTPS://News.Example/feed?x=1",
    "port 443": "https://news.example:443/",
    "public address": "http://93.184.215.14/",
    "Arabic host": "https://موقع.وزارة-الاتصالات.مصر/",
    "underscore": "http://my_site.example/",
    "Arabic path": "https://news.example/أخبار",
}


@pytest.mark.parametrize("url", ALLOWED.values(), ids=ALLOWED)
def test_public_source_is_let_through(url: str) -> None:
    assert find_refusal(url, Passport(), inner=INNER) is None


OWN = Passport(own=frozenset({Endpoint("127.0.0.1", 8080)}))
PRIVATE_ASKS = {
    "its own host": ("http://127.0.0.1:8080/feed", True),
    "another port": ("http://127.0.0.1:8081/", False),
    "another spelling": ("http://localhost:8080/", False),
    "another private host": ("http://10.0.0.1:8080/", False),
    "the internet": ("https://news.example/", False),
    "a file": ("file:///etc/passwd", False),
}


@pytest.mark.parametrize(("url", "allowed"), PRIVATE_ASKS.values(), ids=PRIVATE_ASKS)
def test_private_source_asks(url: str, allowed: bool) -> None:
    assert (find_refusal(url, OWN, inner=OWN.own) is None) is allowed


def test_endpoint_has_the_port_of_its_scheme() -> None:
    assert endpoint_of("https://News.Example./x") == Endpoint("news.example", 443)
