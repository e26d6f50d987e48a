"""Why a supervisor's decision was not taken."""

from schemas.sentences import Message
from schemas.words import Responsible

_SUPERVISOR = Responsible.SUPERVISOR

REVIEW: dict[str, Message] = {
    "case_unknown": Message(
        "Kasus ini tidak ada. Muat ulang daftar kasus.",
        "There is no such case. Load the list of cases again.",
        _SUPERVISOR,
    ),
    "case_decided": Message(
        "Kasus ini baru saja diputuskan orang lain. Tidak ada yang berubah; "
        "lihat keputusannya, batalkan bila perlu.",
        "Somebody has decided this case already. Nothing has changed; "
        "look at the decision, and undo it if need be.",
        _SUPERVISOR,
    ),
    "case_moved": Message(
        "Kasus ini sekarang tentang pendaftaran lain, karena ada perbaikan atau keputusan baru. "
        "Tidak ada yang berubah; lihat lagi, lalu putuskan.",
        "This case is about other records by now, since one was corrected or decided on. "
        "Nothing has changed; look again, then decide.",
        _SUPERVISOR,
    ),
    "case_open": Message(
        "Kasus ini belum diputuskan, jadi tidak ada yang dapat dibatalkan.",
        "This case is not decided, so there is nothing to undo.",
        _SUPERVISOR,
    ),
    "record_unknown": Message(
        "Pendaftaran ini tidak ada di kantor. Periksa nomornya.",
        "The office has no such record. Check its number.",
        _SUPERVISOR,
    ),
    "decision_unfit": Message(
        "Keputusan ini tidak cocok dengan keadaan pendaftaran sekarang. Tidak ada yang berubah; "
        "muat ulang kasusnya, lalu putuskan lagi.",
        "This decision does not fit how the records stand now. Nothing has changed; "
        "load the case again and decide anew.",
        _SUPERVISOR,
    ),
    "nik_held": Message(
        "NIK ini sedang dipegang pendaftaran lain. Tidak ada yang berubah; "
        "putuskan dulu kasus dengan pendaftaran itu.",
        "Another record holds this NIK. Nothing has changed; "
        "decide the case with that record first.",
        _SUPERVISOR,
    ),
    "undo_blocked": Message(
        "Keputusan ini tidak dapat dibatalkan lagi, karena ada yang terjadi sesudahnya. "
        "Tidak ada yang berubah; lihat riwayat pendaftarannya.",
        "This decision can no longer be undone, since something later rests on it. "
        "Nothing has changed; look at the history of the records.",
        _SUPERVISOR,
    ),
}
