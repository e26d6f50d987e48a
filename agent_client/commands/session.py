"""What every command has: settings, clocks, the unlocked vault, and how it tells of problems."""

import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from random import SystemRandom
from typing import Any, Final
from uuid import UUID

import click
from uuid6 import uuid7

from agent_client import vault as vaults
from agent_client.clock import SystemClock
from agent_client.config import Settings, read_settings
from agent_client.exchanging import Dial, Exchanger
from agent_client.keyfile import Cost
from agent_client.problems import AgentProblem
from agent_client.seats import Seat, seat_for
from agent_client.sentences import responsible, sentence
from agent_client.store.outbox import VaultOutbox
from agent_client.store.saving import Evidence
from agent_client.tries import unlock_guarded
from agent_client.vault import Vault
from sync.problems import SyncProblem
from sync.transport import BadAddress, HttpTransport

CRASH_FILE: Final = "agent-error.txt"
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def client_version() -> str:
    """Return this program's version."""
    return version("lorong")


def dial(address: str, token: str | None) -> HttpTransport:
    """Make the transport to an office."""
    return HttpTransport(address, client=client_version(), token=token)


@dataclass(slots=True)
class Session:
    """One command at work: settings, clock, ids and the line are handed in here."""

    settings: Settings
    lang: str
    clock: SystemClock = field(default_factory=SystemClock)
    new_id: Callable[[], UUID] = uuid7
    dial: Dial = dial
    random: Callable[[], float] = SystemRandom().random
    client: str = field(default_factory=client_version)

    @contextmanager
    def vault(self, *, stdin_taken: bool = False) -> Iterator[Vault]:
        """Yield the unlocked vault; the passphrase comes from the environment or is asked for.

        `stdin_taken`: the content comes by there, so no passphrase can.
        """
        home = self.settings.home
        if not vaults.exists(home):
            raise AgentProblem("not_joined")
        passphrase = self.settings.passphrase or ask_passphrase(self.lang, stdin_taken=stdin_taken)
        opened = self.unlock(passphrase)
        try:
            yield opened
        finally:
            opened.close()

    def unlock(self, passphrase: str) -> Vault:
        """Return the unlocked vault; wrong passphrases are counted."""
        settings = self.settings
        return unlock_guarded(settings.home, passphrase, settings.busy_seconds, self.clock)

    def sit_down(self, seat: Seat | None = None) -> None:
        """Work on one agent's seat from now on; AgentProblem of `seat_for` where none is given."""
        settings = self.settings
        seat = seat or seat_for(settings.laptop_home, settings.agent)
        self.settings = settings.at(seat.home)

    @contextmanager
    def until_stopped(self) -> Iterator[None]:
        """End cleanly on SIGTERM and Ctrl-C: the exchange at work is finished first."""

        def stop(_number: int, _frame: object) -> None:
            self.clock.stop.set()

        former = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in former.items():
                signal.signal(number, handler)

    def outbox(self, vault: Vault) -> VaultOutbox:
        """Return the queue of a vault."""
        return VaultOutbox(vault, client=self.client, now=self.clock.now, new_id=self.new_id)

    def evidence(self) -> Evidence:
        """Return what is known of this moment."""
        return Evidence(self.clock.now(), self.clock.uptime())

    def exchanger(self, vault: Vault) -> Exchanger:
        """Return what exchanges with the office on behalf of a vault."""
        return Exchanger(
            vault=vault,
            outbox=self.outbox(vault),
            clock=self.clock,
            dial=self.dial,
            stop=self.clock.stop.is_set,
            random=self.random,
            settings=self.settings,
        )

    @property
    def cost(self) -> Cost:
        """What stretching a new passphrase costs."""
        return Cost(self.settings.kdf_rounds, self.settings.kdf_memory_mib)

    def say(self, id_text: str, en_text: str) -> None:
        """Print a line in the language that is set."""
        click.echo(en_text if self.lang == "en" else id_text)

    def tell(self, code: str, **params: Any) -> str:
        """Return a code's sentence in the language that is set."""
        return sentence(code, self.lang, **params)


