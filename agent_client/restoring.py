"""A second copy takes the place of a database that is damaged or lost.

Nothing is ever deleted: what was there is kept beside it as `….damaged-TIME`. What comes out
of a copy is noted as restored before it has its name, so that the next exchange asks the
office what this laptop has missed (sync/PROTOCOL.md, A restored laptop).
"""

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from agent_client.cipher import file_told, is_whole
from agent_client.copies import Copy, copy_in
from agent_client.durable import replace_file, settle_file, settle_folder
from agent_client.exchanging import one_at_a_time
from agent_client.keyfile import is_sound, read_key
from agent_client.problems import AgentProblem
from agent_client.store import device
from agent_client.tries import counting
from agent_client.vault import BESIDE, DATABASE, KEYFILE, Vault, make_folder
from sync.ports import Clock

_STAGED: Final = f"{DATABASE}.restoring"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: the whole `copy`, or `key_only`, the database being sound.

    `damaged` is where the former database is kept, None where there was none.
    """

    copy: Copy
    key_only: bool
    damaged: Path | None


def restore(
    copy_folder: Path, seat_home: Path, passphrase: str, clock: Clock, busy_seconds: int
) -> Restored:
    """Put the copy in a folder into a seat's place, or only the key where only that is missing.

    The passphrase is the seat's own; where the seat has no sound key, the copy's.
    AgentProblem `restore_over_database` (a sound one is there), `copy_folder_missing`,
    `copy_missing`, `copy_damaged`, `passphrase_wrong`, `passphrase_locked`, `sync_running`,
    `disk_full` and the like: then all is as it was.
    """
    copy = copy_in(copy_folder, seat_home)
    with file_told(seat_home):
        own = is_sound(seat_home / KEYFILE)
        key = _key(seat_home, (seat_home if own else copy.path) / KEYFILE, passphrase, clock)
        if is_whole(seat_home / DATABASE, key):
            if own:
                raise AgentProblem("restore_over_database", path=str(seat_home / DATABASE))
            _keep_beside(seat_home, (KEYFILE,), clock.now())
            replace_file(seat_home / KEYFILE, (copy.path / KEYFILE).read_bytes())
            return Restored(copy, key_only=True, damaged=None)
        make_folder(seat_home)
        with one_at_a_time(seat_home, busy_seconds):
            keeps_key = own and _stage(seat_home, copy, key, busy_seconds)
            if not keeps_key:
                # The seat's key is missing, damaged, or that of another database.
                key = _key(seat_home, copy.path / KEYFILE, passphrase, clock)
                if not _stage(seat_home, copy, key, busy_seconds):
                    raise AgentProblem("copy_damaged", path=str(copy.path))
            return Restored(copy, False, _put(seat_home, copy, keeps_key, clock.now()))


def _key(seat_home: Path, keyfile: Path, passphrase: str, clock: Clock) -> bytes:
    with counting(seat_home, clock):
        return read_key(keyfile, passphrase)


def _stage(home: Path, copy: Copy, key: bytes, busy_seconds: int) -> bool:
    """Lay the copy's database beside the seat's, noted as restored; tell whether it is whole."""
    staged = home / _STAGED
    _unstage(home)
    try:
        for end in ("", "-wal"):
            if (found := copy.path / f"{DATABASE}{end}").exists():
                _carry(found, home / f"{_STAGED}{end}", copy)
        whole = is_whole(staged, key)
        if whole:
            _note(Vault(staged, key, busy_seconds))
            settle_file(staged)
    except BaseException:
        _unstage(home)
        raise
    if not whole:
        _unstage(home)
    return whole


def _carry(source: Path, to: Path, copy: Copy) -> None:
    try:
        content = source.open("rb")
    except OSError as error:
        raise AgentProblem("copy_damaged", path=str(copy.path)) from error
    with content, to.open("xb") as file:
        to.chmod(0o600)
        shutil.copyfileobj(content, file)


def _note(vault: Vault) -> None:
    try:
        vault.migrate()
        with vault.writing() as tx:
            device.note_restored(tx)
        vault.scour()
    finally:
        vault.close()


def _unstage(home: Path) -> None:
    for end in ("", *BESIDE):
        (home / f"{_STAGED}{end}").unlink(missing_ok=True)


def _put(home: Path, copy: Copy, keeps_key: bool, now: datetime) -> Path | None:
    """Give what is staged its name; a run cut short here is begun again by restoring."""
    names = [DATABASE, *(f"{DATABASE}{end}" for end in BESIDE)]
    kept = _keep_beside(home, names, now)
    if not keeps_key:
        _keep_beside(home, (KEYFILE,), now)
        replace_file(home / KEYFILE, (copy.path / KEYFILE).read_bytes())
    (home / _STAGED).replace(home / DATABASE)
    settle_folder(home)
    return kept


def _keep_beside(home: Path, names: Sequence[str], now: datetime) -> Path | None:
    """Rename what is there of these; return where the first of them is now."""
    stamp, kept = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ"), None
    while any(home.glob(f"{names[0]}.damaged-{stamp}*")):
        stamp += "+"
    for name in names:
        beside = home / name.replace(names[0], f"{names[0]}.damaged-{stamp}", 1)
        with suppress(FileNotFoundError):
            (home / name).rename(beside)
            kept = beside if name == names[0] else kept
    return kept
