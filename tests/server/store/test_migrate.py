"""The migrations lead to the tables as they stand, on both databases."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from server.store import migrate, offices
from server.store.engine import Store
from server.store.tables import agents, metadata, stations
from tests.server.databases import new_database


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


NEXT = '''
"""A later migration."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "later", "{newest}", None, None


def upgrade() -> None:
    with op.batch_alter_table("offices") as batch:
        batch.add_column(sa.Column("street", sa.Text()))
        batch.alter_column("timezone", type_=sa.String(80))
    {more}
'''
LOSES = "op.execute(\"DELETE FROM offices WHERE name = 'Tallo'\")"


def newest() -> str:
    """Return the revision that comes last today."""
    options = Config()
    options.set_main_option("script_location", "server.store:migrations")
    (head,) = ScriptDirectory.from_config(options).get_heads()
    return head


class TestBatchChanges:
    """A table that others point at is made anew on SQLite: no row may lose its parent."""

    @pytest.fixture(params=["sqlite", "postgresql"])
    def own(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
        """A database that may be changed, with an office and its agent."""
        with new_database(request.param, request, tmp_path) as url:
            store = Store(url)
            migrate.upgrade(store)
            with store.write() as tx:
                offices.add_office(tx, "office-1", "Tallo", "Asia/Makassar")
                offices.add_agent(tx, "agent-1", "A-1", "Daeng Sutte", "office-1")
            yield store
            store.close()

    @pytest.fixture
    def later(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Where a later program has its migrations; the file of the next one."""
        folder = tmp_path / "migrations"
        shutil.copytree(Path(migrate.__file__).parent / "migrations", folder)
        options = Config()
        options.set_main_option("script_location", str(folder))
        monkeypatch.setattr(migrate, "config", lambda: options)
        return folder / "versions" / "later.py"

    def test_keeps_what_points_at_the_table(self, own: Store, later: Path) -> None:
        later.write_text(NEXT.format(more="", newest=newest()))
        migrate.upgrade(own)
        with own.read() as tx:
            assert migrate.is_current(tx)
            assert tx.execute(sa.select(stations.c.office_id)).scalars().all() == ["office-1"]
            assert "street" in {c["name"] for c in sa.inspect(tx).get_columns("offices")}

    def test_foreign_keys_hold_afterwards(self, own: Store, later: Path) -> None:
        later.write_text(NEXT.format(more="", newest=newest()))
        migrate.upgrade(own)
        with pytest.raises(sa.exc.IntegrityError), own.write() as tx:
            offices.add_agent(tx, "agent-2", "A-2", "Daeng Naba", "nowhere")

    def test_is_undone_where_a_row_would_lose_its_parent(self, own: Store, later: Path) -> None:
        later.write_text(NEXT.format(more=LOSES, newest=newest()))
        with pytest.raises((RuntimeError, sa.exc.IntegrityError)):
            migrate.upgrade(own)
        with own.read() as tx:
            assert not migrate.is_current(tx)
            assert offices.office_named(tx, "Tallo") is not None
            assert "street" not in {c["name"] for c in sa.inspect(tx).get_columns("offices")}
        with pytest.raises(sa.exc.IntegrityError), own.write() as tx:
            offices.add_agent(tx, "agent-2", "A-2", "Daeng Naba", "nowhere")


class TestStations:
    @pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
    def test_agents_of_before_are_at_their_offices_since_the_beginning(
        self, engine: str, request: pytest.FixtureRequest, tmp_path: Path
    ) -> None:
        with new_database(engine, request, tmp_path) as url:
            store = Store(url)
            options = migrate.config()
            with store.write() as tx:
                options.attributes["connection"] = tx
                command.upgrade(options, "0001")
                for row in OFFICES_OF_BEFORE:
                    tx.execute(sa.text(row))
            migrate.upgrade(store)
            with store.read() as tx:
                found = [tuple(row) for row in tx.execute(sa.select(stations))]
                agent = tx.execute(sa.select(agents)).one()
                (there,) = offices.all_agents(tx, date(2026, 11, 20))
            store.close()
        assert found == [("agent-1", date.min, "office-1")]
        assert (agent.code, agent.feed_number, agent.ended_on) == ("A-1", 7, None)
        assert there.office_name == "Tallo"


OFFICES_OF_BEFORE = (
    "INSERT INTO offices VALUES ('office-1', 'Tallo', 'Asia/Makassar')",
    "INSERT INTO agents VALUES ('agent-1', 'A-1', 'Daeng Sutte', 'office-1', 7)",
)
