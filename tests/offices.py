"""An office as a test drives it: agents, laptops, exchanges, by the real application."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import uuid6
from flask.testing import FlaskClient

from schemas.envelope import rfc3339
from server import administer
from server.app import create_app
from server.keys import Keys
from server.office import Office
from tests.builders import envelope

KEY = base64.b64encode(bytes(range(32))).decode()
KEYS = Keys.from_text(KEY)
START = datetime.fromisoformat("2026-11-20T02:00:00+00:00")


class Ticking:
    """A clock that stands at 20 November 2026, 10.00 WITA, until a test moves it."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def forward(self, **span: float) -> None:
        """Move on by days=, hours=, minutes=, seconds=."""
        self.moment += timedelta(**span)


@dataclass
class Laptop:
    """A laptop that has joined, sending what a test gives it."""

    client: FlaskClient
    device_id: str
    token: str
    joined: Mapping[str, Any]
    now: Ticking
    cursor: str | None = None
    sent: int = field(default=0)

    def envelope(self, content: Any = None, /, **overrides: Any) -> dict[str, Any]:
        """Return a sound envelope of this laptop's with its next number."""
        self.sent += 1
        own = {"device_id": self.device_id, "device_seq": self.sent}
        return envelope(content, **{**own, **overrides})

    def request(self, envelopes: Sequence[Any] = (), **overrides: Any) -> dict[str, Any]:
        """Return an exchange's sound request."""
        body = {
            "protocol": 1,
            "device_id": self.device_id,
            "sent_at": rfc3339(self.now()),
            "heartbeat": {"waiting": 0, "drafts": 0, "set_aside": 0, "last_seq": self.sent},
            "envelopes": list(envelopes),
            **({"cursor": self.cursor} if self.cursor else {}),
        }
        return {**body, **overrides}

    def post(self, path: str, **options: Any) -> Any:
        """Send a request with this laptop's token."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return self.client.post(path, headers=headers, **options)

    def get(self, path: str, **options: Any) -> Any:
        """Fetch a path with this laptop's token."""
        headers = {"Authorization": f"Bearer {self.token}", **options.pop("headers", {})}
        return self.client.get(path, headers=headers, **options)

    def exchange(self, *envelopes: Any, **overrides: Any) -> dict[str, Any]:
        """Exchange, insist on an answer, and keep its cursor."""
        answer = self.post("/api/v1/exchange", json=self.request(envelopes, **overrides))
        assert answer.status_code == 200, answer.json
        body: dict[str, Any] = answer.json
        self.cursor = body["cursor"]
        return body

    def send(self, *envelopes: Any, **overrides: Any) -> list[tuple[str, str]]:
        """Exchange, and return (verdict, reason) of each ack."""
        return [(a["verdict"], a["reason"]) for a in self.exchange(*envelopes, **overrides)["acks"]]


class Desk:
    """An office and its application."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.now: Ticking = office.now  # type: ignore[assignment]
        self.app = create_app(office)
        self._agents = 0
        self.office_name = "Makassar"
        administer.add_office(office, self.office_name)

    def client(self) -> FlaskClient:
        """Return a client without a token."""
        return self.app.test_client()

    def agent(self) -> str:
        """Add an agent, and return the agent's code."""
        self._agents += 1
        code = f"A{self._agents}"
        administer.add_agent(self.office, f"Agen {self._agents}", self.office_name, code)
        return code

    def code(self, agent_code: str) -> str:
        """Return a new join code of an agent."""
        return administer.make_join_code(self.office, agent_code)

    def join(self, agent_code: str | None = None, **overrides: Any) -> Laptop:
        """Join a new laptop of an agent (of a new one, where none is named)."""
        code = self.code(agent_code or self.agent())
        request = {
            "code": code,
            "device_id": str(uuid6.uuid7()),
            "name": "Laptop uji",
            "platform": "test",
            "client": "0.1.0",
            **overrides,
        }
        client = self.client()
        answer = client.post("/api/v1/devices", json=request)
        assert answer.status_code == 201, answer.json
        body: Any = answer.json
        return Laptop(client, body["device_id"], body["token"], body, self.now)
