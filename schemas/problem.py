"""The one error body (RFC 9457), shared by every call of the office."""

from dataclasses import dataclass, field
from typing import Any

from schemas.words import Responsible


@dataclass(frozen=True, slots=True)
class Problem:
    """A failed call: HTTP status, stable text code, who must act.

    Callers match `code`, never sentences; `title` is one short English sentence
    and holds nothing of what was sent.
    """

    status: int
    code: str
    responsible: Responsible
    title: str
    extra: dict[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """Return the members of the application/problem+json body."""
        return {
            "type": "about:blank",
            "status": self.status,
            "title": self.title,
            "code": self.code,
            "responsible": self.responsible.value,
            **self.extra,
        }
