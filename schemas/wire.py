"""The outer shapes of the calls (sync/PROTOCOL.md, Transport), checked and documented.

Contents of envelopes stay raw here: each is judged alone. Unknown members are ignored.
"""

from typing import Any, Final

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from schemas.envelope import is_digest, is_uuid, parse_moment

_INTEGER = 2**53 - 1
_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_DIGEST = "^[0-9a-f]{64}$"


class Whole(fields.Integer):
    """A whole number as JSON has it: no text, no true, no fraction but `.0`."""

    def _validated(self, value: Any) -> Any:
        if isinstance(value, bool | str) or (isinstance(value, float) and value % 1):
            raise self.make_error("invalid")
        return super()._validated(value)


class Id(fields.String):
    """A UUID as lower-case hyphenated text."""

    def __init__(self, **options: Any) -> None:
        """Describe itself to OpenAPI by its pattern."""
        super().__init__(metadata={"pattern": _UUID}, **options)

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        if not is_uuid(value):
            raise ValidationError("Not a UUID.")
        return value


class Digest(fields.String):
    """A SHA-256 as lower-case hex text."""

    def __init__(self, **options: Any) -> None:
        """Describe itself to OpenAPI by its pattern."""
        super().__init__(metadata={"pattern": _DIGEST}, **options)

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        if not is_digest(value):
            raise ValidationError("Not a SHA-256.")
        return value


class Moment(fields.String):
    """RFC 3339 text with offset; stays text."""

    def __init__(self, **options: Any) -> None:
        """Describe itself to OpenAPI as a date-time."""
        super().__init__(metadata={"format": "date-time"}, **options)

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        if parse_moment(value) is None:
            raise ValidationError("Not RFC 3339 with an offset.")
        return value


class MomentOrNull(fields.Raw):
    """RFC 3339 text with offset, or null; stays as it is."""

    def __init__(self, **options: Any) -> None:
        """Describe itself to OpenAPI as either."""
        kinds = [{"type": "string", "format": "date-time"}, {"type": "null"}]
        super().__init__(allow_none=True, metadata={"anyOf": kinds}, **options)

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        if parse_moment(value) is None:
            raise ValidationError("Not RFC 3339 with an offset.")
        return value


class Text(fields.String):
    """Text that every database can keep: no NUL, no half of a character."""

    def __init__(self, **options: Any) -> None:
        """Describe itself to OpenAPI by its pattern."""
        super().__init__(metadata={"pattern": "^[^\\u0000]*$"}, **options)

    def _deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        text = super()._deserialize(value, *args, **options)
        if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            raise ValidationError("Not text that can be kept.")
        return text


def _text(longest: int, **options: Any) -> Text:
    return Text(validate=validate.Length(1, longest), **options)


def _protocol() -> Whole:
    return Whole(required=True, validate=validate.OneOf([1]))


def _count(**options: Any) -> Whole:
    return Whole(validate=validate.Range(0, _INTEGER), **options)


class _Wire(Schema):
    class Meta:
        unknown = EXCLUDE


class PingAnswer(_Wire):
    """GET ping."""

    protocol = Whole(required=True)
    time = Moment(required=True)
    epoch = fields.String(required=True)
    min_client = fields.String(required=True)
    encodings = fields.List(fields.String(), required=True)
    schemas = fields.List(Whole(), required=True)


class JoinRequest(_Wire):
    """POST devices."""

    code = _text(64, required=True)
    device_id = Id(required=True)
    name = _text(80, required=True)
    platform = _text(80, required=True)
    client = _text(80, required=True)
    device_key = _text(200)


class OfficeOfAgent(_Wire):
    """The office in a join's answer."""

    office_id = Id(required=True)
    name = fields.String(required=True)
    timezone = fields.String(required=True)


class AgentOfDevice(_Wire):
    """The agent in a join's answer."""

    agent_id = Id(required=True)
    name = fields.String(required=True)
    office = fields.Nested(OfficeOfAgent, required=True)


