"""The page of a one-time link."""

import pytest

from server import accounts, links
from server.rules.roles import Role
from tests.offices import Desk
from tests.server.web.visitor import PASSWORD, Visitor, text_of

NAME = '<b>Ibu</b> "Rahma" & =1+1'


@pytest.fixture
def path(desk: Desk) -> str:
    """The path of a new user's link."""
    user_id = accounts.add_user(desk.office, NAME, Role.VIEWER, (), by="uji")
    address, _until = links.make_link(desk.office, user_id, by="uji")
    return address.removeprefix("http://127.0.0.1:8080")


def typed(password: str = PASSWORD, again: str = PASSWORD) -> dict[str, str]:
    """Return the form."""
    return {"new_password": password, "again": again}


def test_it_says_whose_it_is_and_lets_in_once(nobody: Visitor, path: str) -> None:
    page = nobody.see(path)
    assert "&lt;b&gt;Ibu" in page
    assert "<b>Ibu" not in page
    assert page.count('autocomplete="new-password"') == 2
    answer = nobody.hx(path, typed())
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/")
    assert "Kata sandi tersimpan." in nobody.read("/leaderboard")
    assert "Kata sandi tersimpan." not in nobody.read("/leaderboard")
    again = nobody.get(path)
    assert (again.status_code, "sudah dipakai" in text_of(again.text)) == (410, True)


def test_what_does_not_fit_is_told_and_changes_nothing(nobody: Visitor, path: str) -> None:
    for form, code in (
        (typed(again="lain"), "passwords_differ"),
        (typed("pendek", "pendek"), "password_weak"),
        ({}, "password_weak"),
    ):
        answer = nobody.hx(path, form)
        assert (answer.status_code, f"[{code}]" in answer.text) == (422, True)
        assert answer.headers["HX-Retarget"] == "#banner"
    assert nobody.send(path, typed()).status_code == 303


def test_too_old_or_unknown_says_who_must_act(nobody: Visitor, path: str) -> None:
    nobody.desk.now.forward(hours=72)
    for address, status in ((path, 410), ("/welcome/x", 404), ("/welcome/%00%F0%9F", 404)):
        answer = nobody.get(address)
        assert answer.status_code == status
        assert "administrator" in text_of(answer.text)


def test_the_address_is_told_to_no_other_site(nobody: Visitor, path: str) -> None:
    answer = nobody.get(path)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
