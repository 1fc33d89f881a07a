"""How does Twisted live on the asyncio loop that runs already?"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

from twisted.internet import asyncioreactor
from twisted.logger import (
    FilteringLogObserver,
    LogLevel,
    LogLevelFilterPredicate,
    STDLibLogObserver,
    globalLogBeginner,
)

_logs_begun = False


def install_reactor() -> Any:
    """Install Twisted's reactor on the running loop, once for each loop; give it back.

    It is never started: Scrapy's handler needs its sockets and timers only. Twisted allows
    one reactor in a process, tied to one loop; a command that runs a second loop, or the next
    test, gets a new one.
    """
    _begin_logs()
    loop = asyncio.get_running_loop()
    installed = sys.modules.get("twisted.internet.reactor")
    if installed is not None and getattr(installed, "_asyncioEventloop", None) is not loop:
        del sys.modules["twisted.internet.reactor"]
        installed = None
    if installed is None:
        asyncioreactor.install(loop)  # type: ignore[no-untyped-call]
    return sys.modules["twisted.internet.reactor"]


def _begin_logs() -> None:
    """Send Twisted's warnings to logging. Until told, it keeps its last 65,536 lines in memory."""
    global _logs_begun
    if not _logs_begun:
        _logs_begun = True
        only_warnings: Any = LogLevelFilterPredicate(defaultLogLevel=LogLevel.warn)
        to_logging: Any = STDLibLogObserver("twisted")
        observer: Any = FilteringLogObserver(to_logging, [only_warnings])
        globalLogBeginner.beginLoggingTo([observer], discardBuffer=True, redirectStandardIO=False)
