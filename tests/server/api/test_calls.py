"""The calls other than the exchange itself: ping, reconcile, reference."""

import gzip
import json
from typing import Any

import pytest
import sqlalchemy as sa

from schemas.seeds import NAMES
from server.known import build_known_niks
from server.store import offices
from server.store import references as lists
from server.store.list_tables import reference_lists
from sync.known_niks import KnownNiks
from tests.builders import content, envelope
from tests.offices import Desk, Laptop
from tests.server.looks import withdraw

PING, RECONCILE, REFERENCE = "/api/v1/ping", "/api/v1/reconcile", "/api/v1/reference/"


class TestPing:
    def test_tells_what_a_laptop_must_know_in_under_300_bytes(self, desk: Desk) -> None:
        answer = desk.client().get(PING)
        body: Any = answer.json
        assert set(body) == {"protocol", "time", "epoch", "min_client", "encodings", "schemas"}
        assert (body["protocol"], body["time"]) == (1, "2026-11-20T02:00:00.000Z")
        assert (body["encodings"], body["schemas"]) == (["identity", "gzip"], [1])
        assert len(answer.data) < 300

    def test_has_the_epoch_of_the_exchange(self, desk: Desk) -> None:
        with desk.office.store.read() as tx:
            epoch = offices.fact(tx, "epoch")
        pinged: Any = desk.client().get(PING).json
        assert pinged["epoch"] == epoch == desk.join().exchange()["epoch"]


def reconcile(laptop: Laptop, *pairs: Any) -> Any:
    """Ask which of these envelopes are recorded."""
    records = [[one["record_id"], one["digest"]] for one in pairs]
    return laptop.post(RECONCILE, json={"protocol": 1, "records": records}).json


class TestReconcile:
    def test_tells_how_what_is_recorded_stands(self, desk: Desk) -> None:
        laptop = desk.join()
        held, broken, waiting = (
            laptop.envelope(),
            laptop.envelope(content(sex="X")),
            laptop.envelope(kind="payment"),
        )
        acks = laptop.exchange(held, broken, waiting)["acks"]
        never = envelope()
        answer = reconcile(laptop, never, broken, waiting, held)
        assert set(answer) == {"protocol", "time", "acks", "unknown"}
        assert answer["acks"] == [acks[1], acks[0]]
        assert answer["unknown"] == [never["record_id"], waiting["record_id"]]

    def test_another_digest_or_another_agent_s_record_is_unknown(self, desk: Desk) -> None:
        one, other = desk.join(), desk.join()
        held = one.envelope()
        one.exchange(held)
        assert reconcile(other, held)["unknown"] == [held["record_id"]]
        assert reconcile(one, {**held, "digest": "0" * 64})["unknown"] == [held["record_id"]]

    def test_the_same_agent_s_other_laptop_may_ask(self, desk: Desk) -> None:
        agent = desk.agent()
        one, other = desk.join(agent), desk.join(agent)
        held = one.envelope()
        one.exchange(held)
        assert [ack["verdict"] for ack in reconcile(other, held)["acks"]] == ["accepted"]

    def test_each_pair_is_answered_once(self, desk: Desk) -> None:
        laptop = desk.join()
        held, never = laptop.envelope(), envelope()
        laptop.exchange(held)
        answer = reconcile(laptop, held, never, held, never)
        assert (len(answer["acks"]), len(answer["unknown"])) == (1, 1)

    def test_a_thousand_and_no_more(self, desk: Desk) -> None:
        laptop = desk.join()
        some = [envelope(content(1)) for _ in range(3)]
        laptop.exchange(*some)
        pairs = [[one["record_id"], one["digest"]] for one in some]
        ids = [f"019a9c00-0000-7000-8000-{number:012x}" for number in range(997)]
        pairs += [[one, "0" * 64] for one in ids]
        packed = gzip.compress(json.dumps({"protocol": 1, "records": pairs}).encode())
        assert laptop.post(RECONCILE, data=packed).status_code == 400  # known by its header alone
        answer = laptop.post(RECONCILE, data=packed, headers={"Content-Encoding": "gzip"})
        assert (answer.status_code, len(answer.json["acks"])) == (200, 3)
        more = {"protocol": 1, "records": [*pairs, pairs[0]]}
        assert laptop.post(RECONCILE, json=more).status_code == 422

    def test_nothing_is_an_answer_too(self, desk: Desk) -> None:
        answer = reconcile(desk.join())
        assert (answer["acks"], answer["unknown"]) == ([], [])


