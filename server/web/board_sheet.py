"""The leaderboard as a sheet: everybody, under a few lines that say what was asked for."""

from datetime import datetime

from faces import formats
from server.leaderboard import Leaderboard, Place
from server.web.here import gettext, here
from server.web.sheets import Cell, Sheet


def sheet_of(board: Leaderboard, about: list[str]) -> Sheet:
    """Return a leaderboard as a sheet; `about` says in words what was asked for."""
    title, as_of = (
        gettext("Papan peringkat"),
        formats.moment(board.as_of, here().zone.key, here().lang),
    )
    first, last = board.asked.first.isoformat(), board.asked.last.isoformat()
    return Sheet(
        title=title,
        about=[
            (title, *about),
            (gettext("Hari pertama"), first),
            (gettext("Hari terakhir"), last),
            (gettext("Keadaan per"), as_of),
        ],
        heads=_heads(),
        rows=[_row(place) for place in board.places],
    )


def _heads() -> list[str]:
    return [
        gettext("Peringkat"),
        gettext("Kode agen"),
        gettext("Agen"),
        gettext("Kantor"),
        gettext("Diterima"),
        gettext("Target"),
        gettext("Persen target"),
        gettext("Menunggu di laptop"),
        gettext("Ganda"),
        gettext("Diperiksa"),
        gettext("Ditolak"),
        gettext("Iuran (rupiah)"),
        gettext("Persen JHT"),
        gettext("Persen ganda"),
        gettext("Laporan terakhir (%(zone)s)", zone=here().zone.key),
    ]


def _row(place: Place) -> list[Cell]:
    return [
        place.rank if place.reported else gettext("belum melapor"),
        place.agent_code,
        place.name,
        place.office,
        place.accepted,
        place.target,
        place.target_percent,
        place.waiting,
        place.duplicate,
        place.in_review,
        place.rejected,
        place.contribution,
        place.jht_percent,
        gettext("data kurang") if place.duplicate_percent is None else place.duplicate_percent,
        _local(place.last_report),
    ]


def _local(moment: datetime | None) -> datetime | None:
    return moment and moment.astimezone(here().zone).replace(tzinfo=None)
