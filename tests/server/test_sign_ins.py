"""Signing in and out: right, wrong, too often, too long ago; by password and by code."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher

from server import accounts, links, sign_ins, tries
from server.office import Office
from server.problems import Refused
from server.sign_ins import HalfWay
from server.store import sign_ins as rows
from server.store.desk_tables import sign_ins as table
from server.store.desk_tables import wrong_tries
from tests.offices import Ticking
from tests.server.races import race
from tests.server.trail import trail
from tests.server.users import OTHER, PASSWORD, add, enter, refused, row_of, two_steps_of


@pytest.fixture
def now(office: Office) -> Ticking:
    """The office's clock."""
    assert isinstance(office.now, Ticking)
    return office.now


def fail(office: Office, times: int, name: str = "Ibu Rahma") -> list[str]:
    """Try a wrong password so often; return the codes."""
    return [refused(enter, office, name, "kata yang salah") for _ in range(times)]


def test_each_sign_in_has_a_token_of_its_own(office: Office) -> None:
    user_id = add(office)
    one, other = enter(office), enter(office, "IBU  rahma")
    assert one.token != other.token
    for user in (one, other):
        assert accounts.user_of(office, user.token) == user
    assert [line[1] for line in trail(office)] == ["made", "signed_in", "signed_in"]
    assert row_of(office, user_id).seen_at == office.now()


def test_a_password_is_the_same_on_every_keyboard(office: Office) -> None:
    accounts.add_user(
        office, "A", accounts.Role.VIEWER, (), by="uji", password="cafe\u0301 di pagi hari"
    )
    assert enter(office, "A", "caf\u00e9 di pagi hari").name == "A"


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Ibu Rahma", ""),
        ("Ibu Rahma", PASSWORD.upper()),
        ("Ibu Rahma", PASSWORD + "\0"),
        ("Ibu Rahma", "\ud800"),
        ("Nobody", PASSWORD),
        ("", ""),
        ("a\0b", PASSWORD),
        ("\ud800", PASSWORD),
        ("x" * 100_000, PASSWORD),
    ],
)
def test_whoever_is_wrong_is_told_no_more_than_that(
    office: Office, name: str, password: str
) -> None:
    add(office)
    assert refused(enter, office, name, password) == "sign_in_wrong"


def test_a_user_without_a_password_cannot_come_in(office: Office) -> None:
    accounts.add_user(office, "Baru", accounts.Role.VIEWER, (), by="uji")
    assert refused(enter, office, "Baru", "") == "sign_in_wrong"


@pytest.mark.parametrize("name", ["Ibu Rahma", "Nobody"])
def test_five_wrong_tries_lock_a_name_whether_it_is_anybody_s_or_not(
    office: Office, now: Ticking, name: str
) -> None:
    add(office)
    assert fail(office, 5, name) == ["sign_in_wrong"] * 5
    for minutes in (1, 2, 4, 8, 15, 15):
        with pytest.raises(Refused) as told:
            enter(office, name)
        assert told.value.problem.code == "sign_in_locked"
        assert told.value.headers == {"Retry-After": str(minutes * 60)}
        now.forward(minutes=minutes)
        assert fail(office, 5, name.upper()) == ["sign_in_wrong"] * 5


def test_a_year_of_wrong_tries_does_not_overflow(office: Office, now: Ticking) -> None:
    add(office)
    with office.store.write() as tx:
        tries.fail(tx, office, "Ibu Rahma", None)
        tx.execute(wrong_tries.update().values(failures=199_999))
    assert fail(office, 1) == ["sign_in_wrong"]
    now.forward(minutes=15, seconds=-1)
    assert fail(office, 1) == ["sign_in_locked"]


def test_the_right_password_is_refused_while_locked_and_resets_the_count_after(
    office: Office, now: Ticking
) -> None:
    add(office)
    fail(office, 5)
    assert refused(enter, office) == "sign_in_locked"
    now.forward(minutes=1)
    enter(office)
    assert fail(office, 4) == ["sign_in_wrong"] * 4
    enter(office)
    assert fail(office, 5) == ["sign_in_wrong"] * 5


def test_wrong_tries_are_forgotten_after_an_hour_without_one(office: Office, now: Ticking) -> None:
    add(office)
    fail(office, 4)
    fail(office, 3, "Nobody")
    now.forward(hours=1, seconds=1)
    assert fail(office, 5) == ["sign_in_wrong"] * 5
    with office.store.read() as tx:
        assert len(tx.execute(wrong_tries.select()).all()) == 1


