"""status, list, show: what people and programs are told."""

import pytest

from sync.problems import LineProblem
from tests.agent_client.laptops import open_vault, outbox_of
from tests.agent_client.office_line import AgentLaptop
from tests.builders import content


def test_every_capture_is_listed_for_whoever_compares(laptop: AgentLaptop) -> None:
    saved = [laptop.capture(content(n)) for n in (1, 2)]
    laptop.run("sync")
    listed = laptop.json("list")["captures"]
    assert [one["record_id"] for one in listed] == [one["record_id"] for one in saved]
    assert [one["digest"] for one in listed] == [one["digest"] for one in saved]
    assert [one["device_seq"] for one in listed] == [1, 2]
    assert [(one["verdict"], one["reason"]) for one in listed] == [("accepted", "new")] * 2
    assert listed[0]["nik"] == "7371••••••••0001"


def test_a_list_by_state_and_by_search(laptop: AgentLaptop) -> None:
    laptop.capture(content(1, full_name="Sitti Aminah"))
    laptop.run("sync")
    laptop.capture(content(2, full_name="Basri"))
    names = {
        state: [one["name"] for one in laptop.json("list", "--state", state)["captures"]]
        for state in ("accepted", "waiting", "rejected")
    }
    assert names == {"accepted": ["Sitti Aminah"], "waiting": ["Basri"], "rejected": []}
    assert [one["name"] for one in laptop.json("list", "--search", "AMIN")["captures"]] == [
        "Sitti Aminah"
    ]
    assert laptop.run("list", "--search", "nobody").stdout == "Tidak ada pendaftaran.\n"


def test_a_story_in_plain_words(laptop: AgentLaptop) -> None:
    first = laptop.capture(content(1))["record_id"]
    waiting = laptop.run("show", first).stdout
    assert "tersimpan di laptop ini" in waiting
    assert "Menunggu dikirim; tidak ada yang hilang." in waiting
    laptop.run("sync")
    told = laptop.run("show", first[-6:]).stdout
    assert "diterima: Diterima kantor" in told
    assert told.count("Diterima kantor") == 1
    laptop.lang = "en"
    assert "saved on this laptop" in laptop.run("show", first[:-1]).stdout
    body = laptop.json("show", first)
    assert [step["kind"] for step in body["story"]] == ["standing"]


def test_a_rejected_one_says_what_to_mend(laptop: AgentLaptop) -> None:
    record_id = laptop.capture(content(1))["record_id"]
    opened = open_vault(laptop.home)
    outbox = outbox_of(opened)
    [(held, digest)] = outbox.held(None, 9)
    errors = [{"field": "nik", "code": "nik_date"}, {"field": "x", "code": "monsoon"}]
    ack = {"record_id": held, "digest": digest, "verdict": "rejected", "reason": "invalid"}
    outbox.settle({"acks": [{**ack, "errors": errors}]}, receipt=None, now=laptop.desk.now())
    opened.close()
    told = laptop.run("show", record_id).stdout
    assert "ditolak: Ditolak karena ada isian yang salah." in told
    assert "Tanggal lahir di dalam NIK" in told
    assert "monsoon" in told


def test_a_restricted_one_shows_nobody(laptop: AgentLaptop) -> None:
    record_id = laptop.capture(content(1, full_name="Sitti Aminah"))["record_id"]
    opened = open_vault(laptop.home)
    restrict = {"kind": "restrict", "record_id": record_id, "on": True}
    outbox_of(opened).settle(
        {"acks": [], "changes": [restrict]}, receipt=None, now=laptop.desk.now()
    )
    opened.close()
    printed = laptop.run("list").stdout + laptop.run("show", record_id).stdout
    assert "Aminah" not in printed
    assert "0001" not in printed
    assert laptop.json("list")["captures"][0]["name"] is None


@pytest.mark.parametrize(
    ("record", "code"), [("nobody", "capture_unknown"), ("", "capture_unknown"), ("0", "x")]
)
def test_a_record_that_cannot_be_told(laptop: AgentLaptop, record: str, code: str) -> None:
    for n in (1, 2):
        laptop.capture(content(n))
    told = laptop.json("show", record)["problem"]["code"]
    assert told == ("capture_ambiguous" if code == "x" else code)


def test_the_honest_line(laptop: AgentLaptop) -> None:
    assert "Belum ada yang disimpan" in laptop.run("status").stdout
    laptop.capture(content(1))
    assert "1 menunggu." in laptop.run("status").stdout
    laptop.problem = LineProblem("line_refused")
    laptop.run("sync")
    assert "1 menunggu. Kantor tidak menjawab." in laptop.run("status").stdout
    laptop.problem = None
    laptop.run("sync")
    told = laptop.run("status").stdout
    assert "Semua sudah terkirim (20-11-2026 10:00 WITA)." in told
    assert "2026-11: 1/25 diterima · peringkat 1 dari 1" in told


def test_status_counts_add_up(laptop: AgentLaptop) -> None:
    laptop.capture(content(1))
    laptop.capture({"full_name": "Basri"})
    told = laptop.json("status")
    assert (told["waiting"], told["drafts"], told["set_aside"]) == (1, 1, 0)
    assert sum(told["counts"].values()) == 1
    assert told["device"]["last_seq"] == 1
    assert told["client"]


@pytest.mark.parametrize(
    "odd",
    [
        {"months": []},
        {"months": [7]},
        {"months": [{"month": None, "rank": 3}]},
        {"months": {"a": 1}},
        {},
    ],
)
def test_performance_of_another_version_stops_nothing(
    laptop: AgentLaptop, odd: dict[str, object]
) -> None:
    opened = open_vault(laptop.home)
    outbox_of(opened).settle({"acks": [], "performance": odd}, receipt=None, now=laptop.desk.now())
    opened.close()
    assert laptop.run("status").exit_code == 0
