"""Pengguna: the list, and what an administrator does with users."""

import re

from server import accounts, administer
from server.rules.roles import Role
from tests.offices import Desk
from tests.server.trail import trail
from tests.server.web.visitor import PASSWORD, Visitor, text_of, user


def path_of(desk: Desk, name: str) -> str:
    """Return a user's address."""
    return f"/users/{accounts.user_id_of(desk.office, name)}"


def shown_link(page: str) -> str:
    """Return the path of the link that a dialog shows."""
    found = re.search(r'value="http://127\.0\.0\.1:8080(/welcome/[\w-]+)"', page)
    assert found is not None
    return found[1]


def test_a_user_is_made_and_comes_in_by_the_link(
    desk: Desk, admin: Visitor, nobody: Visitor
) -> None:
    administer.add_office(desk.office, "Tallo")
    form = {"user_name": "Daeng Sutte", "role": "supervisor", "office": ["Makassar", "Tallo"]}
    answer = admin.hx("/users", form).text
    assert 'data-then="/users"' in answer
    assert "sampai 23 Nov 2026 10.00 WITA" in text_of(answer)
    listed = admin.read("/users")
    assert "Daeng Sutte Pengawas Makassar, Tallo – Tautan sampai" in listed
    assert "/welcome/" not in admin.see("/users")
    nobody.hx(shown_link(answer), {"new_password": PASSWORD, "again": PASSWORD})
    assert "Daeng Sutte · Pengawas · Makassar, Tallo" in nobody.read("/account")
    assert "Daeng Sutte Pengawas Makassar, Tallo 20 Nov 2026" in admin.read("/users")
    assert [line[:3] for line in trail(desk.office)][-4:] == [
        ("Admin Satu", "made", "user"),
        ("Admin Satu", "made", "link"),
        ("Daeng Sutte", "changed", "user"),
        ("Daeng Sutte", "signed_in", "user"),
    ]


def test_what_does_not_fit_is_told(desk: Desk, admin: Visitor) -> None:
    sound = {"user_name": "Baru", "role": "viewer"}
    for wrong, code in (
        ({"user_name": ""}, "name_unfit"),
        ({"user_name": "a\0b"}, "name_unfit"),
        ({"user_name": "ADMIN satu"}, "user_taken"),
        ({"role": "king"}, "role_unknown"),
        ({"role": "supervisor"}, "office_missing"),
        ({"office": "Nowhere\0"}, "office_unknown"),
    ):
        answer = admin.hx("/users", sound | wrong)
        assert f"[{code}]" in answer.text, answer.text
        assert answer.headers["HX-Retarget"] == "#banner"
    assert len(accounts.all_users(desk.office)) == 1


def test_html_in_names_is_only_text(desk: Desk, admin: Visitor) -> None:
    evil = "<script>alert(1)</script> \"'&"
    administer.add_office(desk.office, evil)
    answer = admin.hx("/users", {"user_name": evil, "role": "viewer", "office": evil}).text
    for page in (answer, admin.see("/users"), admin.see(path_of(desk, evil))):
        assert "<script>a" not in page
        assert evil in text_of(page)
    assert "<script>a" not in admin.see("/users/new")


def test_role_and_offices_change(desk: Desk, admin: Visitor, viewer: Visitor) -> None:
    path = path_of(desk, "Pak Camat")
    page = admin.see(path)
    assert '<option value="viewer" selected>' in page
    answer = admin.hx(path, {"role": "supervisor", "office": "Makassar"})
    assert answer.headers["HX-Redirect"] == "/users"
    assert "Peran dan kantor tersimpan" in admin.read("/users")
    assert "Pak Camat · Pengawas · Makassar" in viewer.read("/account")
    assert re.search(r'value="Makassar" checked', admin.see(path))
    assert "[office_missing]" in admin.hx(path, {"role": "supervisor"}).text


def test_a_new_link_puts_the_old_password_out_only_once_used(
    desk: Desk, admin: Visitor, chief: Visitor, nobody: Visitor
) -> None:
    link = shown_link(admin.hx(f"{path_of(desk, 'Ibu Rahma')}/link").text)
    assert chief.get("/account").status_code == 200
    new = "kuda laut menari sore"
    nobody.hx(link, {"new_password": new, "again": new})
    assert chief.get("/account").status_code == 303


def test_a_locked_user_is_unlocked(desk: Desk, admin: Visitor, chief: Visitor) -> None:
    other = Visitor(desk)
    for _ in range(5):
        other.sign_in("Ibu Rahma", "salah")
    path = path_of(desk, "Ibu Rahma")
    assert "Terkunci sampai 10.01" in admin.read(path)
    assert admin.hx(f"{path}/unlock").headers["HX-Redirect"] == "/users"
    assert "Terkunci" not in admin.read("/users")
    assert other.sign_in("Ibu Rahma").status_code == 303


def test_a_user_is_ended_and_out_at_once(desk: Desk, admin: Visitor, chief: Visitor) -> None:
    path = path_of(desk, "Ibu Rahma")
    assert "hx-confirm=" in admin.see(path)
    assert admin.hx(f"{path}/end").headers["HX-Redirect"] == "/users"
    assert chief.get("/account").status_code == 303
    page = admin.see(path)
    assert "Berakhir 20 Nov 2026" in text_of(page)
    assert "/end" not in page
    assert "[user_ended]" in admin.hx(f"{path}/link").text


def test_the_last_administrator_stays(desk: Desk, admin: Visitor) -> None:
    path = path_of(desk, "Admin Satu")
    assert "[last_administrator]" in admin.hx(f"{path}/end").text
    assert "[last_administrator]" in admin.hx(path, {"role": "viewer"}).text
    user(desk, Role.ADMINISTRATOR, name="Admin Dua")
    assert admin.hx(path, {"role": "viewer"}).headers["HX-Redirect"] == "/users"
    assert admin.get("/users").status_code == 403


def test_nobody_is_told_as_such(admin: Visitor) -> None:
    for user_id in ("0", "a%00b", "%ED%A0%80", "x" * 5_000):
        for path in (f"/users/{user_id}",):
            answer = admin.get(path)
            assert (answer.status_code, "[user_unknown]" in answer.text) == (404, True)
        assert admin.hx(f"/users/{user_id}/end").status_code == 404


def test_others_do_not_see_the_page_nor_its_link(chief: Visitor, admin: Visitor) -> None:
    assert 'href="/users"' in admin.see("/leaderboard")
    assert 'href="/users"' not in chief.see("/leaderboard")


def test_it_speaks_english(admin: Visitor) -> None:
    admin.send("/language", {"lang": "en"})
    assert "Admin Satu Administrator All offices" in admin.read("/users")
