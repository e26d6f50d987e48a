"""Captures, corrections, decisions and undos in any order: promises 5 and 7 hold throughout."""

from collections.abc import Callable
from io import StringIO
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from server import odd_nik, review, withdrawal
from server.problems import Refused
from server.roll_import import import_roll
from server.rules.review import CHOICES
from tests.builders import content
from tests.offices import Desk
from tests.server.supervisor import EARLIER, WHO, Supervisor, under

_numbers = count(5_000, 2)
_PLAYED = settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.target],
)
_ALWAYS_FIT = {("different", "other"), ("no", "other"), ("stays", "other")}
_some = st.integers(0, 1_000)
_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("capture"), _some, _some, st.booleans()),
        st.tuples(st.just("correct"), _some, _some, _some),
        st.tuples(st.just("decide"), _some, _some, st.booleans()),
        st.tuples(st.just("decide"), _some, _some, st.booleans()),
        st.tuples(st.just("regret"), _some, _some, st.booleans()),
        st.tuples(st.just("undo"), _some, _some, st.booleans()),
        st.tuples(st.just("take"), _some, _some, st.booleans()),
        st.tuples(st.just("withdraw"), _some, _some, st.booleans()),
        st.tuples(st.just("enlist"), _some, _some, st.booleans()),
    ),
    min_size=4,
    max_size=14,
)


class Town:
    """Two agents, two workers, three NIKs, and what each laptop believes."""

    def __init__(self, desk: Desk) -> None:
        self.supervisor = Supervisor(desk)
        self.laptops = [desk.join(), desk.join()]
        self.sent: list[list[dict[str, Any]]] = [[], []]
        self.believed: list[dict[str, Any]] = [{}, {}]
        self.decided: list[str] = []
        first, second = content(next(_numbers)), content(next(_numbers))
        slip = {**first, "nik": first["nik"][:-1] + "7"}
        self.faces = [
            *(first, second, slip, under(first, second), under(second, first)),
            *(under(second, slip), {**first, "nik": first["nik"][:6] + "9913" + first["nik"][10:]}),
        ]

    def capture(self, agent: int, face: int, early: bool) -> None:
        """An agent captures somebody, maybe provably hours ago."""
        agent %= 2
        laptop, members = self.laptops[agent], self.faces[face % len(self.faces)]
        if early:
            self.send(agent, laptop.envelope(members, **EARLIER), **EARLIER | {"uptime_s": 30_000})
        else:
            self.send(agent, laptop.envelope(members))

    def correct(self, agent: int, which: int, face: int) -> None:
        """An agent corrects one of the own records, into anybody."""
        agent %= 2
        if own := self.sent[agent]:
            corrects = own[which % len(own)]["record_id"]
            members = self.faces[face % len(self.faces)]
            self.send(agent, self.laptops[agent].envelope(members, corrects=corrects))

    def send(self, agent: int, envelope: dict[str, Any], **overrides: Any) -> None:
        """Send one envelope."""
        self.listen(agent, self.laptops[agent].exchange(envelope, **overrides))
        self.sent[agent].append(envelope)

    def listen(self, agent: int, answer: dict[str, Any]) -> None:
        """Let a laptop believe what an answer says."""
        said = [*answer["acks"], *(c for c in answer["changes"] if c["kind"] == "standing")]
        for standing in said:
            looks = (standing["verdict"], standing["reason"], tuple(standing.get("flags", ())))
            self.believed[agent][standing["record_id"]] = looks

    def decide(self, which: int, choice: int, second: bool) -> str | None:
        """A supervisor decides some open case somehow; return the case where it was taken."""
        opened = self.supervisor.cases()
        if not opened:
            return None
        case = opened[which % len(opened)]
        said = CHOICES[case.kind][choice % 2].value
        holder = "record" if second else "other"
        taken = self.refusable(
            lambda: review.decide(self.supervisor.office, case.case_id, said, by=WHO, holder=holder)
        )
        assert taken or (said, holder) not in _ALWAYS_FIT
        self.decided += [case.case_id] if taken else []
        return case.case_id if taken else None

    def regret(self, which: int, choice: int, second: bool) -> None:
        """A supervisor decides, and undoes it at once: everything stands as before."""
        before = self.supervisor.snapshot()
        case_id = self.decide(which, choice, second)
        self.supervisor.insist_sound()
        if case_id is not None:
            review.undo(self.supervisor.office, case_id, by=WHO)
        assert self.supervisor.snapshot() == before

    def undo(self, which: int, _choice: int, _second: bool) -> None:
        """A supervisor undoes some decision, long after maybe."""
        if self.decided:
            case_id = self.decided[which % len(self.decided)]
            self.refusable(lambda: review.undo(self.supervisor.office, case_id, by=WHO))

    def take(self, agent: int, which: int, _early: bool) -> None:
        """A supervisor takes a record in spite of its NIK."""
        if own := self.sent[agent % 2]:
            record_id = own[which % len(own)]["record_id"]
            self.refusable(
                lambda: self.decided.append(
                    str(odd_nik.take_odd_nik(self.supervisor.office, record_id, by=WHO).case_id)
                )
            )

    def withdraw(self, agent: int, which: int, rarely: bool) -> None:
        """A worker withdraws consent, rarely."""
        if rarely and which % 3 == 0 and (own := self.sent[agent % 2]):
            record_id = own[which % len(own)]["record_id"]
            office = self.supervisor.office
            withdrawal.withdraw(office, by=WHO, at=office.now(), record_id=record_id)

    def enlist(self, face: int, name: int, before: bool) -> None:
        """A worker appears on the roll, maybe under another's name, since long or just now."""
        who, named = self.faces[face % 3], self.faces[name % 2]
        rows = f"nik,nama,tanggal_lahir,sejak\n{who['nik']},{named['full_name']}"
        rows += f",{named['birth_date']},{'2020-01-01' if before else '2026-11-20'}\n"
        import_roll(self.supervisor.office, StringIO(rows))

    def refusable(self, act: Callable[[], Any]) -> bool:
        """Act; where it is refused, insist that nothing changed."""
        before = self.supervisor.snapshot()
        try:
            act()
        except Refused:
            assert self.supervisor.snapshot() == before
            return False
        return True

    def insist(self) -> None:
        """Insist on promises 5 and 7, and that each laptop believes what the office says."""
        self.supervisor.insist_sound()
        for agent, laptop in enumerate(self.laptops):
            self.listen(agent, laptop.exchange())
            stands = {e["record_id"]: self.supervisor.record(e) for e in self.sent[agent]}
            assert self.believed[agent] == {
                record_id: (record.verdict, record.reason, record.flags)
                for record_id, record in stands.items()
            }
            counts = self.supervisor.counted(laptop)
            verdicts = ("accepted", "duplicate", "in_review", "rejected", "superseded")
            assert sum(counts.get(verdict, 0) for verdict in verdicts) == len(stands)


