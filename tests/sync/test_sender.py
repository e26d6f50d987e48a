"""The laptop's half of the exchange, row by row of the status table of PROTOCOL.md."""

import json
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.batching import FIRST_SIZE
from sync.digest import digest
from sync.limits import EXCHANGE, RECONCILE
from sync.ports import Reply
from sync.problems import Busy, Faulty, LineProblem, Outdated, Unwelcome
from sync.receipts import new_signing_key, receipt_payload, sign, standings, verify
from sync.report import Identity, Report
from sync.sender import exchange_until_settled
from tests.builders import BOOT_ID, DEVICE_ID, content
from tests.memory_outbox import MemoryOutbox
from tests.sync.scripted_office import (
    AGENT_ID,
    KEYS,
    TIME,
    FakeClock,
    ScriptedOffice,
    Step,
    raising,
    status,
    well,
)


class Laptop:
    """A memory outbox with captures, and one run of it at a time."""

    def __init__(self, captures: int = 0) -> None:
        self.outbox = MemoryOutbox()
        self.clock = FakeClock()
        self.ids = [self.save(number) for number in range(1, captures + 1)]

    def save(self, number: int, **members: Any) -> str:
        return self.outbox.put(content(number, **members), self.clock.now())

    def run(self, office: ScriptedOffice, **options: Any) -> Report:
        identity = Identity(
            DEVICE_ID, AGENT_ID, options.pop("keys", KEYS), options.pop("restored", False)
        )
        options = {"stop": lambda: False, "random": lambda: 0.5, **options}
        return exchange_until_settled(self.outbox, office, self.clock, identity, **options)

    @property
    def waiting(self) -> list[str]:
        records = self.outbox.shelf.records
        return [record_id for record_id, record in records.items() if record.waiting]

    @property
    def set_aside(self) -> list[str]:
        records = self.outbox.shelf.records
        return [record_id for record_id in self.waiting if records[record_id].set_aside_at]

    def verdict(self, record_id: str) -> tuple[str, str]:
        standing = self.outbox.shelf.records[record_id].standing
        return standing["verdict"], standing["reason"]


# 200 with the header: settles what is acknowledged


def test_200_settles_what_is_acknowledged() -> None:
    laptop, office = Laptop(3), ScriptedOffice()
    report = laptop.run(office)
    assert laptop.waiting == []
    assert (report.acknowledged, report.sent, report.exchanges) == (3, 3, 1)
    assert (report.problem, report.resume_after_s, report.stopped) == (None, None, False)
    assert report.reached


def test_200_leaves_waiting_what_is_not_acknowledged() -> None:
    laptop, office = Laptop(3), ScriptedOffice()
    full = office.answer

    def forgetful(acks: list[dict[str, Any]], sent: Any) -> dict[str, Any]:
        return full(acks[1:], sent)

    office.answer = forgetful  # type: ignore[method-assign]
    report = laptop.run(office)
    assert laptop.waiting == laptop.ids[:1]
    assert (report.acknowledged, len(office.batches)) == (2, 1)


def test_an_empty_laptop_still_exchanges_once() -> None:
    office = ScriptedOffice()
    report = Laptop().run(office)
    assert office.batches == [[]]
    assert (report.exchanges, report.sent) == (1, 0)


def test_a_request_says_who_when_and_where_the_feed_stood() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    laptop.run(office)
    [envelope] = office.asked[0][1].pop("envelopes")
    assert envelope["digest"] == digest(envelope)
    assert office.asked[0] == (
        EXCHANGE,
        {
            "protocol": 1,
            "device_id": DEVICE_ID,
            "sent_at": "2026-11-20T01:30:00.000Z",
            "boot_id": BOOT_ID,
            "uptime_s": 1000,
            "heartbeat": {
                "waiting": 0,
                "drafts": 0,
                "set_aside": 0,
                "last_seq": 1,
                "client": "0.1.0",
                "disk_free_mb": 1000,
                "reference": {},
            },
        },
    )
    laptop.run(office)
    assert office.asked[1][1]["cursor"] == "e1.0"
    assert "oldest_waiting_at" not in office.asked[1][1]["heartbeat"]


