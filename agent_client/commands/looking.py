"""status, list, show: what the laptop holds and what the office said of it."""

import json
from typing import Any

import click

from agent_client.commands.session import Session, TellingCommand, as_json
from agent_client.problems import AgentProblem
from agent_client.status import Status, read_status, status_body, status_lines
from agent_client.store import changes, device
from agent_client.store.captures import STATES, Capture, captures, captures_named
from agent_client.telling import capture_body, capture_line, change_body, story
from agent_client.vault import Vault


@click.command(cls=TellingCommand)
@as_json
@click.pass_obj
def status(session: Session, as_json: bool) -> None:
    """Show what waits, how the line is, and this month's performance."""
    with session.vault() as vault:
        found: Status = read_status(vault, session.client)
    if as_json:
        click.echo(json.dumps(status_body(found), ensure_ascii=False))
        return
    for line in status_lines(found, session.lang, session.clock.now()):
        click.echo(line)


@click.command(name="list", cls=TellingCommand)
@click.option("--state", type=click.Choice(list(STATES)), help="Only those in this state.")
@click.option("--search", metavar="TEXT", help="Part of a name, or the last digits of a NIK.")
@as_json
@click.pass_obj
def list_command(session: Session, state: str | None, search: str | None, as_json: bool) -> None:
    """List the captures in the order in which they were saved."""
    with session.vault() as vault, vault.reading() as tx:
        found = captures(tx, state, search)
        here = device.device(tx)
    if as_json:
        bodies = [capture_body(one) for one in found]
        click.echo(json.dumps({"captures": bodies}, ensure_ascii=False))
        return
    zone = device.zone_of(here)
    if not found:
        session.say("Tidak ada pendaftaran.", "There are no enrolments.")
    for one in found:
        click.echo(capture_line(one, session.lang, zone))


@click.command(cls=TellingCommand)
@click.argument("record")
@as_json
@click.pass_obj
def show(session: Session, record: str, as_json: bool) -> None:
    """Tell the story of one capture; RECORD is its id, or the end of it as `list` shows it."""
    with session.vault() as vault:
        one = record_named(vault, record)
        with vault.reading() as tx:
            steps = changes.story_of(tx, one.record_id)
            zone = device.zone_of(device.device(tx))
    if as_json:
        body: dict[str, Any] = {**capture_body(one), "story": [change_body(step) for step in steps]}
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    click.echo(f"{one.record_id}  #{one.device_seq}")
    click.echo(capture_line(one, session.lang, zone))
    for line in story(one, steps, session.lang, zone):
        click.echo(line)


def record_named(vault: Vault, record: str) -> Capture:
    """Return the capture of an id or of its beginning or end.

    AgentProblem `capture_unknown`, `capture_ambiguous`.
    """
    with vault.reading() as tx:
        found = captures_named(tx, record.strip().lower()) if record.strip() else []
    if not found:
        raise AgentProblem("capture_unknown")
    if len(found) > 1:
        raise AgentProblem("capture_ambiguous")
    return found[0]
