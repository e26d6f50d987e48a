"""import: a branch's list becomes captures and drafts, and is answered for row by row."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from agent_client.commands.session import Session, TellingCommand, as_json
from agent_client.importer.listing import ListImport, RowOutcome
from agent_client.importer.rejects import rejects_path, write_rejects
from agent_client.importer.table import ListTable, read_table
from agent_client.sentences import error_sentence
from agent_client.telling import error_bodies


@click.command(name="import", cls=TellingCommand)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--rejected",
    type=click.Path(path_type=Path),
    help="Where to write the rows that were refused; beside FILE otherwise.",
)
@as_json
@click.pass_obj
def import_command(session: Session, file: Path, rejected: Path | None, as_json: bool) -> None:
    """Take in a list of workers, CSV or XLSX, as branches keep them.

    A row with its consent and all that is wanted is saved, any other is a draft to be
    completed at the door; what cannot be a draft is refused, and written to a file to be
    mended and imported again.
    """
    table = read_table(file)
    with session.vault() as vault:
        listing = ListImport(vault, table, file.name, session.evidence, session.new_id)
        outcomes = list(_with_bar(listing.run(), len(table.rows), session, as_json))
    written = _write_refused(table, outcomes, rejected or rejects_path(file), session)
    if as_json:
        click.echo(json.dumps(import_body(outcomes, written, session.lang), ensure_ascii=False))
    else:
        _print(session, outcomes, written)


def import_body(outcomes: Iterable[RowOutcome], written: Path | None, lang: str) -> dict[str, Any]:
    """Return what became of a list as `--json` shows it."""
    rows = [
        {
            "row": one.row,
            "outcome": one.outcome,
            "record_id": one.record_id,
            "draft_id": one.draft_id,
            "errors": error_bodies(one.errors, lang),
            "warnings": error_bodies(one.warnings, lang),
        }
        for one in outcomes
    ]
    counts = Counter(str(row["outcome"]) for row in rows)
    return {
        **{name: counts[name] for name in ("saved", "draft", "refused")},
        "rejected_file": None if written is None else str(written),
        "rows": rows,
    }


def _with_bar(
    outcomes: Iterator[RowOutcome], count: int, session: Session, silent: bool
) -> Iterator[RowOutcome]:
    """Show a bar on a terminal, beside what is printed."""
    if silent or not sys.stderr.isatty():
        yield from outcomes
        return
    label = ("Mengimpor", "Importing")[session.lang == "en"]
    with click.progressbar(outcomes, length=count, label=label, file=sys.stderr) as shown:
        yield from shown


def _write_refused(
    table: ListTable, outcomes: Iterable[RowOutcome], path: Path, session: Session
) -> Path | None:
    cells = {row.number: row.cells for row in table.rows}
    rows = [
        (cells[one.row], "; ".join(error_sentence(error, session.lang) for error in one.errors))
        for one in outcomes
        if one.outcome == "refused"
    ]
    if not rows:
        return None
    write_rejects(path, table.headings, rows)
    return path


def _print(session: Session, outcomes: list[RowOutcome], written: Path | None) -> None:
    english = session.lang == "en"
    words = {
        "saved": ("tersimpan", "saved"),
        "draft": ("draf", "draft"),
        "refused": ("tidak diambil", "refused"),
    }
    for one in outcomes:
        number = one.record_id or one.draft_id or ""
        row = ("baris", "row")[english]
        click.echo(f"{row} {one.row}: {words[one.outcome][english]} {number}".rstrip())
        for error in one.errors:
            click.echo(f"    - {error_sentence(error, session.lang)}")
        for warning in one.warnings:
            click.echo(f"    ! {error_sentence(warning, session.lang)}")
    counts = Counter(one.outcome for one in outcomes)
    click.echo(
        ", ".join(f"{counts[name]} {words[name][english]}" for name in words)  # type: ignore[index]
    )
    if written is not None:
        session.say(
            f"Baris yang tidak diambil ada di {written}; betulkan, lalu impor berkas itu.",
            f"The refused rows are in {written}; mend them, then import that file.",
        )