class JoinAnswer(_Wire):
    """POST devices, 201."""

    protocol = Whole(required=True)
    time = Moment(required=True)
    device_id = Id(required=True)
    agent = fields.Nested(AgentOfDevice, required=True)
    token = fields.String(required=True)
    receipt_key = fields.String(required=True)
    office_key = fields.String(required=True)


class Heartbeat(_Wire):
    """What a laptop reports of itself."""

    waiting = _count(required=True)
    drafts = _count()
    set_aside = _count()
    oldest_waiting_at = MomentOrNull()
    last_seq = _count()
    client = Text(validate=validate.Length(max=80))
    disk_free_mb = _count()
    reference = fields.Dict(keys=fields.String(), values=fields.String())


class ExchangeRequest(_Wire):
    """POST exchange: the outer object alone."""

    protocol = _protocol()
    device_id = Id(required=True)
    sent_at = Moment(required=True)
    boot_id = fields.String(validate=validate.Length(max=64))
    uptime_s = _count()
    cursor = fields.String(allow_none=True)
    heartbeat = fields.Nested(Heartbeat, required=True)
    envelopes = fields.List(
        fields.Raw(allow_none=True, metadata={"description": "Judged alone, whatever it is."}),
        required=True,
        metadata={"maxItems": 500},
    )


class AckBody(_Wire):
    """The office's word on one pair."""

    record_id = fields.String(required=True)
    digest = fields.String(required=True)
    verdict = fields.String(required=True)
    reason = fields.String(required=True)
    seq = Whole()
    received_at = Moment()
    errors = fields.List(fields.Dict())
    flags = fields.List(fields.String())
    due = Whole()
    corrected_by = fields.String()


class ReceiptBody(_Wire):
    """The signature over an answer's standings."""

    key_id = fields.String(required=True)
    signature = fields.String(required=True)


class ExchangeAnswer(_Wire):
    """POST exchange, 200."""

    protocol = Whole(required=True)
    time = Moment(required=True)
    epoch = fields.String(required=True)
    acks = fields.List(fields.Nested(AckBody), required=True)
    unreadable = fields.List(Whole(), required=True)
    changes = fields.List(fields.Dict(), required=True)
    cursor = fields.String(required=True)
    more = fields.Boolean(required=True)
    last_seq = Whole(required=True)
    receipt = fields.Nested(ReceiptBody)
    reference = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    performance = fields.Dict(required=True)
    pause_s = Whole()


class Pair(fields.Tuple):
    """[record_id, digest]."""

    described: Final = {
        "type": "array",
        "prefixItems": [
            {"type": "string", "pattern": _UUID},
            {"type": "string", "pattern": _DIGEST},
        ],
        "minItems": 2,
        "maxItems": 2,
    }
    """What OpenAPI is told."""

    def __init__(self, **options: Any) -> None:
        """Take two, in this order."""
        super().__init__((Id(), Digest()), **options)


class ReconcileRequest(_Wire):
    """POST reconcile."""

    protocol = _protocol()
    records = fields.List(Pair(), required=True, validate=validate.Length(max=1000))


class ReconcileAnswer(_Wire):
    """POST reconcile, 200."""

    protocol = Whole(required=True)
    time = Moment(required=True)
    acks = fields.List(fields.Nested(AckBody), required=True)
    unknown_ids = fields.List(fields.String(), required=True, data_key="unknown")


class ReferenceAnswer(_Wire):
    """GET reference/{name}, 200, of a list."""

    protocol = Whole(required=True)
    time = Moment(required=True)
    name = fields.String(required=True)
    version = fields.String(required=True)
    items = fields.List(fields.Dict(), required=True)


class ProblemBody(_Wire):
    """Any failure: application/problem+json."""

    type = fields.String(required=True)
    status = Whole(required=True)
    title = fields.String(required=True)
    code = fields.String(required=True)
    responsible = fields.String(required=True)
    protocol = Whole(required=True)
    time = Moment(required=True)
