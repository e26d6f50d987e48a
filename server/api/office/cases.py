"""Cases: the queue, one with both sides, and what is decided of it."""

from collections.abc import Mapping
from typing import Any

from server import case_queue, case_view, odd_nik, review
from server.api.office.asking import call
from server.api.office.bodies import CasesQuery, DecisionBody, NoteBody, QuestionBody
from server.api.office.case_answers import CaseAnswer, CasesAnswer, OutcomeAnswer
from server.case_queue import Wanted
from server.problems import SHAPE, Refused
from server.web.here import here


@call("GET", "/cases", CasesAnswer, query=CasesQuery)
def list_cases(asked: Mapping[str, Any]) -> Any:
    """List what waits, the oldest first, or what was decided, the newest first."""
    wanted = Wanted(asked["kind"], asked["office"], asked["agent"], asked["state"] == "decided")
    try:
        lines, cursor = case_queue.part_of(
            here().office, here().user.offices, wanted, asked["cursor"]
        )
    except ValueError:
        raise Refused(SHAPE) from None  # the cursor of another list
    return {"cases": lines, "cursor": cursor}


@call("GET", "/cases/<string:case_id>", CaseAnswer)
def show_case(case_id: str) -> Any:
    """Show a case with both sides; that somebody looked is noted."""
    return case_view.see(here().office, case_id, by=here().user.name)


@call("POST", "/cases/<string:case_id>/decision", OutcomeAnswer, body=DecisionBody, fits=False)
def decide_case(case_id: str, sent: Mapping[str, Any]) -> Any:
    """Decide an open case as it was looked at."""
    return review.decide(
        here().office,
        case_id,
        sent["choice"],
        by=here().user.name,
        holder=sent["holder"],
        seen=(sent["seen"]["record_id"], sent["seen"]["other_id"]),
        note=sent["note"],
    )


@call("POST", "/cases/<string:case_id>/question", OutcomeAnswer, body=QuestionBody, fits=False)
def ask_agent(case_id: str, sent: Mapping[str, Any]) -> Any:
    """Ask the agent of one side to look again; the case stays open."""
    return review.ask(here().office, case_id, **sent, by=here().user.name)


@call("POST", "/cases/<string:case_id>/undo", OutcomeAnswer, body=NoteBody, fits=False)
def undo_decision(case_id: str, sent: Mapping[str, Any]) -> Any:
    """Take back what was decided of a case."""
    return review.undo(here().office, case_id, by=here().user.name, note=sent["note"])


@call("GET", "/records/<string:record_id>", CaseAnswer, fits=False)
def show_odd(record_id: str) -> Any:
    """Show a record that was refused for its odd NIK alone; that somebody looked is noted."""
    return case_view.see_odd(here().office, record_id, by=here().user.name)


@call("POST", "/records/<string:record_id>/take", OutcomeAnswer, body=NoteBody, fits=False)
def take_odd(record_id: str, sent: Mapping[str, Any]) -> Any:
    """Take a record with its odd NIK as it is."""
    return odd_nik.take_odd_nik(here().office, record_id, by=here().user.name, note=sent["note"])
