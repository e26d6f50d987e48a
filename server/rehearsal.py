"""What a decision would move, before it is made: tried on a scene that nobody keeps."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from schemas.words import Reason
from server import review
from server.rules.record import Record
from server.rules.review import CHOICES, Case, Choice, Side, decide
from server.rules.scene import Scene, Unfit
from server.rules.undoing import in_the_way, restore
from server.store import cases
from server.store.decisions import Decided


@dataclass(frozen=True, slots=True)
class Moves:
    """What moves: each record as it stood and as it stands, and how many cases open."""

    records: tuple[tuple[Record, Record], ...]
    opened: int

    @property
    def counted(self) -> Mapping[str, Mapping[str, int]]:
        """Return by agent how many more, or fewer, count under each verdict."""
        found: dict[str, Counter[str]] = {}
        for before, after in self.records:
            change = found.setdefault(after.agent_id, Counter())
            change[before.counted.value] -= 1
            change[after.counted.value] += 1
        return {who: {v: n for v, n in counts.items() if n} for who, counts in found.items()}


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be said of a case now, and what it would move."""

    choice: str
    side: str
    moves: Moves

    @property
    def code(self) -> str:
        """Return the name by which a form sends it."""
        return f"{self.choice}-{self.side}"


@dataclass(frozen=True, slots=True)
class Undoing:
    """What an undo would move back; or which records, and which cases, are in its way."""

    moves: Moves | None
    records: tuple[Record, ...] = ()
    case_ids: tuple[str, ...] = ()


def moves_of(scene: Scene) -> Moves:
    """Return what moved in a scene."""
    return Moves(tuple(scene.moved()), len(scene.opened))


def options(scene: Scene, case: Case) -> tuple[Option, ...]:
    """Return everything that fits an open case as things stand, with what it would move."""
    found = []
    for choice in CHOICES.get(case.kind, ()):
        for side in _sides(case, choice):
            tried = scene.copy()
            try:
                decide(tried, case, choice, side)
            except Unfit:
                continue
            found.append(Option(choice.value, side.value, moves_of(tried)))
    return tuple(found)


def _sides(case: Case, choice: Choice) -> tuple[Side, ...]:
    """Return the sides between which a choice decides, the usual one first."""
    by_nik = choice == Choice.DIFFERENT and case.kind == Reason.NIK_CONFLICT
    both = choice == Choice.SAME or by_nik
    return (Side.OTHER, Side.RECORD) if both and case.other_id is not None else (Side.OTHER,)


def undoing(tx: sa.Connection, scene: Scene, last: Decided) -> Undoing:
    """Return what taking back a decision would move, or what is in its way."""
    was, became = last.before["records"], last.after["records"]
    settled = tuple(
        case_id
        for case_id, (before, after) in review.cases_of(last).items()
        if review.is_settled_since(cases.find(tx, case_id), scene, before, after)
    )
    tried = scene.copy()
    try:
        restore(tried, was, became)
    except Unfit:
        return Undoing(None, tuple(in_the_way(scene, was, became)), settled)
    return Undoing(None, (), settled) if settled else Undoing(moves_of(tried))