def test_what_travels_with_a_heartbeat_does_not_wait_in_it() -> None:
    laptop, office = Laptop(3), ScriptedOffice()
    laptop.run(office, size=2)
    told = [request["heartbeat"] for _, request in office.asked]
    assert [heartbeat["waiting"] for heartbeat in told] == [1, 0]
    assert told[0]["oldest_waiting_at"] == "2026-11-20T01:30:00.000Z"
    assert "oldest_waiting_at" not in told[1]


def test_without_a_boot_id_none_is_sent() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    laptop.clock.booted = None
    laptop.run(office)
    assert not {"boot_id", "uptime_s"} & set(office.asked[0][1])


def test_it_repeats_until_nothing_waits_and_no_more_changes_come() -> None:
    laptop, office = Laptop(60), ScriptedOffice()
    office.page = 2
    office.feed = [{"kind": "forget", "record_id": f"gone-{number}"} for number in range(9)]
    report = laptop.run(office, size=40)
    assert [len(batch) for batch in office.batches] == [40, 20, 0, 0, 0]
    assert (laptop.waiting, laptop.outbox.cursor()) == ([], "e1.9")
    assert report.acknowledged == 60


def test_an_office_that_says_more_for_ever_is_not_believed() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    office.extra = {"more": True, "cursor": "e1.7"}
    laptop.run(office)
    assert len(office.asked) == 2


def test_retry_is_sent_again_only_in_a_later_run() -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.verdicts = {laptop.ids[0]: ("retry", "not_decided")}
    assert laptop.run(office).retry == 1
    assert office.batches == [laptop.ids]
    office.verdicts = {}
    assert laptop.run(office).acknowledged == 1
    assert office.batches == [laptop.ids, laptop.ids[:1]]


def test_a_capture_under_a_reused_id_goes_again_in_the_same_run() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    office.verdicts = {laptop.ids[0]: ("rejected", "id_reused")}
    report = laptop.run(office)
    assert (report.resaved, report.acknowledged, laptop.waiting) == (1, 1, [])


def test_what_is_captured_during_the_run_goes_with_it() -> None:
    laptop, office = Laptop(1), ScriptedOffice()

    def meanwhile(path: str, sent: dict[str, Any]) -> Reply | None:
        laptop.save(2)
        return None

    office.steps.append(meanwhile)
    assert laptop.run(office).acknowledged == 2
    assert laptop.waiting == []


def test_an_unreadable_envelope_is_set_aside() -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.extra = {"acks": [], "unreadable": [1, 7, -1, "x", True]}
    report = laptop.run(office)
    assert (laptop.set_aside, report.set_aside) == (laptop.ids[1:], 1)


@pytest.mark.parametrize(
    "odd",
    [
        {"acks": None},
        {"acks": ["x"]},
        {"changes": {}},
        {"more": "yes"},
        {"epoch": 7},
        {"time": "yesterday"},
        {"cursor": 7},
    ],
)
def test_an_answer_that_is_not_whole_settles_nothing(odd: dict[str, Any]) -> None:
    laptop, office = Laptop(4), ScriptedOffice()
    body = {**office.answer([], {}), **odd}
    office.steps.append(status(200, body))
    report = laptop.run(office, size=4)
    assert isinstance(report.problem, LineProblem)
    assert (report.problem.code, report.size, report.exchanges) == ("answer_malformed", 2, 0)
    assert laptop.waiting == laptop.ids
    assert laptop.outbox.epoch() is None


def test_members_that_nobody_knows_are_ignored() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    office.extra = {"weather": {"rain": [1, 2]}, "reference": {"weather": "1"}, "pause_s": None}
    report = laptop.run(office)
    assert (report.acknowledged, report.references) == (1, {})


