"""The outer shapes of the calls (sync/PROTOCOL.md, Transport), checked and documented.

Contents of envelopes stay raw here: each is judged alone. Unknown members are ignored.
"""

from marshmallow import EXCLUDE, Schema, fields, validate

from schemas.wire_fields import (
    Id,
    Moment,
    MomentOrNull,
    Pair,
    Text,
    Whole,
    count,
    protocol_number,
    text,
)


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

    code = text(64, required=True)
    device_id = Id(required=True)
    name = text(80, required=True)
    platform = text(80, required=True)
    client = text(80, required=True)
    device_key = text(200)


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


class Stopped(_Wire):
    """What a laptop that is taken out of service says of itself."""

    order = text(80, required=True)
    drafts = count(required=True)
    pairs = count(required=True)
    damaged = count(required=True)
    known_at = Moment()


class Heartbeat(_Wire):
    """What a laptop reports of itself."""

    waiting = count(required=True)
    drafts = count()
    set_aside = count()
    oldest_waiting_at = MomentOrNull()
    last_seq = count()
    client = Text(validate=validate.Length(max=80))
    disk_free_mb = count()
    reference = fields.Dict(keys=fields.String(), values=fields.String())
    stopped = fields.Nested(Stopped)


class ExchangeRequest(_Wire):
    """POST exchange: the outer object alone."""

    protocol = protocol_number()
    device_id = Id(required=True)
    sent_at = Moment(required=True)
    boot_id = fields.String(validate=validate.Length(max=64))
    uptime_s = count()
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


class RetireBody(_Wire):
    """That the laptop is to stop, and how far it is."""

    order = fields.String(required=True)
    asked_at = Moment(required=True)
    missing = Whole(required=True)
    safe_at = Moment()


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
    retire = fields.Nested(RetireBody)
    pause_s = Whole()


class Compared(_Wire):
    """On which order a stopped laptop compares, and where this page goes on."""

    order = text(80, required=True)
    after = Id()


class ReconcileRequest(_Wire):
    """POST reconcile."""

    protocol = protocol_number()
    records = fields.List(Pair(), required=True, validate=validate.Length(max=1000))
    stopped = fields.Nested(Compared)


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
