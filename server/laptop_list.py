"""The laptops of some offices, those first that need somebody."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final, NamedTuple

import sqlalchemy as sa

from server.office import Office
from server.problems import PAGE_UNKNOWN, Refused
from server.rules.laptops import Need, Terms, is_silent, needs
from server.rules.retiring import Standing, standing_of
from server.store import laptop_list, numbers, offices

PAGE: Final = 50
"""How many stand on a page."""
SILENT: Final = "silent"
LOST: Final = "lost"
STATES: Final = (SILENT, *Standing, LOST)
"""What a list can be of, in the order in which it is offered."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the list, as an address has it; empty text asks for all."""

    state: str = ""
    office_id: str = ""
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One laptop; `device` has the columns of store.laptop_list, `needs` the worst first."""

    device: Any
    standing: Standing
    needs: Sequence[Need]
    drafts: int
    missing: int
    reused: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of the list, with how many there are of each state."""

    wanted: Wanted
    lines: Sequence[Line]
    counts: Mapping[str, int]
    total: int

    @property
    def pages(self) -> int:
        """Return how many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


class _Judged(NamedTuple):
    device: Any
    standing: Standing
    needs: Sequence[Need]
    states: frozenset[str]


def list_of(office: Office, own: frozenset[str] | None, wanted: Wanted) -> Listed:
    """Return a page of the laptops for a user of these offices (None: of all).

    What fits none is empty; Refused `page_unknown` for a state that there is not.
    """
    if wanted.state not in ("", *STATES):
        raise Refused(PAGE_UNKNOWN)
    asked = own
    if wanted.office_id:
        one = frozenset({wanted.office_id})
        asked = one if own is None else own & one
    terms = terms_of(office)
    with office.store.read() as tx:
        epoch = offices.fact(tx, "epoch") or ""
        rows = laptop_list.all_of(tx, office.today(), asked)
        fitting = [_judged(row, epoch, terms) for row in rows if _fits(row, wanted.text)]
        found = [one for one in fitting if not wanted.state or wanted.state in one.states]
        found.sort(key=_order)
        page = min(max(1, wanted.page), max(1, -(-len(found) // PAGE)))
        shown = _lines(tx, found[(page - 1) * PAGE : page * PAGE])
    counts = Counter(state for one in fitting for state in one.states)
    counts[""] = len(fitting)
    return Listed(replace(wanted, page=page), shown, counts, len(found))


def terms_of(office: Office) -> Terms:
    """Return by what the office looks at its laptops."""
    settings = office.settings
    return Terms(office.now(), timedelta(days=settings.quiet_days), settings.min_client)


def _fits(row: Any, text: str) -> bool:
    sought = text.casefold()
    named = (row.agent_name, row.agent_code, row.name, row.device_id)
    return not sought or any(sought in name.casefold() for name in named)


def _judged(row: Any, epoch: str, terms: Terms) -> _Judged:
    standing = standing_of(row, epoch)
    states = {standing.value}
    if standing == Standing.REVOKED and row.lost_at is not None:
        states = {LOST}
    elif standing not in (Standing.REVOKED, Standing.SAFE) and is_silent(row, terms):
        states.add(SILENT)
    return _Judged(row, standing, needs(row, standing, terms), frozenset(states))


def _order(one: _Judged) -> tuple[Any, ...]:
    """Return by what laptops are sorted: the need, then who was last heard of longest ago."""
    device = one.device
    return one.needs[0], device.reported_at or device.joined_at, device.device_id


def _lines(tx: sa.Connection, shown: Sequence[_Judged]) -> list[Line]:
    ids = [one.device.device_id for one in shown]
    counted, said = numbers.counts(tx, ids), laptop_list.heartbeats(tx, ids)
    lines = []
    for one in shown:
        device_id = one.device.device_id
        missing, reused = counted.get(device_id, (0, 0))
        drafts = json.loads(said[device_id] or "{}").get("drafts") or 0
        lines.append(Line(one.device, one.standing, one.needs, drafts, missing, reused))
    return lines
