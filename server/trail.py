"""Look through the trail: what was done, by whom, about what, the newest first."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from server import deeds
from server.audit import written_seal
from server.deeds import Told
from server.office import Office
from server.passwords import folded
from server.rules.roles import User
from server.store import audit, users
from server.store.audit import Sought

PAGE: Final = 100
"""Lines on a page."""
SEARCHED: Final = 50_000
"""So many lines are looked through for a text at once; whoever asks goes on from there."""
_AT_ONCE: Final = 1_000
_UNASKABLE: Final = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for, as it was typed; what is empty lets all pass. Both days count."""

    by: str = ""
    action: str = ""
    about: str = ""
    about_id: str = ""
    first: date | None = None
    last: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail; `name` is what it is about is called now, None where it is gone."""

    number: int
    at: datetime
    by: str
    action: str
    about: str
    about_id: str
    office_id: str | None
    detail: Mapping[str, Any]
    seal: bytes
    name: str | None

    def told(self, lang: str) -> Told:
        """Return the line as a sentence."""
        return deeds.told(self, self.detail, self.name, lang)

    def facts(self, lang: str) -> str:
        """Return what else it tells."""
        return deeds.facts(self.detail, lang)


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines, and the number under which the next are to be looked for, None at the end.

    All lines down to `down_to` were looked through. `head` and `seal` are the trail's end, to
    be noted elsewhere.
    """

    lines: Sequence[Line]
    older: int | None
    down_to: int
    head: int
    seal: str


def day_of(text: str) -> date | None:
    """Return a day `2026-11-20`, None of empty text; ValueError where it is no day of ours."""
    if not text:
        return None
    day = date.fromisoformat(text)
    if day.isoformat() != text or not 2000 <= day.year < 3000:
        raise ValueError("no day")
    return day


def page_of(office: Office, user: User, wanted: Wanted, below: int | None = None) -> Page:
    """Return a page of what a user may see of the trail, under a number or from its end."""
    with office.store.read() as tx:
        head, seal = audit.head(tx)
        found = _part(tx, _sought(tx, office, wanted, user), (below or head + 1) - 1, PAGE)
    return replace(found, head=head, seal=written_seal(seal))


def lines_of(office: Office, user: User | None, wanted: Wanted) -> Iterator[Line]:
    """Yield all that a user may see of it, read in parts; no user is whoever has the machine."""
    below: int | None = None
    while below is None or below > 0:
        with office.store.read() as tx:
            start = audit.head(tx)[0] if below is None else below - 1
            found = _part(tx, _sought(tx, office, wanted, user), start, _AT_ONCE)
        yield from found.lines
        below = found.older or 0


def _sought(tx: sa.Connection, office: Office, wanted: Wanted, user: User | None) -> Sought:
    """Return what the store is asked for; who is sought is found however the name is typed."""
    zone = ZoneInfo(office.settings.timezone)
    by = _findable(wanted.by)
    row = users.named(tx, folded(by)) if by else None
    return Sought(
        offices=None if user is None else user.offices,
        own="" if user is None else user.name,
        by=by if row is None else row.name,
        action=_findable(wanted.action),
        about=_findable(wanted.about),
        about_id=_findable(wanted.about_id),
        since=None if wanted.first is None else datetime.combine(wanted.first, time(), zone),
        until=None if wanted.last is None else _end_of(wanted.last, zone),
        text=json.dumps(_findable(wanted.text), ensure_ascii=False)[1:-1],
    )


def _findable(text: str) -> str:
    """Return a text without what no database can even be asked for."""
    return _UNASKABLE.sub("\ufffd", text)


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _part(tx: sa.Connection, sought: Sought, high: int, limit: int) -> Page:
    low = 1
    if sought.since is not None or sought.until is not None:
        low, latest = audit.span(tx, sought.since, sought.until)
        high = min(high, latest)
    down_to = max(low, high - SEARCHED + 1) if sought.text else low
    rows = audit.page(tx, sought, down_to, high, limit + 1)
    older: int | None = None
    if len(rows) > limit:
        rows = rows[:limit]
        older = down_to = rows[-1].number
    elif down_to > low:
        older = down_to
    return Page(_lines(tx, rows), older, down_to, 0, "")


def _lines(tx: sa.Connection, rows: Sequence[Any]) -> list[Line]:
    ids = defaultdict[str, set[str]](set)
    for row in rows:
        ids[row.about].add(row.about_id)
    names = {about: audit.names(tx, about, some) for about, some in ids.items()}
    return [
        Line(
            **{**row._mapping, "detail": _detail(row.detail)},
            name=names[row.about].get(row.about_id),
        )
        for row in rows
    ]


def _detail(text: str) -> Mapping[str, Any]:
    """Return a detail's members; one that somebody damaged is shown as it is."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"detail": text}
