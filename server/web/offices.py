"""Agen dan kantor: who works where; offices and agents are made, named, moved and ended here."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from flask import Blueprint, render_template, request
from flask_babel import gettext

from faces.formats import day as day_in_words
from faces.formats import number
from server import administer, agents
from server.problems import DAY_UNREADABLE, Refused
from server.rules.stations import has_ended
from server.store.offices import AgentThen
from server.web import join_codes
from server.web.going import go
from server.web.here import here

web = Blueprint("offices", __name__)
_LIST: Final = "/offices"
_AT_ONCE: Final = 100


@web.get("/offices")
def show() -> Any:
    """List the user's offices and their agents, a hundred to a page."""
    office, own = here().office, here().user.offices
    staff, wanted = agents.everybody(office, own), _wanted()
    found = [one for one in staff if _fits(one, **wanted)]
    page = request.args.get("page", 1, type=int)
    page = min(max(page, 1), max(1, -(-len(found) // _AT_ONCE)))
    today = office.today()
    return render_template(
        "offices.html",
        offices=[one for one in agents.all_offices(office) if own is None or one.office_id in own],
        counts=Counter(one.office_id for one in staff if not has_ended(one, today)),
        agents=agents.told(office, found[(page - 1) * _AT_ONCE : page * _AT_ONCE]),
        count=len(found),
        wanted=wanted,
        page=page,
        more=page * _AT_ONCE < len(found),
        today=today,
    )


def _wanted() -> dict[str, str]:
    return {name: request.args.get(name, "") for name in ("q", "office")}


def _fits(one: AgentThen, q: str, office: str) -> bool:
    text = q.casefold().strip()
    is_named = text in one.name.casefold() or text in one.code.casefold()
    return is_named and office in ("", one.office_id)


@web.get("/offices/new")
def show_new() -> Any:
    """Ask for what makes an office."""
    return render_template("office.html", one=None)


@web.post("/offices")
def make() -> Any:
    """Make an office."""
    name = request.form.get("office_name", "")
    with _fitting():
        administer.add_office(here().office, name, by=here().user.name)
    return go(_LIST, gettext("Kantor dibuat."))


@web.get("/offices/<office_id>")
def show_one(office_id: str) -> Any:
    """Show an office, to be named otherwise."""
    with _fitting():
        return render_template("office.html", one=agents.office(here().office, office_id))


@web.post("/offices/<office_id>")
def rename(office_id: str) -> Any:
    """Give an office another name."""
    name = request.form.get("office_name", "")
    with _fitting():
        administer.rename_office(here().office, office_id, name, by=here().user.name)
    return go(_LIST, gettext("Nama kantor tersimpan."))


@web.get("/offices/agents/new")
def show_new_agent() -> Any:
    """Ask for what makes an agent."""
    return render_template("office_agent_new.html", offices=agents.all_offices(here().office))


@web.post("/offices/agents")
def make_agent() -> Any:
    """Make an agent, and go to where the code for the laptop is made."""
    office, form = here().office, request.form
    with _fitting():
        home = agents.office(office, form.get("office", ""))
        name, code, by = form.get("agent_name", ""), form.get("code", ""), here().user.name
        agent_id = administer.add_agent(office, name, home.name, code, by=by)
    return go(_path(agent_id), gettext("Agen dibuat. Sekarang buat kode untuk laptopnya."))


@web.get("/offices/agents/<agent_id>")
def show_agent(agent_id: str) -> Any:
    """Show where an agent is, and what may be changed."""
    office = here().office
    with _fitting():
        one = agents.agent(office, agent_id)
    today = office.today()
    return render_template(
        "office_agent.html",
        one=one,
        offices=agents.all_offices(office),
        today=today,
        ended=has_ended(one, today),
    )


@web.post("/offices/agents/<agent_id>/name")
def name_agent(agent_id: str) -> Any:
    """Give an agent another name."""
    name = request.form.get("agent_name", "")
    with _fitting():
        agents.change_agent(here().office, agent_id, name, by=here().user.name)
    return go(_path(agent_id), gettext("Nama agen tersimpan."))


@web.post("/offices/agents/<agent_id>/move")
def move_agent(agent_id: str) -> Any:
    """Let an agent be at an office from a day on."""
    to, since = request.form.get("office", ""), request.form.get("since", "")
    with _fitting():
        day = agents.day_of(since)
        count = agents.move_agent(here().office, agent_id, to, day, by=here().user.name)
    told = gettext(
        "Perpindahan mulai %(day)s tersimpan. Pendaftaran yang ikut berpindah: %(count)s.",
        day=day_in_words(day, here().lang),
        count=number(count),
    )
    return go(_path(agent_id), told)


@web.post("/offices/agents/<agent_id>/end")
def end_agent(agent_id: str) -> Any:
    """Let somebody be no agent from a day on."""
    with _fitting():
        day = agents.day_of(request.form.get("since", ""))
        agents.end_agent(here().office, agent_id, day, by=here().user.name)
    return go(_path(agent_id), gettext("Tersimpan: agen ini berakhir pada tanggal itu."))


@web.post("/offices/agents/<agent_id>/back")
def take_back_end(agent_id: str) -> Any:
    """Let somebody be an agent again."""
    with _fitting():
        agents.take_back_end(here().office, agent_id, by=here().user.name)
    return go(_path(agent_id), gettext("Tersimpan: agen ini bekerja lagi."))


@web.post("/offices/agents/<agent_id>/code")
def make_code(agent_id: str) -> Any:
    """Show a new join code this once."""
    with _fitting():
        return join_codes.made(agents.agent(here().office, agent_id), _path(agent_id))


def _path(agent_id: str) -> str:
    return f"{_LIST}/agents/{agent_id}"


@contextmanager
def _fitting() -> Iterator[None]:
    """Turn what cannot be into a refusal with its problem."""
    try:
        with administer.fitting():
            yield
    except ValueError:
        raise Refused(DAY_UNREADABLE) from None
