"""proof, verify: what the office signed on a day goes out as a file, and is checked by anybody."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from agent_client import vault as vaults
from agent_client.commands.session import (
    LaptopCommand,
    Session,
    TellingCommand,
    as_json,
    problem_body,
)
from agent_client.problems import AgentProblem
from agent_client.proof_files import MOST_BYTES, Checked, Verification, proof_file, verify_file
from agent_client.proofs import DayProof, Proof, day_proof, trusted_keys
from agent_client.store import device
from agent_client.telling import shown_time, state_name
from schemas.envelope import rfc3339
from sync.receipts import keyring


@click.command(cls=TellingCommand)
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Which day; today otherwise.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to write it.")
@as_json
@click.pass_obj
def proof(session: Session, day: datetime | None, out: Path | None, as_json: bool) -> None:
    """Write what the office signed on one day to a file that anybody can check.

    It names records by their ids alone and holds no worker's data.
    """
    with session.vault() as vault, vault.reading() as tx:
        here = device.device(tx)
        zone = device.zone_of(here)
        if here is None:
            raise AgentProblem("not_joined")
        wanted = session.clock.now().astimezone(zone).date() if day is None else day.date()
        proven = day_proof(tx, wanted, zone)
        raw = proof_file(proven, here, trusted_keys(tx))
    path = out or Path(f"bukti-setor-{wanted.isoformat()}.json")
    _write(path, raw)
    if as_json:
        click.echo(json.dumps(_day_body(proven, path)))
        return
    for one in proven.records:
        click.echo(_line(one, proven, session.lang))
    session.say(f"Bukti setor tertulis di {path}.", f"The proof is in {path}.")


@click.command(cls=LaptopCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", metavar="BASE64", help="The office's key; this laptop's office otherwise.")
@as_json
@click.pass_context
def verify(context: click.Context, file: Path, key: str | None, as_json: bool) -> None:
    """Check the FILE of a day's proof; no line is needed, and with --key no laptop either.

    Exit code 0 only where every signature is good under a key that is trusted: that of --key,
    or else those of the office that this laptop has joined.
    """
    session: Session = context.obj
    raw = _read(file)
    found = verify_file(raw, _trusted(session, key))
    if as_json:
        click.echo(json.dumps(_verification_body(found, session.lang), ensure_ascii=False))
    else:
        _print(session, found)
    if found.problem is not None:
        click.echo(f"{_sentence(session, found)} [{found.problem}]", err=True)
        context.exit(1)


def _trusted(session: Session, key: str | None) -> Mapping[str, str]:
    if key is not None:
        keys = keyring(key.strip())
        if not keys:
            raise AgentProblem("proof_key_malformed")
        return keys
    session.sit_down()
    if not vaults.exists(session.settings.home):
        return {}
    with session.vault() as vault, vault.reading() as tx:
        return trusted_keys(tx)


def _print(session: Session, found: Verification) -> None:
    lang = session.lang
    session.say(
        f"{found.agent_name}, {found.office_name}, {found.day} (kata berkas, tidak ditandatangani)",
        f"{found.agent_name}, {found.office_name}, {found.day} (the file says so, unsigned)",
    )
    if found.agent_id is not None:
        session.say(
            f"Agen {found.agent_id}, laptop {found.device_id} (ditandatangani)",
            f"Agent {found.agent_id}, laptop {found.device_id} (signed)",
        )
    for receipt in found.receipts:
        key = _fingerprint(receipt.key_id)
        click.echo(f"{receipt.number}. {session.tell(receipt.outcome)} [{receipt.outcome}] {key}")
        for one in receipt.records:
            click.echo(f"   {_line(one, found, lang)}")


def _sentence(session: Session, found: Verification) -> str:
    keys = ", ".join(map(_fingerprint, found.unconfirmed))
    return session.tell(str(found.problem), keys=keys)


def _line(one: Proof, of: DayProof | Verification, lang: str) -> str:
    cells = (
        shown_time(one.time, of.zone),
        one.record_id,
        f"#{one.seq}",
        f"{state_name(one.verdict, lang):<15}",
        one.code,
    )
    return "  ".join(cells)


def _fingerprint(key_id: str) -> str:
    return " ".join(key_id[place : place + 4] for place in range(0, len(key_id), 4))


def _proof_body(one: Proof) -> dict[str, Any]:
    return {
        "record_id": one.record_id,
        "digest": one.digest,
        "seq": one.seq,
        "verdict": one.verdict,
        "reason": one.reason,
        "time": rfc3339(one.time),
        "key_id": one.key_id,
        "code": one.code,
        "checked": one.checked,
    }


def _day_body(proven: DayProof, path: Path) -> dict[str, Any]:
    return {
        "day": proven.day.isoformat(),
        "file": str(path),
        "receipts": len(proven.receipts),
        "records": [_proof_body(one) for one in proven.records],
    }


def _verification_body(found: Verification, lang: str) -> dict[str, Any]:
    keys = {"keys": ", ".join(map(_fingerprint, found.unconfirmed))}
    return {
        "sound": found.sound,
        "trusted": found.trusted,
        "problem": found.problem and problem_body(found.problem, lang, **keys),
        "agent_name": found.agent_name,
        "office_name": found.office_name,
        "day": found.day.isoformat(),
        "agent_id": found.agent_id,
        "device_id": found.device_id,
        "unconfirmed": list(found.unconfirmed),
        "receipts": [_checked_body(one, lang) for one in found.receipts],
    }


def _checked_body(one: Checked, lang: str) -> dict[str, Any]:
    return {
        "number": one.number,
        "key_id": one.key_id,
        **problem_body(one.outcome, lang),
        "records": [_proof_body(proven) for proven in one.records],
    }


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise AgentProblem("file_missing", file=path.name) from error


def _write(path: Path, raw: bytes) -> None:
    try:
        path.write_bytes(raw)
    except OSError as error:
        raise AgentProblem("proof_unwritable", file=path.name) from error
