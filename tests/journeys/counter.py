"""The office as laptops meet it: real waitress, real sockets, its own connections."""

import logging
from collections.abc import Mapping
from pathlib import Path
from threading import Event, Thread
from typing import Any

import sqlalchemy as sa
from waitress import wasyncore

from server.app import create_app
from server.config import Settings
from server.keys import Keys
from server.office import Office
from server.serve import make_server
from server.store import offices
from server.store.engine import Store
from server.store.tables import metadata
from tests.journeys.ids import Ids
from tests.offices import KEY, Ticking

Rows = Mapping[str, list[Mapping[str, Any]]]


class Counter:
    """An office that is open until it is shut; opened again it is another process's."""

    def __init__(self, url: str, home: Path, now: Ticking, ids: Ids) -> None:
        self._url, self._settings = url, Settings(home=home, database_url=url, office_key=KEY)
        self._now, self._ids = now, ids
        self._stumble_in, self._stumble = 0, Exception()
        self.open()

    def open(self) -> None:
        """Open the database and the counter; `port` is where laptops are served."""
        # What stumbles on purpose need not be told, for as long as this office is open.
        logging.getLogger("server.app").setLevel(logging.CRITICAL)
        store = Store(self._url)
        sa.event.listen(store.engine, "before_cursor_execute", self._may_stumble)
        keys = Keys.from_text(KEY)
        self.office = Office(store, keys, self._settings, self._now, self._ids.text)
        self._server = make_server(create_app(self.office), "127.0.0.1", 0)
        self.port: int = self._server.effective_port
        self._shut = Event()
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while not self._shut.is_set():
            wasyncore.loop(timeout=60, map=self._server._map, count=1)

    def shut(self) -> None:
        """Close counter and database; what is at work ends first."""
        self._shut.set()
        self._server.pull_trigger()
        self._thread.join()
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._server._map, ignore_all=True)
        self.office.store.close()
        logging.getLogger("server.app").setLevel(logging.NOTSET)

    def stumble(self, at: int, error: Exception | None = None) -> None:
        """Let the statement number `at` from now fail, as a lost database does."""
        self._stumble = error or sa.exc.OperationalError("", {}, Exception("stumbled"))
        self._stumble_in = at

    def _may_stumble(self, *_args: Any) -> None:
        self._stumble_in -= 1
        if self._stumble_in == 0:
            raise self._stumble

    def backup(self) -> Rows:
        """Return every row, as a backup holds it."""
        with self.office.store.read() as tx:
            return {
                table.name: [dict(row._mapping) for row in tx.execute(sa.select(table))]
                for table in metadata.sorted_tables
            }

    def restore(self, rows: Rows) -> None:
        """Put a backup in the place of everything; the office begins another epoch."""
        with self.office.store.write() as tx:
            _clear(tx)
            for table in metadata.sorted_tables:
                if rows[table.name]:
                    tx.execute(sa.insert(table), rows[table.name])
            offices.put_fact(tx, "epoch", self._ids.text())


def _clear(tx: sa.Connection) -> None:
    """Empty all tables, as who puts another file in the database's place does.

    So not by the triggers that keep the trail as it is.
    """
    if tx.dialect.name == "postgresql":
        names = ", ".join(f'"{table}"' for table in metadata.tables)
        tx.execute(sa.text(f"TRUNCATE {names}"))
        return
    kept = tx.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    for trigger in kept:
        tx.execute(sa.text(f"DROP TRIGGER {trigger.name}"))
    for table in reversed(metadata.sorted_tables):
        tx.execute(sa.delete(table))
    for trigger in kept:
        tx.exec_driver_sql(trigger.sql)
