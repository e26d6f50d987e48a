"""Papan peringkat: the leaderboard, safe and honest."""

import re
from html import unescape
from typing import Any

from faces.assets import asset
from faces.headers import HEADERS
from server import administer
from server.rules.roles import Role
from tests.builders import content
from tests.offices import Desk
from tests.server.web.visitor import Visitor, text_of, user

EVIL = '<script>alert(1)</script> & "Naba\'"'


def home(desk: Desk, **query: str) -> Any:
    """Fetch the page."""
    if not hasattr(desk, "visitor"):
        desk.visitor = user(desk, Role.ADMINISTRATOR)  # type: ignore[attr-defined]
    return desk.visitor.get("/leaderboard", query_string=query)  # type: ignore[attr-defined]


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
    assert "Papan peringkat November 2026 per 20 Nov 2026 10.00 WITA" in read
    assert "1 Agen 1 A1 · Makassar 1 4% dari 25 1 0 1 Rp 16.400 1.234" in read
    assert "20 Nov 2026 10.00 WITA" in read
    assert "Belum melapor" in read
    assert read.index("Agen 1") < read.index("Belum melapor") < read.index("Agen 2")


def test_another_month_and_one_office(desk: Desk) -> None:
    desk.agent()
    administer.add_office(desk.office, "Tallo")
    administer.add_agent(desk.office, "Lain", "Tallo", "B1")
    read = text_of(home(desk, month="2026-10", office="Tallo").text)
    assert "Papan peringkat Oktober 2026 · Tallo" in read
    assert "Lain" in read
    assert "Agen 1" not in read


def test_the_month_is_the_office_s(desk: Desk) -> None:
    desk.now.forward(days=10, hours=14)
    assert "Desember 2026" in home(desk).text


def test_an_office_without_agents_says_what_to_do(desk: Desk) -> None:
    assert "lorong-server add-agent" in home(desk).text


def test_what_people_typed_is_only_text(desk: Desk) -> None:
    administer.add_office(desk.office, EVIL)
    administer.add_agent(desk.office, EVIL, EVIL, EVIL[:32])
    for answer in (home(desk), home(desk, office=EVIL)):
        assert answer.status_code == 200
        assert "<script>" not in answer.text
        assert EVIL in unescape(answer.text)


def test_no_such_month_or_office_is_404(admin: Visitor) -> None:
    months = ("2026-13", "November", "0000-01", "2026-11-20", "%00", "%F0%9F%98%80")
    offices = ("Nowhere", "%3Cscript%3E", "%00", "%ED%A0%80", "%FF")
    wrong = [f"month={month}" for month in months] + [f"office={name}" for name in offices]
    for query in wrong:
        answer = admin.get(f"/leaderboard?{query}")
        assert answer.status_code == 404, query
        assert "[page_unknown]" in answer.text
        assert "<script>" not in answer.text


def test_an_empty_choice_is_none(desk: Desk) -> None:
    assert home(desk, month="", office="").status_code == 200


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
