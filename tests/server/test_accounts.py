"""The office's own people: made, changed, ended; and an administrator always remains."""

import pytest

from server import accounts, administer, links
from server.office import Office
from server.problems import Refused
from server.rules.roles import Role
from server.store import audit
from tests.offices import Ticking
from tests.server.races import race
from tests.server.trail import trail
from tests.server.users import PASSWORD, add, enter, refused, row_of


@pytest.fixture
def tallo(office: Office) -> str:
    """An office's name."""
    administer.add_office(office, "Tallo")
    return "Tallo"


def test_a_user_is_made_and_noted(office: Office, tallo: str) -> None:
    user_id = accounts.add_user(office, "  Ibu   Rahma ", Role.SUPERVISOR, [tallo, tallo], by="uji")
    [one] = accounts.all_users(office)
    assert (one.user_id, one.name, one.role) == (user_id, "Ibu Rahma", Role.SUPERVISOR)
    assert (one.offices, one.has_password, one.seen_at) == (("Tallo",), False, None)
    told = {"name": "Ibu Rahma", "role": "supervisor", "offices": ["Tallo"]}
    assert trail(office) == [("uji", "made", "user", told)]


@pytest.mark.parametrize(
    "name", ["", "  ", "a\0b", "a\nb\x1b", "\u202eamhaR", "x" * 61, "\ud800", "a\u200bb"]
)
def test_what_is_no_name_is_refused(office: Office, name: str) -> None:
    assert refused(accounts.add_user, office, name, Role.VIEWER, (), by="uji") == "name_unfit"
    assert accounts.all_users(office) == []


@pytest.mark.parametrize("name", ["😀", "رحمة", "O'Brien <b>", "=1+1", "Ñandú", "x" * 60])
def test_a_name_of_any_script_is_one(office: Office, name: str) -> None:
    add(office, name)
    assert enter(office, name.upper()).name == name


def test_a_name_is_one_person_s_however_it_is_written(office: Office) -> None:
    add(office, "Ibu Rahma")
    for name in ("IBU RAHMA", " ibu  rahma", "Ｉｂｕ Rahma"):
        assert refused(add, office, name) == "user_taken"


@pytest.mark.parametrize("name", ["lorong-server", " Lorong-SERVER"])
def test_nobody_is_called_as_the_office_s_terminal_is(office: Office, name: str) -> None:
    assert refused(accounts.add_user, office, name, Role.VIEWER, (), by="uji") == "user_taken"
    assert trail(office) == []


def test_two_of_one_name_at_once_are_one(office: Office) -> None:
    results = race(
        office.store,
        lambda: add(office, "Ibu Rahma"),
        lambda: add(office, "ibu rahma"),
        hold=audit.lock_head,
    )
    assert results.count("user_taken") == 1
    assert len(accounts.all_users(office)) == 1
    assert len(trail(office)) == 1


@pytest.mark.parametrize(
    "password",
    ["", "sebelas.hrf", "aaaaaaaaaaaaaaaa", "abababababababab", "x" * 1_001, "IBU RAHMA X"],
)
def test_a_weak_password_is_refused(office: Office, password: str) -> None:
    deed = (accounts.add_user, office, "ibu  rahma x", Role.VIEWER, ())
    assert refused(*deed, by="uji", password=password) == "password_weak"


def test_a_supervisor_has_an_office_that_there_is(office: Office, tallo: str) -> None:
    add_user, by = accounts.add_user, {"by": "uji"}
    assert refused(add_user, office, "A", Role.SUPERVISOR, (), **by) == "office_missing"
    for name in ("Nowhere", "a\0", "\ud800", "x" * 10_000):
        assert refused(add_user, office, "A", Role.VIEWER, (tallo, name), **by) == "office_unknown"
    assert trail(office) == []


def test_a_changed_role_holds_at_the_next_request(office: Office, tallo: str) -> None:
    add(office, "Admin")
    user_id = add(office)
    user = enter(office)
    accounts.change_user(office, user_id, Role.SUPERVISOR, (tallo,), by="Admin")
    now = accounts.user_of(office, user.token)
    assert now is not None
    assert (now.role, len(now.offices or ())) == (Role.SUPERVISOR, 1)
    accounts.change_user(office, user_id, Role.VIEWER, (), by="Admin")
    now = accounts.user_of(office, user.token)
    assert now is not None
    assert (now.role, now.offices) == (Role.VIEWER, None)
    told = {"name": "Ibu Rahma", "changed": "role", "role": "viewer", "offices": []}
    assert trail(office)[-1] == ("Admin", "changed", "user", told)


