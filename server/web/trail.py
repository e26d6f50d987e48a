"""Jejak: who saw, decided, exported, revealed or changed what."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from faces.formats import harmless
from server import audit, deeds, trail
from server.audit import Action
from server.store import offices, users
from server.trail import Line, Wanted
from server.web.here import gettext, here
from server.web.words import allowed

web = Blueprint("trail", __name__)

_FIELDS: Final = ("by", "action", "about", "id", "from", "to", "q")
_PAGES: Final = {
    "agent": "agents",
    "case": "cases",
    "device": "laptops",
    "join_code": "agents",
    "office": "offices",
    "record": "records",
    "user": "users",
}
"""Under which addresses the things are that lines are about."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What was typed and what is wrong with it, by field; `wanted` is None where anything is."""

    typed: Mapping[str, str]
    errors: Mapping[str, str]
    wanted: Wanted | None

    def address(self, path: str, **more: object) -> str:
        """Return a path that asks for the same, and for something more."""
        asked = {name: value for name, value in {**self.typed, **more}.items() if value}
        return f"{path}?{urlencode(asked)}" if asked else path


@web.get("/audit")
def show() -> Any:
    """Show a page of the trail, of all or of what is looked for."""
    filters, lang = _filters(), here().lang
    page = None
    if filters.wanted is not None:
        below = _number(request.args.get("below", ""))
        page = trail.page_of(here().office, here().user, filters.wanted, below)
    with here().office.store.read() as tx:
        names = offices.names(tx)
        people = [row.name for row in users.listed(tx)] if here().user.offices is None else []
    return render_template(
        "trail.html",
        filters=filters,
        page=page,
        offices=names,
        people=people,
        actions=[(action.value, _deed(action)) for action in Action],
        nouns=[(about, deeds.noun(about, lang)) for about in deeds.NOUNS],
        link=_link,
    )


@web.get("/audit.csv")
def as_csv() -> Any:
    """Give all lines that the filters name, and note that."""
    filters, office = _filters(), here().office
    if filters.wanted is None:
        return redirect(filters.address("/audit"), 303)  # it says what is wrong
    with office.store.write() as tx:
        audit.note(
            tx,
            office.keys,
            by=here().user.name,
            at=office.now(),
            action=Action.EXPORTED,
            about="audit",
            # Not what was typed: it might be a name or a number of a worker's.
            sought=[name for name, value in filters.typed.items() if value],
        )
        names = offices.names(tx)
    lines = trail.lines_of(office, here().user, filters.wanted)
    told = {"Content-Disposition": 'attachment; filename="jejak.csv"'}
    sheet = _sheet(lines, names, here().zone, here().lang)
    return Response(sheet, headers=told, mimetype="text/csv")


def _filters() -> Filters:
    typed = {name: request.args.get(name, "").strip() for name in _FIELDS}
    errors: dict[str, str] = {}
    days = {}
    for name in ("from", "to"):
        try:
            days[name] = trail.day_of(typed[name])
        except ValueError:
            errors[name] = gettext("Tanggal ini tidak dapat dibaca. Tulis seperti 2026-11-20.")
    first, last = days.get("from"), days.get("to")
    if first and last and last < first:
        errors["to"] = gettext("Hari terakhir lebih awal daripada hari pertama. Tukar keduanya.")
    if errors:
        return Filters(typed, errors, None)
    wanted = Wanted(
        by=typed["by"],
        action=typed["action"],
        about=typed["about"],
        about_id=typed["id"],
        first=first,
        last=last,
        text=typed["q"],
    )
    return Filters(typed, errors, wanted)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _deed(action: str) -> str:
    """Return what a deed is called in the list to choose from."""
    text = deeds.deed(action, here().lang)
    return " ".join(text.replace("{by}", "").replace("{what}", "").split())


def _link(line: Line) -> str | None:
    """Return where what a line is about is to be seen, where it is there and the user may."""
    if line.name is None or line.about not in _PAGES:
        return None
    path = f"/{_PAGES[line.about]}/{line.about_id}"
    try:
        endpoint, _ = current_app.create_url_adapter(request).match(path, "GET")  # type: ignore[union-attr]
    except (HTTPException, RequestRedirect):
        return None
    return path if allowed(endpoint) else None


def _sheet(
    lines: Iterator[Line], names: Mapping[str, str], zone: ZoneInfo, lang: str
) -> Iterator[bytes]:
    """Yield the sheet in parts, however long it is; no text in it is ever a formula."""
    yield "\ufeff".encode()
    yield _row(["number", "at", "by", "action", "about", "about_id", "office", "told", "detail"])
    for line in lines:
        yield _row(
            [
                line.number,
                line.at.astimezone(zone).isoformat(timespec="seconds"),
                line.by,
                line.action,
                line.about,
                line.about_id,
                names.get(line.office_id or "", ""),
                str(line.told(lang)),
                json.dumps(line.detail, ensure_ascii=False),
            ]
        )


def _row(cells: list[Any]) -> bytes:
    file = StringIO()
    csv.writer(file).writerow([harmless(c) if isinstance(c, str) else c for c in cells])
    return file.getvalue().encode()
