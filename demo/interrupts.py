"""Ctrl-C and its like: heeded while the demo is at work, ignored while it tidies up."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final, Self

_STOPPING: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Interrupts:
    """Raises KeyboardInterrupt for each request to stop, from entering to leaving."""

    def __init__(self) -> None:
        self._former: dict[int, Any] = {}
        self._held = self._asked = False

    def __enter__(self) -> Self:
        self._former = {number: signal.signal(number, self._stop) for number in _STOPPING}
        return self

    def __exit__(self, *_raised: object) -> None:
        for number, handler in self._former.items():
            signal.signal(number, handler)

    def silence(self) -> None:
        """Ignore every request from here on: what is being tidied up is ending already."""
        for number in _STOPPING:
            signal.signal(number, signal.SIG_IGN)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Raise only behind this: a process that was started must not be lost sight of."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._asked:
            raise KeyboardInterrupt

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True
        if not self._held:
            raise KeyboardInterrupt
