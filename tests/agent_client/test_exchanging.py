"""One run on a laptop: what it remembers, which lists it keeps, one at a time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from agent_client.config import Settings
from agent_client.exchanging import LOCK, Exchanger, keep_known_niks, one_at_a_time
from agent_client.lists import held_lists
from agent_client.problems import AgentProblem
from agent_client.store import device, exchange, reference
from agent_client.vault import Vault
from sync.known_niks import build, digest8, digest16, pack_additions
from sync.limits import PING
from sync.ports import Reply, Transport
from sync.problems import Busy, LineProblem
from tests.agent_client.laptops import NOW, SetClock, joined_vault, new_vault, outbox_of, save
from tests.sync.scripted_office import ScriptedOffice, raising, status

KEY = bytes(16)


class Office(ScriptedOffice):
    """A scripted office that gives lists too."""

    def __init__(self, *steps: Any) -> None:
        super().__init__(*steps)
        self.lists: dict[str, Reply] = {}
        self.up = True

    def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> Reply:
        if not self.up:
            raise LineProblem("line_refused")
        if path == PING:
            return Reply(200, {}, {})
        return self.lists.get(path.rpartition("/")[2], Reply(404, {}, {"code": "not_found"}))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return joined_vault(tmp_path / "laptop", "https://kantor.test")


@pytest.fixture
def office() -> Office:
    return Office()


def exchanger(vault: Vault, office: Office) -> Exchanger:
    @contextmanager
    def dial(address: str, token: str | None) -> Iterator[Transport]:
        assert address == "https://kantor.test"
        yield office

    return Exchanger(
        vault=vault,
        outbox=outbox_of(vault),
        clock=SetClock(),
        dial=dial,
        stop=lambda: False,
        random=lambda: 0.5,
        settings=Settings(home=vault.path.parent, busy_seconds=0),
    )


def last(vault: Vault) -> exchange.LastExchange:
    with vault.reading() as tx:
        return exchange.last_exchange(tx)


def list_reply(name: str, version: str, items: list[Any]) -> Reply:
    return Reply(200, {}, {"protocol": 1, "name": name, "version": version, "items": items})


def test_a_run_settles_and_is_remembered(vault: Vault, office: Office) -> None:
    save(outbox_of(vault))
    report = exchanger(vault, office).run()
    assert (report.acknowledged, report.problem) == (1, None)
    assert (last(vault).tried_at, last(vault).problem, last(vault).epoch) == (NOW, None, "e1")


def test_what_goes_wrong_with_the_line_is_remembered(vault: Vault, office: Office) -> None:
    office.steps.extend([raising(LineProblem("captive")), status(503, {"code": "busy"})])
    runs = exchanger(vault, office)
    assert isinstance(runs.run().problem, LineProblem)
    assert (last(vault).problem, last(vault).answered_at, runs.failures) == ("captive", None, 1)
    assert isinstance(runs.run().problem, Busy)
    assert (last(vault).problem, runs.failures) == ("busy", 2)
    runs.run()
    assert (last(vault).problem, runs.failures) == (None, 0)


def test_a_restored_laptop_asks_for_its_numbers_once(vault: Vault, office: Office) -> None:
    with vault.writing() as tx:
        tx.execute("update device set restored = 1")
    office.extra = {"last_seq": 40}
    save(outbox_of(vault))
    exchanger(vault, office).run()
    assert office.batches[0] == []
    with vault.reading() as tx:
        here = device.device(tx)
    assert here is not None
    assert (here.restored, here.last_seq) == (False, 40)


def test_lists_that_changed_are_fetched_and_kept(vault: Vault, office: Office) -> None:
    office.extra = {"reference": {"consent": "2027-01-01.1", "tariff": "2027-01-01.1"}}
    item = {"version": "2027-01-01.1", "from": "2020-01-01", "text_id": "x", "text_en": "x"}
    office.lists["consent"] = list_reply("consent", "2027-01-01.1", [item])
    office.lists["tariff"] = list_reply("tariff", "2027-01-01.1", [{"odd": 1}])
    exchanger(vault, office).run()
    with vault.reading() as tx:
        assert reference.versions(tx) == {"consent": "2027-01-01.1"}
        text = held_lists(tx).consent_on(NOW.date())
    assert text is not None
    assert text.version == "2027-01-01.1"
    exchanger(vault, office).run()
    assert outbox_of(vault).heartbeat().reference == {"consent": "2027-01-01.1"}


def test_known_niks_grow_and_start_over(vault: Vault) -> None:
    whole = build([digest16("a", KEY)], KEY, base=4)
    added = pack_additions(4, 1, [digest8("b", KEY)])
    gap = pack_additions(4, 9, [digest8("c", KEY)])

    def keep(raw: bytes) -> str | None:
        with vault.writing() as tx:
            keep_known_niks(tx, raw, NOW)
            return reference.versions(tx).get("known_niks")

    assert keep(added) is None
    assert keep(whole) == "4.0"
    assert keep(added) == "4.1"
    assert keep(added) == "4.1"
    assert keep(gap) is None
    assert keep(whole) == "4.0"
    assert keep(b"LKN1 cut") is None


@pytest.mark.parametrize("up", [True, False])
def test_a_probe_tells_whether_the_office_answers(vault: Vault, office: Office, up: bool) -> None:
    office.up = up
    assert exchanger(vault, office).probe() is up
    assert last(vault).tried_at is None


def test_a_laptop_that_has_not_joined_asks_nobody(tmp_path: Path, office: Office) -> None:
    with pytest.raises(AgentProblem) as caught:
        exchanger(new_vault(tmp_path), office).run()
    assert caught.value.code == "not_joined"


def test_one_run_at_a_time_on_a_laptop(vault: Vault, office: Office) -> None:
    with FileLock(vault.path.parent / LOCK), pytest.raises(AgentProblem) as caught:
        exchanger(vault, office).run()
    assert caught.value.code == "sync_running"
    assert office.asked == []
    exchanger(vault, office).run()


def test_a_folder_that_cannot_be_locked(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(AgentProblem) as caught, one_at_a_time(tmp_path / "file", 0):
        pass
    assert caught.value.code == "folder_read_only"
