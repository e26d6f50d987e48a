"""How far a database has come: what tells that something was added, settled or taken away."""

from typing import Final

from sqlite_utils import Database

_SINGLE: Final = (
    "(select coalesce(max(last_seq), 0) from device)",
    "(select coalesce(max(joined_at), '') from device)",
    "(select coalesce(max(change_id), 0) from changes)",
    "(select count(*) from captures)",
    "(select count(*) from captures where wiped_at is not null)",
    "(select count(*) from drafts)",
    "(select coalesce(max(draft_id), 0) from drafts)",
    "(select coalesce(max(changed_at), '') from drafts)",
)


def extent(tx: Database) -> str:
    """Return a text that is another one after anything was saved, settled, drafted or wiped.

    It holds numbers and moments alone, so it may stand where nothing is encrypted.
    """
    # The parts are this file's own constants.
    found = tx.execute(f"select {', '.join(_SINGLE)}").fetchone()
    return "/".join(str(one) for one in found)
