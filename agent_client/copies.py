"""The second copy of an agent's data, on a stick or another disk, encrypted as the first is.

It lies in `lorong-NAME` in a folder that the agent chose: database, key, and `about.json`. A new
one is written to `lorong-NAME.new`, proved, and then takes the name, the former one's being
`lorong-NAME.old` for that moment. So one of the two names is a whole copy at any instant.
"""

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from agent_client.cipher import file_told
from agent_client.durable import replace_file, settle_file, settle_folder
from agent_client.keyfile import is_sound
from agent_client.locks import alone
from agent_client.problems import AgentProblem
from agent_client.seats import name_of
from agent_client.store.captures import count_captures
from agent_client.store.device import ZONE
from agent_client.store.extent import extent
from agent_client.telling import shown_time
from agent_client.vault import DATABASE, KEYFILE, Vault
from schemas.envelope import parse_moment, rfc3339

PREFIX: Final = "lorong-"
CHOICE: Final = "copy.json"
ABOUT: Final = "about.json"
LOCK: Final = "copy.lock"
_LOCK_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy: where it lies, of when it is, how many captures are in it (None: it does not say)."""

    path: Path
    at: datetime
    captures: int | None


def copy_to(vault: Vault, folder: Path, now: datetime) -> Copy:
    """Write a second copy of a seat into a folder, and remember where it is.

    The former copy is replaced once the new one is on the medium and proved whole.
    AgentProblem `copy_folder_missing`, `copy_inside`, `copy_of_another`, `copy_unwritable`,
    `copy_running`, `key_damaged`, `database_damaged`: then the former copy is as it was.
    """
    home = vault.path.parent
    target = _target(home, folder)
    with alone(home / LOCK, _LOCK_SECONDS, "copy_running"):
        # Looked at before: what comes meanwhile may be in the copy, and makes another one due.
        with vault.reading() as tx:
            captures, reach = sum(count_captures(tx).values()), extent(tx)
        copy = Copy(target, now, captures)
        try:
            _write(vault, copy)
        except OSError as error:
            if not _is_there(folder):
                raise AgentProblem("copy_folder_missing", folder=str(folder)) from error
            raise AgentProblem("copy_unwritable", folder=str(folder)) from error
        _remember(home, folder, copy, reach)
    return copy


def choose_folder(home: Path, folder: Path) -> None:
    """Remember where a seat's copies go; AgentProblem as `copy_to`, `disk_full` and the like.

    What was known of a copy elsewhere is forgotten: the next one is due.
    """
    _target(home, folder)
    if chosen_folder(home) != folder.absolute():
        _remember(home, folder, None, None)


def chosen_folder(home: Path) -> Path | None:
    """Return where a seat's copies go, None where nothing was chosen; needs no passphrase."""
    folder = _body(home / CHOICE).get("folder")
    return Path(folder) if isinstance(folder, str) and folder else None


def last_copy(home: Path) -> Copy | None:
    """Return the last copy made into the chosen folder, whether it can be reached or not."""
    folder = chosen_folder(home)
    return None if folder is None else _copy(folder / _name(home), _body(home / CHOICE))


def known_copy(home: Path) -> dict[str, Any]:
    """Return what is told of the last copy: `folder`, `copied_at`, `captures`, or nothing."""
    last = last_copy(home)
    if last is None:
        return {}
    at = shown_time(last.at, ZoneInfo(ZONE))
    return {"folder": str(last.path.parent), "copied_at": at, "captures": last.captures}


def copy_is_due(vault: Vault, home: Path) -> bool:
    """Tell whether a folder is chosen and something came about since the last copy into it."""
    if chosen_folder(home) is None:
        return False
    with vault.reading() as tx:
        return _body(home / CHOICE).get("extent") != extent(tx)


