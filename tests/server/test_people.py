"""add-user, users, user-link, end-user."""

import json
from typing import Any

from click.testing import CliRunner, Result

from server import accounts, cli, links
from server.office import Office
from tests.offices import Desk
from tests.server.terminal import Terminal
from tests.server.users import OTHER, PASSWORD, enter


def typing(terminal: Terminal, typed: str | bytes, *words: str) -> Result:
    """Run a command with something on its standard input."""
    return CliRunner().invoke(cli.main, words, input=typed, env=terminal.environ)


ADMIN = ("add-user", "Admin Satu", "--role", "administrator", "--password-stdin")


class TestAddUser:
    def test_prints_the_link_alone(self, terminal: Terminal, office: Office) -> None:
        found = terminal.run("add-user", "Admin Satu", "--role", "administrator")
        assert found.exit_code == 0
        assert found.stdout.count("\n") == 1
        beginning, _, secret = found.stdout.strip().rpartition("/")
        assert beginning == "http://127.0.0.1:8080/welcome"
        assert "sekali pakai, sampai" in found.stderr
        assert links.whose(office, secret) == "Admin Satu"

    def test_by_the_office_s_address(self, terminal: Terminal) -> None:
        words = ("add-user", "A", "--role", "viewer")
        found = terminal.run(*words, LORONG_PUBLIC_URL="https://kantor.example.id/")
        assert found.stdout.startswith("https://kantor.example.id/welcome/")

    def test_takes_the_password_from_standard_input(
        self, terminal: Terminal, office: Office
    ) -> None:
        found = typing(terminal, f"{PASSWORD}\r\nrest\n", *ADMIN)
        assert (found.exit_code, len(found.stdout), found.stderr) == (0, 37, "")
        assert enter(office, "Admin Satu").user_id == found.stdout.strip()
        assert PASSWORD not in found.output

    def test_as_json(self, desk: Desk, terminal: Terminal) -> None:
        office = ("--office", desk.office_name)
        made = terminal.json("add-user", "Ibu Rahma", "--role", "supervisor", *office)
        assert made.keys() == {"user_id", "name", "role", "link", "expires_at"}
        found = typing(terminal, PASSWORD, *ADMIN, "--json")
        assert json.loads(found.stdout).keys() == {"user_id", "name", "role"}

    def test_what_cannot_be_is_told(self, desk: Desk, terminal: Terminal) -> None:
        add: Any = ("add-user", "Ibu Rahma", "--role")
        assert terminal.problem(*add, "supervisor") == "office_missing"
        assert terminal.problem(*add, "viewer", "--office", "Nowhere") == "office_unknown"
        assert terminal.problem("add-user", "a\nb\0", "--role", "viewer") == "name_unfit"
        assert terminal.problem(*ADMIN) == "password_weak"
        assert typing(terminal, b"\xff\xfe" * 8, *ADMIN).exit_code == 1
        terminal.run(*add, "viewer")
        assert terminal.problem(*add, "viewer") == "user_taken"
        assert terminal.run(*add, "king").exit_code == 2


def test_users_are_listed(desk: Desk, terminal: Terminal) -> None:
    assert terminal.run("users").stdout == "Belum ada pengguna; tambahkan dengan add-user.\n"
    typing(terminal, PASSWORD, *ADMIN)
    terminal.run("add-user", "Ibu Rahma", "--role", "supervisor", "--office", desk.office_name)
    enter(desk.office, "Admin Satu")
    assert terminal.run("users").stdout.splitlines() == [
        "Admin Satu  administrator  semua kantor  20 Nov 2026 10.00 WITA",
        "Ibu Rahma   supervisor     Makassar      –                       menunggu kata sandi",
    ]
    one, other = terminal.json("users")["users"]
    assert (one["name"], one["seen_at"], one["offices"]) == (
        "Admin Satu",
        "2026-11-20T02:00:00.000Z",
        [],
    )
    assert (other["has_password"], other["offices"]) == (False, ["Makassar"])


def test_a_link_for_who_forgot(terminal: Terminal, office: Office) -> None:
    typing(terminal, PASSWORD, *ADMIN)
    address = terminal.run("user-link", "admin  satu").stdout.strip()
    links.use_link(office, address.rpartition("/")[2], OTHER)
    assert enter(office, "Admin Satu", OTHER).name == "Admin Satu"
    assert terminal.json("user-link", "Admin Satu").keys() == {"name", "link", "expires_at"}
    assert terminal.problem("user-link", "Nobody") == "user_unknown"


def test_a_user_is_ended(terminal: Terminal, office: Office) -> None:
    typing(terminal, PASSWORD, *ADMIN)
    user = enter(office, "Admin Satu")
    assert terminal.problem("end-user", "Admin Satu") == "last_administrator"
    typing(terminal, PASSWORD, "add-user", "Dua", "--role", "administrator", "--password-stdin")
    found = terminal.run("end-user", "Admin Satu")
    assert found.stdout == "Admin Satu diakhiri, dan sudah keluar di semua perangkat.\n"
    assert accounts.user_of(office, user.token) is None
    assert terminal.problem("end-user", "Admin Satu") == "user_ended"
    assert terminal.problem("user-link", "Admin Satu") == "user_ended"
    assert terminal.problem("end-user", "a\0b") == "user_unknown"
    assert "berakhir" in terminal.run("users").stdout
