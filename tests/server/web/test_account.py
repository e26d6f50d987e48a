"""The own account: password, second step, tokens, all devices."""

import re

import pyotp
import pytest

from server import accounts
from tests.offices import Desk
from tests.server.web.visitor import PASSWORD, Visitor, text_of

OTHER = "kuda laut menari sore"


def test_every_role_sees_its_own(admin: Visitor, chief: Visitor, viewer: Visitor) -> None:
    for visitor, told in (
        (admin, "Admin Satu · Administrator · Semua kantor"),
        (chief, "Ibu Rahma · Pengawas · Makassar"),
        (viewer, "Pak Camat · Pengamat · Semua kantor"),
    ):
        assert told in visitor.read("/account")


def test_the_password_is_changed_and_others_are_out(desk: Desk, chief: Visitor) -> None:
    other = Visitor(desk)
    other.sign_in("Ibu Rahma")
    form = {"present_password": PASSWORD, "new_password": OTHER, "again": OTHER}
    for wrong, code in (
        ({"present_password": "salah"}, "password_wrong"),
        ({"again": "lain"}, "passwords_differ"),
        ({"new_password": "pendek", "again": "pendek"}, "password_weak"),
    ):
        answer = chief.hx("/account/password", form | wrong)
        assert f"[{code}]" in answer.text
        assert "pendek" not in answer.text
    assert other.get("/account").status_code == 200
    assert chief.hx("/account/password", form).headers["HX-Redirect"] == "/account"
    assert "Kata sandi diganti." in chief.read("/account")
    assert other.get("/account").status_code == 303
    assert Visitor(desk).sign_in("Ibu Rahma", OTHER).status_code == 303


def test_the_second_step_is_drawn_confirmed_and_ended(desk: Desk, chief: Visitor) -> None:
    path, password = "/account/two-steps", {"two_steps_password": PASSWORD}
    assert "[password_wrong]" in chief.hx(path, {"two_steps_password": "salah"}).text
    begun = chief.hx(path, password).text
    assert re.search(r'<svg role="img" [^>]*class="qr"', begun)
    assert "style=" not in begun
    found = re.search(r'<span class="code">([A-Z2-7 ]+)</span>', begun)
    assert found is not None
    app = pyotp.TOTP(found[1].replace(" ", ""))
    assert "[totp_wrong]" in chief.hx(f"{path}/code", {"app_code": "000000x"}).text
    code = {"app_code": app.at(desk.now())}
    assert chief.hx(f"{path}/code", code).headers["HX-Redirect"] == "/account"
    page = chief.read("/account")
    assert "Kode dua langkah menyala." in page
    assert "Matikan" in page
    assert "Kode enam angka" in Visitor(desk).sign_in("Ibu Rahma").text
    assert "[password_wrong]" in chief.hx(f"{path}/end", {"two_steps_password": ""}).text
    assert chief.hx(f"{path}/end", password).headers["HX-Redirect"] == "/account"
    assert Visitor(desk).sign_in("Ibu Rahma").status_code == 303


def test_a_token_is_shown_once_listed_and_ended(desk: Desk, chief: Visitor) -> None:
    name = '<i>gaji</i> & "=1+1"'
    answer = chief.hx("/account/tokens", {"token_name": name, "days": "30"}).text
    found = re.search(r'value="(lorong_[\w-]+)"', answer)
    assert found is not None
    assert "<i>" not in answer
    known = accounts.user_of_token(desk.office, found[1])
    assert known is not None
    assert known.name == "Ibu Rahma"
    page = chief.see("/account")
    assert found[1] not in page
    assert "<i>" not in page
    assert f"{name} 20 Nov 2026 10.00 WITA 20 Des 2026 10.00 WITA" in text_of(page)
    end = re.search(r'hx-post="(/account/tokens/[^"]+/end)"', page)
    assert end is not None
    assert chief.hx(end[1]).headers["HX-Redirect"] == "/account"
    assert accounts.user_of_token(desk.office, found[1]) is None
    assert "[page_unknown]" in chief.hx(end[1]).text


def test_another_s_token_is_not_there(chief: Visitor, viewer: Visitor) -> None:
    chief.hx("/account/tokens", {"token_name": "x", "days": "30"})
    end = re.search(r'hx-post="(/account/tokens/[^"]+/end)"', chief.see("/account"))
    assert end is not None
    assert viewer.hx(end[1]).status_code == 404
    assert end[1] in chief.see("/account")


@pytest.mark.parametrize("days", ["", "0", "366", "-1", "1.5", "٣", "9" * 5_000, "1e2"])
def test_odd_days_are_refused(chief: Visitor, days: str) -> None:
    answer = chief.hx("/account/tokens", {"token_name": "x", "days": days})
    assert (answer.status_code, "[days_unfit]" in answer.text) == (422, True)


def test_signing_out_everywhere(desk: Desk, chief: Visitor) -> None:
    other = Visitor(desk)
    other.sign_in("Ibu Rahma")
    answer = chief.send("/account/sign-out")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in")
    assert "Anda sudah keluar dari semua perangkat." in chief.read("/sign-in")
    for visitor in (chief, other):
        assert visitor.get("/account").status_code == 303


def test_it_speaks_english(chief: Visitor) -> None:
    chief.send("/language", {"lang": "en"})
    assert "My account Ibu Rahma · Supervisor · Makassar" in chief.read("/account")
