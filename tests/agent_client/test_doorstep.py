"""What the laptop says of a worker at the door, by what it knows itself."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_client.doorstep import are_alike
from agent_client.store import reference
from agent_client.store.reference import Reference
from sync.known_niks import build, digest16
from tests.agent_client.at_the_door import Door, codes, hinted, typed
from tests.agent_client.laptops import joined_vault
from tests.builders import content

REASON = ("hint_reason", "hint_reason_needed")


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(joined_vault(tmp_path))


def office_knows(door: Door, *people: int) -> None:
    key = bytes(range(16))
    blob = build([digest16(content(n)["nik"], key) for n in people], key, base=1)
    with door.vault.writing() as tx:
        reference.keep_reference(tx, Reference("known_niks", "1.0", blob), door.clock.now())


def namesake(n: int, name: str) -> dict[str, str]:
    """Return a form of somebody born on the day of person `n`, with another NIK."""
    nik = content(n)["nik"]
    other = nik[:-4] + f"{int(nik[-4:]) + 1:04}"
    return typed(n, nik=other, nik_again=other, full_name=name)


def test_nobody_is_said_of_a_stranger(door: Door) -> None:
    office_knows(door, 7)
    door.capture(1)
    assert hinted(door.keep(door.begin(), **typed(2))) == set()


def test_a_nik_that_is_here_is_said_with_its_record(door: Door) -> None:
    record_id = door.capture(1)
    look = door.keep(door.begin(), **typed(1))
    assert hinted(look) == {("nik_here", record_id)}
    assert codes(look) == {REASON}


def test_it_is_said_before_anything_else_is_typed(door: Door) -> None:
    record_id = door.capture(1)
    look = door.keep(door.begin(), nik=content(1)["nik"])
    assert hinted(look) == {("nik_here", record_id)}


def test_with_a_reason_it_is_saved_all_the_same(door: Door) -> None:
    door.capture(1)
    look, saved = door.save(door.begin(), **typed(1, hint_reason="KTP lama"))
    assert saved is not None, look.errors
    assert door.envelope(saved.record_id)["content"]["hint_reason"] == "KTP lama"


@pytest.mark.parametrize("verdict", ["rejected", "superseded"])
def test_what_was_refused_or_replaced_is_not_here(door: Door, verdict: str) -> None:
    door.change(door.capture(1), f"waiting = 0, verdict = '{verdict}'")
    assert hinted(door.keep(door.begin(), **typed(1))) == set()


def test_whom_the_office_knows_is_said(door: Door) -> None:
    office_knows(door, 1, 3)
    look = door.keep(door.begin(), **typed(1))
    assert hinted(look) == {("nik_known", None)}
    assert codes(look) == {REASON}


def test_half_a_nik_is_known_to_nobody(door: Door) -> None:
    office_knows(door, 1)
    assert hinted(door.keep(door.begin(), nik=content(1)["nik"][:15])) == set()


def test_nearly_the_same_name_on_one_birth_date_is_said(door: Door) -> None:
    record_id = door.capture(1, full_name="Sitti Aminah Makkulau")
    look = door.keep(door.begin(), **namesake(1, "St. Aminah Makulau"))
    assert hinted(look) == {("looks_like", record_id)}
    assert codes(look) == {REASON}


def test_twins_are_two_people(door: Door) -> None:
    door.capture(1, full_name="Sitti Aminah Makkulau")
    assert hinted(door.keep(door.begin(), **namesake(1, "Sitti Aisyah Makkulau"))) == set()


def test_the_same_name_on_another_birth_date_is_nobody(door: Door) -> None:
    door.capture(1, full_name="Sitti Aminah Makkulau")
    assert hinted(door.keep(door.begin(), **typed(2, full_name="Sitti Aminah Makkulau"))) == set()


def test_a_record_that_is_corrected_does_not_look_like_itself(door: Door) -> None:
    record_id = door.capture(1)
    form = namesake(1, content(1)["full_name"])
    look = door.keep(door.correct(record_id), **form)
    assert hinted(look) == set()


def test_a_correction_to_anothers_nik_is_said(door: Door) -> None:
    record_id, other = door.capture(1), door.capture(2)
    nik = content(2)["nik"]
    form = {**door.look(draft_id := door.correct(record_id)).form, "nik": nik, "nik_again": nik}
    assert hinted(door.keep(draft_id, **form)) == {("nik_here", other)}


def test_an_accepted_record_that_is_corrected_is_known_and_not_said(door: Door) -> None:
    office_knows(door, 1)
    record_id = door.capture(1, hint_reason="KTP lama")
    door.change(record_id, "waiting = 0, verdict = 'accepted', reason = 'new'")
    assert hinted(door.look(door.correct(record_id))) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nur Hayati", "Nurhayati"),
        ("Muh. Basri", "Muhammad Basry"),
        ("Basri Daeng Ngalle", "Basri Dg Ngale"),
        ("Hj. Fatmawati Rauf", "Fatmawati Rauf"),
        ("Abdurrahman Tahir", "Abd. Rahman Tahir"),
    ],
)
def test_one_name_written_twice_is_alike(one: str, other: str) -> None:
    assert are_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hasan Makkulau", "Husain Makkulau"),
        ("Ahmad Fauzi Pabichara", "Ahmad Fauzan Pabichara"),
        ("Ratna", "Ratna Sari Dewi"),
        ("Ani", "Ina"),
        ("", ""),
        ("", "Basri"),
        ("7", "!"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert not are_alike(one, other)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_are_compared_and_either_way_round(one: str, other: str) -> None:
    assert are_alike(one, other) in (True, False)
