"""The doctor's check of the trail."""

import sqlalchemy as sa

from server.audit import broken, written_seal
from server.finding import Finding
from server.keys import Keys
from server.store import audit


def trail(tx: sa.Connection, keys: Keys) -> Finding:
    """No line of the trail was changed, put in or taken out; its end is told, to be noted.

    Whoever takes lines off the end and writes a new end is found by what was noted elsewhere.
    """
    number, seal = audit.head(tx)
    finding = Finding("trail", number, told=f"line {number}, seal {written_seal(seal)}")
    for fault in broken(tx, keys):
        which = f"{fault.first} to {fault.last}" if fault.last > fault.first else f"{fault.first}"
        end = "gone" if fault.is_gone else "not as written, or the one before it is not"
        finding.add(f"line {which}: {end}")
    return finding
