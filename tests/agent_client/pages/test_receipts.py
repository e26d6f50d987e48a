"""Receipts to print and a day's proof, before and after the office has answered."""

import json

import pytest

from agent_client.proof_files import verify_file
from agent_client.proofs import trusted_keys
from agent_client.store import receipts
from schemas.nik import mask_nik
from sync.digest import canonical
from tests.agent_client.laptops import NOW
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.standing import restrict, wipe
from tests.agent_client.pages.visitor import Program, Visitor
from tests.agent_client.proving import OTHER, said, signed_by
from tests.builders import person

DAY = "2026-11-20"


@pytest.fixture
def sent(program: Program, visitor: Visitor) -> str:
    """A record that the office has answered."""
    record_id = visitor.enrol(boxes(1))
    program.sync()
    return record_id


def receipt(visitor: Visitor, record_id: str) -> str:
    return visitor.see(f"/captures/{record_id}/receipt").said("main")


def test_before_the_answer_it_proves_nothing_and_says_so(visitor: Visitor) -> None:
    record_id = visitor.enrol(boxes(1))
    page = visitor.see(f"/captures/{record_id}/receipt")
    assert "Belum ada jawaban kantor" in page.said("main")
    assert "bukan bukti kepesertaan" in page.said("main")
    assert not page.all("svg")


def test_after_it_the_code_and_the_offices_number_stand_there(visitor: Visitor, sent: str) -> None:
    page = visitor.see(f"/captures/{sent}/receipt")
    said_ = page.said("main")
    assert "Jawaban kantor: diterima" in said_
    assert len(page.all("svg")) == 1
    assert str(person(1)["full_name"]) in said_
    assert mask_nik(str(person(1)["nik"])) in said_
    assert "belum diperiksa" not in said_
    assert "TIDAK COCOK" not in said_


def test_a_purged_one_keeps_its_proof_and_no_name(
    program: Program, visitor: Visitor, sent: str
) -> None:
    wipe(program, sent, days=14)
    page = visitor.see(f"/captures/{sent}/receipt")
    assert "Jawaban kantor: diterima" in page.said("main")
    assert str(person(1)["full_name"]) not in page.said("main")
    assert len(page.all("svg")) == 1


def test_a_restricted_one_keeps_its_proof_and_no_name(
    program: Program, visitor: Visitor, sent: str
) -> None:
    restrict(program, sent)
    said_ = receipt(visitor, sent)
    assert "Jawaban kantor: diterima" in said_
    assert str(person(1)["full_name"]) not in said_
    assert "Rp" not in said_


def test_a_key_that_is_not_known_here_is_told(program: Program, visitor: Visitor) -> None:
    with program.kept().vault.writing() as tx:
        tx.execute("update device set receipt_key = ''")
        tx.execute("delete from reference where name = 'keys'")
    record_id = visitor.enrol(boxes(1))
    program.sync()
    with program.kept().vault.writing() as tx:
        tx.execute("update device set receipt_key = ''")
        tx.execute("delete from reference where name = 'keys'")
    assert "tanda tangan belum diperiksa" in receipt(visitor, record_id)


def test_a_signature_that_is_not_the_offices_is_told(
    program: Program, visitor: Visitor, sent: str
) -> None:
    with program.kept().vault.writing() as tx:
        kept = json.loads(receipts.receipts(tx)[-1])
        body = {**said(kept), "time": "2026-11-20T05:00:00.000Z"}
        forged = {**signed_by(OTHER, body), "key_id": kept["key_id"], "checked": False}
        receipts.keep_receipt(tx, canonical(forged), NOW)
        tx.execute("delete from receipt_records where rowid = 1")
    assert "TANDA TANGAN TIDAK COCOK" in receipt(visitor, sent)


def test_a_day_lists_what_was_signed_and_nobodys_name(visitor: Visitor, sent: str) -> None:
    days = visitor.see("/proofs")
    assert days.all("a", href=f"/proofs/{DAY}")
    page = visitor.see(f"/proofs/{DAY}")
    assert page.all("a", href=f"/captures/{sent}")
    assert str(person(1)["full_name"]) not in page.said("main")


def test_a_days_file_is_verified_offline(program: Program, visitor: Visitor, sent: str) -> None:
    answer = visitor.get(f"/proofs/{DAY}/file")
    assert answer.headers["Content-Type"] == "application/json"
    name = f"lorong-proof-{DAY}.json"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    with program.kept().vault.reading() as tx:
        keys = trusted_keys(tx)
    found = verify_file(answer.response.data, keys)
    assert found.trusted
    assert [proof.record_id for one in found.receipts for proof in one.records] == [sent]


def test_a_day_without_any_says_so(visitor: Visitor) -> None:
    assert "Belum ada yang ditandatangani" in visitor.see("/proofs").said("main")
    assert "Tidak ada yang ditandatangani" in visitor.see(f"/proofs/{DAY}").said("main")
    none = visitor.get(f"/proofs/{DAY}/file")
    assert (none.status_code, "[proof_none]" in none.text) == (409, True)


@pytest.mark.parametrize(
    "day", ["x", "2026-02-30", "20-11-2026", "..", "..%2f..%2fagent.key", "%00", "-1", "9" * 99]
)
def test_what_is_no_day_is_no_page(visitor: Visitor, day: str) -> None:
    for end in ("", "/file"):
        assert visitor.get(f"/proofs/{day}{end}").status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1900-01-01", "2999-01-01"])
def test_a_day_of_another_time_is_empty(visitor: Visitor, day: str) -> None:
    assert visitor.get(f"/proofs/{day}").status_code == 200
    assert visitor.get(f"/proofs/{day}/file").status_code == 409
