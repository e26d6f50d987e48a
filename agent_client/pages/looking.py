"""The queue: every draft and capture, found again, and the story of each."""

from typing import Any, Final

from flask import Blueprint, redirect, render_template, request

from agent_client.house import here, kept
from agent_client.problems import AgentProblem
from agent_client.retention import days_left
from agent_client.sentences import responsible
from agent_client.store import captures, changes, device, drafts, exchange, notices, stopping
from agent_client.store.captures import Capture
from agent_client.telling import story_steps
from schemas.envelope import parse_moment

web = Blueprint("looking", __name__)

PAGE: Final = 25
TABS: Final[dict[str, tuple[str, ...]]] = {
    "waiting": ("waiting", "set_aside", "sealed"),
    "rejected": ("rejected",),
    "in_review": ("in_review",),
    "accepted": ("accepted",),
    "duplicate": ("duplicate",),
    "all": (),
}
"""What stands behind each tab of the queue, besides the drafts."""


@web.get("/")
def home() -> Any:
    """Begin where an agent works: at the next worker, or at what is left to be done."""
    with kept().vault.reading() as tx:
        known, stop = device.device(tx), stopping.stop(tx)
    if known is None or known.office_url is None:
        return redirect("/join", 303)
    return redirect("/captures/new" if stop is None else "/queue", 303)


@web.route("/queue", methods=["GET", "POST"])
def queue() -> Any:
    """Show what is in a tab, or what a search finds in all of them.

    What is sought may be digits of a NIK, so it is posted: no address has it.
    """
    search = request.form.get("search", "").strip()[:60]
    state = request.args.get("state", "")
    with kept().vault.reading() as tx:
        counts = captures.count_captures(tx)
        begun = drafts.count_drafts(tx)
        tab = _tab(state, counts, begun > 0, bool(search))
        page = _page_number()
        found, total = _found(tx, tab, search, page)
        shown = _begun(tx, tab, search, page)
        told = notices.unread_notices(tx, here().house.session.clock.now())
        proven = parse_moment(exchange.last_exchange(tx).office_time)
    settings = kept().session.settings
    return render_template(
        "queue.html",
        tabs=_counted(counts, begun),
        tab=tab,
        search=search,
        drafts=[(one, days_left(one, proven, settings)) for one in shown],
        captures=found,
        total=total,
        page=page,
        pages=-(-(begun if tab == "draft" else total) // PAGE),
        notices=told,
    )


@web.get("/captures/<record_id>")
def show(record_id: str) -> Any:
    """Tell the story of one capture."""
    with kept().vault.reading() as tx:
        found = captures.capture(tx, record_id)
        if found is None:
            raise AgentProblem("capture_unknown")
        steps = changes.story_of(tx, record_id)
        correcting = drafts.draft_correcting(tx, record_id)
        envelope = None if found.restricted else captures.envelope_of(tx, record_id)
        # It may be on another laptop, or forgotten: only what is here can be looked at.
        may_begin = stopping.stop(tx) is None
        successor = captures.capture(tx, found.resaved_as or found.corrected_by or "")
    return render_template(
        "story.html",
        capture=found,
        steps=list(story_steps(found, steps, here().lang)),
        content={} if envelope is None else envelope["content"],
        draft=correcting,
        successor=successor,
        who=_who_acts(found),
        can_correct=_can_correct(found) and envelope is not None and may_begin,
    )


@web.post("/notices/<notice_id>/read")
def read(notice_id: str) -> Any:
    """Take a notice away that was read."""
    with kept().vault.writing() as tx:
        notices.mark_read(tx, notice_id, here().house.session.clock.now())
    return "" if "HX-Request" in request.headers else redirect("/queue", 303)


def _found(tx: Any, tab: str, search: str, page: int) -> tuple[list[Capture], int]:
    if tab == "draft" and not search:
        return [], 0
    states = TABS["all"] if search else TABS[tab]
    offset = (page - 1) * PAGE
    return captures.newest_captures(tx, states, search or None, limit=PAGE, offset=offset)


def _begun(tx: Any, tab: str, search: str, page: int) -> list[drafts.Draft]:
    """The drafts of a page, newest first; a search finds them in all of them."""
    if search:
        return [one for one in reversed(drafts.drafts(tx)) if _is_sought(one, search)]
    if tab != "draft":
        return []
    return drafts.newest_drafts(tx, limit=PAGE, offset=(page - 1) * PAGE)


def _counted(counts: dict[str, int], begun: int) -> list[tuple[str, int]]:
    """How many are behind each tab."""
    counted = [("draft", begun)]
    for name, states in TABS.items():
        counted.append((name, sum(counts[state] for state in states or counts)))
    return counted


def _tab(state: str, counts: dict[str, int], begun: bool, searching: bool) -> str:
    """The tab asked for, else the first that asks something of the agent."""
    if searching:
        return "all"
    if state in TABS or state == "draft":
        return state
    for name in ("rejected", "waiting"):
        if any(counts[one] for one in TABS[name]):
            return name
    return "draft" if begun else "all"


def _page_number() -> int:
    text = request.form.get("page") or request.args.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 6 else 1


def _is_sought(draft: drafts.Draft, search: str) -> bool:
    names = (draft.content.get("full_name", ""), draft.content.get("alias", ""))
    nik = str(draft.content.get("nik", ""))
    sought = search.casefold()
    named = any(sought in str(name).casefold() for name in names)
    return named or (len(sought) > 2 and nik.endswith(sought))


def _who_acts(one: Capture) -> str:
    """Who must act next, by the code that says how it stands."""
    code = one.problem if one.waiting else f"{one.verdict}/{one.reason}"
    found = responsible(str(code))
    return "" if found is None else found.value


def _can_correct(one: Capture) -> bool:
    return one.state in ("rejected", "in_review", "accepted", "duplicate")
