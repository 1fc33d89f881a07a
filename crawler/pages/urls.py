"""Which address does this link mean, and which two are the same page?"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

# A deny-list, never an allow-list: dropping ?id= or ?p= would break WordPress permalinks.
_TRACKING_NAMES = (
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid "
    "mc_eid mkt_tok _hsenc _hsmi __hstc __hssc __hsfp hsctatracking vero_id vero_conv oly_anon_id "
    "oly_enc_id s_cid wt_mc wt.mc_id wtmc cmpid ncid ocid ito sr_share ns_mchannel ns_source "
    "ns_campaign ns_linkname ns_fee xtor at_medium at_campaign at_custom1 at_custom2 at_custom3 "
    "at_custom4 at_link_id at_link_type at_link_origin at_format at_ptr_name at_bbc_team "
    "__twitter_impression ref_src ref_url rss_source guccounter guce_referrer guce_referrer_sig "
    "soc_src soc_trk spm scm _openstat pk_campaign pk_kwd pk_source pk_medium piwik_campaign "
    "piwik_kwd mtm_campaign mtm_source mtm_medium mtm_keyword mtm_content trk_contact trk_msg "
    "trk_module trk_sid icid intcid sc_campaign sc_channel sc_content smid smtyp taid "
    "fb_action_ids fb_action_types fb_ref fb_source srsltid gad_source gad_campaignid _ga _gl "
    "amp echobox_share sharetype sharedid partner_share feature_share"
)
_TRACKING = frozenset(_TRACKING_NAMES.split())
_AMP_PAIRS = frozenset({"outputtype=amp", "mode=amp", "view=amp", "format=amp"})
_AMP_PATH = re.compile(r"^/amp(?=/.)|(?<=.)/amp/?$|\.amp(?=\.html$)|\.amp$")
_TRACKING_HEADS = ("utm_", "utm-", "hsa_", "pk_", "matomo_", "mtm_", "ga_", "oly_", "_bta_", "dm_i")
_PORTS = {"http": 80, "https": 443}
_SPACE = re.compile(r"[\x00-\x20\x7f\u00a0\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_HOST = re.compile(r"[^\W_](?:[\w.-]{0,251}[^\W_])?\.?|\[[0-9a-f:.]{2,45}\]", re.IGNORECASE)
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_LIMIT = 2048
# Most addresses are written as we store them: nothing to escape, no port, no query but plain pairs.
_PLAIN = re.compile(
    r"(https?://[a-z0-9](?:[a-z0-9.-]{0,200}[a-z0-9])?/(?:[A-Za-z0-9/_.~-]|%[0-9A-F]{2}){0,1600})"
    r"(?:\?([A-Za-z0-9_.~&=-]{0,400}))?(?:#[\x21-\x7e]{0,200})?"
)
_TWIN_FRONTS = ("m.", "mobile.", "amp.")
_FRONTS = ("www.", "m.", "mobile.", "amp.", "edition.")


def absolute_url(link: str | None, base: str) -> str | None:
    """`link` as a whole http(s) address without tracking; None if it is no such link."""
    if not link or len(link) > 2 * _LIMIT:
        return None
    plain = _PLAIN.fullmatch(link)
    if plain is not None:
        query = "&".join(_kept(plain[2])) if plain[2] else ""
        return f"{plain[1]}?{query}" if query else plain[1]
    link = _SPACE.sub("", link) if "\n" in link or "\t" in link else link.strip(" \r\u200b\ufeff")
    if "\\" in link or link.startswith(("#", "javascript:", "data:", "mailto:", "tel:")):
        return None
    try:
        return canonical_url(urljoin(base, link))
    except ValueError:
        return None


def canonical_url(url: str) -> str | None:
    """`url` in the one form we store; None if it is not a plain http(s) address.

    Scheme and host in lower case, no default port, fragment, user name or tracking parameter;
    everything else stays, in its order: two servers may read it differently.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    scheme, host = parts.scheme.lower(), _plain_host(parts)
    if scheme not in _PORTS or host is None or "@" in parts.netloc:
        return None
    netloc = host if port in (None, _PORTS[scheme]) else f"{host}:{port}"
    path = quote(parts.path, safe=_SAFE) or "/"
    query = "&".join(_kept(parts.query))
    whole = urlunsplit((scheme, netloc, _upper_escapes(path), _upper_escapes(query), ""))
    return whole if len(whole) <= _LIMIT else None


def is_same_site(one: str, other: str) -> bool:
    """Whether both addresses live on one host, its www., m. or amp. name, or a subdomain of it."""
    first, second = _bare_host(one), _bare_host(other)
    if not first or not second:
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def twin_url(url: str, home: str, *, is_amp: bool) -> str:
    """`url` of a page as its plain twin: without /amp, and on the host of `home` for m. and amp.

    `home` is an address of the same source. A host that only `home` lacks stays as it is.
    """
    parts = urlsplit(url)
    path = _AMP_PATH.sub("", parts.path) if is_amp else parts.path
    host, own = parts.hostname or "", urlsplit(home)
    if host.startswith(_TWIN_FRONTS) and _bare_host(url) == _bare_host(home):
        own_host = own.hostname or ""
        if not own_host.startswith(_TWIN_FRONTS):
            parts = parts._replace(netloc=own.netloc)
    return urlunsplit(parts._replace(path=path or "/"))


def is_section_url(url: str, of: str) -> bool:
    """Whether `url` is only a folder that holds the page `of`: /economy/ of /economy/meta-1."""
    folder, page = (urlsplit(one).path.rstrip("/") for one in (url, of))
    is_above = page.startswith(f"{folder}/")
    return is_above and re.fullmatch(r"(?:/[^\W\d_]{1,20})*", folder) is not None


def unique(urls: Iterable[str]) -> tuple[str, ...]:
    """`urls` without repeats, in order."""
    return tuple(dict.fromkeys(urls))


def _plain_host(parts: SplitResult) -> str | None:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    if not host or len(host) > 253 or not _HOST.fullmatch(host):
        return None
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return None


def _kept(query: str) -> list[str]:
    kept = []
    for pair in query.split("&"):
        key = pair.partition("=")[0].lower()
        if not pair or pair.lower() in _AMP_PAIRS:
            continue
        if key not in _TRACKING and not key.startswith(_TRACKING_HEADS):
            kept.append(quote(pair, safe=_SAFE))
    return kept


def _upper_escapes(text: str) -> str:
    return re.sub(r"%[0-9a-fA-F]{2}", lambda escape: escape[0].upper(), text)


def _bare_host(url: str) -> str:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
    for front in _FRONTS:
        host = host.removeprefix(front)
    return host
