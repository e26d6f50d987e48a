"""add-user, users, user-link, end-user: the office's own people, at its terminal."""

import json
import sys
from datetime import datetime
from typing import Any

import click

from faces import formats
from schemas.envelope import rfc3339
from server import accounts, console, links
from server.accounts import Account
from server.administer import COMMAND
from server.office import Office
from server.rules.roles import Role

_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command("add-user", cls=console.Command)
@click.argument("name")
@click.option(
    "--role", type=click.Choice([role.value for role in Role]), required=True, help="What they are."
)
@click.option(
    "--office",
    "office_names",
    multiple=True,
    help="Name of an own office; may be given several times.",
)
@click.option(
    "--password-stdin", is_flag=True, help="Read the password, one line, from standard input."
)
@_json_option
@console.with_office
def add_user_command(
    office: Office,
    name: str,
    role: str,
    office_names: tuple[str, ...],
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Add a user by NAME, and print the link by which the password is set.

    A supervisor needs an office, a viewer without one sees all figures. With --password-stdin
    there is no link, and the id is printed.
    """
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    until = None
    with console.refusals():
        user_id = accounts.add_user(
            office, name, Role(role), office_names, by=COMMAND, password=password
        )
        told = user_id
        if password is None:
            told, until = links.make_link(office, user_id, by=COMMAND)
    row = {"user_id": user_id, "name": name, "role": role}
    _print(office, row if until is None else row | _link(told, until), told, until, as_json)


@click.command("users", cls=console.Command)
@_json_option
@console.with_office
def users_command(office: Office, as_json: bool) -> None:
    """List the users: role, offices, last seen, and how it stands with them."""
    found = accounts.all_users(office)
    if as_json:
        click.echo(json.dumps({"users": [_body(one) for one in found]}, ensure_ascii=False))
        return
    if not found:
        console.say("no_users")
        return
    click.echo(console.columns([_row(office, one) for one in found]))


@click.command("user-link", cls=console.Command)
@click.argument("name")
@_json_option
@console.with_office
def user_link_command(office: Office, name: str, as_json: bool) -> None:
    """Print a new link for the user NAME, who forgot the password or lost the phone."""
    with console.refusals():
        address, until = links.make_link(office, accounts.user_id_of(office, name), by=COMMAND)
    _print(office, {"name": name} | _link(address, until), address, until, as_json)


@click.command("end-user", cls=console.Command)
@click.argument("name")
@_json_option
@console.with_office
def end_user_command(office: Office, name: str, as_json: bool) -> None:
    """End the user NAME, who is out at once and does not come in again."""
    with console.refusals():
        accounts.end_user(office, accounts.user_id_of(office, name), by=COMMAND)
    if as_json:
        click.echo(json.dumps({"ended": name}, ensure_ascii=False))
    else:
        console.say("user_end_done", user=name)


def _print(
    office: Office, body: dict[str, Any], word: str, until: datetime | None, as_json: bool
) -> None:
    """Print one word alone, so that scripts can take it; until when it is good stands beside."""
    if as_json:
        click.echo(json.dumps(body, ensure_ascii=False))
        return
    if until is not None:
        zone = office.settings.timezone
        console.say("link_good", err=True, until=formats.moment(until, zone, console.language()))
    click.echo(word)


def _link(address: str, until: datetime) -> dict[str, str]:
    return {"link": address, "expires_at": rfc3339(until)}


def _row(office: Office, one: Account) -> tuple[str, ...]:
    everywhere = one.role == Role.ADMINISTRATOR or not one.offices
    zone, lang = office.settings.timezone, console.language()
    return (
        one.name,
        one.role.value,
        console.text("all_offices") if everywhere else ", ".join(one.offices),
        formats.moment(one.seen_at, zone, lang),
        _state(one),
    )


def _state(one: Account) -> str:
    if one.ended_at is not None:
        return console.text("user_gone")
    if one.locked_until is not None:
        return console.text("user_locked")
    return "" if one.has_password else console.text("user_invited")


def _body(one: Account) -> dict[str, Any]:
    return {
        "user_id": one.user_id,
        "name": one.name,
        "role": one.role.value,
        "offices": list(one.offices),
        "seen_at": one.seen_at and rfc3339(one.seen_at),
        "ended_at": one.ended_at and rfc3339(one.ended_at),
        "locked_until": one.locked_until and rfc3339(one.locked_until),
        "link_until": one.link_until and rfc3339(one.link_until),
        "has_password": one.has_password,
        "two_steps": one.two_steps,
    }
