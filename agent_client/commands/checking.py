"""doctor: proves that the laptop's books are whole."""

import json

import click

from agent_client.commands.session import Session, TellingCommand, as_json
from agent_client.doctor import examination_body, examine
from agent_client.problems import AgentProblem


@click.command(cls=TellingCommand)
@as_json
@click.pass_context
def doctor(context: click.Context, as_json: bool) -> None:
    """Check the database's pages, every digest, the numbers and the counts.

    Exit code 0 where all of it adds up, 1 where anything does not, and which.
    """
    session: Session = context.obj
    with session.vault() as vault:
        found = examine(vault)
    if as_json:
        click.echo(json.dumps(examination_body(found)))
        context.exit(1 if found.faults else 0)
    for name, count in found.counts.items():
        click.echo(f"  {name:<16} {count:>6}")
    for code, about in found.faults:
        click.echo(f"{code}: {about}", err=True)
    if found.faults:
        raise AgentProblem("books_differ")
    session.say("Semua cocok.", "All of it adds up.")
