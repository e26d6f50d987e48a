"""A laptop is asked to stop, heard out, and safe only when the office finds it so."""

from typing import Any

import pytest
import sqlalchemy as sa

from server import audit, retiring
from server.problems import Refused
from server.retiring import Standing
from server.store import audit as trail
from server.store import devices
from server.store.tables import meta
from tests.offices import Desk, Laptop


@pytest.fixture
def laptop(desk: Desk) -> Laptop:
    """A laptop that sent two captures and was asked to stop."""
    joined = desk.join()
    joined.pairs = []  # type: ignore[attr-defined]
    for one in (joined.envelope(), joined.envelope()):
        joined.exchange(one)
        joined.pairs.append([one["record_id"], one["digest"]])  # type: ignore[attr-defined]
    retiring.retire(desk.office, joined.device_id, by="admin")
    return joined


def heartbeat(laptop: Laptop, order: str | None = None, **members: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"waiting": 0, "drafts": 0, "last_seq": laptop.sent}
    said = {
        "order": order,
        "drafts": 0,
        "pairs": 2,
        "damaged": 0,
        "known_at": "2026-11-20T02:00:00Z",
    }
    stopped = {name: members.pop(name, value) for name, value in said.items()}
    return body | members | ({"stopped": stopped} if order is not None else {})


def told(laptop: Laptop, order: str | None = None, *sent: Any, **members: Any) -> Any:
    """Exchange, and return what the answer says of stopping."""
    return laptop.exchange(*sent, heartbeat=heartbeat(laptop, order, **members)).get("retire")


def compare(laptop: Laptop, order: str, pairs: list[list[str]], after: str | None = None) -> Any:
    stopped = {"order": order} | ({"after": after} if after else {})
    body = {"protocol": 1, "records": pairs, "stopped": stopped}
    answer = laptop.post("/api/v1/reconcile", json=body)
    assert answer.status_code == 200, answer.json
    return answer.json


def pairs_of(laptop: Laptop) -> list[list[str]]:
    return sorted(laptop.pairs)  # type: ignore[attr-defined]


def standing(desk: Desk, laptop: Laptop) -> Standing:
    with desk.office.store.read() as tx:
        return retiring.standing(tx, devices.by_id(tx, laptop.device_id))


def safe(desk: Desk, laptop: Laptop) -> str:
    """Let a laptop become safe; return its order."""
    order: str = told(laptop)["order"]
    compare(laptop, order, pairs_of(laptop))
    assert "safe_at" in told(laptop, order)
    return order


def test_it_is_told_and_heard_and_safe(desk: Desk, laptop: Laptop) -> None:
    assert standing(desk, laptop) is Standing.ASKED
    first = told(laptop)
    assert (first["missing"], first["asked_at"]) == (0, "2026-11-20T02:00:00.000Z")
    assert standing(desk, laptop) is Standing.ASKED
    assert "safe_at" not in told(laptop, first["order"])
    assert standing(desk, laptop) is Standing.STOPPED
    compare(laptop, first["order"], pairs_of(laptop))
    desk.now.forward(minutes=5)
    done = told(laptop, first["order"])
    assert done == first | {"safe_at": "2026-11-20T02:05:00.000Z"}
    assert standing(desk, laptop) is Standing.SAFE
    desk.now.forward(minutes=5)
    assert told(laptop, first["order"]) == done


def test_a_laptop_in_service_is_told_nothing(desk: Desk) -> None:
    joined = desk.join()
    assert "retire" not in joined.exchange(heartbeat=heartbeat(joined, "any.1"))
    compare(joined, "any.1", [])
    assert standing(desk, joined) is Standing.WORKING


def test_asking_again_changes_nothing(desk: Desk, laptop: Laptop) -> None:
    order = safe(desk, laptop)
    retiring.retire(desk.office, laptop.device_id, by="another")
    assert standing(desk, laptop) is Standing.SAFE
    assert told(laptop, order)["order"] == order


def test_it_is_taken_back(desk: Desk, laptop: Laptop) -> None:
    order = safe(desk, laptop)
    for _ in range(2):
        retiring.keep(desk.office, laptop.device_id, by="admin")
        assert standing(desk, laptop) is Standing.WORKING
    assert told(laptop, order) is None
    retiring.retire(desk.office, laptop.device_id, by="admin")
    assert standing(desk, laptop) is Standing.ASKED
    assert told(laptop, order)["order"] != order


@pytest.mark.parametrize(
    "left", [{"waiting": 1}, {"drafts": 1}, {"damaged": 1}, {"pairs": 3}], ids=str
)
def test_what_is_left_takes_it_back(desk: Desk, laptop: Laptop, left: dict[str, int]) -> None:
    order = safe(desk, laptop)
    assert "safe_at" not in told(laptop, order, **left)
    assert standing(desk, laptop) is Standing.STOPPED
    assert "safe_at" in told(laptop, order)


def test_what_comes_with_it_is_no_claim(desk: Desk, laptop: Laptop) -> None:
    order = safe(desk, laptop)
    assert "safe_at" not in told(laptop, order, laptop.envelope())


def test_an_exchange_that_names_no_order_voids_it(desk: Desk, laptop: Laptop) -> None:
    order = safe(desk, laptop)
    other = told(laptop)["order"]
    assert other != order
    assert standing(desk, laptop) is Standing.ASKED
    again = told(laptop, order)["order"]
    assert again not in (order, other)
    compare(laptop, again, pairs_of(laptop))
    assert "safe_at" in told(laptop, again)


