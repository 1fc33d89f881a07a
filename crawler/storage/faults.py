"""What does a driver's error mean for the owner, in one sentence with what to do next?"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from config.errors import StorageBusy, StorageError

_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"}
_BROKEN = {"SQLITE_CORRUPT", "SQLITE_NOTADB"}
_SENTENCES = {
    "SQLITE_FULL": "The disk is full, so nothing was saved to {path}. Free some space; "
    "Rasid goes on by itself.",
    "SQLITE_READONLY": "The database {path} may not be written. Give this user the right to "
    "write the file and its folder; Rasid goes on by itself.",
    "SQLITE_IOERR": "The disk refused to read or write {path}. Look at free space, quotas and "
    "the health of the disk; Rasid goes on by itself.",
    "SQLITE_CANTOPEN": "The database {path} cannot be opened. Look at the rights on the file "
    "and its folder.",
    "SQLITE_PERM": "The database {path} cannot be opened. Look at the rights on the file.",
    "SQLITE_NOMEM": "There was no memory left while {path} was in use. Nothing was saved.",
}


def told(error: DBAPIError | sqlite3.Error, path: Path, *, waited_s: float) -> StorageError | None:
    """What `error` is to the owner; None if it is a mistake of our own (wrong SQL, a key)."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = _name_of(cause)
    if name in _BUSY:
        return busy(path, waited_s)
    if is_broken(error):
        return StorageError(
            f"The database {path} is damaged ({cause}). `rasid run` names its last good backup.",
            subject=str(path),
        )
    sentence = _SENTENCES.get(name)
    return None if sentence is None else StorageError(sentence.format(path=path), subject=str(path))


def is_broken(error: DBAPIError | sqlite3.Error) -> bool:
    """Whether the file itself is damaged: then nobody may write to it."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    # The driver gives no code for text whose bytes are not UTF-8; we write none of that.
    return _name_of(cause) in _BROKEN or str(cause).startswith("Could not decode to UTF-8")


def busy(path: Path, waited_s: float) -> StorageBusy:
    return StorageBusy(
        f"Somebody else has been writing to {path} for more than {waited_s:g} s. "
        "Try again; if it stays so, look for a second program that has the file open.",
        subject=str(path),
    )


def broken(path: Path, finding: str, backup: Path | None = None) -> StorageError:
    """The sentence for a damaged file; it names the last good backup if there is one."""
    way_out = (
        f"The last good backup is {backup}: move the damaged file away and copy it to its place."
        if backup
        else "No good backup was found beside it: move the file away to begin anew."
    )
    return StorageError(
        f"The database {path} is damaged ({finding}), so nothing was written to it. {way_out}",
        subject=str(path),
    )


def _name_of(cause: BaseException | None) -> str:
    # SQLITE_IOERR_WRITE -> SQLITE_IOERR: the extended part is for us, not for the owner.
    name: str = getattr(cause, "sqlite_errorname", None) or ""
    return "_".join(name.split("_")[:2])
