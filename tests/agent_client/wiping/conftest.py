"""A laptop that knows the office's key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_client.store.outbox import VaultOutbox
from agent_client.vault import Vault
from tests.agent_client.laptops import (
    joined_vault,
    outbox_of,
)
from tests.agent_client.wiping.wiped import with_key


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    made = with_key(joined_vault(tmp_path / "laptop"))
    yield made
    made.close()


@pytest.fixture
def outbox(vault: Vault) -> VaultOutbox:
    return outbox_of(vault)
