"""The way in: a one-time link, unlocking a seat, joining an office, locking again."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from flask import Blueprint, current_app, redirect, render_template, request
from flask import session as cookie
from werkzeug.exceptions import HTTPException

from agent_client import tries, vault
from agent_client.gate import Visit
from agent_client.house import House, here
from agent_client.kept import Progress
from agent_client.problems import AgentProblem
from agent_client.restoring import restore
from agent_client.retention import purge_due
from agent_client.seats import Seat, new_seat, seat_named, seats
from agent_client.sentences import problem_sentence
from agent_client.store import device, joining
from sync.transport import BadAddress, office_address

web = Blueprint("entering", __name__)

SHORTEST = 8
_YEAR_SECONDS = 366 * 86_400


@web.get("/enter/<token>")
def enter(token: str) -> Any:
    """Open a visit by a link that works once."""
    visit_id = here().house.gate.enter(token)
    if visit_id is None:
        return render_template("closed.html"), 403
    cookie.clear()
    cookie["visit"] = visit_id
    return redirect("/", 303)


@web.get("/unlock")
def unlock() -> Any:
    """Ask whose page it is, and for the passphrase."""
    found = seats(here().house.laptop_home)
    if not found:
        return redirect("/join", 303)
    return render_template("unlock.html", seats=found, chosen=_chosen(found))


@web.post("/unlock")
def open_seat() -> Any:
    """Unlock a seat, or say why not."""
    found = seats(here().house.laptop_home)
    try:
        seat = seat_named(here().house.laptop_home, request.form.get("seat", ""))
        _open(here().house, seat, request.form.get("passphrase", ""))
    except AgentProblem as problem:
        lost = problem.params.get("folder") if problem.code in _LOST else None
        return _refused(found, problem, lost)
    return redirect(_back_to(seat), 303)


@web.post("/restore")
def restore_seat() -> Any:
    """Put the second copy in the place of a damaged or lost database, and unlock it."""
    found = seats(here().house.laptop_home)
    try:
        seat = seat_named(here().house.laptop_home, request.form.get("seat", ""))
        _restore(here().house, seat, request.form.get("passphrase", ""))
    except AgentProblem as problem:
        return _refused(found, problem, request.form.get("folder", ""))
    return redirect("/queue", 303)


@web.get("/join")
def join() -> Any:
    """Ask where to join, or tell how far a joining is that was begun."""
    return render_template("join.html", **_joining(), problem=None, typed={})


@web.post("/join")
def begin_joining() -> Any:
    """Begin to join: nothing of it is lost where there is no line yet."""
    try:
        _begin_joining(here().house)
    except (AgentProblem, BadAddress) as problem:
        params = problem.params if isinstance(problem, AgentProblem) else {}
        said = problem_sentence(AgentProblem(problem.code, **params), here().lang)
        typed = {name: request.form.get(name, "") for name in _TYPED}
        return render_template("join.html", **_joining(), problem=said, typed=typed)
    return redirect("/join", 303)


@web.get("/join/state")
def joining_state() -> Any:
    """Return how far the joining is; the page asks again and again.

    One without the form is asked for anew where it did not work out: something may be
    to be typed in another way.
    """
    state, has_form = _joining(), request.args.get("form") == "1"
    headers = {}
    if state["progress"] is not None and not state["progress"].running:
        again = {} if has_form else {"HX-Refresh": "true"}
        headers = {"HX-Redirect": "/"} if state["joined"] else again
    return render_template("_joining.html", **state, has_form=has_form), 200, headers


@web.post("/lock")
def lock() -> Any:
    """Lock the page; the queue goes on syncing."""
    visit = here().visit
    assert visit is not None
    # The gate may have locked it just before the page did: it goes on there all the same.
    leave(visit, request.form.get("at", ""))
    if visit.seat is not None:
        here().house.gate.lock_seat(visit.seat)
        here().house.keeper.copy_soon(visit.left_by)
    return redirect("/unlock", 303)


@web.post("/language")
def language() -> Any:
    """Change the language, for this and later visits."""
    lang = "en" if request.form.get("lang") == "en" else "id"
    cookie["lang"] = lang
    response = redirect(own_path(request.form.get("at", "")) or "/", 303)
    response.set_cookie(
        "lorong_lang", lang, max_age=_YEAR_SECONDS, httponly=True, samesite="Strict"
    )
    return response


_LOST = ("database_damaged", "database_missing", "key_missing", "key_damaged")
"""Problems at unlocking that a second copy mends."""
_TYPED = ("label", "address", "code", "laptop")
_PATH: Final = re.compile(r"/|(/[A-Za-z0-9-]+)+")


def _refused(found: list[Seat], problem: AgentProblem, lost: str | None) -> str:
    """Ask again, and say why; `lost` is the second copy's folder where it may mend it."""
    said = problem_sentence(problem, here().lang)
    return render_template(
        "unlock.html", seats=found, chosen=_chosen(found), problem=said, lost=lost
    )


