"""A joining that was begun: what the agent typed, until the office could be asked. One row."""

from dataclasses import dataclass, field

from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Begun:
    """Where and by which code to join, under which name; `problem` is why it did not go yet."""

    address: str
    code: str = field(repr=False)
    name: str
    problem: str | None = None


def begun_joining(tx: Database) -> Begun | None:
    """Return the joining that is not through, None where there is none."""
    for row in tx.query("select address, code, name, problem from joining"):
        return Begun(**row)
    return None


def keep_joining_begun(tx: Database, begun: Begun) -> None:
    """Keep what was typed, in place of an earlier try."""
    tx.execute(
        "insert or replace into joining (id, address, code, name, problem) values (1, ?, ?, ?, ?)",
        [begun.address, begun.code, begun.name, begun.problem],
    )


def drop_joining_begun(tx: Database) -> None:
    """Forget it: the laptop has joined."""
    tx.execute("delete from joining")