def played(desk: Desk, steps: list[tuple[Any, ...]]) -> Town:
    """Play steps one after the other, and insist on everything after each."""
    town = Town(desk)
    for name, *arguments in steps:
        getattr(town, name)(*arguments)
        town.insist()
    return town


@_PLAYED
@given(_STEPS)
def test_whatever_happens_the_books_are_sound(desk: Desk, steps: list[tuple[Any, ...]]) -> None:
    played(desk, steps)


def test_a_long_day(desk: Desk) -> None:
    """The same, once, with enough of everything that no step is idle."""
    crowd = [("capture", agent, face, face == 3) for face in range(7) for agent in (0, 1)]
    changes = [("correct", agent, agent, face) for agent in (0, 1) for face in (1, 4)]
    decisions = [("decide", n, n // 2, n % 3 == 0) for n in range(8)]
    regrets = [("regret", n, n // 3, n % 2 == 0) for n in range(6)]
    takes = [("take", agent, 6, False) for agent in (0, 1)]
    undos = [("undo", n, 0, False) for n in reversed(range(8))]
    roll = [("enlist", 0, 0, True), ("enlist", 1, 0, True)]
    late = [("capture", 0, face, False) for face in (0, 1, 2)]
    steps = [*crowd, *changes, *regrets, *takes, *decisions, *regrets, *undos]
    town = played(desk, [*steps, *roll, *late, *decisions, *undos])
    assert len(town.decided) > 5
