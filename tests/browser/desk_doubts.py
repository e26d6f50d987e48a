"""An office with a case of every kind, that two real laptops have brought."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from schemas.envelope import rfc3339
from tests.browser.agent_process import AgentProcess
from tests.browser.desk_door import add_chief
from tests.browser.desk_laptops import AHEAD, bring, correct, exchange, line, met, today
from tests.browser.processes import AGENT
from tests.browser.served_office import ServedOffice
from tests.builders import content, person
from tests.offices import Desk

HELD, ALIKE, RENUMBERED, REPLACED, TWICE, ODD = range(201, 207)
"""Whom the cases are about: one person for each kind."""
STRANGER, OTHER_NIK, OTHER_PERSON = 211, 213, 214


@dataclass
class Doubts:
    """The office, its two laptops, and the doubtful record of each kind by its id."""

    office: ServedOffice
    one: AgentProcess
    two: AgentProcess
    first: dict[str, str] = field(default_factory=dict)
    """The record that stood before the doubtful one, where laptop one has it."""
    doubtful: dict[str, str] = field(default_factory=dict)

    def bring_all(self) -> None:
        """Let the laptops save and send; each record that is told of is as it should be."""
        add_chief(self.office)
        self.two.join(self.office.url, self.office.add_agent("A-0008", "Daeng Ngalle"))
        elsewhere = person(ALIKE)["nik"][:-1] + "7"
        stranger = line(STRANGER, NIK=person(HELD)["nik"], ALASAN_NIK="ya")
        odd = line(ODD, NIK="99" + person(ODD)["nik"][2:])
        rows = (stranger, line(ALIKE, NIK=elsewhere), line(TWICE), odd)
        conflict, alike, earlier, odd_id = bring(self.two, *rows, code=AHEAD + AGENT)
        self.doubtful = {"nik_conflict": conflict, "near_match": alike}
        self.doubtful |= {"credit_dispute": earlier, "odd_nik": odd_id}
        _send_later(self.office)
        self.one.join(self.office.url, self.office.add_agent())
        rows = (line(HELD), line(ALIKE), line(RENUMBERED), line(REPLACED))
        names = ("nik_conflict", "near_match", "nik_changed", "person_changed")
        self.first = dict(zip(names, bring(self.one, *rows), strict=True))
        assert set(exchange(self.one).values()) == {"accepted/new"}
        self._correct()
        brought = exchange(self.two)
        assert {kind: brought[record_id] for kind, record_id in self._of_two()} == {
            "nik_conflict": "in_review/nik_conflict",
            "near_match": "accepted/new",
            "credit_dispute": "duplicate/enrolled",
            "odd_nik": "rejected/invalid",
        }

    def _correct(self) -> None:
        renumbered = met(RENUMBERED, nik=person(OTHER_NIK)["nik"], nik_reason="as_on_card")
        replaced = met(OTHER_PERSON, nik=person(REPLACED)["nik"], nik_reason="as_on_card")
        for kind, members in (("nik_changed", renumbered), ("person_changed", replaced)):
            self.doubtful[kind] = correct(self.one, self.first[kind], members)
        told = exchange(self.one)
        for kind in ("nik_changed", "person_changed"):
            assert told[self.doubtful[kind]] == f"in_review/{kind}"

    def _of_two(self) -> Iterator[tuple[str, str]]:
        for kind in ("nik_conflict", "near_match", "credit_dispute", "odd_nik"):
            yield kind, self.doubtful[kind]


def _send_later(office: ServedOffice) -> None:
    """Let another office's agent bring TWICE, by a clock that is provably behind no laptop's."""
    later = replace(office.office, now=lambda: datetime.now(UTC) + timedelta(minutes=1))
    laptop = Desk(later).join()
    brought = content(TWICE, **today())
    captured = rfc3339(later.now())
    assert laptop.send(laptop.envelope(brought, captured_at=captured)) == [("accepted", "new")]
