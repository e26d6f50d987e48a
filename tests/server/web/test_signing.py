"""In and out over HTTP: the cookie, the second step, the dialog, where one is led."""

import logging
import re
from typing import Any

import pytest
from werkzeug.http import parse_cookie

from server import accounts
from server.rules.roles import Role, User
from tests.offices import Desk
from tests.server.users import two_steps_of
from tests.server.web.visitor import HX, PASSWORD, Visitor, text_of, user


def cookies(answer: Any) -> dict[str, str]:
    """Return each cookie that an answer sets, by its name, whole."""
    set_ones = answer.headers.getlist("Set-Cookie")
    return {next(iter(parse_cookie(one))): one for one in set_ones}


def signed_in(visitor: Visitor) -> User:
    """Return who a visitor is."""
    with visitor.client.session_transaction() as session:
        found = accounts.user_of(visitor.desk.office, session["_user_id"])
    assert found is not None
    return found


def test_who_signs_in_is_led_where_they_were(nobody: Visitor, admin: Visitor) -> None:
    asked = nobody.get("/leaderboard?month=2026-10")
    assert asked.headers["Location"] == "/sign-in?to=/leaderboard?month%3D2026-10"
    form = {"name": "admin  SATU", "password": PASSWORD, "to": "/leaderboard?month=2026-10"}
    answer = nobody.send("/sign-in", form)
    assert (answer.status_code, answer.headers["Location"]) == (303, form["to"])
    assert "Oktober 2026" in nobody.read(form["to"])
    assert nobody.get("/sign-in?to=/account").headers["Location"] == "/account"


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nSet-Cookie: x=y",
        "http://[",
        "//[",
        "javascript:alert(1)",
        "evil.example",
        " /x",
        "/\ud800",
        "",
    ],
)
def test_nobody_is_led_elsewhere(nobody: Visitor, admin: Visitor, to: str) -> None:
    to = to.encode("utf-8", "replace").decode()
    assert admin.get("/sign-in", query_string={"to": to}).headers["Location"] == "/"
    for path in ("/language", "/theme"):
        assert nobody.send(path, {"at": to}).headers["Location"] == "/"
    form = {"name": "Admin Satu", "password": PASSWORD, "to": to}
    assert nobody.send("/sign-in", form).headers["Location"] == "/"


