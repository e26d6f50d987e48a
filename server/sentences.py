"""What lorong-server says, in Indonesian and English: why it cannot, and what it did.

Why it cannot: what happened, who acts, what next.
"""

from collections.abc import Mapping
from typing import Any, Final

from server import people_sentences

Pair = tuple[str, str]

SENTENCES: Final[Mapping[str, Pair]] = {
    "office_key_missing": (
        "Kunci kantor tidak ada atau rusak. Administrator: pulihkan office.key di LORONG_HOME "
        "atau LORONG_OFFICE_KEY, atau jalankan lorong-server migrate untuk kantor baru.",
        "The office's key is missing or broken. Admin: restore office.key in LORONG_HOME or "
        "LORONG_OFFICE_KEY, or run lorong-server migrate for a new office.",
    ),
    "office_key_wrong": (
        "Kunci ini bukan kunci kantor pada basis data itu; tidak ada yang diubah. Administrator: "
        "pulihkan office.key yang asli, atau periksa LORONG_HOME, LORONG_OFFICE_KEY dan "
        "LORONG_DATABASE_URL.",
        "This key is not the one of the office in that database; nothing was changed. Admin: "
        "restore the right office.key, or check LORONG_HOME, LORONG_OFFICE_KEY and "
        "LORONG_DATABASE_URL.",
    ),
    "not_migrated": (
        "Basis data belum disiapkan. Administrator: jalankan lorong-server migrate.",
        "The database is not prepared. Admin: run lorong-server migrate.",
    ),
    "database_unreachable": (
        "Basis data tidak dapat dibuka atau ditulis. Administrator: periksa LORONG_DATABASE_URL, "
        "hak akses folder, dan sisa ruang disk, lalu ulangi.",
        "The database cannot be opened or written. Admin: check LORONG_DATABASE_URL, the folder's "
        "permissions and the space left on the disk, then try again.",
    ),
    "database_foreign": (
        "Basis data itu milik program lain, atau dibuat versi yang lebih baru; tidak ada yang "
        "diubah. Administrator: periksa LORONG_DATABASE_URL, atau perbarui program.",
        "That database is another program's, or was made by a newer version; nothing was changed. "
        "Admin: check LORONG_DATABASE_URL, or update the program.",
    ),
    "address_taken": (
        "Alamat atau port itu tidak dapat dipakai. Administrator: hentikan program lain yang "
        "memakainya, atau pilih --port lain.",
        "That address or port cannot be used. Admin: stop the other program that uses it, or "
        "choose another --port.",
    ),
    "office_unknown": (
        "Kantor itu tidak ada. Administrator: tambahkan dengan add-office.",
        "There is no such office. Admin: add it with add-office.",
    ),
    "office_taken": (
        "Kantor dengan nama itu sudah ada. Tidak ada yang berubah.",
        "There is an office of that name already. Nothing was changed.",
    ),
    "agent_unknown": (
        "Agen dengan kode itu tidak ada. Administrator: tambahkan dengan add-agent.",
        "There is no agent with that code. Admin: add one with add-agent.",
    ),
    "agent_taken": (
        "Agen dengan kode itu sudah ada. Tidak ada yang berubah.",
        "There is an agent with that code already. Nothing was changed.",
    ),
    "agent_ended": (
        "Agen itu sudah berakhir. Administrator: batalkan akhirnya dulu, bila ia bekerja lagi.",
        "That agent has ended. Admin: take the end back first, if the agent works again.",
    ),
    "name_wrong": (
        "Nama harus 1 sampai 100 huruf dalam satu baris. Tidak ada yang berubah; ulangi dengan "
        "nama yang benar.",
        "A name has 1 to 100 characters in one line. Nothing was changed; try again with a right "
        "name.",
    ),
    "code_wrong": (
        "Kode agen harus 1 sampai 32 huruf dalam satu baris. Tidak ada yang berubah; ulangi dengan "
        "kode yang benar.",
        "An agent's code has 1 to 32 characters in one line. Nothing was changed; try again with a "
        "right code.",
    ),
    "day_unreadable": (
        "Tanggal harus ditulis seperti 2026-11-20. Tidak ada yang berubah; ulangi dengan tanggal "
        "yang benar.",
        "A date is written like 2026-11-20. Nothing was changed; try again with the right date.",
    ),
    "device_unknown": (
        "Laptop dengan nomor itu tidak ada. Administrator: cari nomornya dengan devices.",
        "There is no laptop of that number. Admin: look it up with devices.",
    ),
    **people_sentences.PROBLEMS,
    "month_unreadable": (
        "Bulan harus ditulis seperti 2026-11. Ulangi dengan bulan yang benar.",
        "A month is written like 2026-11. Try again with the right month.",
    ),
    "columns_missing": (
        "Kolom yang wajib tidak ada di berkas: nik, nama, tanggal_lahir. Perbaiki baris judul "
        "lalu impor lagi; belum ada yang diterapkan.",
        "Columns that are needed are not in the file: nik, nama, tanggal_lahir. Mend the heading, "
        "then import again; nothing was applied yet.",
    ),
    "file_unreadable": (
        "Berkas tidak dapat dibaca sebagai CSV UTF-8. Simpan ulang, impor lagi.",
        "The file cannot be read as CSV in UTF-8. Save it anew and import again.",
    ),
    "sealed_unreadable": (
        "Bukan baris dari lorong-agent export-sealed, atau rusak. Pengawas: minta agen mengekspor "
        "lagi; yang disegel masih ada di laptopnya.",
        "No line of lorong-agent export-sealed, or a damaged one. Supervisor: ask the agent to "
        "export again; what was sealed is still on the laptop.",
    ),
    "sealed_foreign": (
        "Tidak dapat dibuka dengan kunci kantor ini: disegel untuk kantor lain, atau rusak. "
        "Pengawas: periksa asal berkas, atau minta agen mengekspor lagi.",
        "It does not open with this office's key: it was sealed for another office, or is "
        "damaged. Supervisor: check where the file is from, or ask the agent to export again.",
    ),
    "sealed_differs": (
        "Isinya tidak sama dengan yang disebut barisnya, jadi tidak dicatat. Pengawas: minta agen "
        "mengekspor lagi; bila terulang, hubungi administrator.",
        "It holds something else than its line says, so it was not recorded. Supervisor: ask the "
        "agent to export again; if it happens again, call the admin.",
    ),
    "sealed_device_unknown": (
        "Laptop asalnya tidak dikenal di kantor ini, jadi tidak dicatat. Administrator: periksa "
        "basis datanya, mungkin cadangan yang terlalu lama.",
        "The laptop that it is from is not known at this office, so it was not recorded. Admin: "
        "check the database, which may be a backup that is too old.",
    ),
    "drafts_unwritable": (
        "Berkas draf tidak dapat ditulis; pendaftaran sudah dicatat. Administrator: pilih tempat "
        "lain untuk --drafts, lalu ulangi.",
        "The file of drafts cannot be written; the enrolments are recorded. Admin: choose another "
        "place for --drafts, then try again.",
    ),
    "setting_wrong": (
        "Pengaturan salah. Administrator: perbaiki lalu ulangi.",
        "A setting is wrong. Admin: mend it, then try again.",
    ),
    "unexpected": (
        "Ada kesalahan yang tidak terduga; tidak ada data yang hilang. Administrator: jalankan "
        "lorong-server doctor dan hubungi pengembang.",
        "Something went wrong that nobody foresaw; no data are lost. Admin: run lorong-server "
        "doctor and call the developers.",
    ),
}
"""Why a command stops, by its code."""

