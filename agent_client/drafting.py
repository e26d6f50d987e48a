"""A draft at the door: kept at every pause, looked at as a whole, saved when it is sound.

What the page asks for beyond the rules of the content stands in agent_client/obstacles.py.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from sqlite_utils import Database

from agent_client.amounts import relief_of
from agent_client.capture import judge, office_rules
from agent_client.doorstep import Hint, hints_at
from agent_client.form import (
    ADDRESS,
    BOXES,
    Form,
    confirm,
    content_of,
    elapsed_s,
    form_of,
    has_agreed,
)
from agent_client.lists import Lists
from agent_client.obstacles import obstacles
from agent_client.problems import AgentProblem
from agent_client.store import captures, device, drafts
from agent_client.store.saving import Evidence, Saved, save_capture
from schemas.content_rules import Rules
from schemas.envelope import FieldError
from schemas.nik import Nik, nik_problems, parse_nik
from schemas.occupations import EITHER
from schemas.tariff import Due

USUAL: Final = {"months": "1", "payer": "self"}
"""What most boxes hold in the end; a person may change each."""
_TOLD_BY_LAPTOP: Final = frozenset({"contribution", "tariff_version", "schema"})


@dataclass(frozen=True, slots=True)
class Look:
    """A draft as it stands: what is in its boxes, what speaks against it, what follows of it.

    `errors` keep it from being saved, `warnings` do not; `hints` ask for a reason. `nik` is
    what a readable NIK says, `relief` the last month of the reduced rate, where one holds.
    """

    draft: drafts.Draft
    form: Form = field(repr=False)
    content: Mapping[str, Any] = field(repr=False)
    errors: tuple[FieldError, ...]
    warnings: tuple[FieldError, ...]
    hints: tuple[Hint, ...]
    nik: Nik | None
    due: Due | None
    relief: str | None

    @property
    def is_sound(self) -> bool:
        """Tell whether it can be saved."""
        return not self.errors

    @property
    def has_consent(self) -> bool:
        """Tell whether the worker agreed: no box opens before."""
        return has_agreed(self.draft.content)


@dataclass(frozen=True, slots=True)
class Bench:
    """What looking needs besides the draft: the lists, the moment, the office's day."""

    lists: Lists
    now: datetime
    rules: Rules
    today: date


def bench_at(tx: Database, lists: Lists, now: datetime) -> Bench:
    """Return what a moment's looking needs; before joining by the usual rules."""
    here = device.device(tx)
    today = now.astimezone(device.zone_of(here)).date()
    joined = here is not None and here.office_url is not None
    return Bench(lists, now, office_rules(tx) if joined else Rules(), today)


def begin(tx: Database, bench: Bench, method: str, language: str) -> int:
    """Begin a draft with a worker's consent, given now; return its number.

    AgentProblem `consent_text_missing` where no text is in force.
    """
    content = consent_given(tx, bench, method, language)
    form = {**USUAL, "first_month": f"{bench.today:%Y-%m}"}
    return drafts.add_draft(tx, content, (), now=bench.now, form=form)


def consent_given(tx: Database, bench: Bench, method: str, language: str) -> dict[str, Any]:
    """Return the members that say which text was agreed to, when, and how."""
    text = bench.lists.consent_on(bench.today)
    if text is None:
        raise AgentProblem("consent_text_missing")
    zone = device.zone_of(device.device(tx))
    return {
        "consent_version": text.version,
        "consent_at": bench.now.astimezone(zone).isoformat(timespec="seconds"),
        "consent_method": method,
        "consent_language": language,
    }


def agree(tx: Database, bench: Bench, draft_id: int, method: str, language: str) -> None:
    """Put a worker's consent into a draft that came without, out of a list say."""
    draft = known_draft(tx, draft_id)
    content = {**draft.content, **consent_given(tx, bench, method, language)}
    drafts.change_draft(tx, draft_id, content, draft.missing, bench.now, _form(draft))


def begin_correction(tx: Database, record_id: str, now: datetime) -> int:
    """Begin a corrected copy of a capture, or go on with one; return the draft's number.

    AgentProblem `capture_unknown`, `capture_purged` where its content is no longer here.
    """
    begun = drafts.draft_correcting(tx, record_id)
    if begun is not None:
        return begun.draft_id
    former, envelope = captures.capture(tx, record_id), captures.envelope_of(tx, record_id)
    if former is None:
        raise AgentProblem("capture_unknown")
    if envelope is None or former.restricted:
        raise AgentProblem("capture_purged")
    content = {
        name: value for name, value in envelope["content"].items() if name not in _TOLD_BY_LAPTOP
    }
    missing = [
        FieldError(str(error.get("field")), str(error.get("code")), error.get("params"))
        for error in former.errors
    ]
    return drafts.add_draft(
        tx, content, missing, now=now, corrects=record_id, form=form_of(content)
    )


