"""Agents who share a laptop: each has a seat, a folder with a database of his own.

The first seat is the laptop's folder itself, every other one a folder in `agents/`. Who
looks at the seats sees labels alone, never what is in another one's database.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from agent_client.cipher import file_told
from agent_client.keyfile import read_label
from agent_client.problems import AgentProblem
from agent_client.vault import DATABASE, KEYFILE, exists

FOLDER: Final = "agents"
FIRST: Final = {"id": "utama", "en": "main"}
"""What the first seat is called, by language; both names choose it."""
DAMAGED: Final = f"{DATABASE}.damaged-"
"""How the name of a damaged database begins that was kept beside a restored one."""
LABEL: Final = 60
_NAME: Final = 40
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DEVICES: Final = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
"""What Windows takes for a device, whatever folder it is in."""


@dataclass(frozen=True, slots=True)
class Seat:
    """One agent's place: `name` as typed and in paths, `label` as people know him, `home`."""

    name: str
    label: str
    home: Path

    def shown(self, lang: str) -> str:
        """Return what people are shown."""
        return self.label or FIRST.get(lang, self.name) * (self.name == FIRST["id"]) or self.name


def seats(laptop_home: Path) -> list[Seat]:
    """Return the seats that are there, the first one first, the others by name.

    A key without its database, or a damaged database alone, is a seat too: it can be
    restored. AgentProblem `folder_read_only`.
    """
    with file_told(laptop_home):
        return [*_there([first_seat(laptop_home)]), *_there(_others(laptop_home))]


def first_seat(laptop_home: Path) -> Seat:
    """Return the seat that is the laptop's folder itself, whether it is there or not."""
    return _seat(FIRST["id"], laptop_home)


def seat_named(laptop_home: Path, name: str) -> Seat:
    """Return the seat of a name or label; AgentProblem `agent_unknown`."""
    there = seats(laptop_home)
    found = _find(there, name)
    if found is None:
        raise AgentProblem("agent_unknown", names=_names(there))
    return found


def new_seat(laptop_home: Path, label: str) -> Seat:
    """Return a seat that is not there yet; its folder is made by what is put into it.

    AgentProblem `agent_name_bad` where a label has no letter or digit.
    """
    label = clean_label(label)
    taken = {seat.name for seat in seats(laptop_home)}
    return Seat(name := _free(_slug(label), taken), label, laptop_home / FOLDER / name)


def seat_for(laptop_home: Path, name: str | None, *, may_be_new: bool = False) -> Seat:
    """Return the seat that a command is meant for.

    Without a name that is the only one there is, or the first where there is none.
    AgentProblem `agent_needed` where there are several, `agent_unknown`, `agent_name_bad`.
    """
    there = seats(laptop_home)
    if name is None:
        if len(there) > 1:
            raise AgentProblem("agent_needed", names=_names(there))
        return there[0] if there else first_seat(laptop_home)
    found = _find([*there, first_seat(laptop_home)], name)
    if found is None and may_be_new:
        return new_seat(laptop_home, name)
    return found or seat_named(laptop_home, name)


def name_of(home: Path) -> str:
    """Return the name of the seat that a folder is."""
    is_other = home.parent.name == FOLDER and _SLUG.fullmatch(home.name)
    return home.name if is_other else FIRST["id"]


def clean_label(label: str) -> str:
    """Return a label as it is kept: one line, 60 characters at most.

    AgentProblem `agent_name_bad` where it has no letter or digit.
    """
    printable = "".join(one if one.isprintable() else " " for one in label)
    label = " ".join(unicodedata.normalize("NFC", printable).split())[:LABEL].strip()
    if not any(one.isalnum() for one in label):
        raise AgentProblem("agent_name_bad")
    return label


def _find(there: Iterable[Seat], name: str) -> Seat | None:
    wanted = name.strip().casefold()
    wanted = FIRST["id"] if wanted in FIRST.values() else wanted
    by_name = [seat for seat in there if seat.name == wanted]
    by_label = [seat for seat in there if seat.label.casefold() == wanted]
    return next(iter(by_name + by_label), None)


def _others(laptop_home: Path) -> Iterator[Seat]:
    folder = laptop_home / FOLDER
    for home in sorted(folder.iterdir()) if folder.is_dir() else ():
        if _SLUG.fullmatch(home.name):
            yield _seat(home.name, home)


def _there(candidates: Iterable[Seat]) -> Iterator[Seat]:
    for seat in candidates:
        if exists(seat.home) or any(seat.home.glob(f"{DAMAGED}*")):
            yield seat


def _seat(name: str, home: Path) -> Seat:
    return Seat(name, read_label(home / KEYFILE), home)


def _names(there: Iterable[Seat]) -> str:
    return ", ".join(seat.name for seat in there) or "–"


def _slug(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_NAME].strip("-")
    if not slug or slug in _DEVICES or slug in FIRST.values():
        slug = f"agen-{slug}".strip("-")
    return slug


def _free(slug: str, taken: set[str]) -> str:
    if slug not in taken:
        return slug
    number = 2
    while (name := f"{slug[: _NAME - 4].strip('-')}-{number}") in taken:
        number += 1
    return name
