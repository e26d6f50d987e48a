"""Kasus: the queue of doubtful records, one of them at a time, and what is decided of it."""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for

from schemas.normal import normal_text
from server import case_past, case_queue, case_view, odd_nik, problems, review
from server.case_queue import KINDS, PAGE, Wanted
from server.case_view import CaseView
from server.minutes import Outcome
from server.problems import Refused
from server.questions import LONGEST, QUESTIONS, USUAL
from server.review import ODD_NIK
from server.rules.review import Side
from server.store import offices
from server.web import comparing, telling
from server.web.here import gettext, here
from server.web.sentences import said

web = Blueprint("cases", __name__)
_AGAIN = (*problems.REVIEW, problems.BUSY)
"""After these the case is shown as it is now, with what was typed still in it."""


@web.get("/cases")
def index() -> Any:
    """List what waits, or what was decided."""
    office, own = here().office, here().user.offices
    queue = case_queue.queue_of(office, own, _wanted())
    with office.store.read() as tx:
        named = offices.names(tx)
    choices = [(i, name) for i, name in named.items() if own is None or i in own]
    return render_template(
        "cases.html", queue=queue, kinds=KINDS, first=(queue.wanted.page - 1) * PAGE,
        choices=choices, ask=_query, say=telling, done=_done(),
    )  # fmt: skip


@web.get("/cases/<case_id>")
def show(case_id: str) -> Any:
    """Show one case, both sides beside each other."""
    return _page(case_view.see(here().office, case_id, by=here().user.name))


@web.post("/cases/<case_id>/decide")
def decide(case_id: str) -> Any:
    """Decide a case as it was looked at, and go on to the next."""
    choice, _, side = _text("choice").partition("-")
    if not choice:
        told = gettext("Belum ada yang dipilih. Pilih keputusan, lalu tekan Putuskan.")
        return _shown_again(case_id, told, "", 422)
    seen = (_text("seen_record"), _text("seen_other") or None)
    return _carried_out(
        case_id,
        lambda by: review.decide(
            here().office, case_id, choice, by=by, holder=side, seen=seen, note=_text("note")
        ),
    )


@web.post("/cases/<case_id>/undo")
def undo(case_id: str) -> Any:
    """Take back what was decided, and show what it is about now."""

    def run(by: str) -> Outcome:
        return review.undo(here().office, case_id, by=by, note=_text("note"))

    return _carried_out(case_id, run, stay=True)


@web.post("/cases/<case_id>/ask")
def ask(case_id: str) -> Any:
    """Ask an agent to look again, and go on to the next case."""
    text_id, text_en = _text("text_id"), _text("text_en")
    if not (text_id and text_en):
        told = gettext("Tulis pertanyaannya dalam kedua bahasa, lalu kirim lagi.")
        return _shown_again(case_id, told, "", 422)
    side = _text("side") or Side.RECORD
    return _carried_out(
        case_id,
        lambda by: review.ask(here().office, case_id, text_id, text_en, by=by, side=side),
    )


@web.get("/cases/<case_id>/question")
def question(case_id: str) -> Any:
    """Put a usual question into the form, to be changed."""
    name = request.args.get("usual", "")
    return render_template("_question.html", case_id=case_id, text=QUESTIONS.get(name))


@web.post("/cases/<case_id>/reveal")
def reveal(case_id: str) -> Any:
    """Show the NIK of one side in full."""
    nik, beside = case_view.reveal_side(here().office, case_id, _text("side"), by=here().user.name)
    return render_template("_parts.html", parts=comparing.revealed(nik, beside))


@web.post("/records/<record_id>/reveal")
def reveal_record(record_id: str) -> Any:
    """Show a record's NIK in full."""
    nik = case_view.reveal(here().office, record_id, by=here().user.name)
    return render_template("_parts.html", parts=comparing.revealed(nik, nik))


@web.get("/cases/odd-nik/<record_id>")
def show_odd(record_id: str) -> Any:
    """Show a record that was refused for its odd NIK alone."""
    return _page(case_view.see_odd(here().office, record_id, by=here().user.name))


@web.post("/cases/odd-nik/<record_id>/take")
def take(record_id: str) -> Any:
    """Take a record with its odd NIK as it is, and go on to the next."""
    user, office = here().user, here().office
    outcome = odd_nik.take_odd_nik(office, record_id, by=user.name, note=_text("note"))
    wanted = _wanted(kind=ODD_NIK)
    return _gone_to(case_queue.next_open(office, user.offices, wanted, record_id), wanted, outcome)


