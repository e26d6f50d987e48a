"""Bring a database to the present shape, forward only."""

from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from server.store.engine import Store


def config() -> Config:
    """Return Alembic's configuration: the migrations beside this file."""
    options = Config()
    options.set_main_option("script_location", "server.store:migrations")
    return options


class Foreign(Exception):
    """The database is no office's, or of a newer program; code `database_foreign`."""


def upgrade(store: Store) -> None:
    """Run the migrations that are missing, all in one transaction.

    Foreign keys are off on SQLite meanwhile, since a batch change copies tables, and are
    checked before the end; raises RuntimeError where a row lost its parent, Foreign before
    anything is done to a database that is not ours.
    """
    options = config()
    with store.engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        _foreign_keys(store, connection, "OFF")
        try:
            with connection.begin():
                require_own(connection)
                options.attributes["connection"] = connection
                command.upgrade(options, "head")
                _check_parents(store, connection)
        finally:
            _foreign_keys(store, connection, "ON")


def _foreign_keys(store: Store, connection: sa.Connection, state: str) -> None:
    # Straight to the driver: SQLite ignores this pragma inside a transaction.
    if store.is_sqlite:
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA foreign_keys={state}")


def _check_parents(store: Store, connection: sa.Connection) -> None:
    if store.is_sqlite:
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise RuntimeError(f"{len(orphans)} rows lost their parent in a migration")


def require_own(tx: sa.Connection) -> None:
    """Let a database pass that is empty or an office's; raises Foreign."""
    made = MigrationContext.configure(tx).get_current_heads()
    if not made and sa.inspect(tx).get_table_names():
        raise Foreign
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if not known.issuperset(made):
        raise Foreign


def is_current(tx: sa.Connection) -> bool:
    """Tell whether the database has the newest shape."""
    heads: Any = ScriptDirectory.from_config(config()).get_heads()
    return set(MigrationContext.configure(tx).get_current_heads()) == set(heads)
