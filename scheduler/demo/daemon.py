"""How does the demo start the real daemon? On a clock that stands in a file, else as always."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    from scheduler.commands.watch import run_told

    folder, state, clock_file = map(Path, sys.argv[1:4])
    run_told(folder, state, clock_file)


# Worker processes import this module again: only the daemon itself runs it.
if __name__ == "__main__":
    main()
