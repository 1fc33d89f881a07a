"""Which story does its owner ask about, in whatever form its address was copied?"""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from crawler.model import ListingState
from crawler.pages.urls import canonical_url, twin_url, unique
from crawler.storage.articles import StoredArticle, load_article
from crawler.storage.database import Connection
from crawler.storage.listings import Waiting, load_lines_at

# As a browser shows it, too: without the scheme. Booking.com alone is a company.
_ADDRESS = re.compile(r"https?://|[\w-]+(?:\.[\w-]+)+/\S", re.IGNORECASE)
_FRONTS = ("www.", "m.", "mobile.", "amp.")


def as_asked(text: str) -> str:
    """`text` without what mails and chats put round an address."""
    return text.strip().removeprefix("<").removesuffix(">").strip()


def is_address(text: str) -> bool:
    """Whether `text` is the address of a page, not a name or a sentence."""
    return _ADDRESS.match(text) is not None and not re.search(r"\s", text)


def find_asked(
    db: Connection, url: str
) -> tuple[StoredArticle | None, tuple[tuple[Waiting, ListingState], ...]]:
    """The story at `url`, and the lines that named it."""
    stored, lines = load_article(db, url), load_lines_at(db, url)
    for other in _forms_of(url):
        if stored is None and not lines:
            stored, lines = load_article(db, other), load_lines_at(db, other)
    return stored, lines


def _forms_of(url: str) -> tuple[str, ...]:
    """The address as we store it, then as its site or its reader's telephone may write it else.

    With and without s, www, m. and a last slash, and without what only an AMP copy bears.
    """
    plain = canonical_url(url if "://" in url else f"https://{url}")
    if plain is None:
        return ()
    parts = urlsplit(twin_url(plain, plain, is_amp=True))
    bare = parts.netloc
    for front in _FRONTS:
        bare = bare.removeprefix(front)
    slashed = f"{parts.path.rstrip('/')}/"
    turned = "http" if parts.scheme == "https" else "https"
    others = (
        urlunsplit(parts._replace(scheme=scheme, netloc=host, path=path))
        for path in (parts.path, slashed, slashed[:-1] or "/")
        for scheme in (parts.scheme, turned)
        for host in (parts.netloc, bare, *(f"{front}{bare}" for front in _FRONTS))
    )
    return unique((plain, *others))
