"""Databases of a test's own, on each engine, besides the shared one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
import uuid6


@contextmanager
def new_database(engine: str, request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """Make an empty database on an engine, and give its URL; it is gone afterwards."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'own.db'}"
        return
    shared: str = request.getfixturevalue("postgres_url")
    name = f"own_{uuid6.uuid7().hex}"
    server = sa.create_engine(shared, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    url = sa.make_url(shared).set(database=name)
    yield url.render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()
