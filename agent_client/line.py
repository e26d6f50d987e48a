"""The one honest line on top of every page: what waits, why, and whether the clock is right."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlite_utils import Database

from agent_client.kept import Progress
from agent_client.retiring import Retiring, retiring
from agent_client.sentences import sentence
from agent_client.status import CLOCK_WRONG_SECONDS, retiring_sentence
from agent_client.store import captures, device, exchange, joining

Tone = Literal["good", "waiting", "problem"]
Words = tuple[str, str]
"""In Indonesian and in English."""

_DAY: Final = 86_400
_HOUR: Final = 3_600

_ADMIN: Final = ("admin perlu memeriksa", "the admin must look into it")

SHORT: Final[Mapping[str, Words]] = {
    "line_refused": ("tidak ada jaringan ke kantor", "no line to the office"),
    "line_failed": ("tidak ada jaringan", "no line"),
    "line_timeout": ("jaringan terlalu lambat", "the line is too slow"),
    "line_reset": ("jaringan terputus", "the line was cut"),
    "line_tls": ("sambungan aman gagal", "the secure connection failed"),
    "captive": ("jaringan belum masuk internet", "the line does not reach the internet yet"),
    "busy": ("kantor sedang sibuk", "the office is busy"),
    "office_failed": ("ada gangguan di kantor", "the office has trouble"),
    "internal": ("ada gangguan di kantor", "the office has trouble"),
    "answer_malformed": ("jawaban kantor tidak terbaca", "the office's answer cannot be read"),
    "answer_too_large": ("jawaban kantor terlalu besar", "the office's answer is too large"),
    "epoch_unsteady": ("catatan kantor berganti-ganti", "the office's books keep changing"),
    "not_found": ("alamat kantor perlu diperiksa", "the office's address must be checked"),
    "method": _ADMIN,
    "encoding_unknown": _ADMIN,
    "body_too_large": _ADMIN,
    "too_many_envelopes": _ADMIN,
    "json_invalid": _ADMIN,
    "shape": _ADMIN,
    "bad_request": _ADMIN,
    "faulty": _ADMIN,
    "unreadable": _ADMIN,
    "token_unknown": ("laptop perlu bergabung lagi", "the laptop has to join again"),
    "device_other": ("laptop perlu bergabung lagi", "the laptop has to join again"),
    "device_of_another": ("laptop tercatat atas agen lain", "the laptop is another agent's"),
    "code_unknown": ("kode tidak dikenal", "there is no such code"),
    "code_used": ("kode sudah dipakai", "the code was used already"),
    "code_expired": ("kode sudah kedaluwarsa", "the code has expired"),
    "too_many_tries": ("terlalu banyak percobaan", "too many tries"),
    "unwelcome": ("laptop perlu bergabung lagi", "the laptop has to join again"),
    "device_revoked": ("izin laptop dicabut", "the laptop's leave was revoked"),
    "protocol_old": ("aplikasi perlu diperbarui", "the application must be updated"),
    "outdated": ("aplikasi perlu diperbarui", "the application must be updated"),
    "protocol_unknown": ("kantor perlu diperbarui", "the office must be updated"),
    "sync_running": ("program lain sedang mengirim", "another program is sending"),
    "disk_full": ("disk penuh", "the disk is full"),
    "folder_read_only": ("folder data terkunci", "the data folder cannot be written"),
    "database_busy": ("basis data sedang dipakai", "the database is in use"),
    "sealed_one": ("disegel untuk kantor", "sealed for the office"),
}
"""What stands on the line for a problem; what is not here is told as "belum terkirim"."""

_OTHER: Final = ("belum terkirim", "not sent yet")


@dataclass(frozen=True, slots=True)
class Line:
    """What the line says: `text` in a few words, `detail` what to do, both for people.

    `clock` stands where the laptop's clock is wrong. `done` of `total` while it sends.
    """

    tone: Tone
    text: str
    detail: str
    clock: str | None
    running: bool
    done: int
    total: int
    waiting: int

    @property
    def mark(self) -> str:
        """What tells this line from any other, for a page that asks whether it changed."""
        return f"{zlib.crc32(repr(self).encode()):08x}"


def line(tx: Database, progress: Progress, now: datetime, lang: str) -> Line:
    """Return the line at a moment; counts come from the database, always."""
    counts = captures.count_captures(tx)
    waiting = captures.count_unsettled(counts)
    last, here = exchange.last_exchange(tx), device.device(tx)
    problem = None if progress.running else progress.problem or last.problem or _stuck(counts)
    if here is None or here.office_url is None:
        tone, text, detail = _unjoined(tx, progress, lang)
    elif progress.running:
        tone, text, detail = "waiting", _sending(progress, lang), ""
    elif problem is None and (ending := retiring(tx)) is not None:
        tone, text, detail = _ending(ending, lang)
    elif problem is None and not waiting:
        tone, detail = "good", ""
        text = _all_sent(last, now, here, lang)
    else:
        tone = "waiting" if problem is None else "problem"
        text, detail = _held_back(waiting, problem, lang)
    return Line(
        tone=tone,
        text=text,
        detail=detail,
        clock=clock_words(last.clock_offset_s, lang),
        running=progress.running,
        done=progress.done,
        total=progress.total,
        waiting=waiting,
    )


def clock_words(offset_s: int | None, lang: str) -> str | None:
    """Return "jam laptop salah 3 hari" where it is wrong by ten minutes or more, else None."""
    if offset_s is None or abs(offset_s) < CLOCK_WRONG_SECONDS:
        return None
    english, wrong = lang == "en", abs(offset_s)
    units = ((_DAY, ("hari", "day(s)")), (_HOUR, ("jam", "hour(s)")), (60, ("menit", "minute(s)")))
    seconds, words = next(one for one in units if wrong >= one[0])
    begin = ("jam laptop salah", "the laptop's clock is wrong by")[english]
    return f"{begin} {round(wrong / seconds)} {words[english]}"


def _ending(one: Retiring, lang: str) -> tuple[Tone, str, str]:
    english, detail = lang == "en", retiring_sentence(one, lang)
    if one.safe_at is not None:
        return "good", ("Aman dihapus", "Safe to wipe")[english], detail
    text = ("Laptop ditarik dari tugas", "The laptop is taken out of service")[english]
    if one.drafts:
        text += (f", {one.drafts} draf tersisa", f", {one.drafts} drafts left")[english]
    return "waiting", text, detail


def _all_sent(last: exchange.LastExchange, now: datetime, here: device.Device, lang: str) -> str:
    english = lang == "en"
    if last.answered_at is None:
        return ("Belum ada yang perlu dikirim", "Nothing to send yet")[english]
    zone = here.zone()
    at, today = last.answered_at.astimezone(zone), now.astimezone(zone)
    shown = f"{at:%H.%M}" if at.date() == today.date() else f"{at:%d-%m %H.%M}"
    return (f"Semua sudah terkirim {shown}", f"Everything was sent, {shown}")[english]


def _sending(progress: Progress, lang: str) -> str:
    english = lang == "en"
    if not progress.total:
        return ("Menghubungi kantor …", "Asking the office …")[english]
    words = ("Mengirim {} dari {} …", "Sending {} of {} …")[english]
    return words.format(progress.done, progress.total)


def _held_back(waiting: int, problem: str | None, lang: str) -> tuple[str, str]:
    english = lang == "en"
    begin = (f"{waiting} menunggu", f"{waiting} waiting")[english]
    if problem is None:
        return begin, ""
    why = SHORT.get(problem, _OTHER)[english]
    text = f"{begin}, {why}" if waiting else why[:1].upper() + why[1:]
    return text, sentence(problem, lang)


def _stuck(counts: Mapping[str, int]) -> str | None:
    """Return why nothing goes that waits although the line is good."""
    if counts["waiting"]:
        return None
    return "sealed_one" if counts["sealed"] else "faulty" if counts["set_aside"] else None


def _unjoined(tx: Database, progress: Progress, lang: str) -> tuple[Tone, str, str]:
    english = lang == "en"
    if progress.running:
        return "waiting", ("Bergabung dengan kantor …", "Joining the office …")[english], ""
    text = ("Belum bergabung dengan kantor", "Has not joined an office")[english]
    if joining.begun_joining(tx) is not None and progress.problem is not None:
        return "problem", text, sentence(progress.problem, lang)
    return "problem", text, sentence("not_joined", lang)
