"""copy, restore: a second copy of an agent's data, and what to do with it."""

import json
from pathlib import Path

import click

from agent_client.commands.session import (
    SeatingCommand,
    Session,
    TellingCommand,
    as_json,
    ask_passphrase,
)
from agent_client.copies import chosen_folder, copy_to
from agent_client.problems import AgentProblem
from agent_client.restoring import restore
from schemas.envelope import rfc3339


@click.command(name="copy", cls=TellingCommand)
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@as_json
@click.pass_obj
def copy_command(session: Session, folder: Path | None, as_json: bool) -> None:
    """Write a second copy of all data to FOLDER, on a stick for example.

    The copy is encrypted like the data, and opens with the same passphrase. The folder is
    remembered: without FOLDER the copy goes where the last one went.
    """
    with session.vault() as vault:
        folder = folder or chosen_folder(session.settings.home)
        if folder is None:
            raise AgentProblem("copy_folder_unknown")
        made = copy_to(vault, folder, session.clock.now())
    if as_json:
        body = {
            "path": str(made.path),
            "copied_at": rfc3339(made.at),
            "captures": made.captures,
        }
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    session.say(
        f"{made.captures} pendaftaran disalin ke {made.path}.",
        f"{made.captures} enrolments are copied to {made.path}.",
    )


@click.command(name="restore", cls=SeatingCommand)
@click.argument("folder", type=click.Path(path_type=Path))
@as_json
@click.pass_obj
def restore_command(session: Session, folder: Path, as_json: bool) -> None:
    """Put the second copy in FOLDER in the place of a damaged or lost database.

    A sound database is never replaced, and a damaged one is kept beside. Run `sync` next:
    what was saved after the copy and never sent is not in it.
    """
    settings = session.settings
    passphrase = settings.passphrase or ask_passphrase(session.lang)
    done = restore(folder, settings.home, passphrase, session.clock, settings.busy_seconds)
    if as_json:
        body = {
            "copied_at": rfc3339(done.copy.at),
            "captures": done.copy.captures,
            "key_only": done.key_only,
            "damaged": done.damaged and str(done.damaged),
        }
        click.echo(json.dumps(body, ensure_ascii=False))
    elif done.key_only:
        session.say(
            "Kunci dikembalikan dari salinan; basis datanya sendiri utuh.",
            "The key is put back from the copy; the database itself is whole.",
        )
    else:
        session.say(
            "Salinan dipasang. Jalankan lorong-agent sync sebelum mendaftarkan orang lagi.",
            "The copy is in place. Run lorong-agent sync before you enrol anybody again.",
        )
    if done.damaged is not None and not as_json:
        session.say(
            f"Berkas yang rusak disimpan: {done.damaged}.", f"The damaged file is {done.damaged}."
        )
