"""lorong-server: the office's commands. Each parses, calls one function, prints."""

import csv
import json
import logging
import os
import sys
from pathlib import Path
from typing import BinaryIO

import click

from faces import formats
from server import administer, console, doctor, known, leaderboard, roll_import
from server import serve as serving
from server.app import create_app
from server.finding import Finding
from server.laptops import devices_command, revoke_command
from server.office import Office
from server.people import add_user_command, end_user_command, user_link_command, users_command
from server.rules.dedup import judge as judge_pair
from server.rules.person import person
from server.rules.spans import Asked, month_span
from server.sentences import HEADS
from server.staff import agents_command, move_agent_command, offices_command
from server.store import performance
from server.trail_command import audit_command
from server.unsealing import open_sealed_command

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.group(cls=console.Commands)
@click.version_option(package_name="lorong")
@click.option("--lang", type=click.Choice(["id", "en"]), help="Language; LORONG_LANG otherwise.")
def main(lang: str | None) -> None:
    """The office: takes in what laptops send, judges it, and shows who did what."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)


@main.command()
@click.argument("file", type=click.File("rb"), default="-")
def judge(file: BinaryIO) -> None:
    """Judge pairs of contents: reads lines {"a": …, "b": …}, writes a line for each.

    Each line written is {"same": …, "near_match": …, "why": […]}. A line that is no such
    pair gets {"error": "pair_unreadable"}, and the exit code is 1.
    """
    broken = False
    for line in file:
        if not line.strip():
            continue
        try:
            pair = json.loads(line.decode("utf-8-sig"))
            found = judge_pair(person(pair["a"]), person(pair["b"]))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            broken = True
            click.echo(json.dumps({"error": "pair_unreadable"}))
            continue
        answer = {"same": found.same, "near_match": found.near_match, "why": list(found.why)}
        click.echo(json.dumps(answer))
    sys.exit(1 if broken else 0)


@main.command()
@json_option
def migrate(as_json: bool) -> None:
    """Make the office's key, database and first lists, or bring them up to date."""
    settings = console.settings()
    try:
        seeded = administer.migrate(settings)
    except OSError:
        console.fail("database_unreachable")
    if as_json:
        click.echo(json.dumps({"migrated": True, "seeded": seeded}))
    else:
        console.say("migrated", seeded=", ".join(seeded) or console.text("none"))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="Port; 0 takes any free one.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=min(os.cpu_count() or 1, 4),
    help="Serving processes; as many as there are processors, up to 4, where not given.",
)
def serve(host: str, port: int, processes: int) -> None:
    """Serve laptops and pages over plain HTTP; TLS is the proxy's."""
    console.opened_office().store.close()  # what is wrong is told before anything is served
    try:
        listening = serving.listen(host, port)
    except OSError:
        console.fail("address_taken")
    bound = listening.getsockname()[1]
    console.say("listening", err=True, url=f"http://{host}:{bound}")
    serving.serve(lambda: create_app(console.opened_office()), listening, processes)


@main.command("add-office")
@click.argument("name")
@json_option
@console.with_office
def add_office(office: Office, name: str, as_json: bool) -> None:
    """Add an office by its NAME."""
    with console.refusals():
        office_id = administer.add_office(office, name)
    click.echo(json.dumps({"office_id": office_id, "name": name}) if as_json else office_id)


@main.command("add-agent")
@click.argument("name")
@click.option("--office", "office_name", required=True, help="Name of the agent's office.")
@click.option("--code", required=True, help="The agent's code.")
@json_option
@console.with_office
def add_agent(office: Office, name: str, office_name: str, code: str, as_json: bool) -> None:
    """Add an agent by NAME to an office."""
    with console.refusals():
        agent_id = administer.add_agent(office, name, office_name, code)
    row = {"agent_id": agent_id, "code": code, "name": name, "office": office_name}
    click.echo(json.dumps(row) if as_json else agent_id)


@main.command("join-code")
@click.argument("agent_code")
@json_option
@console.with_office
def join_code(office: Office, agent_code: str, as_json: bool) -> None:
    """Print a new join code for the agent AGENT_CODE, and nothing else."""
    with console.refusals():
        code = administer.make_join_code(office, agent_code)
    click.echo(json.dumps({"agent_code": agent_code, "code": code}) if as_json else code)


