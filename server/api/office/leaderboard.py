"""The leaderboard, asked for as its page asks."""

from collections.abc import Mapping
from typing import Any, Final

from schemas.problem import Problem
from server.api.office.answers import LeaderboardAnswer
from server.api.office.asking import call
from server.api.office.bodies import LeaderboardQuery
from server.leaderboard_page import page_of
from server.problems import SHAPE, SPAN_TOO_LONG, SPAN_UNREADABLE, Refused
from server.rules.spans import SpanUnreadable, span_of
from server.web import filters
from server.web.here import here

_SPANS: Final[Mapping[str, Problem]] = {one.code: one for one in (SPAN_UNREADABLE, SPAN_TOO_LONG)}


@call("GET", "/leaderboard", LeaderboardAnswer, query=LeaderboardQuery)
def show_leaderboard(asked: Mapping[str, Any]) -> Any:
    """Rank the agents in a span of days, fifty to a page."""
    office, user = here().office, here().user
    try:
        span_of(asked["span"] or "2000-01")
    except SpanUnreadable as error:
        raise Refused(_SPANS[error.code]) from None
    wanted = filters.read(asked, user.offices, filters.own_offices(), office.today())
    if wanted.asked is None:  # an office or a place that there is not
        raise Refused(SHAPE)
    page = page_of(office, wanted.asked, asked["q"], asked["page"])
    lines = [{**one._asdict(), "weeks": page.sparks[one.agent_id]} for one in page.places]
    return {**page._asdict(), "lines": lines}
