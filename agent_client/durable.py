"""Files that are there whole or not at all, also after a power cut."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

_NO_SUCH_CALL: Final = (errno.EINVAL, errno.ENOTSUP)


def replace_file(path: Path, content: bytes) -> None:
    """Write a file, readable by its owner alone, in the place of the former one. OSError."""
    beside = path.with_name(path.name + ".new")
    with suppress(FileNotFoundError):
        beside.unlink()
    descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    settle_folder(path.parent)


def settle_file(path: Path) -> None:
    """Have a file's content on the medium before this returns. OSError."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def settle_folder(folder: Path) -> None:
    """Make new names survive a power cut; a system without such a call needs none. OSError."""
    with suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in _NO_SUCH_CALL:
                raise
        finally:
            os.close(descriptor)
