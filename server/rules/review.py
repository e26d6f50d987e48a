"""What a supervisor's decision moves, as pure functions over a scene (sync/PROTOCOL.md, Review).

A case has two sides, the doubtful record and the other one; `Side` says which of them has
the NIK after the decision. Every kind has one decision that always fits, so that no case can
stay open for ever: different people, no, and that the credit stays.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from schemas.words import Flag, Reason, Verdict
from server.rules.record import Record
from server.rules.scene import LIVE, Scene, Unfit


class Choice(StrEnum):
    """What a supervisor may say."""

    SAME = "same"
    DIFFERENT = "different"
    YES = "yes"
    NO = "no"
    STAYS = "stays"
    MOVES = "moves"


class Side(StrEnum):
    """The two sides of a case."""

    RECORD = "record"
    OTHER = "other"


def side(text: str) -> Side:
    """Return a side by its name; raises Unfit where it is none."""
    if text not in set(Side):
        raise Unfit
    return Side(text)


CHOICES: Final[Mapping[str, tuple[Choice, Choice]]] = {
    Reason.NIK_CONFLICT: (Choice.SAME, Choice.DIFFERENT),
    Flag.NEAR_MATCH: (Choice.SAME, Choice.DIFFERENT),
    Reason.NIK_CHANGED: (Choice.YES, Choice.NO),
    Reason.PERSON_CHANGED: (Choice.YES, Choice.NO),
    Flag.CREDIT_DISPUTE: (Choice.STAYS, Choice.MOVES),
}
"""What may be said of each kind of case."""


@dataclass(frozen=True, slots=True)
class Case:
    """A doubtful record; `other_id` is None where the other is a member of the roll."""

    case_id: str
    kind: str
    record_id: str
    other_id: str | None

    def side(self, side: Side) -> str | None:
        """Return the record of one side."""
        return self.record_id if side == Side.RECORD else self.other_id


def follow(case: Case, scene: Scene) -> Case:
    """Return an open case with its sides as they are now.

    A superseded record's place is that of its correction, as in an exchange; a duplicate's
    that of its holder; and a record that waits for its NIK waits for whoever holds it.
    """
    case = at_ends(case, scene)
    record_id, other_id = case.record_id, case.other_id
    if other_id is None or case.kind in (Reason.NIK_CHANGED, Reason.PERSON_CHANGED):
        return case
    wanted = _place(other_id, scene)
    if case.kind == Reason.NIK_CONFLICT and record_id in scene.books.records:
        nik = scene.books.records[record_id].nik_hash
        wanted = scene.books.holders.get(nik or b"", wanted)
    if wanted != record_id:
        other_id = wanted
    if case.kind == Flag.NEAR_MATCH and _place(record_id, scene) != other_id:
        record_id = _place(record_id, scene)
    return replace(case, record_id=record_id, other_id=other_id)


def at_ends(case: Case, scene: Scene) -> Case:
    """Return an open case with the corrections of its sides in their place."""
    other_id = case.other_id and _end(case.other_id, scene)
    return replace(case, record_id=_end(case.record_id, scene), other_id=other_id)


def take_back(case: Case, was: Case, became: Case, scene: Scene) -> Case:
    """Return an open case with its sides as before a decision, where they are as it left them."""
    now, was, became = at_ends(case, scene), at_ends(was, scene), at_ends(became, scene)
    record_id, other_id = now.record_id, now.other_id
    if record_id == became.record_id:
        record_id = was.record_id
    if other_id == became.other_id:
        other_id = was.other_id
    return replace(case, record_id=record_id, other_id=other_id)


def moved_on(case: Case, was: Case, became: Case, scene: Scene) -> bool:
    """Tell whether a side that a decision moved was moved on since."""
    now, left = at_ends(case, scene), at_ends(became, scene)
    return any(
        was.side(side) != became.side(side) and now.side(side) != left.side(side) for side in Side
    )


def _end(record_id: str, scene: Scene) -> str:
    record = scene.books.records.get(record_id)
    if record is None or record.corrected_by is None:
        return record_id
    return scene.books.end_of(record_id).record_id


def _place(record_id: str, scene: Scene) -> str:
    record = scene.books.records.get(record_id)
    return record_id if record is None or record.duplicate_of is None else record.duplicate_of


def decide(scene: Scene, case: Case, choice: str, holder: Side = Side.OTHER) -> None:
    """Move what a decision moves; raises Unfit where it does not fit how things stand."""
    if choice not in CHOICES.get(case.kind, ()):
        raise Unfit
    record = scene.books.records[case.record_id]
    other = scene.books.records[case.other_id] if case.other_id is not None else None
    _RULES[case.kind, Choice(choice)](scene, record, other, holder)
    scene.hand_on()
    scene.settle_credit()


def _same(scene: Scene, record: Record, other: Record | None, holder: Side) -> None:
    """One person: one record holds the NIK, the other is its duplicate."""
    if other is None:
        if holder == Side.RECORD or record.verdict not in LIVE:
            raise Unfit
        member = record._replace(verdict=Verdict.DUPLICATE, reason=Reason.MEMBER)
        scene.put(member._replace(duplicate_of=None))
    elif holder == Side.RECORD:
        _merge(scene, other, record, may_accept=True)
    else:
        _merge(scene, record, other, may_accept=False)


def _merge(scene: Scene, loser: Record, keeper: Record, *, may_accept: bool) -> None:
    """Let one record be the other's duplicate; what named it names the other.

    `may_accept`: the keeper is the doubtful one, and takes its NIK where it holds none.
    """
    if loser.verdict not in LIVE or keeper.verdict not in LIVE:
        raise Unfit
    place = scene.stands_for(keeper)
    if place is not None and place.record_id == loser.record_id:
        if not may_accept:
            return  # they are one already, the other way round
        place = None
    if place is None and not may_accept:
        raise Unfit
    followers = scene.followers(loser.record_id)
    scene.name(loser, place or keeper)
    if place is None:
        scene.accept(keeper)
    place = place or keeper
    for follower in followers:
        if follower.record_id != place.record_id:
            scene.name(follower, place)


def _different(scene: Scene, record: Record, other: Record | None, holder: Side) -> None:
    """Two people under one NIK: it is not one's, the other has it."""
    disputed = other is None or other.nik_hash == record.nik_hash
    if holder == Side.OTHER:
        # Where the other went on to another NIK, only a record that still waits is refused.
        if record.verdict in LIVE and (disputed or record.verdict == Verdict.IN_REVIEW):
            scene.reject(record, Reason.NOT_THEIRS)
        return
    if other is None or record.verdict not in LIVE:
        raise Unfit  # what is wrong on the roll is mended on the roll
    if disputed and other.verdict in LIVE:
        scene.reject(other, Reason.NOT_THEIRS)
    if record.verdict != Verdict.ACCEPTED:
        scene.accept(record)


