"""lorong-agent: the laptop as a command line."""

import logging
import os
from dataclasses import replace

import click

from agent_client.commands.capturing import capture_command, drafts
from agent_client.commands.checking import doctor
from agent_client.commands.copying import copy_command, restore_command
from agent_client.commands.join import join, passphrase
from agent_client.commands.listing import import_command
from agent_client.commands.looking import list_command, show, status
from agent_client.commands.proving import proof, verify
from agent_client.commands.running import run_command
from agent_client.commands.sealing import export_sealed_command
from agent_client.commands.session import Session, client_version, session_of
from agent_client.commands.syncing import sync
from agent_client.problems import AgentProblem
from agent_client.sentences import problem_sentence


@click.group()
@click.version_option(client_version(), prog_name="lorong-agent")
@click.option("--lang", type=click.Choice(["id", "en"]), help="Language; LORONG_LANG otherwise.")
@click.option("--agent", metavar="NAME", help="Whose data, on a shared laptop; or LORONG_AGENT.")
@click.pass_context
def cli(context: click.Context, lang: str | None, agent: str | None) -> None:
    """Enrol workers without a line; what is saved reaches the office when the line is back.

    Data lie in LORONG_HOME, encrypted; the passphrase is asked for, or LORONG_PASSPHRASE.
    """
    if not isinstance(context.obj, Session):
        try:
            context.obj = session_of(os.environ, lang)
        except AgentProblem as problem:
            click.echo(f"{problem_sentence(problem, lang or 'id')} [{problem.code}]", err=True)
            context.exit(1)
    if agent:
        context.obj.settings = replace(context.obj.settings, agent=agent)


for command in (
    run_command,
    join,
    passphrase,
    capture_command,
    drafts,
    import_command,
    sync,
    status,
    list_command,
    show,
    export_sealed_command,
    copy_command,
    restore_command,
    doctor,
    proof,
    verify,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line."""
    # The scheduler's own remarks (a run skipped, say) are nothing that an agent can act on.
    logging.getLogger("apscheduler").setLevel(logging.CRITICAL)
    cli()
