"""What can go wrong on the laptop's side of an exchange, grouped by what is done next.

SyncProblem
 ├── LineProblem   no answer of the office came: back off, try again by itself
 ├── Unwelcome     401, 403: keep the queue, go on capturing, ask to join again
 ├── Faulty        other 4xx, 500 three times: halve; what fails alone is set aside
 ├── Outdated      426: keep capturing, ask to update
 └── Busy          429, 503: wait the seconds asked for, end the run

Callers match the class to act and `code` to tell. The text of a problem is its code and
nothing of what was sent.
"""

import re
from typing import ClassVar

from sync.backoff import retry_after
from sync.limits import BUSY_SECONDS
from sync.ports import Reply

_CODE = re.compile(r"[a-z][a-z0-9_.]{0,63}")
_GOOD = (200, 201, 304)


class SyncProblem(Exception):
    """An exchange that did not go through.

    `code` is the office's where it gave one, else one of CODES; `status` is the HTTP
    status where an answer of the office came.
    """

    default: ClassVar[str] = "sync_failed"

    def __init__(self, code: str | None = None, *, status: int | None = None) -> None:
        self.code = code or self.default
        self.status = status
        super().__init__(self.code)


class LineProblem(SyncProblem):
    """No answer of the office came, or none that can be used: back off.

    `reached` tells whether the office may have seen what was sent.
    """

    default = "line_failed"

    def __init__(
        self, code: str | None = None, *, status: int | None = None, reached: bool = False
    ) -> None:
        super().__init__(code, status=status)
        self.reached = reached


class Unwelcome(SyncProblem):
    """The office does not take this laptop: keep everything, ask to join again.

    `wipe`: purge what is acknowledged and seal the rest.
    """

    default = "unwelcome"

    def __init__(
        self, code: str | None = None, *, status: int | None = None, wipe: bool = False
    ) -> None:
        super().__init__(code, status=status)
        self.wipe = wipe


class Faulty(SyncProblem):
    """The office cannot take what was sent: halve it, set aside what fails alone."""

    default = "faulty"


class Outdated(SyncProblem):
    """The office no longer speaks this laptop's protocol: update."""

    default = "outdated"


class Busy(SyncProblem):
    """The office asks to be left alone for `seconds`."""

    default = "busy"

    def __init__(
        self, code: str | None = None, *, status: int | None = None, seconds: float = BUSY_SECONDS
    ) -> None:
        super().__init__(code, status=status)
        self.seconds = seconds


CODES = (
    "line_refused",
    "line_timeout",
    "line_reset",
    "line_tls",
    "line_failed",
    "captive",
    "answer_malformed",
    "answer_too_large",
    "office_failed",
    "epoch_unsteady",
    "unwelcome",
    "faulty",
    "outdated",
    "busy",
    "unreadable",
)
"""Every code of this side; what the office names itself comes on top."""


def problem_of(reply: Reply) -> SyncProblem | None:
    """Return the problem that an office's answer means, or None where it is good.

    A row each of the status table of PROTOCOL.md, Transport.
    """
    status, code = reply.status, _code_of(reply)
    if status in _GOOD:
        return None
    if status in (401, 403):
        wipe = status == 403 and isinstance(reply.body, dict) and reply.body.get("wipe") is True
        return Unwelcome(code, status=status, wipe=wipe)
    if status == 426:
        return Outdated(code, status=status)
    if status in (429, 503):
        asked = retry_after(reply.headers.get("retry-after"), reply.headers.get("date"))
        return Busy(code, status=status, seconds=BUSY_SECONDS if asked is None else asked)
    if 400 <= status <= 500:
        return Faulty(code, status=status)
    failed = "office_failed" if status > 500 else "answer_malformed"
    return LineProblem(failed, status=status, reached=True)


def _code_of(reply: Reply) -> str | None:
    code = reply.body.get("code") if isinstance(reply.body, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else None