TEXTS: Final[Mapping[str, Pair]] = {
    "migrated": (
        "Basis data siap. Daftar baru: {seeded}.",
        "The database is ready. New lists: {seeded}.",
    ),
    "none": (
        "tidak ada",
        "none",
    ),
    "listening": (
        "Lorong mendengarkan di {url}",
        "Lorong listens at {url}",
    ),
    "board": (
        "Papan peringkat {month}",
        "Leaderboard {month}",
    ),
    "not_reported": (
        "belum melapor",
        "not reported",
    ),
    "agent_moved": (
        "{agent} di {office} sejak {day}. Pendaftaran yang ikut berpindah: {count}.",
        "{agent} is at {office} since {day}. Records that moved along: {count}.",
    ),
    "move": (
        "sejak {day} {office}",
        "since {day} {office}",
    ),
    "ended": (
        "berakhir {day}",
        "ended {day}",
    ),
    "office_agents": (
        "{count} agen",
        "{count} agents",
    ),
    "bad_row": (
        "baris {line}: {told}",
        "line {line}: {told}",
    ),
    "roll_done": (
        "{good} baris diterapkan, {bad} ditolak, {flagged} pendaftaran ditandai menjadi peserta.",
        "{good} rows applied, {bad} refused, {flagged} enrolments flagged as members now.",
    ),
    "known_built": (
        "known_niks {version}: {niks} NIK, {size} byte",
        "known_niks {version}: {niks} NIKs, {size} bytes",
    ),
    **people_sentences.TEXTS,
    "days_made": (
        "Hari yang dihitung ulang: {days}.",
        "Days counted again: {days}.",
    ),
    "records": (
        "Pendaftaran: {count} ({verdicts})",
        "Records: {count} ({verdicts})",
    ),
    "no_records": (
        "belum ada",
        "none yet",
    ),
    "compared": (
        "{check:16} {compared:>8} dibandingkan  {state}",
        "{check:16} {compared:>8} compared  {state}",
    ),
    "sound": (
        "ok",
        "ok",
    ),
    "wrong": (
        "{wrong} SALAH",
        "{wrong} WRONG",
    ),
    "device": (
        "{device}  {agent}  {laptop}: {standing}, laporan terakhir {reported}, {waiting} menunggu",
        "{device}  {agent}  {laptop}: {standing}, last report {reported}, {waiting} waiting",
    ),
    "device_working": ("dipakai", "in service"),
    "device_asked": ("diminta berhenti", "asked to stop"),
    "device_stopped": ("sudah berhenti", "stopped"),
    "device_safe": ("aman dihapus", "safe to wipe"),
    "device_revoked": ("izin dicabut", "revoked"),
    "revoked": (
        "Izin laptop dicabut. Yang mungkin masih ada di dalamnya, terkunci dengan kata sandi "
        "agen: {records} pendaftaran yang sudah dikirim, {waiting} yang belum, {drafts} draf.",
        "The laptop is revoked. It may still hold, locked under the agent's passphrase: "
        "{records} enrolments that were sent, {waiting} that were not, {drafts} drafts.",
    ),
    "notice_due": (
        "Pekerja dan lembaga berwenang harus diberi tahu tertulis paling lambat {deadline} "
        "(UU 27/2022 pasal 46).",
        "The workers and the authority must be told in writing by {deadline} "
        "(UU 27/2022 article 46).",
    ),
    "nothing_opened": (
        "Tidak ada yang dibuka.",
        "Nothing was opened.",
    ),
    "drafts_written": (
        "{count} draf di {place}",
        "{count} drafts in {place}",
    ),
    "drafts_unwritten": (
        "{count} draf belum ditulis; ulangi dengan --drafts",
        "{count} drafts are not written yet; run it again with --drafts",
    ),
}
"""What a command tells of its work."""

HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        *("", "Agen", "Diterima", "Target", "Ganda", "Diperiksa", "Ditolak", "Iuran", "Menunggu"),
        "Laporan terakhir",
    ),
    "en": (
        *("", "Agent", "Accepted", "Target", "Duplicate", "In review", "Rejected"),
        *("Contribution", "Waiting", "Last report"),
    ),
}
"""What stands over the leaderboard's columns."""


def said(pair: Pair, lang: str, **params: Any) -> str:
    """Return a pair's text in a language (id or en), filled in."""
    return pair[lang == "en"].format(**params)
