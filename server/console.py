"""How a command begins and ends: the office is opened, and what went wrong is told.

A problem is a sentence with its code, never a stack trace: what happened, who acts, what next.
"""

import json
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import update_wrapper
from pathlib import Path
from typing import Any, NoReturn

import click

from server import references
from server.administer import Impossible
from server.config import Settings, language_from, settings_from
from server.keys import KeyMissing, KeyWrong
from server.office import Office, open_office
from server.problems import Refused
from server.sentences import SENTENCES, TEXTS, said
from server.store import migrate
from server.store.engine import is_down


def language() -> str:
    """Return in which language the running command tells: id or en."""
    context = click.get_current_context(silent=True)
    chosen = context.find_root().params.get("lang") if context is not None else None
    with suppress(ValueError):  # told as a wrong setting, by whatever reads the settings
        return chosen or language_from()
    return "id"


def text(name: str, **params: Any) -> str:
    """Return one of server.sentences.TEXTS in the running command's language."""
    return said(TEXTS[name], language(), **params)


def say(name: str, *, err: bool = False, **params: Any) -> None:
    """Print one of server.sentences.TEXTS in the running command's language."""
    click.echo(text(name, **params), err=err)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows of cells as lines with aligned columns."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def fail(code: str, detail: str = "") -> NoReturn:
    """End with exit code 1 and a sentence that says what happened, who acts, what next."""
    context = click.get_current_context(silent=True)
    if context is not None and context.params.get("as_json"):
        click.echo(json.dumps({"problem": code, "detail": detail}))
    sentence = said(SENTENCES[code], language()) + (f" ({detail})" if detail else "")
    click.echo(f"{sentence} [{code}]", err=True)
    sys.exit(1)


def code_of(error: Exception) -> str:
    """Return the code of what went wrong, `unexpected` where nobody foresaw it."""
    foreseen = {
        KeyMissing: "office_key_missing",
        KeyWrong: "office_key_wrong",
        migrate.Foreign: "database_foreign",
    }
    if is_down(error):
        return "database_unreachable"
    return foreseen.get(type(error), "unexpected")


class Command(click.Command):
    """A command that ends with a sentence, whatever happens, and never with a stack trace."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            code = code_of(error)
            # Its kind and place alone: an exception's text may quote what somebody typed.
            *_, last = traceback.extract_tb(error.__traceback__)
            place = f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
            fail(code, place if code == "unexpected" else "")


class Commands(click.Group):
    """Commands that all end so."""

    command_class = Command


def settings() -> Settings:
    """Return the settings of the environment; ends the command where one is wrong."""
    try:
        return settings_from()
    except ValueError as problem:
        fail("setting_wrong", str(problem))


def opened_office() -> Office:
    """Return the office of the environment, ready to be used.

    Raises KeyMissing, KeyWrong, server.store.migrate.Foreign and what a database raises;
    ends the command where the database has not its present shape.
    """
    office = open_office(settings())
    try:
        with office.store.read() as tx:
            migrate.require_own(tx)
            current = migrate.is_current(tx)
            if current and not references.knows_key(tx, office.keys):
                raise KeyWrong
    except Exception:
        office.store.close()
        raise
    if not current:
        office.store.close()
        fail("not_migrated")
    return office


@contextmanager
def refusals() -> Iterator[None]:
    """End the command where what an administrator asks for cannot be."""
    try:
        yield
    except Impossible as problem:
        fail(str(problem))
    except Refused as problem:
        fail(problem.problem.code)


def with_office(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the office as its first argument, and close it afterwards."""

    def run(*args: Any, **options: Any) -> Any:
        office = opened_office()
        try:
            return command(office, *args, **options)
        finally:
            office.store.close()

    return update_wrapper(run, command)
