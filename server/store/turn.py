"""Whose turn it is to write, where the database takes one writer at a time.

SQLite guards itself, but those it turns away come again after naps of up to a tenth of a
second. Queueing here first, threads at a lock and processes at a file, loses none of it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows, where SQLite's own guard must do between processes
    fcntl = None  # type: ignore[assignment]


class Turn:
    """A queue of writers, over threads and, where the system can, over processes."""

    def __init__(self, file: Path) -> None:
        """Queue processes at a lock file beside the database."""
        self._threads = threading.Lock()
        self._path = file
        self._file: IO[bytes] | None = None

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, and hold it for the block."""
        with self._threads:
            file = self._opened()
            if file is None:
                yield
                return
            fcntl.flock(file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)

    def _opened(self) -> IO[bytes] | None:
        if self._file is None and fcntl is not None:
            try:
                self._file = self._path.open("ab")
            except OSError:  # a folder that only reads: the database will say so better
                return None
        return self._file

    def close(self) -> None:
        """Close the lock file."""
        if self._file is not None:
            self._file.close()
            self._file = None
