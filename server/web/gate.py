"""The one place where it is checked who may come in.

Every address of the office stands in ROUTES, by its endpoint; one that nobody put there lets
nobody in. At a page who asks has signed in, at a call it is told by a personal token. What an
address names by `agent_id`, `case_id`, `device_id`, `office_id` or
`record_id` is looked up here too: where it is of none of the user's offices, there is no such
page. What a page lists it asks for with the user's `offices`.
"""

from collections.abc import Mapping
from typing import Any, Final

from flask import Response, redirect, request, url_for
from flask_login import current_user

from server import accounts
from server.api.admission import bearer_of
from server.problems import NOT_ALLOWED, NOT_FOUND, PAGE_UNKNOWN, SIGN_IN_NEEDED, Refused
from server.rules.roles import Access
from server.store import whose
from server.web.going import own_path
from server.web.here import here, take_caller

QUIET: Final = "X-Lorong-Quiet"
"""The header of what a page that is left open asks for by itself: it keeps nobody signed in."""

ROUTES: Final[Mapping[str, Access]] = {
    "faces.file": Access.OPEN,
    "desk.file": Access.OPEN,
    "api-docs.openapi_json": Access.OPEN,
    "exchange.Ping": Access.OPEN,
    "exchange.Devices": Access.OPEN,  # a join code is asked for
    "exchange.Exchange": Access.LAPTOP,
    "exchange.Reconcile": Access.LAPTOP,
    "exchange.Reference": Access.LAPTOP,
    "signing.show": Access.OPEN,
    "signing.enter": Access.OPEN,
    "signing.enter_code": Access.OPEN,
    "signing.language": Access.OPEN,
    "signing.theme": Access.OPEN,
    "signing.leave": Access.OWN,
    "welcome.show": Access.OPEN,  # who has the link
    "welcome.enter": Access.OPEN,
    "account.show": Access.OWN,
    "account.change_password": Access.OWN,
    "account.begin_two_steps": Access.OWN,
    "account.confirm_two_steps": Access.OWN,
    "account.end_two_steps": Access.OWN,
    "account.make_token": Access.OWN,
    "account.end_token": Access.OWN,
    "account.leave_everywhere": Access.OWN,
    "offices.show": Access.WORK,
    "offices.show_new": Access.ALL,
    "offices.make": Access.ALL,
    "offices.show_one": Access.ALL,
    "offices.rename": Access.ALL,
    "offices.show_new_agent": Access.ALL,
    "offices.make_agent": Access.ALL,
    "offices.show_agent": Access.WORK,
    "offices.name_agent": Access.ALL,
    "offices.move_agent": Access.ALL,
    "offices.end_agent": Access.ALL,
    "offices.take_back_end": Access.ALL,
    "offices.make_code": Access.WORK,
    "users.show": Access.ALL,
    "users.show_new": Access.ALL,
    "users.make": Access.ALL,
    "users.show_one": Access.ALL,
    "users.change": Access.ALL,
    "users.make_link": Access.ALL,
    "users.unlock": Access.ALL,
    "users.end": Access.ALL,
    "laptops.index": Access.WORK,
    "laptops.show": Access.WORK,
    "laptops.ask_retire": Access.WORK,
    "laptops.retire": Access.WORK,
    "laptops.ask_keep": Access.WORK,
    "laptops.keep": Access.WORK,
    "laptops.ask_revoke": Access.WORK,
    "laptops.revoke": Access.WORK,
    "losses.show": Access.WORK,  # names workers, and notes who looked
    "losses.letters": Access.WORK,
    "join_codes.show": Access.WORK,
    "join_codes.make": Access.WORK,
    "join_codes.void": Access.WORK,
    "set_aside.index": Access.WORK,
    "set_aside.judge": Access.WORK,
    "board.home": Access.FIGURES,
    "board.show": Access.FIGURES,
    "board.kelurahan": Access.FIGURES,
    "board.as_csv": Access.FIGURES,
    "board.as_xlsx": Access.FIGURES,
    "cases.index": Access.WORK,
    "cases.show": Access.WORK,
    "cases.decide": Access.WORK,
    "cases.undo": Access.WORK,
    "cases.ask": Access.WORK,
    "cases.question": Access.WORK,
    "cases.reveal": Access.WORK,
    "cases.reveal_record": Access.WORK,
    "cases.show_odd": Access.WORK,
    "cases.take": Access.WORK,
    "trail.show": Access.WORK,
    "trail.as_csv": Access.WORK,
    "agents.show": Access.FIGURES,
    "office_api.show_leaderboard": Access.FIGURES,
    "office_api.list_agents": Access.WORK,
    "office_api.show_agent": Access.FIGURES,
    "office_api.make_agent": Access.ALL,
    "office_api.name_agent": Access.ALL,
    "office_api.move_agent": Access.ALL,
    "office_api.end_agent": Access.ALL,
    "office_api.take_back_end": Access.ALL,
    "office_api.make_join_code": Access.WORK,
    "office_api.list_laptops": Access.WORK,
    "office_api.show_laptop": Access.WORK,
    "office_api.retire_laptop": Access.WORK,
    "office_api.keep_laptop": Access.WORK,
    "office_api.revoke_laptop": Access.WORK,
    "office_api.list_offices": Access.WORK,
    "office_api.make_office": Access.ALL,
    "office_api.name_office": Access.ALL,
    "office_api.list_cases": Access.WORK,
    "office_api.show_case": Access.WORK,
    "office_api.decide_case": Access.WORK,
    "office_api.ask_agent": Access.WORK,
    "office_api.undo_decision": Access.WORK,
    "office_api.show_odd": Access.WORK,
    "office_api.take_odd": Access.WORK,
    "office_api.list_set_aside": Access.WORK,
    "office_api.judge": Access.WORK,
    "office_api.list_audit": Access.WORK,
}


def admit() -> Any:
    """Let a request through, or say what is missing: a sign-in, a right (before_request)."""
    if request.endpoint is None:
        return None  # there is no such address: told as such
    access = ROUTES.get(request.endpoint)
    if access in (Access.OPEN, Access.LAPTOP):
        return None
    if is_call():
        _take_caller()
    elif not current_user.is_authenticated:
        return _ask_to_sign_in()
    user = here().user
    if access is None or not user.may(access):
        raise Refused(NOT_ALLOWED)
    with here().office.store.read() as tx:
        for name, value in (request.view_args or {}).items():
            found = whose.offices_of(tx, name, str(value), here().office.today())
            if found is not None and not (found and user.sees(found)):
                raise Refused(NOT_FOUND if is_call() else PAGE_UNKNOWN)
    return None


def _take_caller() -> None:
    """Let a program in by its user's token: a call takes no cookie, and a page no token."""
    user = accounts.user_of_token(here().office, bearer_of(request))
    if user is None:
        raise Refused(SIGN_IN_NEEDED, headers={"WWW-Authenticate": "Bearer"})
    take_caller(user)


def _ask_to_sign_in() -> Response:
    """Lead to the sign-in; a page that was left open keeps what was typed into it."""
    if "HX-Request" in request.headers:
        from server.web.signing import dialog

        return dialog()
    to = own_path(request.full_path.rstrip("?")) if request.method == "GET" else "/"
    return redirect(url_for("signing.show", to=to), 303)  # type: ignore[return-value]


def is_call() -> bool:
    """Tell whether a program asks, and not a page."""
    return request.path.startswith("/api/") or request.path == "/openapi.json"
