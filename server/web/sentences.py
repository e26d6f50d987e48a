"""What the desk says when it refuses: what happened, who acts, what next."""

from collections.abc import Mapping
from typing import Any, Final

from schemas.sentences import Message
from schemas.words import Responsible

SENTENCES: Final[Mapping[str, Message]] = {
    "sign_in_wrong": Message(
        "Nama atau kata sandi salah. Periksa lalu coba lagi; bila lupa, minta tautan baru kepada "
        "administrator.",
        "Wrong name or password. Check both and try again; if you forgot it, ask an administrator "
        "for a new link.",
        Responsible.SUPERVISOR,
    ),
    "sign_in_locked": Message(
        "Terlalu banyak percobaan salah, akun ini terkunci. Coba lagi dalam {seconds} detik.",
        "Too many wrong tries, this account is locked. Try again in {seconds} seconds.",
        Responsible.SUPERVISOR,
    ),
    "sign_in_needed": Message(
        "Anda belum masuk, atau sesi sudah berakhir. Masuk, lalu ulangi.",
        "You are not signed in, or your session has ended. Sign in, then try again.",
        Responsible.SUPERVISOR,
    ),
    "not_allowed": Message(
        "Peran Anda tidak mengizinkan ini. Bila perlu untuk pekerjaan Anda, minta administrator "
        "mengubah peran.",
        "Your role does not allow this. If your work needs it, ask an administrator to change "
        "your role.",
        Responsible.ADMIN,
    ),
    "page_stale": Message(
        "Halaman ini sudah lama terbuka. Muat ulang halaman, lalu ulangi; tidak ada yang berubah.",
        "This page has been open for too long. Load it again and repeat; nothing was changed.",
        Responsible.SUPERVISOR,
    ),
    "page_unknown": Message(
        "Halaman ini tidak ada, atau bukan milik kantor Anda. Kembali ke papan peringkat.",
        "There is no such page, or it is not your office's. Go back to the leaderboard.",
        Responsible.SUPERVISOR,
    ),
    "case_unknown": Message(
        "Kasus ini tidak ada. Kembali ke daftar kasus.",
        "There is no such case. Go back to the list of cases.",
        Responsible.SUPERVISOR,
    ),
    "case_decided": Message(
        "Orang lain baru saja memutuskan kasus ini; keputusan Anda tidak dicatat. Lihat keputusan "
        "itu di bawah.",
        "Somebody else has just decided this case; your decision was not recorded. See theirs "
        "below.",
        Responsible.SUPERVISOR,
    ),
    "case_moved": Message(
        "Sementara itu kasus ini berpindah ke data lain karena ada perbaikan. Baca kembali, lalu "
        "putuskan.",
        "Meanwhile this case moved to other records, because of a correction. Read it again, then "
        "decide.",
        Responsible.SUPERVISOR,
    ),
    "case_open": Message(
        "Belum ada keputusan yang dapat dibatalkan pada kasus ini.",
        "Nothing is decided in this case that could be undone.",
        Responsible.SUPERVISOR,
    ),
    "record_unknown": Message(
        "Data ini tidak ada. Kembali ke daftar.",
        "There is no such record. Go back to the list.",
        Responsible.SUPERVISOR,
    ),
    "decision_unfit": Message(
        "Keputusan itu tidak cocok dengan keadaan sekarang; tidak ada yang berubah. Muat ulang "
        "kasus dan pilih yang lain.",
        "That decision does not fit how things stand; nothing was changed. Load the case again "
        "and choose another.",
        Responsible.SUPERVISOR,
    ),
    "nik_held": Message(
        "NIK ini dipegang data lain. Putuskan data itu dahulu.",
        "Another record holds this NIK. Decide on that one first.",
        Responsible.SUPERVISOR,
    ),
    "undo_blocked": Message(
        "Keputusan ini tidak dapat dibatalkan: yang datang kemudian bergantung padanya. Batalkan "
        "yang kemudian dahulu.",
        "This decision cannot be undone: what came later rests on it. Undo what came later first.",
        Responsible.SUPERVISOR,
    ),
    "busy": Message(
        "Kantor sedang tidak dapat menulis; tidak ada yang berubah. Coba lagi sebentar lagi.",
        "The office cannot write now; nothing was changed. Try again in a moment.",
        Responsible.NOBODY,
    ),
    "bad_request": Message(
        "Permintaan ini tidak dapat dibaca; tidak ada yang berubah. Muat ulang halaman.",
        "This request cannot be read; nothing was changed. Load the page again.",
        Responsible.SUPERVISOR,
    ),
    "internal": Message(
        "Ada kesalahan pada kantor; tidak ada yang hilang. Beri tahu administrator bila terulang.",
        "The office failed; nothing is lost. Tell an administrator if it happens again.",
        Responsible.ADMIN,
    ),
}
"""A sentence for every problem that a page can show, by its code."""


def said(code: str, lang: str, **params: Any) -> str:
    """Return the sentence of a code; of a code without one, that the office failed."""
    return SENTENCES.get(code, SENTENCES["internal"]).text(lang).format(**params)
