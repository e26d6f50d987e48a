"""offices, agents, move-agent: who works where, told and changed at a terminal."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import date, datetime

import click

from faces import formats
from schemas.envelope import rfc3339
from server import agents, console
from server.administer import COMMAND
from server.agents import Agent
from server.office import Office
from server.rules.stations import has_ended

_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command("offices", cls=console.Command)
@_json
@console.with_office
def offices_command(office: Office, as_json: bool) -> None:
    """List the offices, and how many agents each has today."""
    today = office.today()
    counts = Counter(
        one.office_id for one in agents.all_agents(office) if not has_ended(one, today)
    )
    rows = [
        {"office_id": one.office_id, "name": one.name, "agents": counts[one.office_id]}
        for one in agents.all_offices(office)
    ]
    if as_json:
        click.echo(json.dumps({"offices": rows}, ensure_ascii=False))
    elif rows:
        told = ((r["name"], console.text("office_agents", count=r["agents"])) for r in rows)
        click.echo(console.columns(list(told)))


@click.command("agents", cls=console.Command)
@_json
@console.with_office
def agents_command(office: Office, as_json: bool) -> None:
    """List the agents: code, name, today's office, moves, end."""
    found = agents.all_agents(office)
    if as_json:
        rows = [asdict(one) for one in found]
        click.echo(json.dumps({"agents": rows}, ensure_ascii=False, default=_plain))
    elif found:
        click.echo(console.columns([(one.code, one.name, one.office, _told(one)) for one in found]))


def _plain(value: date) -> str:
    return rfc3339(value) if isinstance(value, datetime) else value.isoformat()


def _told(agent: Agent) -> str:
    lang = console.language()
    moves = [
        console.text("move", day=formats.short_day(move.since, lang), office=move.office)
        for move in agent.moves
    ]
    if agent.ended_on is not None:
        moves.append(console.text("ended", day=formats.short_day(agent.ended_on, lang)))
    return ", ".join(moves)


@click.command("move-agent", cls=console.Command)
@click.argument("agent_code")
@click.option("--office", "office_name", required=True, help="Name of the office to move to.")
@click.option("--since", required=True, help="First day there, such as 2026-11-20.")
@_json
@console.with_office
def move_agent_command(
    office: Office, agent_code: str, office_name: str, since: str, as_json: bool
) -> None:
    """Let the agent AGENT_CODE be at another office from a day on.

    What was captured since counts for that office too. A later day takes effect by itself;
    the same day again replaces the move.
    """
    try:
        day = agents.day_of(since)
    except ValueError:
        console.fail("day_unreadable")
    with console.refusals():
        agent = agents.agent_coded(office, agent_code)
        place = agents.office_named(office, office_name)
        count = agents.move_agent(office, agent.agent_id, place.office_id, day, by=COMMAND)
    row = {"agent_id": agent.agent_id, "code": agent.code, "name": agent.name}
    if as_json:
        row |= {"office": place.name, "since": day.isoformat(), "records_moved": count}
        click.echo(json.dumps(row, ensure_ascii=False))
        return
    console.say(
        "agent_moved",
        agent=f"{agent.name} ({agent.code})",
        office=place.name,
        day=formats.day(day, console.language()),
        count=formats.number(count),
    )
