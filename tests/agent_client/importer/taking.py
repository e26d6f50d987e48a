"""A list taken in on a real laptop, and what became of its rows."""

from collections import Counter
from pathlib import Path
from typing import Any

from uuid6 import uuid7

from agent_client.importer.listing import ListImport, RowOutcome
from agent_client.importer.table import read_table
from agent_client.store.saving import Evidence
from agent_client.vault import Vault
from tests.agent_client.importer.lists import write_csv
from tests.agent_client.laptops import NOW


def take(vault: Vault, path: Path) -> list[RowOutcome]:
    listing = ListImport(vault, read_table(path), path.name, lambda: Evidence(NOW), uuid7)
    return list(listing.run())


def take_rows(vault: Vault, tmp_path: Path, *rows: dict[str, Any]) -> list[RowOutcome]:
    return take(vault, write_csv(tmp_path / "daftar.csv", rows))


def counts(outcomes: list[RowOutcome]) -> Counter[str]:
    return Counter(one.outcome for one in outcomes)


def codes(outcome: RowOutcome) -> set[tuple[str, str]]:
    return {(error.field, error.code) for error in outcome.errors}