def known_draft(tx: Database, draft_id: int) -> drafts.Draft:
    """Return a draft; AgentProblem `draft_unknown`."""
    found = drafts.draft(tx, draft_id)
    if found is None:
        raise AgentProblem("draft_unknown", draft=draft_id)
    return found


def look(tx: Database, bench: Bench, draft_id: int) -> Look:
    """Look at a draft as it was left."""
    draft = known_draft(tx, draft_id)
    form = _form(draft)
    return _look(tx, bench, draft, form, _content(draft, form, bench))


def keep(tx: Database, bench: Bench, draft_id: int, sent: Form) -> Look:
    """Keep what was typed so far, and look at it.

    Without consent nothing is kept: AgentProblem `consent_needed`.
    """
    draft = known_draft(tx, draft_id)
    if not has_agreed(draft.content):
        raise AgentProblem("consent_needed")
    form = {**sent, "nik_confirmed": _form(draft).get("nik_confirmed", "")}
    confirm(form)
    content = _content(draft, form, bench)
    found = _look(tx, bench, draft, form, content)
    drafts.change_draft(tx, draft_id, content, found.errors, bench.now, form)
    return found


def save(
    tx: Database,
    bench: Bench,
    draft_id: int,
    sent: Form,
    evidence: Evidence,
    new_id: Callable[[], UUID],
) -> tuple[Look, Saved | None]:
    """Save a draft that is sound, else keep it; the same transaction does both.

    AgentProblem `draft_unknown`, `consent_needed`, `not_joined`.
    """
    found = keep(tx, bench, draft_id, sent)
    if not found.is_sound:
        return found, None
    seen = Evidence(evidence.now, evidence.uptime, elapsed_s(found.form))
    draft = found.draft
    saved = save_capture(
        tx,
        found.content,
        seen,
        new_id=new_id,
        corrects=draft.corrects,
        row_digest=draft.row_digest,
        draft_id=draft_id,
    )
    return found, saved


def neighbour(tx: Database) -> dict[str, str]:
    """Return the address boxes of the capture saved last, to offer them for the neighbour."""
    last = captures.newest_capture(tx)
    envelope = None if last is None else captures.envelope_of(tx, last.record_id)
    if envelope is None:
        return {}
    content = envelope["content"]
    return {name: str(content[name]) for name in ADDRESS if content.get(name)}


def _form(draft: drafts.Draft) -> dict[str, str]:
    if draft.form is not None:
        return dict(draft.form)
    return {**USUAL, **form_of(draft.content)}


def _content(draft: drafts.Draft, form: Form, bench: Bench) -> dict[str, Any]:
    """What the boxes mean, with what no box shows: the consent, a place a list told."""
    unseen = {
        name: value
        for name, value in draft.content.items()
        if name not in BOXES and name not in _TOLD_BY_LAPTOP
    }
    content = {**unseen, **content_of(form, bench.today)}
    job = bench.lists.occupations.get(str(content.get("occupation")))
    if job is not None and job.sector != EITHER:
        content["sector"] = job.sector
    return content


def _look(
    tx: Database, bench: Bench, draft: drafts.Draft, form: Form, content: Mapping[str, Any]
) -> Look:
    judged, checked = judge(content, bench.lists, bench.rules, bench.now)
    nik = str(judged.content.get("nik", ""))
    hints = hints_at(
        judged.content,
        here=captures.same_nik(tx, nik) if nik and not nik_problems(nik) else (),
        born=captures.born_on(tx, str(judged.content.get("birth_date", ""))),
        own=captures.chain_of(tx, draft.corrects),
        known=bench.lists.known if nik and not nik_problems(nik) else None,
    )
    errors = obstacles(form, judged.content, judged.errors, bool(hints))
    return Look(
        draft=draft,
        form=form,
        content=judged.content,
        errors=errors,
        warnings=judged.warnings,
        hints=hints,
        nik=_told_by(nik, judged.content, bench.today),
        due=checked.due,
        relief=relief_of(judged.content, bench.lists.tariff),
    )


def _told_by(nik: str, content: Mapping[str, Any], today: date) -> Nik | None:
    try:
        born = date.fromisoformat(str(content.get("birth_date")))
    except ValueError:
        born = None
    try:
        return parse_nik(nik, birth_date=born, today=today)
    except ValueError:
        return None
