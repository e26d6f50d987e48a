"""One exchange: push, pull and heartbeat in one round trip."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from schemas.envelope import rfc3339
from server.rules.roles import Role
from server.store import devices
from server.store.tables import performance
from sync import receipts
from tests.builders import content, envelope
from tests.offices import Desk, Laptop
from tests.server.looks import aside, faults, recorded
from tests.server.web.visitor import user

EXCHANGE = "/api/v1/exchange"


def verdicts(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (verdict, reason) of an answer's acks."""
    return [(ack["verdict"], ack["reason"]) for ack in answer["acks"]]


class TestAnswer:
    def test_has_these_members(self, desk: Desk) -> None:
        answer = desk.join().exchange()
        assert set(answer) == {
            *("protocol", "time", "epoch", "acks", "unreadable", "changes", "cursor", "more"),
            *("last_seq", "reference", "performance"),
        }
        assert (answer["protocol"], answer["time"]) == (1, "2026-11-20T02:00:00.000Z")
        assert (answer["acks"], answer["unreadable"], answer["changes"]) == ([], [], [])
        assert answer["more"] is False

    def test_has_a_receipt_where_there_is_a_standing(self, desk: Desk) -> None:
        laptop = desk.join()
        assert "receipt" in laptop.exchange(laptop.envelope())
        assert "receipt" not in laptop.exchange(laptop.envelope(kind="payment"))

    def test_is_the_same_again(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        assert laptop.exchange(capture)["acks"] == laptop.exchange(capture)["acks"]

    def test_has_one_ack_for_each_pair_in_order_of_first_appearance(self, desk: Desk) -> None:
        laptop = desk.join()
        one, other = laptop.envelope(), laptop.envelope(content(sex="X"))
        answer = laptop.exchange(other, one, other, one)
        assert [ack["digest"] for ack in answer["acks"]] == [other["digest"], one["digest"]]


class TestReceipt:
    def test_signs_every_standing_acks_first(self, desk: Desk) -> None:
        laptop = desk.join()
        first, broken = laptop.envelope(), laptop.envelope(content(sex="X"))
        fixed = laptop.envelope(first["content"], corrects=first["record_id"])
        waiting = laptop.envelope(kind="payment")
        answer = laptop.exchange(first, broken, waiting, fixed)
        agent_id = laptop.joined["agent"]["agent_id"]
        keys = receipts.keyring(laptop.joined["receipt_key"])
        proof = receipts.proof_of(answer, agent_id, laptop.device_id, keys)
        assert (proof.bad, proof.unchecked) == (False, False)
        signed = receipts.standings(answer)
        assert [(row[0], row[3], row[4]) for row in signed] == [
            (first["record_id"], "accepted", "new"),
            (broken["record_id"], "rejected", "invalid"),
            (fixed["record_id"], "accepted", "corrected"),
            (first["record_id"], "superseded", "corrected"),
        ]
        payload = receipts.receipt_payload(
            agent_id, laptop.device_id, answer["epoch"], answer["time"], signed
        )
        assert receipts.verify(answer["receipt"], payload, keys)

    def test_signs_the_digest_as_the_office_computed_it(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        assert receipts.standings(laptop.exchange(capture))[0][1] == capture["digest"]

    def test_is_there_for_standings_that_only_moved(self, desk: Desk) -> None:
        laptop = desk.join()
        first = laptop.envelope()
        laptop.exchange(first, laptop.envelope(first["content"], corrects=first["record_id"]))
        assert "receipt" in laptop.exchange(cursor=None)

    def test_its_key_stands_in_the_list_of_keys(self, desk: Desk) -> None:
        laptop = desk.join()
        answer = laptop.exchange(laptop.envelope())
        items = laptop.get("/api/v1/reference/keys").json["items"]
        assert answer["receipt"]["key_id"] in receipts.keyring(None, items)


class TestPerformance:
    def test_has_this_month_and_the_one_before(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        sent = [capture, laptop.envelope(capture["content"]), laptop.envelope(content(sex="X"))]
        answer = laptop.exchange(*sent)["performance"]
        names = ("accepted", "duplicate", "in_review", "rejected", "superseded")
        nothing = dict.fromkeys((*names, "contribution", "jht"), 0)
        this = {"accepted": 1, "duplicate": 1, "rejected": 1, "contribution": 16_400}
        day = {"accepted": 1, "duplicate": 1, "in_review": 0, "rejected": 1}
        assert answer == {
            "as_of": "2026-11-20T02:00:00.000Z",
            "months": [
                {"month": "2026-11", "target": 25, **nothing, **this, "rank": 1, "of": 1}
                | {"days": [{"date": "2026-11-20", **day}]},
                {"month": "2026-10", "target": 25, **nothing, "rank": 1, "of": 1, "days": []},
            ],
        }

    def test_the_month_is_the_office_s(self, desk: Desk) -> None:
        laptop = desk.join()
        desk.now.forward(days=10, hours=14)  # 1 December in Makassar
        months = laptop.exchange()["performance"]["months"]
        assert [month["month"] for month in months] == ["2026-12", "2026-11"]

    def test_ranks_among_the_office_s_agents_ties_sharing(self, desk: Desk) -> None:
        laptops = [desk.join() for _ in range(4)]
        for laptop, accepted in zip(laptops, (3, 1, 1, 0), strict=True):
            laptop.exchange(*(laptop.envelope() for _ in range(accepted)))
        places = [laptop.exchange()["performance"]["months"][0] for laptop in laptops]
        assert [place["rank"] for place in places] == [1, 2, 2, 4]
        assert all(place["rank"] <= place["of"] <= 4 for place in places)

    def test_goes_from_january_to_december(self, desk: Desk) -> None:
        laptop = desk.join()
        desk.now.forward(days=60)
        months = laptop.exchange()["performance"]["months"]
        assert [month["month"] for month in months] == ["2027-01", "2026-12"]


class TestReference:
    def test_names_every_list_in_force(self, desk: Desk) -> None:
        laptop = desk.join()
        versions = laptop.exchange()["reference"]
        assert set(versions) == {
            *("tariff", "regions", "occupations", "consent", "targets", "incentive", "keys")
        }
        for name, version in versions.items():
            assert laptop.get(f"/api/v1/reference/{name}").json["version"] == version


class TestHeartbeat:
    def device(self, desk: Desk, laptop: Laptop) -> Any:
        """Return what the office keeps of a laptop."""
        with desk.office.store.write() as tx:
            return devices.get(tx, laptop.device_id)

    def test_is_kept_with_the_time_and_the_offset(self, desk: Desk) -> None:
        laptop = desk.join()
        beat = {"waiting": 3, "client": "0.2.0", "oldest_waiting_at": "2026-11-18T02:00:00Z"}
        laptop.exchange(heartbeat=beat, sent_at="2026-11-20T01:59:30Z")
        kept = self.device(desk, laptop)
        assert (kept.waiting, kept.client, kept.offset_s) == (3, "0.2.0", 30)
        assert rfc3339(kept.oldest_waiting_at) == "2026-11-18T02:00:00.000Z"
        assert kept.reported_at == desk.now()

    def test_keeps_what_it_leaves_out_as_it_was(self, desk: Desk) -> None:
        laptop = desk.join()
        laptop.exchange(heartbeat={"waiting": 0})
        assert self.device(desk, laptop).client == "0.1.0"

    def test_is_kept_whatever_the_envelopes_are(self, desk: Desk) -> None:
        laptop = desk.join()
        laptop.exchange(None, heartbeat={"waiting": 4})
        assert self.device(desk, laptop).waiting == 4
        laptop.exchange(laptop.envelope(kind="payment"), heartbeat={"waiting": 5})
        assert self.device(desk, laptop).waiting == 5

    def test_any_number_and_moment_of_the_wire_can_be_kept_and_shown(self, desk: Desk) -> None:
        laptop, visitor = desk.join(), user(desk, Role.ADMINISTRATOR)
        for moment in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", None):
            most = dict.fromkeys(("waiting", "drafts", "set_aside", "last_seq"), 2**53 - 1)
            beat = {**most, "oldest_waiting_at": moment, "client": "😀" * 80}
            laptop.exchange(heartbeat=beat, sent_at=moment or "0001-01-01T00:00:00Z")
            for path in ("/leaderboard", "/laptops", f"/laptops/{laptop.device_id}"):
                visitor.see(path)


class TestLastSeq:
    """The greatest device_seq that the office knows of this device."""

    def test_is_that_of_the_records(self, desk: Desk) -> None:
        laptop = desk.join()
        beat = {"waiting": 0}
        sent = [laptop.envelope(device_seq=number) for number in (7, 41, 9)]
        assert laptop.exchange(*sent, heartbeat=beat)["last_seq"] == 41
        assert laptop.exchange(heartbeat=beat)["last_seq"] == 41

    def test_is_that_which_the_laptop_once_reported(self, desk: Desk) -> None:
        laptop = desk.join()
        assert laptop.exchange(heartbeat={"waiting": 2, "last_seq": 50})["last_seq"] == 50
        assert laptop.exchange(heartbeat={"waiting": 0, "last_seq": 40})["last_seq"] == 50

    def test_is_nothing_at_first(self, desk: Desk) -> None:
        laptop = desk.join()
        assert laptop.exchange(heartbeat={"waiting": 0})["last_seq"] == 0

    def test_is_not_moved_by_another_agent(self, desk: Desk) -> None:
        laptop, rival = desk.join(), desk.join()
        rival.exchange(envelope(device_id=laptop.device_id, device_seq=2**53 - 1))
        assert laptop.exchange()["last_seq"] == 0

    def test_is_not_moved_by_what_is_no_number(self, desk: Desk) -> None:
        laptop = desk.join()
        sent = [laptop.envelope(device_seq=odd) for odd in (0, -1, "9", None, True)]
        assert laptop.exchange(*sent, heartbeat={"waiting": 0})["last_seq"] == 0


@contextmanager
def unable_to_write(desk: Desk) -> Iterator[None]:
    """Let every write to a day fail as a full or lost database does."""
    store = desk.office.store

    def fail(_tx: sa.Connection, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("INSERT INTO performance"):
            raise sa.exc.OperationalError(statement, (), Exception("disk full"))

    sa.event.listen(store.engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        sa.event.remove(store.engine, "before_cursor_execute", fail)


class TestAllOrNothing:
    def test_an_office_that_cannot_write_asks_to_come_again(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope()
        with unable_to_write(desk):
            answer = laptop.post(EXCHANGE, json=laptop.request([capture]))
        assert (answer.status_code, answer.json["code"]) == (503, "busy")
        assert answer.headers["Retry-After"] == "60"
        assert (recorded(desk), aside(desk)) == (0, [])
        assert verdicts(laptop.exchange(capture)) == [("accepted", "new")]
        assert faults(desk) == []

    def test_real_exhaustion_is_told_alike(self, desk: Desk) -> None:
        laptop = desk.join()
        capture = laptop.envelope(content(pad="x" * 60_000))
        with exhausted(desk):
            answer = laptop.post(EXCHANGE, json=laptop.request([capture]))
        assert (answer.status_code, answer.json["code"]) == (503, "busy")
        assert verdicts(laptop.exchange(capture)) == [("accepted", "new")]
        with desk.office.store.read() as tx:
            assert len(tx.execute(sa.select(performance)).all()) == 1


@contextmanager
def exhausted(desk: Desk) -> Iterator[None]:
    """Give SQLite no page more, and PostgreSQL nothing that it may write to."""
    setting = "default_transaction_read_only"
    begin = f"ALTER DATABASE postgres SET {setting} = on"
    end = f"ALTER DATABASE postgres RESET {setting}"
    if desk.office.store.is_sqlite:
        begin, end = "PRAGMA max_page_count=1", "PRAGMA max_page_count=1073741823"
    everywhere(desk, begin)
    try:
        yield
    finally:
        everywhere(desk, end)


def everywhere(desk: Desk, statement: str) -> None:
    """Run a statement that holds for every transaction from now on."""
    store = desk.office.store
    with store.engine.connect() as connection:
        if not store.is_sqlite:
            connection.exec_driver_sql("SET TRANSACTION READ WRITE")
        connection.exec_driver_sql(statement)
        connection.commit()
    if not store.is_sqlite:
        store.close()  # only new connections hear of it
