"""An agent's page: who may see it, what it says, and what it never shows."""

import re
from datetime import date
from typing import Any

import pytest

from server import administer, agents
from server.rules.roles import Role
from server.rules.signs import MINIMUM
from tests.builders import content
from tests.offices import Desk, Laptop
from tests.server.supervisor import STRANGER, WORKER, sent
from tests.server.web.visitor import Visitor, text_of, user

EVIL = '<script>alert(1)</script> & "Naba\'"'


def page_of(laptop: Laptop, span: str = "") -> str:
    return f"/agents/{laptop.joined['agent']['agent_id']}" + (f"?span={span}" if span else "")


def many(laptop: Laptop, number: int, **evidence: Any) -> None:
    laptop.exchange(*(laptop.envelope(content(), **evidence) for _ in range(number)))


def test_it_tells_what_an_agent_did(admin: Visitor, one: Laptop, two: Laptop) -> None:
    sent(one, WORKER)
    sent(one, WORKER)
    sent(one, content(51, sex="X"))
    sent(two, STRANGER)
    read = admin.read(page_of(one))
    assert "Agen 1 A1 · Makassar · Laporan terakhir: 20 Nov 2026 10.00 WITA" in read
    assert "23 Agustus 2026 sampai 20 November 2026." in read
    assert "Sampai di kantor − 1 ditolak 3 100%" in read
    assert "Sah − 1 ganda 2 67%" in read
    assert "Ganda sudah didaftarkan lebih dulu 1 33%" in read
    assert "1× Jenis kelamin bukan salah satu pilihan yang ada." in read
    assert "Pannampu Tallo 1 100%" in read
    assert "1 terbuka, 0 sudah diputuskan, dari semua waktu." in read
    assert "20 Nov 2026 1 1 0 1" in read


def test_days_are_drawn_and_told(admin: Visitor, one: Laptop) -> None:
    many(one, 3)
    page = admin.see(page_of(one))
    assert page.count('class="cell"') == 90
    assert "<title>20 Nov 2026: 3 diterima</title>" in page


@pytest.mark.parametrize(
    ("span", "days"), [("days", 90), ("month", 20), ("year", 365), ("<b>", 90), ("", 90)]
)
def test_a_span_is_chosen_by_its_address(admin: Visitor, one: Laptop, span: str, days: int) -> None:
    page = admin.see(page_of(one, span))
    assert page.count('class="cell"') == days
    assert len(re.findall(r'<a href="\?span=[a-z]+" aria-current="page">', page)) == 1


def test_an_agent_without_data_has_a_page_that_says_so(admin: Visitor, one: Laptop) -> None:
    read = admin.read(page_of(one))
    for told in (
        "Belum ada data dalam rentang ini.",
        "Tidak ada yang menonjol.",
        "Tidak ada kasus tentang data agen ini.",
        "Tidak ada perbaikan dalam rentang ini.",
        "data kurang 0 –",
    ):
        assert told in read


def test_what_stands_out_is_a_question_with_its_sample(admin: Visitor, one: Laptop) -> None:
    many(one, 41, elapsed_s=10)
    many(one, 19)
    read = admin.read(page_of(one))
    assert "41 dari 60 isian selesai dalam kurang dari 30 detik." in read
    assert "Tanyakan bagaimana formulir diisi" in read
    assert "Pertanyaan, bukan putusan" in read


def test_of_too_few_nothing_is_said(admin: Visitor, one: Laptop) -> None:
    many(one, MINIMUM - 1, elapsed_s=10)
    read = admin.read(page_of(one))
    assert "Tidak ada yang menonjol." in read
    assert f"Formulir diisi sangat cepat data kurang {MINIMUM - 1} –" in read


def shared_phone(laptop: Laptop) -> list[dict[str, Any]]:
    workers = [content(phone="+628119990012") for _ in range(MINIMUM)]
    laptop.exchange(*map(laptop.envelope, workers))
    return workers