# Anything without the header: "jaringan belum masuk internet"; backs off


@pytest.mark.parametrize(
    "problem",
    [
        LineProblem("captive"),
        LineProblem("line_refused"),
        LineProblem("line_tls"),
        LineProblem("line_timeout"),
    ],
    ids=lambda problem: problem.code,
)
def test_what_never_reached_the_office_backs_off(problem: LineProblem) -> None:
    laptop, office = Laptop(2), ScriptedOffice(raising(problem))
    report = laptop.run(office)
    assert (report.problem, report.resume_after_s) == (problem, 1.0)
    assert len(office.asked) == 1
    assert laptop.waiting == laptop.ids
    assert [one.attempts for one in laptop.outbox.shelf.records.values()] == [0, 0]


# 401, 403: keeps the queue, asks to join again


@pytest.mark.parametrize(
    ("code", "body", "wipe"), [(401, {}, False), (403, {}, False), (403, {"wipe": True}, True)]
)
def test_401_and_403_keep_the_queue(code: int, body: dict[str, Any], wipe: bool) -> None:
    laptop, office = Laptop(2), ScriptedOffice(status(code, body))
    report = laptop.run(office)
    assert isinstance(report.problem, Unwelcome)
    assert (report.wipe, report.reached) == (wipe, False)
    assert (laptop.waiting, laptop.set_aside) == (laptop.ids, [])
    assert len(office.asked) == 1


# 400, 413, 422, any other 4xx, or 500 three times in a row: halves down to one


@pytest.mark.parametrize("code", [400, 404, 409, 413, 415, 422, 418, 500])
@pytest.mark.parametrize("at", [0, 3, 6])
def test_the_envelope_that_fails_alone_is_set_aside(code: int, at: int) -> None:
    laptop, office = Laptop(7), ScriptedOffice()
    bad = laptop.ids[at]
    office.refuses = lambda envelopes: (
        code if bad in [envelope["record_id"] for envelope in envelopes] else None
    )
    report = laptop.run(office)
    assert laptop.waiting == laptop.set_aside == [bad]
    assert (report.acknowledged, report.set_aside, report.problem) == (6, 1, None)
    assert laptop.outbox.shelf.records[bad].problem == "scripted"
    assert [bad] in office.batches


def test_500_is_sent_again_twice_before_it_counts() -> None:
    laptop, office = Laptop(2), ScriptedOffice(status(500), status(500), well)
    report = laptop.run(office)
    assert office.batches == [laptop.ids] * 3
    assert (report.acknowledged, report.problem, laptop.set_aside) == (2, None, [])
    assert laptop.clock.slept == [1.0, 2.0]


def test_500_three_times_in_a_row_halves() -> None:
    laptop = Laptop(2)
    office = ScriptedOffice(status(500), status(500), status(500))
    laptop.run(office)
    first, second = laptop.ids
    assert office.batches == [laptop.ids] * 3 + [[first], [second]]
    assert laptop.waiting == []


def test_a_stop_while_waiting_after_a_500_sets_nothing_aside() -> None:
    laptop, office = Laptop(1), ScriptedOffice(status(500))
    answers = iter([False, True])
    report = laptop.run(office, stop=lambda: next(answers))
    assert (len(office.asked), laptop.set_aside) == (1, [])
    assert isinstance(report.problem, LineProblem)


def test_two_bad_ones_in_a_full_batch_cost_few_exchanges() -> None:
    laptop, office = Laptop(500), ScriptedOffice()
    bad = {laptop.ids[17], laptop.ids[400]}
    office.refuses = lambda envelopes: (
        422 if bad & {envelope["record_id"] for envelope in envelopes} else None
    )
    report = laptop.run(office, size=500)
    assert set(laptop.waiting) == bad
    assert (report.acknowledged, report.set_aside) == (498, 2)
    assert len(office.asked) < 50


