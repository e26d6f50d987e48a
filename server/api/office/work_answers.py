"""What the desk answers programs about one agent's work."""

from marshmallow import fields

from server.api.office.answers import Answer, At, many, text, whole
from server.store.tables import COUNTERS


class LostAnswer(Answer):
    """What came so far and no further."""

    name = fields.Function(lambda one: one[0], metadata={"type": "string"})
    records = fields.Function(lambda one: one[1], metadata={"type": "integer"})


class StageAnswer(Answer):
    """One step from captured to accepted; percent of what was received."""

    name = text()
    records = whole()
    percent = whole(allow_none=True)
    lost = many(LostAnswer)


DayAnswer = Answer.from_dict(
    {"work_date": fields.Date(), **{name: whole() for name in COUNTERS}}, name="DayAnswer"
)
"""One day's counters."""
CountersAnswer = Answer.from_dict({name: whole() for name in COUNTERS}, name="CountersAnswer")
"""The counters of all days; whole rupiah."""


class ReasonAnswer(Answer):
    """How many stand how, and why; `moved`: since a supervisor said so."""

    verdict = text(attribute="counted")
    reason = text()
    moved = fields.Boolean()
    records = whole(attribute="count")


class WrongAnswer(Answer):
    """What was wrong with refused records."""

    error = fields.Dict()
    records = whole()


class KelurahanAnswer(Answer):
    """How many were accepted in a kelurahan, by its code."""

    kelurahan = text()
    accepted = whole()


class AgentLaptopAnswer(Answer):
    """A laptop; `missing` are ranges of its numbers that never arrived."""

    device_id = text(attribute="device.device_id")
    name = text(attribute="device.name")
    reported_at = At(attribute="device.reported_at", allow_none=True)
    waiting = whole(attribute="device.waiting")
    revoked_at = At(attribute="device.revoked_at", allow_none=True)
    missing = fields.List(fields.List(whole()))
    reused = fields.List(whole())


class AgentCaseAnswer(Answer):
    """A case about the agent's records."""

    case_id = text()
    kind = text()
    opened_at = At()
    decided_at = At(allow_none=True)


class CorrectionAnswer(Answer):
    """How many corrections stand how."""

    verdict = text()
    reason = text()
    records = whole(attribute="count")


class SignAnswer(Answer):
    """A sign: a question and no verdict; `share` is null where the sample is too small."""

    kind = text()
    found = whole()
    sample = whole()
    left_out = whole()
    share = fields.Float(allow_none=True)
    usual = fields.Float(allow_none=True)
    asks = fields.Boolean()


class ChangedAnswer(Answer):
    """How often corrections changed a member."""

    member = fields.Function(lambda one: one[0], metadata={"type": "string"})
    times = fields.Function(lambda one: one[1], metadata={"type": "integer"})


class WorkAnswer(Answer):
    """An agent's work in a span of days, counted for the user's offices."""

    agent_id = text(attribute="agent.agent_id")
    code = text(attribute="agent.code")
    name = text(attribute="agent.name")
    office_id = text(attribute="agent.office_id")
    office = text(attribute="agent.office_name")
    ended_on = fields.Date(attribute="agent.ended_on", allow_none=True)
    first = fields.Date()
    last = fields.Date()
    last_report = At(allow_none=True)
    totals = fields.Nested(CountersAnswer)
    days = many(DayAnswer)
    funnel = many(StageAnswer)
    reasons = many(ReasonAnswer)
    wrong = many(WrongAnswer)
    kelurahan = many(KelurahanAnswer)
    laptops = many(AgentLaptopAnswer)
    cases = many(AgentCaseAnswer)
    open_cases = whole()
    all_cases = whole()
    corrections = many(CorrectionAnswer)
    captures = whole(attribute="looked.captures")
    signs = many(SignAnswer, attribute="looked.signs")
    compared = whole(attribute="looked.compared")
    changed = many(ChangedAnswer, attribute="looked.changed")
