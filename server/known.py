"""Build the list of known NIKs anew, while exchanges go on."""

from server.office import Office
from server.store import known_niks
from sync.known_niks import build


def build_known_niks(office: Office) -> tuple[str, int, int]:
    """Build it out of all NIKs held or on the roll; return version, NIKs, bytes."""
    with office.store.read() as tx:
        before = known_niks.newest(tx)
        digests = list(known_niks.all_known(tx))
    old = None if before is None else before.base
    data = build(digests, office.keys.known_key, 1 if old is None else old + 1)
    with office.store.write() as tx:
        counted = 0 if before is None else before.additions
        base = known_niks.replace_base(tx, old, counted, data, office.now())
        version = known_niks.version(tx) or f"{base}.0"
    return version, len(digests), len(data)