def test_who_is_ended_is_out_at_once_and_stays_out(office: Office) -> None:
    add(office, "Admin")
    user_id = add(office)
    user = enter(office)
    address, _until = links.make_link(office, user_id, by="Admin")
    accounts.end_user(office, user_id, by="Admin")
    assert accounts.user_of(office, user.token) is None
    assert refused(enter, office) == "sign_in_wrong"
    assert refused(links.whose, office, address.rpartition("/")[2]) == "link_unknown"
    assert refused(links.make_link, office, user_id, by="Admin") == "user_ended"
    for again in (
        lambda: accounts.end_user(office, user_id, by="Admin"),
        lambda: accounts.change_user(office, user_id, Role.VIEWER, (), by="Admin"),
    ):
        assert refused(again) == "user_ended"
    assert refused(add, office) == "user_taken"


@pytest.mark.parametrize("user_id", ["0", "a\0b", "\ud800", "x" * 10_000])
def test_nobody_is_told_as_such(office: Office, user_id: str) -> None:
    add(office)
    assert refused(accounts.end_user, office, user_id, by="uji") == "user_unknown"
    assert refused(accounts.unlock_user, office, user_id, by="uji") == "user_unknown"
    assert refused(accounts.account, office, user_id) == "user_unknown"
    assert refused(links.make_link, office, user_id, by="uji") == "user_unknown"
    change = (accounts.change_user, office, user_id, Role.VIEWER, ())
    assert refused(*change, by="uji") == "user_unknown"


def test_the_last_administrator_is_neither_ended_nor_demoted(office: Office) -> None:
    user_id = add(office)
    invited = accounts.add_user(office, "Baru", Role.ADMINISTRATOR, (), by="uji")
    assert refused(accounts.end_user, office, user_id, by="uji") == "last_administrator"
    demote = (accounts.change_user, office, user_id, Role.VIEWER, ())
    assert refused(*demote, by="uji") == "last_administrator"
    accounts.change_user(office, user_id, Role.ADMINISTRATOR, (), by="uji")
    accounts.end_user(office, invited, by="uji")
    add(office, "Lain")
    accounts.end_user(office, user_id, by="uji")


@pytest.mark.parametrize("deed", ["demote", "end"])
def test_of_two_who_put_each_other_out_one_remains(office: Office, deed: str) -> None:
    ids = [add(office, "Satu"), add(office, "Dua")]

    def put_out(user_id: str) -> None:
        if deed == "end":
            accounts.end_user(office, user_id, by="uji")
        else:
            accounts.change_user(office, user_id, Role.VIEWER, (), by="uji")

    results = race(
        office.store, *(lambda one=one: put_out(one) for one in ids), hold=audit.lock_head
    )
    assert sorted(map(str, results)) == ["None", "last_administrator"]
    left = [
        one
        for one in accounts.all_users(office)
        if one.role == Role.ADMINISTRATOR and one.ended_at is None
    ]
    assert len(left) == 1


def test_the_list_says_how_it_stands_with_each(office: Office) -> None:
    now = office.now
    assert isinstance(now, Ticking)
    ids = {name: add(office, name) for name in ("Ani", "Budi", "Cici")}
    enter(office, "Ani")
    now.forward(minutes=2)
    for _ in range(5):
        refused(enter, office, "Budi", "salah")
    links.make_link(office, ids["Cici"], by="uji")
    ani, budi, cici = accounts.all_users(office)
    assert ani.seen_at is not None
    assert (now() - ani.seen_at).total_seconds() == 120
    assert budi.locked_until is not None
    assert (budi.locked_until - now()).total_seconds() == 60
    assert cici.link_until is not None
    assert (cici.link_until - now()).total_seconds() == 72 * 3600
    accounts.unlock_user(office, ids["Budi"], by="Ani")
    assert accounts.account(office, ids["Budi"]).locked_until is None
    assert trail(office)[-1] == ("Ani", "changed", "user", {"changed": "unlocked", "name": "Budi"})
    assert enter(office, "Budi").name == "Budi"


def test_the_trail_holds_no_secret(office: Office) -> None:
    user_id = add(office)
    address, _until = links.make_link(office, user_id, by="uji")
    user = links.use_link(office, address.rpartition("/")[2], PASSWORD + "!")
    with pytest.raises(Refused):
        enter(office, password="kata yang salah")
    told = repr(trail(office)) + repr(row_of(office, user_id))
    for secret in (address.rpartition("/")[2], PASSWORD, user.token, "kata yang salah"):
        assert secret not in told
