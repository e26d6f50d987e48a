"""The first versions of the reference lists, as files in schemas/data.

An office starts from them (`migrate`) and a laptop falls back on them before its
first exchange; later versions come from the office (sync/PROTOCOL.md, reference).
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

NAMES = ("tariff", "regions", "occupations", "consent", "incentive")

# A csv file has no place for its version: raise it here whenever the file changes.
CSV_VERSIONS = {"regions": "2026-11-20.1", "occupations": "2026-11-20.1"}


@dataclass(frozen=True, slots=True)
class Seed:
    """A reference list: its version ("YYYY-MM-DD.n") and its items, in file order."""

    version: str
    items: tuple[Mapping[str, Any], ...]


@cache
def seed(name: str) -> Seed:
    """Give the first version of a reference list; `name` is one of NAMES, else KeyError.

    The items are shared by all callers: never change one.
    """
    if name not in NAMES:
        raise KeyError(f"no seed list {name!r}; there are {', '.join(NAMES)}")
    if name in CSV_VERSIONS:
        return Seed(CSV_VERSIONS[name], tuple(read_rows(f"{name}.csv")))
    content = json.loads(read_text(f"{name}.json"))
    return Seed(content["version"], tuple(content["items"]))


def read_text(filename: str) -> str:
    """Give the text of a file in schemas/data; FileNotFoundError where there is none."""
    return (files("schemas") / "data" / filename).read_text(encoding="utf-8")


def read_rows(filename: str) -> list[dict[str, str]]:
    """Give the rows of a csv file in schemas/data, a dict of text by column for each."""
    return list(csv.DictReader(read_text(filename).splitlines()))
