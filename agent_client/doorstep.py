"""What the agent is told at the door, without a line; pure. Warnings, never verdicts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from agent_client.store.captures import Capture
from schemas.envelope import FieldError
from schemas.names import tokens
from schemas.tariff import Due
from sync.known_niks import KnownNiks

ALIKE: Final = 0.8
"""From here on two words of names are said to be alike (0 to 1): one slip in five letters."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to look at before saving; `record_id` where a capture here is meant."""

    error: FieldError
    record_id: str | None = None


def hints_at(
    content: Mapping[str, Any],
    *,
    here: Sequence[Capture],
    born: Sequence[Capture],
    own: Collection[str],
    known: KnownNiks | None,
) -> tuple[Hint, ...]:
    """Return what the laptop knows of a worker at the door, whatever else is missing yet.

    `nik_here` and `nik_known` as in `hints`; `looks_like` where one of `born` (captures of
    the same birth date) has another NIK and nearly the same name.
    """
    others = [one.record_id for one in here if one.record_id not in own]
    told = [
        Hint(error, others[-1] if error.code == "nik_here" else None)
        for error in hints(content, here=here, own=own, known=known, due=None)
    ]
    name = str(content.get("full_name", ""))
    for one in born:
        if one.record_id in own or one.nik == content.get("nik"):
            continue
        if are_alike(name, one.name):
            error = FieldError("full_name", "looks_like", {"record": short_id(one.record_id)})
            told.append(Hint(error, one.record_id))
    return tuple(told)


def hints(
    content: Mapping[str, Any],
    *,
    here: Sequence[Capture],
    own: Collection[str],
    known: KnownNiks | None,
    due: Due | None,
) -> list[FieldError]:
    """Return what speaks against a sound content, each with a code of its own.

    `nik_here` (captures of this NIK stand on this laptop: `here`, less `own`, the ids of what
    is being corrected), `nik_known` (the office says that it may be held; wrongly once in
    50,000), `contribution_differs` (the worker was told another amount than is due).
    """
    others = [one for one in here if one.record_id not in own]
    warnings = []
    if others:
        warnings.append(FieldError("nik", "nik_here", {"record": short_id(others[-1].record_id)}))
    elif not here and known is not None and known.might_hold(str(content.get("nik"))):
        warnings.append(FieldError("nik", "nik_known"))
    if due is not None and content.get("contribution") != due.total:
        warnings.append(FieldError("contribution", "contribution_differs", {"due": due.total}))
    return warnings


def are_alike(one: str, other: str) -> bool:
    """Tell whether two names may be one person's: alike word by word, not just on the whole.

    Twins share all but the given name. Where one has more words (Nur Hayati, Nurhayati) the
    names are compared as a whole.
    """
    words, others = tokens(one), tokens(other)
    if len(words) != len(others):
        words, others = ("".join(words),), ("".join(others),)
    pairs = zip(words, others, strict=True)
    return any(words) and all(SequenceMatcher(None, *pair).ratio() >= ALIKE for pair in pairs)


def short_id(record_id: str) -> str:
    """Return the end of an id by which people tell captures apart: its random part."""
    return record_id[-8:]
