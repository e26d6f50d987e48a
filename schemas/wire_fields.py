"""The members of the calls, one kind of value each, checked and described to OpenAPI."""

from typing import Any, Final

from marshmallow import ValidationError, fields, validate

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


def text(longest: int, **options: Any) -> Text:
    """Return a field for text of 1 to `longest` characters."""
    return Text(validate=validate.Length(1, longest), **options)


def protocol_number() -> Whole:
    """Return a field for the protocol that a request speaks."""
    return Whole(required=True, validate=validate.OneOf([1]))


def count(**options: Any) -> Whole:
    """Return a field for a number from zero on."""
    return Whole(validate=validate.Range(0, _INTEGER), **options)


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
