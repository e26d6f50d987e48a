"""What an answer leaves behind on the laptop beside the contract of every outbox."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent_client.store import captures, changes, drafts, exchange, forgotten, notices
from agent_client.store.outbox import VaultOutbox
from agent_client.vault import Vault
from schemas.envelope import FieldError, rfc3339
from sync.ports import Settled
from tests.agent_client.laptops import NOW, joined_vault, outbox_of, save
from tests.builders import content


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return joined_vault(tmp_path)


@pytest.fixture
def outbox(vault: Vault) -> VaultOutbox:
    return outbox_of(vault)


def ack(outbox: VaultOutbox, record_id: str, **members: Any) -> dict[str, Any]:
    digests = dict(outbox.held(None, 1000))
    return {
        "record_id": record_id,
        "digest": digests.get(record_id),
        "verdict": "accepted",
        "reason": "new",
        "seq": 5,
        "received_at": "2026-11-20T01:30:01Z",
        **members,
    }


def settle(outbox: VaultOutbox, *acks: dict[str, Any], **members: Any) -> Settled:
    return outbox.settle({"acks": list(acks), **members}, receipt=None, now=NOW)


def one(vault: Vault, record_id: str) -> captures.Capture:
    with vault.reading() as tx:
        found = captures.capture(tx, record_id)
    assert found is not None
    return found


def story(vault: Vault, record_id: str) -> list[tuple[str, str | None]]:
    with vault.reading() as tx:
        return [(step.kind, step.reason) for step in changes.story_of(tx, record_id)]


def test_an_ack_is_kept_with_all_it_says(vault: Vault, outbox: VaultOutbox) -> None:
    record_id = save(outbox)
    errors = [{"field": "nik", "code": "nik_date"}]
    said = {"errors": errors, "flags": ["near_match"], "due": 25_000, "corrected_by": "x"}
    settle(outbox, ack(outbox, record_id, verdict="rejected", reason="invalid", **said))
    kept = one(vault, record_id)
    assert (kept.verdict, kept.reason, kept.seq) == ("rejected", "invalid", 5)
    assert kept.received_at == "2026-11-20T01:30:01.000Z"
    assert (kept.errors, kept.flags) == (tuple(errors), ("near_match",))
    assert (kept.due, kept.corrected_by, kept.state) == (25_000, "x", "rejected")


@pytest.mark.parametrize(
    "odd",
    [
        {"seq": 2**80, "due": "much", "errors": 7, "flags": {"a": 1}, "received_at": "soon"},
        {"seq": True, "errors": ["x", None], "flags": [3, "\ud800"], "corrected_by": 9},
        {"reason": "\ud800", "verdict": "\udfff"},
    ],
)
def test_what_cannot_be_kept_stops_nothing(
    vault: Vault, outbox: VaultOutbox, odd: dict[str, Any]
) -> None:
    first, second = save(outbox), save(outbox)
    settle(outbox, ack(outbox, first, **odd), ack(outbox, second), cursor="1", epoch="e")
    assert not one(vault, first).waiting
    assert one(vault, second).state == "accepted"


@pytest.mark.parametrize("odd", [{"verdict": 7}, {"reason": None}, {"record_id": ["x"]}])
def test_an_ack_that_says_nothing_settles_nothing(
    vault: Vault, outbox: VaultOutbox, odd: dict[str, Any]
) -> None:
    record_id = save(outbox)
    assert settle(outbox, {**ack(outbox, record_id), **odd}).ignored == 1
    assert one(vault, record_id).waiting


def test_the_story_tells_each_standing_once(vault: Vault, outbox: VaultOutbox) -> None:
    record_id = save(outbox)
    first = ack(outbox, record_id, verdict="in_review", reason="nik_conflict")
    moved = {"kind": "standing", **ack(outbox, record_id, reason="reinstated")}
    for _ in range(2):
        settle(outbox, first)
    for _ in range(2):
        settle(outbox, first, changes=[moved])
    assert story(vault, record_id) == [("standing", "nik_conflict"), ("standing", "reinstated")]


def test_a_flag_that_comes_later_is_told(vault: Vault, outbox: VaultOutbox) -> None:
    record_id = save(outbox)
    settle(outbox, ack(outbox, record_id))
    moved = {"kind": "standing", **ack(outbox, record_id, flags=["member_since"])}
    settle(outbox, changes=[moved])
    with vault.reading() as tx:
        assert changes.story_of(tx, record_id)[-1].detail == {"flags": ["member_since"]}


def test_the_story_of_what_goes_wrong(vault: Vault, outbox: VaultOutbox) -> None:
    record_id = save(outbox)
    for _ in range(2):
        settle(outbox, ack(outbox, record_id, verdict="retry", reason="not_decided"))
    for _ in range(2):
        outbox.set_aside(record_id, "faulty", NOW)
    settle(outbox, ack(outbox, record_id))
    outbox.reopen([record_id])
    assert story(vault, record_id) == [
        ("retry", "not_decided"),
        ("set_aside", "faulty"),
        ("standing", "new"),
        ("reopened", None),
    ]


def test_progress_is_kept_and_told_once(vault: Vault, outbox: VaultOutbox) -> None:
    record_id = save(outbox)
    registered = {
        "kind": "progress",
        "record_id": record_id,
        "stage": "registered",
        "at": rfc3339(NOW),
        "kpj": "21012345678",
    }
    paid = {**registered, "stage": "paid", "paid_through": "2026-12"}
    del paid["kpj"]
    for _ in range(2):
        settle(outbox, ack(outbox, record_id), changes=[registered, paid])
    kept = one(vault, record_id)
    assert (kept.stage, kept.kpj, kept.paid_through) == ("paid", "21012345678", "2026-12")
    assert story(vault, record_id) == [("standing", "new"), ("progress", None)]


def test_restriction_comes_and_goes(vault: Vault, outbox: VaultOutbox) -> None:
    record_id = save(outbox)
    for on in (True, False):
        settle(outbox, changes=[{"kind": "restrict", "record_id": record_id, "on": on}])
        assert one(vault, record_id).restricted is on


def test_a_notice_is_shown_once(vault: Vault, outbox: VaultOutbox) -> None:
    notice = {"kind": "notice", "text_id": "Rapat Senin", "text_en": "Meeting on Monday"}
    lasting = {**notice, "notice_id": "n1", "until": rfc3339(NOW + timedelta(days=1))}
    over = {**notice, "notice_id": "n2", "until": rfc3339(NOW - timedelta(days=1))}
    odd: list[Any] = [{**notice, "notice_id": 7}, {"kind": "notice", "notice_id": "n3"}]
    shown = []
    for _ in range(2):
        settle(outbox, changes=[lasting, over, *odd])
        with vault.writing() as tx:
            shown.append([one.text_id for one in notices.show_notices(tx, NOW)])
    assert shown == [["Rapat Senin"], []]


def test_forgetting_takes_everything_that_tells_of_it(vault: Vault, outbox: VaultOutbox) -> None:
    old = save(outbox)
    settle(outbox, ack(outbox, old, verdict="rejected", reason="id_reused"))
    [again] = outbox.next_batch(9, sent=(), now=NOW)
    with vault.writing() as tx:
        drafts.add_draft(tx, content(), [], now=NOW, corrects=again.record_id)
    notice = {"kind": "notice", "notice_id": "n", "record_id": again.record_id, "text_id": "Bu X"}
    settle(outbox, changes=[notice])
    forget = {"kind": "forget", "record_id": again.record_id}
    assert settle(outbox, changes=[forget]).changes == 1
    assert settle(outbox, changes=[forget]).changes == 0
    with vault.reading() as tx:
        for table in ("captures", "drafts", "changes", "notices"):
            assert tx.execute(f"select count(*) from {table}").fetchone() == (0,)
        assert forgotten.is_forgotten(tx, old)
        assert forgotten.is_forgotten(tx, again.record_id)
        assert forgotten.forgotten_numbers(tx) == [1, 1]


def test_what_was_never_here_is_remembered_as_forgotten(vault: Vault, outbox: VaultOutbox) -> None:
    settle(outbox, changes=[{"kind": "forget", "record_id": "of-an-old-backup"}])
    with vault.reading() as tx:
        assert forgotten.is_forgotten(tx, "of-an-old-backup")


def test_saved_again_it_stays_the_same_capture(vault: Vault, outbox: VaultOutbox) -> None:
    old = save(outbox, row_digest="r1")
    save(outbox)
    settle(outbox, ack(outbox, old, verdict="rejected", reason="id_reused"))
    [again, _] = sorted(
        outbox.next_batch(9, sent=(), now=NOW), key=lambda one: one.envelope["device_seq"]
    )
    assert again.envelope["device_seq"] == 1
    former = one(vault, old)
    assert former.state == "resaved"
    with vault.reading() as tx:
        assert captures.last_resaved(tx, old) == again.record_id
        assert captures.has_row(tx, "r1")
        assert [one.record_id for one in captures.same_nik(tx, former.nik)] == [again.record_id]
    correction = save(outbox, corrects=old)
    [sent] = [one for one in outbox.next_batch(9, sent=(), now=NOW) if one.record_id == correction]
    assert sent.envelope["corrects"] == again.record_id


def test_performance_versions_and_offset_are_kept(vault: Vault, outbox: VaultOutbox) -> None:
    settle(
        outbox,
        time=rfc3339(NOW + timedelta(days=365)),
        performance={"as_of": "2026-11-20", "months": []},
        reference={"tariff": "2026-11-20.1"},
    )
    settle(outbox, performance=7, reference=None, time="soon")
    with vault.reading() as tx:
        last = exchange.last_exchange(tx)
    assert last.performance == {"as_of": "2026-11-20", "months": []}
    assert last.reference == {"tariff": "2026-11-20.1"}
    assert (last.clock_offset_s, last.answered_at) == (365 * 86_400, NOW)


def test_a_saved_capture_is_never_edited(vault: Vault, outbox: VaultOutbox) -> None:
    save(outbox)
    for column in ("envelope", "digest", "record_id", "device_seq"):

        def edit(column: str = column) -> None:
            with vault.writing() as tx:
                tx.execute(f"update captures set {column} = {column}")

        with pytest.raises(Exception, match="never edited"):
            edit()


KINDS = st.sampled_from(
    ["standing", "progress", "notice", "restrict", "forget", "weather", 7, None]
)
JUNK = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.just("accepted")
CHANGE = st.fixed_dictionaries(
    {"kind": KINDS},
    optional=dict.fromkeys(
        ("record_id", "digest", "verdict", "reason", "stage", "on", "notice_id"), JUNK
    ),
)


@settings(max_examples=60)
@given(feed=st.lists(CHANGE | JUNK, max_size=6), acks=st.lists(CHANGE | JUNK, max_size=4))
def test_no_answer_whatever_it_holds_loses_a_capture(
    tmp_path_factory: pytest.TempPathFactory, feed: list[Any], acks: list[Any]
) -> None:
    made = joined_vault(tmp_path_factory.mktemp("laptop"))
    outbox = outbox_of(made)
    record_id = save(outbox)
    outbox.settle({"acks": acks, "changes": feed, "cursor": 7}, receipt=None, now=NOW)
    assert one(made, record_id).waiting
    made.close()


def test_a_draft_keeps_all_that_was_typed(vault: Vault) -> None:
    typed = {"nik": "73", "full_name": "Dg \ud800", "monthly_income": 1.5, "strange": [None]}
    missing = [FieldError("nik", "nik_length"), FieldError("months", "range", {"min": 1})]
    with vault.writing() as tx:
        number = drafts.add_draft(tx, typed, missing, now=NOW, source="daftar.csv:3")
        kept = drafts.draft(tx, number)
    assert kept is not None
    assert (kept.content, kept.missing, kept.source) == (typed, tuple(missing), "daftar.csv:3")


def test_lists_are_searched_by_name_last_digits_and_id(vault: Vault, outbox: VaultOutbox) -> None:
    first = save(outbox, content(1, full_name="Sitti Aminah", alias="Dg. Ngai"))
    save(outbox, content(2, full_name="Basri"))
    nik = content(1)["nik"]

    def found(search: str) -> list[str]:
        with vault.reading() as tx:
            return [one.record_id for one in captures.captures(tx, search=search)]

    for search in ("aminah", "NGAI", nik[-8:], nik, first[-8:]):
        assert found(search) == [first]
    assert found("%") == []
    assert found(nik[:4]) == []


def test_a_smaller_number_of_the_office_changes_nothing(vault: Vault, outbox: VaultOutbox) -> None:
    for _ in range(3):
        save(outbox)
    outbox.raise_seq(1)
    save(outbox)
    with vault.reading() as tx:
        assert forgotten.skipped_numbers(tx) == []
    assert outbox.heartbeat().last_seq == 4
