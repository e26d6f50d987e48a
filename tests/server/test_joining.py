"""How a laptop becomes an agent's: a code once, a token from then on."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
import uuid6

from server.joining import ALPHABET, CODE_LENGTH, code_hash, hash_of, new_code
from server.store import devices
from server.store.tables import devices as laptops
from server.store.tables import join_codes
from tests.offices import Desk, Laptop

DEVICES = "/api/v1/devices"


def device_id() -> str:
    """Return a new device's id."""
    return str(uuid6.uuid7())


def ask(desk: Desk, code: str, device: str, address: str = "10.0.0.1", **more: Any) -> Any:
    """Ask to join from an address, and return the answer."""
    body = {"code": code, "device_id": device, "name": "L", "platform": "P", "client": "0.1.0"}
    environ = {"REMOTE_ADDR": address}
    return desk.client().post(DEVICES, json={**body, **more}, environ_base=environ)


def refusal(answer: Any) -> tuple[int, str]:
    """Return status and code of a refusal."""
    return answer.status_code, answer.json["code"]


def use(desk: Desk, token: str) -> int:
    """Use a token, and return the status."""
    headers = {"Authorization": f"Bearer {token}"}
    return desk.client().get("/api/v1/reference/targets", headers=headers).status_code


class TestAnswer:
    def test_has_these_members(self, desk: Desk) -> None:
        agent, own = desk.agent(), device_id()
        answer = ask(desk, desk.code(agent), own)
        body = answer.json
        assert answer.status_code == 201
        assert set(body) == {
            *("protocol", "time", "device_id", "agent", "token", "receipt_key", "office_key")
        }
        assert (body["protocol"], body["time"]) == (1, "2026-11-20T02:00:00.000Z")
        assert body["device_id"] == own
        assert set(body["agent"]) == {"agent_id", "name", "office"}
        assert body["agent"]["office"]["timezone"] == "Asia/Makassar"
        assert (body["agent"]["name"], body["agent"]["office"]["name"]) == ("Agen 1", "Makassar")

    def test_the_token_opens_the_calls(self, desk: Desk) -> None:
        body = ask(desk, desk.code(desk.agent()), device_id()).json
        assert use(desk, body["token"]) == 200

    def test_tokens_and_codes_are_kept_by_their_hashes(self, desk: Desk) -> None:
        code = desk.code(desk.agent())
        token = ask(desk, code, device_id()).json["token"]
        with desk.office.store.read() as tx:
            kept = repr([*tx.execute(sa.select(laptops)), *tx.execute(sa.select(join_codes))])
        assert token not in kept
        assert code.replace("-", "") not in kept
        assert hash_of(token) in kept


class TestCode:
    def test_has_forty_bits_and_nothing_to_misread(self) -> None:
        assert len(ALPHABET) ** CODE_LENGTH == 2**40
        assert not set("ILOU") & set(ALPHABET)
        code = new_code()
        assert len(code) == 9
        assert code[4] == "-"

    @pytest.mark.parametrize(
        "typed",
        ["K7QM-2F0X", "k7qm2f0x", " K7 QM 2F 0X ", "K7QM–2FOX", "K7QM_2FoX"],
    )
    def test_is_forgiving(self, typed: str) -> None:
        assert code_hash(typed) == code_hash("K7QM2F0X")

    @pytest.mark.parametrize("typed", ["", "K7QM-2F0Y", "K7QM-2F0", "\x00", "😀"])
    def test_is_not_too_forgiving(self, typed: str) -> None:
        assert code_hash(typed) != code_hash("K7QM2F0X")

    def test_is_for_one_laptop(self, desk: Desk) -> None:
        code = desk.code(desk.agent())
        assert ask(desk, code, device_id()).status_code == 201
        assert refusal(ask(desk, code, device_id())) == (403, "code_used")

    def test_expires(self, desk: Desk) -> None:
        agent = desk.agent()
        early, late = desk.code(agent), desk.code(agent)
        desk.now.forward(days=7, seconds=-1)
        assert ask(desk, early, device_id()).status_code == 201
        desk.now.forward(seconds=1)
        assert refusal(ask(desk, late, device_id())) == (403, "code_expired")

    def test_nobody_gave_is_unknown(self, desk: Desk) -> None:
        assert refusal(ask(desk, "K7QM-2F9X", device_id())) == (403, "code_unknown")


