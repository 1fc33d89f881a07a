"""A PostgreSQL server of a test's own, on a socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

_DEBIAN = Path("/usr/lib/postgresql")
# Nothing here outlives the test, so nothing is to be on the disk.
_SETTINGS = "-c listen_addresses= -c fsync=off -c unix_socket_directories="


@contextmanager
def serving() -> Iterator[str]:
    """The URL of a new database; skips without a server, and fails if RASID_SKIP_NOTHING is set."""
    binaries = _binaries()
    if binaries is None or find_spec("pg8000") is None:
        stop = pytest.fail if os.environ.get("RASID_SKIP_NOTHING") else pytest.skip
        stop("needs PostgreSQL and pg8000; on Debian: apt install postgresql")
    # A socket's path has room for some hundred letters, which pytest's own folders use up.
    folder = Path(tempfile.mkdtemp(prefix="rasid-pg"))
    run: dict[str, Any] = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL}
    if os.geteuid() == 0:  # as root it refuses to serve
        shutil.chown(folder, "postgres", "postgres")
        run |= {"user": "postgres", "group": "postgres", "extra_groups": []}
    make = ["initdb", "-D", "data", "-A", "trust", "-U", "rasid", "--no-sync"]
    control = [str(binaries / "pg_ctl"), "-D", "data", "-w"]
    try:
        subprocess.run([str(binaries / make[0]), *make[1:]], **run)
        subprocess.run([*control, "-l", "log", "-o", f"{_SETTINGS}{folder}", "start"], **run)
        try:
            yield f"postgresql+pg8000://rasid@/postgres?unix_sock={folder}/.s.PGSQL.5432"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **run)
    finally:
        shutil.rmtree(folder)


def _binaries() -> Path | None:
    found = shutil.which("pg_ctl")
    named = sorted(_DEBIAN.glob("*/bin/pg_ctl"))
    path = Path(found).resolve() if found else named[-1] if named else None
    return path.parent if path else None
