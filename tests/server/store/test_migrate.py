"""The migrations lead to the tables as they stand, on both databases."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from server.store import migrate
from server.store.engine import Store
from server.store.tables import metadata


def test_the_migrated_shape_is_that_of_the_tables(store: Store) -> None:
    with store.read() as tx:
        # Alembic cannot tell SQLite's default of empty text from none at all.
        opts = {"compare_type": True, "compare_server_default": not store.is_sqlite}
        context = MigrationContext.configure(tx, opts=opts)
        assert compare_metadata(context, metadata) == []


def test_a_migrated_database_is_current(store: Store) -> None:
    with store.read() as tx:
        assert migrate.is_current(tx)


def test_migrating_again_changes_nothing(store: Store) -> None:
    migrate.upgrade(store)
    with store.read() as tx:
        assert migrate.is_current(tx)
