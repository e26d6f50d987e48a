"""What only one program or thread at a time may do in a folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from agent_client.cipher import os_code
from agent_client.problems import AgentProblem


@contextmanager
def alone(lock: Path, seconds: int, busy: str) -> Iterator[None]:
    """Hold a lock file while the block runs, after waiting for it for so many seconds.

    AgentProblem `busy` where another one holds it so long; `folder_read_only`, `disk_full`.
    """
    held = FileLock(lock, timeout=seconds, mode=0o600)
    try:
        held.acquire()
    except Timeout as error:
        raise AgentProblem(busy) from error
    except OSError as error:
        raise AgentProblem(os_code(error), path=str(lock.parent)) from error
    try:
        yield
    finally:
        held.release()
