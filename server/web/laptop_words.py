"""What is said of laptops: how they stand, what they need, how far off their clocks are."""

from datetime import timedelta
from typing import Any, Final

from faces import formats
from server.laptop_list import LOST, SILENT
from server.rules.laptops import Need, is_clock_off
from server.rules.retiring import Standing
from server.web.here import gettext

_LOOKS: Final = {
    SILENT: "in_review",
    Standing.WORKING: "accepted",
    Standing.ASKED: "waiting",
    Standing.STOPPED: "waiting",
    Standing.SAFE: "accepted",
    Standing.REVOKED: "superseded",
    LOST: "rejected",
}


def state(name: str) -> str:
    """Return what a state of a laptop is called; empty text is every state."""
    known = {
        "": gettext("Semua"),
        SILENT: gettext("Belum melapor"),
        Standing.WORKING: gettext("Dipakai"),
        Standing.ASKED: gettext("Diminta berhenti"),
        Standing.STOPPED: gettext("Sudah berhenti"),
        Standing.SAFE: gettext("Aman dihapus"),
        Standing.REVOKED: gettext("Izin dicabut"),
        LOST: gettext("Hilang"),
    }
    return known.get(name, name)


def look(name: str) -> str:
    """Return the look of a state, by the shared style's names."""
    return _LOOKS.get(name, "draft")


def state_of(one: Any) -> str:
    """Return the state that a laptop is shown in."""
    is_lost = one.standing == Standing.REVOKED and one.device.lost_at is not None
    return LOST if is_lost else str(one.standing.value)


def need(code: Need) -> str:
    """Return what somebody must do about a laptop; empty text for nothing."""
    known = {
        Need.LOST: gettext("Kirim surat pemberitahuan sebelum tenggat."),
        Need.STUCK: gettext(
            "Hubungi agen: laptop tidak melapor, dan ada data yang hanya tersimpan di sana."
        ),
        Need.SILENT: gettext("Hubungi agen: laptop sudah lama tidak melapor."),
        Need.SAFE: gettext("Hapus isi laptop ini; tidak ada yang hilang bersamanya."),
        Need.CLOCK: gettext("Minta agen membetulkan jam laptop."),
        Need.OLD: gettext("Minta agen memperbarui program."),
        Need.STOPPING: gettext("Tunggu sampai aman dihapus; bila lama, hubungi agen."),
    }
    return known.get(code, "")


def clock(offset_s: int | None) -> str:
    """Return how far a laptop's clock is off, the office's less its own in seconds."""
    if offset_s is None:
        return formats.NONE
    if not is_clock_off(offset_s):
        return gettext("tepat")
    # Measured over a line: a clock that is a day off may seem a second less.
    span = span_in_words(timedelta(minutes=round(abs(offset_s) / 60)))
    if offset_s < 0:
        return gettext("%(span)s terlalu maju", span=span)
    return gettext("%(span)s terlambat", span=span)


def span_in_words(span: timedelta) -> str:
    """Return a span in its greatest whole unit: days, hours, minutes."""
    minutes = int(span.total_seconds()) // 60
    if minutes >= 48 * 60:
        return gettext("%(count)s hari", count=formats.number(minutes // (24 * 60)))
    if minutes >= 120:
        return gettext("%(count)s jam", count=formats.number(minutes // 60))
    return gettext("%(count)s menit", count=formats.number(minutes))


def time_left(left: timedelta) -> str:
    """Return how long is left until a deadline in hours and minutes, or since when it is past."""
    hours, minutes = divmod(int(abs(left).total_seconds()) // 60, 60)
    parts = {"hours": formats.number(hours), "minutes": formats.number(minutes)}
    if left < timedelta(0):
        return gettext("lewat %(hours)s jam %(minutes)s menit", **parts)
    return gettext("masih %(hours)s jam %(minutes)s menit", **parts)


def verdict(code: str) -> str:
    """Return how a record stands."""
    known = {
        "accepted": gettext("Diterima"),
        "duplicate": gettext("Ganda"),
        "in_review": gettext("Diperiksa"),
        "rejected": gettext("Ditolak"),
        "superseded": gettext("Diganti perbaikan"),
        "retry": gettext("Belum dinilai"),
    }
    return known.get(code, code)
