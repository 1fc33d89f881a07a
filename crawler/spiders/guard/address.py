"""Which addresses may a request reach?"""

from __future__ import annotations

import ipaddress
import re
import socket
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

URL_CAP = 2083
PUBLIC_PORTS = frozenset({80, 443})
LOCAL_ENDINGS = (".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".onion")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
# Not public by IANA's registries, but global in the tables of Python 3.11: local NAT64, relays
# of 6to4, documentation, and segment routing.
CLOSED = tuple(
    ipaddress.ip_network(net)
    for net in ("64:ff9b:1::/48", "192.88.99.0/24", "3fff::/20", "5f00::/16", "fec0::/10")
)
OLD_MAPPED = ipaddress.IPv6Network("::/96")  # IPv4-compatible, deprecated but still routed by some


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a socket goes: a host in lower case without a last dot, and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """What the requests of one Source may reach.

    Without `own` only public addresses; with it (a private Source) these and nothing else, so
    that neither a page on the intranet nor one outside can send us through the inner network.
    """

    own: frozenset[Endpoint] = frozenset()


def endpoint_of(url: str) -> Endpoint | None:
    """Host and port of `url`; None where it has no host that can be trusted to be one."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host:
        return None
    # Fullwidth digits and dots become plain ones on the way to DNS: fold them before looking.
    host = unicodedata.normalize("NFKC", host).lower().rstrip(".")
    if ":" not in host:
        try:
            host = host.encode("idna").decode("ascii") if not host.isascii() else host
        except UnicodeError:
            return None
        if not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", host):
            return None
    return Endpoint(host, port or (443 if parts.scheme == "https" else 80))


def find_refusal(url: str, passport: Passport, *, inner: frozenset[Endpoint]) -> str | None:
    """Why `url` may not be asked with `passport`; None where it may.

    `inner`: the endpoints of all private Sources. They are closed to every other Source even
    where their name looks public. A name's address is checked once more by the resolver.
    """
    if len(url) > URL_CAP:
        return "the address is longer than 2,083 characters"
    if re.search(r"[\x00-\x20\x7f\\]", url):
        return "the address holds a blank, a control character or a backslash"
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        return "only http and https addresses are fetched"
    endpoint = endpoint_of(url)
    if endpoint is None:
        return "the address has no valid host"
    if "@" in urlsplit(url).netloc:
        return "the address holds a user name"
    if passport.own:
        return None if endpoint in passport.own else "a private source reaches its own host only"
    if endpoint in inner:
        return "the host belongs to a private source"
    return _find_public_refusal(endpoint)


def _find_public_refusal(endpoint: Endpoint) -> str | None:
    if endpoint.port not in PUBLIC_PORTS:
        return f"port {endpoint.port} is not a web port"
    ip = parse_ip(endpoint.host)
    if ip is not None:
        return None if is_public(ip) else "the address is not public"
    if "." not in endpoint.host or endpoint.host.endswith(LOCAL_ENDINGS):
        return "the host is a local name"
    return None


def parse_ip(host: str) -> str | None:
    """The address that `host` writes in any form a socket reads: 127.1, 0x7f.1, 2130706433, ::1."""
    try:
        return str(ipaddress.ip_address(host.strip("[]").split("%")[0]))
    except ValueError:
        pass
    if not re.fullmatch(r"[0-9a-fx.]+", host.lower()):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def is_public(ip: str) -> bool:
    """Whether `ip` is on the public internet, also behind the wrappings of IPv6."""
    address = ipaddress.ip_address(ip.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inside = _inner_address(address)
        if inside is not None:
            return is_public(str(inside))
    if any(address in net for net in CLOSED):
        return False
    return address.is_global and not address.is_multicast


def _inner_address(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in NAT64 or address in OLD_MAPPED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None
