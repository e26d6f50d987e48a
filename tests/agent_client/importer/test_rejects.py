"""The refused rows of a list: a file to mend and to import again."""

from pathlib import Path

import pytest

from agent_client.importer.rejects import rejects_path, write_rejects
from agent_client.importer.table import read_table
from agent_client.problems import AgentProblem
from agent_client.store import captures
from agent_client.vault import Vault
from tests.agent_client.importer.lists import row, write_csv
from tests.agent_client.importer.taking import take


def test_the_refused_can_be_mended_and_imported_again(vault: Vault, tmp_path: Path) -> None:
    evil = "=HYPERLINK(1)"
    rows = [row(1, NIK="7.37101E+15", NAMA_USAHA=evil, NO_HP="+62811-000-0001"), row(2)]
    path = write_csv(tmp_path / "daftar.csv", rows)
    table = read_table(path)
    outcomes = take(vault, path)
    refused = [one for one in outcomes if one.outcome == "refused"]
    cells = {one.number: one.cells for one in table.rows}
    rejected = rejects_path(path)
    write_rejects(rejected, table.headings, [(cells[one.row], "dibulatkan") for one in refused])
    assert rejected.name == "daftar-ditolak.csv"
    text = rejected.read_text("utf-8-sig")
    assert f"'{evil}" in text
    assert "'+62811" in text
    assert text.splitlines()[0].endswith(",PERSETUJUAN,ALASAN")
    mended = text.replace("7.37101E+15", "'" + row(1)["NIK"])
    rejected.write_text(mended, "utf-8-sig")
    [outcome] = take(vault, rejected)
    assert outcome.outcome == "saved"
    with vault.reading() as tx:
        envelope = captures.envelope_of(tx, str(outcome.record_id))
    assert envelope is not None
    assert envelope["content"]["workplace"] == evil
    assert envelope["content"]["phone"] == "+628110000001"


def test_a_half_mended_file_is_never_written_over(tmp_path: Path) -> None:
    first = rejects_path(tmp_path / "daftar.xlsx")
    first.write_text("half mended")
    second = rejects_path(tmp_path / "daftar.xlsx")
    second.write_text("as well")
    assert [second.name, rejects_path(tmp_path / "daftar.xlsx").name] == [
        "daftar-ditolak-2.csv",
        "daftar-ditolak-3.csv",
    ]


def test_rejects_survive_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    headings = ("NIK", "NO HP", "alasan", "RT")
    write_rejects(path, headings, [(["7371010101900001", "0812", "old", "001"], "-baru")])
    assert path.read_text("utf-8-sig").splitlines() == [
        "NIK,NO HP,RT,ALASAN",
        "'7371010101900001,'0812,'001,'-baru",
    ]
    assert path.stat().st_mode & 0o777 == 0o600


def test_rejects_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(AgentProblem) as caught:
        write_rejects(tmp_path / "nowhere" / "r.csv", ("NIK",), [])
    assert caught.value.code == "file_unwritable"
