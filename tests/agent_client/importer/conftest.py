"""A laptop that has joined."""

from pathlib import Path

import pytest

from agent_client.vault import Vault
from tests.agent_client.laptops import joined_vault


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return joined_vault(tmp_path / "data")
