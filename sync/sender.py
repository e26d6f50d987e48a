"""The laptop's half of the exchange: one run, from the first answer until all is settled.

What is done with each kind of problem is the table of sync/PROTOCOL.md, Transport. Waiting
between runs, probing the line and fetching the lists is the worker's.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from schemas.envelope import rfc3339
from sync.answers import exchange_answer, reconcile_answer
from sync.backoff import next_delay, rest
from sync.batching import FIRST_SIZE, cut_batch, grow, halve
from sync.heartbeat import heartbeat_body
from sync.limits import (
    EXCHANGE,
    EXCHANGE_SECONDS,
    PROTOCOL,
    RECONCILE,
    RECONCILE_RECORDS,
    SERVER_ERRORS_IN_A_ROW,
)
from sync.ports import Clock, Outbox, Reply, Transport, Waiting
from sync.problems import Busy, Faulty, LineProblem, SyncProblem, problem_of
from sync.receipts import Proof, proof_of
from sync.references import stale_references
from sync.report import Identity, Report
from sync.retiring import retire_order

UNREADABLE: Final = "unreadable"


def exchange_until_settled(
    outbox: Outbox,
    transport: Transport,
    clock: Clock,
    identity: Identity,
    *,
    stop: Callable[[], bool],
    random: Callable[[], float],
    size: int = FIRST_SIZE,
    failures: int = 0,
    on_progress: Callable[[Report], None] | None = None,
) -> Report:
    """Exchange until nothing waits that this run has not sent and no more changes come.

    `stop` is asked before each exchange; `random` returns 0 ≤ x < 1; `size` is the last
    report's, `failures` the number of runs in a row that a problem ended before this one;
    `on_progress` is told after each answer. SyncProblems end up in the report; what the
    outbox raises is raised. Nothing that was not acknowledged leaves the queue.
    """
    run = _Run(outbox, transport, clock, identity, stop, random, size, on_progress)
    try:
        run.to_the_end()
    except Busy as problem:
        return run.report(problem, rest(problem.seconds, random))
    except SyncProblem as problem:
        return run.report(problem, next_delay(failures, random))
    return run.report(None, run.rest_s)


@dataclass(slots=True)
class _Run:
    """One run: what it has sent so far, and how the link and the office behave."""

    outbox: Outbox
    transport: Transport
    clock: Clock
    identity: Identity
    stop: Callable[[], bool]
    random: Callable[[], float]
    size: int
    on_progress: Callable[[Report], None] | None
    counts: Counter[str] = field(default_factory=Counter)
    sent: list[str] = field(default_factory=list)
    references: Mapping[str, str] = field(default_factory=dict)
    more: bool = True
    idle_s: float = 0.0
    rest_s: float | None = None
    started_over: bool = False
    stopped: bool = False
    caught_up: bool = False

    def report(self, problem: SyncProblem | None, resume_after_s: float | None) -> Report:
        counts: dict[str, Any] = dict(self.counts)
        return Report(
            **counts,
            references=self.references,
            size=self.size,
            problem=problem,
            resume_after_s=resume_after_s,
            stopped=self.stopped,
            caught_up=self.caught_up,
        )

    def to_the_end(self) -> None:
        if not self.identity.restored:
            self._send_all()
        elif not self._ends():
            # Without envelopes: first learn which numbers this laptop gave out before.
            self._exchange([])
            # An office that asks for rest every time must still be sent something.
            self.rest_s = None
            self._send_all()
            self._compare_all()

    def _send_all(self) -> None:
        batch = self._next_batch()
        while (batch or self.more) and not self._ends():
            self._deliver(batch)
            batch = self._next_batch()

    def _compare_all(self) -> None:
        """Reconcile all that a restored laptop holds; not before the feed has told it what to
        forget, nor before what waits went by an exchange, which gives a receipt."""
        if not self._ends():
            if not self.started_over:
                self._reconcile()
            self.caught_up = True
            self._send_all()

    def _ends(self) -> bool:
        self.stopped = self.stop()
        return self.stopped or self.rest_s is not None

    def _next_batch(self) -> list[Waiting]:
        waiting = self.outbox.next_batch(self.size, sent=self.sent, now=self.clock.now())
        return cut_batch(waiting, self.size)

    def _deliver(self, batch: Sequence[Waiting]) -> None:
        """Send a batch, and its halves where the office cannot take it, down to one."""
        try:
            self._exchange(batch)
        except Faulty as problem:
            if not batch:
                raise
            self.size = halve(len(batch))
            self._attempted(batch, problem.code)
            if len(batch) == 1:
                self._set_aside(batch[0], problem)
                return
            for half in (batch[: self.size], batch[self.size :]):
                if not self._ends():
                    self._deliver(half)

    def _set_aside(self, one: Waiting, problem: SyncProblem) -> None:
        # An exchange of nothing that fails as well shows that no envelope is at fault:
        # this raises then, and the whole queue is not set aside one by one.
        self._exchange([])
        self._keep_out(one, problem.code)

    def _keep_out(self, one: Waiting, problem: str) -> None:
        self.outbox.set_aside(one.record_id, problem, self.clock.now())
        self.sent.append(one.record_id)
        self.counts["set_aside"] += 1

    def _exchange(self, batch: Sequence[Waiting]) -> None:
        request = self._request(batch)
        answer, seconds = self._answer_to(request, batch)
        self._attempted(batch, None)
        self._settle(answer, request)
        self.sent.extend(one.record_id for one in batch)
        self.counts["sent"] += len(batch)
        self._put_unreadable_aside(batch, answer)
        self._adapt(len(batch), seconds)
        if self.on_progress is not None:
            self.on_progress(self.report(None, None))

    def _request(self, batch: Sequence[Waiting]) -> dict[str, Any]:
        request: dict[str, Any] = {
            "protocol": PROTOCOL,
            "device_id": self.identity.device_id,
            "sent_at": rfc3339(self.clock.now()),
            "heartbeat": heartbeat_body(self.outbox.heartbeat(), len(batch)),
            "envelopes": [{**one.envelope, "digest": one.digest} for one in batch],
        }
        uptime, cursor = self.clock.uptime(), self.outbox.cursor()
        if uptime is not None:
            request["boot_id"], request["uptime_s"] = uptime
        if cursor is not None:
            request["cursor"] = cursor
        return request

    def _answer_to(
        self, request: Mapping[str, Any], batch: Sequence[Waiting]
    ) -> tuple[Mapping[str, Any], float]:
        """Return the office's answer and the seconds it took."""
        try:
            reply = self._ask(EXCHANGE, request)
            return exchange_answer(reply), reply.seconds
        except LineProblem as problem:
            if problem.reached and batch:
                # It may have been too much for the line: less of it goes next.
                self.size = halve(len(batch))
                self._attempted(batch, problem.code)
            raise

    def _ask(self, path: str, body: Mapping[str, Any]) -> Reply:
        """Post, and post the same again after a 500: the third one counts."""
        reply = self.transport.post(path, body)
        for failed in range(SERVER_ERRORS_IN_A_ROW - 1):
            if reply.status != 500:
                break
            self.clock.sleep(next_delay(failed, self.random))
            if self.stop():
                raise LineProblem("office_failed", status=500, reached=True)
            reply = self.transport.post(path, body)
        problem = problem_of(reply)
        if problem is not None:
            raise problem
        return reply

    def _attempted(self, batch: Sequence[Waiting], problem: str | None) -> None:
        if batch:
            ids = [one.record_id for one in batch]
            self.outbox.attempted(ids, problem, self.clock.now())

    def _settle(self, answer: Mapping[str, Any], request: Mapping[str, Any]) -> None:
        now, proof = self.clock.now(), self._proof(answer)
        starts_over = self.outbox.epoch() not in (None, answer["epoch"])
        if starts_over:
            answer = self._start_over(answer)
        settled = self.outbox.settle(answer, receipt=proof.kept, now=now)
        self.counts.update(asdict(settled))
        self.counts.update(exchanges=1, receipts_bad=proof.bad, receipts_unchecked=proof.unchecked)
        self.more = answer["more"] and (
            # An office that says "more" and gives the same place again would never end.
            starts_over or self.outbox.cursor() != request.get("cursor")
        )
        self._heed(answer, request["heartbeat"])

    def _heed(self, answer: Mapping[str, Any], heartbeat: Mapping[str, Any]) -> None:
        """Take notice of what the answer says beside acks and changes."""
        last_seq, pause_s = answer.get("last_seq"), answer.get("pause_s")
        if isinstance(last_seq, int) and last_seq > heartbeat["last_seq"]:
            self.outbox.raise_seq(last_seq)
        if isinstance(pause_s, int | float) and pause_s > 0:
            self.rest_s = rest(pause_s, self.random)
        self.references = stale_references(answer.get("reference"), heartbeat["reference"])
        self.outbox.retire(retire_order(answer))

    def _proof(self, answer: Mapping[str, Any]) -> Proof:
        # TLS says that the acks are the office's: they are settled whatever the signature
        # is worth, which is for others, later.
        return proof_of(answer, self.identity.agent_id, self.identity.device_id, self.identity.keys)

    def _start_over(self, answer: Mapping[str, Any]) -> Mapping[str, Any]:
        """Reconcile everything held with an office that was restored.

        Returns the answer to settle, without its place in the feed, which now comes from
        the beginning. Its epoch is kept only then, so that a run cut short here starts
        over again.
        """
        if self.started_over:
            raise LineProblem("epoch_unsteady", reached=True)
        self.started_over = True
        self._reconcile()
        self.outbox.forget_cursor()
        without_cursor = {name: value for name, value in answer.items() if name != "cursor"}
        return {**without_cursor, "more": True}

    def _reconcile(self) -> None:
        held = self.outbox.held(None, RECONCILE_RECORDS)
        while held:
            body = {"protocol": PROTOCOL, "records": [list(pair) for pair in held]}
            answer = reconcile_answer(self._ask(RECONCILE, body))
            acks = {"acks": answer["acks"], "changes": []}
            self.outbox.settle(acks, receipt=None, now=self.clock.now())
            asked = {record_id for record_id, _ in held}
            unknown = [record_id for record_id in answer["unknown"] if record_id in asked]
            self.outbox.reopen(unknown)
            self.counts["reopened"] += len(unknown)
            held = self.outbox.held(held[-1][0], RECONCILE_RECORDS)

    def _put_unreadable_aside(self, batch: Sequence[Waiting], answer: Mapping[str, Any]) -> None:
        places = answer.get("unreadable")
        for place in places if isinstance(places, list) else ():
            if type(place) is int and 0 <= place < len(batch):
                self._keep_out(batch[place], UNREADABLE)

    def _adapt(self, count: int, seconds: float) -> None:
        """Let the batch size follow the link, as far as this exchange shows how it is."""
        if count <= 1:
            self.idle_s = seconds
        is_full = count >= self.size
        if is_full or (count > 1 and seconds > EXCHANGE_SECONDS):
            self.size = grow(count, seconds, self.idle_s)