def test_where_even_an_empty_exchange_fails_no_envelope_is_at_fault() -> None:
    laptop, office = Laptop(5), ScriptedOffice()
    office.refuses = lambda envelopes: 404
    report = laptop.run(office)
    assert isinstance(report.problem, Faulty)
    assert report.resume_after_s is not None
    assert (laptop.waiting, laptop.set_aside) == (laptop.ids, [])


def test_a_body_too_large_for_something_on_the_way_gets_through_in_pieces() -> None:
    laptop, office = Laptop(40), ScriptedOffice()
    office.refuses = lambda envelopes: 413 if len(envelopes) > 6 else None
    report = laptop.run(office, size=40)
    assert (report.acknowledged, report.set_aside, laptop.waiting) == (40, 0, [])


def test_a_line_lost_while_halving_ends_the_run_and_loses_nothing() -> None:
    laptop = Laptop(4)
    office = ScriptedOffice(status(422), well, raising(LineProblem("line_reset", reached=True)))
    report = laptop.run(office)
    assert isinstance(report.problem, LineProblem)
    assert (laptop.waiting, report.acknowledged) == (laptop.ids[2:], 2)
    assert laptop.run(ScriptedOffice()).acknowledged == 2


def test_what_is_set_aside_is_tried_again_the_next_day() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    office.refuses = lambda envelopes: 422 if envelopes else None
    laptop.run(office)
    office.refuses = lambda envelopes: None
    assert laptop.run(office).sent == 0
    laptop.clock.sleep(24 * 3600)
    assert laptop.run(office).acknowledged == 1
    assert laptop.waiting == []


def test_what_was_set_aside_is_not_tried_twice_in_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.refuses = lambda envelopes: 422 if len(envelopes) == 1 else None
    office.steps.append(status(422))
    monkeypatch.setattr(laptop.outbox, "set_aside", lambda *told: None)
    laptop.run(office)
    assert sorted(map(len, office.batches)) == [0, 0, 1, 1, 2]


# 426: keeps capturing, asks to update


def test_426_ends_the_run_and_keeps_the_queue() -> None:
    laptop, office = Laptop(2), ScriptedOffice(status(426, {"code": "protocol_too_old"}))
    report = laptop.run(office)
    assert isinstance(report.problem, Outdated)
    assert report.problem.code == "protocol_too_old"
    assert (laptop.waiting, laptop.set_aside, len(office.asked)) == (laptop.ids, [], 1)


# 429, 503: waits as Retry-After says (60 s without), ends the run


@pytest.mark.parametrize("code", [429, 503])
@pytest.mark.parametrize(("headers", "seconds"), [({"retry_after": "40"}, 45.0), ({}, 67.5)])
def test_429_and_503_end_the_run_and_say_how_long(
    code: int, headers: dict[str, str], seconds: float
) -> None:
    laptop, office = Laptop(2), ScriptedOffice(status(code, **headers))
    report = laptop.run(office)
    assert isinstance(report.problem, Busy)
    assert report.resume_after_s == seconds
    assert (laptop.waiting, len(office.asked), laptop.clock.slept) == (laptop.ids, 1, [])


# Other 5xx, time-out, refused, reset, TLS failure: backs off, full jitter


@pytest.mark.parametrize(
    "step",
    [
        status(502),
        status(504),
        raising(LineProblem("line_timeout", reached=True)),
        raising(LineProblem("line_reset", reached=True)),
        raising(LineProblem("answer_too_large", reached=True)),
    ],
)
def test_what_may_have_reached_the_office_backs_off_and_comes_smaller(step: Step) -> None:
    laptop, office = Laptop(4), ScriptedOffice(step)
    report = laptop.run(office, size=4)
    assert isinstance(report.problem, LineProblem)
    assert (report.resume_after_s, report.size, len(office.asked)) == (1.0, 2, 1)
    assert laptop.waiting == laptop.ids
    assert [one.attempts for one in laptop.outbox.shelf.records.values()] == [1] * 4


