"""Look up what a code says to people, in Indonesian or English, and who must act.

The sentences lie in schemas/sentences, one file per group; a new code is one more entry
there. A code that nobody knows is shown as it is and stops nothing.
"""

from collections.abc import Mapping
from typing import Any, Final

from schemas.sentences import Message
from schemas.sentences.content import INELIGIBLE, INVALID, WARNINGS
from schemas.sentences.envelope import ENVELOPE
from schemas.sentences.fields import EXAMPLES, FIELD_NAMES
from schemas.sentences.laptops import LAPTOPS
from schemas.sentences.line import LINE, OFFICE
from schemas.sentences.review import REVIEW
from schemas.sentences.verdicts import FLAGS, VERDICTS
from schemas.words import Responsible

__all__ = ["FIELD_NAMES", "GROUPS", "MESSAGES", "Message"]
__all__ += ["error_sentence", "field_name", "responsible", "sentence"]

GROUPS: Final[Mapping[str, Mapping[str, Message]]] = {
    "invalid": INVALID,
    "ineligible": INELIGIBLE,
    "warnings": WARNINGS,
    "envelope": ENVELOPE,
    "verdicts": VERDICTS,
    "flags": FLAGS,
    "office": OFFICE,
    "review": REVIEW,
    "laptops": LAPTOPS,
    "line": LINE,
}
"""All messages by group and code; a verdict's code is `verdict/reason`."""

MESSAGES: Final[Mapping[str, Message]] = {
    code: message for group in GROUPS.values() for code, message in group.items()
}

_UNKNOWN = "–"
_OR = {"id": " atau ", "en": " or "}
_EXAMPLE = {"id": " (contoh: {})", "en": " (example: {})"}
_THOUSANDS = {"id": ".", "en": ","}


class _Shown(dict[str, str]):
    """What fills a template; what another version of the office left out shows as a dash."""

    def __missing__(self, name: str) -> str:
        return _UNKNOWN


def sentence(code: str, lang: str = "id", **params: Any) -> str:
    """Return a code's sentence in `lang` (id or en), the code itself where it is unknown.

    `field` and `fields` are members' names and shown as people call them; whole numbers
    are shown with their thousands parted. Never raises for what `params` hold.
    """
    return _filled(code, lang, params)


def error_sentence(error: Mapping[str, Any], lang: str = "id") -> str:
    """Return the sentence of an error as an ack carries it: `{field, code, params?}`."""
    code, params = error.get("code"), error.get("params")
    given = params if isinstance(params, Mapping) else {}
    known = code if isinstance(code, str) else _UNKNOWN
    return _filled(known, lang, {**given, "field": error.get("field")})


def responsible(code: str) -> Responsible | None:
    """Return who must act on a code, None where it is unknown."""
    message = MESSAGES.get(code)
    return None if message is None else message.responsible


def field_name(name: str, lang: str = "id") -> str:
    """Return what people call a member, its own name where it is unknown."""
    names = FIELD_NAMES.get(name)
    return name if names is None else names["en" if lang == "en" else "id"]


def _filled(code: str, lang: str, params: Mapping[str, Any]) -> str:
    message = MESSAGES.get(code)
    if message is None:
        return code
    known = "en" if lang == "en" else "id"
    shown = _Shown({name: _shown(name, value, known) for name, value in params.items()})
    field = params.get("field")
    example = EXAMPLES.get(field) if isinstance(field, str) else None
    shown["example"] = "" if example is None else _EXAMPLE[known].format(example)
    return message.text(known).format_map(shown)


def _shown(name: str, value: Any, lang: str) -> str:
    if name == "fields" and isinstance(value, list):
        return _OR[lang].join(_shown("field", one, lang) for one in value)
    if name == "field" and isinstance(value, str):
        return field_name(value, lang)
    if type(value) is int and abs(value) < 10**18:
        return f"{value:,}".replace(",", _THOUSANDS[lang])
    return str(value) if isinstance(value, str) else _UNKNOWN
