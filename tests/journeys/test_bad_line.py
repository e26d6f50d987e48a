"""Whatever the line does, and the laptops, and the office: the promises hold.

Run it longer by hand: pytest tests/journeys --hypothesis-profile=deep
"""

from datetime import timedelta
from io import StringIO
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agent_client.store.captures import Capture
from server import doctor, known, roll_import
from tests.builders import content, envelope, person
from tests.journeys.evidence import Evidence, pair_of
from tests.journeys.examination import broken_promises
from tests.journeys.faults import Fault
from tests.journeys.journey import Backup, Copy, Journey, NewJourney
from tests.journeys.laptop import Laptop
from tests.journeys.promises import promise_1
from tests.journeys.supervisor import Supervised
from tests.journeys.workers import KINDS

WORKERS = st.integers(1, 8)
KIND = st.sampled_from(["sound", "sound", "sound", *KINDS])
WHICH = st.integers(0, 5)
SCRIPT = st.lists(st.sampled_from(Fault), max_size=4)
SIZE = st.sampled_from([25, 1, 2, 3])
DRIFTS = [timedelta(0), timedelta(seconds=90), timedelta(days=-400), timedelta(days=900)]
STRAYS = st.sampled_from(
    (
        "no id",
        "no object",
        "mismatch",
        "own id again",
        "kind",
        "schema",
        "another's",
        "another's pairs",
    )
)


