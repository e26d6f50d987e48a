"""What people at the office do between and during exchanges: decide, undo, ask, withdraw."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from schemas.words import Reason
from server import odd_nik, review, withdrawal
from server.office import Office
from server.problems import Refused
from server.rules.review import CHOICES, Side
from server.store.case_tables import cases
from server.store.tables import ledger
from tests.builders import person
from tests.journeys.journey import Journey

WHICH = st.integers(0, 5)
BY = "Ibu Sitti"
REFUSALS = {"decision_unfit", "nik_held", "undo_blocked", "case_open", "case_decided"}
"""What a person may be told; nothing has moved then."""


class Supervised(RuleBasedStateMachine):
    """A journey with supervisors in it."""

    journey: Journey

    @property
    def office(self) -> Office:
        """The office, which does not stumble over what people do."""
        self.journey.counter.stumble(0)
        return self.journey.counter.office

    def _cases(self, *, decided: bool) -> list[Any]:
        is_so = cases.c.decided_at.is_not(None) if decided else cases.c.decided_at.is_(None)
        with self.office.store.read() as tx:
            query = sa.select(cases).where(is_so).order_by(cases.c.case_id)
            return list(tx.execute(query).all())

    def _decision(self, which: int, yes: bool, side: Side) -> Callable[[], object] | None:
        """Return the deciding of one open case, None where there is none."""
        found = self._cases(decided=False)
        if not found:
            return None
        case, office = found[which % len(found)], self.office
        choice = CHOICES[case.kind][0 if yes else 1]
        return lambda: _told(
            lambda: review.decide(office, case.case_id, choice, by=BY, holder=side)
        )

    @rule(which=WHICH, yes=st.booleans(), side=st.sampled_from(Side))
    def decide(self, which: int, yes: bool, side: Side) -> None:
        decision = self._decision(which, yes, side)
        if decision is not None:
            decision()

    @rule(which=WHICH, yes=st.booleans(), sends=WHICH, other=WHICH)
    def decide_while_two_exchange(self, which: int, yes: bool, sends: int, other: int) -> None:
        laptops = self.journey.laptops
        decision = self._decision(which, yes, Side.OTHER)
        if decision is not None:
            first, second = laptops[sends % len(laptops)], laptops[other % len(laptops)]
            self.journey.exchange_at_once(first, second, meanwhile=decision)

    @rule(which=WHICH, act=st.sampled_from(["undo", "ask", "take_odd_nik", "withdraw"]))
    def act(self, which: int, act: str) -> None:
        {
            "undo": self._undo,
            "ask": self._ask,
            "take_odd_nik": self._take_odd_nik,
            "withdraw": self._withdraw,
        }[act](which)

    def _undo(self, which: int) -> None:
        found = self._cases(decided=True)
        if found:
            case = found[which % len(found)]
            _told(lambda: review.undo(self.office, case.case_id, by=BY))

    def _ask(self, which: int) -> None:
        found = self._cases(decided=False)
        if found:
            case, side = found[which % len(found)], list(Side)[which % 2]
            asked = ("Mohon periksa KTP-nya.", "Please look at the card again.")
            _told(lambda: review.ask(self.office, case.case_id, *asked, by=BY, side=side))

    def _withdraw(self, which: int) -> None:
        nik = self.office.keys.nik_hash(person(which + 1)["nik"])
        at = self.journey.now() - timedelta(hours=(0, 5, -48)[which % 3])
        withdrawal.withdraw(self.office, by=BY, at=at, nik_hash=nik)

    def _take_odd_nik(self, which: int) -> None:
        query = sa.select(ledger.c.record_id).where(ledger.c.reason == Reason.INVALID.value)
        with self.office.store.read() as tx:
            found = tx.execute(query.order_by(ledger.c.record_id)).scalars().all()
        if found:
            record_id = found[which % len(found)]
            _told(lambda: odd_nik.take_odd_nik(self.office, record_id, by=BY))


def _told(act: Callable[[], object]) -> None:
    """Do it, and let a person be refused what does not fit."""
    try:
        act()
    except Refused as refused:
        if refused.problem.code not in REFUSALS:
            raise
