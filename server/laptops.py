"""devices, revoke: the office's laptops at a terminal."""

import json
from datetime import datetime
from typing import Any

import click

from faces import formats
from schemas.envelope import rfc3339
from server import console, retiring, revoking
from server.office import Office
from server.problems import Refused
from server.store import devices, numbers

BY = "lorong-server"
"""Who decides where a command is typed: whoever may use the office's machine."""
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command("devices", cls=console.Command)
@json_option
@console.with_office
def devices_command(office: Office, as_json: bool) -> None:
    """List the laptops: whose each is, how it stands, and what it last reported."""
    with office.store.read() as tx:
        rows = [(row, retiring.standing(tx, row)) for row in devices.listed(tx)]
        bodies = [
            {
                "device_id": row.device_id,
                "name": row.name,
                "agent_code": row.agent_code,
                "agent": row.agent_name,
                "standing": standing.value,
                "reported_at": _moment(row.reported_at),
                "waiting": row.waiting,
                "missing": numbers.missing_seqs(tx, row.device_id),
                "client": row.client,
                "revoked_at": _moment(row.revoked_at),
                "lost_at": _moment(row.lost_at),
            }
            for row, standing in rows
        ]
    if as_json:
        click.echo(json.dumps({"devices": bodies}, ensure_ascii=False))
        return
    for row, standing in rows:
        reported = formats.moment(row.reported_at, office.settings.timezone, console.language())
        console.say(
            "device",
            device=row.device_id,
            agent=f"{row.agent_code} {row.agent_name}",
            laptop=row.name,
            standing=console.text(f"device_{standing.value}"),
            reported=reported,
            waiting=formats.number(row.waiting),
        )


@click.command("revoke", cls=console.Command)
@click.argument("device_id")
@click.option("--lost", is_flag=True, help="It is lost or stolen, which is known since now.")
@click.option("--reason", default="", help="Why, in a few words; no worker's data.")
@json_option
@console.with_office
def revoke_command(office: Office, device_id: str, lost: bool, reason: str, as_json: bool) -> None:
    """Take the right to exchange of the laptop DEVICE_ID, as `devices` lists it.

    Tells how much it may still hold, and of a lost one by when the workers and the authority
    must be told in writing. A new join code of the same agent makes it welcome again.
    """
    lost_at = office.now() if lost else None
    try:
        revoking.revoke(office, device_id, by=BY, lost_at=lost_at, reason=reason)
        held = revoking.held_by(office, device_id)
    except Refused as refused:
        console.fail(refused.problem.code)
    if as_json:
        click.echo(json.dumps(_body(held)))
        return
    console.say(
        "revoked",
        records=formats.number(len(held.records)),
        waiting=formats.number(held.waiting),
        drafts=formats.number(held.drafts),
    )
    if held.deadline is not None:
        zone, lang = office.settings.timezone, console.language()
        console.say("notice_due", deadline=formats.moment(held.deadline, zone, lang))


def _body(held: revoking.Held) -> dict[str, Any]:
    """Return what a laptop may hold, by ids alone: a terminal keeps what it showed."""
    return {
        "device_id": held.device.device_id,
        "records": [one.record_id for one in held.records],
        "waiting": held.waiting,
        "drafts": held.drafts,
        "missing": held.missing,
        "deadline": _moment(held.deadline),
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else rfc3339(moment)