@main.command("leaderboard")
@click.option("--month", required=True, help="The month, such as 2026-11.")
@click.option("--office", "office_name", help="One office alone, by its name.")
@json_option
@console.with_office
def show_leaderboard(office: Office, month: str, office_name: str | None, as_json: bool) -> None:
    """Print a month's leaderboard."""
    try:
        first, last = month_span(month)
        ids = leaderboard.office_ids(office, office_name)
        board = leaderboard.leaderboard_of(office, Asked(first, last, offices=ids))
    except ValueError:
        console.fail("month_unreadable")
    except leaderboard.OfficeUnknown:
        console.fail("office_unknown")
    if as_json:
        named = {"month": month, "office": office_name}
        click.echo(json.dumps(named | board.body(), ensure_ascii=False))
        return
    console.say("board", month=formats.month_name(month, console.language()))
    click.echo(_table(board, office.settings.timezone))


def _table(board: leaderboard.Leaderboard, timezone: str) -> str:
    lang = console.language()
    heads = HEADS[lang]
    rows: list[tuple[str, ...]] = [heads]
    for place in board.places:
        counts = (place.duplicate, place.in_review, place.rejected)
        rows.append(
            (
                str(place.rank) if place.reported else console.text("not_reported"),
                f"{place.name} ({place.agent_code})",
                formats.number(place.accepted),
                f"{place.target_percent}%",
                *map(formats.number, counts),
                formats.rupiah(place.contribution),
                formats.number(place.waiting),
                formats.moment(place.last_report, timezone, lang),
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(heads))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 1 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


@main.command("import-roll")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@console.with_office
def import_roll(office: Office, file: Path, as_json: bool) -> None:
    """Take in the roll of present members: CSV with nik, nama, tanggal_lahir, maybe sejak."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as rows:
            done = roll_import.import_roll(office, rows)
    except roll_import.ColumnsMissing as problem:
        console.fail("columns_missing", str(problem))
    except (UnicodeDecodeError, csv.Error):
        console.fail("file_unreadable")
    bad = [{"line": line, "code": code} for line, code in done.bad]
    if as_json:
        counts = {"good": done.good, "bad": done.bad_count, "flagged": done.flagged}
        click.echo(json.dumps(counts | {"bad_rows": bad}))
        return
    for row in bad:
        console.say("bad_row", line=row["line"], told=row["code"])
    console.say(
        "roll_done",
        good=formats.number(done.good),
        bad=formats.number(done.bad_count),
        flagged=formats.number(done.flagged),
    )


@main.command("build-known-niks")
@json_option
@console.with_office
def build_known_niks(office: Office, as_json: bool) -> None:
    """Build the list by which laptops know, offline, who is covered already."""
    version, niks, size = known.build_known_niks(office)
    if as_json:
        click.echo(json.dumps({"version": version, "niks": niks, "bytes": size}))
    else:
        console.say(
            "known_built", version=version, niks=formats.number(niks), size=formats.number(size)
        )


@main.command("doctor")
@json_option
@console.with_office
def run_doctor(office: Office, as_json: bool) -> None:
    """Prove the books; exit code 1 where anything is wrong."""
    findings = doctor.examine_all(office)
    with office.store.read() as tx:
        counts = doctor.summary(tx)
    if as_json:
        checks = [
            {"check": f.check, "compared": f.compared, "wrong": f.wrong, "listed": f.listed}
            | ({"told": f.told} if f.told else {})
            for f in findings
        ]
        sound = not any(f.wrong for f in findings)
        click.echo(json.dumps({"sound": sound, "records": counts, "checks": checks}))
    else:
        _print_findings(findings, counts)
    sys.exit(1 if any(finding.wrong for finding in findings) else 0)


def _print_findings(findings: list[Finding], counts: dict[str, int]) -> None:
    verdicts = ", ".join(f"{verdict} {count}" for verdict, count in counts.items())
    told = verdicts or console.text("no_records")
    console.say("records", count=formats.number(sum(counts.values())), verdicts=told)
    for finding in findings:
        state = console.text("wrong" if finding.wrong else "sound", wrong=finding.wrong)
        compared = formats.number(finding.compared)
        console.say("compared", check=finding.check, compared=compared, state=state)
        for text in [*finding.listed, *filter(None, [finding.told])]:
            click.echo(f"    {text}")


@main.command("rebuild-performance")
@json_option
@console.with_office
def rebuild_performance(office: Office, as_json: bool) -> None:
    """Make every agent's days again out of the ledger."""
    with office.store.write() as tx:
        days = performance.rebuild(tx)
    if as_json:
        click.echo(json.dumps({"days": days}))
    else:
        console.say("days_made", days=formats.number(days))


for command in (
    add_user_command,
    agents_command,
    audit_command,
    devices_command,
    end_user_command,
    move_agent_command,
    offices_command,
    open_sealed_command,
    revoke_command,
    user_link_command,
    users_command,
):
    main.add_command(command)