def _carried_out(case_id: str, deed: Any, *, stay: bool = False) -> Any:
    """Do something with a case; where it does not fit any more, show how it stands now."""
    user, office = here().user, here().office
    try:
        outcome: Outcome = deed(user.name)
    except Refused as refused:
        problem = refused.problem
        if problem not in _AGAIN or problem == problems.CASE_UNKNOWN:
            raise
        told = said(problem.code, here().lang)
        return _shown_again(case_id, told, problem.code, problem.status)
    wanted = _wanted()
    if stay:
        return _after_undo(case_id, wanted, outcome)
    return _gone_to(case_queue.next_open(office, user.offices, wanted, case_id), wanted, outcome)


def _after_undo(case_id: str, wanted: Wanted, outcome: Outcome) -> Any:
    """Show the case, open again; of an odd NIK the record, which no case stands for any more."""
    view = case_view.see(here().office, case_id, by=here().user.name)
    if view.kind != ODD_NIK:
        return _gone_to(case_id, _wanted(kind=wanted.kind), outcome)
    return _gone_to(view.record.record.record_id, _wanted(kind=ODD_NIK), outcome)


def _gone_to(one_id: str | None, wanted: Wanted, outcome: Outcome) -> Any:
    """Lead to a case, or to the queue where none is left, and tell there what was done."""
    wanted = replace(wanted, decided=False, page=1)
    query = _query(wanted) | {"done": outcome.case_id}
    if one_id is None:
        place = url_for("cases.index", **query)
    elif wanted.is_odd:
        place = url_for("cases.show_odd", record_id=one_id, **query)
    else:
        place = url_for("cases.show", case_id=one_id, **query)
    if "HX-Request" in request.headers:
        return Response("", headers={"HX-Redirect": place})
    return redirect(place, 303)


def _shown_again(case_id: str, told: str, code: str, status: int) -> Any:
    view = case_view.see(here().office, case_id, by=here().user.name)
    return make_response(_page(view, told=told, code=code, typed=request.form), status)


def _page(view: CaseView, *, told: str = "", code: str = "", typed: Any = None) -> str:
    office, own = here().office, here().user.offices
    wanted = _wanted(kind=ODD_NIK) if view.case_id is None else _wanted()
    one_id = view.case_id or view.record.record.record_id
    before, behind = case_queue.beside(office, own, wanted, one_id)
    usual = (typed or {}).get("usual") or USUAL.get(view.kind, "")
    name = "_case.html" if "HX-Request" in request.headers else "case.html"
    return render_template(
        name, view=view, rows=comparing.rows_of(view), say=telling, told=told, code=code,
        typed=typed or {}, before=before, behind=behind, wanted=wanted, ask=_query,
        done=_done(), questions=QUESTIONS, usual=usual, longest=LONGEST,
    )  # fmt: skip


def _done() -> case_past.Done | None:
    """Return what was just done with a case, as the address has it; only of the user's offices."""
    case_id = request.args.get("done", "")
    if not case_id or not case_queue.is_own(here().office, here().user.offices, case_id):
        return None
    return case_past.done(here().office, case_id)


def _wanted(kind: str | None = None) -> Wanted:
    asked = {name: value if value.isprintable() else "" for name, value in request.args.items()}
    page = asked.get("page", "1")
    wanted_kind = asked.get("kind", "") if kind is None else kind
    return Wanted(
        kind=wanted_kind,
        office_id=asked.get("office", ""),
        agent=asked.get("agent", "").strip(),
        decided=asked.get("state") == "decided",
        page=int(page) if page.isdecimal() and page.isascii() and len(page) < 7 else 1,
    )


def _query(wanted: Wanted, **other: Any) -> dict[str, Any]:
    """Return an address's part that asks the same of the queue, or something else in it."""
    values = {
        "kind": wanted.kind,
        "office": wanted.office_id,
        "agent": wanted.agent,
        "state": "decided" if other.get("decided", wanted.decided) else "",
        "page": wanted.page if wanted.page > 1 else "",
    }
    values |= {name: value for name, value in other.items() if name != "decided"}
    if values["page"] == 1:
        values["page"] = ""
    return {name: value for name, value in values.items() if value}


def _text(name: str) -> str:
    """Return what was typed, in its normal form; longer than allowed is cut off."""
    return (normal_text(request.form.get(name, "")) or "")[:LONGEST]
