"""Captures as the page asks for them: a page of a list, the newest, those of one birth date."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from agent_client.store import captures
from agent_client.store.captures import STATES, Capture
from agent_client.vault import Vault
from agent_client.wiping import wipe
from tests.agent_client.laptops import NOW, joined_vault, outbox_of, save
from tests.builders import content

PEOPLE = 7
ACCEPTED = "waiting = 0, verdict = 'accepted', reason = 'new'"


@dataclass
class Queue:
    """A laptop with captures of people 1, 2, 3 … in that order."""

    vault: Vault
    ids: list[str]

    def change(self, person: int, clause: str) -> None:
        with self.vault.writing() as tx:
            tx.execute(f"update captures set {clause} where record_id = ?", [self.ids[person - 1]])

    def page(
        self, *states: str, search: str | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[list[int], int]:
        """Return who is on a page of a list, and how many there are in all."""
        with self.vault.reading() as tx:
            found, count = captures.newest_captures(tx, states, search, limit=limit, offset=offset)
        return self.people(found), count

    def people(self, found: list[Capture]) -> list[int]:
        return [self.ids.index(one.record_id) + 1 for one in found]

    def newest(self) -> int | None:
        with self.vault.reading() as tx:
            found = captures.newest_capture(tx)
        return None if found is None else self.ids.index(found.record_id) + 1

    def born_with(self, person: int) -> list[int]:
        with self.vault.reading() as tx:
            return self.people(captures.born_on(tx, content(person)["birth_date"]))


@pytest.fixture
def queue(tmp_path: Path) -> Queue:
    vault = joined_vault(tmp_path)
    outbox = outbox_of(vault)
    return Queue(vault, [save(outbox, content(n)) for n in range(1, PEOPLE + 1)])


def test_the_newest_come_first(queue: Queue) -> None:
    assert queue.page() == ([7, 6, 5, 4, 3, 2, 1], PEOPLE)


def test_a_page_is_a_part_and_the_count_is_of_all(queue: Queue) -> None:
    assert queue.page(limit=3) == ([7, 6, 5], PEOPLE)
    assert queue.page(limit=3, offset=6) == ([1], PEOPLE)
    assert queue.page(limit=3, offset=9) == ([], PEOPLE)


def test_the_pages_together_are_the_list(queue: Queue) -> None:
    pages = [queue.page(limit=2, offset=start)[0] for start in range(0, 8, 2)]
    assert [one for page in pages for one in page] == queue.page()[0]


def test_several_states_are_either_of_them(queue: Queue) -> None:
    queue.change(2, ACCEPTED)
    queue.change(4, "waiting = 0, verdict = 'rejected'")
    assert queue.page("accepted") == ([2], 1)
    assert queue.page("accepted", "rejected") == ([4, 2], 2)
    assert queue.page("duplicate") == ([], 0)
    assert queue.page(*STATES)[1] == PEOPLE


def test_a_search_and_a_state_hold_both(queue: Queue) -> None:
    queue.change(2, ACCEPTED)
    name = content(2)["full_name"]
    assert queue.page("accepted", search=name) == ([2], 1)
    assert queue.page("waiting", search=name) == ([], 0)


@pytest.mark.parametrize("search", ["%", "' or 1 --", "_", "\0", "?"])
def test_what_is_searched_for_is_only_ever_text(queue: Queue, search: str) -> None:
    assert queue.page(search=search) == ([], 0)


def test_the_last_digits_find_a_worker_from_three_on(queue: Queue) -> None:
    nik = content(3)["nik"]
    queue.change(3, "nik = '7371074105904711'")
    assert queue.page(search="711") == ([3], 1)
    assert queue.page(search="11") == ([], 0)
    assert queue.page(search=nik[:8]) == ([], 0)


def test_the_end_of_an_id_finds_it_and_its_beginning_does_not(queue: Queue) -> None:
    assert queue.page(search=queue.ids[2][-8:]) == ([3], 1)
    assert queue.page(search=queue.ids[2].upper()) == ([3], 1)
    assert queue.page(search=queue.ids[2][:5]) == ([], 0)


def test_the_newest_is_the_one_saved_last_that_may_be_read(queue: Queue) -> None:
    assert queue.newest() == 7
    queue.change(7, "restricted = 1")
    assert queue.newest() == 6
    queue.change(6, ACCEPTED)
    wipe(queue.vault, NOW)
    assert queue.newest() == 5
    for person in range(1, PEOPLE + 1):
        queue.change(person, "restricted = 1")
    assert queue.newest() is None


def test_who_was_born_on_a_day_and_still_stands(queue: Queue) -> None:
    assert queue.born_with(3) == [3]
    queue.change(3, ACCEPTED)
    assert queue.born_with(3) == [3]
    queue.change(3, "verdict = 'superseded'")
    assert queue.born_with(3) == []


def test_nobody_was_born_on_no_day(queue: Queue) -> None:
    with queue.vault.reading() as tx:
        assert captures.born_on(tx, "") == captures.born_on(tx, "1800-01-01") == []


def test_what_is_saved_again_is_born_on_the_same_day_once(queue: Queue) -> None:
    again = "019a9c00-0000-7000-8000-00000000aaaa"
    with queue.vault.writing() as tx:
        envelope = captures.envelope_of(tx, queue.ids[0])
        assert envelope is not None
        del envelope["digest"]
        captures.insert_resaved(tx, queue.ids[0], {**envelope, "record_id": again})
    queue.ids.append(again)
    assert queue.born_with(1) == [8]


def test_a_corrections_chain_goes_back_to_its_first(queue: Queue) -> None:
    outbox = outbox_of(queue.vault)
    second = save(outbox, content(1), corrects=queue.ids[0])
    third = save(outbox, content(1), corrects=second)
    with queue.vault.reading() as tx:
        assert captures.chain_of(tx, third) == {third, second, queue.ids[0]}
        assert captures.chain_of(tx, queue.ids[1]) == {queue.ids[1]}
        assert captures.chain_of(tx, None) == set()