class BadLine(Supervised):
    """Moves of agents, laptops, line and office in any order."""

    new_journey: ClassVar[NewJourney]

    def __init__(self) -> None:
        super().__init__()
        self.journey: Journey = type(self).new_journey()
        self.copies: list[tuple[Laptop, Copy]] = []
        self.backups: list[Backup] = []

    def _laptop(self, which: int) -> Laptop:
        self.journey.now.forward(minutes=3)
        return self.journey.laptops[which % len(self.journey.laptops)]

    def _own(self, laptop: Laptop) -> list[Capture]:
        """Return what was saved on a laptop, oldest first, without what it forgot since."""
        there = {capture.record_id: capture for capture in laptop.captures()}
        return [there[record_id] for record_id in laptop.said if record_id in there]

    # Agents

    @initialize(met=st.lists(WORKERS, min_size=4, max_size=8))
    def begin(self, met: list[int]) -> None:
        for which, worker in enumerate(met):
            self._laptop(which).save(KINDS["sound"](worker))

    @rule(which=WHICH, worker=WORKERS, kind=KIND)
    def capture(self, which: int, worker: int, kind: str) -> None:
        self._laptop(which).save(KINDS[kind](worker))

    @rule(which=WHICH, worker=WORKERS, count=st.integers(2, 6))
    def capture_some(self, which: int, worker: int, count: int) -> None:
        laptop = self._laptop(which)
        for more in range(count):
            laptop.save(KINDS["sound"](worker + more))

    @rule(which=WHICH, back=st.integers(0, 20), worker=WORKERS, kind=KIND)
    def correct(self, which: int, back: int, worker: int, kind: str) -> None:
        laptop = self._laptop(which)
        own = self._own(laptop)
        if own:
            laptop.save(KINDS[kind](worker), corrects=own[-1 - back % len(own)].record_id)

    @rule(which=WHICH, back=st.integers(0, 3), kind=KIND)
    def correct_the_same_worker(self, which: int, back: int, kind: str) -> None:
        laptop = self._laptop(which)
        own = self._own(laptop)
        if own:
            captured = own[-1 - back % len(own)]
            of = [n for n in range(1, 90) if person(n)["nik"] == captured.nik]
            laptop.save(KINDS[kind]((of or [1])[0]), corrects=captured.record_id)

    @rule(which=WHICH, other=WHICH, worker=WORKERS)
    def capture_under_an_id_that_is_taken(self, which: int, other: int, worker: int) -> None:
        laptop, source = self._laptop(which), self._laptop(other)
        free = [record_id for record_id in source.said if record_id not in laptop.said]
        if free:
            laptop.save_as(free[-1], KINDS["sound"](worker))

    # The line

    @rule(which=WHICH, script=SCRIPT, size=SIZE)
    def exchange(self, which: int, script: list[Fault], size: int) -> None:
        self.journey.exchange(self._laptop(which), *script, size=size)

    @rule(which=WHICH, other=WHICH, script=SCRIPT)
    def exchange_at_once(self, which: int, other: int, script: list[Fault]) -> None:
        self.journey.exchange_at_once(self._laptop(which), self._laptop(other), *script)

    @rule(which=WHICH, kind=STRAYS)
    def stray(self, which: int, kind: str) -> None:
        laptop = self._laptop(which)
        if kind == "another's pairs":
            sent = [pair_of(one.envelope) for one in Evidence(self.journey).sent()]
            self.journey.ask_about(laptop, [pair for pair in sent if pair])
            return
        self.journey.send_raw(laptop, [stray for stray in [self._stray(laptop, kind)] if stray])

    def _stray(self, laptop: Laptop, kind: str) -> Any:
        here = laptop.device
        own = {"device_id": here.device_id, "device_seq": 7}
        new = {**own, "record_id": self.journey.ids.text()}
        delivered = [one for one in Evidence(self.journey).sent() if pair_of(one.envelope)]
        if kind == "no id":
            return {"kind": "enrolment", "note": self.journey.ids.text()}
        if kind == "no object":
            return self.journey.ids.text()
        if kind == "mismatch":
            return envelope(content(60), **new, digest="0" * 64)
        if kind == "own id again":
            ids = [one.envelope["record_id"] for one in delivered if one.agent_id == here.agent_id]
            return (
                envelope(content(61, note=self.journey.ids.text()), **own, record_id=ids[-1])
                if ids
                else None
            )
        if kind == "another's":
            found = [one.envelope for one in delivered if one.agent_id != here.agent_id]
            return found[-1] if found else None
        if kind == "kind":
            return envelope(content(62), **new, kind="visit")
        return envelope(content(63, schema=2), **new)

    # Laptops

    @rule(which=WHICH)
    def kill(self, which: int) -> None:
        self._laptop(which).kill()
        assert not list(promise_1(Evidence(self.journey)))

    @rule(which=WHICH, calls=st.integers(1, 3))
    def kill_while_exchanging(self, which: int, calls: int) -> None:
        self.journey.kill_while_exchanging(self._laptop(which), calls)

    @rule(which=WHICH)
    def copy(self, which: int) -> None:
        laptop = self._laptop(which)
        self.copies.append((laptop, self.journey.copy(laptop)))

    @precondition(lambda self: self.copies)
    @rule(which=WHICH, noted=st.booleans())
    def go_back_to_a_copy(self, which: int, noted: bool) -> None:
        laptop, copy = self.copies[which % len(self.copies)]
        laptop.restore(copy.files, copy.said, noted=noted)

    @precondition(lambda self: self.copies and len(self.journey.laptops) < 5)
    @rule(which=WHICH)
    def use_a_copy_beside(self, which: int) -> None:
        laptop, copy = self.copies[which % len(self.copies)]
        self.journey.set_beside(laptop, copy)

    @rule(which=WHICH, drift=st.sampled_from(DRIFTS), boots=st.booleans())
    def set_clock(self, which: int, drift: timedelta, boots: bool) -> None:
        clock = self._laptop(which).clock
        clock.drift = drift
        if boots:
            clock.reboot(self.journey.ids.text())
            self.journey.now.forward(hours=20)

    # The office

    @rule()
    def restart_office(self) -> None:
        self.journey.restart_office()

    @rule(at=st.integers(1, 60), lost=st.booleans())
    def stumble(self, at: int, lost: bool) -> None:
        error = None if lost else RuntimeError("stumbled")
        self.journey.counter.stumble(at, error)

    @rule()
    def back_up_office(self) -> None:
        self.backups.append(self.journey.back_up_office())

    @precondition(lambda self: self.backups)
    @rule(which=WHICH)
    def restore_office(self, which: int) -> None:
        self.journey.restore_office(self.backups[which % len(self.backups)])

    @rule(worker=WORKERS, work=st.sampled_from(["examine", "known NIKs", "", "2020-01-01"]))
    def work_at_the_office(self, worker: int, work: str) -> None:
        if work == "examine":
            assert not [one for one in doctor.examine_all(self.office) if one.wrong]
        elif work == "known NIKs":
            known.build_known_niks(self.office)
        else:
            who = person(worker)
            row = f"{who['nik']},{who['full_name']},{who['birth_date']},{work}"
            roll = StringIO(f"nik,nama,tanggal_lahir,sejak\n{row}\n")
            roll_import.import_roll(self.office, roll)

    def teardown(self) -> None:
        try:
            self.journey.finish()
            for record in Evidence(self.journey).records.values():
                event(f"{record.verdict.value}/{record.reason.value}")
            assert broken_promises(self.journey) == {}
        finally:
            self.journey.close()


@pytest.mark.timeout(1_200)
def test_the_promises_hold_after_every_journey(new_journey: NewJourney) -> None:
    class Bound(BadLine):
        pass

    Bound.new_journey = staticmethod(new_journey)
    usual = settings.default
    assert usual is not None
    run_state_machine_as_test(
        Bound,
        settings=settings(
            usual,
            max_examples=usual.max_examples * 2 // 5,
            stateful_step_count=30,
            suppress_health_check=list(HealthCheck),
            # Making a failure smaller takes minutes: the profile `deep` does it.
            phases=set(usual.phases) - ({Phase.shrink} if usual.max_examples <= 100 else set()),
        ),
    )
