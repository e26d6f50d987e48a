"""The line on every page, sending now, and a joining that began without a line."""

import pytest

from agent_client.line import SHORT
from agent_client.sentences import sentence
from agent_client.store import exchange
from sync.problems import LineProblem
from tests.agent_client.laptops import PASSPHRASE
from tests.agent_client.office_line import ADDRESS, AgentLaptop
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.markup import Markup
from tests.agent_client.pages.standing import counts, put
from tests.agent_client.pages.visitor import HX, Program, Visitor


def remember(program: Program, problem: str | None) -> None:
    """Let the last exchange have ended so."""
    with program.kept().vault.writing() as tx:
        exchange.keep_try(tx, problem, program.laptop.desk.now())


def line(visitor: Visitor) -> Markup:
    return visitor.get("/line", {**HX, "X-Lorong-Quiet": "1"}).markup


def until(visitor: Visitor, path: str, *words: str) -> str:
    """Ask as the page does until it is told; whoever never tells ends by the test's time-out."""
    while True:
        text = visitor.get(path, {**HX, "X-Lorong-Quiet": "1"})
        if any(word in text.text + text.location for word in words):
            return text.text


@pytest.mark.parametrize("code", ["line_refused", "captive", "device_revoked", "disk_full"])
def test_each_problem_is_told_with_what_waits_and_what_to_do(
    program: Program, visitor: Visitor, code: str
) -> None:
    put(program, 1)
    program.stop_sending()
    remember(program, code)
    page = line(visitor)
    assert page.said("line").startswith(f"1 menunggu, {SHORT[code][0]}")
    assert sentence(code, "id") in page.said("line")
    visitor.see("/queue")
    visitor.post("/language", {"lang": "en", "at": "/queue"})
    assert line(visitor).said("line").startswith(f"1 waiting, {SHORT[code][1]}")


def test_a_code_of_a_newer_program_is_told_all_the_same(program: Program, visitor: Visitor) -> None:
    put(program, 1)
    program.stop_sending()
    remember(program, "monsoon")
    assert "1 menunggu, belum terkirim" in line(visitor).said("line")


def test_the_line_stands_on_every_page(visitor: Visitor) -> None:
    for path in ("/captures/new", "/queue", "/performance", "/settings", "/proofs", "/join"):
        assert visitor.see(path).has("line"), path


def test_a_wrong_clock_is_told(program: Program, visitor: Visitor) -> None:
    program.stop_sending()
    program.set_clock(days=3)
    program.sync()
    assert "jam laptop salah 3 hari" in line(visitor).said("line")


def test_send_now_sends(program: Program, visitor: Visitor) -> None:
    record_id = visitor.enrol(boxes(1))
    with program.line_up():
        assert visitor.hx("/sync").markup.has("line")
        until(visitor, "/line", "Semua sudah terkirim")
    assert counts(program)["accepted"] == 1
    assert "diterima" in visitor.see(f"/captures/{record_id}").said("main")


def test_send_now_without_a_line_says_so(program: Program, visitor: Visitor) -> None:
    visitor.enrol(boxes(1))
    visitor.hx("/sync")
    until(visitor, "/line", "1 menunggu, tidak ada jaringan")
    assert counts(program)["waiting"] == 1


def test_what_was_sent_by_another_program_is_told(program: Program, visitor: Visitor) -> None:
    program.stop_sending()
    visitor.enrol(boxes(1))
    program.sync()
    assert "Semua sudah terkirim 10.00" in line(visitor).said("line")


@pytest.fixture
def newcomer(bare: AgentLaptop) -> Visitor:
    """Somebody at a laptop on which nothing was done yet; no line is there."""
    return Program(bare).visitor()


def begin(visitor: Visitor, joining_code: str, **typed: str) -> Markup:
    visitor.get("/join")
    sent = {"label": "Daeng Sutte", "address": ADDRESS, "laptop": "Laptop 1", "code": joining_code}
    secret = {"passphrase": PASSPHRASE, "passphrase_again": PASSPHRASE}
    answer = visitor.post("/join", {**sent, **secret, **typed})
    return answer.markup if answer.status_code == 200 else visitor.see(answer.location)


def test_a_new_laptop_asks_to_join(newcomer: Visitor) -> None:
    assert newcomer.get("/unlock").location == "/join"
    page = newcomer.see("/join")
    assert page.has("passphrase_again")
    assert not page.has("line")


def test_joining_begun_offline_goes_on_when_the_line_is_there(
    newcomer: Visitor, bare: AgentLaptop
) -> None:
    begin(newcomer, bare.desk.code(bare.desk.agent()))
    waiting = until(newcomer, "/join/state", "Belum bergabung.")
    assert sentence("line_refused", "id") in Markup(waiting).said("joining")
    assert newcomer.get("/").location == "/join"
    draft = newcomer.consent()
    newcomer.type(draft, boxes(1))
    assert "[not_joined]" in newcomer.save(draft, boxes(1)).text
    bare.problem = None
    newcomer.hx("/sync")
    until(newcomer, "/join/state", "/ ", "Laptop ini sudah bergabung")
    assert newcomer.save(draft, boxes(1)).location.endswith("/saved")
    newcomer.program.close()


def test_joining_begun_goes_on_after_another_start(newcomer: Visitor, bare: AgentLaptop) -> None:
    begin(newcomer, bare.desk.code(bare.desk.agent()))
    until(newcomer, "/join/state", "Belum bergabung.")
    newcomer.program.close()
    later = Program(bare)
    bare.problem = None
    came = later.unlocked("daeng-sutte")
    until(came, "/join/state", "Laptop ini sudah bergabung")
    assert came.get("/").location == "/captures/new"
    later.close()


def test_a_wrong_code_is_told_and_can_be_typed_again(newcomer: Visitor, bare: AgentLaptop) -> None:
    bare.problem = None
    begin(newcomer, "SALAH")
    until(newcomer, "/join/state", sentence("code_unknown", "id"))
    page = begin(newcomer, bare.desk.code(bare.desk.agent()))
    assert not page.errors()
    until(newcomer, "/join/state", "Laptop ini sudah bergabung")
    newcomer.program.close()


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"passphrase_again": "lain sama sekali"}, "tidak sama"),
        ({"passphrase": "pendek", "passphrase_again": "pendek"}, "terlalu pendek"),
        ({"label": " "}, "Masih ada yang kosong"),
        ({"laptop": ""}, "Masih ada yang kosong"),
        ({"code": ""}, "Masih ada yang kosong"),
        ({"address": "kantor"}, ""),
        ({"address": "http://kantor.test"}, ""),
        ({"label": "☃"}, ""),
    ],
)
def test_what_was_typed_wrong_is_told_and_makes_nothing(
    newcomer: Visitor, bare: AgentLaptop, typed: dict[str, str], word: str
) -> None:
    page = begin(newcomer, "KODE", **typed)
    assert word in page.alerts()[0]
    assert page.by_id("laptop").attrs["value"] == typed.get("laptop", "Laptop 1")
    assert PASSPHRASE not in str([one.attrs for one in page.elements])
    assert not list(bare.home.rglob("agent.key"))


def test_a_network_that_asks_to_log_in_is_told(program: Program, visitor: Visitor) -> None:
    program.laptop.problem = LineProblem("captive")
    visitor.hx("/sync")
    until(visitor, "/line", "Jaringan belum masuk internet")
