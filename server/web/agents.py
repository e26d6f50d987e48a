"""An agent's page: days, what became of the records, laptops, cases, and what to ask about."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from markupsafe import Markup

from faces import charts, formats
from schemas.messages import error_sentence, field_name
from schemas.regions import region
from server.agent_work import AgentWork, Span, work_of
from server.rules.roles import Access
from server.rules.signs import HOUSEHOLD, MINIMUM
from server.web import telling
from server.web.here import gettext, here

web = Blueprint("agents", __name__)


@web.get("/agents/<agent_id>")
def show(agent_id: str) -> Any:
    """Show an agent's work in a span of days; no worker is named."""
    asked = request.args.get("span")
    span = Span(asked) if asked in list(Span) else Span.DAYS
    office, lang = here().office, here().lang
    work = work_of(office, agent_id, span, here().user.offices)
    return render_template(
        "agent.html",
        work=work,
        span=span,
        calendar=_calendar(work),
        works=here().user.may(Access.WORK),
        of_some=here().user.offices is not None,
        region=region,
        case_kind=telling.kind,
        wrong=lambda error: error_sentence(error, lang),
        field=lambda name: field_name(name, lang),
        birth_day=lambda on: formats.day_of_year(on[0], on[1], lang),
        too_fast=office.settings.too_fast_seconds,
        minimum=MINIMUM,
        household=HOUSEHOLD,
    )


def _calendar(work: AgentWork) -> Markup:
    """Draw the accepted records of each day."""
    lang = here().lang
    told = gettext("%(day)s: %(count)s diterima")

    def label(on: date, count: int) -> str:
        return told % {"day": formats.short_day(on, lang), "count": formats.number(count)}

    return charts.day_calendar(
        {day.work_date: int(day.accepted) for day in work.days},
        first=work.first,
        last=work.last,
        title=gettext("Diterima per hari"),
        description=gettext("Satu kotak satu hari. Angkanya ada di tabel di bawah."),
        label=label,
        lang=lang,
    )
