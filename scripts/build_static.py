"""Pack every style sheet and script of the pages beforehand: beside each a `.gz`.

    python scripts/build_static.py

The pages are then served without packing anything. tests/faces fails where one is
old.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = tuple(ROOT / end / "static" for end in ("faces", "agent_client", "server"))


def main() -> None:
    """Write every packed file anew; remove those that have no source."""
    for old in packed():
        old.unlink()
    for path in sources():
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def sources() -> Iterator[Path]:
    """Give every file that is packed."""
    for folder in FOLDERS:
        yield from sorted(folder.rglob("*.css"))
        yield from sorted(folder.rglob("*.js"))


def packed() -> Iterator[Path]:
    """Give every file that was packed."""
    for folder in FOLDERS:
        yield from sorted(folder.rglob("*.gz"))


if __name__ == "__main__":
    main()
