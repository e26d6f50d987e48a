"""What the agent's page costs: to start, in memory, for each page, on the way to the browser.

`lorong-agent run` serves in a process of its own, over a laptop that holds far more than
any will, without a line; a browser without a screen looks at every page in turn, types a
worker's form key by key, and saves. Times are the browser's, so the server's are less.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from agent_client.form import form_of
from agent_client.keyfile import Cost
from bench.crowd import contents
from bench.full_laptop import PASSPHRASE, Filled, fill
from bench.visitor import Answer, Visitor

CAPTURES = 5_000
STARTS = 5
TURNS = 20
SEARCHED = "ibrahim"
STATES = ("draft", "waiting", "rejected", "in_review", "accepted", "duplicate", "all")
MOST = {"start_s": 1.5, "page_ms": 150, "save_ms": 50, "memory_mb": 120, "first_kb": 120}
MOST_AGAIN_KB = 20
CHOSEN = {
    "sex",
    "kelurahan",
    "occupation",
    "sector",
    "programmes",
    "first_month",
    "months",
    "payer",
    "phone_owner",
    "nik_reason",
}
"""Boxes that one key fills."""


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

    def computing(self) -> float:
        """Return for how many seconds the process has computed: the same on a busy machine."""
        told = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, told[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def running(home: Path) -> Iterator[Page]:
    """Start the page as an agent does, and come in by its link."""
    command = [str(Path(sys.executable).parent / "lorong-agent"), "run", "--no-browser"]
    # What is installed was compiled once, and is not again at each start.
    left_out = ("LORONG_", "PYTHONDONTWRITEBYTECODE")
    environ = {name: it for name, it in os.environ.items() if not name.startswith(left_out)}
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


@dataclass(slots=True)
class Table:
    """What was measured so far: by name the answers of one path, a row for each."""

    rows: dict[str, list[Answer]] = field(default_factory=dict)

    def tell(self, name: str, turn: Callable[[], Answer], turns: int = TURNS) -> Answer:
        """Print what a turn took, middle and most of all turns; return the last answer."""
        answers = self.rows[name] = [turn() for _ in range(turns)]
        most = max(answer.seconds for answer in answers) * 1000
        size = answers[-1].size / 1000
        print(f"{name:28} {middle(answers):7.1f} ms (max {most:6.1f}) {size:6.1f} kB", flush=True)
        return answers[-1]

    def tell_most(self) -> None:
        """Print which row took longest and which is largest, beside what they may be."""
        slowest = max(self.rows, key=lambda name: middle(self.rows[name]))
        largest = max(self.rows, key=lambda name: self.rows[name][-1].size)
        took, size = middle(self.rows[slowest]), self.rows[largest][-1].size / 1000
        print(f"slowest: {slowest}, {took:.1f} ms ({MOST['page_ms']} at most)")
        print(f"largest on a later visit: {largest}, {size:.1f} kB ({MOST_AGAIN_KB} at most)")


def middle(answers: list[Answer]) -> float:
    """Return the middle of what answers took, in milliseconds."""
    return statistics.median(answer.seconds for answer in answers) * 1000


def looked_at(visitor: Visitor, path: str) -> Answer:
    """Fetch a page that must be there."""
    return sound(visitor.get(path))


def sound(answer: Answer) -> Answer:
    """Return an answer that must be a page; RuntimeError where it is none."""
    if answer.status != 200:
        raise RuntimeError(f"{answer.path} answered {answer.status}")
    return answer


def new_draft(visitor: Visitor) -> Answer:
    """Give a worker's consent, and return the page of the draft that begins with it."""
    looked_at(visitor, "/captures/new")
    agreed = visitor.post("/drafts", {"consent_method": "read_aloud", "consent_language": "id"})
    return visitor.follow(agreed)


