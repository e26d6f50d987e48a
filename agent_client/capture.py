"""A complete content becomes a capture, or a draft with all that is wrong with it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NoReturn
from uuid import UUID

from sqlite_utils import Database

from agent_client.doorstep import hints
from agent_client.lists import Lists, held_lists
from agent_client.problems import AgentProblem
from agent_client.store import captures, device, drafts
from agent_client.store.saving import Evidence, Saved, save_capture
from agent_client.store.stopping import refuse_new
from agent_client.vault import Vault
from schemas.enrolment import FIELDS, Checked, Rules, check
from schemas.envelope import FieldError
from sync.limits import CONTENT_BYTES, SCHEMA

_FILLED_IN: Final = frozenset({"schema", "contribution", "tariff_version"})
"""What the laptop adds itself: that it is missing is nothing the agent can mend."""
_MEMBERS: Final = frozenset(row.name for row in FIELDS)
_NAME: Final = re.compile(r"[A-Za-z_]{1,30}")


@dataclass(frozen=True, slots=True)
class Judged:
    """A content as it would be saved, and what stands against it.

    `errors` keep it from being saved, `warnings` do not.
    """

    content: dict[str, Any] = field(repr=False)
    errors: tuple[FieldError, ...]
    warnings: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class Captured:
    """What became of a content: `saved`, or kept as draft number `draft_id`, or neither."""

    judged: Judged
    saved: Saved | None = None
    draft_id: int | None = None


def read_content(raw: bytes) -> dict[str, Any]:
    """Read one content from JSON in UTF-8.

    AgentProblem `content_too_large`, `json_bad` (with its line), `json_no_object`.
    """
    if len(raw) > CONTENT_BYTES:
        raise AgentProblem("content_too_large", most=CONTENT_BYTES)
    try:
        content = json.loads(raw.decode("utf-8-sig"), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise AgentProblem("json_bad", line=error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise AgentProblem("json_bad", line=1) from error
    if not isinstance(content, dict):
        raise AgentProblem("json_no_object")
    return content


def judge(
    raw: Mapping[str, Any], lists: Lists, rules: Rules, now: datetime
) -> tuple[Judged, Checked]:
    """Fill in what the laptop knows better than the agent, and judge all of it."""
    content = {**raw}
    for name, value in (("schema", SCHEMA), ("tariff_version", lists.tariff_version)):
        if content.get(name) in (None, ""):
            content[name] = value
    checked = _check(content, lists, rules, now)
    if content.get("contribution") in (None, "") and checked.due is not None:
        content["contribution"] = checked.due.total
        checked = _check(content, lists, rules, now)
    errors = tuple(
        error
        for error in checked.errors
        if not (error.code == "required" and error.field in _FILLED_IN) or len(checked.errors) == 1
    )
    return Judged(checked.content, errors, (*checked.warnings, *_unknown(raw))), checked


def capture(
    vault: Vault,
    raw: Mapping[str, Any],
    evidence: Evidence,
    *,
    new_id: Callable[[], UUID],
    corrects: str | None = None,
    draft_id: int | None = None,
    keep_draft: bool = True,
) -> Captured:
    """Save a content, or keep it as a draft, in one transaction.

    `corrects` names a capture of this laptop that it replaces, `draft_id` the draft that
    it completes: what it leaves out is taken from there. AgentProblem `not_joined`,
    `capture_unknown`, `draft_unknown`, `retired` (without a draft), `disk_full` and the like.
    """
    with vault.writing() as tx:
        if draft_id is None:
            refuse_new(tx)
        former = _former(tx, draft_id)
        if corrects is not None and captures.capture(tx, corrects) is None:
            raise AgentProblem("capture_unknown")
        corrects = corrects or (former.corrects if former else None)
        told = {**(former.content if former else {}), **raw}
        judged = _judge_here(tx, told, evidence.now, corrects)
        if judged.errors:
            kept = _keep_draft(tx, told, judged, evidence.now, corrects, former, keep_draft)
            return Captured(judged, draft_id=kept)
        saved = save_capture(
            tx,
            judged.content,
            evidence,
            new_id=new_id,
            corrects=corrects,
            row_digest=former.row_digest if former else None,
            draft_id=draft_id,
        )
    return Captured(judged, saved=saved)


def office_rules(tx: Database) -> Rules:
    """Return the rules as this laptop's office has them."""
    here = device.device(tx)
    if here is None or here.office_url is None:
        raise AgentProblem("not_joined")
    return Rules(timezone=here.zone().key)


def _judge_here(
    tx: Database, told: Mapping[str, Any], now: datetime, corrects: str | None
) -> Judged:
    lists = held_lists(tx)
    judged, checked = judge(told, lists, office_rules(tx), now)
    if judged.errors:
        return judged
    found = hints(
        judged.content,
        here=captures.same_nik(tx, judged.content["nik"]),
        own=captures.chain_of(tx, corrects),
        known=lists.known,
        due=checked.due,
    )
    return Judged(judged.content, (), (*judged.warnings, *found))


def _unknown(raw: Mapping[str, Any]) -> list[FieldError]:
    """Warn of members that are left out since no content has them: misspelt, most likely."""
    names = sorted(name for name in raw if name not in _MEMBERS)
    if not names:
        return []
    # A name that is none may be a value in the wrong place: it is not shown.
    shown = ", ".join(name if _NAME.fullmatch(name) else "…" for name in names)
    return [FieldError("schema", "unknown_member", {"names": shown})]


def _former(tx: Database, draft_id: int | None) -> drafts.Draft | None:
    if draft_id is None:
        return None
    former = drafts.draft(tx, draft_id)
    if former is None:
        raise AgentProblem("draft_unknown", draft=draft_id)
    return former


def _keep_draft(
    tx: Database,
    told: Mapping[str, Any],
    judged: Judged,
    now: datetime,
    corrects: str | None,
    former: drafts.Draft | None,
    wanted: bool,
) -> int | None:
    if former is not None:
        drafts.change_draft(tx, former.draft_id, told, judged.errors, now)
        return former.draft_id
    if not wanted:
        return None
    return drafts.add_draft(tx, told, judged.errors, now=now, corrects=corrects)


def _check(content: Mapping[str, Any], lists: Lists, rules: Rules, now: datetime) -> Checked:
    return check(
        content,
        moments=(now,),
        rules=rules,
        tariff=lists.tariff,
        regions=lists.regions.get,
        occupations=lists.occupations.get,
    )


def _no_constant(_text: str) -> NoReturn:
    raise ValueError("no number of JSON")
