"""A month's captures go home in pieces over a slow line that fails on the way."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle
from typing import Any

from sync.limits import BATCH
from sync.ports import Reply, Transport
from tests.journeys.examination import broken_promises
from tests.journeys.faults import Fault
from tests.journeys.journey import Journey
from tests.journeys.workers import sound

CAPTURES = 1_200
HOPS = (Fault.PASS, Fault.PASS, Fault.ANSWER_LOST, Fault.TWICE_LAST, Fault.PASS, Fault.ANSWER_CUT)


class SlowLine:
    """A line on which an exchange seems to take half a second and 20 ms for each envelope."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self.sizes: list[int] = []

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        return self._inner.get(path, headers=headers)

    def post(self, path: str, body: Mapping[str, Any]) -> Reply:
        self.sizes.append(len(body.get("envelopes", ())))
        return replace(self._inner.post(path, body), seconds=0.5 + 0.02 * self.sizes[-1])


def test_a_long_queue_gets_home_in_batches_that_fit_the_line(journey: Journey) -> None:
    laptop, other = journey.laptops[0], journey.laptops[2]
    for n in range(CAPTURES):
        laptop.put(sound(n + 1))
    lines: list[SlowLine] = []

    @contextmanager
    def dial(address: str, token: str | None) -> Iterator[Transport]:
        with journey.dial(address, token) as inner:
            lines.append(SlowLine(inner))
            yield lines[-1]

    exchanger = laptop.exchanger(dial)
    script = cycle(HOPS)
    for _ in range(60):
        journey.line.follow([next(script) for _ in range(4)])
        exchanger.run()
        journey.line.script.clear()
        if not laptop.outbox.heartbeat().waiting:
            break
    sizes = [size for line in lines for size in line.sizes]
    assert max(sizes) <= BATCH
    assert any(40 <= size <= 110 for size in sizes)  # 75 take two seconds on this line
    other.save(sound(CAPTURES))
    journey.finish()
    assert {capture.state for capture in laptop.captures()} == {"accepted"}
    assert [capture.state for capture in other.captures()] == ["duplicate"]
    assert broken_promises(journey) == {}
