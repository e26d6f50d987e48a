"""What an administrator sets up: the key, the database, offices, agents, codes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from server import administer, references
from server.administer import Taken, Unknown
from server.config import Settings
from server.joining import code_hash
from server.keys import KEY_FILE, KeyMissing, KeyWrong, make_key_file
from server.office import Office
from server.store import devices, migrate, offices
from server.store import references as lists
from server.store.engine import Store
from tests.offices import KEY, KEYS
from tests.server.databases import new_database

SEEDED = {"tariff", "regions", "occupations", "consent", "incentive", "targets", "keys"}


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings of an office that is not there yet."""
    with new_database(request.param, request, tmp_path) as url:
        yield Settings(home=tmp_path / "home", database_url=url)


def epoch(settings: Settings) -> str | None:
    """Return the epoch of an office's database."""
    store = Store(settings.database_url)
    with store.read() as tx:
        found = offices.fact(tx, "epoch")
    store.close()
    return found


def run(settings: Settings, *statements: str) -> None:
    """Run statements on a database, whosoever it is."""
    store = Store(settings.database_url)
    with store.write() as tx:
        for statement in statements:
            tx.execute(sa.text(statement))
    store.close()


class TestMigrate:
    def test_makes_key_database_and_first_lists(self, settings: Settings) -> None:
        assert set(administer.migrate(settings)) == SEEDED
        assert (settings.home / KEY_FILE).exists()
        assert len(epoch(settings) or "") == 36

    def test_again_changes_nothing(self, settings: Settings) -> None:
        administer.migrate(settings)
        key, before = (settings.home / KEY_FILE).read_text(), epoch(settings)
        assert administer.migrate(settings) == []
        assert ((settings.home / KEY_FILE).read_text(), epoch(settings)) == (key, before)

    def test_seeds_a_list_that_is_missing(self, settings: Settings) -> None:
        administer.migrate(settings)
        run(settings, "DELETE FROM reference_lists WHERE name = 'consent'")
        assert administer.migrate(settings) == ["consent"]

    def test_makes_no_key_file_where_the_key_is_a_setting(self, settings: Settings) -> None:
        administer.migrate(replace(settings, office_key=KEY))
        assert not (settings.home / KEY_FILE).exists()

    def test_never_makes_a_new_key_for_an_office_that_had_one(self, settings: Settings) -> None:
        administer.migrate(settings)
        (settings.home / KEY_FILE).unlink()
        with pytest.raises(KeyMissing):
            administer.migrate(settings)
        assert not (settings.home / KEY_FILE).exists()

    def test_refuses_another_office_s_key(self, settings: Settings) -> None:
        administer.migrate(settings)
        (settings.home / KEY_FILE).unlink()
        make_key_file(settings.home)
        for wrong in (settings, replace(settings, office_key=KEY)):
            with pytest.raises(KeyWrong):
                administer.migrate(wrong)

    def test_keeps_away_from_a_database_that_is_not_ours(self, settings: Settings) -> None:
        settings.home.mkdir()
        run(settings, "CREATE TABLE theirs (id integer)")
        with pytest.raises(migrate.Foreign):
            administer.migrate(settings)
        store = Store(settings.database_url)
        assert sa.inspect(store.engine).get_table_names() == ["theirs"]
        store.close()

    def test_keeps_away_from_a_newer_program_s_database(self, settings: Settings) -> None:
        administer.migrate(settings)
        run(settings, "UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(migrate.Foreign):
            administer.migrate(settings)

    def test_can_be_finished_where_it_was_cut_short(self, settings: Settings) -> None:
        store = Store(settings.database_url)
        migrate.upgrade(store)
        store.close()
        assert set(administer.migrate(settings)) == SEEDED


class TestSeeds:
    def test_name_the_target_and_the_key_of_this_office(self, office: Office) -> None:
        with office.store.read() as tx:
            versions = lists.versions(tx)
            targets = lists.items(tx, "targets", versions["targets"])
            keys = lists.items(tx, "keys", versions["keys"])
        assert [item["target"] for item in targets] == [25]
        assert keys[0] | {"from": ""} == references.receipt_key(KEYS) | {"from": ""}


class TestPeople:
    def test_an_office_has_one_name(self, office: Office) -> None:
        administer.add_office(office, "Tallo")
        with pytest.raises(Taken, match="office_taken"):
            administer.add_office(office, "Tallo")

    def test_an_agent_belongs_to_an_office_under_one_code(self, office: Office) -> None:
        administer.add_office(office, "Tallo")
        agent_id = administer.add_agent(office, "Daeng Sutte", "Tallo", "A-7")
        with office.store.read() as tx:
            (agent,) = offices.all_agents(tx, office.today())
        assert (agent.agent_id, agent.code, agent.office_name) == (agent_id, "A-7", "Tallo")
        with pytest.raises(Taken, match="agent_taken"):
            administer.add_agent(office, "Another", "Tallo", "A-7")
        with pytest.raises(Unknown, match="office_unknown"):
            administer.add_agent(office, "Another", "Nowhere", "A-8")

    def test_a_join_code_is_an_agent_s_for_some_days(self, office: Office) -> None:
        administer.add_office(office, "Tallo")
        agent_id = administer.add_agent(office, "Daeng Sutte", "Tallo", "A-7")
        code = administer.make_join_code(office, "A-7")
        with office.store.read() as tx:
            kept = devices.code(tx, code_hash(code), office.today())
        assert (kept.agent_id, kept.device_id) == (agent_id, None)
        assert kept.expires_at == office.now() + timedelta(days=7)
        with pytest.raises(Unknown, match="agent_unknown"):
            administer.make_join_code(office, "A-8")

    def test_two_codes_are_two(self, office: Office) -> None:
        administer.add_office(office, "Tallo")
        administer.add_agent(office, "Daeng Sutte", "Tallo", "A-7")
        assert len({administer.make_join_code(office, "A-7") for _ in range(5)}) == 5
