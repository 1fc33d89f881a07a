"""What does the log show, and what must it never show?"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable

from config.model import Config

# At DEBUG these print whole URLs with tokens, whatever level the owner asks for. Alembic says 17
# lines at the first start, before the house says a word.
_TALKATIVE = frozenset(
    ["alembic", "apprise", "apscheduler", "asyncio", "requests", "scrapy", "twisted", "urllib3"]
)
# Strangers' text may carry colors, forged lines or reversed text into a terminal.
_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def set_up_logging(level: str = "INFO", *, secrets: Iterable[str] = ()) -> None:
    """Write the house's log to stderr, one line an event, without `secrets`."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


def secrets_of(config: Config) -> list[str]:
    """What the targets of `config` hold and no line may show."""
    keys = [target.signing_key or "" for target in config.targets]
    return [*(target.url for target in config.targets), *keys]


class _Formatter(logging.Formatter):
    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secrets = sorted({s for s in secrets if s}, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, "•••")
        return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", line)
