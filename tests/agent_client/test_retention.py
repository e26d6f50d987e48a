"""What was kept long enough goes, by a clock that costs no agent what is still to be done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from agent_client.config import Settings
from agent_client.retention import Purged, purge_due
from agent_client.store import drafts, notices
from agent_client.vault import Vault
from schemas.envelope import rfc3339
from sync.problems import LineProblem
from tests.agent_client.laptops import NOW, joined_vault, open_vault, outbox_of, save
from tests.agent_client.office_line import AgentLaptop, DeskClock
from tests.agent_client.wiping.wiped import accept, everything, worker
from tests.builders import content

UNFIT = content(3, months=5)
"""A content that an older program let in and the office refuses."""


@contextmanager
def opened(laptop: AgentLaptop) -> Iterator[Vault]:
    vault = open_vault(laptop.home)
    yield vault
    vault.close()


def put(laptop: AgentLaptop, members: dict[str, Any]) -> str:
    """Save a content unseen."""
    with opened(laptop) as vault:
        return save(outbox_of(vault), members)


def sync_after(laptop: AgentLaptop, **span: float) -> dict[str, int]:
    """Let time go by and exchange; return by which rule captures were purged so far."""
    laptop.desk.now.forward(**span)
    laptop.run("sync")
    return purged(laptop)


def purged(laptop: AgentLaptop) -> dict[str, int]:
    listed = laptop.json("list")["captures"]
    return {one["record_id"]: one["purged_after_days"] for one in listed if one["wiped_at"]}


def purge_at(laptop: AgentLaptop, **span: float) -> Purged:
    """Purge as the page does at unlock, by a laptop's clock that is so far ahead."""
    with opened(laptop) as vault:
        return purge_due(vault, Settings(home=laptop.home), laptop.desk.now() + timedelta(**span))


def test_what_asks_nothing_of_the_agent_goes_after_fourteen_days(laptop: AgentLaptop) -> None:
    first = laptop.capture(worker(1))["record_id"]
    again = laptop.capture(worker(1))["record_id"]
    assert sync_after(laptop) == {}
    before = laptop.json("list")["captures"]
    assert sync_after(laptop, days=13, hours=23) == {}
    assert sync_after(laptop, hours=1) == {first: 14, again: 14}
    after = laptop.json("list")["captures"]
    assert [one["state"] for one in after] == ["accepted", "duplicate"]
    changed = {"name", "nik", "wiped_at", "purged_after_days"}
    for old, new in zip(before, after, strict=True):
        assert {name for name in old if old[name] != new[name]} == changed
    with opened(laptop) as vault:
        held = str(everything(vault))
        gone = ("nik", "full_name", "alias", "mother_name", "phone", "note", "birth_date")
        assert not [name for name in gone if str(worker(1)[name]) in held]
    assert laptop.json("doctor")["sound"] is True


def test_it_is_told_in_plain_words(laptop: AgentLaptop) -> None:
    record_id = laptop.capture(content(1))["record_id"]
    sync_after(laptop)
    sync_after(laptop, days=15)
    told = laptop.run("show", record_id).stdout
    assert "dihapus dari laptop ini sesuai aturan 14 hari; kantor menyimpannya" in told
    assert "izin laptop dicabut" not in told
    laptop.lang = "en"
    assert "by the rule of 14 days; the office keeps it" in laptop.run("show", record_id).stdout
    assert "(removed)" in laptop.run("list").stdout


def test_a_corrected_one_goes_by_its_first_verdict(laptop: AgentLaptop) -> None:
    first = laptop.capture(content(1))["record_id"]
    sync_after(laptop)
    laptop.desk.now.forward(days=10)
    second = laptop.capture(content(1, phone="+628123456789"), "--corrects", first)["record_id"]
    assert sync_after(laptop) == {}
    assert sync_after(laptop, days=4) == {first: 14}
    assert sync_after(laptop, days=10) == {first: 14, second: 14}


def test_what_is_to_be_mended_goes_after_ninety_days(laptop: AgentLaptop) -> None:
    record_id = put(laptop, UNFIT)
    sync_after(laptop)
    assert laptop.json("list")["captures"][0]["state"] == "rejected"
    assert sync_after(laptop, days=89, hours=23) == {}
    assert sync_after(laptop, hours=1) == {record_id: 90}
    assert "aturan 90 hari" in laptop.run("show", record_id).stdout