def _chosen(found: list[Seat]) -> str:
    """Return the seat that is most likely meant: the one typed, the one left, the first."""
    visit = here().visit
    left = visit.left_by if visit is not None else None
    return request.form.get("seat") or left or found[0].name if found else ""


def _open(house: House, seat: Seat, passphrase: str) -> None:
    session = house.seated(seat)
    busy = session.settings.busy_seconds
    opened = tries.unlock_guarded(seat.home, passphrase, busy, session.clock)
    kept = house.keeper.keep(seat.name, session, opened)
    _sit_down(seat)
    # A full disk keeps nobody out of what is there: the next exchange purges as well.
    with suppress(AgentProblem):
        purge_due(kept.vault, session.settings, session.clock.now())


def _sit_down(seat: Seat) -> None:
    """Show a seat's pages from now on; those of another one that are still open may do nothing."""
    visit = here().visit
    assert visit is not None
    if (visit.seat or visit.left_by) not in (None, seat.name):
        cookie.pop("csrf_token", None)
    visit.seat = seat.name


def _restore(house: House, seat: Seat, passphrase: str) -> None:
    session = house.seated(seat)
    if house.keeper.kept(seat.name) is not None:
        # Only who may open it may close it: its queue is syncing.
        tries.check(seat.home, passphrase, session.clock)
        house.keeper.close(seat.name)
    folder = typed_folder(request.form.get("folder", ""))
    restore(folder, seat.home, passphrase, session.clock, session.settings.busy_seconds)
    _open(house, seat, passphrase)


def _back_to(seat: Seat) -> str:
    visit = here().visit
    assert visit is not None
    left_at, left_by = visit.left_at, visit.left_by
    visit.left_at = visit.left_by = None
    return left_at if left_at and left_by in (None, seat.name) else "/"


def leave(visit: Visit, path: str) -> None:
    """Remember where a visit is being locked; the way in is no place to come back to."""
    if own_path(path) not in (None, "/", "/unlock"):
        visit.left_at = path


def _joining() -> dict[str, Any]:
    """How far the joining of the open seat is; all but `joined` is empty where none is open."""
    kept = here().kept
    if kept is None:
        return {"joined": False, "begun": None, "progress": None, "rejoining": False}
    with kept.vault.reading() as tx:
        known, begun = device.device(tx), joining.begun_joining(tx)
    joined = known is not None and known.office_url is not None and begun is None
    # An exchange that happens meanwhile is no joining.
    is_joining = begun is not None or kept.is_joining()
    return {
        "joined": joined,
        "begun": begun,
        "progress": kept.progress() if is_joining else Progress(),
        "rejoining": known is not None and known.office_url is not None,
    }


def _begin_joining(house: House) -> None:
    form = request.form
    begun = joining.Begun(
        office_address(form.get("address", "").strip()),
        _given("code"),
        _given("laptop"),
    )
    if here().kept is None:
        _make_seat(house)
    kept = house.keeper.kept(getattr(here().visit, "seat", None))
    assert kept is not None
    with kept.vault.writing() as tx:
        joining.keep_joining_begun(tx, begun)
    kept.start()


def _make_seat(house: House) -> None:
    label, passphrase = _given("label"), request.form.get("passphrase", "")
    if passphrase != request.form.get("passphrase_again", ""):
        raise AgentProblem("passphrase_differs")
    if len(passphrase) < SHORTEST:
        raise AgentProblem("passphrase_too_short", least=SHORTEST)
    seat = new_seat(house.laptop_home, label)
    session = house.seated(seat)
    busy = session.settings.busy_seconds
    made = vault.create(seat.home, passphrase, session.cost, busy, seat.label)
    house.keeper.keep(seat.name, session, made)
    _sit_down(seat)


def _given(name: str) -> str:
    text = request.form.get(name, "").strip()
    if not text:
        raise AgentProblem("joining_incomplete")
    return text[:200]


def typed_folder(text: str) -> Path:
    """Return the folder that was typed; AgentProblem `copy_folder_unknown` for none."""
    if not text.strip():
        raise AgentProblem("copy_folder_unknown")
    return Path(text.strip())


def own_path(text: str) -> str | None:
    """Return a path where a page is, None for any other, and for all that leads elsewhere."""
    if not _PATH.fullmatch(text):
        return None
    try:
        endpoint, _ = current_app.url_map.bind("").match(text, "GET")
    except HTTPException:
        return None
    return None if endpoint == "entering.enter" else text
