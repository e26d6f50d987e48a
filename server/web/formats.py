"""Numbers, moments and months the Indonesian way; the months' names in English too."""

from datetime import datetime
from zoneinfo import ZoneInfo

_MONTHS_ID = (
    "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
)
_MONTHS_EN = "January February March April May June July August September October November December"
MONTHS = {"id": _MONTHS_ID.split(), "en": _MONTHS_EN.split()}
_ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def number(value: int) -> str:
    """Return a whole number with points between thousands: 1.234.567."""
    return f"{value:,}".replace(",", ".")


def rupiah(value: int) -> str:
    """Return whole rupiah: Rp 16.800."""
    return f"Rp\u00a0{number(value)}"


def month_name(month: str, lang: str = "id") -> str:
    """Return a month `2026-11` as `November 2026`."""
    year, _, place = month.partition("-")
    return f"{MONTHS[lang][int(place) - 1]} {year}"


def moment(value: datetime | None, timezone: str, lang: str = "id") -> str:
    """Return a moment as `20 Nov 2026 09.02 WITA`; a dash where there is none."""
    if value is None:
        return "–"
    local = value.astimezone(ZoneInfo(timezone))
    zone = _ZONES.get(timezone, timezone)
    return f"{local.day} {MONTHS[lang][local.month - 1][:3]} {local.year} {local:%H.%M} {zone}"
