"""What was set aside is judged again, and becomes what it would have been."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from server import audit as trail
from server.judging_again import Pair, judge_again
from server.store import audit
from server.store.tables import ledger, set_aside
from server.withdrawal import withdraw
from sync import limits
from tests.builders import content
from tests.offices import START, Desk, Laptop
from tests.server.looks import aside, faults, record
from tests.server.races import race
from tests.server.supervisor import heard, refused

NOBODY = "019a9c00-0000-7000-8000-00000000ffff"


def pair(laptop: Laptop, envelope: dict[str, Any]) -> Pair:
    agent_id = laptop.joined["agent"]["agent_id"]
    return Pair(agent_id, envelope["record_id"], envelope["digest"])


def judged(desk: Desk, laptop: Laptop, envelope: dict[str, Any]) -> str:
    """Judge again, and return verdict/reason."""
    verdict, reason = judge_again(desk.office, pair(laptop, envelope), by="Ibu Rahma")
    return f"{verdict}/{reason}"


def late_base(laptop: Laptop) -> tuple[dict[str, Any], dict[str, Any]]:
    """Send a correction, then what it corrects; only the first has no standing."""
    base = laptop.envelope()
    late = laptop.envelope(base["content"], corrects=base["record_id"])
    assert laptop.send(late) == [("retry", "corrects_unknown")]
    assert laptop.send(base) == [("accepted", "new")]
    return base, late


def noted(desk: Desk) -> list[tuple[str, str, str | None, str]]:
    with desk.office.store.read() as tx:
        assert list(trail.broken(tx, desk.office.keys)) == []
        return [
            (one.by, one.about_id, one.office_id, json.loads(one.detail)["verdict"])
            for one in audit.lines(tx)
            if one.action == "judged_again"
        ]


def test_a_correction_whose_base_came_gets_its_verdict(desk: Desk) -> None:
    laptop = desk.join()
    base, late = late_base(laptop)
    desk.now.forward(days=2)
    assert judged(desk, laptop, late) == "accepted/corrected"
    assert aside(desk) == []
    assert heard(laptop) == [("superseded", "corrected"), ("accepted", "corrected")]
    assert laptop.send(late, base) == [("accepted", "corrected"), ("superseded", "corrected")]
    office_id = laptop.joined["agent"]["office"]["office_id"]
    assert noted(desk) == [("Ibu Rahma", late["record_id"], office_id, "accepted/corrected")]
    assert faults(desk) == []


def test_it_was_received_when_it_was_first_seen(desk: Desk) -> None:
    laptop = desk.join()
    _, late = late_base(laptop)
    desk.now.forward(days=40)
    judged(desk, laptop, late)
    kept = record(desk, late)
    assert kept is not None
    assert (kept.received_at, str(kept.received_date)) == (START, "2026-11-20")
    assert faults(desk) == []


def test_its_capture_s_time_is_as_likely_as_the_laptop_s_clock_was_right(desk: Desk) -> None:
    laptop, drifting = desk.join(), desk.join()
    for one, is_right in ((laptop, True), (drifting, False)):
        base = one.envelope()
        late = one.envelope(base["content"], corrects=base["record_id"])
        one.exchange(late)
        one.exchange(base)
        if not is_right:
            one.exchange(sent_at="2026-11-19T02:00:00Z")
        judged(desk, one, late)
        kept = record(desk, late)
        assert kept is not None
        assert kept.certainty == ("likely" if is_right else "unknown")


def test_what_this_program_cannot_judge_stays(desk: Desk) -> None:
    laptop = desk.join()
    newer, other = laptop.envelope(content(schema=2)), laptop.envelope(kind="payment")
    laptop.exchange(newer, other)
    desk.now.forward(days=1)
    assert judged(desk, laptop, newer) == "retry/schema_newer"
    assert judged(desk, laptop, other) == "retry/kind_unknown"
    assert [row.first_seen_at for row in aside(desk)] == [START] * 2
    assert [line[3] for line in noted(desk)] == ["retry/schema_newer", "retry/kind_unknown"]
    assert heard(laptop) == []


def test_a_later_program_judges_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    laptop = desk.join()
    newer = laptop.envelope(content(schema=2))
    laptop.exchange(newer)
    monkeypatch.setattr("sync.receiver.SCHEMA", limits.SCHEMA + 1)
    # This program's rules know no second schema, so that it has its verdict as ever.
    assert judged(desk, laptop, newer) == "rejected/invalid"
    assert heard(laptop) == [("rejected", "invalid")]


def test_a_correction_whose_base_never_came_is_new_after_seven_days(desk: Desk) -> None:
    laptop = desk.join()
    orphan = laptop.envelope(corrects=NOBODY)
    laptop.exchange(orphan)
    desk.now.forward(days=7, seconds=-1)
    assert judged(desk, laptop, orphan) == "retry/corrects_unknown"
    desk.now.forward(seconds=1)
    assert judged(desk, laptop, orphan) == "accepted/new"
    assert faults(desk) == []


def test_twice_is_once(desk: Desk) -> None:
    laptop = desk.join()
    _, late = late_base(laptop)
    for _ in range(2):
        assert judged(desk, laptop, late) == "accepted/corrected"
    assert len(noted(desk)) == 1
    assert len(heard(laptop)) == 2


def test_what_never_can_be_judged_is_refused(desk: Desk) -> None:
    laptop = desk.join()
    first = laptop.envelope()
    reused = laptop.envelope(record_id=first["record_id"])
    damaged = {**laptop.envelope(), "digest": "0" * 64}
    laptop.exchange(first, reused, damaged, [])
    (odd,) = (row for row in aside(desk) if row.reason == "unreadable")
    unreadable = {"record_id": "", "digest": odd.digest}
    for one in (reused, damaged, unreadable):
        with refused("aside_final"):
            judged(desk, laptop, one)
    assert len(aside(desk)) == 3
    assert noted(desk) == []


def test_what_is_not_there_is_refused(desk: Desk) -> None:
    laptop, other = desk.join(), desk.join()
    _, late = late_base(laptop)
    with refused("aside_unknown"):
        judged(desk, laptop, laptop.envelope())
    with refused("aside_unknown"):
        judged(desk, other, late)
    for broken in ({"record_id": "a\0"}, {"digest": "\ud800"}):
        with refused("aside_unknown"):
            judged(desk, laptop, late | broken)
    judged(desk, laptop, late)
    with refused("aside_unknown"):
        judged(desk, other, late)


def test_who_was_judged_meanwhile_keeps_the_nik(desk: Desk) -> None:
    laptop, other = desk.join(), desk.join()
    worker = content(1)
    orphan = laptop.envelope(worker, corrects=NOBODY)
    laptop.exchange(orphan)
    desk.now.forward(days=8)
    assert other.send(other.envelope(worker)) == [("accepted", "new")]
    assert judged(desk, laptop, orphan) == "duplicate/enrolled"
    assert heard(other) == []
    assert faults(desk) == []


def test_a_withdrawal_meanwhile_holds(desk: Desk) -> None:
    laptop = desk.join()
    base, late = late_base(laptop)
    withdraw(desk.office, by="ani", at=desk.now(), record_id=base["record_id"])
    assert judged(desk, laptop, late) == "rejected/withdrawn"


def test_what_fails_stays_and_is_noted(desk: Desk) -> None:
    laptop = desk.join()
    base, late = late_base(laptop)
    with desk.office.store.write() as tx:
        sealed = tx.execute(sa.select(ledger.c.sealed)).scalar_one()
        tx.execute(sa.update(ledger).values(sealed=b"spoiled"))
    assert judged(desk, laptop, late) == "retry/not_decided"
    assert [line[3] for line in noted(desk)] == ["retry/not_decided"]
    with desk.office.store.write() as tx:
        tx.execute(sa.update(ledger).values(sealed=sealed))
    assert judged(desk, laptop, late) == "accepted/corrected"
    assert laptop.send(base) == [("superseded", "corrected")]


def test_half_a_character_comes_back_as_it_was(desk: Desk) -> None:
    laptop = desk.join()
    odd = laptop.envelope({"half": "\ud800"}, kind="payment")
    laptop.exchange(odd)
    assert judged(desk, laptop, odd) == "retry/kind_unknown"


@pytest.mark.parametrize("times", [1, 3])
def test_a_race_with_the_laptop_has_one_outcome(desk: Desk, times: int) -> None:
    laptop = desk.join()
    _, late = late_base(laptop)
    desk.now.forward(hours=1)
    judging: Callable[[], str] = lambda: judged(desk, laptop, late)  # noqa: E731
    sending: Callable[[], str] = lambda: "/".join(laptop.send(late)[0])  # noqa: E731
    assert set(race(desk.office.store, *[judging] * times, sending)) == {"accepted/corrected"}
    with desk.office.store.read() as tx:
        assert tx.execute(sa.select(sa.func.count()).select_from(ledger)).scalar_one() == 2
        assert tx.execute(sa.select(sa.func.count()).select_from(set_aside)).scalar_one() == 0
    assert faults(desk) == []
