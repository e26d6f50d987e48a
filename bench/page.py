"""What the agent's page costs: to start, in memory, for each page, on the way to the browser.

`lorong-agent run` serves in a process of its own, over a laptop that holds far more than
any will, without a line; a browser without a screen looks at every page in turn.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from agent_client.form import form_of
from agent_client.keyfile import Cost
from bench.crowd import contents
from bench.full_laptop import PASSPHRASE, Filled, fill
from bench.visitor import Answer, Visitor

CAPTURES = 5_000
TURNS = 20
SEARCHED = "ibrahim"
STATES = ("draft", "waiting", "rejected", "in_review", "accepted", "duplicate", "all")


@dataclass(frozen=True, slots=True)
class Page:
    """The running page, and a browser that has come in; `seconds` until its first page."""

    process: subprocess.Popen[str]
    visitor: Visitor
    seconds: float

    def memory(self, name: str) -> float:
        """Return VmRSS (now) or VmHWM (at most so far) of the process, in MB."""
        told = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(one for one in told.splitlines() if one.startswith(f"{name}:"))
        return int(line.split()[1]) * 1024 / 1e6


@contextmanager
def running(home: Path) -> Iterator[Page]:
    """Start the page as an agent does, and come in by its link."""
    command = [str(Path(sys.executable).parent / "lorong-agent"), "run", "--no-browser"]
    environ = {name: it for name, it in os.environ.items() if not name.startswith("LORONG_")}
    begun = time.perf_counter()
    with subprocess.Popen(
        [*command, "--port", "0"],
        env={**environ, "LORONG_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        link = urlsplit(process.stdout.readline().strip())
        Thread(target=process.stdout.read, daemon=True).start()
        visitor = Visitor(link.netloc)
        try:
            visitor.visit(link.path)
            yield Page(process, visitor, time.perf_counter() - begun)
        finally:
            visitor.close()
            process.terminate()


def told(name: str, turn: Callable[[], Answer]) -> Answer:
    """Print what a turn took, middle and most of all turns; return the last answer."""
    answers = [turn() for _ in range(TURNS)]
    taken = [answer.seconds * 1000 for answer in answers]
    size = answers[-1].size / 1000
    print(
        f"{name:32} {statistics.median(taken):7.1f} ms (max {max(taken):6.1f}) {size:7.1f} kB",
        flush=True,
    )
    return answers[-1]


def looked_at(visitor: Visitor, path: str) -> Answer:
    """Fetch a page that must be there."""
    answer = visitor.get(path)
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return answer


def new_draft(visitor: Visitor) -> Answer:
    """Give a worker's consent, and return the page of the draft that begins with it."""
    looked_at(visitor, "/captures/new")
    agreed = visitor.post("/drafts", {"consent_method": "read_aloud", "consent_language": "id"})
    return visitor.follow(agreed)


def saving(visitor: Visitor) -> Callable[[], Answer]:
    """Return what saves another worker at each call, and returns the answer to "Simpan"."""
    month = (date.today().replace(day=1) + timedelta(days=32)).strftime("%Y-%m")
    crowd = contents(9, TURNS, set())

    def save() -> Answer:
        draft = new_draft(visitor)
        form = form_of({**next(crowd), "first_month": month})
        typed = {**form, "nik_again": form["nik"], "hint_reason": "-", "elapsed_s": "240"}
        answer = visitor.post(f"{draft.path}/save", typed)
        if not (answer.leads_to or "").endswith("/saved"):
            raise RuntimeError(f"{draft.path}/save answered {answer.status} and saved nothing")
        return answer

    return save


def pages_of(there: Filled) -> dict[str, str]:
    """Return the paths of all pages that only show, by what they are called here."""
    queues = {f"queue, {state}": f"/queue?state={state}" for state in STATES}
    return {
        "new capture, consent": "/captures/new",
        **queues,
        "queue, search": f"/queue?search={SEARCHED}",
        "story of a capture": f"/captures/{there.record_id}",
        "receipt of a capture": f"/captures/{there.record_id}/receipt",
        "days of proofs": "/proofs",
        "proof of a day": f"/proofs/{there.day}",
        "performance": "/performance",
        "settings": "/settings",
    }


def told_visits(visitor: Visitor, name: str, page: Answer) -> None:
    """Print what a first and a later visit of a page bring over the line."""
    linked = [looked_at(visitor, path) for path in page.linked()]
    first = page.size + sum(one.size for one in linked)
    again = page.size + sum(one.size for one in linked if not one.is_kept())
    print(
        f"{name}: {first / 1000:.1f} kB on a first visit ({len(linked)} linked files),"
        f" {again / 1000:.1f} kB on a later one"
    )


def measure(page: Page, there: Filled) -> None:
    """Unlock, look at everything, save, and print what it cost."""
    visitor = page.visitor
    print(f"start to first page: {page.seconds:.2f} s")
    locked = visitor.visit("/")
    unlocked = visitor.post("/unlock", {"seat": "", "passphrase": PASSPHRASE})
    opened = visitor.follow(unlocked)
    if opened.path == locked.path:
        raise RuntimeError("the page stayed locked")
    print(f"unlocking: {unlocked.seconds * 1000:.0f} ms")
    print(f"memory after unlocking: {page.memory('VmRSS'):.0f} MB")
    for name, path in pages_of(there).items():
        told(name, lambda path=path: looked_at(visitor, path))
    draft = told("consent given, to the draft", lambda: new_draft(visitor))
    told("a draft, shown", lambda: looked_at(visitor, draft.path))
    told("Simpan", saving(visitor))
    told_visits(visitor, "draft", looked_at(visitor, draft.path))
    told_visits(visitor, "queue", looked_at(visitor, "/queue?state=all"))
    print(f"memory: {page.memory('VmRSS'):.0f} MB in the end, {page.memory('VmHWM'):.0f} at most")


def main() -> None:
    """Fill a laptop, start its page, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "laptop"
        begun = time.perf_counter()
        there = fill(home, CAPTURES, Cost(3, 64))
        print(f"{CAPTURES:,} captures on the laptop (made in {time.perf_counter() - begun:.0f} s)")
        with running(home) as page:
            measure(page, there)
