"""Personal tokens: shown once, good for some days, ended at once."""

import pytest

from server import accounts, tokens
from server.office import Office
from server.rules.roles import Role, User
from server.store.desk_tables import api_tokens
from tests.offices import Ticking
from tests.server.trail import trail
from tests.server.users import add, enter, refused


@pytest.fixture
def user(office: Office) -> User:
    """Somebody who has signed in."""
    add(office)
    return enter(office)


def test_a_token_is_its_user_with_the_present_role(office: Office, user: User) -> None:
    add(office, "Admin")
    token = tokens.make_token(office, user, "  gaji   bulanan ", 90)
    assert token.startswith("lorong_")
    found = accounts.user_of_token(office, token)
    assert found is not None
    assert (found.user_id, found.role) == (user.user_id, Role.ADMINISTRATOR)
    accounts.change_user(office, user.user_id, Role.VIEWER, (), by="Admin")
    found = accounts.user_of_token(office, token)
    assert found is not None
    assert found.role == Role.VIEWER
    [row] = tokens.own_tokens(office, user)
    assert (row.name, row.used_at) == ("gaji bulanan", office.now())
    assert token not in repr(row) + repr(trail(office))
    told = {"name": "gaji bulanan", "days": 90}
    assert ("Ibu Rahma", "made", "token", told) in trail(office)


def test_a_token_is_no_sign_in_and_a_sign_in_no_token(office: Office, user: User) -> None:
    token = tokens.make_token(office, user, "x", 1)
    assert accounts.user_of(office, token) is None
    assert accounts.user_of_token(office, user.token) is None


def test_its_use_is_written_once_a_minute(office: Office, user: User) -> None:
    now = office.now
    assert isinstance(now, Ticking)
    token, first = tokens.make_token(office, user, "x", 1), now()
    for seconds, seen in ((0, 0), (60, 0), (1, 61)):
        now.forward(seconds=seconds)
        accounts.user_of_token(office, token)
        with office.store.read() as tx:
            used = tx.execute(api_tokens.select()).one().used_at
        assert (used - first).total_seconds() == seen


def test_it_holds_for_its_days_and_no_longer_than_its_user(office: Office, user: User) -> None:
    assert isinstance(office.now, Ticking)
    add(office, "Admin")
    day, year = tokens.make_token(office, user, "a", 1), tokens.make_token(office, user, "b", 365)
    office.now.forward(days=1)
    assert accounts.user_of_token(office, day) is None
    assert accounts.user_of_token(office, year) is not None
    assert [row.name for row in tokens.own_tokens(office, user)] == ["b"]
    accounts.end_user(office, user.user_id, by="Admin")
    assert accounts.user_of_token(office, year) is None


def test_one_s_own_is_ended_at_once(office: Office, user: User) -> None:
    add(office, "Lain")
    token = tokens.make_token(office, user, "x", 1)
    [row] = tokens.own_tokens(office, user)
    for token_id in ("0", "a\0b", "\ud800"):
        assert refused(tokens.end_token, office, user, token_id) == "page_unknown"
    other = enter(office, "Lain")
    assert refused(tokens.end_token, office, other, row.token_id) == "page_unknown"
    tokens.end_token(office, user, row.token_id)
    assert accounts.user_of_token(office, token) is None
    assert refused(tokens.end_token, office, user, row.token_id) == "page_unknown"
    assert trail(office)[-1] == ("Ibu Rahma", "ended", "token", {"name": "x"})


@pytest.mark.parametrize("days", [-1, 0, 366, 10**9])
def test_days_without_end_are_refused(office: Office, user: User, days: int) -> None:
    assert refused(tokens.make_token, office, user, "x", days) == "days_unfit"


def test_a_name_is_wanted(office: Office, user: User) -> None:
    for name in ("", "a\0b", "x" * 61):
        assert refused(tokens.make_token, office, user, name, 1) == "name_unfit"


@pytest.mark.parametrize("token", ["", "lorong_", "a\0b", "\ud800", "x" * 100_000])
def test_what_is_no_token_is_nobody_s(office: Office, user: User, token: str) -> None:
    assert accounts.user_of_token(office, token) is None
