"""The second step: begun, confirmed, ended; its secret is sealed."""

import pyotp

from server import sign_ins, two_steps
from server.office import Office
from tests.server.trail import trail
from tests.server.users import add, enter, refused, row_of, two_steps_of


def test_a_code_is_asked_for_only_once_one_was_right(office: Office) -> None:
    user_id = add(office)
    user = enter(office)
    assert refused(two_steps.confirm, office, user, "000000") == "page_stale"
    app = pyotp.parse_uri(two_steps.begin(office, user))
    assert isinstance(app, pyotp.TOTP)
    assert (app.issuer, app.name, app.digits, app.interval) == ("Lorong", "Ibu Rahma", 6, 30)
    assert refused(two_steps.confirm, office, user, "") == "totp_wrong"
    assert enter(office).name == "Ibu Rahma"
    two_steps.confirm(office, user, app.at(office.now()))
    assert isinstance(
        sign_ins.sign_in(office, "Ibu Rahma", "ikan segar pagi hari"), sign_ins.HalfWay
    )
    sealed = row_of(office, user_id).sealed_totp
    assert app.secret.encode() not in sealed
    assert office.keys.open(sealed) == app.secret.encode()


def test_beginning_again_makes_another_secret_until_it_holds(office: Office) -> None:
    add(office)
    user = enter(office)
    first, second = two_steps.begin(office, user), two_steps.begin(office, user)
    old = pyotp.parse_uri(first)
    assert isinstance(old, pyotp.TOTP)
    assert refused(two_steps.confirm, office, user, old.at(office.now())) == "totp_wrong"
    new = pyotp.parse_uri(second)
    assert isinstance(new, pyotp.TOTP)
    two_steps.confirm(office, user, new.at(office.now()))
    assert refused(two_steps.begin, office, user) == "page_stale"
    assert refused(two_steps.confirm, office, user, new.at(office.now())) == "page_stale"


def test_it_ends_and_both_are_noted(office: Office) -> None:
    user_id = add(office)
    user = enter(office)
    two_steps_of(office, user)
    two_steps.end(office, user)
    assert row_of(office, user_id).sealed_totp is None
    assert enter(office).name == "Ibu Rahma"
    assert [line[3] for line in trail(office) if line[1] == "changed"] == [
        {"changed": "totp_on"},
        {"changed": "totp_off"},
    ]
