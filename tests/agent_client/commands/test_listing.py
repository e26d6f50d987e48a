"""import, as an agent types it."""

from pathlib import Path

from tests.agent_client.importer.lists import row, write_csv, write_xlsx
from tests.agent_client.office_line import AgentLaptop


def test_a_list_is_answered_for_row_by_row(laptop: AgentLaptop, tmp_path: Path) -> None:
    rows = [row(1), row(2, PERSETUJUAN=""), {**row(3), "NIK": int(row(3)["NIK"])}]
    file = write_xlsx(tmp_path / "daftar.xlsx", rows)
    told = laptop.json("import", str(file))
    assert (told["saved"], told["draft"], told["refused"]) == (1, 1, 1)
    assert [(one["row"], one["outcome"]) for one in told["rows"]] == [
        (2, "saved"),
        (3, "draft"),
        (4, "refused"),
    ]
    assert [error["code"] for error in told["rows"][2]["errors"]] == ["nik_rounded"]
    assert told["rejected_file"] == str(tmp_path / "daftar-ditolak.csv")
    assert "Excel" in (tmp_path / "daftar-ditolak.csv").read_text("utf-8-sig")
    status = laptop.json("status")
    assert (status["waiting"], status["drafts"]) == (1, 1)


def test_in_words(laptop: AgentLaptop, tmp_path: Path) -> None:
    rows = [row(1), row(1), row(2, NIK="7.37E+15")]
    file = write_csv(tmp_path / "daftar.csv", rows)
    rejected = tmp_path / "betulkan.csv"
    result = laptop.run("import", str(file), "--rejected", str(rejected))
    assert result.exit_code == 0
    assert "baris 2: tersimpan" in result.stdout
    assert "baris 3: tidak diambil" in result.stdout
    assert "1 tersimpan, 0 draf, 2 tidak diambil" in result.stdout
    assert len(rejected.read_text("utf-8-sig").splitlines()) == 3
    laptop.lang = "en"
    assert "0 saved, 0 draft, 3 refused" in laptop.run("import", str(file)).stdout


def test_where_all_was_taken_there_is_nothing_to_mend(laptop: AgentLaptop, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "daftar.csv", [row(1)])
    assert laptop.json("import", str(file))["rejected_file"] is None
    assert sorted(path.name for path in tmp_path.glob("daftar*")) == ["daftar.csv"]


def test_a_file_that_is_no_list(laptop: AgentLaptop, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n")
    assert laptop.json("import", str(tmp_path / "x.csv"))["problem"]["code"] == "list_no_header"
    assert laptop.json("import", str(tmp_path / "y.csv"))["problem"]["code"] == "file_missing"


def test_no_nik_is_printed(laptop: AgentLaptop, tmp_path: Path) -> None:
    rows = [row(1), row(1), row(2, PERSETUJUAN="", KELURAHAN="Anu"), row(3, NIK="7371E")]
    file = write_csv(tmp_path / "daftar.csv", rows)
    printed = laptop.run("import", str(file)).output + laptop.run("import", str(file)).output
    for one in rows:
        assert one["NIK"] not in printed
        assert one["NAMA IBU"] not in printed
