"""What laptops fetch and keep: lists with a version, and the list of known NIKs."""

import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from schemas.envelope import rfc3339
from schemas.seeds import NAMES, seed
from schemas.tariff import Tariff, load_tariff
from server.config import Settings
from server.keys import Keys
from server.store import known_niks, references
from sync import receipts
from sync.known_niks import pack_additions
from sync.limits import PROTOCOL


def seed_lists(tx: sa.Connection, keys: Keys, settings: Settings, now: datetime) -> list[str]:
    """Write the first version of every list that has none; return their names."""
    present = references.versions(tx)
    first = f"{now.date().isoformat()}.1"
    lists: dict[str, tuple[str, list[Any]]] = {
        name: (seed(name).version, list(seed(name).items)) for name in NAMES
    }
    lists["targets"] = first, [{"from": now.strftime("%Y-01"), "target": settings.monthly_target}]
    lists["keys"] = first, [receipt_key(keys) | {"from": rfc3339(now)}]
    missing = [name for name in lists if name not in present]
    for name in missing:
        version, items = lists[name]
        references.put(tx, name, version, items, now)
    return missing


def receipt_key(keys: Keys) -> dict[str, str]:
    """Return the public key by which receipts are checked, as in the list `keys`."""
    public = receipts.public_text(keys.signing)
    return {"key_id": receipts.key_id(public), "key": public}


def knows_key(tx: sa.Connection, keys: Keys) -> bool:
    """Tell whether an office signs with these keys; True too before its list of keys is there."""
    texts = list(references.texts(tx, "keys").values())
    own = receipt_key(keys)["key_id"]
    return not texts or any(item["key_id"] == own for item in json.loads(texts[-1]))


def versions(tx: sa.Connection) -> dict[str, str]:
    """Return every list's version in force, known_niks included once it was built."""
    known = known_niks.version(tx)
    return references.versions(tx) | ({} if known is None else {"known_niks": known})


def body(tx: sa.Connection, name: str, version: str, now: datetime) -> dict[str, Any]:
    """Return a list as laptops fetch it."""
    return {
        "protocol": PROTOCOL,
        "time": rfc3339(now),
        "name": name,
        "version": version,
        "items": references.items(tx, name, version),
    }


def known_body(tx: sa.Connection, since: str | None) -> tuple[str, bytes] | None:
    """Return the version and bytes of known_niks; None before the first build.

    `since` is a version `base.additions`: where the base is the same, only what was added
    since; in any other case the whole.
    """
    row = known_niks.newest(tx)
    if row is None:
        return None
    version = f"{row.base}.{row.additions}"
    base, _, count = (since or "").partition(".")
    is_count = count.isascii() and count.isdigit() and len(count) <= 18
    if base == str(row.base) and is_count and int(count) <= row.additions:
        return version, _added(tx, row.base, int(count))
    return f"{row.base}.0", known_niks.whole(tx) or b""


def _added(tx: sa.Connection, base: int, since: int) -> bytes:
    digests = known_niks.additions(tx, base, since)
    return pack_additions(base, since + len(digests), digests)


def tariffs(tx: sa.Connection) -> dict[str, Tariff]:
    """Return every version of the tariff by version, the one in force last."""
    return {version: _tariff(text) for version, text in references.texts(tx, "tariff").items()}


@lru_cache(maxsize=64)
def _tariff(text: str) -> Tariff:
    return load_tariff(json.loads(text))


def targets(tx: sa.Connection) -> list[dict[str, Any]]:
    """Return the targets in force, `{from, target}` each; none before they were seeded."""
    texts = list(references.texts(tx, "targets").values())
    found: list[dict[str, Any]] = json.loads(texts[-1]) if texts else []
    return found


def target(items: list[dict[str, Any]], month: date) -> int:
    """Return the target in force in a month: that of the latest `from` not after it."""
    text = month.strftime("%Y-%m")
    fitting = [item for item in items if item["from"] <= text]
    return int(max(fitting, key=lambda item: item["from"])["target"]) if fitting else 0
