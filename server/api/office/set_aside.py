"""What came in and has no standing, and judging it again."""

from collections.abc import Mapping
from typing import Any, Final

from server.api.office.answers import JudgedAnswer, SetAsideAnswer
from server.api.office.asking import call
from server.api.office.bodies import PairBody, SetAsideQuery
from server.judging_again import Pair, judge_again
from server.rules.aside import may_be_judged, who_acts
from server.store import set_aside
from server.web.here import here

_PAGE: Final = 50


@call("GET", "/set-aside", SetAsideAnswer, query=SetAsideQuery)
def list_set_aside(asked: Mapping[str, Any]) -> Any:
    """List what is set aside, the oldest first, fifty to a page."""
    office, page = here().office, asked["page"]
    today, own = office.today(), here().user.offices
    with office.store.read() as tx:
        found = set_aside.count(tx, today, own)
        rows = set_aside.listed(
            tx, on=today, office_ids=own, limit=_PAGE, offset=(page - 1) * _PAGE
        )
    lines = [
        {
            **row._mapping,
            "may_be_judged": may_be_judged(row.reason),
            "responsible": who_acts(row.reason).value,
        }
        for row in rows
    ]
    return {"set_aside": lines, "found": found, "page": page, "pages": max(1, -(-found // _PAGE))}


@call("POST", "/set-aside/<string:agent_id>/judge", JudgedAnswer, body=PairBody, fits=False)
def judge(agent_id: str, sent: Mapping[str, Any]) -> Any:
    """Judge an agent's record again, and tell how it stands now."""
    verdict, reason = judge_again(here().office, Pair(agent_id, **sent), by=here().user.name)
    return {"verdict": verdict, "reason": reason}
