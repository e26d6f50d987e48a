"""The desk's pages over a large office, through the real application, in this process.

No network: what is told is what the server has to do from a request to its packed answer,
its garbage collected as in the served one.
Beside it stands the processor time of this process, which of SQLite is all there is and
which other work on the machine does not change much.
"""

import re
import statistics
import time
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from bench.big_desk import CHIEF, HEAD, PASSWORD
from bench.crowd import MOMENT
from server.app import create_app
from server.case_queue import KINDS
from server.office import Office
from server.serve import settle
from server.store.case_tables import cases
from server.store.tables import ledger
from server.store.tables import offices as office_table

TURNS: Final = 20
_PACKED: Final = {"Accept-Encoding": "gzip"}
_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
_MONTH: Final = "/leaderboard?span=2026-10"
_YEARS: Final = "/leaderboard?span=days&from=2024-11-20&to=2026-11-20"
BOARDS: Final = {
    "leaderboard, a month": _MONTH,
    "leaderboard, its page 50": f"{_MONTH}&page=50",
    "leaderboard, a week": "/leaderboard?span=2026-W44",
    "leaderboard, a kecamatan": f"{_MONTH}&kecamatan=73.71.09",
    "leaderboard, by receipt": f"{_MONTH}&by=received",
    "leaderboard, a name": f"{_MONTH}&q=Agen+12",
    "leaderboard, 2 years": _YEARS,
    "leaderboard, 2 years received": f"{_YEARS}&by=received",
    "leaderboard, a month as CSV": "/leaderboard.csv?span=2026-10",
}
LISTS: Final = {
    "cases": "/cases",
    **{f"cases, {kind}": f"/cases?kind={kind}" for kind in KINDS},
    "cases, decided": "/cases?state=decided",
    "cases, page 100": "/cases?page=100",
    "laptops": "/laptops",
    "laptops, page 50": "/laptops?page=50",
    "set aside": "/set-aside",
    "offices": "/offices",
    "audit": "/audit",
    "audit, decisions": "/audit?action=decided",
    "audit, a month": "/audit?from=2025-06-01&to=2025-06-30",
    "audit, a text": "/audit?q=kosong",
}


class Spent(NamedTuple):
    """What some turns took, in milliseconds: by the clock, and of the processor."""

    middle: float
    worst: float
    busy: float

    def __str__(self) -> str:
        return f"{self.middle:7.1f} ms (max {self.worst:7.1f}), processor {self.busy:7.1f} ms"


class Reader:
    """Somebody who has signed in at the desk and looks at pages."""

    def __init__(self, office: Office, name: str) -> None:
        self.client = create_app(office).test_client()
        found = _TOKEN.search(self.client.get("/sign-in").text)
        form = {"csrf_token": found[1] if found else "", "name": name, "password": PASSWORD}
        answer = self.client.post("/sign-in", data=form)
        if answer.status_code != 303:
            raise RuntimeError(f"{name} may not sign in: {answer.status_code}")

    def see(self, path: str) -> int:
        """Fetch a page, and return its bytes on the way; RuntimeError where there is none."""
        answer = self.client.get(path, headers=_PACKED)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
        return len(answer.data)

    def timed(self, path: str) -> Spent:
        """Return what a page takes, once it was seen before."""
        self.see(path)
        clock, processor = [], []
        for _ in range(TURNS):
            begun, busy = time.perf_counter(), time.process_time()
            self.see(path)
            processor.append((time.process_time() - busy) * 1000)
            clock.append((time.perf_counter() - begun) * 1000)
        return Spent(statistics.median(clock), max(clock), statistics.median(processor))


def told_pages(name: str, office: Office) -> None:
    """Print what each page takes, of an administrator and of one office's supervisor."""
    with office.store.read() as tx:
        own = tx.scalar(sa.select(sa.func.min(office_table.c.name)))
        one = tx.scalar(sa.select(office_table.c.office_id).where(office_table.c.name == own))
        pages = {**BOARDS, **LISTS, **_ones(tx, one)}
    for role, who in (("administrator", HEAD), ("supervisor", CHIEF)):
        reader = Reader(office, who)
        settle()
        for title, path in pages.items():
            took, size = reader.timed(path), reader.see(path)
            line = f"{name}: {role:13} {title:30} {took}; {size / 1000:6.1f} kB"
            print(line, flush=True)


def _ones(tx: sa.Connection, office_id: Any) -> dict[str, str]:
    """Return the pages of the busiest agent of an office, of a laptop and of a case of it."""
    busy = sa.select(ledger.c.agent_id, ledger.c.device_id).where(ledger.c.office_id == office_id)
    most = busy.group_by(ledger.c.agent_id, ledger.c.device_id).order_by(sa.func.count().desc())
    agent = tx.execute(most.limit(1)).one()
    is_open = sa.and_(cases.c.office_id == office_id, cases.c.decided_at.is_(None))
    first = sa.select(cases.c.kind, sa.func.min(cases.c.case_id).label("case_id"))
    each = tx.execute(first.where(is_open).group_by(cases.c.kind)).all()
    done = sa.select(sa.func.max(cases.c.case_id)).where(
        cases.c.office_id == office_id, cases.c.decided_at < MOMENT
    )
    return {
        "the busiest agent": f"/agents/{agent.agent_id}",
        "the busiest agent, a year": f"/agents/{agent.agent_id}?span=year",
        "the busiest agent's laptop": f"/laptops/{agent.device_id}",
        **{f"a case, {row.kind}": f"/cases/{row.case_id}" for row in each},
        "a case, decided": f"/cases/{tx.scalar(done)}",
    }
