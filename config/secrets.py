"""Where do secrets come from? `${NAME}`, and files that only their owner may read.

No sentence of this module holds a secret: it names the variable or the file.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from config.layers import Entry
from config.mistakes import Mistake, did_you_mean
from config.yaml_marks import KeyPath

SECRETS = (
    "url",
    "heartbeat_url",
    "second_reader_key",
    "signing_key",
)  # each may be given as KEY_file, too
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_LOGIN = re.compile(r"[^:/?#]+://[^/?#]*(?=@)")
_ENDS = re.compile(r"[@/?#:\s]")  # what ends user or password in a URL
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SIZE_LIMIT_BYTES = 16_384


def put_secrets_in(
    entry: Entry,
    environment: Mapping[str, str],
    mistakes: list[Mistake],
    *,
    fields: Collection[str],
) -> tuple[dict[str, Any], set[KeyPath]]:
    """The value of `entry` with its variables and secret files put in.

    Also the paths that could not be filled: what stands there must not be judged again.
    `fields`: the names of the entry's fields.
    """
    failed: set[KeyPath] = set()

    def fill(value: Any, path: KeyPath) -> Any:
        if isinstance(value, dict):
            return {key: fill(part, (*path, key)) for key, part in value.items()}
        if isinstance(value, list):
            return [fill(part, (*path, number)) for number, part in enumerate(value)]
        if not isinstance(value, str) or "${" not in value:
            return value
        wrong = [said for name in _VARIABLE.findall(value) if (said := _unset(name, environment))]
        if wrong:
            failed.add(path)
            mistakes.extend(entry.mistake(path, said) for said in wrong)
            return value
        return _filled(value, environment)

    filled = fill(entry.value, ())
    for key in (key for key in SECRETS if key in fields):
        name = filled.get(f"{key}_file")
        if f"{key}_file" in filled:
            del filled[f"{key}_file"]
            said, secret = _from_file(entry, key, name, environment)
            if said:
                failed.add((key,))
                mistakes.append(entry.mistake((f"{key}_file",), said))
            filled[key] = secret or "unknown"
    return filled, failed


def _filled(template: str, environment: Mapping[str, str]) -> str:
    """`template` with its variables put in.

    User and password of a URL are percent-encoded: one with a / or @ in it would end the host
    there. One that is written so already holds none of these, and stays.
    """
    login = _LOGIN.match(template)

    def put(match: re.Match[str]) -> str:
        value = environment[match[1]]
        is_login = login is not None and match.end() <= login.end()
        return quote(value, safe="") if is_login and _ENDS.search(value) else value

    return _VARIABLE.sub(put, template)


def _unset(name: str, environment: Mapping[str, str]) -> str | None:
    if not _NAME.fullmatch(name):
        return "a variable is written as ${NAME}: letters, digits and _ between the braces"
    if environment.get(name):
        return None
    similar = did_you_mean(name, (known for known in environment if environment[known]))
    hint = similar if similar.startswith("; did") else ""
    return f"the environment has no {name}: set it before Rasid starts{hint}"


def _from_file(
    entry: Entry, key: str, name: Any, environment: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """What is wrong, or the secret in the file `name`."""
    if key in entry.value:
        return f"{key} is given as well: keep one of the two", None
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        return "must be the path of a file", None
    path, is_credential = find_secret(name.strip(), entry.folder_of(f"{key}_file"), environment)
    said, text = read_private(path, is_credential=is_credential, limit_bytes=_SIZE_LIMIT_BYTES)
    secret = (text or "").strip()
    if said is None and (not secret or "\n" in secret):
        said = f"{path} must hold one line, the secret alone"
    return said, None if said else secret


def read_private(
    path: Path, *, is_credential: bool, limit_bytes: int
) -> tuple[str | None, str | None]:
    """What is wrong, or the text of a file that only its owner may read."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            return f"{path} is no file: write the path of one", None
        # systemd hands credentials over in a folder of their own; their mode shows its ACL.
        if mode & 0o077 and not is_credential:
            return f"others may read {path}: run `chmod 600 {path}`", None
        with path.open(encoding="utf-8") as file:
            return None, file.read(limit_bytes)
    except FileNotFoundError:
        return f"there is no file {path}: create it, readable by you only", None
    except OSError as error:
        return f"{path} cannot be read ({(error.strerror or 'refused').lower()})", None
    except UnicodeDecodeError:
        return f"{path} is no UTF-8 text", None


def find_secret(name: str, folder: Path, environment: Mapping[str, str]) -> tuple[Path, bool]:
    """Where the file `name` is, and whether systemd handed it over as a credential."""
    credentials = environment.get("CREDENTIALS_DIRECTORY")
    if credentials and "/" not in name and (Path(credentials) / name).is_file():
        return Path(credentials) / name, True
    return folder / Path(name).expanduser(), False
