"""capture, drafts: one worker's content is saved, or kept until it is complete."""

import json
import sys
from pathlib import Path

import click

from agent_client.capture import Captured, capture, read_content
from agent_client.commands.looking import record_named
from agent_client.commands.session import Session, TellingCommand, as_json, problem_body
from agent_client.problems import AgentProblem
from agent_client.sentences import error_sentence
from agent_client.store import drafts as store
from agent_client.store import sealed
from agent_client.telling import draft_body, error_bodies
from agent_client.vault import Vault
from sync.limits import CONTENT_BYTES


@click.command(name="capture", cls=TellingCommand)
@click.argument("file")
@click.option("--corrects", metavar="RECORD", help="The enrolment that this one corrects.")
@click.option("--draft", "draft_id", type=int, help="The draft that this content completes.")
@click.option("--no-draft", is_flag=True, help="Keep no draft of a content with errors.")
@as_json
@click.pass_context
def capture_command(
    context: click.Context,
    file: str,
    corrects: str | None,
    draft_id: int | None,
    no_draft: bool,
    as_json: bool,
) -> None:
    """Save one worker's content, a JSON object in FILE, or - for standard input.

    The laptop fills in schema, contribution and tariff_version. A content with errors is
    kept as a draft; the exit code is 1 then, and every error is told.
    """
    session: Session = context.obj
    content = read_content(_read(file))
    with session.vault(stdin_taken=file == "-") as vault:
        captured = capture(
            vault,
            content,
            session.evidence(),
            new_id=session.new_id,
            corrects=corrects and record_named(vault, corrects).record_id,
            draft_id=draft_id,
            keep_draft=not no_draft,
        )
    if as_json:
        click.echo(json.dumps(captured_body(captured, session.lang), ensure_ascii=False))
    else:
        _print(session, captured)
    if captured.saved is None:
        context.exit(1)


@click.command(cls=TellingCommand)
@click.option("--discard", metavar="NUMBER", type=int, help="Throw this draft away.")
@as_json
@click.pass_obj
def drafts(session: Session, discard: int | None, as_json: bool) -> None:
    """Show the drafts and what each still lacks."""
    with session.vault() as vault:
        if discard is not None:
            _discard(vault, discard)
        with vault.reading() as tx:
            found = store.drafts(tx)
            closed = sealed.sealed_drafts(tx)
    if as_json:
        bodies = [draft_body(one, session.lang) for one in found]
        click.echo(json.dumps({"drafts": bodies, "sealed": closed}, ensure_ascii=False))
        return
    if not found and not closed:
        session.say("Tidak ada draf.", "There are no drafts.")
    for one in found:
        body = draft_body(one, session.lang)
        click.echo(f"{one.draft_id:>4}  {body['nik']:<16}  {body['name']}  {one.source or ''}")
        for error in one.missing:
            click.echo(f"      - {error_sentence(error, session.lang)}")
    for number in closed:
        session.say(f"{number:>4}  (disegel)", f"{number:>4}  (sealed)")


def _discard(vault: Vault, draft_id: int) -> None:
    with vault.writing() as tx:
        if not store.delete_draft(tx, draft_id) and not sealed.drop_draft(tx, draft_id):
            raise AgentProblem("draft_unknown", draft=draft_id)


def captured_body(captured: Captured, lang: str) -> dict[str, object]:
    """Return what became of a content as `--json` shows it."""
    saved, judged = captured.saved, captured.judged
    warnings = error_bodies(judged.warnings, lang)
    if saved is not None:
        return {
            "saved": True,
            "record_id": saved.record_id,
            "device_seq": saved.device_seq,
            "digest": saved.digest,
            "contribution": judged.content["contribution"],
            "warnings": warnings,
        }
    return {
        "saved": False,
        "draft_id": captured.draft_id,
        "problem": problem_body("content_refused", lang),
        "errors": error_bodies(judged.errors, lang),
        "warnings": warnings,
    }


def _print(session: Session, captured: Captured) -> None:
    if captured.saved is not None:
        record_id = captured.saved.record_id
        session.say(f"tersimpan {record_id}", f"saved {record_id}")
    else:
        click.echo(f"{session.tell('content_refused')} [content_refused]", err=True)
    for error in captured.judged.errors:
        click.echo(
            f"- {error_sentence(error, session.lang)} [{error.field}: {error.code}]", err=True
        )
    for warning in captured.judged.warnings:
        click.echo(f"! {error_sentence(warning, session.lang)} [{warning.code}]", err=True)
    if captured.draft_id is not None:
        session.say(
            f"Disimpan sebagai draf {captured.draft_id}; lengkapi dengan: "
            f"lorong-agent capture FILE --draft {captured.draft_id}",
            f"Kept as draft {captured.draft_id}; complete it by: "
            f"lorong-agent capture FILE --draft {captured.draft_id}",
        )


def _read(file: str) -> bytes:
    """Read what was given, and of what is far too large only enough to see that."""
    most = CONTENT_BYTES + 1
    try:
        if file == "-":
            return sys.stdin.buffer.read(most)
        with Path(file).open("rb") as given:
            return given.read(most)
    except OSError as error:
        raise AgentProblem("file_missing", file=Path(file).name) from error
