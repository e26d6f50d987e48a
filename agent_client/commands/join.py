"""join, passphrase: how a laptop becomes an agent's, and who can open it."""

import json
import platform

import click

from agent_client import vault as vaults
from agent_client.commands.session import (
    SeatingCommand,
    Session,
    TellingCommand,
    as_json,
    ask_passphrase,
)
from agent_client.exchanging import one_at_a_time
from agent_client.joining import Newcomer, join_office
from agent_client.seats import clean_label
from agent_client.tries import change_passphrase
from agent_client.vault import Vault
from sync.joining import Joined
from sync.transport import office_address

SHORT: int = 8
"""A passphrase shorter than this is warned of: whoever finds the laptop can try many."""


@click.command(cls=SeatingCommand)
@click.argument("url")
@click.argument("code")
@click.option("--name", required=True, help="What the office calls this laptop.")
@as_json
@click.pass_obj
def join(session: Session, url: str, code: str, name: str, as_json: bool) -> None:
    """Join the office at URL with the CODE of a supervisor.

    Makes the encrypted database on the first time; joining again keeps all that waits. With
    --agent NAME before it, another agent gets a database of his own on this laptop.
    """
    address = office_address(url)
    opened = _open_or_create(session)
    try:
        with one_at_a_time(session.settings.home, session.settings.busy_seconds):
            joined = _join(session, opened, address, code.strip(), name.strip())
    finally:
        opened.close()
    if as_json:
        body = {name: getattr(joined, name) for name in _SHOWN}
        click.echo(json.dumps({"joined": True, **body}, ensure_ascii=False))
        return
    session.say(
        f"Bergabung: {joined.agent_name}, {joined.office_name}. Laptop ini siap dipakai.",
        f"Joined: {joined.agent_name}, {joined.office_name}. This laptop is ready.",
    )


_SHOWN = ("device_id", "agent_id", "agent_name", "office_id", "office_name", "timezone")


@click.command(cls=TellingCommand)
@click.pass_obj
def passphrase(session: Session) -> None:
    """Change the passphrase; the present one is asked for first."""
    home = session.settings.home
    old = session.settings.passphrase or ask_passphrase(session.lang)
    session.unlock(old).close()
    session.say("Kata sandi baru:", "The new passphrase:")
    new = ask_passphrase(session.lang, twice=True)
    change_passphrase(home, old, new, session.cost, session.clock)
    session.say("Kata sandi diganti.", "The passphrase is changed.")


def _open_or_create(session: Session) -> Vault:
    settings = session.settings
    known = vaults.exists(settings.home)
    secret = settings.passphrase or ask_passphrase(session.lang, twice=not known)
    if known:
        return session.unlock(secret)
    if len(secret) < SHORT:
        click.echo(session.tell("passphrase_short", least=SHORT), err=True)
    is_first = settings.home == settings.laptop_home
    label = "" if is_first else clean_label(settings.agent or settings.home.name)
    return vaults.create(settings.home, secret, session.cost, settings.busy_seconds, label)


def _join(session: Session, opened: Vault, address: str, code: str, name: str) -> Joined:
    newcomer = Newcomer(name, platform.platform(terse=True), session.client)
    with session.dial(address, None) as transport:
        joined = join_office(
            opened,
            transport,
            address,
            code,
            newcomer,
            clock=session.clock,
            new_id=session.new_id,
        )
    with session.dial(address, joined.token) as transport:
        session.exchanger(opened).fetch_all(transport)
    return joined
