"""What programs ask and send at the desk: each member checked, any other refused."""

from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from schemas.envelope import parse_moment
from schemas.normal import normal_text
from schemas.wire_fields import Digest, Id, Text
from server.agent_work import Span
from server.agents import day_of
from server.audit import Action
from server.case_queue import KINDS
from server.laptop_list import STATES
from server.questions import LONGEST
from server.rules.review import Choice, Side
from server.rules.spans import Basis

_PAGES: Final = 999_999
_SHORT: Final = 100


class _Strict(Schema):
    class Meta:
        unknown = RAISE


class Nothing(_Strict):
    """An address that asks for nothing more."""


class Written(Text):
    """Text in its normal form, as a page takes it."""

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        text = super()._deserialize(value, *args, **options)
        if len(text) > LONGEST:
            raise ValidationError("Too long.")
        return normal_text(text)


class Day(fields.Field[Any]):
    """A day such as 2026-11-20."""

    def __init__(self, **options: Any) -> None:
        """Describe itself to OpenAPI as a date."""
        super().__init__(metadata={"type": "string", "format": "date"}, **options)

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        try:
            return day_of(value if isinstance(value, str) else "")
        except ValueError:
            raise ValidationError("No day.") from None


class Instant(fields.Field[Any]):
    """A moment as RFC 3339 has it, with its offset."""

    def __init__(self, **options: Any) -> None:
        """Describe itself to OpenAPI as a date-time."""
        super().__init__(metadata={"type": "string", "format": "date-time"}, **options)

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        moment = parse_moment(value)
        if moment is None:
            raise ValidationError("Not RFC 3339 with an offset.")
        return moment


def _text(longest: int = _SHORT, **options: Any) -> Text:
    # The usual value is made by a function, so that OpenAPI is told none: it has the form of none.
    return Text(load_default=str, validate=validate.Length(max=longest), **options)


def _page() -> fields.Integer:
    return fields.Integer(load_default=1, validate=validate.Range(1, _PAGES))


def _cursor(pattern: str) -> fields.String:
    return fields.String(load_default=str, validate=validate.Regexp(pattern))


def _choice(choices: Any, **options: Any) -> fields.String:
    return fields.String(validate=validate.OneOf([str(one) for one in choices]), **options)


def _note() -> Written:
    return Written(load_default=str, validate=validate.Length(max=LONGEST))


def _question() -> Written:
    return Written(required=True, validate=validate.Length(1, LONGEST))


class LeaderboardQuery(_Strict):
    """Which days (2026-11, 2026-W47, 2026-11-01..2026-11-20; none: this month), whose, where."""

    span = _text(22)
    by = _choice(Basis, load_default=Basis.WORK.value)
    office = _text()
    kecamatan = _text()
    kelurahan = _text()
    q = _text()
    page = _page()


class AgentQuery(_Strict):
    """Which days: the last 90, this month, the last year."""

    span = _choice(Span, load_default=Span.DAYS.value)


class CasesQuery(_Strict):
    """Which cases, and behind which cursor."""

    kind = _choice(KINDS, load_default=str)
    office = _text()
    agent = _text()
    state = _choice(("open", "decided"), load_default="open")
    cursor = _cursor(r"^[0-9]{1,17}([.][0-9a-f-]{36})?$")


class LaptopsQuery(_Strict):
    """Which laptops: in which state, of which office, named how."""

    state = _choice(STATES, load_default=str)
    office_id = _text(data_key="office")
    text = _text(data_key="q")
    page = _page()


class SetAsideQuery(_Strict):
    """Which page."""

    page = _page()


class AuditQuery(_Strict):
    """What is looked for in the trail, and behind which cursor; both days count."""

    by = _text()
    action = _choice(Action, load_default=str)
    about = _text()
    about_id = _text(data_key="id")
    first = Day(load_default=None, data_key="from")
    last = Day(load_default=None, data_key="to")
    text = _text(data_key="q")
    cursor = _cursor(r"^[0-9]{1,17}$")


class SeenBody(_Strict):
    """The two records of a case as they were looked at."""

    record_id = Id(required=True)
    other_id = Id(required=True, allow_none=True)


class DecisionBody(_Strict):
    """What is decided of a case as it was seen, and who has the NIK from now on."""

    choice = _choice(Choice, required=True)
    holder = _choice(Side, load_default=Side.OTHER.value)
    seen = fields.Nested(SeenBody, required=True)
    note = _note()


class QuestionBody(_Strict):
    """What the agent of a side is asked, in both languages."""

    text_id = _question()
    text_en = _question()
    side = _choice(Side, load_default=Side.RECORD.value)


class NoteBody(_Strict):
    """What is written beside a deed."""

    note = _note()


class PairBody(_Strict):
    """What lies set aside, by its id and digest; what came without an id has none."""

    record_id = Id(required=True)
    digest = Digest(required=True)


class OfficeBody(_Strict):
    """An office's name."""

    name = Text(required=True)


class AgentBody(_Strict):
    """A new agent."""

    name = Text(required=True)
    code = Text(required=True)
    office_id = Id(required=True)


class AgentNameBody(_Strict):
    """An agent's name."""

    name = Text(required=True)


class MoveBody(_Strict):
    """At which office an agent is from a day on."""

    office_id = Id(required=True)
    since = Day(required=True)


class EndBody(_Strict):
    """The first day on which somebody is no agent."""

    since = Day(required=True)


class RevokeBody(_Strict):
    """Why a laptop is revoked, and of a lost one since when that is known."""

    reason = Text(required=True)
    lost_at = Instant(load_default=None, allow_none=True)
