"""export-sealed: what a revoked laptop sealed goes to the office as a file."""

import json
from pathlib import Path

import click

from agent_client.commands.session import Session, TellingCommand, as_json
from agent_client.wiping import export_sealed


@click.command(name="export-sealed", cls=TellingCommand)
@click.argument("file", type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def export_sealed_command(session: Session, file: Path, as_json: bool) -> None:
    """Write to FILE what was sealed when the office revoked this laptop.

    Only the office can open it, and nobody else reads anything in it. It stays on the laptop
    too, so the file can be written again.
    """
    with session.vault() as vault:
        captures, drafts = export_sealed(vault, file)
    written = bool(captures or drafts)
    if as_json:
        body = {"records": captures, "drafts": drafts, "file": str(file) if written else None}
        click.echo(json.dumps(body, ensure_ascii=False))
    elif written:
        session.say(
            f"{captures} pendaftaran dan {drafts} draf tertulis di {file}, hanya kantor yang "
            "dapat membukanya. Serahkan berkas itu kepada pengawas.",
            f"{captures} enrolments and {drafts} drafts are in {file}, which only the office "
            "can open. Hand that file to the supervisor.",
        )
    else:
        session.say("Tidak ada yang disegel.", "Nothing is sealed.")
