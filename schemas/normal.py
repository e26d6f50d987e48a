"""The normal form of text (sync/PROTOCOL.md, Content): what both ends judge.

NFC, trimmed, single spaces, no control characters. Line ends and tabs become a space;
what cannot be seen (NUL, zero-width and direction marks) is dropped, since two texts that
look alike should be alike.
"""

import unicodedata
from collections.abc import Iterable

_UNSEEN = frozenset({"Cc", "Cf"})


def normal_text(text: str) -> str:
    """Return a text's normal form; what is normal already comes back as it is."""
    if not (text.isascii() and text.isprintable()):
        seen = (one for one in text if one.isspace() or unicodedata.category(one) not in _UNSEEN)
        text = unicodedata.normalize("NFC", " ".join("".join(seen).split()))
    elif "  " in text or text.startswith(" ") or text.endswith(" "):
        text = " ".join(text.split())
    return text


def are_normal(values: Iterable[object]) -> bool:
    """Tell quickly that `normal_value` would give every value back as it is.

    False says nothing: it is for the many contents that a laptop has made normal, since a
    look at all their texts together costs less than one at each.
    """
    texts = []
    for value in values:
        if type(value) is str:
            texts.append(value)
        elif value is None or type(value) is list:
            if not value or set(map(type, value)) != {str}:
                return False
            texts += value
    text = f"|{'|'.join(texts)}|"
    plain = text.isascii() and text.isprintable()
    return plain and not ("  " in text or "| " in text or " |" in text or "||" in text)


def normal_value(value: object) -> object:
    """Return a member's normal form, None where it counts as left out.

    Null, empty text and an empty list count as left out, in a list too. What is neither
    text nor a list is returned as it is.
    """
    if type(value) is str:
        return normal_text(value) or None
    if type(value) is list:
        items = [normal_text(one) if type(one) is str else one for one in value]
        return [one for one in items if one is not None and one != ""] or None
    return value
