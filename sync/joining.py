"""How a laptop joins: a code from a supervisor becomes a token (sync/PROTOCOL.md, devices)."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from sync.limits import DEVICES
from sync.ports import Transport
from sync.problems import LineProblem, problem_of

_TOKEN: Final = re.compile(r"[!-~]{8,512}")


@dataclass(frozen=True, slots=True)
class Joined:
    """What the office gave: who the agent is, where, and the keys; `time` as it stands there."""

    device_id: str
    agent_id: str
    agent_name: str
    office_id: str
    office_name: str
    timezone: str
    token: str = field(repr=False)
    receipt_key: str
    office_key: str
    time: str


def join(
    transport: Transport, code: str, device_id: str, name: str, platform: str, client: str
) -> Joined:
    """Join with a code; the same code and device_id may be sent again if no answer came.

    Raises SyncProblem: Unwelcome for a code that is unknown, used or expired, Faulty for a
    device of another agent, Busy after too many tries, LineProblem where the line failed.
    """
    body = {
        "code": code,
        "device_id": device_id,
        "name": name,
        "platform": platform,
        "client": client,
    }
    reply = transport.post(DEVICES, body)
    problem = problem_of(reply)
    if problem is not None:
        raise problem
    joined = _joined(reply.body)
    if joined is None or joined.device_id != device_id or not _TOKEN.fullmatch(joined.token):
        raise LineProblem("answer_malformed", status=reply.status, reached=True)
    return joined


def _joined(body: Any) -> Joined | None:
    try:
        agent, office = body["agent"], body["agent"]["office"]
        members = {
            "device_id": body["device_id"],
            "agent_id": agent["agent_id"],
            "agent_name": agent["name"],
            "office_id": office["office_id"],
            "office_name": office["name"],
            "timezone": office["timezone"],
            "token": body["token"],
            "receipt_key": body["receipt_key"],
            "office_key": body["office_key"],
            "time": body["time"],
        }
    except (KeyError, TypeError, IndexError):
        return None
    return Joined(**members) if all(isinstance(one, str) for one in members.values()) else None
