"""Settings of an agent's own: the second copy, the passphrase, what this laptop is."""

from typing import Any

from flask import Blueprint, redirect, render_template, request

from agent_client import copies, tries
from agent_client.house import here, kept
from agent_client.pages.entering import SHORTEST, typed_folder
from agent_client.problems import AgentProblem
from agent_client.sentences import problem_sentence
from agent_client.status import read_status, retiring_sentence

web = Blueprint("setting", __name__)


@web.get("/settings")
def show() -> Any:
    """Show what can be set, and what this laptop is."""
    return _page()


@web.post("/settings/copy")
def copy() -> Any:
    """Make the second copy now, in the folder that was typed or chosen before."""
    try:
        folder = typed_folder(request.form.get("folder", ""))
        copies.copy_to(kept().vault, folder, here().house.session.clock.now())
    except AgentProblem as problem:
        return _page(copy_problem=problem_sentence(problem, here().lang))
    return redirect("/settings#copy", 303)


@web.post("/settings/passphrase")
def passphrase() -> Any:
    """Change the passphrase."""
    try:
        _change_passphrase()
    except AgentProblem as problem:
        return _page(passphrase_problem=problem_sentence(problem, here().lang))
    return _page(passphrase_changed=True)


def _page(**told: Any) -> str:
    status = read_status(kept().vault, kept().session.client)
    home = kept().session.settings.home
    return render_template(
        "settings.html",
        status=status,
        retiring=status.retiring and retiring_sentence(status.retiring, here().lang),
        folder=copies.chosen_folder(home),
        last_copy=copies.last_copy(home),
        home=home,
        settings=kept().session.settings,
        shortest=SHORTEST,
        **told,
    )


def _change_passphrase() -> None:
    form, session = request.form, kept().session
    old, new = form.get("passphrase_old", ""), form.get("passphrase", "")
    if new != form.get("passphrase_again", ""):
        raise AgentProblem("passphrase_differs")
    if len(new) < SHORTEST:
        raise AgentProblem("passphrase_too_short", least=SHORTEST)
    tries.change_passphrase(session.settings.home, old, new, session.cost, session.clock)
