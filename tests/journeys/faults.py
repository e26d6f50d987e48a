"""What a bad line may do to one request: how it reaches the office, what comes back."""

from enum import Enum
from typing import Final

HEADER: Final = {"Lorong-Protocol": "1"}
_JSON: Final = {"Content-Type": "application/problem+json"}


class Fault(Enum):
    """(how often and how the request reaches the office, what the laptop gets).

    It reaches the office `never`, cut in `half`, `late` (behind the next one), `once`,
    `twice` one after the other, or twice `at once`. The laptop gets the `first` or the
    `last` of the office's answers, `nothing`, `half` of it, nothing until it hangs up
    (`held`), or the name of something else out of CANNED.
    """

    PASS = "once", "first"
    REFUSED = "never", "refused"
    REQUEST_LOST = "never", "nothing"
    REQUEST_CUT = "half", "nothing"
    REQUEST_LATE = "late", "nothing"
    ANSWER_LOST = "once", "nothing"
    ANSWER_CUT = "once", "half"
    ANSWER_HELD = "once", "held"
    REQUEST_HELD = "never", "held"
    TWICE_FIRST = "twice", "first"
    TWICE_LAST = "twice", "last"
    TWICE_AT_ONCE = "at once", "last"
    TWICE_LOST = "twice", "nothing"
    CAPTIVE = "never", "captive"
    GATEWAY_BUSY = "never", "gateway busy"
    GATEWAY_FAILED = "once", "gateway failed"
    GARBAGE = "once", "garbage"
    OFFICE_BUSY = "once", "office busy"
    OFFICE_FAILED = "once", "office failed"

    @property
    def reach(self) -> str:
        """How it reaches the office."""
        return self.value[0]

    @property
    def answer(self) -> str:
        """What the laptop gets."""
        return self.value[1]


CANNED: Final[dict[str, tuple[int, dict[str, str], bytes]]] = {
    "captive": (200, {"Content-Type": "text/html"}, b"<html>Selamat datang di WiFi</html>"),
    "gateway busy": (503, {"Retry-After": "1"}, b"no backend"),
    "gateway failed": (500, {}, b"bad gateway"),
    "garbage": (
        200,
        {**HEADER, "Content-Type": "application/json", "Content-Encoding": "gzip"},
        b"\x1f\x8b\x08\x00nothing that was ever packed",
    ),
    "office busy": (503, {**HEADER, **_JSON, "Retry-After": "1"}, b'{"code": "busy"}'),
    "office failed": (500, {**HEADER, **_JSON}, b'{"code": "internal"}'),
}
"""Status, headers and body of what is not the office's own word on the request."""
