"""Puts people on the roll of members as an administrator does: by a CSV file."""

import io
from collections.abc import Mapping
from typing import Any

from server.roll_import import Imported, import_roll
from tests.offices import Desk


def enlist(desk: Desk, *people: Mapping[str, Any], since: str = "") -> Imported:
    """Import a roll with these contents' people, members `since` a day (or without one)."""
    lines = ["nik,nama,tanggal_lahir,sejak"]
    lines += [f"{who['nik']},{who['full_name']},{who['birth_date']},{since}" for who in people]
    return import_roll(desk.office, io.StringIO("\n".join(lines) + "\n"))
