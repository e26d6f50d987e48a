"""The laptop's database, encrypted as a whole under a key that only the passphrase opens.

`agent.db` is SQLCipher under a random 32-byte key; `agent.key` holds that key in a
SecretBox under the passphrase, stretched by argon2id at the cost written beside it. So a
changed passphrase re-encrypts 32 bytes, and a lost laptop without it tells nothing.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, local
from typing import Any, Final

from nacl.utils import random
from sqlcipher3 import dbapi2
from sqlite_utils import Database

from agent_client.keyfile import KEY_BYTES, Cost, read_key, write_key
from agent_client.migrations import APPLICATION_ID, migrations
from agent_client.problems import AgentProblem

DATABASE: Final = "agent.db"
KEYFILE: Final = "agent.key"
_FULL: Final = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO)


class Vault:
    """An unlocked database: one connection for each thread, every write in one transaction."""

    def __init__(self, path: Path, key: bytes, busy_seconds: int) -> None:
        self.path = path
        self._key = key
        self._busy_seconds = busy_seconds
        self._mine = local()
        self._lock = Lock()
        self._open: list[Any] = []

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """Yield the database as it stands at one moment."""
        with self._transaction("BEGIN") as tx:
            yield tx

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """Yield the database to change it: all of it is durable after the block, or nothing.

        The write lock is taken at once (a later upgrade could lose to another program).
        """
        with self._transaction("BEGIN IMMEDIATE") as tx:
            yield tx

    def scour(self) -> None:
        """Leave nothing of what was deleted in the file or its log.

        A reader at work keeps the log as it is; the next time empties it then.
        """
        with _told(self.path):
            self._database().conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close the connections of all threads; none of them may be at work."""
        with self._lock:
            while self._open:
                self._open.pop().close()
            self._mine = local()

    def migrate(self) -> None:
        """Bring the tables up to this version; AgentProblem `database_foreign`."""
        with self.reading() as tx:
            ours = tx.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            if not ours and tx.execute("SELECT 1 FROM sqlite_master").fetchone():
                raise AgentProblem("database_foreign", path=str(self.path))
            behind = migrations.pending(tx)
        if behind:
            # Another program may be at it too: whoever comes second finds nothing to do.
            with self.writing() as tx:
                migrations.apply(tx)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Database]:
        with _told(self.path):
            tx = self._database()
            tx.conn.execute(begin)
            try:
                yield tx
                tx.conn.execute("COMMIT")
            except BaseException:
                if tx.conn.in_transaction:
                    tx.conn.execute("ROLLBACK")
                raise

    def _database(self) -> Database:
        mine: Database | None = getattr(self._mine, "database", None)
        if mine is None:
            connection = _connect(self.path, self._key, self._busy_seconds)
            mine = self._mine.database = Database(connection, execute_plugins=False)
            with self._lock:
                self._open.append(connection)
        return mine


def exists(home: Path) -> bool:
    """Tell whether a folder holds a laptop's database."""
    return (home / DATABASE).exists()


def create(home: Path, passphrase: str, cost: Cost, busy_seconds: int) -> Vault:
    """Make the folder, the key and the empty database, and return it unlocked.

    AgentProblem `passphrase_empty`, `key_missing` (a database without its key is never
    written over), `passphrase_wrong` (a key is here already), `folder_read_only`, `disk_full`.
    """
    if not passphrase:
        raise AgentProblem("passphrase_empty")
    with _file_told(home):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (home / KEYFILE).exists():
            if exists(home):
                raise AgentProblem("key_missing", path=str(home / KEYFILE))
            write_key(home / KEYFILE, random(KEY_BYTES), passphrase, cost)
        key = read_key(home / KEYFILE, passphrase)
        os.close(os.open(home / DATABASE, os.O_CREAT | os.O_RDWR, 0o600))
    return _opened(home, key, busy_seconds)


def unlock(home: Path, passphrase: str, busy_seconds: int) -> Vault:
    """Return the database of a folder, its tables up to date.

    AgentProblem `not_joined` (there is none), `key_missing`, `key_damaged`,
    `passphrase_wrong`, `database_foreign` (not ours, or damaged at its beginning),
    `database_damaged`, `folder_read_only`, `disk_full`, `database_busy`.
    """
    with _file_told(home):
        if not exists(home):
            raise AgentProblem("not_joined")
        if not (home / KEYFILE).exists():
            raise AgentProblem("key_missing", path=str(home / KEYFILE))
        key = read_key(home / KEYFILE, passphrase)
    return _opened(home, key, busy_seconds)


def change_passphrase(home: Path, old: str, new: str, cost: Cost) -> None:
    """Wrap the key under another passphrase; AgentProblem as `unlock`, `passphrase_empty`."""
    if not new:
        raise AgentProblem("passphrase_empty")
    with _file_told(home):
        write_key(home / KEYFILE, read_key(home / KEYFILE, old), new, cost)


def _opened(home: Path, key: bytes, busy_seconds: int) -> Vault:
    vault = Vault(home / DATABASE, key, busy_seconds)
    try:
        vault.migrate()
    except BaseException:
        vault.close()
        raise
    return vault


def _connect(path: Path, key: bytes, busy_seconds: int) -> Any:
    # Threads have a connection each; only close() comes from another one.
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in (
            "cipher_log_level = NONE",
            f"key = \"x'{key.hex()}'\"",
            "journal_mode = WAL",
            "synchronous = FULL",
            "fullfsync = ON",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLCipher says of the database into problems with a code."""
    try:
        yield
    except dbapi2.Error as error:
        code = _code(str(error))
        if code is None:
            raise
        raise AgentProblem(code, path=str(path)) from error


@contextmanager
def _file_told(path: Path) -> Iterator[None]:
    """Turn what the system says of a file or folder into problems with a code."""
    try:
        yield
    except OSError as error:
        raise AgentProblem(os_code(error), path=str(path)) from error


def _code(text: str) -> str | None:
    """The code of what SQLCipher says; its errors carry no finer number."""
    for words, code in (
        ("file is not a database", "database_foreign"),
        ("malformed", "database_damaged"),
        ("disk is full", "disk_full"),
        # A write refused for a size limit, or a medium that fails.
        ("disk I/O error", "disk_full"),
        ("readonly database", "folder_read_only"),
        ("unable to open", "folder_read_only"),
        ("locked", "database_busy"),
        ("busy", "database_busy"),
    ):
        if words in text:
            return code
    return None


def os_code(error: OSError) -> str:
    """Return the code of a refused file: `disk_full` or `folder_read_only`."""
    return "disk_full" if error.errno in _FULL else "folder_read_only"
