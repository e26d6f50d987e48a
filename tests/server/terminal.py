"""Somebody at a terminal of the office."""

import json
from typing import Any

from click.testing import CliRunner, Result

from server import cli
from server.sentences import SENTENCES


class Terminal:
    """Somebody at a terminal who runs the office's commands."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ

    def run(self, *words: str, **environ: str) -> Result:
        """Run a command, with more in the environment where it is named."""
        return CliRunner().invoke(
            cli.main, words, env={**self.environ, **environ}, catch_exceptions=False
        )

    def json(self, *words: str) -> Any:
        """Run a command with --json, insist that it went well, and return what it printed."""
        found = self.run(*words, "--json")
        assert found.exit_code == 0, found.output
        return json.loads(found.stdout)

    def problem(self, *words: str, **environ: str) -> str:
        """Run a command that must fail, both ways, and return its code."""
        plain = self.run(*words, **environ)
        told = self.run(*words, "--json", **environ)
        code = json.loads(told.stdout)["problem"]
        assert (plain.exit_code, told.exit_code, plain.stdout) == (1, 1, "")
        assert plain.stderr.startswith(SENTENCES[code][0][:-1])
        assert plain.stderr.rstrip().endswith(f"[{code}]")
        assert "Traceback" not in plain.output + told.output
        return str(code)