@pytest.mark.parametrize("role", Role)
def test_no_role_sees_a_worker_a_nik_or_a_phone(desk: Desk, one: Laptop, role: Role) -> None:
    workers = shared_phone(one)
    sent(desk.join(), {**STRANGER, "nik": workers[0]["nik"]})
    page = user(desk, role).see(page_of(one))
    for worker in workers:
        for name in ("nik", "full_name", "mother_name"):
            assert worker[name] not in page
    assert "8119990012" not in page
    assert f"{MINIMUM} dari {MINIMUM} pekerja punya nomor HP" in text_of(page)


def test_a_viewer_sees_figures_and_leads_nowhere(viewer: Visitor, one: Laptop, two: Laptop) -> None:
    shared_phone(one)
    sent(one, WORKER)
    sent(two, STRANGER)
    page = viewer.see(page_of(one))
    assert 'href="/cases/' not in page
    assert 'href="/laptops/' not in page
    assert "Nomor berakhir" not in page


def test_who_answers_for_the_office_goes_on_from_there(
    chief: Visitor, one: Laptop, two: Laptop
) -> None:
    shared_phone(one)
    sent(one, WORKER)
    sent(two, STRANGER)
    page = chief.see(page_of(one))
    assert 'href="/cases/' in page
    assert f'href="/laptops/{one.device_id}"' in page
    assert f"Nomor berakhir 012: {MINIMUM} pekerja." in text_of(page)
    assert "Yang dihitung: data yang dicatat untuk kantor Anda." in text_of(page)


def test_another_office_s_agent_and_none_are_not_there(desk: Desk, one: Laptop) -> None:
    administer.add_office(desk.office, "Tallo")
    stranger = user(desk, Role.SUPERVISOR, "Tallo")
    assert stranger.get(page_of(one)).status_code == 404
    for agent_id in ("0", "%00", "%F0%9F%98%80", "<script>"):
        assert stranger.get(f"/agents/{agent_id}").status_code == 404


def test_who_gets_an_agent_sees_what_counts_for_the_own_office(desk: Desk, one: Laptop) -> None:
    sent(one, WORKER)
    tallo = administer.add_office(desk.office, "Tallo")
    agent_id = one.joined["agent"]["agent_id"]
    agents.move_agent(desk.office, agent_id, tallo, date(2026, 11, 21), by="uji")
    agents.end_agent(desk.office, agent_id, date(2026, 12, 24), by="uji")
    desk.now.forward(days=1)
    read = user(desk, Role.SUPERVISOR, "Tallo").read(page_of(one))
    assert "A1 · Tallo · Laporan terakhir" in read
    assert "Berhenti sejak 24 Desember 2026" in read
    assert "Belum ada data dalam rentang ini." in read
    assert "Sampai di kantor − " not in read
    read = user(desk, Role.ADMINISTRATOR).read(page_of(one))
    assert "Sampai di kantor 1 100%" in read
    assert user(desk, Role.SUPERVISOR).get(page_of(one)).status_code == 404


def test_names_are_harmless(desk: Desk, admin: Visitor) -> None:
    administer.add_agent(desk.office, EVIL, desk.office_name, "E1")
    laptop = desk.join("E1", name=EVIL)
    laptop.exchange(laptop.envelope(content(51, sex=EVIL)))
    page = admin.see(page_of(laptop))
    assert "<script>alert" not in page
    assert EVIL in text_of(page)
    assert "style=" not in page


def test_it_speaks_english(admin: Visitor, one: Laptop) -> None:
    many(one, MINIMUM, elapsed_s=10)
    sent(one, content(51, sex="X"))
    admin.send("/language", {"lang": "en"})
    read = admin.read(page_of(one))
    assert "From captured to accepted" in read
    assert f"{MINIMUM} of {MINIMUM + 1} forms were finished in less than 30 seconds." in read
    for word in ("Diterima", "Tanyakan", "Kasus", "Perbaikan"):
        assert word not in read
