"""A program at the desk: asks with its user's personal token."""

from typing import Any

from server import accounts, tokens
from server.rules.roles import Role, User
from tests.offices import Desk

OFFICE = "/api/v1/office"


class Caller:
    """A user's program, with a token of its own."""

    def __init__(self, desk: Desk, user: User, token: str) -> None:
        self.desk, self.user, self.token = desk, user, token
        self.client = desk.client()

    def ask(self, method: str, path: str, **options: Any) -> Any:
        """Ask, and return the answer as it came."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.open(OFFICE + path, method=method, headers=headers, **options)

    def get(self, path: str) -> Any:
        """Return the body of what is there."""
        answer = self.ask("GET", path)
        assert answer.status_code == 200, (path, answer.status_code, answer.text)
        return answer.json

    def post(self, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """Return the body of what was done."""
        answer = self.ask(method, path, json=body)
        assert answer.status_code in (200, 201), (path, answer.status_code, answer.text)
        return answer.json

    def refused(self, method: str, path: str, **options: Any) -> tuple[int, str]:
        """Insist that something is refused as a problem; return status and code."""
        answer = self.ask(method, path, **options)
        assert answer.mimetype == "application/problem+json", answer.text
        assert answer.json["responsible"]
        return answer.status_code, answer.json["code"]


def caller(desk: Desk, role: Role, *office_names: str, name: str = "") -> Caller:
    """Return a program of a new user's (of the desk's office, where none is named)."""
    own = office_names or ((desk.office_name,) if role == Role.SUPERVISOR else ())
    name = name or f"{role.value} {len(own)}"
    user_id = accounts.add_user(desk.office, name, role, own, by="uji")
    user = User(user_id, name, role, None, "")
    return Caller(desk, user, tokens.make_token(desk.office, user, "laporan malam", 30))
