"""What is said of a list's rows, and at the door, in two languages, by code."""

from collections.abc import Mapping
from typing import Final

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT
_NOBODY = Responsible.NOBODY

ROWS: Final[Mapping[str, Message]] = {
    "nik_rounded": Message(
        "NIK dibulatkan oleh Excel, angka terakhirnya hilang. Jadikan kolom NIK berformat teks, "
        "ketik ulang NIK dari KTP, lalu impor lagi.",
        "Excel rounded the NIK, its last digit is lost. Make the NIK column text, "
        "type the NIK again from the card, then import again.",
        _AGENT,
    ),
    "row_nobody": Message(
        "Baris ini tanpa NIK dan tanpa nama. Isi salah satunya, lalu impor lagi.",
        "This row has neither NIK nor name. Fill in one of them, then import again.",
        _AGENT,
    ),
    "row_known": Message(
        "Baris ini sudah ada di laptop ini. Tidak perlu berbuat apa-apa.",
        "This row is on this laptop already. Nothing to do.",
        _NOBODY,
    ),
    "row_twice": Message(
        "Baris ini sama dengan baris lain di berkas ini. Tidak perlu berbuat apa-apa.",
        "This row equals another one of this file. Nothing to do.",
        _NOBODY,
    ),
    "place_unknown": Message(
        "Kelurahan itu tidak ada di kecamatan itu. Pilih dari daftar.",
        "There is no such kelurahan in that kecamatan. Pick one from the list.",
        _AGENT,
    ),
    "place_ambiguous": Message(
        "Ada beberapa kelurahan dengan nama itu: {places}. Tulis kecamatannya.",
        "Several kelurahan have that name: {places}. Write the kecamatan.",
        _AGENT,
    ),
    "occupation_unknown": Message(
        "Kategori usaha itu tidak menunjuk satu pekerjaan. Pilih dari daftar.",
        "That kind of business names no single occupation. Pick one from the list.",
        _AGENT,
    ),
    "consent_unread": Message(
        "Persetujuan harus berisi tanggal dan cara (misalnya 2026-11-20 lisan). "
        "Tanyakan kepada pekerja dan lengkapi.",
        "Consent needs its date and how it was given (such as 2026-11-20 lisan). "
        "Ask the worker and complete it.",
        _AGENT,
    ),
    "consent_future": Message(
        "Tanggal persetujuan belum tiba. Periksa tanggalnya, dan tanggal laptop.",
        "The day of consent has not come yet. Check it, and the laptop's date.",
        _AGENT,
    ),
}
"""Why a row of a list is refused, or is a draft, by code."""

HINTS: Final[Mapping[str, Message]] = {
    "nik_here": Message(
        "NIK ini sudah ada di laptop ini (pendaftaran {record}). Periksa apakah orangnya sama.",
        "This NIK is on this laptop already (enrolment {record}). Check whether it is one person.",
        _AGENT,
    ),
    "nik_known": Message(
        "Pekerja ini kemungkinan sudah terdaftar. Tanyakan kartu BPJS Ketenagakerjaan-nya.",
        "This worker may be enrolled already. Ask for the BPJS Ketenagakerjaan card.",
        _AGENT,
    ),
    "looks_like": Message(
        "Mirip dengan pendaftaran {record} di laptop ini: tanggal lahir sama, nama hampir sama. "
        "Periksa apakah orangnya sama.",
        "Looks like enrolment {record} on this laptop: same birth date, nearly the same name. "
        "Check whether it is one person.",
        _AGENT,
    ),
    "nik_again": Message(
        "Ketik NIK sekali lagi dari KTP, tanpa melihat yang pertama.",
        "Type the NIK once more from the card, without looking at the first.",
        _AGENT,
    ),
    "nik_again_differs": Message(
        "Kedua NIK berbeda mulai angka ke-{place}. Lihat KTP dan betulkan yang salah.",
        "The two NIKs differ from digit {place} on. Look at the card and mend the wrong one.",
        _AGENT,
    ),
    "hint_reason_needed": Message(
        "Tulis mengapa pekerja ini tetap disimpan, atau hapus draf ini.",
        "Write why this worker is saved all the same, or throw this draft away.",
        _AGENT,
    ),
    "unknown_member": Message(
        "Bagian yang tidak dikenal tidak ikut disimpan: {names}. Periksa ejaannya.",
        "Members that nobody knows were left out: {names}. Check how they are spelt.",
        _AGENT,
    ),
}
"""What the agent is told at the door, by code."""