def session_of(environ: Any, lang: str | None) -> Session:
    """Return the session of an environment; AgentProblem `setting_bad`."""
    settings = read_settings(environ, sys.platform, Path.home())
    return Session(settings, lang or settings.lang)


def ask_passphrase(lang: str, *, twice: bool = False, stdin_taken: bool = False) -> str:
    """Ask for the passphrase, unseen; from a pipe the first line of it is taken.

    AgentProblem `passphrase_needed`, `passphrase_differs`.
    """
    texts = {
        "id": ("Kata sandi", "Ulangi kata sandi"),
        "en": ("Passphrase", "Repeat the passphrase"),
    }[lang]
    first = _ask(texts[0], stdin_taken)
    if twice and _ask(texts[1], stdin_taken) != first:
        raise AgentProblem("passphrase_differs")
    if not first:
        raise AgentProblem("passphrase_needed")
    return first


def _ask(text: str, stdin_taken: bool) -> str:
    if sys.stdin.isatty():
        return str(click.prompt(text, hide_input=True, err=True, default="", show_default=False))
    if stdin_taken:
        raise AgentProblem("passphrase_needed")
    return sys.stdin.readline().rstrip("\r\n")


class TellingCommand(click.Command):
    """A command that ends a problem with its sentence and exit code 1, never with a trace.

    It works on the seat of the agent who is named, or of the only one there is.
    """

    def seat(self, settings: Settings) -> Seat | None:
        """Return the seat to work on, None for the laptop as a whole; AgentProblem."""
        return seat_for(settings.laptop_home, settings.agent)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and tell what stops it."""
        try:
            seat = self.seat(ctx.obj.settings)
            if seat is not None:
                ctx.obj.sit_down(seat)
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.ClickException):
            raise
        except (AgentProblem, SyncProblem, BadAddress) as problem:
            params = problem.params if isinstance(problem, AgentProblem) else {}
            _end(ctx, problem.code, params)
        except BrokenPipeError:
            raise
        except Exception as error:
            home = ctx.obj.settings.home if isinstance(ctx.obj, Session) else Path.cwd()
            _end(ctx, "unexpected", {"path": str(keep_trace(home, error))})


class LaptopCommand(TellingCommand):
    """A command that begins without anybody's seat; it may sit down later (Session.sit_down)."""

    def seat(self, settings: Settings) -> None:
        """Return no seat."""


class SeatingCommand(TellingCommand):
    """A command that may be the first one on a new agent's seat."""

    def seat(self, settings: Settings) -> Seat:
        """Return the seat to work on, a new one where nobody has that name; AgentProblem."""
        return seat_for(settings.laptop_home, settings.agent, may_be_new=True)


def _end(ctx: click.Context, code: str, params: dict[str, Any]) -> None:
    lang = _lang(ctx)
    said = sentence(code, lang, **params)
    if ctx.params.get("as_json"):
        click.echo(json.dumps({"problem": problem_body(code, lang, **params)}, ensure_ascii=False))
    click.echo(f"{said} [{code}]", err=True)
    ctx.exit(1)


def problem_body(code: str, lang: str, **params: Any) -> dict[str, Any]:
    """Return a problem as `--json` shows it: code, sentence, and who must act."""
    who = responsible(code)
    return {
        "code": code,
        "sentence": sentence(code, lang, **params),
        "responsible": who.value if who else None,
    }


def _lang(ctx: click.Context) -> str:
    return ctx.obj.lang if isinstance(ctx.obj, Session) else "id"


def keep_trace(home: Path, error: Exception) -> Path:
    """Write where it happened, and nothing of what was being worked on.

    Page and queue may fail at once: the file is one of the two traces, and always whole.
    """
    path = home / CRASH_FILE
    places = (f"{one.filename}:{one.lineno} {one.name}" for one in _frames(error))
    lines = [client_version(), sys.version, sys.platform, type(error).__name__, *places]
    with suppress(OSError):
        descriptor, beside = tempfile.mkstemp(dir=home, prefix=CRASH_FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        os.replace(beside, path)
    return path


def _frames(error: BaseException | None) -> Iterator[traceback.FrameSummary]:
    while error is not None:
        yield from traceback.extract_tb(error.__traceback__)
        error = error.__cause__ or error.__context__
