"""The trail: it is only added to, and whoever goes round that is found."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from server import audit, doctor
from server.audit import Action, Fault, broken
from server.doctor_trail import trail
from server.office import Office
from server.store import audit as kept
from server.store.desk_tables import audit as lines
from server.store.desk_tables import audit_head
from server.store.engine import Store
from tests.offices import KEYS
from tests.server.races import wait_for

Damage = Callable[[sa.Connection], None]


def note(office: Office, by: str = "Ibu Rahma", **detail: object) -> None:
    """Add a line."""
    with office.store.write() as tx:
        audit.note(
            tx, office.keys, by=by, at=office.now(), action=Action.SAW, about="case", **detail
        )


@pytest.fixture
def noted(office: Office) -> Office:
    """An office with five lines in its trail."""
    for count in range(5):
        note(office, about_id=f"case-{count}", count=count, text="ikan \u2028 'segar'")
    return office


def faults(office: Office) -> list[Fault]:
    """Return what is wrong with the trail."""
    with office.store.read() as tx:
        return list(broken(tx, office.keys))


def damage(office: Office, *statements: str) -> None:
    """Do what only somebody with the database in hand can do: the triggers are taken away."""
    sqlite = ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete")
    off = ("ALTER TABLE audit DISABLE TRIGGER ALL",)
    on = ("ALTER TABLE audit ENABLE TRIGGER ALL",)
    with office.store.write() as tx:
        for statement in sqlite if office.store.is_sqlite else off:
            tx.exec_driver_sql(statement)
        for statement in statements:
            assert tx.execute(sa.text(statement)).rowcount > 0
        for statement in () if office.store.is_sqlite else on:
            tx.exec_driver_sql(statement)


COPY = (
    'INSERT INTO audit (number, at, "by", action, about, about_id, office_id, detail, seal)'
    ' SELECT {number}, at, "by", action, about, about_id, office_id, detail, seal'
    " FROM audit WHERE number = 3"
)


def test_an_untouched_trail_is_sound(noted: Office) -> None:
    assert faults(noted) == []
    with noted.store.read() as tx:
        finding = trail(tx, noted.keys)
        number, seal = kept.head(tx)
    assert (finding.compared, finding.wrong, number) == (5, 0, 5)
    groups = seal.hex()[:32]
    shown = " ".join(groups[place : place + 4] for place in range(0, 32, 4))
    assert finding.told == f"line 5, seal {shown}"


def test_an_empty_trail_is_sound(office: Office) -> None:
    with office.store.write() as tx:
        tx.execute(sa.delete(audit_head))
    assert faults(office) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "at"),
        ('"by"', "'Pak Ali'"),
        ("action", "'decided'"),
        ("about", "'record'"),
        ("about_id", "'case-9'"),
        ("office_id", "'tallo'"),
        ("detail", "'{}'"),
    ],
)
def test_a_changed_line_is_found(noted: Office, column: str, value: str) -> None:
    if column == "at":
        with noted.store.read() as tx:
            at = tx.execute(sa.select(lines.c.at).where(lines.c.number == 3)).scalar_one()
        value = f"'{at.replace(year=2025).replace(tzinfo=None)}'"
    damage(noted, f"UPDATE audit SET {column} = {value} WHERE number = 3")
    assert faults(noted) == [Fault(3, 3, is_gone=False)]


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["DELETE FROM audit WHERE number = 5"], [Fault(5, 5, is_gone=True)]),
        (["DELETE FROM audit"], [Fault(1, 5, is_gone=True)]),
        (
            ["DELETE FROM audit WHERE number IN (2, 3)"],
            [Fault(2, 3, is_gone=True), Fault(4, 4, is_gone=False)],
        ),
        (
            [
                "UPDATE audit SET number = 20 WHERE number = 2",
                "UPDATE audit SET number = 2 WHERE number = 3",
                "UPDATE audit SET number = 3 WHERE number = 20",
            ],
            [Fault(number, number, is_gone=False) for number in (2, 3, 4)],
        ),
        ([COPY.format(number=6)], [Fault(6, 6, is_gone=False)]),
        (
            [COPY.format(number=9_000_000_000_000)],
            [
                Fault(6, 8_999_999_999_999, is_gone=True),
                Fault(9_000_000_000_000, 9_000_000_000_000, is_gone=False),
            ],
        ),
        ([COPY.format(number=0)], [Fault(0, 0, is_gone=False)]),
        ([COPY.format(number=-7)], [Fault(-7, -7, is_gone=False)]),
        (["UPDATE audit_head SET number = 4"], [Fault(5, 5, is_gone=False)]),
        (["DELETE FROM audit_head"], [Fault(5, 5, is_gone=False)]),
        (
            ["UPDATE audit SET seal = (SELECT seal FROM audit WHERE number = 2) WHERE number = 3"],
            [Fault(3, 3, is_gone=False), Fault(4, 4, is_gone=False)],
        ),
    ],
)
def test_what_was_taken_put_in_or_swapped_is_found(
    noted: Office, statements: list[str], found: list[Fault]
) -> None:
    damage(noted, *statements)
    assert faults(noted) == found
    (told,) = [one for one in doctor.examine_all(noted) if one.check == "trail"]
    assert told.wrong == len(found)


def test_another_key_finds_nothing_as_written(noted: Office) -> None:
    other = type(KEYS).from_text("A" * 43 + "=")
    with noted.store.read() as tx:
        assert [fault.first for fault in broken(tx, other)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("statement", ["UPDATE audit SET action = 'x'", "DELETE FROM audit"])
def test_no_slip_of_a_program_changes_it(noted: Office, statement: str) -> None:
    with pytest.raises(sa.exc.DatabaseError, match="only added to"), noted.store.write() as tx:
        tx.execute(sa.text(statement))
    assert faults(noted) == []


def test_lines_that_are_added_at_once_make_one_chain(office: Office, store: Store) -> None:
    with ThreadPoolExecutor(4) as pool:
        with store.write() as tx:  # all others wait for this first line of all
            audit.note(tx, office.keys, by="Satu", at=office.now(), action=Action.SAW, about="case")
            waiting = [pool.submit(note, office, f"Dua {place}") for place in range(4)]
            wait_for(store, *waiting)
        for one in waiting:
            one.result()
    assert faults(office) == []
    with store.read() as tx:
        numbers = [line.number for line in kept.lines(tx)]
    assert numbers == [1, 2, 3, 4, 5]


def test_a_deed_that_failed_leaves_no_line(noted: Office) -> None:
    with noted.store.engine.connect() as connection:
        tx = connection.execution_options(writes=True)
        audit.note(tx, noted.keys, by="Satu", at=noted.now(), action=Action.SAW, about="case")
        tx.rollback()
    note(noted)
    assert faults(noted) == []
    with noted.store.read() as tx:
        assert kept.head(tx)[0] == 6
