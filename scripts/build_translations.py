"""Gather the texts of both ends' pages, and pack what they are in English.

    python scripts/build_translations.py

The texts stand in Indonesian in the code; messages.po has the English of each, written by
hand, and messages.mo is the same, packed. A new text comes in empty, one that no page has any
more goes out. Exit code 1 names what has no English yet. tests/agent_client fails where
either file is old.
"""

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT: Final = Path(__file__).parents[1]
_METHODS: Final = [("**.py", "python"), ("**.html", "jinja2")]
_OPTIONS: Final = {"**.html": {"extensions": "jinja2.ext.do", "silent": "false"}}
_WORDS: Final = {"_": None, "gettext": None}


@dataclass(frozen=True, slots=True)
class End:
    """The pages of one end, which show what both share as well."""

    package: str

    @property
    def folders(self) -> tuple[Path, Path]:
        """Return where its texts stand."""
        return ROOT / self.package, ROOT / "faces"

    @property
    def written(self) -> Path:
        """Return the catalogue that people write."""
        return ROOT / self.package / "translations" / "en" / "LC_MESSAGES" / "messages.po"

    @property
    def packed(self) -> Path:
        """Return the catalogue that the pages read."""
        return self.written.with_suffix(".mo")


ENDS: Final = (End("agent_client"), End("server"))


class Quiet(Catalog):
    """A catalogue whose head says nothing that changes by itself: no times, no versions."""

    mime_headers = (("Content-Type", "text/plain; charset=utf-8"),)


def main() -> None:
    """Write all files anew; end with 1 where a text has no English."""
    lacking = [line for end in ENDS for line in make(end)]
    if lacking:
        sys.exit("\n".join(["no English yet:", *lacking]))


def make(end: End) -> list[str]:
    """Write one end's files anew; return a line for each text without English."""
    catalogue = build(end)
    end.written.parent.mkdir(parents=True, exist_ok=True)
    end.written.write_bytes(written(catalogue))
    end.packed.write_bytes(packed(catalogue))
    return [f"{end.package}: {text}" for text, english in pairs(catalogue) if not english]


def build(end: End) -> Quiet:
    """Return the catalogue of all texts, with the English that its messages.po has by now."""
    former = end.written.read_bytes() if end.written.exists() else b""
    known = read_po(io.BytesIO(former), locale="en")
    catalogue = Quiet(locale="en", header_comment="", fuzzy=False)
    for text in sorted(texts(end)):
        there = known.get(text)
        catalogue.add(text, there.string if there is not None else "")
    return catalogue


def texts(end: End) -> set[str]:
    """Return every text that the pages hand to `_` or `gettext`."""
    found = set()
    for folder in end.folders:
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