def _stay(_scene: Scene, _record: Record, _other: Record | None, _holder: Side) -> None:
    """Everything stays as it is."""


def _take_change(scene: Scene, record: Record, _other: Record | None, _holder: Side) -> None:
    """A change is taken: the correction stands where its chain's end stood."""
    if record.verdict != Verdict.IN_REVIEW:
        raise Unfit
    take_place(scene, record, Reason.CORRECTED)


def take(scene: Scene, record: Record) -> None:
    """Take a record that was refused for its NIK alone, now with its NIK and figures.

    It is judged as any new one; where it corrects a chain, it takes its end's place.
    """
    scene.put(record)
    if scene.books.end_of(record.record_id).record_id == record.record_id:
        scene.judge_again(record)
    else:
        take_place(scene, record, Reason.REINSTATED)
    scene.hand_on()
    scene.settle_credit()


def take_place(scene: Scene, record: Record, reason: Reason) -> None:
    """Let a record take the place of its chain's end, judged afresh.

    Where its NIK is another's by now, it is that one's duplicate, or waits as a
    nik_conflict. What was merged into the end across NIKs goes with the chain.
    """
    books = scene.books
    end = books.end_of(record.record_id)
    if end.reason == Reason.WITHDRAWN:
        raise Unfit
    same_nik = end.nik_hash == record.nik_hash
    followers = [f for f in scene.followers(end.record_id) if f.nik_hash != end.nik_hash]
    gone = end._replace(verdict=Verdict.SUPERSEDED, reason=Reason.CORRECTED)
    scene.put(gone._replace(corrected_by=record.record_id, duplicate_of=None, counts_as=None))
    was_accepted = end.verdict == Verdict.ACCEPTED
    record = record._replace(counts_as=end.counts_as)
    record = scene.judge_again(record, on_roll=not (was_accepted and same_nik), reason=reason)
    place = scene.stands_for(record)
    for follower in followers:
        if place is not None and follower.record_id != place.record_id:
            scene.name(follower, place)


def _refuse_change(scene: Scene, record: Record, _other: Record | None, _holder: Side) -> None:
    """A change is not taken: the chain's end stands."""
    if record.verdict == Verdict.IN_REVIEW:
        scene.reject(record, Reason.REFUSED)


def _move_credit(scene: Scene, record: Record, _other: Record | None, _holder: Side) -> None:
    """The credit for the worker goes to the duplicate, from whoever has it."""
    if record.verdict != Verdict.DUPLICATE or record.duplicate_of is None:
        raise Unfit
    for rival in scene.followers(record.duplicate_of):
        if rival.counts_as is not None:
            scene.put(rival._replace(counts_as=None))
    holder = scene.books.records[record.duplicate_of]
    scene.put(holder._replace(counts_as=Verdict.DUPLICATE))
    scene.put(scene.books.records[record.record_id]._replace(counts_as=Verdict.ACCEPTED))


_Rule = Callable[[Scene, Record, Record | None, Side], None]
_RULES: Final[Mapping[tuple[str, Choice], _Rule]] = {
    (Reason.NIK_CONFLICT, Choice.SAME): _same,
    (Reason.NIK_CONFLICT, Choice.DIFFERENT): _different,
    (Flag.NEAR_MATCH, Choice.SAME): _same,
    (Flag.NEAR_MATCH, Choice.DIFFERENT): _stay,
    (Reason.NIK_CHANGED, Choice.YES): _take_change,
    (Reason.NIK_CHANGED, Choice.NO): _refuse_change,
    (Reason.PERSON_CHANGED, Choice.YES): _take_change,
    (Reason.PERSON_CHANGED, Choice.NO): _refuse_change,
    (Flag.CREDIT_DISPUTE, Choice.STAYS): _stay,
    (Flag.CREDIT_DISPUTE, Choice.MOVES): _move_credit,
}