def test_the_back_off_grows_with_the_runs_that_failed() -> None:
    delays = [
        Laptop().run(ScriptedOffice(status(502)), failures=failures, random=lambda: 0.999)
        for failures in (0, 1, 2, 20)
    ]
    assert [round(report.resume_after_s or 0) for report in delays] == [2, 4, 8, 300]


def test_what_spoils_the_line_does_not_hold_up_what_is_new() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    spoiler = laptop.ids[0]

    def spoil(path: str, sent: dict[str, Any]) -> Reply | None:
        if spoiler in [envelope["record_id"] for envelope in sent["envelopes"]]:
            raise LineProblem("line_reset", reached=True)
        return None

    office.steps.extend([spoil] * 50)
    laptop.run(office)
    new = [laptop.save(number) for number in range(2, 9)]
    size = 4
    for _ in range(6):
        report = laptop.run(office, size=size)
        size = report.size
    assert laptop.waiting == [spoiler]
    assert {laptop.verdict(record_id) for record_id in new} == {("accepted", "new")}
    assert isinstance(report.problem, LineProblem)


# Batch size


def test_the_batch_follows_the_link() -> None:
    laptop, office = Laptop(700), ScriptedOffice()
    office.seconds = lambda count: 0.02 * count
    report = laptop.run(office)
    sizes = [len(batch) for batch in office.batches]
    assert sizes[0] == FIRST_SIZE
    assert all(75 <= size <= 125 for size in sizes[4:-1])
    assert 75 <= report.size <= 125


def test_a_short_rest_says_nothing_of_the_link() -> None:
    laptop, office = Laptop(3), ScriptedOffice()
    assert laptop.run(office, size=50).size == 50


def test_one_slow_capture_alone_does_not_shrink_the_batch() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    office.seconds = lambda count: 9.0
    assert laptop.run(office, size=50).size == 50


# Stop, pause, progress


def test_a_stop_is_heard_before_each_exchange() -> None:
    laptop, office = Laptop(10), ScriptedOffice()
    answers = chain([False, False], [True] * 9)
    report = laptop.run(office, size=2, stop=lambda: next(answers))
    assert len(office.asked) == 2
    assert (report.stopped, report.problem) == (True, None)


def test_a_stop_at_once_asks_nothing() -> None:
    office = ScriptedOffice()
    report = Laptop(1).run(office, stop=lambda: True, restored=True)
    assert (office.asked, report.stopped, report.reached) == ([], True, False)


def test_a_pause_ends_the_run_with_jitter() -> None:
    laptop, office = Laptop(3), ScriptedOffice()
    office.extra = {"pause_s": 20}
    report = laptop.run(office, size=2)
    assert (len(office.asked), report.resume_after_s) == (1, 22.5)
    assert (report.problem, report.stopped, laptop.waiting) == (None, False, laptop.ids[2:])


def test_progress_is_told_after_each_answer() -> None:
    told: list[Report] = []
    office = ScriptedOffice()
    office.seconds = lambda count: 2.0
    Laptop(5).run(office, size=2, on_progress=told.append)
    assert [report.acknowledged for report in told] == [2, 4, 5]


# Restored laptops, restored offices


def test_a_restored_laptop_exchanges_first_without_envelopes() -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.extra = {"last_seq": 40}
    laptop.run(office, restored=True)
    assert office.batches == [[], laptop.ids]
    later = laptop.save(9)
    assert laptop.outbox.shelf.records[later].envelope["device_seq"] == 41


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


# Receipts


def test_a_good_receipt_is_kept_and_proves_by_itself() -> None:
    laptop = Laptop(2)
    report = laptop.run(ScriptedOffice())
    [kept] = (json.loads(one) for one in laptop.outbox.shelf.receipts)
    assert verify(kept, kept["payload"].encode(), KEYS)
    assert all(record_id in kept["payload"] for record_id in laptop.ids)
    assert (kept["checked"], report.receipts_bad, report.receipts_unchecked) == (True, 0, 0)


