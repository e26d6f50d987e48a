"""The reference lists in their versions; the newest by version text is in force."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from server.store.list_tables import reference_lists

_VERSIONS = sa.select(reference_lists.c.name, reference_lists.c.version)
_TEXTS = sa.select(reference_lists.c.version, reference_lists.c["items"].label("text")).where(
    reference_lists.c.name == sa.bindparam("name")
)


def order(version: str) -> tuple[str, int]:
    """Return a version text `YYYY-MM-DD.n` in a form that sorts."""
    day, _, number = version.partition(".")
    return day, int(number)


def versions(tx: sa.Connection) -> dict[str, str]:
    """Return the newest version of each list, by name."""
    newest: dict[str, str] = {}
    for row in tx.execute(_VERSIONS):
        if row.name not in newest or order(row.version) > order(newest[row.name]):
            newest[row.name] = row.version
    return newest


def items(tx: sa.Connection, name: str, version: str) -> list[dict[str, Any]]:
    """Return one version's items; LookupError where there is no such version."""
    query = sa.select(reference_lists.c["items"]).where(
        reference_lists.c.name == name, reference_lists.c.version == version
    )
    text = tx.execute(query).scalar()
    if text is None:
        raise LookupError(f"no list {name} {version}")
    found: list[dict[str, Any]] = json.loads(text)
    return found


def texts(tx: sa.Connection, name: str) -> dict[str, str]:
    """Return every version of a list as JSON text, by version, the oldest first."""
    found = {row.version: row.text for row in tx.execute(_TEXTS, {"name": name})}
    return dict(sorted(found.items(), key=lambda item: order(item[0])))


def put(tx: sa.Connection, name: str, version: str, new: Sequence[Any], made_at: datetime) -> None:
    """Write a new version of a list."""
    text = json.dumps(list(new), ensure_ascii=False, separators=(",", ":"))
    row = {"name": name, "version": version, "items": text, "made_at": made_at}
    tx.execute(sa.insert(reference_lists), [row])
