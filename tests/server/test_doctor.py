"""The doctor: sound books are called sound, and each planted damage is found and named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from server import administer, doctor
from server.known import build_known_niks
from server.store import case_tables, list_tables, migrate, tables
from server.store.tables import COUNTERS
from tests.builders import content
from tests.offices import KEYS, Desk
from tests.server.looks import faults
from tests.server.rolls import enlist


@dataclass
class Books:
    """An office with some of everything in its books; `ids` of its records by what they are."""

    desk: Desk
    ids: dict[str, str]

    def run(self, statement: Any) -> None:
        """Damage the database: a row is altered, added or lost."""
        with self.desk.office.store.write() as tx:
            assert tx.execute(statement).rowcount != 0

    def ledger(self, who: str, **values: Any) -> None:
        """Alter a record's row in the ledger."""
        row = tables.ledger.c.record_id == self.ids[who]
        self.run(sa.update(tables.ledger).where(row).values(**values))

    def found(self) -> set[str]:
        """Return the names of the checks that find something wrong."""
        return {f.check for f in doctor.examine_all(self.desk.office) if f.wrong}


@pytest.fixture
def books(desk: Desk) -> Books:
    """Books with every kind of standing, cases, a feed, days, a roll and known NIKs."""
    one, other = desk.join(), desk.join()
    build_known_niks(desk.office)
    worker, doubted = content(), content()
    first, lone = one.envelope(worker), one.envelope()
    fixed = one.envelope({**worker, "note": "x"}, corrects=first["record_id"])
    duplicate = other.envelope(worker)
    conflict = other.envelope(content(nik=worker["nik"], nik_reason="as_on_card"))
    broken, refused = one.envelope(content(sex="X")), other.envelope(content(payer="budget"))
    one.exchange(first, lone, fixed, broken)
    other.exchange(duplicate, conflict, refused, other.envelope(doubted), None)
    enlist(desk, doubted, since="2026-12-01")
    names = {
        "first": first,
        "holder": fixed,
        "lone": lone,
        "duplicate": duplicate,
        "conflict": conflict,
        "broken": broken,
        "refused": refused,
    }
    return Books(desk, {name: sent["record_id"] for name, sent in names.items()})


def test_sound_books_are_called_sound_and_everything_is_compared(books: Books) -> None:
    findings = doctor.examine_all(books.desk.office)
    assert [finding.listed for finding in findings] == [[]] * len(findings)
    assert {finding.check for finding in findings if not finding.compared} <= {"credits"}
    with books.desk.office.store.read() as tx:
        assert doctor.summary(tx) == {
            "accepted": 3,
            "duplicate": 1,
            "in_review": 1,
            "rejected": 2,
            "superseded": 1,
        }


def test_an_empty_office_is_sound(desk: Desk) -> None:
    assert faults(desk) == []


def lost(table: sa.Table, column: str, who: str) -> Callable[[Books], None]:
    """Return a damage: a table's row of a record is gone."""
    return lambda books: books.run(sa.delete(table).where(table.c[column] == books.ids[who]))


def second_holder(books: Books) -> None:
    """Let the conflict be accepted beside the holder."""
    books.ledger("conflict", verdict="accepted", reason="new")


def swapped_contents(books: Books) -> None:
    """Put one record's sealed bytes in the place of another's."""
    theirs = sa.select(tables.ledger.c.sealed).where(
        tables.ledger.c.record_id == books.ids["refused"]
    )
    books.ledger("lone", sealed=theirs.scalar_subquery())


def filed_elsewhere(books: Books) -> None:
    """File a record under a NIK that it does not have."""
    books.ledger("refused", nik_hash=KEYS.nik_hash("7371150101900001"))


def off_by_one(*names: str) -> Callable[[Books], None]:
    """Return a damage: these counters of one agent's day are one too high."""
    day = tables.performance.c
    raised = {name: day[name] + 1 for name in names}
    first = sa.select(sa.func.min(day.agent_id)).scalar_subquery()
    changed = sa.update(tables.performance).where(day.agent_id == first).values(raised)
    return lambda books: books.run(changed)


