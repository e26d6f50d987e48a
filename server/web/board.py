"""Papan peringkat: who enrolled how many, on a page and as a sheet."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request

from faces import charts
from server import audit
from server.audit import Action
from server.leaderboard import Leaderboard, leaderboard_of
from server.leaderboard_page import page_of
from server.web import board_sheet, filters, sheets
from server.web.filters import Filters
from server.web.here import here
from server.web.sheets import Sheet

web = Blueprint("board", __name__)


@web.get("/")
def home() -> Any:
    """Lead to the leaderboard."""
    return redirect("/leaderboard", 303)


@web.get("/leaderboard")
def show() -> Any:
    """Show what is asked for; where the page itself asks once more, the table alone."""
    own, wanted = filters.own_offices(), _filters()
    page = None
    if wanted.asked is not None:
        page = page_of(here().office, wanted.asked, wanted.typed["q"], _page_number())
    again = page is not None and "HX-Request" in request.headers
    return render_template(
        "_standings_again.html" if again else "leaderboard.html",
        filters=wanted,
        page=page,
        about=filters.about(wanted, own),
        choices=filters.choices(wanted, own, _today()),
        spark=charts.spark,
        quiet_days=here().office.settings.quiet_days,
    )


@web.get("/leaderboard/kelurahan")
def kelurahan() -> Any:
    """Show the field of a kecamatan's kelurahan."""
    wanted = _filters()
    choices = filters.choices(wanted, {}, _today())
    return render_template("_kelurahan.html", filters=wanted, choices=choices)


@web.get("/leaderboard.csv")
def as_csv() -> Any:
    """Give everybody that the filters name, as CSV."""
    return _download("csv", "text/csv; charset=utf-8", sheets.csv_of)


@web.get("/leaderboard.xlsx")
def as_xlsx() -> Any:
    """Give everybody that the filters name, as a workbook."""
    return _download("xlsx", sheets.XLSX, sheets.xlsx_of)


def _download(form: str, mimetype: str, made: Callable[[Sheet], bytes]) -> Any:
    wanted = _filters()
    if wanted.asked is None:
        return redirect(f"/leaderboard?{wanted.address()}", 303)  # it says what is wrong
    board = leaderboard_of(here().office, wanted.asked)
    _note(form, board, wanted.typed["office"] or None)
    content = made(board_sheet.sheet_of(board, filters.about(wanted, filters.own_offices())))
    name = f"papan-peringkat_{board.asked.first}_{board.asked.last}.{form}"
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=told, mimetype=mimetype)


def _note(form: str, board: Leaderboard, office_id: str | None) -> None:
    """Write down who took what along, before it is given."""
    office, asked = here().office, board.asked
    with office.store.write() as tx:
        audit.note(
            tx,
            office.keys,
            by=here().user.name,
            at=board.as_of,
            action=Action.EXPORTED,
            about="leaderboard",
            office_id=office_id,
            form=form,
            first=asked.first.isoformat(),
            last=asked.last.isoformat(),
            basis=str(asked.basis),
            kecamatan=asked.kecamatan,
            kelurahan=asked.kelurahan,
            rows=len(board.places),
        )


def _filters() -> Filters:
    return filters.read(request.args, here().user.offices, filters.own_offices(), _today())


def _today() -> date:
    return here().office.now().astimezone(here().zone).date()


def _page_number() -> int:
    text = request.args.get("page", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