def test_of_many_wrong_tries_at_once_none_is_missed(office: Office) -> None:
    add(office)
    results = race(office.store, *[lambda: enter(office, password="kata yang salah")] * 9)
    assert sorted(results) == ["sign_in_locked"] * 4 + ["sign_in_wrong"] * 5
    assert [line[3]["failures"] for line in trail(office) if line[1] == "refused"] == [
        1,
        2,
        3,
        4,
        5,
    ]


def test_a_right_try_that_comes_after_the_lock_is_refused_though_it_began_before(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(office)
    verify = PasswordHasher.verify

    def slow(*args: Any) -> Any:
        monkeypatch.setattr(PasswordHasher, "verify", verify)
        fail(office, 5)
        return verify(*args)

    monkeypatch.setattr(PasswordHasher, "verify", slow)
    assert refused(enter, office) == "sign_in_locked"


def test_a_password_that_is_changed_meanwhile_is_wrong(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(office)
    user, verify = enter(office), PasswordHasher.verify

    def slow(*args: Any) -> Any:
        monkeypatch.setattr(PasswordHasher, "verify", verify)
        sign_ins.change_password(office, user, PASSWORD, OTHER)
        return verify(*args)

    monkeypatch.setattr(PasswordHasher, "verify", slow)
    assert refused(enter, office) == "sign_in_wrong"


def test_a_name_that_is_nobody_s_costs_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(office)
    invited = accounts.add_user(office, "Baru", accounts.Role.VIEWER, (), by="uji")
    ended = add(office, "Berakhir")
    accounts.end_user(office, ended, by="uji")
    verify, hashed = PasswordHasher.verify, []

    def counting(*args: Any) -> Any:
        hashed.append(args)
        return verify(*args)

    monkeypatch.setattr(PasswordHasher, "verify", counting)
    assert row_of(office, invited).password_hash is None
    for done, name in enumerate(("Ibu Rahma", "Nobody", "Baru", "Berakhir"), 1):
        assert fail(office, 1, name) == ["sign_in_wrong"]
        assert len(hashed) == done


def test_a_huge_password_is_wrong_and_not_hashed(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(office)
    monkeypatch.setattr(PasswordHasher, "verify", None)
    assert refused(enter, office, password="x" * 10_000_000) == "sign_in_wrong"


def test_a_sign_in_ends_when_it_is_not_used_and_after_twelve_hours(
    office: Office, now: Ticking
) -> None:
    add(office)
    user = enter(office)
    for _ in range(24):
        now.forward(minutes=30)
        assert accounts.user_of(office, user.token) is not None
    now.forward(seconds=1)
    assert accounts.user_of(office, user.token) is None
    user = enter(office)
    now.forward(minutes=30, seconds=1)
    assert accounts.user_of(office, user.token) is None


def test_the_office_says_how_long_a_sign_in_may_rest(office: Office, now: Ticking) -> None:
    short = replace(office, settings=replace(office.settings, session_minutes=5))
    add(short)
    user = enter(short)
    now.forward(minutes=5)
    assert accounts.user_of(short, user.token) is not None
    now.forward(minutes=5, seconds=1)
    assert accounts.user_of(short, user.token) is None


def test_what_has_ended_is_swept_at_the_next_sign_in(office: Office, now: Ticking) -> None:
    add(office)
    enter(office)
    now.forward(minutes=31)
    enter(office)
    with office.store.read() as tx:
        assert len(tx.execute(table.select()).all()) == 1


def test_signing_out_ends_one_or_all(office: Office) -> None:
    add(office)
    one, two, three = enter(office), enter(office), enter(office)
    sign_ins.sign_out(office, one)
    assert accounts.user_of(office, one.token) is None
    assert accounts.user_of(office, two.token) == two
    sign_ins.sign_out_everywhere(office, two)
    for user in (two, three):
        assert accounts.user_of(office, user.token) is None
    assert [line[3] for line in trail(office) if line[1] == "signed_out"] == [
        {},
        {"everywhere": True},
    ]


def test_a_changed_password_ends_all_other_sign_ins(office: Office) -> None:
    user_id = add(office)
    here, there = enter(office), enter(office)
    assert refused(sign_ins.change_password, office, here, "salah", OTHER) == "password_wrong"
    assert refused(sign_ins.change_password, office, here, PASSWORD, "pendek") == "password_weak"
    assert accounts.user_of(office, there.token) is not None
    before = row_of(office, user_id).password_hash
    sign_ins.change_password(office, here, PASSWORD, OTHER)
    assert row_of(office, user_id).password_hash != before
    assert accounts.user_of(office, here.token) is not None
    assert accounts.user_of(office, there.token) is None
    assert refused(enter, office) == "sign_in_wrong"
    assert trail(office)[-2][1:] == ("changed", "user", {"changed": "password"})
    enter(office, password=OTHER)


def test_a_wrong_present_password_counts_as_a_wrong_try(office: Office) -> None:
    add(office)
    user = enter(office)
    for _ in range(5):
        assert refused(sign_ins.require_password, office, user, "salah") == "password_wrong"
    assert refused(sign_ins.require_password, office, user, PASSWORD) == "sign_in_locked"
    assert refused(enter, office) == "sign_in_locked"


def half_way(office: Office) -> HalfWay:
    """Give the right password of a user of whom a code is asked too."""
    found = sign_ins.sign_in(office, "Ibu Rahma", PASSWORD)
    assert isinstance(found, HalfWay)
    return found


class TestCode:
    def test_is_asked_for_after_the_password(self, office: Office, now: Ticking) -> None:
        add(office)
        app = two_steps_of(office, enter(office))
        now.forward(seconds=30)
        user = sign_ins.sign_in_by_code(office, half_way(office), app.at(now()))
        assert accounts.user_of(office, user.token) == user

    def test_of_a_clock_that_differs_by_half_a_minute_is_right(
        self, office: Office, now: Ticking
    ) -> None:
        add(office)
        app = two_steps_of(office, enter(office))
        now.forward(minutes=5)
        for shift in (-30, 0, 30):
            code = app.at(now() + timedelta(seconds=shift))
            sign_ins.sign_in_by_code(office, half_way(office), f" {code[:3]} {code[3:]} ")
        for shift in (-60, 90):
            code = app.at(now() + timedelta(seconds=shift))
            half = half_way(office)
            assert refused(sign_ins.sign_in_by_code, office, half, code) == "totp_wrong"

    def test_is_never_right_twice_nor_an_older_one(self, office: Office, now: Ticking) -> None:
        add(office)
        app = two_steps_of(office, enter(office))
        half, code = half_way(office), app.at(now())
        assert refused(sign_ins.sign_in_by_code, office, half, code) == "totp_wrong"
        now.forward(seconds=30)
        older, code = code, app.at(now())
        sign_ins.sign_in_by_code(office, half, code)
        for one in (code, older):
            assert refused(sign_ins.sign_in_by_code, office, half, one) == "totp_wrong"

    def test_lets_one_in_where_two_use_it_at_once(self, office: Office, now: Ticking) -> None:
        add(office)
        app = two_steps_of(office, enter(office))
        now.forward(minutes=1)
        half, code = half_way(office), app.at(now())
        deed = lambda: sign_ins.sign_in_by_code(office, half, code)  # noqa: E731
        results = race(office.store, deed, deed)
        assert results.count("totp_wrong") == 1

    def test_that_is_wrong_counts_and_the_password_alone_resets_nothing(
        self, office: Office, now: Ticking
    ) -> None:
        add(office)
        app = two_steps_of(office, enter(office))
        now.forward(minutes=1)
        for wrong in ("", "000000x", "\ud800", "٠٠٠٠٠٠", "9" * 100_000):
            half = half_way(office)
            assert refused(sign_ins.sign_in_by_code, office, half, wrong) == "totp_wrong"
        assert refused(sign_ins.sign_in_by_code, office, half, app.at(now())) == "sign_in_locked"
        assert refused(enter, office) == "sign_in_locked"

    def test_comes_within_five_minutes_and_for_the_same_password(
        self, office: Office, now: Ticking
    ) -> None:
        add(office)
        user = enter(office)
        app = two_steps_of(office, user)
        half = half_way(office)
        now.forward(minutes=5)
        by_code = sign_ins.sign_in_by_code
        assert refused(by_code, office, half, app.at(now())) == "sign_in_stale"
        half = half_way(office)
        sign_ins.change_password(office, user, PASSWORD, OTHER)
        assert refused(by_code, office, half, app.at(now())) == "sign_in_stale"
        nobody = replace(half, user_id="a\0b")
        assert refused(by_code, office, nobody, app.at(now())) == "sign_in_stale"


def test_a_sign_in_that_is_none_is_nobody_s(office: Office) -> None:
    add(office)
    enter(office)
    for token in ("", "x", "a\0b", "\ud800", "x" * 100_000):
        assert accounts.user_of(office, token) is None
    with office.store.read() as tx:
        assert rows.user(tx, "") is None


def test_a_new_password_ends_the_links_that_were_not_used(office: Office) -> None:
    address, _ = links.make_link(office, add(office), by="uji")
    sign_ins.change_password(office, enter(office), PASSWORD, OTHER)
    assert refused(links.whose, office, address.rpartition("/")[2]) == "link_expired"
