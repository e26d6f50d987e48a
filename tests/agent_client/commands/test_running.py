"""run: what it prints, and the browser that it opens."""

import signal
import subprocess
from pathlib import Path

import pytest

from tests.agent_client.test_processes import LONG, ROOT, agent, command, environment


def run_and_stop(
    home: Path, *arguments: str, number: int = signal.SIGTERM
) -> tuple[subprocess.Popen[str], list[str], Path]:
    """Run it until it has said all it says; return what it printed, and what a browser got."""
    asked = home.with_name("asked")
    browser = home.with_name("browser.sh")
    browser.write_text(f'printf %s "$1" > {asked}\n')
    process = subprocess.Popen(
        command("run", "--port", "0", *arguments),
        env={**environment(home), "BROWSER": f"sh {browser} %s"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(2)]
    process.send_signal(number)
    more, errors = process.communicate(timeout=LONG)
    assert (more, errors) == ("", "")
    return process, [line.strip() for line in said], asked


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_opens_the_link_in_the_browser_and_stops_when_told(tmp_path: Path, number: int) -> None:
    process, said, asked = run_and_stop(tmp_path / "data", number=number)
    assert process.returncode == 0
    assert asked.read_text() == said[0]
    assert "satu kali" in said[1]


def test_without_a_browser_it_only_prints_the_link(tmp_path: Path) -> None:
    process, said, asked = run_and_stop(tmp_path / "data", "--no-browser")
    assert (process.returncode, asked.exists()) == (0, False)
    assert "/enter/" in said[0]


@pytest.mark.parametrize("port", ["-1", "65536", "web"])
def test_a_port_that_is_none_is_a_wrong_use(tmp_path: Path, port: str) -> None:
    assert agent(tmp_path, "run", "--no-browser", "--port", port).returncode == 2
