"""Laptops: who joined, by which token, and what each last reported."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from schemas.envelope import parse_moment
from server.store import bulk
from server.store.engine import insert_for
from server.store.stations import office_of
from server.store.tables import agents, devices, join_codes, join_failures, offices

_WHOSE = sa.select(
    devices,
    agents.c.name.label("agent_name"),
    agents.c.code.label("agent_code"),
).join_from(devices, agents, devices.c.agent_id == agents.c.agent_id)
_REPORTS = sa.select(
    devices.c.agent_id,
    devices.c.reported_at,
    devices.c.waiting,
    devices.c.oldest_waiting_at,
).where(devices.c.revoked_at.is_(None))
_REPORTS_OF = _REPORTS.where(devices.c.agent_id.in_(bulk.VALUES))
_OUT = (
    "revoked_at",
    "revoked_by",
    "revoked_for",
    "lost_at",
    "retiring_at",
    "retiring_by",
    "stopped_at",
    "compared_pairs",
    "compared_to",
    "safe_at",
)
"""What a device has that is out of service, or on its way there; its `stop_order` stays."""
_BY_TOKEN = _WHOSE.where(devices.c.token_hash == sa.bindparam("token_hash"))


def by_token(tx: sa.Connection, token_hash: str) -> Any:
    """Return the device of a token with its agent, or None."""
    return tx.execute(_BY_TOKEN, {"token_hash": token_hash}).one_or_none()


def by_id(tx: sa.Connection, device_id: str) -> Any:
    """Return a device with its agent, revoked or not, or None."""
    return tx.execute(_WHOSE.where(devices.c.device_id == device_id)).one_or_none()


def get(tx: sa.Connection, device_id: str) -> Any:
    """Return and lock a device, or None."""
    query = sa.select(devices).where(devices.c.device_id == device_id).with_for_update()
    return tx.execute(query).one_or_none()


def put(tx: sa.Connection, row: Mapping[str, Any]) -> None:
    """Write a device that joins, for the first time or again; what it reported stays.

    It is in service from now on: neither revoked, lost, nor being retired.
    """
    statement = insert_for(tx, devices).values(**row)
    changed = ("name", "platform", "client", "device_key", "token_hash", "token_used", "joined_at")
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=["device_id"],
            set_={name: statement.excluded[name] for name in changed} | dict.fromkeys(_OUT),
        )
    )


def use_token(tx: sa.Connection, device_id: str) -> None:
    """Note that a token was used: its join code is spent from now on."""
    tx.execute(sa.update(devices).where(devices.c.device_id == device_id).values(token_used=True))


def revoke(tx: sa.Connection, device_id: str, at: datetime) -> None:
    """Take a device's right to exchange."""
    change(tx, device_id, revoked_at=at)


def change(tx: sa.Connection, device_id: str, **values: Any) -> None:
    """Write columns of a device."""
    tx.execute(sa.update(devices).where(devices.c.device_id == device_id).values(**values))


def report(
    tx: sa.Connection,
    device_id: str,
    heartbeat: Mapping[str, Any],
    last_seq: int,
    offset_s: int | None,
    at: datetime,
) -> None:
    """Write what a device said of itself at an exchange; `offset_s` is office less device."""
    statement = sa.update(devices).where(devices.c.device_id == device_id)
    tx.execute(
        statement.values(
            token_used=True,
            reported_at=at,
            offset_s=offset_s,
            heartbeat=json.dumps(heartbeat, ensure_ascii=True),
            client=str(heartbeat.get("client") or "")[:64] or devices.c.client,
            waiting=heartbeat.get("waiting") or 0,
            oldest_waiting_at=parse_moment(heartbeat.get("oldest_waiting_at")),
            last_seq=last_seq,
        )
    )


class Report(NamedTuple):
    """What an agent's laptops last reported: any of them when, all of them how many waiting."""

    last_report: datetime | None
    waiting: int
    oldest_waiting_at: datetime | None
    laptops: int = 1

    def beside(self, other: "Report") -> "Report":
        """Return what two laptops have together."""
        last = [at for at in (self.last_report, other.last_report) if at is not None]
        oldest = [at for at in (self.oldest_waiting_at, other.oldest_waiting_at) if at is not None]
        waiting = self.waiting + other.waiting
        laptops = self.laptops + other.laptops
        return Report(max(last, default=None), waiting, min(oldest, default=None), laptops)


