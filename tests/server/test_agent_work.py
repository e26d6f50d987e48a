"""What is seen of one agent: it adds up, and it counts for the office at capture."""

from datetime import date

import pytest

from schemas.words import Verdict
from server import administer
from server.agent_work import AgentWork, Span, funnel, work_of
from server.rules.signs import Kind
from server.store.tables import COUNTERS
from tests.builders import OMIT, content
from tests.offices import Desk, Laptop
from tests.server.supervisor import (
    STRANGER,
    WORKER,
    Supervisor,
    corrected,
    earlier_capture,
    sent,
)

NONE = dict.fromkeys(COUNTERS, 0)


def seen(desk: Desk, laptop: Laptop, span: Span = Span.DAYS) -> AgentWork:
    return work_of(desk.office, laptop.joined["agent"]["agent_id"], span)


def test_a_span_ends_today() -> None:
    today = date(2026, 3, 31)
    assert Span.MONTH.first(today) == date(2026, 3, 1)
    assert Span.DAYS.first(today) == date(2026, 1, 1)
    assert Span.YEAR.first(today) == date(2025, 4, 1)


def test_the_funnel_loses_nobody_without_a_word() -> None:
    totals = NONE | {
        "received": 20,
        "accepted": 11,
        "duplicate": 2,
        "superseded": 1,
        "in_review": 1,
        "rejected": 5,
    }
    steps = [(one.name, one.records, one.percent, list(one.lost)) for one in funnel(totals, 3)]
    assert steps == [
        ("captured", 23, None, [("missing", 3)]),
        ("received", 20, 100, [("rejected", 5)]),
        ("sound", 15, 75, [("duplicate", 2), ("superseded", 1)]),
        ("single", 12, 60, [("in_review", 1)]),
        ("accepted", 11, 55, []),
    ]
    assert [one.percent for one in funnel(NONE, 0)] == [None] * 5


def test_an_agent_who_did_nothing_yet(desk: Desk) -> None:
    work = seen(desk, desk.join())
    assert (work.agent.code, work.agent.office_name) == ("A1", "Makassar")
    assert (work.days, work.reasons, work.wrong, work.kelurahan) == ([], [], [], [])
    assert (work.cases, work.corrections, work.asked, work.last_report) == ([], [], [], None)
    assert work.looked.captures == 0


def test_records_add_up_whatever_became_of_them(
    desk: Desk, one: Laptop, two: Laptop, supervisor: Supervisor
) -> None:
    first = sent(one, WORKER)
    corrected(one, first, {**WORKER, "street": "Jl. Lain"})
    sent(one, content(50, kelurahan="73.71.01.1001"))
    sent(one, content(51, sex="X"))
    sent(one, content(52, sex="X", phone="0811"))
    sent(one, WORKER)
    sent(two, STRANGER)
    work = seen(desk, one)
    assert work.totals["received"] == 6 == sum(row.count for row in work.reasons)
    assert {(row.counted, row.reason, row.count) for row in work.reasons} == {
        ("accepted", "corrected", 1),
        ("accepted", "new", 1),
        ("superseded", "corrected", 1),
        ("duplicate", "enrolled", 1),
        ("rejected", "invalid", 2),
    }
    assert [(one.error["field"], one.records) for one in work.wrong] == [("sex", 2), ("phone", 1)]
    assert [(row.kelurahan, row.accepted) for row in work.kelurahan] == [
        ("73.71.01.1001", 1),
        (WORKER["kelurahan"], 1),
    ]
    assert [(row.verdict, row.reason, row.count) for row in work.corrections] == [
        ("accepted", "corrected", 1)
    ]
    assert work.looked.changed == [("street", 1)]
    assert [case.kind for case in work.cases] == ["nik_conflict"]
    assert (work.open_cases, work.all_cases) == (1, 1)
    supervisor.decide(supervisor.case("nik_conflict"), "different")
    assert (seen(desk, one).open_cases, seen(desk, one).all_cases) == (0, 1)


def test_credit_that_a_supervisor_moved_is_told_as_such(
    desk: Desk, one: Laptop, two: Laptop, supervisor: Supervisor
) -> None:
    sent(two, WORKER)
    earlier_capture(one, WORKER)
    supervisor.decide(supervisor.case("credit_dispute"), "moves")
    (mine,) = seen(desk, one).reasons
    (theirs,) = seen(desk, two).reasons
    assert (mine.counted, mine.moved) == (Verdict.ACCEPTED, True)
    assert (theirs.counted, theirs.moved) == (Verdict.DUPLICATE, True)


def test_laptops_tell_what_never_arrived(desk: Desk) -> None:
    laptop = desk.join()
    laptop.exchange(
        laptop.envelope(),
        laptop.envelope(device_seq=4),
        laptop.envelope(device_seq=4),
        heartbeat={"waiting": 2, "last_seq": 6},
    )
    work = seen(desk, laptop)
    (found,) = work.laptops
    assert (list(found.missing), found.reused, found.lacking) == ([(2, 3), (5, 6)], [4], 4)
    assert (work.funnel[0].records, work.funnel[1].records) == (7, 3)
    assert work.last_report == desk.now()


def test_what_counts_for_another_office_is_left_out(desk: Desk) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope())
    administer.add_office(desk.office, "Tallo")
    agent = laptop.joined["agent"]
    own = work_of(
        desk.office, agent["agent_id"], Span.DAYS, frozenset({agent["office"]["office_id"]})
    )
    other = work_of(desk.office, agent["agent_id"], Span.DAYS, frozenset({"elsewhere"}))
    assert (own.totals["received"], own.looked.captures) == (1, 1)
    assert (other.totals["received"], other.looked.captures, other.reasons) == (0, 0, [])


def test_only_the_span_counts(desk: Desk) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope())
    desk.now.forward(days=89)
    assert seen(desk, laptop, Span.DAYS).totals["received"] == 1
    assert seen(desk, laptop, Span.MONTH).totals["received"] == 0
    desk.now.forward(days=1)
    assert seen(desk, laptop, Span.DAYS).totals["received"] == 0
    assert seen(desk, laptop, Span.YEAR).totals["received"] == 1


@pytest.mark.parametrize("other", [{"latitude_e6": OMIT, "longitude_e6": OMIT}, {"note": "Baru"}])
def test_what_each_capture_has_of_its_own_was_not_corrected(
    desk: Desk, other: dict[str, object]
) -> None:
    laptop = desk.join()
    first = sent(laptop, WORKER)
    corrected(laptop, first, {n: v for n, v in {**WORKER, **other}.items() if v is not OMIT})
    changed = seen(desk, laptop).looked.changed
    assert changed == ([("note", 1)] if "note" in other else [])


def test_a_correction_of_another_agent_s_record_opens_nothing_of_theirs(
    desk: Desk, one: Laptop, two: Laptop
) -> None:
    first = sent(one, WORKER)
    stolen = two.envelope(content(50), corrects=first["record_id"])
    two.exchange(stolen)
    desk.now.forward(days=8)
    two.exchange(stolen)  # judged as a new record by now
    work = seen(desk, two)
    assert [row.count for row in work.corrections] == [1]
    assert (work.looked.changed, work.looked.compared) == ([], 0)
    assert {sign.kind: sign.found for sign in work.looked.signs}[Kind.NIK_EDITED] == 0
