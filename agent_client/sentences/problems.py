"""Why a command of the laptop stops, in two languages, by code."""

from collections.abc import Mapping
from typing import Final

from agent_client.sentences.page import PAGE
from agent_client.sentences.proofs import PROOFS
from agent_client.sentences.retiring import RETIRING
from agent_client.sentences.seats import SEATS
from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT
_SUPERVISOR = Responsible.SUPERVISOR
_ADMIN = Responsible.ADMIN
_NOBODY = Responsible.NOBODY

PROBLEMS: Final[Mapping[str, Message]] = {
    "not_joined": Message(
        "Laptop ini belum bergabung dengan kantor. Minta kode kepada pengawas, lalu bergabung di "
        "halaman Lorong, atau dengan: lorong-agent join ALAMAT KODE --name NAMA.",
        "This laptop has not joined an office. Ask the supervisor for a code, then join on "
        "Lorong's page, or by: lorong-agent join URL CODE --name NAME.",
        _AGENT,
    ),
    "not_an_office": Message(
        "Di alamat ini tidak ada kantor Lorong, atau jaringan belum masuk internet. "
        "Periksa alamat dan jaringannya, lalu coba lagi.",
        "There is no Lorong office at this address, or the line does not reach the internet. "
        "Check the address and the line, then try again.",
        _AGENT,
    ),
    "agent_differs": Message(
        "Kode ini milik agen lain, sedangkan laptop ini menyimpan pendaftaran agen semula. "
        "Tidak ada yang diubah. Minta kode yang benar kepada pengawas.",
        "This code is another agent's, while this laptop holds the first agent's enrolments. "
        "Nothing was changed. Ask the supervisor for the right code.",
        _SUPERVISOR,
    ),
    "passphrase_wrong": Message(
        "Kata sandi salah. Tidak ada yang diubah; ketik ulang kata sandinya.",
        "The passphrase is wrong. Nothing was changed; type it again.",
        _AGENT,
    ),
    "passphrase_locked": Message(
        "Kata sandi salah terlalu sering. Tunggu {minutes} menit, lalu coba lagi; data Anda aman.",
        "The passphrase was wrong too often. Wait {minutes} minutes, then try again; "
        "your data are safe.",
        _AGENT,
    ),
    "passphrase_empty": Message(
        "Kata sandi masih kosong. Pilih kata sandi yang panjang dan mudah Anda ingat.",
        "The passphrase is empty. Choose a long one that you remember.",
        _AGENT,
    ),
    "passphrase_short": Message(
        "Kata sandi ini pendek: siapa pun yang menemukan laptop dapat menebaknya. "
        "Pilih paling sedikit {least} huruf dengan: lorong-agent passphrase.",
        "This passphrase is short: whoever finds the laptop can guess it. "
        "Choose {least} characters at least by: lorong-agent passphrase.",
        _AGENT,
    ),
    "passphrase_differs": Message(
        "Kedua kata sandi tidak sama. Tidak ada yang diubah; ketik lagi keduanya.",
        "The two passphrases differ. Nothing was changed; type both again.",
        _AGENT,
    ),
    "passphrase_needed": Message(
        "Kata sandi diperlukan. Jalankan di terminal, atau isi LORONG_PASSPHRASE.",
        "A passphrase is needed. Run it in a terminal, or set LORONG_PASSPHRASE.",
        _AGENT,
    ),
    "key_missing": Message(
        "Kunci basis data tidak ada: {path}. Tanpa itu data tidak dapat dibuka. "
        "Kembalikan berkas itu dari salinan, atau hubungi admin; jangan hapus apa pun.",
        "The database's key is missing: {path}. Without it the data cannot be opened. "
        "Put that file back from a copy, or call the admin; delete nothing.",
        _ADMIN,
    ),
    "key_damaged": Message(
        "Kunci basis data rusak: {path}. Kembalikan berkas itu dari salinan, "
        "atau hubungi admin; jangan hapus apa pun.",
        "The database's key is damaged: {path}. Put that file back from a copy, "
        "or call the admin; delete nothing.",
        _ADMIN,
    ),
    "database_foreign": Message(
        "Berkas ini basis data program lain: {path}. Tidak ada yang diubah. "
        "Kembalikan dari salinan, atau hubungi admin; jangan hapus berkas itu.",
        "This file is another program's database: {path}. Nothing was changed. "
        "Put it back from a copy, or call the admin; do not delete it.",
        _ADMIN,
    ),
    "database_damaged": Message(
        "Basis data rusak: {path}. Berkas itu tetap disimpan; jangan dihapus. Pulihkan dari "
        "salinan kedua di halaman Lorong, atau dengan: lorong-agent restore FOLDER. Bila tidak ada "
        "salinan, hubungi admin.",
        "The database is damaged: {path}. That file is kept; do not delete it. Restore the "
        "second copy on Lorong's page, or by: lorong-agent restore FOLDER. If there is no copy, "
        "call the admin.",
        _AGENT,
    ),
    "database_missing": Message(
        "Basis data hilang: {path}; kuncinya masih ada. Kembalikan berkas itu, atau pulihkan dari "
        "salinan kedua di halaman Lorong, atau dengan: lorong-agent restore FOLDER. Bila tidak ada "
        "salinan, hubungi admin.",
        "The database is gone: {path}; its key is there. Put that file back, or restore the "
        "second copy on Lorong's page, or by: lorong-agent restore FOLDER. If there is no copy, "
        "call the admin.",
        _AGENT,
    ),
    "database_busy": Message(
        "Basis data sedang dipakai program lain. Yang ini belum disimpan; coba lagi sebentar.",
        "Another program is using the database. This was not saved; try again in a moment.",
        _AGENT,
    ),
    "disk_full": Message(
        "Penyimpanan penuh atau tidak dapat ditulis: {path}. Yang ini belum disimpan; "
        "yang tersimpan sebelumnya aman. Kosongkan ruang, lalu coba lagi.",
        "The disk is full or cannot be written: {path}. This was not saved; "
        "what was saved before is safe. Make room, then try again.",
        _AGENT,
    ),
    "folder_read_only": Message(
        "Folder data tidak dapat dipakai: {path}. Belum ada yang disimpan. "
        "Periksa hak tulisnya, atau pilih folder lain dengan LORONG_HOME.",
        "The data folder cannot be used: {path}. Nothing was saved. "
        "Check whether it may be written, or choose another one by LORONG_HOME.",
        _AGENT,
    ),
    "setting_bad": Message(
        "Pengaturan {setting} tidak terbaca. Betulkan atau hapus, lalu coba lagi.",
        "The setting {setting} cannot be read. Mend or remove it, then try again.",
        _AGENT,
    ),
    "sync_running": Message(
        "Sinkronisasi lain sedang berjalan di laptop ini. Tunggu sampai selesai.",
        "Another sync is running on this laptop. Wait until it is done.",
        _NOBODY,
    ),
    "file_missing": Message(
        "Berkas {file} tidak dapat dibaca. Periksa nama dan tempatnya.",
        "The file {file} cannot be read. Check its name and place.",
        _AGENT,
    ),
    "file_unwritable": Message(
        "Berkas {file} tidak dapat ditulis. Pilih tempat lain dengan --rejected.",
        "The file {file} cannot be written. Choose another place by --rejected.",
        _AGENT,
    ),
    "file_too_large": Message(
        "Berkas {file} terlalu besar. Bagi daftarnya menjadi beberapa berkas.",
        "The file {file} is too large. Split the list into several files.",
        _AGENT,
    ),
    "list_unreadable": Message(
        "Berkas {file} bukan daftar yang dapat dibaca. Simpan ulang sebagai XLSX tanpa kata sandi, "
        "atau sebagai CSV.",
        "The file {file} is no list that can be read. Save it again as XLSX without a password, "
        "or as CSV.",
        _AGENT,
    ),
    "list_no_header": Message(
        "Berkas {file} tidak mempunyai baris judul dengan kolom NIK dan NAMA LENGKAP. "
        "Tambahkan, lalu impor lagi.",
        "The file {file} has no row of headings with the columns NIK and NAMA LENGKAP. "
        "Add it, then import again.",
        _AGENT,
    ),
    "list_quotes": Message(
        "Di berkas {file} ada tanda kutip yang tidak ditutup, sehingga baris-barisnya "
        "tidak dapat dipisahkan. Betulkan, lalu impor lagi.",
        "In the file {file} a quotation mark is never closed, so that its rows cannot be told "
        "apart. Mend it, then import again.",
        _AGENT,
    ),
    "json_bad": Message(
        "Isian bukan JSON yang benar (baris {line}). Tidak ada yang disimpan; betulkan dan "
        "jalankan lagi.",
        "What was given is no sound JSON (line {line}). Nothing was saved; mend it and run again.",
        _AGENT,
    ),
    "json_no_object": Message(
        "Isian harus satu objek JSON. Tidak ada yang disimpan; betulkan dan jalankan lagi.",
        "What is given must be one JSON object. Nothing was saved; mend it and run again.",
        _AGENT,
    ),
    "content_too_large": Message(
        "Isian terlalu besar, paling banyak {most} bita. Tidak ada yang disimpan; singkatkan.",
        "What was given is too large, {most} bytes at most. Nothing was saved; shorten it.",
        _AGENT,
    ),
    "content_refused": Message(
        "Belum tersimpan: ada isian yang kurang atau salah.",
        "Not saved: something is missing or wrong.",
        _AGENT,
    ),
    "capture_unknown": Message(
        "Pendaftaran itu tidak ada di laptop ini. Cari di antrean, atau lihat daftarnya dengan: "
        "lorong-agent list.",
        "There is no such enrolment on this laptop. Look for it in the queue, or see the list by: "
        "lorong-agent list.",
        _AGENT,
    ),
    "capture_ambiguous": Message(
        "Beberapa pendaftaran cocok dengan nomor itu. Tulis lebih panjang.",
        "Several enrolments fit that number. Write more of it.",
        _AGENT,
    ),
    "draft_unknown": Message(
        "Draf nomor {draft} tidak ada di laptop ini: sudah disimpan, sudah dihapus, atau nomornya "
        "salah. Lihat antrean, atau daftarnya dengan: lorong-agent drafts.",
        "There is no draft number {draft} on this laptop: it was saved or thrown away, or the "
        "number is wrong. Look into the queue, or see them by: lorong-agent drafts.",
        _AGENT,
    ),
    "sealed": Message(
        "Izin laptop ini pernah dicabut: {records} pendaftaran dan {drafts} draf disegel. Tidak "
        "ada yang hilang, tetapi hanya kantor yang dapat membukanya. Jalankan: lorong-agent "
        "export-sealed BERKAS, lalu serahkan berkas itu kepada pengawas.",
        "This laptop's leave was revoked once: {records} enrolments and {drafts} drafts are "
        "sealed. Nothing is lost, but only the office can open them. Run: lorong-agent "
        "export-sealed FILE, then hand that file to the supervisor.",
        _AGENT,
    ),
    "sealed_one": Message(
        "Disegel untuk kantor; tidak hilang. Jalankan: lorong-agent export-sealed BERKAS, "
        "lalu serahkan berkas itu kepada pengawas.",
        "Sealed for the office; it is not lost. Run: lorong-agent export-sealed FILE, "
        "then hand that file to the supervisor.",
        _AGENT,
    ),
    "export_unwritable": Message(
        "Berkas {file} tidak dapat ditulis. Pilih tempat lain; yang disegel tetap ada di "
        "laptop ini.",
        "The file {file} cannot be written. Choose another place; what is sealed stays on "
        "this laptop.",
        _AGENT,
    ),
    "books_differ": Message(
        "Pemeriksaan menemukan kerusakan. Jangan hapus apa pun; salin folder data dan "
        "hubungi admin.",
        "The check found damage. Delete nothing; copy the data folder and call the admin.",
        _ADMIN,
    ),
    "receipts_bad": Message(
        "Tanda terima kantor tidak sah, jadi tidak disimpan sebagai bukti. Keputusannya tetap "
        "berlaku. Beri tahu admin.",
        "The office's receipt is not good, so it is not kept as proof. What was decided holds. "
        "Tell the admin.",
        _ADMIN,
    ),
    "unexpected": Message(
        "Terjadi kesalahan yang tidak terduga. Yang sudah tersimpan aman. "
        "Kirim berkas {path} kepada admin.",
        "Something unexpected went wrong. What was saved is safe. Send the file {path} "
        "to the admin.",
        _ADMIN,
    ),
    **PAGE,
    **PROOFS,
    **RETIRING,
    **SEATS,
}
"""Why a command stops, by code."""

ADDED: Final[Mapping[str, Message]] = {
    "left": Message(
        "Sisa {left} kali mencoba; sesudah itu harus menunggu.",
        "Tries left: {left}; after them there is a wait.",
        _AGENT,
    ),
    "copied_at": Message(
        "Salinan kedua ada di {folder}, dibuat {copied_at}, berisi {captures} pendaftaran.",
        "The second copy is in {folder}, made {copied_at}, with {captures} enrolments.",
        _AGENT,
    ),
}
"""What is said after a problem's sentence, by the parameter that the problem has then."""
