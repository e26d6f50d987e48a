"""Somebody at the desk without a browser: signs in, looks at pages, sends their forms."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from server import accounts
from server.rules.roles import Role
from tests.offices import Desk

PASSWORD = "ikan segar pagi hari"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HX = {"HX-Request": "true"}


def text_of(page: str) -> str:
    """Return what a person reads of a page."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


class Visitor:
    """A browser's cookies at the desk, nobody signed in yet."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = desk.client()

    def get(self, path: str, **options: Any) -> Any:
        """Fetch a page as it answers."""
        return self.client.get(path, **options)

    def see(self, path: str, **options: Any) -> str:
        """Fetch a page that is there, and return its HTML."""
        answer = self.client.get(path, **options)
        assert answer.status_code == 200, (path, answer.status_code, text_of(answer.text))
        html: str = answer.text
        return html

    def read(self, path: str, **options: Any) -> str:
        """Return what a person reads of a page that is there."""
        return text_of(self.see(path, **options))

    def token(self) -> str:
        """Return what a form proves by that it is of this site."""
        found = _TOKEN.search(self.client.get("/sign-in", follow_redirects=True).text)
        assert found is not None
        return found[1]

    def send(self, path: str, form: Mapping[str, Any] | None = None, **options: Any) -> Any:
        """Send a form, as a page of this site does."""
        return self.client.post(path, data={"csrf_token": self.token(), **(form or {})}, **options)

    def hx(self, path: str, form: Mapping[str, Any] | None = None, **options: Any) -> Any:
        """Send a form as htmx does."""
        return self.send(path, form, headers=HX, **options)

    def sign_in(self, name: str, password: str = PASSWORD) -> Any:
        """Sign in, and return the answer."""
        return self.send("/sign-in", {"name": name, "password": password})


def user(desk: Desk, role: Role, *office_names: str, name: str = "") -> Visitor:
    """Return a visitor who has signed in as a new user of a role (of the desk's office)."""
    name = name or f"{role.value} {len(office_names)}"
    own = office_names or ((desk.office_name,) if role == Role.SUPERVISOR else ())
    accounts.add_user(desk.office, name, role, own, by="uji", password=PASSWORD)
    visitor = Visitor(desk)
    assert visitor.sign_in(name).status_code == 303
    return visitor
