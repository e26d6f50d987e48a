"""Reference lists as the office gave them: their bytes and version by name."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from schemas.envelope import rfc3339


@dataclass(frozen=True, slots=True)
class Reference:
    """One list as it came, whole."""

    name: str
    version: str
    body: bytes


def reference(tx: Database, name: str) -> Reference | None:
    """Return a list, None where it was never fetched."""
    for row in tx.query("select name, version, body from reference where name = ?", [name]):
        return Reference(**row)
    return None


def versions(tx: Database) -> dict[str, str]:
    """Return the version held of each list."""
    return dict(tx.execute("select name, version from reference order by name").fetchall())


def keep_reference(tx: Database, fetched: Reference, now: datetime) -> None:
    """Keep a list in place of the former one."""
    tx.execute(
        "insert or replace into reference (name, version, body, fetched_at) values (?, ?, ?, ?)",
        [fetched.name, fetched.version, fetched.body, rfc3339(now)],
    )


def additions(tx: Database, name: str) -> list[bytes]:
    """Return what was added to a list since it was fetched whole, in order."""
    rows = tx.execute("select body from additions where name = ? order by addition_id", [name])
    return [row[0] for row in rows.fetchall()]


def keep_addition(tx: Database, name: str, version: str, body: bytes, now: datetime) -> None:
    """Keep what was added to a list that is held, and the version that it has by that."""
    tx.execute("insert into additions (name, body) values (?, ?)", [name, body])
    tx.execute(
        "update reference set version = ?, fetched_at = ? where name = ?",
        [version, rfc3339(now), name],
    )


def drop_reference(tx: Database, name: str) -> None:
    """Let a list go, so that it is fetched whole again."""
    tx.execute("delete from reference where name = ?", [name])
