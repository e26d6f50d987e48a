"""SQLCipher: opening a file under a key, proving it whole, and what its errors mean."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2

from agent_client.migrations import APPLICATION_ID
from agent_client.problems import AgentProblem

PAGE_LEAST: Final = 512
"""A file of fewer bytes holds no page, and SQLite would take it for a new database."""
_FULL: Final = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO)


def is_whole(path: Path, key: bytes) -> bool:
    """Tell whether a file is a database of ours under a key, each page as it was written.

    Changes nothing. AgentProblem `database_busy`, `disk_full`, `folder_read_only`.
    """
    try:
        with told(path):
            return _examined(path, key)
    except AgentProblem as problem:
        if problem.code in ("database_damaged", "database_foreign"):
            return False
        raise


def mark_of(key: bytes) -> str:
    """Return what tells the databases of one key from those of others."""
    return blake2b(key, digest_size=16, person=b"lorong-copy-1").hexdigest()


def _examined(path: Path, key: bytes) -> bool:
    if not path.exists() or path.stat().st_size < PAGE_LEAST:
        return False
    connection = dbapi2.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        for pragma in ("cipher_log_level = NONE", f"key = \"x'{key.hex()}'\""):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        return (
            connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
            and not connection.execute("PRAGMA cipher_integrity_check").fetchall()
            and connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        )
    finally:
        connection.close()


def connect(path: Path, key: bytes, busy_seconds: int) -> Any:
    """Open a database under its key, set so that what is committed is durable. dbapi2.Error."""
    # Threads have a connection each; only close() comes from another one.
    connection = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        timeout=busy_seconds,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        for pragma in (
            "cipher_log_level = NONE",
            f"key = \"x'{key.hex()}'\"",
            "journal_mode = WAL",
            "synchronous = FULL",
            "fullfsync = ON",
            "foreign_keys = ON",
            "secure_delete = ON",
            # Each thread has a connection: 2 MB hold the indexes, where 8 are the usual.
            "cache_size = -2000",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLCipher says of the database into problems with a code."""
    try:
        yield
    except dbapi2.Error as error:
        code = _code(str(error))
        if code is None:
            raise
        raise AgentProblem(code, path=str(path)) from error


@contextmanager
def file_told(path: Path) -> Iterator[None]:
    """Turn what the system says of a file or folder into problems with a code."""
    try:
        yield
    except OSError as error:
        raise AgentProblem(os_code(error), path=str(path)) from error


def _code(text: str) -> str | None:
    """The code of what SQLCipher says; its errors carry no finer number."""
    for words, code in (
        # The key is the right one (open_with), so the beginning of the file is not.
        ("file is not a database", "database_damaged"),
        ("malformed", "database_damaged"),
        ("disk is full", "disk_full"),
        # A write refused for a size limit, or a medium that fails.
        ("disk I/O error", "disk_full"),
        ("readonly database", "folder_read_only"),
        ("unable to open", "folder_read_only"),
        ("locked", "database_busy"),
        ("busy", "database_busy"),
    ):
        if words in text:
            return code
    return None


def os_code(error: OSError) -> str:
    """Return the code of a refused file: `disk_full` or `folder_read_only`."""
    return "disk_full" if error.errno in _FULL else "folder_read_only"