def of_feed(**values: Any) -> Callable[[Books], None]:
    """Return a damage: the feed's first change is altered, or lost where nothing is named."""
    row = tables.feed.c.number == 1
    changed = sa.update(tables.feed).where(row).values(**values)
    return lambda books: books.run(changed if values else sa.delete(tables.feed).where(row))


def of_additions(**values: Any) -> Callable[[Books], None]:
    """Return a damage: the first addition to known_niks is altered, or lost."""
    row = list_tables.known_additions.c.number == 1
    table = list_tables.known_additions
    changed = sa.update(table).where(row).values(**values)
    return lambda books: books.run(changed if values else sa.delete(table).where(row))


def move_alone(books: Books) -> None:
    """Let every agent be elsewhere since November, and leave the records."""
    office_id = administer.add_office(books.desk.office, "Tallo")
    columns = [tables.stations.c[name] for name in ("agent_id", "since", "office_id")]
    moved = sa.select(columns[0], sa.literal(date(2026, 11, 1)), sa.literal(office_id))
    books.run(sa.insert(tables.stations).from_select(columns, moved))


DAMAGES: dict[str, tuple[Callable[[Books], None], set[str]]] = {
    "a counter off by one": (off_by_one("received"), {"performance"}),
    "a day lost": (
        lambda books: books.run(sa.delete(tables.performance)),
        {"performance"},
    ),
    "a day too many": (
        lambda books: books.run(
            sa.insert(tables.performance).values(
                work_date=sa.func.current_date(),
                agent_id="nobody",
                office_id="nowhere",
                kelurahan="",
                received_date=sa.func.current_date(),
                received=1,
            )
        ),
        {"performance"},
    ),
    "a month lost": (
        lambda books: books.run(
            sa.delete(tables.performance_periods).where(
                tables.performance_periods.c.period == "2026-11"
            )
        ),
        {"performance"},
    ),
    "a kelurahan altered": (
        lambda books: books.ledger("lone", kelurahan="73.71.01.1001"),
        {"performance"},
    ),
    "a day of receipt altered": (
        lambda books: books.ledger("lone", received_date=date(2026, 10, 31)),
        {"performance"},
    ),
    "a refused record lost": (lost(tables.ledger, "record_id", "broken"), {"performance"}),
    "the holder lost": (
        lost(tables.ledger, "record_id", "holder"),
        {"performance", "ledger_rows", "holders", "duplicates", "cases"},
    ),
    "a duplicate lost": (
        lost(tables.ledger, "record_id", "duplicate"),
        {"performance", "ledger_rows"},
    ),
    "the first of a chain lost": (
        lost(tables.ledger, "record_id", "first"),
        {"performance", "ledger_rows"},
    ),
    "two holders of one NIK": (second_holder, {"performance", "holders"}),
    "a holder lost": (lost(tables.holders, "record_id", "lone"), {"holders"}),
    "a holder who is none": (
        lambda books: books.run(
            sa.update(tables.holders)
            .where(tables.holders.c.record_id == books.ids["lone"])
            .values(record_id=books.ids["duplicate"])
        ),
        {"holders"},
    ),
    "an accepted record made a duplicate": (
        lambda books: books.ledger("lone", verdict="duplicate", reason="enrolled"),
        {"performance", "holders", "duplicates"},
    ),
    "a duplicate of a refused record": (
        lambda books: books.ledger("duplicate", duplicate_of=books.ids["broken"]),
        {"duplicates"},
    ),
    "a duplicate of nobody": (
        lambda books: books.ledger("duplicate", duplicate_of=None),
        {"duplicates"},
    ),
    "a verdict that is none": (
        lambda books: books.ledger("refused", verdict="retry"),
        {"performance", "standings"},
    ),
    "a serial number twice": (lambda books: books.ledger("refused", seq=1), {"serial_numbers"}),
    "a case lost": (lost(case_tables.cases, "record_id", "conflict"), {"cases"}),
    "a case closed without a decision on the record": (
        lambda books: books.run(
            sa.update(case_tables.cases).values(
                decided_at=books.desk.now(), decision="same", decided_by="x"
            )
        ),
        {"cases"},
    ),
    "a case filed under another office": (
        lambda books: books.run(sa.update(case_tables.cases).values(other_office_id="elsewhere")),
        {"cases"},
    ),
    "a sealed row altered": (
        lambda books: books.ledger("lone", sealed=KEYS.seal(b"{}")[:-1] + b"x"),
        {"contents"},
    ),
    "another's sealed row": (swapped_contents, {"contents"}),
    "a digest altered": (lambda books: books.ledger("lone", digest="0" * 64), {"contents"}),
    "a record under another NIK": (filed_elsewhere, {"contents"}),
    "a change of the feed lost": (of_feed(), {"feeds"}),
    "a gap in the feed": (of_feed(number=0), {"feeds"}),
    "a feed that goes beyond its number": (of_feed(number=99), {"feeds"}),
    "a feed's number too high": (
        lambda books: books.run(
            sa.update(tables.agents).values(feed_number=tables.agents.c.feed_number + 1)
        ),
        {"feeds"},
    ),
    "an addition lost": (of_additions(), {"known_niks"}),
    "a gap in the additions": (of_additions(number=99), {"known_niks"}),
    "an addition of no base": (of_additions(base=7), {"known_niks"}),
    "an agent without a first office": (
        lambda books: books.run(sa.update(tables.stations).values(since=date(1999, 1, 1))),
        {"stations"},
    ),
    "a record that counts for another office": (
        lambda books: books.ledger("lone", office_id="elsewhere"),
        {"performance", "stations"},
    ),
    "a move that moved no record": (move_alone, {"stations"}),
    "a migration not run": (
        lambda books: books.run(sa.text("UPDATE alembic_version SET version_num = '0000'")),
        {"schema"},
    ),
}


