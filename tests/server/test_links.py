"""One-time links: once, in time, and everything else of the user ends."""

from datetime import timedelta

import pytest

from server import accounts, links, sign_ins, tokens
from server.office import Office
from server.rules.roles import Role
from server.store import audit
from tests.offices import Ticking
from tests.server.races import race
from tests.server.trail import trail
from tests.server.users import OTHER, add, enter, refused, row_of, two_steps_of


def secret_of(office: Office, user_id: str) -> str:
    """Make a link; return its secret."""
    address, until = links.make_link(office, user_id, by="uji")
    assert until == office.now() + timedelta(hours=72)
    beginning, _, secret = address.rpartition("/")
    assert beginning == "http://127.0.0.1:8080/welcome"
    return secret


@pytest.fixture
def invited(office: Office) -> str:
    """A user's id who has no password yet."""
    return accounts.add_user(office, "Ibu Rahma", Role.ADMINISTRATOR, (), by="uji")


def test_a_new_user_sets_the_password_and_is_in(office: Office, invited: str) -> None:
    secret = secret_of(office, invited)
    assert links.whose(office, secret) == "Ibu Rahma"
    user = links.use_link(office, secret, OTHER)
    assert accounts.user_of(office, user.token) == user
    assert enter(office, password=OTHER).name == "Ibu Rahma"
    assert [(line[0], *line[1:3]) for line in trail(office)][1:4] == [
        ("uji", "made", "link"),
        ("Ibu Rahma", "changed", "user"),
        ("Ibu Rahma", "signed_in", "user"),
    ]


def test_a_link_ends_the_tokens_of_before(office: Office, invited: str) -> None:
    user = links.use_link(office, secret_of(office, invited), OTHER)
    token = tokens.make_token(office, user, "laporan", 30)
    assert accounts.user_of_token(office, token) is not None
    links.use_link(office, secret_of(office, invited), OTHER + "!")
    assert accounts.user_of_token(office, token) is None


def test_a_link_is_used_once(office: Office, invited: str) -> None:
    secret = secret_of(office, invited)
    links.use_link(office, secret, OTHER)
    assert refused(links.whose, office, secret) == "link_used"
    assert refused(links.use_link, office, secret, OTHER) == "link_used"


def test_of_two_at_once_one_sets_the_password(office: Office, invited: str) -> None:
    secret = secret_of(office, invited)
    results = race(
        office.store,
        lambda: links.use_link(office, secret, OTHER),
        lambda: links.use_link(office, secret, OTHER + "!"),
        hold=audit.lock_head,
    )
    assert results.count("link_used") == 1


def test_a_weak_password_leaves_the_link_good(office: Office, invited: str) -> None:
    secret = secret_of(office, invited)
    assert refused(links.use_link, office, secret, "pendek") == "password_weak"
    links.use_link(office, secret, OTHER)


def test_a_link_that_is_too_old_or_followed_by_another_is_over(
    office: Office, invited: str
) -> None:
    assert isinstance(office.now, Ticking)
    first, second = secret_of(office, invited), secret_of(office, invited)
    assert refused(links.whose, office, first) == "link_expired"
    assert links.whose(office, second) == "Ibu Rahma"
    office.now.forward(hours=72)
    assert refused(links.use_link, office, second, OTHER) == "link_expired"


@pytest.mark.parametrize("secret", ["", "x", "a\0b", "\ud800", "x" * 100_000])
def test_what_is_no_link_is_told_as_such(office: Office, secret: str) -> None:
    assert refused(links.whose, office, secret) == "link_unknown"
    assert refused(links.use_link, office, secret, OTHER) == "link_unknown"


def test_what_was_before_holds_until_the_link_is_used_and_then_no_more(office: Office) -> None:
    user_id = add(office)
    before = enter(office)
    two_steps_of(office, before)
    secret = secret_of(office, user_id)
    assert accounts.user_of(office, before.token) is not None
    for _ in range(5):
        refused(sign_ins.sign_in, office, "Ibu Rahma", "salah")
    user = links.use_link(office, secret, OTHER)
    assert accounts.user_of(office, before.token) is None
    assert accounts.user_of(office, user.token) == user
    row = row_of(office, user_id)
    assert (row.sealed_totp, row.totp_step) == (None, None)
    assert refused(enter, office) == "sign_in_wrong"
    assert enter(office, password=OTHER).name == "Ibu Rahma"
