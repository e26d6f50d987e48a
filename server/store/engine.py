"""The office's database: one engine, read and write transactions.

SQLite is the embedded default, PostgreSQL comes by its URL; one source of queries for both.
"""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from copy import copy
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from server.store.turn import Turn

BUSY_SECONDS = 30


class Store:
    """Hands out transactions; the caller's block is one transaction, committed at its end."""

    def __init__(self, url: str, *, pool_size: int = 16) -> None:
        """Open the database at an SQLAlchemy URL; plain `postgresql://` means psycopg 3."""
        self.url = sa.make_url(url.replace("postgresql://", "postgresql+psycopg://", 1))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        options: dict[str, Any] = {"pool_size": pool_size, "max_overflow": pool_size}
        # Last in, first out: the connection that was used last still knows the pages it read.
        options["pool_use_lifo"] = True
        if self.is_sqlite:
            options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
        self.engine = sa.create_engine(self.url, **options)
        self._marks: Mapping[str, str] = {}
        self._turn = Turn(Path(f"{self.url.database}.lock")) if self.is_sqlite else None
        self._long: AbstractContextManager[Any] = Lock() if self.is_sqlite else nullcontext()
        if self.is_sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)
            sa.event.listen(self.engine, "begin", _begin_sqlite)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Give a transaction that only reads, and sees the books as of one moment."""
        with self.engine.connect() as connection:
            # PostgreSQL would else look anew with each query; SQLite never does.
            level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
            tx = connection.execution_options(**level)
            with tx.begin():
                yield tx

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Give a transaction that writes.

        On SQLite there is one writer at a time, whichever thread or process it is in.
        """
        turn = self._turn.taken() if self._turn is not None else nullcontext()
        with turn, self.engine.connect() as connection:
            tx = connection.execution_options(writes=True, **self._marks)
            with tx.begin():
                yield tx

    def marked(self, **marks: str) -> "Store":
        """Return the same database; what is written by it knows these `marks`."""
        other = copy(self)
        other._marks = marks
        return other

    def long_work(self) -> AbstractContextManager[Any]:
        """Hold this around what computes for long and writes; not to be entered twice.

        One such work at a time in a process is quickest where one writer is: of two, the one
        that computes would make the one that writes wait for the interpreter, and the
        other processes for the database.
        """
        return self._long

    def close(self) -> None:
        """Close every pooled connection."""
        self.engine.dispose()
        if self._turn is not None:
            self._turn.close()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # or Python's sqlite3 would begin by itself, deferred
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "cache_size=-65536",
    # A commit only appends to the log; carrying its pages over costs as much again. Rarely,
    # a page that was written often is carried once: the log then grows to some 64 MB.
    "wal_autocheckpoint=16000",
)


def _begin_sqlite(tx: sa.Connection) -> None:
    # A deferred BEGIN that reads and then writes loses updates without an error.
    writes = tx.get_execution_options().get("writes", False)
    tx.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_down(error: BaseException) -> bool:
    """Tell whether an error is the database's own: lost, full, locked, read-only or damaged.

    Then what was asked of it is not at fault, and may be asked again later.
    """
    kinds = sa.exc.OperationalError | sa.exc.InterfaceError | sa.exc.InternalError
    # SQLite says of a damaged or foreign file no more than that something is wrong with it.
    unnamed = type(error) is sa.exc.DatabaseError
    return unnamed or isinstance(error, kinds | sa.exc.TimeoutError)


INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
"""Each dialect's INSERT, which knows ON CONFLICT."""


def insert_for(tx: sa.Connection, table: sa.Table) -> Any:
    """Return an INSERT that knows ON CONFLICT."""
    return INSERTS[tx.dialect.name](table)


def by_key(tx: sa.Connection) -> None:
    """Tell PostgreSQL that all queries of this transaction go by keys.

    Before a new table was first analysed, its guesses would read whole tables instead.
    """
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("SET LOCAL enable_seqscan = off")


def by_value(tx: sa.Connection) -> None:
    """Tell PostgreSQL to plan each query of this transaction for what it is asked with.

    A plan for any value would, for one that is rare, read all the rows of the others.
    """
    if tx.dialect.name == "postgresql":
        tx.exec_driver_sql("SET LOCAL plan_cache_mode = force_custom_plan")
