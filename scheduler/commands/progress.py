"""How does somebody who waits see how far it is, and stop it?"""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from crawler.text.safe import harmless_line

Step = Callable[[str, int, int | None, int], None]  # words, done, of how many, articles


def stop_when_told() -> Callable[[], bool]:
    """Whether Ctrl-C or SIGTERM came: what is in hand is kept first. A second Ctrl-C breaks off."""
    stopped: list[int] = []
    loop = asyncio.get_running_loop()

    def stop(number: int) -> None:
        stopped.append(number)
        loop.remove_signal_handler(signal.SIGINT)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number)
    return lambda: bool(stopped)


@contextmanager
def show_progress() -> Iterator[Step]:
    """A progress bar with the time that is left, on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda words, done, total, articles: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn
    from rich.progress import TimeRemainingColumn as TimeLeft

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[articles]} articles"),
        TimeLeft(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        tasks: dict[str, Any] = {}

        def step(words: str, done: int, total: int | None, articles: int) -> None:
            if words not in tasks:
                tasks[words] = bar.add_task(harmless_line(words, 60), total=total, articles=0)
            bar.update(tasks[words], completed=done, total=total, articles=articles)

        yield step
