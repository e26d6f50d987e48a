"""A joining that was begun is kept until it went well."""

from pathlib import Path

from agent_client.store import joining
from agent_client.store.joining import Begun
from tests.agent_client.laptops import new_vault, open_vault
from tests.agent_client.office_line import ADDRESS, AgentLaptop
from tests.agent_client.open_seats import begin_joining, has_joined, opened

BEGUN = Begun("https://kantor.test", "KODE-1", "Laptop uji")


def test_what_was_typed_is_kept_until_the_next_start(tmp_path: Path) -> None:
    vault = new_vault(tmp_path)
    with vault.writing() as tx:
        assert joining.begun_joining(tx) is None
        joining.keep_joining_begun(tx, BEGUN)
    vault.close()
    with open_vault(tmp_path).reading() as tx:
        assert joining.begun_joining(tx) == BEGUN


def test_a_new_try_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    again = Begun("https://lain.test", "KODE-2", "Laptop dua", "code_used")
    with new_vault(tmp_path).writing() as tx:
        joining.keep_joining_begun(tx, BEGUN)
        joining.keep_joining_begun(tx, again)
        assert joining.begun_joining(tx) == again
        joining.drop_joining_begun(tx)
        assert joining.begun_joining(tx) is None


def test_a_code_is_shown_nowhere_that_it_is_printed() -> None:
    assert "KODE-1" not in repr(BEGUN)


def test_a_joining_by_command_ends_the_one_that_the_page_began(bare: AgentLaptop) -> None:
    new_vault(bare.home).close()
    with opened(bare) as vault:
        begin_joining(vault, "KODE-0")
    bare.join()
    assert has_joined(bare)


def test_a_joining_that_was_refused_stays_begun(bare: AgentLaptop) -> None:
    new_vault(bare.home).close()
    with opened(bare) as vault:
        begin_joining(vault, "KODE-0")
    assert bare.run("join", ADDRESS, "KODE-0", "--name", "x").exit_code == 1
    with opened(bare) as vault, vault.reading() as tx:
        assert joining.begun_joining(tx) is not None
