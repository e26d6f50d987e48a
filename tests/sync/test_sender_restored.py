"""A laptop or an office that was restored: both tell each other all again."""

from typing import Any

from sync.ports import Reply
from sync.problems import LineProblem
from tests.sync.scripted_office import (
    ScriptedOffice,
    raising,
    status,
    well,
)
from tests.sync.sending import Laptop

# Restored laptops, restored offices


def test_a_restored_laptop_exchanges_first_without_envelopes() -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.extra = {"last_seq": 40}
    laptop.run(office, restored=True)
    assert office.batches == [[], laptop.ids]
    later = laptop.save(9)
    assert laptop.outbox.shelf.records[later].envelope["device_seq"] == 41


def test_a_restored_laptop_hears_the_feed_sends_and_then_compares_everything() -> None:
    laptop, office = Laptop(4), ScriptedOffice()
    laptop.run(office)
    lost, forgotten, moved = laptop.ids[0], laptop.ids[1], laptop.ids[2]
    waits = laptop.save(5)
    del office.known[lost], office.known[forgotten]
    office.known[moved] = (office.known[moved][0], {**office.known[moved][1], "reason": "later"})
    office.feed = [{"kind": "forget", "record_id": forgotten}]
    report = laptop.run(office, restored=True)
    assert office.batches[1:] == [[], [waits], [lost]]
    assert office.reconciled == [sorted({*laptop.ids, waits} - {forgotten})]
    assert (report.caught_up, report.reopened, laptop.waiting) == (True, 1, [])
    assert laptop.verdict(moved) == ("accepted", "later")


def test_a_restored_laptop_is_one_until_everything_was_compared() -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.steps.extend([well, raising(LineProblem("line_reset", reached=True))])
    assert not laptop.run(office, restored=True).caught_up
    assert laptop.run(office, restored=True).caught_up
    assert not Laptop(1).run(ScriptedOffice()).caught_up


def test_an_office_that_always_wants_rest_is_still_sent_something() -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.extra = {"pause_s": 20}
    report = laptop.run(office, restored=True)
    assert (office.batches, laptop.waiting) == ([[], laptop.ids], [])
    assert (report.caught_up, report.resume_after_s) == (False, 22.5)


def test_numbers_go_on_from_the_greater_at_any_exchange() -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.extra = {"last_seq": 40}
    laptop.run(office)
    assert laptop.outbox.heartbeat().last_seq == 40


def test_a_restored_office_is_told_everything_again() -> None:
    laptop, office = Laptop(5), ScriptedOffice()
    laptop.run(office)
    lost = laptop.ids[3:]
    for record_id in lost:
        del office.known[record_id]
    kept = laptop.ids[0]
    office.known[kept] = (office.known[kept][0], {**office.known[kept][1], "reason": "reinstated"})
    office.epoch, office.feed = "e2", [{"kind": "forget", "record_id": laptop.ids[1]}]
    new = laptop.save(6)
    report = laptop.run(office)
    assert office.reconciled == [sorted([*laptop.ids, new])]
    assert office.batches[1:] == [[new], lost]
    assert (report.reopened, laptop.waiting) == (2, [])
    assert laptop.verdict(kept) == ("accepted", "reinstated")
    assert laptop.ids[1] not in laptop.outbox.shelf.records
    assert (laptop.outbox.epoch(), laptop.outbox.cursor()) == ("e2", "e2.1")
    assert "cursor" not in office.asked[-1][1]


def test_reconciling_goes_in_pages_of_a_thousand() -> None:
    laptop, office = Laptop(2001), ScriptedOffice()
    laptop.run(office, size=500)
    office.epoch = "e2"
    laptop.run(office)
    assert [len(page) for page in office.reconciled] == [1000, 1000, 1]


def test_a_run_cut_short_while_reconciling_starts_over_again() -> None:
    laptop, office = Laptop(3), ScriptedOffice()
    laptop.run(office)
    office.known.clear()
    office.epoch = "e2"
    office.steps.extend([well, raising(LineProblem("line_reset", reached=True))])
    laptop.run(office)
    assert laptop.outbox.epoch() == "e1"
    report = laptop.run(office)
    assert (report.reopened, laptop.outbox.epoch()) == (3, "e2")
    assert (sorted(office.known), laptop.waiting) == (sorted(laptop.ids), [])


def test_a_feed_that_was_new_before_the_restoration_is_told_from_the_beginning() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    office.feed = [{"kind": "forget", "record_id": f"gone-{number}"} for number in range(3)]
    laptop.run(office)
    office.epoch, office.feed = "e2", office.feed[:1]
    laptop.run(office)
    assert laptop.outbox.cursor() == "e2.1"


def test_a_run_cut_short_after_voiding_the_cursor_still_gets_the_whole_feed() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    laptop.run(office)
    laptop.outbox.forget_cursor()
    office.epoch, office.page = "e2", 1
    office.feed = [{"kind": "forget", "record_id": f"gone-{number}"} for number in range(3)]
    laptop.run(office)
    assert laptop.outbox.cursor() == "e2.3"


def test_an_epoch_that_changes_all_the_time_ends_the_run() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    laptop.run(office)

    def another(path: str, sent: dict[str, Any]) -> Reply | None:
        office.epoch += "x"
        return None

    office.steps.extend([another] * 20)
    report = laptop.run(office)
    assert report.problem is not None
    assert report.problem.code == "epoch_unsteady"
    assert len(office.reconciled) == 1


def test_an_office_may_not_reopen_what_was_not_asked_about() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    laptop.run(office)
    office.epoch = "e2"
    body = {"acks": [], "unknown": ["0" * 36]}
    office.steps.extend([well, status(200, body)])
    assert laptop.run(office).reopened == 0
