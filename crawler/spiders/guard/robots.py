"""What does a site's robots.txt allow us? RFC 9309, with Crawl-delay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

PRODUCT = "rasid"  # as user-agent lines name us
OURS = frozenset({PRODUCT, "*"})
PARSE_CAP_BYTES = 500 * 1024
DELAY_CAP_S = 60.0
DISALLOW = {"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"}
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(frozen=True, slots=True)
class Rule:
    """One Allow or Disallow line."""

    pattern: str
    allow: bool

    def matches(self, path: str) -> bool:
        """Whether the pattern, with its `*` and a last `$`, fits the beginning of `path`.

        By substring search, in linear time: a regular expression of 200 stars from a stranger
        runs for ever on a path of the same stranger.
        """
        anchored = self.pattern.endswith("$")
        first, *others = self.pattern.removesuffix("$").split("*")
        if not path.startswith(first):
            return False
        position = len(first)
        last = others.pop() if anchored and others else None
        for part in others:
            found = path.find(part, position)
            if found < 0:
                return False
            position = found + len(part)
        if not anchored:
            return True
        if last is None:
            return position == len(path)
        return path.endswith(last) and len(path) - len(last) >= position


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What one robots.txt says to us. `refusal`: it could not be read, so nothing is fetched."""

    rules: tuple[Rule, ...] = ()
    delay_s: float | None = None  # at most a minute
    refusal: str | None = None

    def allows(self, url: str) -> bool:
        """Whether `url` may be asked: the longest rule that fits decides, Allow wins a draw."""
        parts = urlsplit(url)
        path = _plain(parts.path or "/") + (f"?{_plain(parts.query)}" if parts.query else "")
        fitting = [rule for rule in self.rules if rule.matches(path)]
        return (
            max(fitting, key=lambda rule: (len(rule.pattern), rule.allow)).allow
            if fitting
            else True
        )


ALLOW_ALL = Robots()


def read_robots(status: int, body: bytes) -> Robots:
    """What an answer for robots.txt means: its rules, all (4xx) or, for an error, nothing."""
    if 200 <= status < 300:
        return parse_robots(body)
    if 400 <= status < 500 and status != 429:
        return ALLOW_ALL
    return Robots(refusal=f"its robots.txt could not be read ({status}), so nothing is fetched")


def parse_robots(body: bytes) -> Robots:
    """The rules for us in the first 500 KiB: our own group, else the one for `*`."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for agents, field, value in _grouped(_fields(body[:PARSE_CAP_BYTES])):
        for agent in agents:
            groups.setdefault(agent, []).append((field, value))
    lines = groups.get(PRODUCT, groups.get("*", []))
    rules = tuple(
        Rule(_plain(value), field == "allow") for field, value in lines if _is_rule(field, value)
    )
    delays = [_parse_delay(value) for field, value in lines if field == "crawl-delay"]
    return Robots(rules=rules, delay_s=max((d for d in delays if d is not None), default=None))


def _fields(body: bytes) -> Iterator[tuple[str, str]]:
    for line in re.split(r"[\r\n]+", body.decode("utf-8-sig", "replace")):
        field, colon, value = line.partition("#")[0].partition(":")
        if colon:
            yield field.strip().lower(), value.strip()


def _grouped(fields: Iterable[tuple[str, str]]) -> Iterator[tuple[frozenset[str], str, str]]:
    """Each rule with those it is for, of us and all: thousands of other names cost nothing."""
    agents: frozenset[str] = frozenset()
    in_rules = False
    for field, value in fields:
        if field in ("user-agent", "useragent"):
            name = re.match(r"\*|[a-z_-]+", value.lower())
            named = OURS & {name[0]} if name else frozenset()
            agents = named if in_rules else agents | named
            in_rules = False
            yield named, "", ""  # a group without a rule still shadows the one for "*"
        elif field == "allow" or field == "crawl-delay" or field in DISALLOW:
            in_rules = True
            yield agents, field, value


def _is_rule(field: str, value: str) -> bool:
    return value != "" and (field == "allow" or field in DISALLOW)


def _parse_delay(value: str) -> float | None:
    found = re.match(r"[0-9]{1,9}(\.[0-9]{1,3})?", value)
    return min(float(found[0]), DELAY_CAP_S) if found else None


def _plain(text: str) -> str:
    """`text` with one spelling for each octet: %7E is ~, %c3 is %C3, é is %C3%A9."""

    def one(escape: re.Match[str]) -> str:
        character = chr(int(escape[1], 16))
        return character if character in UNRESERVED else f"%{escape[1].upper()}"

    return quote(re.sub(r"%([0-9A-Fa-f]{2})", one, text), safe="%/?:@!$&'()*+,;=~-._[]|{}^\"<>`\\ ")
