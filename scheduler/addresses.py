"""Which address did the owner mean, and is it watched already?"""

from __future__ import annotations

from urllib.parse import urlsplit

from config.errors import RasidError
from config.model import Config
from crawler.pages.urls import canonical_url


def address_of(typed: str) -> str:
    """`typed` as a whole address. Raises RasidError where it is none that can be fetched."""
    text = typed.strip()
    whole = text if "://" in text else f"https://{text}"
    scheme = urlsplit(whole).scheme.lower()
    if scheme not in ("http", "https"):
        raise RasidError(f"{typed!r} is no web address: only http and https are fetched")
    address = canonical_url(whole)
    if address is None:
        raise RasidError(f"{typed!r} is no web address: write e.g. https://example.org/")
    return address


def watched_by(config: Config, url: str) -> str | None:
    """The id of the source that reads `url`; None where there is none."""
    plain = plain_address(url)
    return next((one.id for one in config.sources if plain_address(one.url) == plain), None)


def plain_address(url: str) -> str:
    """`url` without what two people write differently: http or https, www, a last slash."""
    bare = (canonical_url(url) or url).partition("://")[2].removeprefix("www.")
    return bare.rstrip("/")
