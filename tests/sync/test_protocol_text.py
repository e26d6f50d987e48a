"""PROTOCOL.md names every file and every code of this side, and no other."""

import re
from pathlib import Path

import sync
from sync.problems import CODES

FOLDER = Path(sync.__file__).parent
TEXT = (FOLDER / "PROTOCOL.md").read_text(encoding="utf-8")


def test_the_table_at_the_top_names_every_file() -> None:
    table = TEXT[: TEXT.index("## Promises")]
    named = set(re.findall(r"^\| `([\w./]+\.py)` \|", table, re.MULTILINE))
    files = {path.name for path in FOLDER.glob("*.py")} - {"__init__.py"}
    assert named == files | {"../server/reconcile.py"}
    assert all((FOLDER / name).exists() for name in named)


def test_the_table_at_the_end_names_every_code() -> None:
    table = TEXT[TEXT.index("**Codes of the laptop's side**") :]
    named = re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)
    assert sorted(named) == sorted([*CODES, "address_malformed", "address_plain"])
