"""A list on a real laptop: every row ends saved, as a draft, or refused with its reason."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from agent_client.problems import AgentProblem
from agent_client.store import captures, drafts
from agent_client.vault import Vault
from tests.agent_client.importer.lists import HEADINGS, row, write_csv, write_xlsx
from tests.agent_client.importer.taking import codes, counts, take, take_rows
from tests.agent_client.laptops import NOW, new_vault
from tests.builders import content


def test_a_complete_row_is_saved_as_the_worker_told(vault: Vault, tmp_path: Path) -> None:
    [outcome] = take_rows(vault, tmp_path, row(1))
    assert (outcome.row, outcome.outcome) == (2, "saved")
    with vault.reading() as tx:
        envelope = captures.envelope_of(tx, str(outcome.record_id))
    assert envelope is not None
    told = content(1)
    gone: tuple[str, ...] = (
        "ktp_address",
        "house",
        "landmark",
        "work_kelurahan",
        "employer",
        "consent_language",
    )
    gone += ("latitude_e6", "longitude_e6", "accuracy_m")
    expected = {name: value for name, value in told.items() if name not in gone}
    expected.update(consent_at="2026-11-20T00:00:00+08:00")
    assert envelope["content"] == expected
    assert "elapsed_s" not in envelope


def test_without_consent_it_is_a_draft_and_consent_is_not_made_up(
    vault: Vault, tmp_path: Path
) -> None:
    outcomes = take_rows(
        vault,
        tmp_path,
        row(1, PERSETUJUAN=""),
        row(2, PERSETUJUAN="ya"),
        row(3, PERSETUJUAN="2026-11-21 lisan"),
    )
    assert counts(outcomes) == {"draft": 3}
    none, unread, future = outcomes
    assert codes(none) == {
        ("consent_at", "required"),
        ("consent_version", "required"),
        ("consent_method", "required"),
    }
    assert ("consent_at", "consent_unread") in codes(unread)
    assert codes(future) == {("consent_at", "consent_future")}
    with vault.reading() as tx:
        kept = drafts.drafts(tx)
    assert [one.source for one in kept] == ["daftar.csv:2", "daftar.csv:3", "daftar.csv:4"]
    assert "consent_at" not in kept[0].content
    assert "consent_at" not in kept[1].content


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"KELURAHAN": "Panaikang", "KECAMATAN": ""}, ("kelurahan", "place_ambiguous")),
        ({"KELURAHAN": "Makassar", "KECAMATAN": ""}, ("kelurahan", "place_unknown")),
        ({"KELURAHAN": ""}, ("kelurahan", "required")),
        ({"KATEGORI USAHA": "Pedagang"}, ("occupation", "occupation_unknown")),
        ({"KATEGORI USAHA": "Buruh gudang"}, ("sector", "required")),
        ({"PENGHASILAN": "sejuta"}, ("monthly_income", "type")),
        ({"PENGHASILAN": "900.000"}, ("monthly_income", "income_min")),
        ({"NAMA IBU": ""}, ("mother_name", "one_needed")),
        ({"NO HP": ""}, ("phone_owner", "required")),
        ({"NO HP": "0812/0813"}, ("phone", "format")),
        ({"TTL": "Makassar"}, ("birth_date", "format")),
        ({"NIK": "737101"}, ("nik", "nik_length")),
        ({"NIK": ""}, ("nik", "required")),
        ({"PROGRAM": "JHT"}, ("programmes", "programmes_base")),
        ({"BULAN": "5"}, ("months", "choice")),
        ({"BULAN MULAI": "1-2020"}, ("first_month", "month_window")),
        ({"TTL": "Makassar, 1-1-1990"}, ("nik_reason", "nik_differs")),
    ],
)
def test_what_a_row_does_not_tell_makes_it_a_draft(
    vault: Vault, tmp_path: Path, cells: dict[str, str], expected: tuple[str, str]
) -> None:
    [outcome] = take_rows(vault, tmp_path, {**row(1), **cells})
    assert outcome.outcome == "draft"
    assert expected in codes(outcome)
    assert "contribution" not in {field for field, _ in codes(outcome)}


def test_what_cannot_be_read_stays_as_it_was_typed(vault: Vault, tmp_path: Path) -> None:
    take_rows(vault, tmp_path, row(1, PENGHASILAN="sejuta", TTL="Barru, tgl 5", KELURAHAN="Anu"))
    with vault.reading() as tx:
        [kept] = drafts.drafts(tx)
    typed = {name: kept.content[name] for name in ("monthly_income", "birth_date", "kelurahan")}
    assert typed == {"monthly_income": "sejuta", "birth_date": "Barru, tgl 5", "kelurahan": "Anu"}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"NIK": "7.37101E+15"}, "nik_rounded"),
        ({"NIK": "7371010101900000"}, "nik_rounded"),
        ({"NIK": "", "NAMA LENGKAP": ""}, "row_nobody"),
    ],
)
def test_what_cannot_even_be_a_draft_is_refused(
    vault: Vault, tmp_path: Path, cells: dict[str, str], code: str
) -> None:
    [outcome] = take_rows(vault, tmp_path, {**row(1), **cells})
    assert (outcome.outcome, [error.code for error in outcome.errors]) == ("refused", [code])
    with vault.reading() as tx:
        assert drafts.drafts(tx) == []


def test_a_nik_that_is_a_number_in_a_workbook_is_refused(vault: Vault, tmp_path: Path) -> None:
    number = {**row(1), "NIK": int(row(1)["NIK"])}
    outcomes = take(vault, write_xlsx(tmp_path / "d.xlsx", [number, row(2)]))
    assert [one.outcome for one in outcomes] == ["refused", "saved"]
    assert codes(outcomes[0]) == {("nik", "nik_rounded")}


def test_a_column_that_was_rounded_before_it_became_text(vault: Vault, tmp_path: Path) -> None:
    rounded = [{**row(n), "NIK": row(n)["NIK"][:-1] + "0"} for n in range(1, 6)]
    rows = [{**one, "NIK": one["NIK"][:-2] + "10"} for one in rounded]
    assert counts(take_rows(vault, tmp_path, *rows)) == {"refused": 5}
    assert counts(take_rows(vault, tmp_path, *rows[:4])) == {"saved": 4}


def test_a_workbook_with_numbers_and_dates(vault: Vault, tmp_path: Path) -> None:
    born = date.fromisoformat(content(1)["birth_date"])
    headings = [*HEADINGS, "TANGGAL LAHIR"]
    cells = {"TTL": "", "TANGGAL LAHIR": born, "PENGHASILAN": 2_500_000, "BULAN": 1, "RT": 4}
    cells |= {"BULAN MULAI": date(2026, 12, 1), "PROGRAM": 2, "NO HP": 81100000001, "NO": 1}
    path = write_xlsx(tmp_path / "d.xlsx", [{**row(1), **cells}], headings=headings)
    [outcome] = take(vault, path)
    assert outcome.errors == ()
    with vault.reading() as tx:
        envelope = captures.envelope_of(tx, str(outcome.record_id))
    assert envelope is not None
    saved = envelope["content"]
    assert (saved["birth_date"], saved["first_month"], saved["rt"]) == (
        born.isoformat(),
        "2026-12",
        "004",
    )
    assert (saved["monthly_income"], saved["phone"]) == (2_500_000, "+6281100000001")


def test_importing_twice_doubles_nothing(vault: Vault, tmp_path: Path) -> None:
    rows = [row(1), row(2, PERSETUJUAN=""), row(3)]
    assert counts(take_rows(vault, tmp_path, *rows)) == {"saved": 2, "draft": 1}
    again = take_rows(vault, tmp_path, *rows)
    assert {one.errors[0].code for one in again} == {"row_known"}
    with vault.reading() as tx:
        assert captures.count_captures(tx)["waiting"] == 2
        assert drafts.count_drafts(tx) == 1


def test_equal_rows_of_one_file_are_one(vault: Vault, tmp_path: Path) -> None:
    other_form = row(1, PENGHASILAN="2500000", NO_HP="+62811 0000 0001", NO="9")
    _, twice, clash = take_rows(vault, tmp_path, row(1), other_form, row(1, RT="5"))
    assert codes(twice) == {("nik", "row_twice")}
    assert clash.outcome == "saved"
    assert [warning.code for warning in clash.warnings] == ["nik_here"]


def test_a_completed_list_takes_the_place_of_its_drafts(vault: Vault, tmp_path: Path) -> None:
    take_rows(vault, tmp_path, row(1, PERSETUJUAN=""), row(2, PERSETUJUAN=""))
    outcomes = take_rows(vault, tmp_path, row(1), row(2, PERSETUJUAN="", NAMA_IBU=""))
    assert [one.outcome for one in outcomes] == ["saved", "draft"]
    with vault.reading() as tx:
        [left] = drafts.drafts(tx)
    assert left.content["full_name"] == row(2)["NAMA LENGKAP"]


def test_a_draft_of_another_person_or_touched_since_is_kept(vault: Vault, tmp_path: Path) -> None:
    take_rows(vault, tmp_path, row(1, PERSETUJUAN=""), row(2, PERSETUJUAN=""))
    with vault.writing() as tx:
        drafts.change_draft(tx, 2, {"nik": row(2)["NIK"]}, [], NOW + timedelta(minutes=1))
    take_rows(vault, tmp_path, row(1, NAMA_LENGKAP="Orang Lain"), row(2))
    with vault.reading() as tx:
        assert len(drafts.drafts(tx)) == 2


def test_a_laptop_that_has_not_joined_takes_nothing(tmp_path: Path) -> None:
    with pytest.raises(AgentProblem) as caught:
        take_rows(new_vault(tmp_path / "data"), tmp_path, row(1))
    assert caught.value.code == "not_joined"


def test_a_whole_branch_list(vault: Vault, tmp_path: Path) -> None:
    rows = [row(n) if n % 4 else row(n, PERSETUJUAN="") for n in range(1, 201)]
    outcomes = take(vault, write_xlsx(tmp_path / "d.xlsx", rows))
    assert counts(outcomes) == {"saved": 150, "draft": 50}
    with vault.reading() as tx:
        numbers = tx.execute("select device_seq from captures order by 1").fetchall()
    assert [number for (number,) in numbers] == list(range(1, 151))


RARE_COLUMNS = {
    "TTL": "Makassar, 1-1-1990",
    "SESUAI": "",
    "NIK SESUAI KTP": "ya",
    "NAMA PANGGILAN": "Dg. Ngai",
    "KODE KELURAHAN": "73.71.01.1004",
    "KELURAHAN": "salah",
    "RT": "",
    "RW": "",
    "RT/RW": "001/004",
    "NAMA IBU": "tidak tahu",
    "NO HP": "-",
    "SEKTOR": "transportasi",
    "KATEGORI USAHA": "Buruh gudang",
    "PEMBAYAR": "donatur",
    "VERSI PERSETUJUAN": "2025-01-01.1",
    "NO KK": "7371010101010001",
}


def test_columns_that_only_some_lists_have(vault: Vault, tmp_path: Path) -> None:
    headings = list(dict.fromkeys([*HEADINGS, *RARE_COLUMNS]))
    path = write_csv(tmp_path / "d.csv", [{**row(1), **RARE_COLUMNS}], headings=headings)
    [outcome] = take(vault, path)
    assert outcome.errors == ()
    with vault.reading() as tx:
        envelope = captures.envelope_of(tx, str(outcome.record_id))
    assert envelope is not None
    saved = envelope["content"]
    expected = {
        "nik_reason": "as_on_card",
        "alias": "Dg. Ngai",
        "kelurahan": "73.71.01.1004",
        "rt": "001",
        "rw": "004",
        "unknown_mother": True,
        "phone_owner": "none",
        "sector": "transport",
        "payer": "donor",
        "consent_version": "2025-01-01.1",
    }
    assert {name: saved[name] for name in expected} == expected
    assert "7371010101010001" not in str(saved)
    assert "phone" not in saved