def test_what_waits_or_is_in_review_stays_whatever_its_age(laptop: AgentLaptop) -> None:
    first = laptop.capture(content(1))["record_id"]
    stranger = content(1, full_name="Zainuddin Palaguna", mother_name="Halimah Tompo")
    reviewed = laptop.capture(stranger)["record_id"]
    assert sync_after(laptop) == {}
    waiting = laptop.capture(content(4))["record_id"]
    laptop.problem = LineProblem("captive")
    assert sync_after(laptop, days=400) == {}
    with opened(laptop) as vault:
        assert purge_due(vault, Settings(home=laptop.home), laptop.desk.now()).captures == 1
    states = {one["record_id"]: one for one in laptop.json("list")["captures"]}
    assert states[reviewed]["state"] == "in_review"
    assert states[waiting]["state"] == "waiting"
    assert purged(laptop) == {first: 14}
    laptop.problem = None
    assert sync_after(laptop, days=400) == {first: 14}


def test_drafts_go_thirty_days_after_their_last_change(laptop: AgentLaptop) -> None:
    kept = laptop.capture({"full_name": "Basri"})["draft_id"]
    laptop.capture({"full_name": "Daeng Tata"})
    sync_after(laptop)
    sync_after(laptop, days=29)
    laptop.capture({"alias": "Daeng Basri"}, "--draft", str(kept))
    sync_after(laptop, days=1)
    assert [one["draft_id"] for one in laptop.json("drafts")["drafts"]] == [kept]
    sync_after(laptop, days=29)
    assert len(laptop.json("drafts")["drafts"]) == 1
    sync_after(laptop, days=1)
    assert laptop.json("drafts")["drafts"] == []


def test_a_clock_that_jumps_ahead_costs_nothing_that_is_still_to_be_done(
    laptop: AgentLaptop,
) -> None:
    accepted, rejected = laptop.capture(content(1))["record_id"], put(laptop, UNFIT)
    laptop.capture({"full_name": "Basri"})
    sync_after(laptop)
    assert purge_at(laptop, days=13) == Purged()
    assert purge_at(laptop, days=400) == Purged(captures=1)
    laptop.clock = Drifting(laptop, timedelta(days=400))
    sync_after(laptop)
    assert purge_at(laptop, days=800) == Purged()
    assert purged(laptop) == {accepted: 14}
    assert len(laptop.json("drafts")["drafts"]) == 1
    assert sync_after(laptop, days=90) == {accepted: 14, rejected: 90}


class Drifting(DeskClock):
    """The office's clock, and so much more."""

    def __init__(self, laptop: AgentLaptop, drift: timedelta) -> None:
        super().__init__(laptop.desk)
        self.drift = drift

    def now(self) -> datetime:
        return super().now() + self.drift


def test_a_clock_that_was_years_behind_costs_nothing_when_it_is_set_right(
    laptop: AgentLaptop,
) -> None:
    put(laptop, UNFIT)
    laptop.clock = behind = Drifting(laptop, timedelta(days=-2_000))
    sync_after(laptop)
    laptop.capture({"full_name": "Basri"})
    accepted = put(laptop, content(5))
    behind.drift = timedelta()
    assert sync_after(laptop, days=1) == {}
    assert sync_after(laptop, days=13) == {}
    assert len(laptop.json("drafts")["drafts"]) == 1
    assert sync_after(laptop, days=1) == {accepted: 14}


def test_a_laptop_whose_clock_is_wrong_the_same_way_all_the_time_purges_in_time(
    laptop: AgentLaptop,
) -> None:
    record_id = laptop.capture(content(1))["record_id"]
    laptop.clock = Drifting(laptop, timedelta(days=-2_000))
    sync_after(laptop)
    assert purge_at(laptop, days=13 - 2_000) == Purged()
    assert purge_at(laptop, days=14 - 2_000) == Purged(captures=1)
    assert purged(laptop) == {record_id: 14}


def test_nothing_goes_where_the_run_did_not_end_well(laptop: AgentLaptop) -> None:
    laptop.capture(content(1))
    sync_after(laptop)
    laptop.problem = LineProblem("captive")
    assert sync_after(laptop, days=20) == {}
    laptop.problem = None
    assert len(sync_after(laptop)) == 1


def test_a_correction_of_what_was_purged_is_made_from_scratch(laptop: AgentLaptop) -> None:
    first = laptop.capture(content(1))["record_id"]
    sync_after(laptop)
    sync_after(laptop, days=20)
    second = laptop.capture(content(1, phone="+628123456789"), "--corrects", first)["record_id"]
    sync_after(laptop)
    states = {one["record_id"]: one["reason"] for one in laptop.json("list")["captures"]}
    assert states[second] == "corrected"
    assert laptop.json("doctor")["sound"] is True