class TestReference:
    @pytest.fixture
    def laptop(self, desk: Desk) -> Laptop:
        return desk.join()

    def test_every_list_has_its_version_as_etag(self, laptop: Laptop) -> None:
        for name in (*NAMES, "targets", "keys"):
            answer = laptop.get(REFERENCE + name)
            assert set(answer.json) == {"protocol", "time", "name", "version", "items"}
            assert (answer.json["name"], len(answer.json["items"]) > 0) == (name, True)
            assert answer.headers["ETag"] == f'"{answer.json["version"]}"'

    def test_unchanged_is_304_without_a_body(self, laptop: Laptop) -> None:
        version = laptop.get(REFERENCE + "tariff").headers["ETag"]
        # What packs an answer on the way may weaken its tag.
        for held in (version, f'"old", {version}', "*", f"W/{version}"):
            answer = laptop.get(REFERENCE + "tariff", headers={"If-None-Match": held})
            assert (answer.status_code, answer.data) == (304, b"")
            assert answer.headers["ETag"] == version
            assert answer.headers["Lorong-Protocol"] == "1"

    def test_changed_is_sent_whole(self, desk: Desk, laptop: Laptop) -> None:
        old = laptop.get(REFERENCE + "consent")
        with desk.office.store.write() as tx:
            lists.put(tx, "consent", "2026-12-01.10", [{"version": "x"}], desk.now())
            lists.put(tx, "consent", "2026-12-01.9", [{"version": "y"}], desk.now())
        new = laptop.get(REFERENCE + "consent", headers={"If-None-Match": old.headers["ETag"]})
        assert (new.status_code, new.json["version"]) == (200, "2026-12-01.10")
        assert laptop.exchange()["reference"]["consent"] == "2026-12-01.10"

    def test_what_is_no_list_is_404(self, laptop: Laptop) -> None:
        for name in ("nothing", "known_niks", "TARIFF", "tariff%00", "😀"):
            answer = laptop.get(REFERENCE + name)
            assert (answer.status_code, answer.json["code"]) == (404, "not_found")

    def test_the_consent_version_is_the_item_s_and_the_tariff_s_the_list_s(
        self, laptop: Laptop
    ) -> None:
        tariff, consent = (laptop.get(REFERENCE + name).json for name in ("tariff", "consent"))
        assert "version" not in tariff["items"][0]
        assert consent["items"][0]["version"]

    def test_a_tariff_that_is_in_force_is_what_is_judged_by(
        self, desk: Desk, laptop: Laptop
    ) -> None:
        worker = content(contribution=16_400)
        with desk.office.store.write() as tx:
            version = lists.versions(tx)["tariff"]
            items = lists.items(tx, "tariff", version)
            dearer = [{**item, "jkm": item["jkm"] * 2} for item in items]
            lists.put(tx, "tariff", "2026-11-21.1", dearer, desk.now())
        known = laptop.envelope({**worker, "tariff_version": version})
        unknown = laptop.envelope(content(tariff_version="2031-01-01.1", contribution=16_400))
        acks = laptop.exchange(known, unknown)["acks"]
        assert [ack.get("due") for ack in acks] == [None, 19_800]


