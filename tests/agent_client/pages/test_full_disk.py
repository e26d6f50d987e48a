"""The disk is full: what is typed stays in the page and is not called saved; real processes."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from agent_client.store import captures, drafts
from tests.agent_client.laptops import PASSPHRASE, joined_vault, open_vault
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.markup import Markup
from tests.agent_client.test_processes import LONG, ROOT, command, environment, limited

ROOM = 400_000


class Browser:
    """Asks a real process, with its cookies and the token of the page seen last."""

    def __init__(self, link: str) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self.address = link.partition("/enter/")[0]
        self.page = self.see(link.removeprefix(self.address))

    def see(self, path: str) -> Markup:
        answer = self.session.get(self.address + path, timeout=LONG)
        assert answer.status_code == 200, answer.text
        self.page = Markup(answer.text)
        return self.page

    def post(
        self, path: str, form: dict[str, str], *, by_script: bool = False
    ) -> requests.Response:
        token = self.page.all("input", name="csrf_token")[0].attrs["value"]
        answer = self.session.post(
            self.address + path,
            {**form, "csrf_token": token},
            headers={"HX-Request": "true"} if by_script else {},
            timeout=LONG,
        )
        if not by_script:
            self.page = Markup(answer.text)
        return answer

    def begin(self) -> str:
        """Unlock, and begin a draft; return its path."""
        self.post("/unlock", {"seat": "utama", "passphrase": PASSPHRASE})
        self.see("/captures/new")
        begun = self.post("/drafts", {"consent_method": "read", "consent_language": "id"})
        return begun.url.removeprefix(self.address)


@contextmanager
def running(home: Path, file_size: int | None) -> Iterator[Browser]:
    """Run the program, whose files cannot grow beyond a size."""
    arguments = limited(file_size, command("run", "--no-browser", "--port", "0"))
    process = subprocess.Popen(
        arguments, cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process, process.stdout:
        browser = None
        try:
            browser = Browser(process.stdout.readline().strip())
            yield browser
        finally:
            process.kill()
            if browser is not None:
                browser.session.close()


def fill_up(browser: Browser, draft: str) -> tuple[dict[str, str], requests.Response]:
    """Type on until the disk is full; return what was kept last, and the answer then."""
    kept: dict[str, str] = {}
    for n in range(1_000):
        typed = boxes(1, note=f"{n} " + "x" * 500)
        answer = browser.post(f"{draft}/form", typed, by_script=True)
        if answer.status_code != 200:
            return kept, answer
        assert Markup(answer.text).has("kept")
        kept = typed
    raise AssertionError("the disk was never full")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    joined_vault(tmp_path / "data").close()
    return tmp_path / "data"


def assert_told(answer: requests.Response) -> None:
    """See that an answer is a banner that calls nothing saved."""
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (507, "#banner")
    assert "[disk_full]" in answer.text
    assert "HX-Redirect" not in answer.headers
    page = Markup(answer.text)
    assert [one.attrs.get("role") for one in page.elements[:1]] == ["alert"]
    assert not page.has("kept")


def test_what_cannot_be_kept_is_told_and_the_draft_is_as_before(home: Path) -> None:
    with running(home, ROOM) as browser:
        draft = browser.begin()
        kept, full = fill_up(browser, draft)
        assert_told(full)
        assert_told(browser.post(f"{draft}/save", boxes(1), by_script=True))
        assert browser.see(draft).by_id("note").attrs["value"] == kept["note"]
    vault = open_vault(home)
    with vault.reading() as tx:
        (one,) = drafts.drafts(tx)
        assert captures.newest_capture(tx) is None
    vault.close()
    assert one.form is not None
    assert one.form["note"] == kept["note"]


def test_once_there_is_room_again_the_same_draft_is_saved(home: Path) -> None:
    with running(home, ROOM) as browser:
        draft = browser.begin()
        fill_up(browser, draft)
    with running(home, None) as browser:
        browser.post("/unlock", {"seat": "utama", "passphrase": PASSPHRASE})
        browser.see(draft)
        saved = browser.post(f"{draft}/save", boxes(1), by_script=True)
        assert saved.status_code == 200, saved.text


def test_a_full_disk_keeps_nobody_out(home: Path) -> None:
    with running(home, ROOM) as browser:
        draft = browser.begin()
        fill_up(browser, draft)
    with running(home, ROOM) as browser:
        answer = browser.post("/unlock", {"seat": "utama", "passphrase": PASSPHRASE})
        assert answer.url.endswith("/captures/new")
        assert browser.see(draft).by_id("nik").attrs["value"] == boxes(1)["nik"]
