"""A transport at a real line on loopback, and what came of a call."""

import json
from typing import Any

import pytest

from sync.ports import Reply
from sync.problems import LineProblem
from sync.transport import HttpTransport
from tests.sync.line import Line, Said, line

OFFICE = {"Lorong-Protocol": "1", "Content-Type": "application/json"}


TOKEN = "secret-token-of-a-device"


def said(body: Any = None, status: int = 200, **headers: str) -> Said:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Said(status, OFFICE | named, json.dumps(body).encode())


def transport(server: Line, **options: Any) -> HttpTransport:
    return HttpTransport(server.address, client="0.1.0", token=TOKEN, **options)


def got(*answers: Said, **options: Any) -> Reply:
    with line(*answers) as server, transport(server, **options) as office:
        return office.get("/api/v1/ping")


def problem(*answers: Said, **options: Any) -> tuple[str, bool]:
    with pytest.raises(LineProblem) as caught:
        got(*answers, **options)
    assert caught.value.__cause__ is None
    return caught.value.code, caught.value.reached
