"""open-sealed: what a revoked laptop sealed is opened at the office, and settled."""

import json
import os
import sys
from pathlib import Path
from typing import Any, BinaryIO

import click

from server import console
from server.office import Office
from server.sealed import Opened, open_sealed
from server.sentences import SENTENCES, said


@click.command("open-sealed", cls=console.Command)
@click.argument("file", type=click.File("rb"))
@click.option(
    "--drafts",
    "drafts_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write the drafts, readable, as JSON lines; for the agent to complete.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@console.with_office
def open_sealed_command(
    office: Office, file: BinaryIO, drafts_file: Path | None, as_json: bool
) -> None:
    """Open the FILE of lorong-agent export-sealed, and settle what it holds.

    Its captures become their laptop's agent's, as if they had been sent. The same file again
    changes nothing. Exit code 1 where lines were refused; the others are settled.
    """
    opened = open_sealed(office, file)
    if drafts_file is not None:
        _write(drafts_file, opened.drafts)
    if as_json:
        click.echo(json.dumps(_body(opened)))
    else:
        _print(opened, drafts_file)
    sys.exit(1 if opened.refused else 0)


def _body(opened: Opened) -> dict[str, Any]:
    return {
        "verdicts": {code: dict(counts) for code, counts in sorted(opened.verdicts.items())},
        "drafts": len(opened.drafts),
        "refused": [{"line": line, "code": code} for line, code in opened.refused],
    }


def _print(opened: Opened, drafts_file: Path | None) -> None:
    for line, code in opened.refused:
        told = f"{said(SENTENCES[code], console.language())} [{code}]"
        console.say("bad_row", err=True, line=line, told=told)
    for agent_code, counts in sorted(opened.verdicts.items()):
        told = ", ".join(f"{verdict} {count}" for verdict, count in sorted(counts.items()))
        click.echo(f"{agent_code}: {told}")
    if opened.drafts:
        name = "drafts_written" if drafts_file else "drafts_unwritten"
        console.say(name, count=len(opened.drafts), place=drafts_file)
    if not opened.verdicts and not opened.drafts:
        console.say("nothing_opened")


def _write(path: Path, drafts: list[dict[str, Any]]) -> None:
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(json.dumps(draft) + "\n" for draft in drafts)
    except OSError:
        console.fail("drafts_unwritable")
