"""What the desk says when it refuses: what happened, who acts, what next."""

from collections.abc import Mapping
from typing import Any, Final

from schemas.sentences import Message
from schemas.sentences.laptops import LAPTOPS
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
    "span_unreadable": Message(
        "Rentang hari tidak terbaca, jadi tidak ada yang ditampilkan. Tulis bulan (2026-11), "
        "minggu (2026-W47), atau hari pertama dan terakhir (2026-11-01..2026-11-20).",
        "The span of days cannot be read, so nothing is shown. Write a month (2026-11), a week "
        "(2026-W47), or the first and last day (2026-11-01..2026-11-20).",
        Responsible.SUPERVISOR,
    ),
    "span_too_long": Message(
        "Rentang hari lebih dari sepuluh tahun, jadi tidak ada yang ditampilkan. "
        "Pilih rentang yang lebih pendek.",
        "The span of days is longer than ten years, so nothing is shown. Choose a shorter one.",
        Responsible.SUPERVISOR,
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
    "sign_in_stale": Message(
        "Terlalu lama sejak kata sandi diisi, atau kata sandi sudah diganti. Masuk lagi dari awal.",
        "Too long has passed since the password was given, or it was changed. Sign in again from "
        "the start.",
        Responsible.SUPERVISOR,
    ),
    "totp_wrong": Message(
        "Kode salah, atau sudah dipakai. Tunggu kode berikutnya di aplikasi, lalu ketik; bila "
        "terulang, periksa jam ponsel.",
        "The code is wrong, or was used already. Wait for the app's next code and type it; if it "
        "happens again, check the phone's clock.",
        Responsible.SUPERVISOR,
    ),
    "password_wrong": Message(
        "Kata sandi sekarang salah; tidak ada yang berubah. Periksa lalu coba lagi.",
        "The present password is wrong; nothing was changed. Check it and try again.",
        Responsible.SUPERVISOR,
    ),
    "password_weak": Message(
        "Kata sandi baru terlalu mudah ditebak; tidak ada yang berubah. Pakai 12 sampai 1.000 "
        "huruf, angka atau tanda, yang tidak hanya berulang dan bukan nama Anda.",
        "The new password is too easily guessed; nothing was changed. Use 12 to 1,000 letters, "
        "figures or signs that do not just repeat and are not your name.",
        Responsible.SUPERVISOR,
    ),
    "passwords_differ": Message(
        "Kedua kata sandi baru tidak sama; tidak ada yang berubah. Ketik keduanya sekali lagi.",
        "The two new passwords are not the same; nothing was changed. Type both once more.",
        Responsible.SUPERVISOR,
    ),
    "link_unknown": Message(
        "Tautan ini tidak dikenal. Periksa apakah tersalin utuh, atau minta tautan baru kepada "
        "administrator.",
        "This link is not known. Check that it was copied whole, or ask an administrator for a new "
        "one.",
        Responsible.ADMIN,
    ),
    "link_used": Message(
        "Tautan ini sudah dipakai. Bila bukan Anda yang memakainya, segera beri tahu "
        "administrator; bila Anda, masuk dengan kata sandi Anda.",
        "This link was used already. If it was not you, tell an administrator at once; if it was, "
        "sign in with your password.",
        Responsible.ADMIN,
    ),
    "link_expired": Message(
        "Tautan ini sudah tidak berlaku. Minta tautan baru kepada administrator.",
        "This link holds no longer. Ask an administrator for a new one.",
        Responsible.ADMIN,
    ),
    "name_unfit": Message(
        "Nama harus 1 sampai 60 huruf dalam satu baris; tidak ada yang berubah. Perbaiki nama itu.",
        "A name has 1 to 60 characters in one line; nothing was changed. Mend the name.",
        Responsible.SUPERVISOR,
    ),
    "days_unfit": Message(
        "Token berlaku 1 sampai 365 hari; tidak ada yang dibuat. Perbaiki angka itu.",
        "A token holds for 1 to 365 days; none was made. Mend the number.",
        Responsible.SUPERVISOR,
    ),
    "user_unknown": Message(
        "Pengguna ini tidak ada. Kembali ke daftar pengguna.",
        "There is no such user. Go back to the list of users.",
        Responsible.ADMIN,
    ),
    "user_taken": Message(
        "Nama itu sudah dipakai, mungkin oleh pengguna yang sudah diakhiri; tidak ada yang dibuat. "
        "Pilih nama lain.",
        "That name is taken, maybe by a user who was ended; nobody was made. Choose another name.",
        Responsible.ADMIN,
    ),
    "user_ended": Message(
        "Pengguna ini sudah diakhiri; tidak ada yang berubah. Bila perlu, buat pengguna baru.",
        "This user was ended already; nothing was changed. Make a new user if need be.",
        Responsible.ADMIN,
    ),
    "role_unknown": Message(
        "Peran itu tidak ada; tidak ada yang berubah. Muat ulang halaman, lalu pilih lagi.",
        "There is no such role; nothing was changed. Load the page again, then choose anew.",
        Responsible.ADMIN,
    ),
    "office_unknown": Message(
        "Kantor itu tidak ada; tidak ada yang berubah. Muat ulang halaman, lalu pilih lagi.",
        "There is no such office; nothing was changed. Load the page again, then choose anew.",
        Responsible.ADMIN,
    ),
    "office_missing": Message(
        "Seorang pengawas punya paling sedikit satu kantor; tidak ada yang berubah. Pilih "
        "kantornya.",
        "A supervisor has one office at least; nothing was changed. Choose the office.",
        Responsible.ADMIN,
    ),
    "last_administrator": Message(
        "Ini administrator terakhir yang dapat masuk; tidak ada yang berubah. Jadikan orang lain "
        "administrator dahulu.",
        "This is the last administrator who can sign in; nothing was changed. Make somebody else "
        "an administrator first.",
        Responsible.ADMIN,
    ),
    "office_taken": Message(
        "Kantor dengan nama itu sudah ada; tidak ada yang berubah. Pakai nama lain.",
        "There is an office of that name already; nothing was changed. Use another name.",
        Responsible.ADMIN,
    ),
    "agent_unknown": Message(
        "Agen ini tidak ada. Kembali ke daftar agen.",
        "There is no such agent. Go back to the list of agents.",
        Responsible.ADMIN,
    ),
    "agent_taken": Message(
        "Agen dengan kode itu sudah ada; tidak ada yang berubah. Pakai kode lain.",
        "There is an agent with that code already; nothing was changed. Use another code.",
        Responsible.ADMIN,
    ),
    "agent_ended": Message(
        "Agen ini sudah berakhir, jadi tidak ada kode untuknya. Bila ia bekerja lagi, batalkan "
        "akhirnya dahulu.",
        "This agent has ended, so there is no code. If the agent works again, take the end back "
        "first.",
        Responsible.ADMIN,
    ),
    "name_wrong": Message(
        "Nama harus 1 sampai 100 huruf dalam satu baris; tidak ada yang berubah. Perbaiki nama "
        "itu.",
        "A name has 1 to 100 characters in one line; nothing was changed. Mend the name.",
        Responsible.ADMIN,
    ),
    "code_wrong": Message(
        "Kode agen harus 1 sampai 32 huruf dalam satu baris; tidak ada yang berubah. Perbaiki "
        "kode itu.",
        "An agent's code has 1 to 32 characters in one line; nothing was changed. Mend the code.",
        Responsible.ADMIN,
    ),
    "day_unreadable": Message(
        "Tanggal itu tidak ada; tidak ada yang berubah. Pilih tanggal yang benar.",
        "There is no such day; nothing was changed. Choose a right one.",
        Responsible.ADMIN,
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
    found = SENTENCES.get(code) or LAPTOPS.get(code, SENTENCES["internal"])
    return found.text(lang).format(**params)
