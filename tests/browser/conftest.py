"""A real Chromium, a real office, a real laptop; and a guard over every page."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.ensure_chromium import find_chromium
from tests.browser import screens
from tests.browser.agent_process import AgentProcess
from tests.browser.desk_weeks import opened, play_weeks
from tests.browser.guard import Guard
from tests.browser.screens import Screens
from tests.browser.served_office import ServedOffice

OpenPage = Callable[..., Page]
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for elsewhere is noticed, and goes nowhere.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
_USUAL = {
    "locale": "id-ID",
    "timezone_id": "Asia/Makassar",
    "viewport": {"width": 1024, "height": 600},
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run only what makes pictures, where the pictures of the documents are asked for."""
    if screens.wanted(os.environ):
        makers = [it for it in items if "shot" in getattr(it, "fixturenames", ())]
        config.hook.pytest_deselected(items=[it for it in items if it not in makers])
        items[:] = makers


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    program = find_chromium()
    assert program, "no Chromium is here: run `python scripts/ensure_chromium.py`"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def guard() -> Guard:
    """What `open_page` tells of its pages; a test may say what it expects of them."""
    return Guard()


@pytest.fixture
def open_page(browser: Browser, guard: Guard) -> Iterator[OpenPage]:
    """Open a page in a browser of its own: without cookies, of a small Indonesian laptop.

    Options are those of playwright's `new_context`. At the end the guard has its say.
    """
    contexts = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(**{**_USUAL, **options})
        contexts.append(context)
        guard.watch(context)
        return context.new_page()

    yield opened
    for context in contexts:
        guard.see_out(context)
    guard.check()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A usual page."""
    return open_page()


@pytest.fixture
def shot(tmp_path: Path) -> Screens:
    """Write a picture of a page by its name: `shot(page, "queue")`."""
    wanted = screens.wanted(os.environ)
    return Screens(screens.DOCS if wanted else tmp_path / "screens", small=wanted)


@pytest.fixture
def served_office(migrated_sqlite: Path, tmp_path: Path) -> Iterator[ServedOffice]:
    """An office as new that is open to laptops."""
    home = tmp_path / "office"
    home.mkdir()
    shutil.copy(migrated_sqlite, home / "office.db")
    office = ServedOffice(home)
    office.open()
    yield office
    office.close()


@pytest.fixture(scope="session")
def weeks(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of an office with nine weeks behind it, to copy."""
    return play_weeks(migrated_sqlite, tmp_path_factory.mktemp("weeks") / "office")


@pytest.fixture
def busy_office(weeks: Path, tmp_path: Path) -> Iterator[ServedOffice]:
    """That office, open, with CHIEF and ADMIN to sign in."""
    with opened(weeks, tmp_path / "office", is_there=True) as office:
        yield office


@pytest.fixture
def agent_process(tmp_path: Path) -> Iterator[AgentProcess]:
    """A laptop on which nothing was done yet; `start()` it."""
    laptop = AgentProcess(tmp_path / "laptop")
    yield laptop
    laptop.kill()


@pytest.fixture
def joined_agent(served_office: ServedOffice, agent_process: AgentProcess) -> AgentProcess:
    """That laptop, joined to the office; `start()` it."""
    agent_process.join(served_office.url, served_office.add_agent())
    return agent_process