def copy_in(folder: Path, home: Path) -> Copy:
    """Return the copy for a seat in a folder: that of its name, else the only one, or itself.

    AgentProblem `copy_folder_missing`, `copy_missing`.
    """
    if not _is_there(folder):
        raise AgentProblem("copy_folder_missing", folder=str(folder))
    named = [folder / f"{_name(home)}{end}" for end in ("", ".old")]
    with suppress(OSError):
        found = [copy for path in (folder, *named) if (copy := read_copy(path)) is not None]
        if not found:
            others = (path for path in folder.iterdir() if path.name.startswith(PREFIX))
            complete = (path for path in others if path.suffix not in (".new", ".old"))
            found = [copy for path in complete if (copy := read_copy(path)) is not None]
            found = found if len(found) == 1 else []
        if found:
            return found[0]
    raise AgentProblem("copy_missing", folder=str(folder))


def read_copy(path: Path) -> Copy | None:
    """Return the copy that a folder is, also one that somebody made by hand; None for none."""
    if not all((path / name).is_file() for name in (DATABASE, KEYFILE)):
        return None
    at = datetime.fromtimestamp((path / DATABASE).stat().st_mtime, UTC)
    return _copy(path, _body(path / ABOUT)) or Copy(path, at, None)


def _target(home: Path, folder: Path) -> Path:
    """Return where a seat's copy goes in a folder."""
    if not _is_there(folder):
        raise AgentProblem("copy_folder_missing", folder=str(folder))
    target = folder / _name(home)
    own = home.resolve()
    if any(path.resolve().is_relative_to(own) for path in (folder, target)):
        raise AgentProblem("copy_inside", folder=str(folder))
    return target


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:
        return False


def _name(home: Path) -> str:
    return f"{PREFIX}{name_of(home)}"


def _write(vault: Vault, copy: Copy) -> None:
    """Write the copy and give it its name; OSError where the medium fails."""
    target = copy.path
    new, old = (target.with_name(target.name + end) for end in (".new", ".old"))
    if not target.exists() and old.exists():
        old.rename(target)
    if target.exists() and _body(target / ABOUT).get("mark") != vault.mark:
        raise AgentProblem("copy_of_another", folder=str(target.parent))
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)
    new.mkdir(mode=0o700)
    try:
        _fill(vault, new, copy)
        if target.exists():
            target.rename(old)
            settle_folder(target.parent)
        new.rename(target)
        settle_folder(target.parent)
    except BaseException:
        with suppress(OSError):
            if not target.exists() and old.exists():
                old.rename(target)
        shutil.rmtree(new, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _fill(vault: Vault, new: Path, copy: Copy) -> None:
    """Write the files of a copy and prove them."""
    home, database = vault.path.parent, new / DATABASE
    if not is_sound(home / KEYFILE):
        raise AgentProblem("key_damaged", path=str(home / KEYFILE))
    key = (home / KEYFILE).read_bytes()
    os.close(os.open(database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    try:
        vault.copy_into(database)
        settle_file(database)
        whole = vault.opens(database)
    except AgentProblem as problem:
        if problem.code in ("disk_full", "folder_read_only"):
            raise OSError(problem.code) from problem
        raise
    if not whole:
        raise OSError("what was written is not what can be read")
    about = {"mark": vault.mark, "copied_at": rfc3339(copy.at), "captures": copy.captures}
    replace_file(new / KEYFILE, key)
    replace_file(new / ABOUT, json.dumps(about).encode("ascii"))


def _remember(home: Path, folder: Path, copy: Copy | None, reach: str | None) -> None:
    body = {
        "folder": str(folder.absolute()),
        "copied_at": None if copy is None else rfc3339(copy.at),
        "captures": None if copy is None else copy.captures,
        "extent": reach,
    }
    with file_told(home):
        replace_file(home / CHOICE, json.dumps(body).encode("ascii"))


def _body(path: Path) -> Mapping[str, Any]:
    """Return a file's members, none where it cannot be read."""
    try:
        body = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _copy(path: Path, body: Mapping[str, Any]) -> Copy | None:
    at, captures = parse_moment(body.get("copied_at")), body.get("captures")
    return None if at is None or type(captures) is not int else Copy(path, at, captures)