def test_a_missing_number_keeps_it_from_being_safe(desk: Desk, laptop: Laptop) -> None:
    laptop.sent += 2
    order = told(laptop)["order"]
    compare(laptop, order, pairs_of(laptop))
    said = told(laptop, order)
    assert (said["missing"], "safe_at" in said) == (2, False)


def test_another_agent_s_record_hides_no_missing_number(desk: Desk, laptop: Laptop) -> None:
    laptop.sent += 1
    lent = {"device_id": laptop.device_id, "device_seq": laptop.sent}
    other = desk.join()
    assert other.send(other.envelope(**lent)) == [("accepted", "new")]
    order = told(laptop)["order"]
    compare(laptop, order, pairs_of(laptop))
    assert told(laptop, order)["missing"] == 1


class TestComparing:
    def test_goes_page_by_page(self, desk: Desk, laptop: Laptop) -> None:
        one, two = pairs_of(laptop)
        order = told(laptop)["order"]
        compare(laptop, order, [one])
        assert "safe_at" not in told(laptop, order)
        compare(laptop, order, [two], after=one[0])
        assert "safe_at" in told(laptop, order)

    def test_a_page_that_comes_twice_or_late_voids_it(self, desk: Desk, laptop: Laptop) -> None:
        one, two = pairs_of(laptop)
        order = told(laptop)["order"]
        compare(laptop, order, [one])
        for _ in range(2):
            compare(laptop, order, [two], after=one[0])
        assert "safe_at" not in told(laptop, order)
        compare(laptop, order, [two], after=one[0])
        assert "safe_at" not in told(laptop, order)
        compare(laptop, order, [one, two])
        assert "safe_at" in told(laptop, order)

    @pytest.mark.parametrize("after", [None, "first"])
    def test_an_unknown_pair_voids_it(self, laptop: Laptop, after: str | None) -> None:
        one, two = pairs_of(laptop)
        order = told(laptop)["order"]
        compare(laptop, order, [one, two])
        stranger = [two[0], "0" * 64]
        first = one[0] if after else None
        assert compare(laptop, order, [stranger], after=first)["unknown"] == [two[0]]
        compare(laptop, order, [two], after=one[0])
        assert "safe_at" not in told(laptop, order)

    def test_pairs_count_once(self, laptop: Laptop) -> None:
        one, two = pairs_of(laptop)
        order = told(laptop)["order"]
        for pairs in ([two, one], [one, one]):
            compare(laptop, order, pairs)
            assert "safe_at" not in told(laptop, order)

    def test_counts_on_the_present_order_alone(self, desk: Desk, laptop: Laptop) -> None:
        former = told(laptop)["order"]
        order = told(laptop)["order"]
        compare(laptop, former, pairs_of(laptop))
        assert "safe_at" not in told(laptop, order)

    def test_of_nothing_is_one_empty_page(self, desk: Desk) -> None:
        empty = desk.join()
        retiring.retire(desk.office, empty.device_id, by="admin")
        order = told(empty)["order"]
        assert "safe_at" not in told(empty, order, pairs=0)
        compare(empty, order, [])
        assert "safe_at" in told(empty, order, pairs=0)


def test_a_restored_office_asks_anew(desk: Desk, laptop: Laptop) -> None:
    order = safe(desk, laptop)
    with desk.office.store.write() as tx:
        tx.execute(sa.update(meta).where(meta.c.name == "epoch").values(value="restored"))
    assert standing(desk, laptop) is Standing.ASKED
    said = told(laptop, order)
    assert said["order"].startswith("restored.")
    assert "safe_at" not in said


def test_who_is_unknown_or_revoked_is_not_asked(desk: Desk, laptop: Laptop) -> None:
    for act in (retiring.retire, retiring.keep):
        with pytest.raises(Refused, match="device_unknown"):
            act(desk.office, "nobody", by="admin")
    with desk.office.store.write() as tx:
        devices.revoke(tx, laptop.device_id, desk.now())
    assert standing(desk, laptop) is Standing.REVOKED
    for act in (retiring.retire, retiring.keep):
        with pytest.raises(Refused, match="device_gone"):
            act(desk.office, laptop.device_id, by="admin")


def test_joining_again_is_being_in_service(desk: Desk, laptop: Laptop) -> None:
    order = safe(desk, laptop)
    again = desk.join("A1", device_id=laptop.device_id)
    assert standing(desk, again) is Standing.WORKING
    again.sent = laptop.sent
    assert told(again, order) is None


@pytest.mark.parametrize(
    "stopped", [{}, "no", {"order": "", "drafts": 0, "pairs": 0, "damaged": 0}, {"order": "e.1"}]
)
def test_what_has_another_shape_is_refused(laptop: Laptop, stopped: Any) -> None:
    beat = heartbeat(laptop) | {"stopped": stopped}
    answer = laptop.post("/api/v1/exchange", json=laptop.request(heartbeat=beat))
    assert (answer.status_code, answer.json["code"]) == (422, "shape")


def test_who_asked_and_took_it_back_stands_in_the_trail(desk: Desk, laptop: Laptop) -> None:
    for _ in range(2):
        retiring.keep(desk.office, laptop.device_id, by="baso")
    with desk.office.store.read() as tx:
        lines = [
            (one.by, one.action, one.about_id)
            for one in trail.lines(tx)
            if one.about_id == laptop.device_id
        ]
        assert list(audit.broken(tx, desk.office.keys)) == []
    assert lines == [
        ("admin", "retired", laptop.device_id),
        ("baso", "changed", laptop.device_id),
    ]
