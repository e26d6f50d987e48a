"""Captures in every state, put there as the office's answers and time put them."""

from typing import Any

from agent_client.store import captures
from agent_client.store.outbox import VaultOutbox
from tests.agent_client.laptops import save
from tests.agent_client.pages.filling import boxes
from tests.agent_client.pages.visitor import Program, Visitor
from tests.builders import content

STATES = tuple(captures.STATES)
_REASONS = {
    "accepted": "new",
    "duplicate": "enrolled",
    "in_review": "nik_conflict",
    "rejected": "invalid",
    "superseded": "corrected",
}


def outbox(program: Program) -> VaultOutbox:
    """Return the queue of the first seat."""
    return program.house.session.outbox(program.kept().vault)


def put(program: Program, n: int, **members: Any) -> str:
    """Save person number `n`; return the record's id."""
    return save(outbox(program), content(n, **members))


def answer(program: Program, record_id: str, verdict: str, **members: Any) -> None:
    """Let the office give a verdict, or change one."""
    one = {
        "record_id": record_id,
        "digest": dict(outbox(program).held(None, 1000))[record_id],
        "verdict": verdict,
        "reason": _REASONS.get(verdict, "new"),
        "seq": 5,
        "received_at": "2026-11-20T02:00:01Z",
        **members,
    }
    outbox(program).settle({"acks": [one]}, receipt=None, now=program.laptop.desk.now())


def changes(program: Program, *told: dict[str, Any]) -> None:
    """Let the office tell changes by its feed."""
    outbox(program).settle(
        {"acks": [], "changes": list(told)}, receipt=None, now=program.laptop.desk.now()
    )


def restrict(program: Program, record_id: str) -> None:
    """Let the office restrict what may be done with a record."""
    changes(program, {"kind": "restrict", "record_id": record_id, "on": True})


def notice(program: Program, text: str, record_id: str | None = None) -> None:
    """Let the office say something to the agent."""
    told = {"kind": "notice", "notice_id": f"n-{text}", "text_id": text, "text_en": f"{text} (en)"}
    changes(program, {**told, "record_id": record_id})


def wipe(program: Program, record_id: str, days: int | None = None) -> None:
    """Take a capture's personal part away: sealed where it waits, purged by a rule of `days`."""
    with program.kept().vault.writing() as tx:
        tx.execute(
            "update captures set envelope = x'', nik = '', name = '', sought = '',"
            " birth_date = null, wiped_at = '2026-12-04T02:00:00.000Z', purged_after_days = ?"
            " where record_id = ?",
            [days, record_id],
        )


def one_of(program: Program, state: str, n: int) -> str:
    """Save person number `n` and bring the capture into a state; return its id."""
    record_id = put(program, n)
    if state == "set_aside":
        outbox(program).set_aside(record_id, "faulty", program.laptop.desk.now())
    elif state == "sealed":
        wipe(program, record_id)
    elif state == "resaved":
        answer(program, record_id, "rejected", reason="id_reused")
    elif state == "rejected":
        errors = [{"field": "monthly_income", "code": "income_range"}]
        answer(program, record_id, state, errors=errors)
    elif state != "waiting":
        answer(program, record_id, state)
    assert state_of(program, record_id) == state
    return record_id


def state_of(program: Program, record_id: str) -> str:
    with program.kept().vault.reading() as tx:
        found = captures.capture(tx, record_id)
    assert found is not None
    return found.state


def counts(program: Program) -> dict[str, int]:
    """Return how many captures are in each state, by the database."""
    with program.kept().vault.reading() as tx:
        return captures.count_captures(tx)


def live(program: Program, visitor: Visitor) -> dict[str, str]:
    """Make a laptop on which all was done: each state, drafts, a notice; return the ids."""
    ids = {state: one_of(program, state, n) for n, state in enumerate(STATES, start=1)}
    ids["restricted"] = one_of(program, "accepted", 21)
    restrict(program, ids["restricted"])
    ids["purged"] = one_of(program, "accepted", 22)
    wipe(program, ids["purged"], days=14)
    ids["draft"] = str(visitor.consent())
    visitor.type(int(ids["draft"]), boxes(23))
    notice(program, "Rapat hari Senin", ids["accepted"])
    return ids
