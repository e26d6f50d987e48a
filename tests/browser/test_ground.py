"""The ground itself: what it must notice on a page, it notices; the processes obey."""

import base64
import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, Response
from playwright.sync_api import Browser, Page
from waitress import create_server

from tests.browser import processes, screens
from tests.browser.agent_process import AgentProcess
from tests.browser.axe import axe
from tests.browser.conftest import OpenPage
from tests.browser.guard import Guard
from tests.browser.keyboard import keys
from tests.browser.png import slim
from tests.browser.processes import Process
from tests.browser.screens import Screens
from tests.browser.served_office import ServedOffice

LONG = 60
PAGE = """<!doctype html><html lang="id"><head><title>Uji</title>
<link rel="icon" href="data:,"><script src="/static/own.js"></script></head>
<body style="color: #222; background: #fff"><main><h1>Uji</h1>{body}</main></body></html>"""
DIFFERS = """looks => Promise.all(looks.map(async look => {
  const image = new Image();
  image.src = "data:image/png;base64," + look;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), {width: 120, height: 80});
  canvas.getContext("2d").drawImage(image, 0, 0);
  return canvas.getContext("2d").getImageData(0, 0, 120, 80).data;
})).then(([one, other]) => Math.max(...one.map((it, at) => Math.abs(it - other[at]))))"""
FORM = """<form action="/baik"><label for="a">Nama</label> <input id="a" name="nama">
<label for="b">Kota</label> <input id="b" name="kota" tabindex="-1">
<button>Simpan</button></form>"""
Serve = Callable[..., str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a body as a page at `/`, and return its address; `/baik` is a sound page."""
    app = Flask(__name__, static_folder=None)
    bodies = {"baik": PAGE.format(body="<p>Baik</p>"), "static/own.js": ""}

    @app.get("/")
    @app.get("/<path:path>")
    def shown(path: str = "") -> Response:
        status, body = (200, bodies[path]) if path in bodies else (404, PAGE.format(body="Tidak"))
        kind = "text/javascript" if path.endswith(".js") else "text/html"
        answer = Response(body, status, content_type=kind)
        if "policy" in bodies:
            answer.headers["Content-Security-Policy"] = bodies["policy"]
        return answer

    server = create_server(app, host="127.0.0.1", port=0)
    thread = Thread(target=server.run, daemon=True)
    thread.start()

    def served(body: str = "<p>Baik</p>", script: str = "", policy: str = "") -> str:
        bodies.update({"": PAGE.format(body=body), "static/own.js": script})
        if policy:
            bodies["policy"] = policy
        return f"http://127.0.0.1:{server.effective_port}"

    yield served
    server.close()
    thread.join(LONG)


def seen(browser: Browser, url: str) -> Guard:
    """Return a guard that has watched a page to its end, and fails no test by itself."""
    guard, context = Guard(), browser.new_context()
    guard.watch(context)
    context.new_page().goto(url)
    guard.see_out(context)
    return guard


def test_a_sound_page_passes(serve: Serve, page: Page, guard: Guard) -> None:
    page.goto(serve(FORM, policy="default-src 'self'; img-src data:; style-src 'unsafe-inline'"))
    axe(page)
    assert len(guard.requests) == 2
    guard.check()


@pytest.mark.parametrize(
    ("served", "noticed"),
    [
        ({"body": '<img src="http://kantor.test/x.png" alt="">'}, "http://kantor.test/x.png"),
        ({"script": "new WebSocket('ws://kantor.test/x')"}, "ws://kantor.test/x"),
        ({"body": '<img src="http://localhost:1/x.png" alt="">'}, "http://localhost:1/x.png"),
        ({"script": "console.error('rusak')"}, "console: rusak"),
        ({"script": "undefined.rusak"}, "uncaught error: "),
        ({"script": "Promise.reject(new Error('rusak'))"}, "uncaught error: rusak"),
        ({"body": "<p onclick='x()'>x</p>", "policy": "default-src 'self'"}, "Content Security"),
        ({"body": '<img src="/tidak.png" alt="">'}, "/tidak.png"),
    ],
)
def test_the_guard_notices(
    serve: Serve, browser: Browser, served: dict[str, str], noticed: str
) -> None:
    guard = seen(browser, serve(**served))
    assert noticed in "\n".join(guard.wrong())
    with pytest.raises(AssertionError, match="what a page must never do"):
        guard.check()


def test_a_page_that_was_refused_is_no_fault(serve: Serve, page: Page, guard: Guard) -> None:
    answer = page.goto(f"{serve()}/tidak")
    assert answer is not None
    assert answer.status == 404
    guard.check()


def test_what_a_test_expects_is_no_fault(serve: Serve, page: Page, guard: Guard) -> None:
    page.goto(serve(script="console.error('jaringan putus')"))
    assert guard.wrong()
    guard.expect("jaringan putus")
    guard.check()


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<input>", "label"),
        ('<p style="color: #767676">Pucat</p>', "color-contrast-enhanced"),
        ("<h4>Terlalu dalam</h4>", "heading-order"),
    ],
)
def test_axe_notices(serve: Serve, page: Page, body: str, rule: str) -> None:
    page.goto(serve(body))
    with pytest.raises(AssertionError, match=rf"- {rule} "):
        axe(page)


def test_a_form_is_filled_by_keys_alone(serve: Serve, page: Page) -> None:
    page.goto(serve(FORM))
    keys(page).tab_to("nama").type("Sitti").tab_to("Simpan").enter("/baik?nama=Sitti&kota=")
    assert page.inner_text("p") == "Baik"


def test_a_field_that_tab_does_not_reach_is_told_with_the_way(serve: Serve, page: Page) -> None:
    page.goto(serve(FORM))
    with pytest.raises(AssertionError, match=r"'kota'; it went .*input nama > button Simpan"):
        keys(page).tab_to("kota")


def test_nothing_is_typed_into_nothing(serve: Serve, page: Page) -> None:
    page.goto(serve(FORM))
    with pytest.raises(AssertionError, match="typed into button Simpan"):
        keys(page).tab_to("Simpan").type("x")


def test_each_page_has_a_browser_of_its_own(serve: Serve, open_page: OpenPage) -> None:
    first, second = open_page(), open_page(viewport={"width": 320, "height": 640})
    first.goto(serve())
    second.goto(serve())
    first.evaluate("document.cookie = 'a=1'")
    assert second.evaluate("[document.cookie, innerWidth, navigator.language]") == [
        "",
        320,
        "id-ID",
    ]
    assert first.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Makassar"


def test_a_picture_is_of_all_of_the_page(serve: Serve, page: Page, tmp_path: Path) -> None:
    page.goto(serve('<p style="height: 2000px">Panjang</p>'))
    file = Screens(tmp_path / "new")(page, "page")
    head = file.read_bytes()[:24]
    assert int.from_bytes(head[20:24]) > 2000


def test_a_small_picture_looks_the_same(serve: Serve, page: Page, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 120, "height": 80})
    page.goto(serve('<p style="color: #a00">Merah</p>'))
    small = slim(Screens(tmp_path)(page, "page").read_bytes())
    assert len(small) < (tmp_path / "page.png").stat().st_size
    looks = [
        base64.b64encode(one).decode() for one in ((tmp_path / "page.png").read_bytes(), small)
    ]
    assert page.evaluate(DIFFERS, looks) <= 16


@pytest.mark.parametrize(("environ", "answer"), [({}, False), ({"LORONG_SCREENS": "1"}, True)])
def test_pictures_are_for_the_documents_only_when_asked_for(
    environ: dict[str, str], answer: bool
) -> None:
    assert screens.wanted(environ) is answer


def answers(url: str) -> bool:
    line = http.client.HTTPConnection(url.removeprefix("http://"), timeout=LONG)
    try:
        line.request("GET", "/api/v1/ping")
        return line.getresponse().status == 200
    except OSError:
        return False
    finally:
        line.close()


def test_the_line_is_lost_and_comes_back_at_its_address(served_office: ServedOffice) -> None:
    url = served_office.url
    assert answers(url)
    served_office.cut()
    assert not answers(url)
    assert served_office.open() == url
    assert answers(url)


def test_a_laptop_joins_the_office(joined_agent: AgentProcess) -> None:
    assert (joined_agent.home / "agent.db").exists()


def test_a_process_that_ends_at_once_is_told_with_what_it_said(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process = Process("raise SystemExit('rusak')", ["x"], {}, log, "stdout")
    with pytest.raises(AssertionError, match=r"x ended:\nrusak"):
        process.start()


def test_a_process_that_does_not_end_well_is_told(tmp_path: Path) -> None:
    process = Process("print(1, flush=True); input()", ["x"], {}, tmp_path / "log", "stdout")
    assert process.start() == "1"
    with pytest.raises(AssertionError, match="x ended with"):
        process.stop()


def test_no_setting_of_this_machine_reaches_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LORONG_PASSPHRASE", "milik orang lain")
    assert "LORONG_PASSPHRASE" not in processes.environment({"LORONG_HOME": "x"})
