"""What the agent is told at the door, without a line; pure. Warnings, never verdicts."""

from collections.abc import Mapping, Sequence
from typing import Any

from agent_client.store.captures import Capture
from schemas.envelope import FieldError
from schemas.tariff import Due
from sync.known_niks import KnownNiks


def hints(
    content: Mapping[str, Any],
    *,
    here: Sequence[Capture],
    corrects: str | None,
    known: KnownNiks | None,
    due: Due | None,
) -> list[FieldError]:
    """Return what speaks against a sound content, each with a code of its own.

    `nik_here` (captures of this NIK stand on this laptop; `here` are they), `nik_known`
    (the office says that it may be held; wrongly once in 50,000), `contribution_differs`
    (the worker was told another amount than is due).
    """
    others = [one for one in here if one.record_id != corrects]
    warnings = []
    if others and corrects is None:
        warnings.append(FieldError("nik", "nik_here", {"record": short_id(others[-1].record_id)}))
    elif not here and known is not None and known.might_hold(str(content.get("nik"))):
        warnings.append(FieldError("nik", "nik_known"))
    if due is not None and content.get("contribution") != due.total:
        warnings.append(FieldError("contribution", "contribution_differs", {"due": due.total}))
    return warnings


def short_id(record_id: str) -> str:
    """Return the end of an id by which people tell captures apart: its random part."""
    return record_id[-8:]
