"""Why the page, or its start, does not go on, in two languages, by code."""

from collections.abc import Mapping
from typing import Final

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT
_SUPERVISOR = Responsible.SUPERVISOR

PAGE: Final[Mapping[str, Message]] = {
    "joining_incomplete": Message(
        "Masih ada yang kosong. Isi nama, alamat kantor, kode, dan nama laptop, lalu coba lagi.",
        "Something is missing. Fill in name, the office's address, code and the laptop's name, "
        "then try again.",
        _AGENT,
    ),
    "passphrase_too_short": Message(
        "Kata sandi terlalu pendek: siapa pun yang menemukan laptop dapat menebaknya. "
        "Pakai paling sedikit {least} huruf.",
        "The passphrase is too short: whoever finds the laptop can guess it. "
        "Use {least} characters at least.",
        _AGENT,
    ),
    "port_taken": Message(
        "Program lain memakai port {port}. Jalankan lagi tanpa --port, atau dengan port lain.",
        "Another program uses port {port}. Run it again without --port, or with another port.",
        _AGENT,
    ),
    "page_starting": Message(
        "Lorong sedang dimulai oleh program lain, tetapi belum siap. Tunggu sebentar, lalu "
        "jalankan lagi.",
        "Another start of Lorong is under way, but not ready yet. Wait a moment, then run it "
        "again.",
        _AGENT,
    ),
    "page_unknown": Message(
        "Halaman itu tidak ada. Kembali ke antrean.",
        "There is no such page. Go back to the queue.",
        _AGENT,
    ),
    "page_stale": Message(
        "Halaman ini terbuka sejak sebelum Lorong dijalankan lagi, maka tidak ada yang disimpan "
        "dari sini. Muat ulang halamannya; draf terakhir masih ada.",
        "This page is from before Lorong was started again, so nothing was saved from it. "
        "Load it again; the last draft is still there.",
        _AGENT,
    ),
    "page_failed": Message(
        "Permintaan ini tidak dapat dijalankan. Tidak ada yang diubah; muat ulang halamannya.",
        "This request could not be carried out. Nothing was changed; load the page again.",
        _AGENT,
    ),
    "consent_needed": Message(
        "Pekerja belum menyetujui pencatatan datanya. Bacakan teks persetujuan lebih dulu.",
        "The worker has not agreed to have data written down. Read the consent text first.",
        _AGENT,
    ),
    "consent_text_missing": Message(
        "Belum ada teks persetujuan yang berlaku hari ini. Periksa tanggal laptop; "
        "bila benar, hubungi admin.",
        "No consent text is in force today. Check the laptop's date; if it is right, "
        "call the admin.",
        _AGENT,
    ),
    "capture_purged": Message(
        "Isi pendaftaran ini tidak lagi disimpan di laptop. Kantor menyimpannya; "
        "hubungi pengawas bila perlu diubah.",
        "The content of this enrolment is no longer kept on the laptop. The office keeps it; "
        "call the supervisor if it must change.",
        _SUPERVISOR,
    ),
}
"""Why the agent's page stops, by code."""
