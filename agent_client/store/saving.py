"""A sound content becomes a capture: its envelope is sealed and put into the queue."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlite_utils import Database

from agent_client.problems import AgentProblem
from agent_client.store import captures, device, drafts, exchange
from agent_client.store.stopping import refuse_new
from sync.digest import digest_and_form


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the laptop knows of the moment of a capture (sync/PROTOCOL.md, Words).

    `uptime` is boot id and seconds since, `elapsed_s` how long the form was in front.
    """

    now: datetime
    uptime: tuple[str, int] | None = None
    elapsed_s: int | None = None


@dataclass(frozen=True, slots=True)
class Saved:
    """A capture in the queue; on disk once the transaction is through."""

    record_id: str
    device_seq: int
    digest: str


def save_capture(
    tx: Database,
    content: Mapping[str, Any],
    evidence: Evidence,
    *,
    new_id: Callable[[], UUID],
    corrects: str | None = None,
    row_digest: str | None = None,
    draft_id: int | None = None,
) -> Saved:
    """Put a sound content into the queue, in place of the draft that it was made of.

    Its device_seq is taken in the same transaction, so that there is never a gap.
    AgentProblem `not_joined`, `retired` where it completes no draft.
    """
    if draft_id is None:
        refuse_new(tx)
    envelope = _envelope(tx, content, evidence, new_id, corrects)
    digest, form = digest_and_form(envelope)
    new = captures.NewCapture(
        record_id=envelope["record_id"],
        device_seq=envelope["device_seq"],
        digest=digest,
        form=form,
        captured_at=evidence.now,
        corrects=envelope.get("corrects"),
        content=content,
        row_digest=row_digest,
    )
    captures.insert_capture(tx, new)
    if draft_id is not None:
        drafts.delete_draft(tx, draft_id)
    return Saved(new.record_id, new.device_seq, new.digest)


def _envelope(
    tx: Database,
    content: Mapping[str, Any],
    evidence: Evidence,
    new_id: Callable[[], UUID],
    corrects: str | None,
) -> dict[str, Any]:
    here = device.device(tx)
    if here is None or here.office_url is None:
        raise AgentProblem("not_joined")
    last = exchange.last_exchange(tx)
    boot_id, uptime_s = evidence.uptime or (None, None)
    wall = evidence.now.astimezone(here.zone())
    members = {
        "record_id": str(new_id()),
        "kind": "enrolment",
        "device_id": here.device_id,
        "device_seq": device.next_seq(tx),
        "captured_at": wall.isoformat(timespec="milliseconds"),
        "elapsed_s": evidence.elapsed_s,
        "boot_id": boot_id,
        "uptime_s": uptime_s,
        "clock_offset_s": last.clock_offset_s,
        "last_answer_at": last.office_time,
        "corrects": corrects and captures.last_resaved(tx, corrects),
        "content": dict(content),
    }
    return {name: value for name, value in members.items() if value is not None}