class TestAskingAgain:
    """The first answer may have been lost: until a token was used, the code may be sent again."""

    def test_gives_a_new_token_and_voids_the_old_one(self, desk: Desk) -> None:
        code, own = desk.code(desk.agent()), device_id()
        first, second = (ask(desk, code, own).json["token"] for _ in range(2))
        assert (use(desk, first), use(desk, second)) == (401, 200)

    @pytest.mark.parametrize(
        "first_use",
        [
            lambda laptop: laptop.exchange(),
            lambda laptop: laptop.get("/api/v1/reference/tariff"),
            lambda laptop: laptop.post("/api/v1/exchange", data=b"no JSON"),
            lambda laptop: laptop.post("/api/v1/reconcile", json={"protocol": 1, "records": []}),
        ],
    )
    def test_ends_with_the_first_use_of_a_token(
        self, desk: Desk, first_use: Callable[[Laptop], Any]
    ) -> None:
        code, own = desk.code(desk.agent()), device_id()
        body = ask(desk, code, own).json
        first_use(Laptop(desk.client(), own, body["token"], body, desk.now))
        assert refusal(ask(desk, code, own)) == (403, "code_used")
        assert use(desk, body["token"]) == 200

    def test_is_no_way_back_for_a_revoked_laptop(self, desk: Desk) -> None:
        code, own = desk.code(desk.agent()), device_id()
        token = ask(desk, code, own).json["token"]
        with desk.office.store.write() as tx:
            devices.revoke(tx, own, desk.now())
        assert refusal(ask(desk, code, own)) == (403, "code_used")
        assert use(desk, token) == 403

    def test_a_code_of_before_is_no_way_in_either(self, desk: Desk) -> None:
        agent, own = desk.agent(), device_id()
        old, new = desk.code(agent), desk.code(agent)
        assert use(desk, ask(desk, old, own).json["token"]) == 200
        token = ask(desk, new, own).json["token"]
        assert refusal(ask(desk, old, own))[0] == 403
        assert use(desk, token) == 200


class TestKnownDevice:
    def test_of_the_same_agent_is_the_same_device(self, desk: Desk) -> None:
        agent = desk.agent()
        laptop = desk.join(agent)
        laptop.exchange(laptop.envelope(device_seq=9))
        again = desk.join(agent, device_id=laptop.device_id)
        assert again.exchange()["last_seq"] == 9
        assert use(desk, laptop.token) == 401

    def test_of_another_agent_is_409(self, desk: Desk) -> None:
        laptop = desk.join()
        answer = ask(desk, desk.code(desk.agent()), laptop.device_id)
        assert refusal(answer) == (409, "device_of_another")
        assert use(desk, laptop.token) == 200

    def test_that_was_revoked_may_join_by_a_new_code(self, desk: Desk) -> None:
        agent = desk.agent()
        laptop = desk.join(agent)
        with desk.office.store.write() as tx:
            devices.revoke(tx, laptop.device_id, desk.now())
        assert desk.join(agent, device_id=laptop.device_id).exchange()["acks"] == []


class TestTooManyTries:
    def fail(self, desk: Desk, times: int, address: str = "10.0.0.1") -> list[int]:
        """Try wrong codes, and return the statuses."""
        return [ask(desk, "0000-0000", device_id(), address).status_code for _ in range(times)]

    def test_five_failures_in_a_minute_are_enough(self, desk: Desk) -> None:
        assert self.fail(desk, 6) == [403] * 5 + [429]
        answer = ask(desk, desk.code(desk.agent()), device_id())
        assert refusal(answer) == (429, "too_many_tries")
        assert answer.headers["Retry-After"] == "60"

    def test_a_minute_later_all_is_well(self, desk: Desk) -> None:
        self.fail(desk, 6)
        desk.now.forward(seconds=59)
        assert self.fail(desk, 1) == [429]
        desk.now.forward(seconds=1)
        assert ask(desk, desk.code(desk.agent()), device_id()).status_code == 201

    def test_other_addresses_are_not_concerned(self, desk: Desk) -> None:
        self.fail(desk, 6)
        assert self.fail(desk, 1, "10.0.0.2") == [403]

    def test_successes_are_not_limited(self, desk: Desk) -> None:
        agent = desk.agent()
        codes = [desk.code(agent) for _ in range(8)]
        assert [ask(desk, code, device_id()).status_code for code in codes] == [201] * 8

    def test_every_refusal_of_a_code_counts(self, desk: Desk) -> None:
        agent, laptop = desk.agent(), desk.join()
        used, expired, others = desk.code(agent), desk.code(agent), desk.code(agent)
        ask(desk, used, device_id())
        desk.now.forward(days=8)
        others = desk.code(agent)
        tries = [(used, device_id()), (expired, device_id()), (others, laptop.device_id)]
        assert [ask(desk, *one).status_code for one in tries] == [403, 403, 409]
        assert self.fail(desk, 3) == [403, 403, 429]

    def test_what_is_no_request_to_join_does_not_count(self, desk: Desk) -> None:
        for _ in range(6):
            assert ask(desk, "x", "no id").status_code == 422
        assert self.fail(desk, 1) == [403]


def test_of_many_laptops_with_one_code_one_joins(desk: Desk) -> None:
    code = desk.code(desk.agent())
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda own: ask(desk, code, own), [device_id() for _ in range(6)]))
    assert sorted(answer.status_code for answer in answers) == [201] + [403] * 5
