"""Papan peringkat: the leaderboard, safe and honest."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

from faces.assets import asset
from faces.headers import HEADERS
from server import administer, agents
from server.rules.roles import Role
from server.web.gate import QUIET
from tests.builders import content
from tests.offices import Desk
from tests.server.supervisor import EARLIER
from tests.server.web.visitor import HX, Visitor, text_of, user

QUIETLY = {QUIET: "1"}
EVIL = '<script>alert(1)</script> & "Naba\'"'


def home(desk: Desk, **query: str) -> Any:
    """Fetch the page."""
    if not hasattr(desk, "visitor"):
        desk.visitor = user(desk, Role.ADMINISTRATOR)  # type: ignore[attr-defined]
    return desk.visitor.get("/leaderboard", query_string=query)  # type: ignore[attr-defined]


def agent_at(desk: Desk, office_name: str, code: str, name: str = "Lain") -> str:
    """Add an office with an agent, and return its id."""
    office_id = administer.add_office(desk.office, office_name)
    administer.add_agent(desk.office, name, office_name, code)
    return office_id


def test_it_shows_the_leaderboard_of_this_month(desk: Desk) -> None:
    laptop = desk.join()
    worker = content()
    laptop.exchange(
        laptop.envelope(worker),
        laptop.envelope(worker),
        laptop.envelope(content(sex="X")),
        heartbeat={"waiting": 1_234},
    )
    desk.agent()
    answer = home(desk)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    read = text_of(answer.text)
    assert "Papan peringkat November 2026 per 10.00" in read
    line = "1 Agen 1 A1 · Makassar 1 4% dari 25 1.234 1 0 1 Rp 16.400 0% data kurang"
    assert line in read
    assert "20 Nov 2026 10.00 WITA" in read
    assert read.index("Agen 1") < read.index("Belum melapor") < read.index("Agen 2")
    assert "Jumlah 2 agen 1 1.234 1 0 1 Rp 16.400 0% data kurang" in read


def test_a_line_leads_to_its_agent_and_has_the_last_weeks(desk: Desk) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope(), laptop.envelope())
    page = home(desk).text
    assert f'href="/agents/{laptop.joined["agent"]["agent_id"]}">Agen 1</a>' in page
    assert "<title>Agen 1: diterima per minggu</title>" in page
    assert "<desc>8 minggu, yang terakhir minggu ini: 0, 0, 0, 0, 0, 0, 0, 2</desc>" in page


def test_a_rate_is_told_where_the_sample_is_enough(desk: Desk) -> None:
    laptop = desk.join()
    worker = content()
    laptop.exchange(laptop.envelope(worker), *(laptop.envelope() for _ in range(18)))
    assert "data kurang" in text_of(home(desk).text)
    laptop.exchange(laptop.envelope(worker))
    read = text_of(home(desk).text)
    assert "data kurang" not in read
    assert "Rp 311.600 0% 5%" in read


def test_another_month_and_one_office(desk: Desk) -> None:
    desk.agent()
    tallo = agent_at(desk, "Tallo", "B1")
    read = text_of(home(desk, span="2026-10", office=tallo).text)
    assert "Papan peringkat Oktober 2026 · Tallo" in read
    assert "Lain" in read
    assert "Agen 1" not in read


def test_the_month_is_the_office_s(desk: Desk) -> None:
    desk.now.forward(days=10, hours=14)
    read = text_of(home(desk).text)
    assert "Papan peringkat Desember 2026" in read
    assert "Bulan lalu: November 2026" in read


def test_the_days_of_capture_and_those_of_arrival_are_told_apart(desk: Desk) -> None:
    laptop = desk.join()
    envelope = laptop.envelope(**EARLIER)
    desk.now.forward(days=2)
    laptop.exchange(envelope, **EARLIER | {"uptime_s": 3_600 + 2 * 86_400})
    for day, by, accepted in (
        ("2026-11-20", "work", 1),
        ("2026-11-20", "received", 0),
        ("2026-11-22", "work", 0),
        ("2026-11-22", "received", 1),
    ):
        read = text_of(home(desk, span="days", **{"from": day, "to": day, "by": by}).text)
        assert f"Agen 1 A1 · Makassar {accepted} " in read, (day, by)
        assert ("menurut hari tiba di kantor" in read) == (by == "received")


def test_one_kecamatan_and_one_kelurahan(desk: Desk) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope(content(kelurahan="73.71.07.1001")))
    read = text_of(home(desk, kecamatan="73.71.07").text)
    assert "November 2026 · Kecamatan Tallo, Kota Makassar per 10.00" in read
    assert "Agen 1 A1" in read
    read = text_of(home(desk, kelurahan="73.71.07.1001").text)
    assert "· Kelurahan " in read
    assert "Agen 1 A1" in read
    read = text_of(home(desk, kelurahan="73.71.07.1002").text)
    assert "Agen 1 A1" not in read
    assert "Tidak ada pendaftaran dari wilayah ini" in read


def test_a_kecamatan_brings_its_kelurahan(admin: Visitor) -> None:
    assert "Pilih kecamatan dahulu" in admin.see("/leaderboard")
    field = admin.see("/leaderboard/kelurahan?kecamatan=73.71.13")
    codes = re.findall(r'value="([0-9.]+)"', field)
    assert len(codes) > 5
    assert all(code.startswith("73.71.13.") for code in codes)
    assert "Semua kelurahan" in field
    assert "<html" not in field


def test_an_office_without_agents_says_what_to_do(desk: Desk) -> None:
    assert "lorong-server add-agent" in home(desk).text


def test_one_looks_for_an_agent_and_ranks_stay(desk: Desk) -> None:
    for name, code, accepted in (
        ("Naba", "X-1", 3),
        ("Basri Naba", "X-2", 2),
        ("Rahmat", "N4BA", 1),
    ):
        administer.add_agent(desk.office, name, desk.office_name, code)
        laptop = desk.join(code)
        laptop.exchange(*(laptop.envelope() for _ in range(accepted)))
    read = text_of(home(desk, q="  basri  NABA").text)
    assert "2 Basri Naba X-2" in read
    assert "1 dari 3 agen" in read
    assert "Jumlah 3 agen 6" in read
    assert "Rahmat" not in read
    assert "3 Rahmat N4BA" in text_of(home(desk, q="n4b").text)
    read = text_of(home(desk, q="<b>").text)
    assert "Tidak ada agen yang nama atau kodenya memuat “<b>”" in read


def test_fifty_agents_are_on_a_page(desk: Desk) -> None:
    for _ in range(51):
        desk.agent()
    first, last = home(desk).text, home(desk, page="2").text
    assert (first.count('scope="row"><a'), last.count('scope="row"><a')) == (50, 1)
    assert "51 agen · halaman 1 dari 2" in text_of(first)
    assert "span=2026-11&amp;by=work&amp;page=2" in first
    for number in ("99", "999999999", "-1", "0", "x", "²"):
        assert home(desk, page=number).status_code == 200


def test_a_supervisor_and_a_viewer_see_their_offices_alone(desk: Desk, chief: Visitor) -> None:
    desk.agent()
    tallo = agent_at(desk, "Cabang Dua", "B1")
    viewer = user(desk, Role.VIEWER, "Cabang Dua")
    assert "Lain" not in chief.read("/leaderboard")
    assert "Agen 1" in chief.read("/leaderboard")
    assert "Agen 1" not in viewer.read("/leaderboard")
    assert "Lain" in viewer.read("/leaderboard")
    read = chief.read(f"/leaderboard?office={tallo}")
    assert "Kantor ini tidak ada, atau bukan kantor Anda" in read
    assert "Cabang Dua" not in read
    assert "Lain" not in read


def test_it_refreshes_itself_by_its_table_alone(desk: Desk) -> None:
    laptop = desk.join()
    page = home(desk).text
    (address,) = re.findall(r'data-quiet hx-get="([^"]+)"', page)
    desk.now.forward(minutes=2)
    laptop.exchange(laptop.envelope())
    visitor: Visitor = desk.visitor  # type: ignore[attr-defined]
    again = visitor.see(unescape(address), headers=HX | QUIETLY)
    assert "<html" not in again
    assert "Agen 1 A1 · Makassar 1 4%" in text_of(again)
    assert '<p id="as-of" hx-swap-oob="innerHTML">per 10.02</p>' in again
    ids = re.findall(r'id="(agent-[^"]+)"', page)
    assert ids
    assert re.findall(r'id="(agent-[^"]+)"', again) == ids


def test_a_page_that_is_left_open_keeps_nobody_signed_in(desk: Desk, admin: Visitor) -> None:
    for _ in range(4):
        desk.now.forward(minutes=10)
        answer = admin.get("/leaderboard", headers=HX | QUIETLY)
    assert answer.status_code == 401
    assert "<dialog" in answer.text


def test_what_is_looked_at_keeps_one_signed_in(desk: Desk, admin: Visitor) -> None:
    for _ in range(4):
        desk.now.forward(minutes=10)
        assert admin.get("/leaderboard", headers=HX).status_code == 200


def test_what_people_typed_is_only_text(desk: Desk) -> None:
    tallo = agent_at(desk, EVIL, EVIL[:32], EVIL)
    laptop = desk.join(EVIL[:32])
    laptop.exchange(laptop.envelope())
    for answer in (home(desk), home(desk, office=tallo), home(desk, q=EVIL)):
        assert answer.status_code == 200
        assert "<script>" not in answer.text
        assert EVIL in unescape(answer.text)


def test_it_speaks_english(desk: Desk, admin: Visitor) -> None:
    desk.join()
    admin.send("/language", {"lang": "en"})
    read = admin.read("/leaderboard")
    assert "Leaderboard November 2026 as of 10.00" in read
    assert "0% of 25" in read
    assert "too few" in read


def test_it_lets_nothing_in_from_elsewhere(desk: Desk) -> None:
    desk.agent()
    answer = home(desk)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Lorong-Protocol"] == "1"
    links = re.findall(r'(?:src|href|action)="([^"]*)"', answer.text)
    assert links
    assert all(re.match(r"/(?!/)|data:,|#", link) for link in links)
    assert "style=" not in answer.text
    assert not re.search(r"<script(?! src)", answer.text)


def test_a_refusal_is_guarded_as_the_page_is_and_a_call_is_left_alone(desk: Desk) -> None:
    for path in ("/", "/leaderboard", "/sign-in", "/nowhere"):
        assert set(desk.client().get(path).headers.keys()) >= HEADERS.keys()
    ping = desk.client().get("/api/v1/ping")
    assert set(ping.headers.keys()) & HEADERS.keys() == {"Cache-Control", "X-Content-Type-Options"}


def test_what_both_ends_share_is_served_here_too(desk: Desk) -> None:
    with desk.app.test_request_context():
        address = asset("lorong.css")
    answer = desk.client().get(address, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers.getlist("Vary") == ["Accept-Encoding"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert desk.client().get("/faces/none.css").status_code == 404


def test_its_style_sheet_is_served(desk: Desk) -> None:
    (sheet,) = re.findall(r'href="(/desk/[^"]*css[^"]*)"', home(desk).text)
    answer = desk.client().get(sheet)
    assert (answer.status_code, answer.mimetype) == (200, "text/css")
    assert "url(" not in answer.text
    assert "@import" not in answer.text
    answer.close()


def test_it_shows_no_nik_and_no_worker(desk: Desk) -> None:
    laptop = desk.join()
    worker = content()
    laptop.exchange(laptop.envelope(worker))
    page = home(desk).text
    assert worker["nik"] not in page
    assert worker["full_name"] not in page


def test_an_agent_who_moved_on_is_named_but_leads_nowhere(
    desk: Desk, chief: Visitor, admin: Visitor
) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope(content()))
    agent_id = laptop.joined["agent"]["agent_id"]
    tallo = administer.add_office(desk.office, "Tallo")
    assert f"/agents/{agent_id}" in chief.see("/leaderboard")
    agents.move_agent(desk.office, agent_id, tallo, desk.office.today() + timedelta(1), by="uji")
    desk.now.forward(days=1)
    for visitor, name in ((chief, "Ibu Rahma"), (admin, "Admin Satu")):
        visitor.sign_in(name)
    page = chief.see("/leaderboard")
    assert "Agen 1" in page
    assert f"/agents/{agent_id}" not in page
    assert f"/agents/{agent_id}" in admin.see("/leaderboard")
