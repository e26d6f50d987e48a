"""Laptops worked by their commands, each of them a process on the laptop's own files."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from schemas.envelope import rfc3339
from tests.agent_client.importer.lists import HEADINGS, Row, row, write_csv
from tests.browser.agent_process import PASSPHRASE, AgentProcess
from tests.browser.processes import AGENT, run
from tests.builders import content

AHEAD: Final = """
import schemas.nik as nik
known = nik.provinces()
nik.provinces = lambda: known | {"99"}
"""
"""A program that knows of a province which the office's does not know yet."""
_FILLED_IN: Final = ("schema", "contribution", "tariff_version")


def command(laptop: AgentProcess, *arguments: str, code: str = AGENT, ends: int = 0) -> Any:
    """Run a command of a laptop that `ends` with a code, and return the JSON that it prints."""
    settings = {**laptop.settings, "LORONG_PASSPHRASE": PASSPHRASE}
    return json.loads(run(code, *arguments, "--json", settings=settings, ends=ends))


def today() -> dict[str, Any]:
    """Return the members of a content that depend on the day."""
    now = datetime.now(UTC)
    return {"first_month": f"{now:%Y-%m}", "consent_at": rfc3339(now)}


def met(n: int, **others: Any) -> dict[str, Any]:
    """Return what an agent writes down today of person `n`."""
    members = content(n, **{**today(), **others})
    return {name: value for name, value in members.items() if name not in _FILLED_IN}


def line(n: int, **cells: Any) -> Row:
    """Return person `n` as a row of a list that was made today."""
    now = datetime.now(UTC)
    return row(n, BULAN_MULAI=f"{now:%m-%Y}", PERSETUJUAN=f"{now:%Y-%m-%d} dibacakan", **cells)


def bring(laptop: AgentProcess, *rows: Row, code: str = AGENT) -> list[str]:
    """Take a list in on a laptop, all of it complete, and return the records' ids."""
    file = write_csv(_beside(laptop, "csv"), rows, headings=(*HEADINGS, "ALASAN NIK"))
    body = command(laptop, "import", str(file), code=code)
    assert {one["outcome"] for one in body["rows"]} == {"saved"}, body
    return [one["record_id"] for one in body["rows"]]


def correct(laptop: AgentProcess, record_id: str, members: Mapping[str, Any]) -> str:
    """Save a correction on a laptop, and return its id."""
    file = _beside(laptop, "json")
    file.write_text(json.dumps(members), encoding="utf-8")
    saved = command(laptop, "capture", str(file), "--corrects", record_id)
    found: str = saved["record_id"]
    return found


def exchange(laptop: AgentProcess) -> dict[str, str]:
    """Exchange, and return verdict/reason of each record that was told of, by its id."""
    told = command(laptop, "sync")["changes"]
    return {one["record_id"]: f"{one['verdict']}/{one['reason']}" for one in told}


def _beside(laptop: AgentProcess, end: str) -> Path:
    return laptop.home.with_suffix(f".{end}")
