"""A laptop is revoked, lost or not, and what it may still hold."""

import pytest

from server import revoking
from server.problems import Refused
from server.store import audit, devices
from server.withdrawal import withdraw
from tests.builders import content
from tests.offices import START, Desk, Laptop
from tests.server.terminal import Terminal


def revoke(desk: Desk, laptop: Laptop, by: str = "ani", *, lost: bool = False) -> None:
    lost_at = desk.now() if lost else None
    revoking.revoke(desk.office, laptop.device_id, by=by, lost_at=lost_at, reason="dicuri")


def columns(desk: Desk, laptop: Laptop) -> tuple[object, ...]:
    with desk.office.store.read() as tx:
        row = devices.by_id(tx, laptop.device_id)
    return row.revoked_at, row.revoked_by, row.revoked_for, row.lost_at


def test_its_calls_are_refused_and_it_is_to_wipe(desk: Desk) -> None:
    laptop = desk.join()
    revoke(desk, laptop)
    answer = laptop.post("/api/v1/exchange", json=laptop.request())
    assert (answer.status_code, answer.json["code"]) == (403, "device_revoked")
    assert answer.json["wipe"] is True


def test_a_loss_that_is_known_later_is_added_and_the_first_word_stands(desk: Desk) -> None:
    laptop = desk.join()
    revoke(desk, laptop)
    desk.now.forward(days=1)
    known = desk.now()
    for by in ("baso", "coddo"):
        revoke(desk, laptop, by, lost=True)
        assert columns(desk, laptop) == (START, "ani", "dicuri", known)
        desk.now.forward(days=1)
    held = revoking.held_by(desk.office, laptop.device_id)
    assert held.deadline is not None
    assert (held.deadline - known).total_seconds() == 3 * 24 * 3600


def test_who_revoked_stands_in_the_trail(desk: Desk) -> None:
    laptop = desk.join()
    revoke(desk, laptop)
    revoke(desk, laptop)
    with desk.office.store.read() as tx:
        lines = [
            (one.by, one.action, one.about, one.detail)
            for one in audit.lines(tx)
            if one.about_id == laptop.device_id
        ]
    detail = '{"is_lost": false, "reason": "dicuri"}'
    assert lines == [("ani", "revoked", "device", detail)]


def test_one_that_is_not_lost_has_no_deadline(desk: Desk) -> None:
    laptop = desk.join()
    revoke(desk, laptop)
    assert revoking.held_by(desk.office, laptop.device_id).deadline is None


def test_a_new_code_makes_it_welcome_again(desk: Desk) -> None:
    laptop = desk.join()
    revoke(desk, laptop, lost=True)
    again = desk.join("A1", device_id=laptop.device_id)
    assert again.exchange()["acks"] == []
    assert columns(desk, laptop) == (None, None, None, None)


def test_an_unknown_one_is_refused(desk: Desk) -> None:
    with pytest.raises(Refused, match="device_unknown"):
        revoking.revoke(desk.office, "nobody", by="ani", lost_at=None, reason="")
    with pytest.raises(Refused, match="device_unknown"):
        revoking.held_by(desk.office, "nobody")


def held(desk: Desk, laptop: Laptop) -> list[tuple[str, str]]:
    found = revoking.held_by(desk.office, laptop.device_id)
    return [(one.verdict.value, one.reason.value) for one in found.records]


def test_it_holds_what_it_has_not_purged_by_its_last_report(desk: Desk) -> None:
    laptop = desk.join()
    first, wrong = laptop.envelope(), laptop.envelope(content(sex="X"))
    laptop.send(first, wrong)
    desk.now.forward(days=1)
    laptop.send(laptop.envelope())
    assert held(desk, laptop) == [("accepted", "new"), ("rejected", "invalid"), ("accepted", "new")]
    desk.now.forward(days=15)
    # Nobody knows whether it was on since.
    assert len(held(desk, laptop)) == 3
    laptop.exchange()
    assert held(desk, laptop) == [("rejected", "invalid"), ("accepted", "new")]
    desk.now.forward(days=90)
    laptop.send(laptop.envelope())
    assert [one[0] for one in held(desk, laptop)] == ["accepted", "accepted"]


def test_it_tells_what_never_came(desk: Desk) -> None:
    laptop = desk.join()
    sound = laptop.envelope()
    laptop.exchange(sound, heartbeat={"waiting": 2, "drafts": 3, "last_seq": 5})
    found = revoking.held_by(desk.office, laptop.device_id)
    assert (found.waiting, found.drafts, found.missing) == (2, 3, ((2, 5),))
    (one,) = found.records
    assert (one.record_id, one.name) == (sound["record_id"], sound["content"]["full_name"])
    assert one.name not in repr(found.records)


def test_another_s_records_are_not_its(desk: Desk) -> None:
    laptop, other = desk.join(), desk.join()
    other.send(other.envelope(device_id=laptop.device_id))
    other.send(other.envelope())
    assert held(desk, laptop) == []


def test_a_standing_that_moved_is_heard_later(desk: Desk) -> None:
    laptop = desk.join()
    first = laptop.envelope()
    laptop.send(first)
    desk.now.forward(days=1)
    laptop.send(laptop.envelope(content(sex="X")))
    desk.now.forward(days=20)
    laptop.exchange()
    assert held(desk, laptop) == [("rejected", "invalid")]
    withdraw(desk.office, by="ani", at=desk.now(), record_id=first["record_id"])
    desk.now.forward(days=30)
    laptop.exchange()
    assert held(desk, laptop) == [("rejected", "withdrawn"), ("rejected", "invalid")]


class TestCommands:
    def test_revoke_tells_what_it_may_hold_and_the_deadline(
        self, desk: Desk, terminal: Terminal
    ) -> None:
        laptop = desk.join()
        sound = laptop.envelope()
        laptop.exchange(sound, heartbeat={"waiting": 1, "drafts": 2, "last_seq": 2})
        plain = terminal.run("revoke", laptop.device_id).stdout
        assert "1 pendaftaran yang sudah dikirim, 1 yang belum, 2 draf" in plain
        assert "pasal 46" not in plain
        lost = terminal.run("--lang", "en", "revoke", laptop.device_id, "--lost").stdout
        assert "article 46" in lost
        told = terminal.json("revoke", laptop.device_id)
        assert told["records"] == [sound["record_id"]]
        assert (told["waiting"], told["drafts"], told["missing"]) == (1, 2, [[2, 2]])
        assert told["deadline"] is not None

    def test_devices_lists_them_with_their_standing(self, desk: Desk, terminal: Terminal) -> None:
        one, two = desk.join(), desk.join()
        one.send(one.envelope())
        terminal.run("revoke", two.device_id, "--reason", "rusak")
        listed = terminal.json("devices")["devices"]
        assert [(row["device_id"], row["standing"]) for row in listed] == [
            (one.device_id, "working"),
            (two.device_id, "revoked"),
        ]
        lines = terminal.run("devices").stdout.splitlines()
        assert "A1 Agen 1  Laptop uji: dipakai" in lines[0]
        assert "izin dicabut" in lines[1]

    def test_an_unknown_one_is_told_as_such(self, desk: Desk, terminal: Terminal) -> None:
        assert terminal.problem("revoke", "nobody") == "device_unknown"
