"""audit: what was done at the desk, as the trail has it."""

import json
from typing import Any

import click

from faces import formats
from schemas.envelope import rfc3339
from server import console
from server.office import Office
from server.trail import Line, Wanted, day_of, lines_of


@click.command("audit", cls=console.Command)
@click.option("--since", "since", default="", help="From this day on, such as 2026-11-20.")
@click.option("--by", "by", default="", help="What one user did, by the name.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, a line for each.")
@console.with_office
def audit_command(office: Office, since: str, by: str, as_json: bool) -> None:
    """Print what was done at the desk, the newest first."""
    try:
        wanted = Wanted(by=by, first=day_of(since))
    except ValueError:
        console.fail("day_unreadable")
    for line in lines_of(office, None, wanted):
        click.echo(_json(line) if as_json else _text(line, office.settings.timezone))


def _json(line: Line) -> str:
    body: dict[str, Any] = {
        "number": line.number,
        "at": rfc3339(line.at),
        "by": line.by,
        "action": line.action,
        "about": line.about,
        "about_id": line.about_id,
        "office_id": line.office_id,
        "detail": line.detail,
        "seal": line.seal.hex(),
    }
    return json.dumps(body, ensure_ascii=False)


def _text(line: Line, timezone: str) -> str:
    lang = console.language()
    moment = formats.moment(line.at, timezone, lang)
    facts = line.facts(lang)
    return f"{line.number}  {moment}  {line.told(lang)}{f' ({facts})' if facts else ''}"
