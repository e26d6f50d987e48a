"""What a decision moves with it: chains, cases, places, days and what laptops hear of it."""

from typing import Any

from server.store import known_niks, ledger
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.looks import (
    days,
    faults,
    feed_numbers,
    holder_of,
    open_cases,
    record,
    withdraw,
)
from tests.server.rolls import enlist

NOBODY = "019a9c00-0000-7000-8000-00000000ffff"


def fixed(laptop: Laptop, first: dict[str, Any], /, **changed: Any) -> dict[str, Any]:
    """Return a correction of an envelope with some members of its content changed."""
    members = {**first["content"], "note": "dibetulkan", **changed}
    return laptop.envelope(members, corrects=first["record_id"])


def stranger(first: dict[str, Any]) -> dict[str, Any]:
    """Return somebody else's content under an envelope's NIK."""
    return content(nik=first["content"]["nik"], nik_reason="as_on_card")


def drifting(laptop: Laptop, /, *args: Any, **overrides: Any) -> dict[str, Any]:
    """Return an envelope of whose time nothing is known but its receipt."""
    return laptop.envelope(*args, boot_id="old", clock_offset_s=86_400, **overrides)


class TestCorrected:
    def test_hands_its_place_on_and_the_end_is_superseded(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        second = fixed(laptop, first)
        third = fixed(laptop, second)
        laptop.exchange(first)
        answer = laptop.exchange(second)
        assert [(c["verdict"], c["corrected_by"]) for c in answer["changes"]] == [
            ("superseded", second["record_id"])
        ]
        laptop.exchange(third)
        assert holder_of(desk, first["content"]["nik"]) == third["record_id"]
        assert days(desk, "superseded") == {"2026-11-20": 2}
        assert faults(desk) == []

    def test_any_record_of_the_chain_may_be_named(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        second = fixed(laptop, first)
        again = fixed(laptop, first, note="dan sekali lagi")
        assert laptop.send(first, second, again) == [
            ("accepted", "new"),
            ("accepted", "corrected"),
            ("accepted", "corrected"),
        ]
        assert holder_of(desk, first["content"]["nik"]) == again["record_id"]
        kept = record(desk, again)
        assert kept is not None
        assert kept.root_id == first["record_id"]

    def test_a_refused_correction_leaves_the_end(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first)
        assert laptop.send(fixed(laptop, first, sex="X")) == [("rejected", "invalid")]
        assert laptop.send(fixed(laptop, first, payer="budget")) == [("rejected", "ineligible")]
        assert laptop.send(first) == [("accepted", "new")]

    def test_a_rejected_end_gives_way_to_a_new_person_under_a_new_nik(self, desk: Desk) -> None:
        laptop = desk.join()
        broken = laptop.envelope(content(sex="X"))
        mended = laptop.envelope(corrects=broken["record_id"])
        assert laptop.send(broken, mended) == [("rejected", "invalid"), ("accepted", "new")]
        assert laptop.send(broken) == [("superseded", "corrected")]

    def test_a_withdrawn_end_is_the_end(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        withdraw(desk, first["content"]["nik"])
        desk.now.forward(hours=1)
        after = {"consent_at": "2026-11-20T10:30:00+08:00"}
        assert laptop.send(first) == [("rejected", "withdrawn")]
        assert laptop.send(fixed(laptop, first, **after)) == [("rejected", "withdrawn")]

    def test_the_first_record_gives_the_work_date_and_the_office(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first)
        desk.now.forward(days=3)
        laptop.exchange(drifting(laptop, first["content"], corrects=first["record_id"]))
        assert days(desk, "accepted") == {"2026-11-20": 1}
        assert days(desk, "received") == {"2026-11-20": 2}
        assert faults(desk) == []

    def test_a_later_membership_is_no_matter_for_who_was_accepted(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first)
        desk.now.forward(days=30)
        enlist(desk, first["content"], since="2020-01-31")
        assert laptop.send(fixed(laptop, first)) == [("accepted", "corrected")]

    def test_the_contribution_of_the_day_is_the_correction_s(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope(content(first_month="2026-12", months=1))
        laptop.exchange(first)
        assert days(desk, "contribution") == {"2026-11-20": 16_400}
        laptop.exchange(fixed(laptop, first, programmes=["JHT", "JKK", "JKM"]))
        assert days(desk, "contribution") == {"2026-11-20": 68_400}
        assert days(desk, "jht") == {"2026-11-20": 52_000}


class TestOthersOfTheNik:
    def test_a_duplicate_names_whoever_has_the_place_now(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        first = one.envelope()
        again = other.envelope(first["content"])
        one.exchange(first)
        other.exchange(again)
        second = fixed(one, first)
        one.exchange(second)
        kept = record(desk, again)
        assert kept is not None
        assert kept.duplicate_of == second["record_id"]
        assert other.exchange()["changes"] == []
        assert faults(desk) == []

    def test_an_open_case_moves_to_the_correction(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        held = one.envelope()
        doubted = other.envelope(stranger(held))
        one.exchange(held)
        other.exchange(doubted)
        new_holder = fixed(one, held)
        one.exchange(new_holder)
        assert open_cases(desk) == [("nik_conflict", doubted["record_id"], new_holder["record_id"])]
        still_doubted = fixed(other, doubted)
        assert other.send(still_doubted) == [("in_review", "nik_conflict")]
        assert open_cases(desk) == [
            ("nik_conflict", still_doubted["record_id"], new_holder["record_id"])
        ]
        assert faults(desk) == []

    def test_a_new_nik_is_not_reserved_while_a_supervisor_decides(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        first, wanted = one.envelope(), content()
        moved = fixed(one, first, nik=wanted["nik"], nik_reason="as_on_card")
        assert one.send(first, moved) == [("accepted", "new"), ("in_review", "nik_changed")]
        assert other.send(other.envelope(wanted)) == [("accepted", "new")]


class TestOnlyOnesOwn:
    """Only the same agent's records are known, over whatever road."""

    def test_a_correction_of_another_agent_s_record_waits(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        held = one.envelope()
        one.exchange(held)
        stolen = fixed(other, held)
        assert other.send(stolen) == [("retry", "corrects_unknown")]
        desk.now.forward(days=7)
        assert other.send(stolen) == [("duplicate", "enrolled")]
        assert one.send(held) == [("accepted", "new")]

    def test_a_refused_correction_is_no_bridge_to_it(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        held = one.envelope()
        one.exchange(held)
        bridge = fixed(other, held, sex="X")
        assert other.send(bridge) == [("rejected", "invalid")]
        crossing = other.envelope(held["content"], corrects=bridge["record_id"])
        assert other.send(crossing) == [("duplicate", "enrolled")]
        assert holder_of(desk, held["content"]["nik"]) == held["record_id"]
        assert faults(desk) == []

    def test_an_agent_s_other_laptop_may_correct(self, desk: Desk) -> None:
        agent = desk.agent()
        one, other = desk.join(agent), desk.join(agent)
        first = one.envelope()
        one.exchange(first)
        assert other.send(fixed(other, first)) == [("accepted", "corrected")]


class TestRings:
    def test_in_one_batch(self, desk: Desk) -> None:
        laptop = desk.join()
        ids = [NOBODY[:-1] + sign for sign in "abc"]
        ring = [
            laptop.envelope(record_id=own, corrects=target)
            for own, target in zip(ids, [*ids[1:], ids[0]], strict=True)
        ]
        acks = laptop.exchange(*ring)["acks"]
        assert [ack["errors"] for ack in acks] == [
            [{"field": "envelope.corrects", "code": "corrects_cycle"}]
        ] * 3
        assert laptop.send(laptop.envelope(corrects=ids[0])) == [("accepted", "new")]
        assert faults(desk) == []

    def test_of_one(self, desk: Desk) -> None:
        laptop = desk.join()
        own = laptop.envelope(record_id=NOBODY, corrects=NOBODY)
        (ack,) = laptop.exchange(own)["acks"]
        assert ack["errors"] == [{"field": "envelope.corrects", "code": "corrects_self"}]
        assert laptop.send(laptop.envelope(corrects=NOBODY)) == [("accepted", "new")]

    def test_over_two_exchanges(self, desk: Desk) -> None:
        laptop = desk.join()
        early = laptop.envelope(corrects=NOBODY)
        laptop.exchange(early)
        desk.now.forward(days=8)
        assert laptop.send(early) == [("accepted", "new")]
        late = laptop.envelope(record_id=NOBODY, corrects=early["record_id"])
        assert laptop.send(late) == [("rejected", "invalid")]


class TestFeed:
    def test_numbers_are_given_without_a_gap(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        second = fixed(laptop, first)
        third = fixed(laptop, second)
        laptop.exchange(third, second, first)
        laptop.exchange(fixed(laptop, third))
        agent_id = laptop.joined["agent"]["agent_id"]
        assert feed_numbers(desk, agent_id) == [1, 2, 3]

    def test_what_is_answered_at_once_is_not_told_again(self, desk: Desk) -> None:
        laptop = desk.join()
        laptop.exchange(laptop.envelope(), laptop.envelope(content(sex="X")))
        assert laptop.exchange()["changes"] == []


class TestKnownNiks:
    def test_only_newly_held_niks_are_added(self, desk: Desk) -> None:
        laptop = desk.join()
        with desk.office.store.write() as tx:
            known_niks.replace_base(tx, None, 0, b"", desk.now())
        worker = content()
        laptop.exchange(
            laptop.envelope(worker),
            laptop.envelope(worker),
            laptop.envelope({**worker, "payer": "budget"}),
            laptop.envelope(content(sex="X")),
        )
        with desk.office.store.read() as tx:
            assert known_niks.version(tx) == "1.1"
            assert [len(digest) for digest in known_niks.additions(tx, 1, 0)] == [8]
        laptop.exchange(laptop.envelope(worker))
        with desk.office.store.read() as tx:
            assert known_niks.version(tx) == "1.1"


def test_two_agents_who_know_one_nik_leave_one_holder_and_the_sums_true(desk: Desk) -> None:
    one, other = desk.join(), desk.join()
    shared = [content() for _ in range(5)]
    for laptop in (one, other):
        laptop.exchange(*(laptop.envelope(worker) for worker in shared))
    with desk.office.store.read() as tx:
        first = {worker["nik"]: holder_of(desk, worker["nik"]) for worker in shared}
        owners = {r.agent_id for r in ledger.records(tx, filter(None, first.values())).values()}
    assert owners == {one.joined["agent"]["agent_id"]}
    assert days(desk, "accepted") == days(desk, "duplicate") == {"2026-11-20": 5}
    assert faults(desk) == []
