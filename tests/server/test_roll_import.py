"""The roll of present members: good rows are applied, bad ones counted and listed."""

import io
from typing import Any

import pytest
import sqlalchemy as sa

from server.roll_import import LISTED, ColumnsMissing, Imported, import_roll
from server.store.tables import roll
from tests.builders import content
from tests.offices import KEYS, Desk
from tests.server.looks import faults, feed_numbers
from tests.server.rolls import enlist

HEAD = "nik,nama,tanggal_lahir"
NIK = content(7)["nik"]


def imported(desk: Desk, *lines: str) -> Imported:
    """Import a roll of these lines."""
    return import_roll(desk.office, io.StringIO("\n".join(lines) + "\n", newline=""))


def member(desk: Desk, nik: str) -> Any:
    """Return the roll's row of a NIK."""
    with desk.office.store.read() as tx:
        query = sa.select(roll).where(roll.c.nik_hash == KEYS.nik_hash(nik))
        return tx.execute(query).one_or_none()


class TestRows:
    @pytest.mark.parametrize(
        ("line", "code"),
        [
            ("7371,Ahmad,1990-01-01", "nik_length"),
            (f"{NIK[:6]}990190{NIK[12:]},Ahmad,1990-01-01", "nik_date"),
            (f"{NIK[:12]}0000,Ahmad,1990-01-01", "nik_serial"),
            (f"10{NIK[2:]},Ahmad,1990-01-01", "nik_province"),
            ("7.37107E+15,Ahmad,1990-01-01", "nik_rounded"),
            (",Ahmad,1990-01-01", "nik_length"),
            (f"{NIK},,1990-01-01", "name_missing"),
            (f"{NIK},Ahmad,", "date_unreadable"),
            (f"{NIK},Ahmad,1990-02-30", "date_unreadable"),
            (f"{NIK},Ahmad,tadi", "date_unreadable"),
            (f"{NIK},Ahmad", "date_unreadable"),
            ("", None),
        ],
    )
    def test_a_bad_one_is_named_by_line_and_code(
        self, desk: Desk, line: str, code: str | None
    ) -> None:
        other = content(8)
        good = f"{other['nik']},{other['full_name']},{other['birth_date']}"
        done = imported(desk, HEAD, good, line)
        assert (done.good, done.bad_count) == (1, 1 if code else 0)
        assert done.bad == ([(3, code)] if code else [])
        assert member(desk, NIK) is None

    @pytest.mark.parametrize(
        "line",
        [
            f"{NIK},Ahmad,1990-05-17",
            f'"{NIK[:4]} {NIK[4:8]}.{NIK[8:12]}-{NIK[12:]}"," Ahmad ",17-05-1990',
            f"{NIK},Ahmad,17/05/1990",
            f"{NIK},Ahmad,1990-05-17,more,columns",
        ],
    )
    def test_a_good_one_is_applied_however_it_is_written(self, desk: Desk, line: str) -> None:
        assert imported(desk, HEAD, line).good == 1
        kept = member(desk, NIK)
        assert (kept.birth_date.isoformat(), kept.since) == ("1990-05-17", None)
        assert kept.imported_at == desk.now()

    def test_nothing_of_a_row_is_repeated(self, desk: Desk) -> None:
        done = imported(desk, HEAD, f"{NIK}9,Rahasia,1990-01-01")
        assert "Rahasia" not in repr(done)
        assert NIK not in repr(done)

    def test_a_thousand_bad_ones_are_listed_and_all_counted(self, desk: Desk) -> None:
        done = imported(desk, HEAD, *["x,y,z"] * (LISTED + 5))
        assert (len(done.bad), done.bad_count) == (1_000, 1_005)

    def test_a_row_twice_in_one_file_is_one_member(self, desk: Desk) -> None:
        done = imported(desk, HEAD, f"{NIK},Ahmad,1990-05-17", f"{NIK},Ahmad,1990-05-18")
        assert (done.good, member(desk, NIK).birth_date.day) == (2, 18)


