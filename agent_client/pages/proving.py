"""Receipts to print: of one enrolment, and of a day ("bukti setor")."""

from collections import Counter
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template
from flask_babel import gettext
from markupsafe import Markup

from agent_client import proofs
from agent_client.house import kept
from agent_client.problems import AgentProblem
from agent_client.proof_files import proof_file
from agent_client.store import captures, device, receipts
from faces.qr import qr_svg

web = Blueprint("proving", __name__)


@web.get("/captures/<record_id>/receipt")
def receipt(record_id: str) -> Any:
    """Show an enrolment's receipt, to print."""
    with kept().vault.reading() as tx:
        found = captures.capture(tx, record_id)
        proof = proofs.record_proof(tx, record_id)
        envelope = captures.envelope_of(tx, record_id)
        known = device.device(tx)
    if found is None:
        raise AgentProblem("capture_unknown")
    code = None if proof is None else _qr(proof)
    content = {} if envelope is None or found.restricted else envelope["content"]
    return render_template(
        "receipt.html", capture=found, proof=proof, code=code, content=content, device=known
    )


@web.get("/proofs")
def days() -> Any:
    """List the days of which the office signed anything."""
    with kept().vault.reading() as tx:
        zone = device.zone_of(device.device(tx))
        found = _days(receipts.signed_moments(tx), zone)
    return render_template("proofs.html", days=found)


@web.get("/proofs/<day>")
def of_day(day: str) -> Any:
    """Show all that the office signed on a day, to print."""
    with kept().vault.reading() as tx:
        known = device.device(tx)
        found = proofs.day_proof(tx, _day(day), device.zone_of(known))
    return render_template("proof.html", proof=found, device=known)


@web.get("/proofs/<day>/file")
def file(day: str) -> Any:
    """Give the day's signed list as a file that `lorong-agent verify` checks."""
    with kept().vault.reading() as tx:
        known = device.device(tx)
        proven = proofs.day_proof(tx, _day(day), device.zone_of(known))
        keys = proofs.trusted_keys(tx)
    if known is None or not proven.receipts:
        raise AgentProblem("proof_none")
    raw = proof_file(proven, known, keys)
    name = f"lorong-proof-{_day(day).isoformat()}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(raw, headers=headers, content_type="application/json")


def _qr(proof: proofs.Proof) -> Markup:
    title = gettext("Kode QR tanda terima")
    return Markup(qr_svg(proofs.qr_text(proof), title))  # noqa: S704


def _days(moments: list[str], zone: ZoneInfo) -> list[tuple[date, int]]:
    """Each day with how many lists were signed on it, newest first."""
    days = (datetime.fromisoformat(moment).astimezone(zone).date() for moment in moments)
    return list(Counter(days).items())


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise AgentProblem("page_unknown") from error