@pytest.mark.parametrize(("plant", "checks"), DAMAGES.values(), ids=DAMAGES.keys())
def test_planted_damage_is_found_and_named(
    books: Books, plant: Callable[[Books], None], checks: set[str]
) -> None:
    try:
        plant(books)
        assert books.found() == checks
    finally:
        newest = ScriptDirectory.from_config(migrate.config()).get_current_head()
        books.run(sa.text(f"UPDATE alembic_version SET version_num = '{newest}'"))


def test_what_is_wrong_is_said(books: Books) -> None:
    second_holder(books)
    off_by_one("accepted")(books)
    said = "\n".join(faults(books.desk))
    held = sorted([books.ids["holder"], books.ids["conflict"]])
    assert f"two holders of one NIK: {held[0]} and {held[1]}" in said
    assert f"accepted {books.ids['conflict']} does not hold its NIK" in said
    assert "on 2026-11-20: accepted, in_review" in said


def test_every_counter_of_a_day_is_held_against_the_ledger(books: Books) -> None:
    off_by_one(*COUNTERS)(books)
    (said,) = faults(books.desk)
    assert said.endswith(f"on 2026-11-20: {', '.join(COUNTERS)} differ from the ledger")


def test_twenty_are_listed_and_all_counted(desk: Desk) -> None:
    laptop = desk.join()
    laptop.exchange(*(laptop.envelope() for _ in range(25)))
    with desk.office.store.write() as tx:
        tx.execute(sa.update(tables.ledger).values(digest="0" * 64))
    (contents,) = [f for f in doctor.examine_all(desk.office) if f.wrong]
    assert (contents.check, contents.wrong, len(contents.listed)) == ("contents", 25, 20)


def test_nothing_of_a_person_is_said(books: Books) -> None:
    books.run(sa.update(tables.ledger).values(digest="0" * 64, verdict="retry", seq=1))
    said = "\n".join(faults(books.desk))
    with books.desk.office.store.read() as tx:
        names = tx.execute(sa.select(tables.people.c.name)).scalars().all()
    assert names
    assert not [name for name in names if name in said]
