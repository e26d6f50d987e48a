"""The laptop's database, encrypted as a whole under a key that only the passphrase opens.

`agent.db` is SQLCipher under a random 32-byte key; `agent.key` holds that key in a
SecretBox under the passphrase, stretched by argon2id at the cost written beside it. So a
changed passphrase re-encrypts 32 bytes, and a lost laptop without it tells nothing.

The database has its tables before it has its name, and the key is written between the two.
So whatever bears the name was whole once, and nothing was saved in what does not: an
`agent.db` that is empty or not to be read is damage and never made anew, one that is
missing beside its key is lost, and `agent.db.new` beside a key only lacks its name.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock, local
from typing import Any, Final

from nacl.utils import random
from sqlite_utils import Database

from agent_client.cipher import PAGE_LEAST, connect, file_told, is_whole, mark_of, told
from agent_client.durable import settle_folder
from agent_client.keyfile import KEY_BYTES, Cost, read_key, read_label, write_key
from agent_client.locks import alone
from agent_client.migrations import APPLICATION_ID, migrations
from agent_client.problems import AgentProblem

DATABASE: Final = "agent.db"
KEYFILE: Final = "agent.key"
BESIDE: Final = ("-wal", "-shm")
"""What SQLite keeps beside a database: part of it, as long as it is there."""
_NEW: Final = DATABASE + ".new"
_LOCK: Final = "create.lock"


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
        with told(self.path):
            self._database().conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def copy_into(self, path: Path) -> None:
        """Write the database as it is at one moment to a new file, under the same key.

        AgentProblem as for every other work on it, and whoever copies does not know of which
        of the two files; what is written is on the medium once somebody has settled it.
        """
        with told(self.path):
            self._database().conn.execute("VACUUM INTO ?", [str(path)])

    def opens(self, path: Path) -> bool:
        """Tell whether a file is a whole database under this one's key."""
        return is_whole(path, self._key)

    @property
    def mark(self) -> str:
        """What tells this database and its copies from all others; says nothing of the key."""
        return mark_of(self._key)

    def close(self) -> None:
        """Close the connections of all threads; none of them may be at work."""
        with self._lock:
            while self._open:
                self._open.pop().close()
            self._mine = local()

    def migrate(self) -> None:
        """Bring the tables up to this version.

        AgentProblem `database_damaged` (there are none), `database_foreign` (another program's).
        """
        with self.reading() as tx:
            if tx.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                empty = tx.execute("SELECT 1 FROM sqlite_master").fetchone() is None
                code = "database_damaged" if empty else "database_foreign"
                raise AgentProblem(code, path=str(self.path))
            behind = migrations.pending(tx)
        if behind:
            self.make_tables()

    def make_tables(self) -> None:
        """Make what tables are missing."""
        # Another program may be at it too: whoever comes second finds nothing to do.
        with self.writing() as tx:
            migrations.apply(tx)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Database]:
        with told(self.path):
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
            connection = connect(self.path, self._key, self._busy_seconds)
            mine = self._mine.database = Database(connection, execute_plugins=False)
            with self._lock:
                self._open.append(connection)
        return mine


def exists(home: Path) -> bool:
    """Tell whether a folder holds a laptop's database, or what is left of one."""
    return (home / DATABASE).exists() or (home / KEYFILE).exists()


def create(home: Path, passphrase: str, cost: Cost, busy_seconds: int, label: str = "") -> Vault:
    """Make the folder, the key and the empty database, and return it unlocked.

    `label` is whose it is (keyfile.write_key). What is there already is unlocked instead.
    AgentProblem `passphrase_empty`, `folder_read_only`, `disk_full`, and as `unlock`:
    a database without its key, or a key without its database, is never written over.
    """
    if not passphrase:
        raise AgentProblem("passphrase_empty")
    if not exists(home):
        with file_told(home):
            make_folder(home)
            _make(home, passphrase, cost, busy_seconds, label)
    return unlock(home, passphrase, busy_seconds)


def make_folder(home: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner alone. OSError."""
    for folder in (*reversed(home.parents), home):
        folder.mkdir(mode=0o700, exist_ok=True)


def unlock(home: Path, passphrase: str, busy_seconds: int) -> Vault:
    """Return the database of a folder, its tables up to date.

    AgentProblem `not_joined` (there is none), `key_missing`, `key_damaged`,
    `passphrase_wrong`, `database_missing`, `database_damaged`, `database_foreign`,
    `folder_read_only`, `disk_full`, `database_busy`.
    """
    return open_with(home, open_key(home, passphrase), busy_seconds)


def open_key(home: Path, passphrase: str) -> bytes:
    """Return the key of a folder's database, which opens it; AgentProblem as `unlock`."""
    with file_told(home):
        if not exists(home):
            raise AgentProblem("not_joined")
        if not (home / KEYFILE).exists():
            raise AgentProblem("key_missing", path=str(home / KEYFILE))
        return read_key(home / KEYFILE, passphrase)


def open_with(home: Path, key: bytes, busy_seconds: int) -> Vault:
    """Return the database of a folder by the key that is its own; AgentProblem as `unlock`.

    The key came out of its box, so what it does not open was its database once.
    """
    path = home / DATABASE
    with file_told(home):
        if not path.exists() and (home / _NEW).exists():
            (home / _NEW).replace(path)
            settle_folder(home)
        if not path.exists():
            raise AgentProblem("database_missing", path=str(path))
        if path.stat().st_size < PAGE_LEAST:
            # SQLite would take it for a new one.
            raise AgentProblem("database_damaged", path=str(path))
    vault = Vault(path, key, busy_seconds)
    try:
        vault.migrate()
    except BaseException:
        vault.close()
        raise
    return vault


def change_passphrase(home: Path, old: str, new: str, cost: Cost) -> None:
    """Wrap the key under another passphrase; AgentProblem as `unlock`, `passphrase_empty`."""
    if not new:
        raise AgentProblem("passphrase_empty")
    key = open_key(home, old)
    with file_told(home):
        write_key(home / KEYFILE, key, new, cost, read_label(home / KEYFILE))


def _make(home: Path, passphrase: str, cost: Cost, busy_seconds: int, label: str) -> None:
    with alone(home / _LOCK, busy_seconds, "database_busy"):
        if not exists(home):
            key = random(KEY_BYTES)
            _make_new(home / _NEW, key, busy_seconds)
            write_key(home / KEYFILE, key, passphrase, cost, label)


def _make_new(path: Path, key: bytes, busy_seconds: int) -> None:
    """Make a database with its tables; what an earlier try left has no key and goes."""
    for name in (path.name, *(path.name + end for end in BESIDE)):
        path.with_name(name).unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    vault = Vault(path, key, busy_seconds)
    try:
        vault.make_tables()
    finally:
        vault.close()