class TestFile:
    @pytest.mark.parametrize(
        "head",
        ["nik,nama,tanggal_lahir", " NIK ;Nama; Tanggal_Lahir", "sejak\tTANGGAL_LAHIR\tnik\tnama"],
    )
    def test_may_have_its_columns_in_any_order_and_case(self, desk: Desk, head: str) -> None:
        sign = max(",;\t", key=head.count)
        cells = {"nik": NIK, "nama": "Ahmad", "tanggal_lahir": "1990-05-17", "sejak": "2020-01-31"}
        line = sign.join(cells[name.strip().lower()] for name in head.split(sign))
        assert imported(desk, head, line).good == 1

    @pytest.mark.parametrize("head", ["", "nik", "nik,nama", "nik,nama,lahir", "nik nama lahir"])
    def test_without_its_columns_is_none(self, desk: Desk, head: str) -> None:
        with pytest.raises(ColumnsMissing):
            imported(desk, head, f"{NIK},Ahmad,1990-05-17")

    def test_of_many_rows_is_applied_whole(self, desk: Desk) -> None:
        people = [content(number) for number in range(5_000, 7_100)]
        assert enlist(desk, *people).good == 2_100
        with desk.office.store.read() as tx:
            assert tx.execute(sa.select(sa.func.count()).select_from(roll)).scalar_one() == 2_100


class TestAgain:
    def test_the_first_import_s_date_stays_and_the_rest_is_brought_up_to_date(
        self, desk: Desk
    ) -> None:
        worker = content()
        enlist(desk, worker)
        first = member(desk, worker["nik"]).imported_at
        desk.now.forward(days=30)
        enlist(desk, {**worker, "full_name": "Nama Baru"}, since="2026-12-01")
        kept = member(desk, worker["nik"])
        assert (kept.imported_at, kept.since.isoformat()) == (first, "2026-12-01")
        assert kept.folded_name != ""


class TestMemberSince:
    """Who is accepted and first appears on a later roll stays accepted, flagged: success."""

    def test_is_flagged_once_and_told(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        laptop.exchange(capture)
        desk.now.forward(days=14)
        assert enlist(desk, capture["content"], since="2026-12-01").flagged == 1
        assert enlist(desk, capture["content"], since="2026-12-01").flagged == 0
        changes = laptop.exchange()["changes"]
        assert [(c["verdict"], c["reason"], c["flags"]) for c in changes] == [
            ("accepted", "new", ["member_since"])
        ]
        assert faults(desk) == []

    @pytest.mark.parametrize("since", ["", "2026-11-20", "2026-11-19", "2020-01-01"])
    def test_is_flagged_whatever_day_the_roll_gives(self, desk: Desk, since: str) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        laptop.exchange(capture)
        assert enlist(desk, capture["content"], since=since).flagged == 1

    def test_is_for_accepted_records_alone(self, desk: Desk) -> None:
        laptop = desk.join()
        refused = laptop.envelope(content(payer="budget"))
        laptop.exchange(refused)
        assert enlist(desk, refused["content"], since="2026-12-01").flagged == 0
        assert feed_numbers(desk, laptop.joined["agent"]["agent_id"]) == []


class TestJudging:
    """On the roll by a membership that began before the record was received."""

    @pytest.mark.parametrize(
        ("since", "told"),
        [
            ("2026-11-19", ("duplicate", "member")),
            ("2026-11-20", ("accepted", "new")),
            ("2026-12-24", ("accepted", "new")),
            ("", ("duplicate", "member")),
        ],
    )
    def test_only_what_began_before_the_day_covers(
        self, desk: Desk, since: str, told: tuple[str, str]
    ) -> None:
        worker = content()
        enlist(desk, worker, since=since)
        desk.now.forward(seconds=1)
        laptop = desk.join()
        assert laptop.send(laptop.envelope(worker)) == [told]

    def test_another_name_or_birth_date_is_a_conflict(self, desk: Desk) -> None:
        one, other = content(), content()
        enlist(desk, {**one, "full_name": other["full_name"]}, since="2020-01-01")
        enlist(desk, {**other, "birth_date": "1990-07-14"}, since="2020-01-01")
        laptop = desk.join()
        sent = laptop.envelope(one), laptop.envelope(other)
        assert laptop.send(*sent) == [("in_review", "nik_conflict")] * 2