NO_REPORT: Final = Report(None, 0, None, 0)


def reports(tx: sa.Connection, agent_ids: Iterable[str] | None = None) -> dict[str, Report]:
    """Return what these or all agents' laptops reported, by agent_id; none of revoked ones."""
    if agent_ids is None:
        rows: Iterable[Any] = tx.execute(_REPORTS).all()
    else:
        rows = bulk.rows(tx, _REPORTS_OF, sorted(agent_ids))
    # Added up here: a database would go to each agent's laptops by themselves.
    found: dict[str, Report] = {}
    for agent_id, last_report, waiting, oldest in rows:
        report = Report(last_report, waiting, oldest)
        found[agent_id] = found[agent_id].beside(report) if agent_id in found else report
    return found


def listed(tx: sa.Connection) -> Sequence[Any]:
    """Return every device with its agent, by the agent's code, oldest first."""
    return tx.execute(_WHOSE.order_by(agents.c.code, devices.c.joined_at)).all()


def put_code(tx: sa.Connection, code_hash: str, agent_id: str, expires_at: datetime) -> None:
    """Write a join code, by its hash."""
    row = {"code_hash": code_hash, "agent_id": agent_id, "expires_at": expires_at}
    tx.execute(sa.insert(join_codes), [row])


def code(tx: sa.Connection, code_hash: str, on: date) -> Any:
    """Return and lock a join code with its agent and the agent's office of a day, or None."""
    query = (
        sa.select(
            join_codes,
            agents.c.name.label("agent_name"),
            agents.c.ended_on,
            offices.c.office_id,
            offices.c.name.label("office_name"),
            offices.c.timezone,
        )
        .join_from(join_codes, agents, join_codes.c.agent_id == agents.c.agent_id)
        .join(offices, offices.c.office_id == office_of(agents.c.agent_id, on))
        .where(join_codes.c.code_hash == code_hash)
        .with_for_update(of=join_codes)
    )
    return tx.execute(query).one_or_none()


def spend_code(tx: sa.Connection, code_hash: str, device_id: str, at: datetime) -> None:
    """Note for which device a code was used; codes that it used before are over for good."""
    statement = sa.update(join_codes).where(join_codes.c.code_hash == code_hash)
    tx.execute(statement.values(device_id=device_id))
    others = sa.update(join_codes).where(
        join_codes.c.device_id == device_id, join_codes.c.code_hash != code_hash
    )
    tx.execute(others.where(join_codes.c.expires_at > at).values(expires_at=at))


def open_codes(tx: sa.Connection, at: datetime, on: date) -> Sequence[Any]:
    """Return the codes that can still be used, with agents and their offices of a day."""
    query = (
        sa.select(
            join_codes,
            agents.c.code.label("agent_code"),
            agents.c.name.label("agent_name"),
            office_of(agents.c.agent_id, on).label("office_id"),
        )
        .join_from(join_codes, agents, join_codes.c.agent_id == agents.c.agent_id)
        .where(join_codes.c.device_id.is_(None), join_codes.c.expires_at > at)
        .where(sa.or_(agents.c.ended_on.is_(None), agents.c.ended_on > on))
        .order_by(join_codes.c.expires_at, join_codes.c.code_hash)
    )
    return tx.execute(query).all()


def void_code(tx: sa.Connection, code_hash: str, at: datetime) -> bool:
    """Let a code be over; False where a laptop has used it by now."""
    statement = sa.update(join_codes).where(
        join_codes.c.code_hash == code_hash, join_codes.c.device_id.is_(None)
    )
    return tx.execute(statement.values(expires_at=at)).rowcount > 0


def failures(tx: sa.Connection, address: str, since: datetime) -> int:
    """Return how often joining failed from an address since a moment."""
    query = sa.select(sa.func.count()).where(
        join_failures.c.address == address, join_failures.c.at > since
    )
    return tx.execute(query).scalar_one()


def note_failure(tx: sa.Connection, address: str, at: datetime, older_than: datetime) -> None:
    """Count a failed try to join; what is older than a moment is dropped."""
    tx.execute(sa.delete(join_failures).where(join_failures.c.at < older_than))
    tx.execute(sa.insert(join_failures), [{"address": address, "at": at}])
