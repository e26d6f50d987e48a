"""Wrong passphrases: few are free, then each makes the next one wait.

They are counted in `agent.tries` in the seat's folder, so a restart frees nobody. Whoever can
delete that file can as well take the key home and guess there, where only argon2id slows him
down; this holds up who sits at the laptop.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from agent_client import vault
from agent_client.copies import known_copy
from agent_client.durable import replace_file
from agent_client.keyfile import Cost
from agent_client.locks import alone
from agent_client.problems import AgentProblem
from agent_client.vault import Vault
from schemas.envelope import parse_moment, rfc3339
from sync.ports import Clock

FILE: Final = "agent.tries"
LOCK: Final = "tries.lock"
FREE: Final = 5
"""So many wrong ones are let pass; the last of them locks already."""
SPANS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
_LEFT_SAID: Final = 2
_LOCK_SECONDS: Final = 30


@dataclass(frozen=True, slots=True)
class Tries:
    """How many wrong ones there were in a row, and the last one's time by both clocks."""

    wrong: int
    at: datetime
    uptime: tuple[str, int] | None

    def rest(self, clock: Clock) -> timedelta | None:
        """Return how long is still to wait after FREE or more, None where no clock tells.

        Within one boot its own clock counts, which nobody sets; else the wall clock, unless
        it lies before the last try.
        """
        span = SPANS[min(self.wrong - FREE, len(SPANS) - 1)]
        passed, uptime = clock.now() - self.at, clock.uptime()
        if uptime is not None and self.uptime is not None and uptime[0] == self.uptime[0]:
            passed = timedelta(seconds=uptime[1] - self.uptime[1])
        return None if passed < timedelta() else max(span - passed, timedelta())


def unlock_guarded(home: Path, passphrase: str, busy_seconds: int, clock: Clock) -> Vault:
    """Unlock as `vault.unlock` does, and count wrong passphrases.

    AgentProblem as there, and `passphrase_locked` with `minutes` to wait and `until`, for a
    wrong one that locks too; `passphrase_wrong` has `left` where few tries are, a damaged or
    missing database what is known of its second copy.
    """
    key = _counted(home, passphrase, clock)
    try:
        return vault.open_with(home, key, busy_seconds)
    except AgentProblem as problem:
        if problem.code in ("database_damaged", "database_missing"):
            problem.params.update(known_copy(home))
        raise


def check(home: Path, passphrase: str, clock: Clock) -> None:
    """See whether a passphrase is the seat's, and count it where it is not.

    AgentProblem as `vault.open_key`, `passphrase_locked`.
    """
    _counted(home, passphrase, clock)


def change_passphrase(home: Path, old: str, new: str, cost: Cost, clock: Clock) -> None:
    """Change the passphrase as `vault.change_passphrase` does, and count a wrong old one."""
    if new:
        check(home, old, clock)
    vault.change_passphrase(home, old, new, cost)


@contextmanager
def counting(home: Path, clock: Clock) -> Iterator[None]:
    """Run what tries one passphrase; AgentProblem `passphrase_locked`, `passphrase_wrong`."""
    if not home.is_dir():
        # Nothing is here yet, so nothing can be guessed and nothing be counted.
        yield
        return
    with alone(home / LOCK, _LOCK_SECONDS, "database_busy"):
        former = _read(home / FILE)
        _refuse_while_locked(home / FILE, former, clock)
        try:
            yield
        except AgentProblem as problem:
            if problem.code == "passphrase_wrong":
                _count(home / FILE, former, clock, problem)
            raise
        if former is not None:
            with suppress(OSError):
                (home / FILE).unlink(missing_ok=True)


def _counted(home: Path, passphrase: str, clock: Clock) -> bytes:
    with counting(home, clock):
        return vault.open_key(home, passphrase)


def _count(path: Path, former: Tries | None, clock: Clock, problem: AgentProblem) -> None:
    now = Tries(1 if former is None else former.wrong + 1, clock.now(), clock.uptime())
    _write(path, now)
    if FREE - now.wrong <= _LEFT_SAID:
        problem.params["left"] = FREE - now.wrong
    if now.wrong >= FREE:
        raise _locked(now, clock) from problem


def _refuse_while_locked(path: Path, former: Tries | None, clock: Clock) -> None:
    if former is None or former.wrong < FREE:
        return
    if former.rest(clock) is None:
        # A clock was set back: it waits from now, so neither less nor more than its span.
        former = Tries(former.wrong, clock.now(), clock.uptime())
        _write(path, former)
    if former.rest(clock):
        raise _locked(former, clock)


def _locked(tries: Tries, clock: Clock) -> AgentProblem:
    rest = tries.rest(clock) or timedelta()
    minutes = -(-rest // timedelta(minutes=1))
    return AgentProblem("passphrase_locked", minutes=minutes, until=clock.now() + rest)


def _read(path: Path) -> Tries | None:
    """Return what was counted; a file that cannot be read counts nothing."""
    try:
        body = json.loads(path.read_bytes())
        wrong, at, boot_id, up = (body[name] for name in ("wrong", "at", "boot_id", "uptime_s"))
        moment = parse_moment(at)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    if type(wrong) is not int or wrong < 1 or moment is None:
        return None
    known = isinstance(boot_id, str) and type(up) is int
    return Tries(wrong, moment, (boot_id, up) if known else None)


def _write(path: Path, tries: Tries) -> None:
    boot_id, uptime_s = tries.uptime or (None, None)
    body = {
        "wrong": tries.wrong,
        "at": rfc3339(tries.at),
        "boot_id": boot_id,
        "uptime_s": uptime_s,
    }
    # A disk that is full must not say of a wrong passphrase that it was something else.
    with suppress(OSError):
        replace_file(path, json.dumps(body).encode("ascii"))
