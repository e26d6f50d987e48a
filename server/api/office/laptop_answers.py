"""What the desk answers programs about laptops; no worker is named."""

from marshmallow import fields

from server.api.office.answers import Answer, At, many, text, whole


def _needs() -> fields.Function:
    return fields.Function(
        lambda one: [need.name.lower() for need in one.needs],
        metadata={"type": "array", "items": {"type": "string"}},
    )


class _Device(Answer):
    device_id = text(attribute="device.device_id")
    name = text(attribute="device.name")
    agent_id = text(attribute="device.agent_id")
    agent_code = text(attribute="device.agent_code")
    agent = text(attribute="device.agent_name")
    standing = text()
    needs = _needs()
    client = text(attribute="device.client")
    joined_at = At(attribute="device.joined_at")
    reported_at = At(attribute="device.reported_at", allow_none=True)
    waiting = whole(attribute="device.waiting")
    oldest_waiting_at = At(attribute="device.oldest_waiting_at", allow_none=True)
    offset_s = whole(attribute="device.offset_s", allow_none=True)
    revoked_at = At(attribute="device.revoked_at", allow_none=True)
    lost_at = At(attribute="device.lost_at", allow_none=True)
    missing = whole()


class LaptopLineAnswer(_Device):
    """A laptop in the list; `needs` has the most pressing first, numbers are counted."""

    office_id = text(attribute="device.office_id")
    drafts = whole()
    reused = whole()


class LaptopsAnswer(Answer):
    """A page of the laptops, and how many there are of each state."""

    laptops = many(LaptopLineAnswer, attribute="lines")
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    found = whole(attribute="total")
    page = whole(attribute="wanted.page")
    pages = whole()


class HeldAnswer(Answer):
    """A record that a laptop may still hold behind its passphrase."""

    record_id = text()
    received_at = At()
    verdict = text()
    reason = text()


class LaptopAnswer(_Device):
    """A laptop; `missing_ranges` and `reused` are its numbers, `deadline` that of a loss."""

    office = text()
    drafts = whole(attribute="held.drafts")
    held = many(HeldAnswer, attribute="held.records")
    missing_ranges = fields.List(fields.List(whole()), attribute="held.missing")
    reused = fields.List(whole())
    deadline = At(attribute="held.deadline", allow_none=True)
