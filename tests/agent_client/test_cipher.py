"""A file is proved whole page by page."""

from pathlib import Path

import pytest

from tests.agent_client.laptops import joined_vault, outbox_of, save


@pytest.mark.parametrize("at", [20, 5_000, 30_000])
def test_a_page_that_was_changed_is_no_whole_database(tmp_path: Path, at: int) -> None:
    made = joined_vault(tmp_path)
    save(outbox_of(made))
    made.close()
    assert made.opens(tmp_path / "agent.db")
    spoilt = bytearray((tmp_path / "agent.db").read_bytes())
    spoilt[at] ^= 255
    (tmp_path / "agent.db").write_bytes(spoilt)
    assert not made.opens(tmp_path / "agent.db")
