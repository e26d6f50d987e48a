import zipfile
from pathlib import Path

import pytest

from agent_client.importer.table import ListTable, read_table
from agent_client.problems import AgentProblem
from tests.agent_client.importer.lists import HEADINGS, row, write_csv, write_xlsx


def names(table: ListTable) -> list[object]:
    place = table.columns["full_name"]
    return [one.cells[place] for one in table.rows]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_as_excel_and_others_write_it(tmp_path: Path, separator: str, encoding: str) -> None:
    rows = [row(1, NAMA_LENGKAP="Hasnah, S.Pd; é"), row(2, NAMA_LENGKAP='Basri "Dg" Ngalle')]
    path = write_csv(tmp_path / "daftar.csv", rows, separator=separator, encoding=encoding)
    table = read_table(path)
    assert names(table) == ["Hasnah, S.Pd; é", 'Basri "Dg" Ngalle']
    assert table.headings == HEADINGS
    assert [one.number for one in table.rows] == [2, 3]


def test_titles_above_and_empty_rows_between(tmp_path: Path) -> None:
    above = "sep=;\r\nDAFTAR CALON;;\r\n\r\n"
    path = write_csv(tmp_path / "d.csv", [row(1), {}, row(2)], separator=";", above=above)
    assert [one.number for one in read_table(path).rows] == [5, 7]


def test_a_cell_of_two_lines_keeps_the_numbers_right(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "d.csv", [row(1, ALAMAT="Jl. A\nLr. 2"), row(2)])
    assert [one.number for one in read_table(path).rows] == [2, 4]


@pytest.mark.parametrize("above", [0, 3])
def test_xlsx(tmp_path: Path, above: int) -> None:
    path = write_xlsx(tmp_path / "daftar.xlsx", [row(1), {}, row(2)], above=above)
    table = read_table(path)
    assert names(table) == [row(1)["NAMA LENGKAP"], row(2)["NAMA LENGKAP"]]
    assert [one.number for one in table.rows] == [above + 2, above + 4]


def test_headings_are_known_whatever_their_case_and_spaces(tmp_path: Path) -> None:
    headings = ["no.", " Nik ", "nama  lengkap", "Tempat, Tgl. Lahir", "L/P", "No. HP", "Kel/Desa"]
    path = tmp_path / "d.csv"
    path.write_text(";".join(headings) + "\n1;7371;Sitti;x;P;08;Lette\n")
    assert read_table(path).columns == {
        "nik": 1,
        "full_name": 2,
        "birth": 3,
        "sex": 4,
        "phone": 5,
        "kelurahan": 6,
    }


def refused(path: Path) -> str:
    with pytest.raises(AgentProblem) as caught:
        read_table(path)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "list_no_header"),
        (b"\0\0\0", "list_no_header"),
        (b"a,b\n1,2\n", "list_no_header"),
        (b"NIK,ALAMAT\n1,2\n", "list_no_header"),
        (b"PK\x03\x04 no workbook", "list_unreadable"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "list_unreadable"),
        (b'NIK,NAMA LENGKAP\n1,"Sitti\n2,Basri\n3,Ali\n', "list_quotes"),
    ],
)
def test_what_is_no_list(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_workbook_cut_short(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "d.xlsx", [row(1)])
    path.write_bytes(path.read_bytes()[:-400])
    assert refused(path) == "list_unreadable"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere.csv") == "file_missing"
    assert refused(tmp_path) == "file_missing"


def test_a_workbook_that_unpacks_to_too_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("agent_client.importer.table.UNPACKED_BYTES", 1000)
    with zipfile.ZipFile(tmp_path / "d.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 2000)
    assert refused(tmp_path / "d.xlsx") == "file_too_large"