class TestKnownNiks:
    """The whole, then only what was added; the same bytes that laptops read."""

    def fetch(self, laptop: Laptop, since: str | None = None, **headers: str) -> Any:
        """Fetch the list, or what was added since a version."""
        query = f"?since={since}" if since else ""
        return laptop.get(f"{REFERENCE}known_niks{query}", headers=headers)

    def test_the_whole_and_what_was_added_since(self, desk: Desk) -> None:
        laptop = desk.join()
        first, second, third = content(), content(), content()
        laptop.exchange(laptop.envelope(first))
        build_known_niks(desk.office)
        assert laptop.exchange()["reference"]["known_niks"] == "1.0"
        whole = self.fetch(laptop)
        assert whole.headers["Content-Type"] == "application/octet-stream"
        known = KnownNiks.from_bytes(whole.data)
        assert (known.version, known.might_hold(first["nik"])) == ("1.0", True)
        assert not known.might_hold(second["nik"])
        version = laptop.exchange(laptop.envelope(second))["reference"]["known_niks"]
        assert version == "1.1"
        one_more = self.fetch(laptop, known.version)
        known = known.with_additions(one_more.data)
        assert (known.version, one_more.headers["ETag"]) == ("1.1", '"1.1"')
        laptop.exchange(laptop.envelope(third))
        known = known.with_additions(self.fetch(laptop, known.version).data)
        assert known.version == "1.2"
        for worker in (first, second, third):
            assert known.might_hold(worker["nik"])

    def test_from_the_beginning_everything_that_was_added(self, desk: Desk) -> None:
        laptop = desk.join()
        build_known_niks(desk.office)
        workers = [content() for _ in range(4)]
        laptop.exchange(*(laptop.envelope(worker) for worker in workers))
        known = KnownNiks.from_bytes(self.fetch(laptop).data, [self.fetch(laptop, "1.0").data])
        assert known.version == "1.4"
        assert all(known.might_hold(worker["nik"]) for worker in workers)

    def test_after_a_build_only_the_whole_will_do(self, desk: Desk) -> None:
        laptop = desk.join()
        build_known_niks(desk.office)
        laptop.exchange(laptop.envelope())
        build_known_niks(desk.office)
        assert laptop.exchange()["reference"]["known_niks"] == "2.0"
        for old in ("1.0", "1.1", "x", "2.1", "2.-1", "2", "2.9999999999999999999", "%00"):
            assert KnownNiks.from_bytes(self.fetch(laptop, old).data).version == "2.0"

    def test_unchanged_is_304(self, desk: Desk) -> None:
        laptop = desk.join()
        build_known_niks(desk.office)
        held = self.fetch(laptop).headers["ETag"]
        assert self.fetch(laptop, "1.0", **{"If-None-Match": held}).status_code == 304
        laptop.exchange(laptop.envelope())
        assert self.fetch(laptop, "1.0", **{"If-None-Match": held}).status_code == 200

    def test_the_whole_is_unchanged_while_additions_come(self, desk: Desk) -> None:
        laptop = desk.join()
        build_known_niks(desk.office)
        held = self.fetch(laptop).headers["ETag"]
        laptop.exchange(laptop.envelope())
        assert self.fetch(laptop, **{"If-None-Match": held}).status_code == 304
        build_known_niks(desk.office)
        assert self.fetch(laptop, **{"If-None-Match": held}).status_code == 200

    def test_before_the_first_build_there_is_none(self, desk: Desk) -> None:
        laptop = desk.join()
        assert "known_niks" not in laptop.exchange(laptop.envelope())["reference"]
        assert self.fetch(laptop).status_code == 404

    def test_a_refused_capture_adds_nothing(self, desk: Desk) -> None:
        laptop = desk.join()
        build_known_niks(desk.office)
        gone = content()
        withdraw(desk, gone["nik"])
        laptop.exchange(laptop.envelope(gone), laptop.envelope(content(payer="budget")))
        assert laptop.exchange()["reference"]["known_niks"] == "1.0"


def test_lists_of_before_stay_for_those_who_were_told_by_them(desk: Desk) -> None:
    with desk.office.store.write() as tx:
        lists.put(tx, "targets", "2026-12-01.1", [{"from": "2026-12", "target": 30}], desk.now())
        kept = tx.execute(
            sa.select(sa.func.count()).where(reference_lists.c.name == "targets")
        ).scalar_one()
    assert kept == 2