@pytest.fixture
def vault(tmp_path: Any) -> Iterator[Vault]:
    made = joined_vault(tmp_path)
    yield made
    made.close()


def told(vault: Vault, record_id: str, moment: datetime, verdict: str, reason: str) -> None:
    """Have the office say at a moment how a capture stands."""
    outbox = outbox_of(vault)
    said = {"record_id": record_id, "digest": dict(outbox.held(None, 9))[record_id]}
    ack = {**said, "verdict": verdict, "reason": reason}
    outbox.settle({"acks": [ack], "time": rfc3339(moment)}, receipt=None, now=moment)


def purge(vault: Vault, moment: datetime, settings: Mapping[str, int] | None = None) -> Purged:
    return purge_due(vault, Settings(home=vault.path.parent, **(settings or {})), moment)


@pytest.mark.parametrize(
    ("verdict", "reason", "days"),
    [
        ("accepted", "reinstated", 14),
        ("duplicate", "member", 14),
        ("superseded", "corrected", 14),
        ("rejected", "withdrawn", 14),
        ("rejected", "id_reused", 14),
        ("rejected", "refused", 90),
        ("rejected", "monsoon", 90),
    ],
)
def test_a_span_begins_with_the_verdict_that_asks_so_much(
    vault: Vault, verdict: str, reason: str, days: int
) -> None:
    record_id, began = save(outbox_of(vault)), NOW + timedelta(days=80)
    told(vault, record_id, NOW, "in_review", "nik_conflict")
    told(vault, record_id, began, verdict, reason)
    span = timedelta(days=days)
    for moment, wanted in ((began + span - timedelta(hours=1), 0), (began + span, 1)):
        outbox_of(vault).settle({"time": rfc3339(moment)}, receipt=None, now=moment)
        assert purge(vault, moment) == Purged(captures=wanted)
        assert purge(vault, moment) == Purged()


@pytest.mark.parametrize(("verdict", "reason"), [("in_review", "person_changed"), ("odd", "x")])
def test_another_verdict_ends_a_span(vault: Vault, verdict: str, reason: str) -> None:
    record_id = save(outbox_of(vault))
    told(vault, record_id, NOW, "accepted", "new")
    told(vault, record_id, NOW + timedelta(days=13), verdict, reason)
    assert purge(vault, NOW + timedelta(days=400)) == Purged()


def test_a_verdict_that_came_without_a_time_is_not_held_for_the_former(vault: Vault) -> None:
    record_id = save(outbox_of(vault))
    told(vault, record_id, NOW, "accepted", "new")
    accept(outbox_of(vault), record_id, verdict="rejected", reason="not_theirs")
    assert purge(vault, NOW + timedelta(days=400)) == Purged()


def test_before_the_first_exchange_nothing_goes(vault: Vault) -> None:
    with vault.writing() as tx:
        drafts.add_draft(tx, worker(1), [], now=datetime(2020, 1, 1, tzinfo=UTC))
    assert purge(vault, NOW) == Purged()


def test_again_is_harmless_and_the_spans_are_settings(vault: Vault) -> None:
    record_id = save(outbox_of(vault))
    told(vault, record_id, NOW, "accepted", "new")
    day = NOW + timedelta(days=3)
    assert purge(vault, day) == Purged()
    assert purge(vault, day, {"purge_days": 3}) == Purged(captures=1)
    assert (vault.path.parent / "agent.db-wal").stat().st_size == 0
    once = everything(vault)
    assert purge(vault, day, {"purge_days": 3}) == Purged()
    assert everything(vault) == once


def test_shown_words_about_it_go_with_it(vault: Vault) -> None:
    record_id, other = save(outbox_of(vault)), save(outbox_of(vault))
    told(vault, record_id, NOW, "accepted", "new")
    words = {"kind": "notice", "text_id": "Tanyakan Ibu Aminah", "text_en": "Ask Ibu Aminah"}
    changes = [{**words, "notice_id": one, "record_id": one} for one in (record_id, other)]
    outbox_of(vault).settle({"changes": changes}, receipt=None, now=NOW)
    with vault.writing() as tx:
        notices.show_notices(tx, NOW)
    purge(vault, NOW + timedelta(days=14))
    with vault.reading() as tx:
        rows = tx.execute("select record_id from notices where text_id <> ''").fetchall()
    assert rows == [(other,)]
