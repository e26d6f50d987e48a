"""What the desk answers programs about cases; a NIK and a phone number are masked."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from marshmallow import fields

from schemas.nik import mask_nik
from server.api.office.answers import Answer, At, many, text, whole
from server.web.comparing import mask_phone

_MASKED: Final[Mapping[str, Callable[[str], str]]] = {"nik": mask_nik, "phone": mask_phone}


class Content(fields.Dict):
    """A content as it came, but for what is masked."""

    def _serialize(self, value: Any, *_args: Any, **_options: Any) -> Any:
        masked = {name: mask(str(value[name])) for name, mask in _MASKED.items() if name in value}
        return {**value, **masked}


class WaitingAnswer(Answer):
    """A line of the queue; of an odd NIK that was not taken `case_id` is null."""

    case_id = text(allow_none=True)
    record_id = text()
    kind = text()
    name = text()
    other_name = text(allow_none=True)
    agent_code = text()
    other_agent_code = text(allow_none=True)
    at = At()
    decision = text(allow_none=True)
    decided_by = text(allow_none=True)
    nik = fields.Function(
        lambda line: mask_nik(line.nik) if line.nik else None,
        metadata={"type": ["string", "null"]},
    )


class CasesAnswer(Answer):
    """A part of the queue, and the cursor for the next, null at the end."""

    cases = many(WaitingAnswer)
    cursor = text(allow_none=True)


class StandingAnswer(Answer):
    """How a record stands, or stood."""

    verdict = text()
    reason = text()


class MovingAnswer(Answer):
    """A record that would move: how it stands, and how it would."""

    record_id = fields.Function(lambda pair: pair[0].record_id, metadata={"type": "string"})
    agent_id = fields.Function(lambda pair: pair[0].agent_id, metadata={"type": "string"})
    before = fields.Function(
        lambda pair: StandingAnswer().dump(pair[0]), metadata={"type": "object"}
    )
    after = fields.Function(
        lambda pair: StandingAnswer().dump(pair[1]), metadata={"type": "object"}
    )


class MovesAnswer(Answer):
    """What would move, and how many cases would open."""

    records = many(MovingAnswer)
    opened = whole()


class OptionAnswer(Answer):
    """What may be decided now: `choice` and `holder` as a decision has them."""

    choice = text()
    holder = text(attribute="side")
    moves = fields.Nested(MovesAnswer)


class InTheWayAnswer(Answer):
    """A record that keeps a decision from being undone."""

    record_id = text()
    agent_id = text()


class UndoingAnswer(Answer):
    """What an undo would move; null where these records and cases are in its way."""

    moves = fields.Nested(MovesAnswer, allow_none=True)
    records = many(InTheWayAnswer)
    case_ids = fields.List(text())


class SideAnswer(Answer):
    """One side of a case, with the evidence of its capture."""

    record_id = text(attribute="record.record_id")
    agent_id = text(attribute="record.agent_id")
    office_id = text(attribute="record.office_id")
    device = text(allow_none=True)
    received_at = At(attribute="record.received_at")
    captured_at = At(attribute="record.captured_at", allow_none=True)
    certainty = text(attribute="record.certainty")
    claimed_at = At(allow_none=True)
    elapsed_s = whole(allow_none=True)
    verdict = text(attribute="record.verdict")
    reason = text(attribute="record.reason")
    flags = fields.List(text(), attribute="record.flags")
    errors = fields.List(fields.Dict(), attribute="record.errors")
    content = Content()


class MemberAnswer(Answer):
    """What the roll of members has of the NIK."""

    folded_name = text(allow_none=True)
    birth_date = text(allow_none=True)
    since = text(allow_none=True)


class PastAnswer(Answer):
    """What was decided before about the same people."""

    case_id = text(attribute="decided.case_id", allow_none=True)
    kind = text()
    action = text(attribute="decided.action")
    side = text(attribute="decided.side", allow_none=True)
    by = text(attribute="decided.by")
    at = At(attribute="decided.at")
    note = text()


class CaseAnswer(Answer):
    """A case with both sides; `case_id` is null for an odd NIK that was not taken."""

    case_id = text(allow_none=True)
    kind = text()
    opened_at = At()
    decision = text(allow_none=True)
    decided_by = text(allow_none=True)
    decided_at = At(allow_none=True)
    record = fields.Nested(SideAnswer)
    other = fields.Nested(SideAnswer, allow_none=True)
    member = fields.Nested(MemberAnswer, allow_none=True)
    why = fields.List(text())
    options = many(OptionAnswer)
    taking = fields.Nested(MovesAnswer, allow_none=True)
    undoing = fields.Nested(UndoingAnswer, allow_none=True)
    past = many(PastAnswer)


class MovedRecordAnswer(Answer):
    """A record that stands otherwise now."""

    record_id = text()
    agent_id = text()
    before = fields.List(text())
    after = fields.List(text())


class OutcomeAnswer(Answer):
    """What a deed came to: its number, what moved, which cases it opened."""

    number = whole()
    case_id = text(allow_none=True)
    moved = many(MovedRecordAnswer)
    opened = fields.List(text())
