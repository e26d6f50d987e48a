"""Gather the texts of the agent's page, and pack what they are in English.

    python scripts/build_translations.py

The texts stand in Indonesian in the code; messages.po has the English of each, written by
hand, and messages.mo is the same, packed. A new text comes in empty, one that no page has any
more goes out. Exit code 1 names what has no English yet. tests/agent_client fails where
either file is old.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parents[1]
FOLDERS: Final = (ROOT / "agent_client", ROOT / "faces")
WRITTEN: Final = ROOT / "agent_client" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
PACKED: Final = WRITTEN.with_suffix(".mo")

_METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
_OPTIONS: Final = {"**.html": {"extensions": "jinja2.ext.do", "silent": "false"}}
_WORDS: Final = {"_": None, "gettext": None}


class Quiet(Catalog):
    """A catalogue whose head says nothing that changes by itself: no times, no versions."""

    mime_headers = (("Content-Type", "text/plain; charset=utf-8"),)


def main() -> None:
    """Write both files anew; end with 1 where a text has no English."""
    catalogue = build(WRITTEN.read_bytes() if WRITTEN.exists() else b"")
    WRITTEN.parent.mkdir(parents=True, exist_ok=True)
    WRITTEN.write_bytes(written(catalogue))
    PACKED.write_bytes(packed(catalogue))
    lacking = [text for text, english in pairs(catalogue) if not english]
    if lacking:
        sys.exit("\n".join([f"{WRITTEN}: no English yet for", *lacking]))


def build(former: bytes) -> Quiet:
    """Return the catalogue of all texts, with the English that a former messages.po has."""
    known = read_po(io.BytesIO(former), locale="en")
    catalogue = Quiet(locale="en", header_comment="", fuzzy=False)
    for text in sorted(texts()):
        there = known.get(text)
        catalogue.add(text, there.string if there is not None else "")
    return catalogue


def texts() -> set[str]:
    """Return every text that the pages hand to `_` or `gettext`."""
    found = set()
    for folder in FOLDERS:
        for _, _, text, _, _ in extract_from_dir(folder, _METHODS, _OPTIONS, _WORDS):
            assert isinstance(text, str)
            found.add(text)
    return found


def pairs(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Yield each text with its English, "" where there is none."""
    for message in catalogue:
        if isinstance(message, Message) and message.id:
            yield str(message.id), str(message.string)


def written(catalogue: Catalog) -> bytes:
    """Return messages.po: sorted and without places, so that a change shows what changed."""
    file = io.BytesIO()
    write_po(file, catalogue, no_location=True, sort_output=True, width=100)
    return file.getvalue().strip() + b"\n"


def packed(catalogue: Catalog) -> bytes:
    """Return messages.mo."""
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


if __name__ == "__main__":
    main()