def typed(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the boxes of a worker as an agent fills them, in order."""
    month = (date.today().replace(day=1) + timedelta(days=32)).strftime("%Y-%m")
    form = form_of({**content, "first_month": month})
    return {"nik": form["nik"], "nik_again": form["nik"], **form, "elapsed_s": "240"}


def keys_of(form: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Give the form as it stands after each key."""
    done: dict[str, str] = {}
    for name, text in form.items():
        for end in [len(text)] if name in CHOSEN else range(1, len(text) + 1):
            yield {**done, name: text[:end], "at": name}
        done[name] = text


def told_keys(table: Table, visitor: Visitor) -> None:
    """Type two workers key by key, and print what keeping and checking takes at each."""
    for turn, content in enumerate(contents(10, 2, set()), start=1):
        forms = list(keys_of(typed(content)))
        name = f"key by key, {len(forms)} keys ({turn})"
        table.tell(name, typing(visitor, forms), len(forms))


def typing(visitor: Visitor, forms: list[dict[str, str]]) -> Callable[[], Answer]:
    """Return what sends the next of a new draft's forms at each call."""
    path, keys = f"{new_draft(visitor).path}/form", iter(forms)
    return lambda: sound(visitor.post(path, next(keys)))


def saving(visitor: Visitor) -> Callable[[], Answer]:
    """Return what saves another worker at each call, and returns the answer to "Simpan"."""
    crowd = contents(9, TURNS, set())

    def save() -> Answer:
        draft = new_draft(visitor)
        form = {**typed(next(crowd)), "hint_reason": "-"}
        answer = visitor.post(f"{draft.path}/save", form)
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
        "story of a capture": f"/captures/{there.record_id}",
        "receipt of a capture": f"/captures/{there.record_id}/receipt",
        "days of proofs": "/proofs",
        "proof of a day": f"/proofs/{there.day}",
        "performance": "/performance",
        "settings": "/settings",
        "the line, every 5 s": "/line",
        "kelurahan by letters": "/places?kelurahan_text=par",
        "occupation by letters": "/occupations?occupation_text=peda",
    }


def told_pages(table: Table, visitor: Visitor, there: Filled) -> Answer:
    """Look at every page in turn; return that of a draft."""
    for name, path in pages_of(there).items():
        table.tell(name, lambda path=path: looked_at(visitor, path))
    searched = {"search": SEARCHED}
    table.tell("queue, search", lambda: sound(visitor.post("/queue", searched)))
    draft = table.tell("consent given, to the draft", lambda: new_draft(visitor))
    return table.tell("a draft, shown", lambda: looked_at(visitor, draft.path))


def told_visit(visitor: Visitor, name: str, page: Answer) -> None:
    """Print what a first and a later visit of a page bring over the line."""
    linked = [looked_at(visitor, path) for path in page.linked()]
    first = page.size + sum(one.size for one in linked)
    again = page.size + sum(one.size for one in linked if not one.is_kept())
    print(
        f"{name}: {first / 1000:.1f} kB on a first visit ({len(linked)} linked files;"
        f" {MOST['first_kb']} at most), {again / 1000:.1f} kB on a later one"
    )


def told_starts(home: Path) -> None:
    """Start some times, and print how long the first page takes, and how much of it computing."""
    seconds, computing = [], []
    for _ in range(STARTS):
        with running(home) as page:
            seconds.append(page.seconds)
            computing.append(page.computing())
    print(
        f"start to first page: {statistics.median(seconds):.2f} s (max {max(seconds):.2f};"
        f" {MOST['start_s']} at most), {statistics.median(computing):.2f} s of it computing"
    )


def unlock(page: Page) -> None:
    """Unlock as an agent does, and print what that took."""
    locked = page.visitor.visit("/")
    unlocked = page.visitor.post("/unlock", {"seat": "", "passphrase": PASSPHRASE})
    if page.visitor.follow(unlocked).path == locked.path:
        raise RuntimeError("the page stayed locked")
    print(f"unlocking: {unlocked.seconds * 1000:.0f} ms")


def measure(page: Page, there: Filled) -> None:
    """Unlock, look at everything, type, save, and print what it cost."""
    visitor, table, steps = page.visitor, Table(), [page.memory("VmRSS")]
    unlock(page)
    steps.append(page.memory("VmRSS"))
    print(f"memory after unlocking: {steps[-1]:.0f} MB ({MOST['memory_mb']} at most)")
    draft = told_pages(table, visitor, there)
    steps.append(page.memory("VmRSS"))
    told_keys(table, visitor)
    steps.append(page.memory("VmRSS"))
    table.tell_most()
    Table().tell(f"Simpan ({MOST['save_ms']} ms at most)", saving(visitor))
    told_visit(visitor, "draft", draft)
    told_visit(visitor, "queue", looked_at(visitor, "/queue?state=all"))
    grown = ", ".join(f"{now - before:+.0f} MB" for before, now in pairwise(steps))
    print(f"memory: {steps[0]:.0f} MB locked; by unlocking, pages, keys {grown}")
    print(f"memory: {page.memory('VmRSS'):.0f} MB in the end, {page.memory('VmHWM'):.0f} at most")


def main() -> None:
    """Fill a laptop, start its page some times, and print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "laptop"
        begun = time.perf_counter()
        there = fill(home, CAPTURES, Cost(3, 64))
        print(f"{CAPTURES:,} captures on the laptop (made in {time.perf_counter() - begun:.0f} s)")
        told_starts(home)
        with running(home) as page:
            measure(page, there)