def test_the_cookie_is_for_this_site_alone_and_no_script_s(desk: Desk) -> None:
    for host, over_tls in (("127.0.0.1:8080", False), ("kantor.example.id", True)):
        page = desk.client().get("/sign-in", base_url=f"http://{host}")
        cookie = cookies(page)["lorong_desk"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Domain" not in cookie
        assert ("Secure" in cookie) == over_tls


def test_the_token_is_new_at_each_sign_in_and_old_ones_do_not_come_back(desk: Desk) -> None:
    visitor = user(desk, Role.ADMINISTRATOR, name="Admin")
    first = signed_in(visitor).token
    stolen = visitor.client.get_cookie("lorong_desk")
    assert stolen is not None
    visitor.send("/sign-out")
    visitor.sign_in("Admin")
    assert signed_in(visitor).token != first
    thief = Visitor(desk)
    thief.client.set_cookie("lorong_desk", stolen.value)
    assert thief.get("/account").status_code == 303


def test_a_form_without_its_token_is_refused(desk: Desk, admin: Visitor) -> None:
    for form in ({}, {"csrf_token": "x"}, {"csrf_token": Visitor(desk).token()}):
        answer = admin.client.post("/account/sign-out", data=form)
        assert (answer.status_code, "[page_stale]" in answer.text) == (400, True)
    assert admin.get("/account").status_code == 200


def test_wrong_tries_are_told_and_lock(nobody: Visitor, admin: Visitor) -> None:
    for name in ("Admin Satu", '<script>"Nobody"'):
        for _ in range(5):
            answer = nobody.sign_in(name, "salah")
            assert answer.status_code == 403
            assert "Nama atau kata sandi salah." in text_of(answer.text)
            assert "<script>" not in answer.text
        answer = nobody.sign_in(name)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
        assert "Coba lagi dalam 60 detik." in text_of(answer.text)


@pytest.mark.parametrize("name", ["Admin Satu\0", "\ud83d", "x" * 100_000, "😀", "\u202e"])
def test_odd_names_are_only_wrong(nobody: Visitor, admin: Visitor, name: str) -> None:
    name = name.encode("utf-8", "replace").decode()
    assert nobody.sign_in(name).status_code == 403


def test_ten_megabytes_of_password_are_refused_before_they_are_read(
    nobody: Visitor, admin: Visitor
) -> None:
    answer = nobody.sign_in("Admin Satu", "x" * 10_000_000)
    assert (answer.status_code, "[bad_request]" in answer.text) == (400, True)


def test_what_is_typed_is_in_no_log(
    nobody: Visitor, admin: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        nobody.sign_in("Admin Satu", "kata yang salah")
        nobody.get("/welcome/rahasia-sekali")
    assert "kata yang salah" not in caplog.text
    assert "rahasia-sekali" not in caplog.text


class TestCode:
    @pytest.fixture
    def app(self, desk: Desk, admin: Visitor) -> Any:
        """What makes an administrator's codes."""
        made = two_steps_of(desk.office, signed_in(admin))
        desk.now.forward(minutes=1)
        return made

    def test_is_a_second_step_and_nobody_is_in_before_it(self, nobody: Visitor, app: Any) -> None:
        form = {"name": "Admin Satu", "password": PASSWORD, "to": "/account"}
        answer = nobody.send("/sign-in", form)
        assert (answer.status_code, "Kode enam angka" in answer.text) == (200, True)
        assert 'autocomplete="one-time-code"' in answer.text
        assert nobody.get("/account").status_code == 303
        wrong = nobody.send("/sign-in/code", {"code": "000000x", "to": "/account"})
        assert (wrong.status_code, "Kode salah" in text_of(wrong.text)) == (403, True)
        right = {"code": app.at(nobody.desk.now()), "to": "/account"}
        answer = nobody.send("/sign-in/code", right)
        assert (answer.status_code, answer.headers["Location"]) == (303, "/account")
        assert "Menyala" in nobody.read("/account")
        with nobody.client.session_transaction() as session:
            assert "half_way" not in session

    def test_waits_for_five_minutes_then_all_begins_again(self, nobody: Visitor, app: Any) -> None:
        nobody.sign_in("Admin Satu")
        nobody.desk.now.forward(minutes=5)
        answer = nobody.send("/sign-in/code", {"code": app.at(nobody.desk.now())})
        assert answer.status_code == 403
        assert "Masuk lagi dari awal." in text_of(answer.text)
        assert 'id="password"' in answer.text

    def test_without_a_password_before_it_is_none(self, nobody: Visitor, app: Any) -> None:
        answer = nobody.send("/sign-in/code", {"code": app.at(nobody.desk.now())})
        assert "Masuk lagi dari awal." in text_of(answer.text)

    def test_is_asked_for_in_the_dialog_too(self, nobody: Visitor, app: Any) -> None:
        first = nobody.hx("/sign-in", {"name": "Admin Satu", "password": PASSWORD})
        assert 'hx-post="/sign-in/code"' in first.text
        assert first.headers["HX-Retarget"] == "#dialog"
        answer = nobody.hx("/sign-in/code", {"code": app.at(nobody.desk.now())})
        assert "Anda sudah masuk lagi." in text_of(answer.text)
        assert nobody.get("/account").status_code == 200


def test_a_session_that_ended_asks_over_the_page(desk: Desk, admin: Visitor) -> None:
    desk.now.forward(minutes=31)
    answer = admin.hx("/account/password", {"present_password": PASSWORD})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#dialog")
    assert "yang Anda isi di halaman ini tetap ada" in text_of(answer.text)
    token = re.findall(r'name="csrf_token" value="([^"]+)"', answer.text)
    form = {"csrf_token": token[0], "name": "Admin Satu", "password": PASSWORD}
    again = admin.client.post("/sign-in", data=form, headers=HX)
    assert "Anda sudah masuk lagi." in text_of(again.text)


def test_signing_out_ends_it_here_and_nowhere_else(desk: Desk, admin: Visitor) -> None:
    other = Visitor(desk)
    other.sign_in("Admin Satu")
    assert admin.send("/sign-out").headers["Location"] == "/sign-in"
    assert admin.get("/account").status_code == 303
    assert other.get("/account").status_code == 200


@pytest.mark.parametrize(("lang", "told"), [("id", "Nama atau kata sandi salah."), ("en", "Wrong")])
def test_it_speaks_both_languages(nobody: Visitor, lang: str, told: str) -> None:
    nobody.send("/language", {"lang": lang, "at": "/sign-in"})
    assert f'<html lang="{lang}"' in nobody.see("/sign-in")
    assert told in text_of(nobody.sign_in("Nobody").text)


def test_a_host_without_a_sound_name_is_told_so(nobody: Visitor) -> None:
    for path in ("/sign-in", "/leaderboard", "/api/v1/ping"):
        answer = nobody.get(path, headers={"Host": "x" * 3000})
        assert (answer.status_code, answer.json["code"]) == (400, "bad_request")


def test_nobody_is_led_back_to_what_no_proxy_passes_on(nobody: Visitor, admin: Visitor) -> None:
    asked = nobody.get("/leaderboard?q=" + "x" * 2000)
    assert asked.headers["Location"] == "/sign-in?to=/"
