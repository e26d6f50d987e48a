"""The laptop's half of the exchange: what is sent, and what an answer settles."""

import json
from typing import Any

import pytest

from sync.digest import digest
from sync.limits import EXCHANGE
from sync.ports import Reply
from sync.problems import LineProblem
from sync.receipts import new_signing_key, receipt_payload, sign, standings, verify
from tests.builders import BOOT_ID, DEVICE_ID
from tests.sync.scripted_office import (
    AGENT_ID,
    KEYS,
    TIME,
    ScriptedOffice,
    status,
)
from tests.sync.sending import Laptop

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
