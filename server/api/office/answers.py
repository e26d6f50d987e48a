"""What the desk answers programs: figures, agents, offices, the trail. Every member is there."""

from typing import Any

from marshmallow import Schema, fields

from schemas.envelope import rfc3339


class Answer(Schema):
    """An answer, of which every member is always there."""

    def on_bind_field(self, field_name: str, field_obj: Any) -> None:
        """Tell OpenAPI that it is."""
        field_obj.required = True


class At(fields.DateTime):
    """A moment in UTC, as RFC 3339 has it."""

    def _serialize(self, value: Any, *_args: Any, **_options: Any) -> Any:
        return None if value is None else rfc3339(value)


def whole(**options: Any) -> fields.Integer:
    """Return a field for a whole number."""
    return fields.Integer(**options)


def text(**options: Any) -> fields.String:
    """Return a field for text."""
    return fields.String(**options)


def many(schema: type[Schema], **options: Any) -> fields.List[Any]:
    """Return a field for a list."""
    return fields.List(fields.Nested(schema), **options)


class PlaceAnswer(Answer):
    """An agent's line; whole rupiah; `weeks` is what was accepted in the last eight."""

    rank = whole(allow_none=True)
    agent_id = text()
    agent_code = text()
    name = text()
    office_id = text()
    office = text()
    accepted = whole()
    duplicate = whole()
    in_review = whole()
    rejected = whole()
    superseded = whole()
    contribution = whole()
    months = whole()
    jht = whole()
    jht_percent = whole(allow_none=True)
    duplicate_percent = whole(allow_none=True)
    target = whole()
    target_percent = whole()
    last_report = At(allow_none=True)
    waiting = whole()
    oldest_waiting_at = At(allow_none=True)
    reported = fields.Boolean()
    weeks = fields.List(whole())


class TotalAnswer(Answer):
    """What all agents have together; whole rupiah."""

    accepted = whole()
    waiting = whole()
    duplicate = whole()
    in_review = whole()
    rejected = whole()
    contribution = whole()
    jht_percent = whole(allow_none=True)
    duplicate_percent = whole(allow_none=True)


class LeaderboardAnswer(Answer):
    """A page of the leaderboard: ranks and the total are of everybody."""

    first = fields.Date(attribute="board.asked.first")
    last = fields.Date(attribute="board.asked.last")
    by = text(attribute="board.asked.basis")
    as_of = At(attribute="board.as_of")
    agents = many(PlaceAnswer, attribute="lines")
    total = fields.Nested(TotalAnswer)
    found = whole()
    page = whole(attribute="number")
    pages = whole()


class MoveAnswer(Answer):
    """From which day on an agent is at an office, by its name."""

    since = fields.Date()
    office = text()


class AgentAnswer(Answer):
    """An agent as of today; `ended_on` is the first day on which the agent is none."""

    agent_id = text()
    code = text()
    name = text()
    office_id = text()
    office = text()
    ended_on = fields.Date(allow_none=True)
    moves = many(MoveAnswer)
    laptops = whole()
    last_report = At(allow_none=True)


class AgentsAnswer(Answer):
    """The agents of the user's offices, by name."""

    agents = many(AgentAnswer)


class MovedAnswer(Answer):
    """How many records moved with an agent."""

    records = whole()


class JoinCodeAnswer(Answer):
    """A join code, told this once, and until when it holds."""

    code = text()
    expires_at = At()


class OfficeAnswer(Answer):
    """An office."""

    office_id = text()
    name = text()
    timezone = text()


class OfficesAnswer(Answer):
    """The user's offices, by name."""

    offices = many(OfficeAnswer)


class AsideAnswer(Answer):
    """What came in and has no standing, and why."""

    agent_id = text()
    agent_code = text(allow_none=True)
    device_id = text()
    record_id = text()
    digest = text()
    reason = text()
    may_be_judged = fields.Boolean()
    responsible = text()
    times_seen = whole()
    first_seen_at = At()
    last_seen_at = At()


class SetAsideAnswer(Answer):
    """A page of what is set aside, the oldest first."""

    set_aside = many(AsideAnswer)
    found = whole()
    page = whole()
    pages = whole()


class JudgedAnswer(Answer):
    """How a record stands after it was judged again: `retry` where it is still set aside."""

    verdict = text()
    reason = text()


class LineAnswer(Answer):
    """One line of the trail; `name` is what it is about is called now."""

    number = whole()
    at = At()
    by = text()
    action = text()
    about = text()
    about_id = text()
    office_id = text(allow_none=True)
    name = text(allow_none=True)
    detail = fields.Dict()


class AuditAnswer(Answer):
    """Lines of the trail, the newest first; `head` and `seal` are its end."""

    lines = many(LineAnswer)
    cursor = fields.String(attribute="older", allow_none=True)
    head = whole()
    seal = text()
