"""Several at once: all wait for one lock, then run off together."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import sqlalchemy as sa

from server.problems import Refused
from server.store import feed
from server.store.engine import Store
from server.store.tables import agents

_WAITING = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def wait_for(store: Store, *waiters: Future[Any]) -> None:
    """Return once all of them wait for locks, or are done; on SQLite writers queue anyhow."""
    while not store.is_sqlite:
        left = sum(1 for waiter in waiters if not waiter.done())
        with store.read() as tx:
            if tx.execute(_WAITING).scalar_one() >= left:
                return


def race(
    store: Store,
    *runners: Callable[[], Any],
    hold: Callable[[sa.Connection], Any] | None = None,
    in_order: bool = False,
) -> Sequence[Any]:
    """Run all at once; return what each returned, or the code that it was refused with.

    Until all of them wait, what `hold` locks is locked: every agent, where nothing else is named.
    `in_order`: each begins when the one before it waits.
    """
    with ThreadPoolExecutor(len(runners)) as pool:
        with store.write() as tx:
            (hold or _hold_agents)(tx)
            futures: list[Future[Any]] = []
            for runner in runners:
                futures.append(pool.submit(_code_or_result, runner))
                if in_order:
                    wait_for(store, *futures)
            wait_for(store, *futures)
        return [future.result() for future in futures]


def _hold_agents(tx: sa.Connection) -> None:
    feed.lock(tx, list(tx.execute(sa.select(agents.c.agent_id)).scalars()))


def _code_or_result(runner: Callable[[], Any]) -> Any:
    try:
        return runner()
    except Refused as refusal:
        return refusal.problem.code