@pytest.mark.parametrize("receipt", [{"key_id": next(iter(KEYS)), "signature": "AAAA"}, None, 7])
def test_a_bad_receipt_is_settled_all_the_same_and_reported(receipt: object) -> None:
    laptop, office = Laptop(2), ScriptedOffice()
    office.extra = {"receipt": receipt}
    report = laptop.run(office)
    assert (report.acknowledged, report.receipts_bad) == (2, 1)
    assert (laptop.waiting, laptop.outbox.shelf.receipts) == ([], [])


def test_a_receipt_of_another_epoch_is_bad() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    acks = [{"record_id": laptop.ids[0], "verdict": "accepted", "reason": "new"}]
    payload = receipt_payload(AGENT_ID, DEVICE_ID, "e9", TIME, standings({"acks": acks}))
    office.extra = {"receipt": sign(new_signing_key(), payload) | {"key_id": next(iter(KEYS))}}
    assert laptop.run(office).receipts_bad == 1


def test_a_receipt_under_a_key_not_known_yet_is_kept_unchecked() -> None:
    laptop = Laptop(1)
    report = laptop.run(ScriptedOffice(), keys={})
    assert (report.receipts_bad, report.receipts_unchecked) == (0, 1)
    assert json.loads(laptop.outbox.shelf.receipts[0])["checked"] is False


# References


def test_lists_held_in_another_version_are_named() -> None:
    laptop, office = Laptop(), ScriptedOffice()
    laptop.outbox.shelf.reference = {"tariff": "2026-11-20.1", "consent": "2026-11-20.1"}
    announced = {"tariff": "2026-12-01.1", "consent": "2026-11-20.1", "known_niks": "4.0"}
    office.extra = {"reference": announced}
    assert laptop.run(office).references == {"tariff": "2026-12-01.1", "known_niks": "4.0"}


# Whatever happens on the line


class LostAfter(Exception):
    """The office took it, the answer never came."""


class BadLine(ScriptedOffice):
    """An office behind a line that also loses answers after they were given."""

    def post(self, path: str, body: Any) -> Reply:
        try:
            return super().post(path, body)
        except LostAfter:
            self.take(path, body)
            raise LineProblem("line_reset", reached=True) from None


statuses = st.sampled_from([400, 401, 403, 413, 422, 426, 429, 500, 500, 500, 502, 503])
faults = st.one_of(
    st.just(well),
    st.just(raising(LostAfter())),
    st.just(raising(LineProblem("line_refused"))),
    st.builds(status, statuses),
)


@settings(max_examples=60)
@given(steps=st.lists(faults, max_size=25), captures=st.integers(0, 30), size=st.integers(1, 20))
def test_nothing_is_lost_whatever_the_line_does(
    steps: list[Step], captures: int, size: int
) -> None:
    laptop, office = Laptop(captures), BadLine(*steps)
    for _ in range(len(steps) + 1):
        report = laptop.run(office, size=size)
        size = report.size
        # A day on, what was set aside meanwhile is due again.
        laptop.clock.sleep(24 * 3600)
        held = laptop.outbox.held(None, 1000)
        assert sorted(record_id for record_id, _ in held) == sorted(laptop.ids)
    assert report.problem is None
    assert laptop.waiting == []
    assert sorted(office.known) == sorted(laptop.ids)


def test_reconcile_problems_end_the_run_like_any_other() -> None:
    laptop, office = Laptop(1), ScriptedOffice()
    laptop.run(office)
    office.epoch = "e2"
    office.steps.extend([well, status(503, retry_after="8")])
    report = laptop.run(office)
    assert (report.resume_after_s, office.asked[-1][0]) == (9.0, RECONCILE)
