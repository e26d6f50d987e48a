"""My performance: this month against the target, and what the line has not carried yet."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from agent_client.house import here, kept
from agent_client.performance import Month, read_performance
from faces import charts, formats

web = Blueprint("performing", __name__)


@web.get("/performance")
def show() -> Any:
    """Show this month, or the one before."""
    found = read_performance(kept().vault, here().house.session.clock.now())
    months = (found.this, found.previous)
    wanted = request.args.get("month")
    shown = next((one for one in months if one.month == wanted), found.this)
    return render_template(
        "performance.html", months=months, shown=shown, as_of=found.as_of, chart=_chart(shown)
    )


def _chart(month: Month) -> Any:
    name = formats.month_name(month.month, here().lang)
    return charts.day_bars(
        month.days,
        title=gettext("Diterima per hari, %(month)s", month=name),
        description=gettext("%(count)s diterima", count=month.accepted or 0),
        label=lambda day, count: f"{formats.day(day, here().lang)}: {count}",
    )
