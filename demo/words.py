"""What the demo says, in Indonesian and in English; a code without words is shown as it is."""

from typing import Any, Final

_SAID: Final[dict[str, tuple[str, str]]] = {
    "title": ("Lorong: sehari tanpa sinyal", "Lorong: a day without a signal"),
    "subtitle": (
        "{people} pendaftaran orang rekaan (benih {seed}); tak satu pun sungguhan.",
        "{people} enrolments of made-up people (seed {seed}); nobody is real.",
    ),
    "prepare": (
        "Kantor disiapkan: {agents} agen, daftar {members} peserta yang sudah ada",
        "Office prepared: {agents} agents, a roll of {members} present members",
    ),
    "weeks": (
        "Sembilan minggu terakhir diterima dari laptop lain: {count} pendaftaran",
        "The last nine weeks taken in from other laptops: {count} enrolments",
    ),
    "join": ("Laptop {laptop} bergabung: {agent}", "Laptop {laptop} joined: {agent}"),
    "cut": (
        "Listrik kantor padam; laptop terus mencari jaringan",
        "Power cut at the office; the laptops go on looking for it",
    ),
    "list": (
        "Laptop {laptop}: daftar {file} diimpor, {count} baris",
        "Laptop {laptop}: list {file} imported, {count} rows",
    ),
    "doors": (
        "Laptop {laptop}: {count} pendaftaran dicatat di pintu rumah",
        "Laptop {laptop}: {count} enrolments written down at the door",
    ),
    "back": (
        "Listrik kantor menyala lagi; tidak ada yang menyuruh laptop",
        "Power is back at the office; nobody tells the laptops",
    ),
    "found": (
        "Laptop {laptop} menemukan kantor: {count} pendaftaran dijawab",
        "Laptop {laptop} found the office: {count} enrolments answered",
    ),
    "agreed": (
        "{count} pendaftaran, satu putusan masing-masing, sama di laptop dan kantor",
        "{count} enrolments, one verdict each, the same on laptop and at the office",
    ),
    "disagreed": ("Laptop dan kantor tidak sama", "Laptop and office do not agree"),
    "total": ("Jumlah", "Total"),
    "on_laptops": ("Tanpa sinyal, di laptop", "Without a signal, on the laptop"),
    "saved": ("tersimpan", "saved"),
    "draft": ("draf", "draft"),
    "refused": ("tak diambil", "not taken"),
    "consent": ("belum ada persetujuan", "no consent yet"),
    "age_min": ("masih terlalu muda", "too young"),
    "age_max": ("sudah 65 tahun", "65 years old or more"),
    "nik_date": ("tanggal dalam NIK mustahil", "impossible date in the NIK"),
    "nik_rounded": ("NIK dibulatkan Excel", "NIK rounded by Excel"),
    "told": ("Kata kantor kepada laptop", "What the office told the laptop"),
    "accepted/new": ("diterima", "accepted"),
    "accepted/corrected": ("diterima sebagai perbaikan", "accepted as a correction"),
    "accepted/reinstated": ("diterima kembali", "accepted again"),
    "duplicate/enrolled": ("sudah didaftarkan agen lain", "enrolled by another agent"),
    "duplicate/member": ("sudah peserta", "a member already"),
    "in_review/nik_conflict": ("diperiksa: NIK orang lain", "in review: another's NIK"),
    "in_review/nik_changed": ("diperiksa: NIK diganti", "in review: NIK changed"),
    "in_review/person_changed": ("diperiksa: orang diganti", "in review: person changed"),
    "rejected/invalid": ("ditolak: isian salah", "rejected: something is wrong"),
    "rejected/ineligible": ("ditolak: tak memenuhi syarat", "rejected: not eligible"),
    "superseded/corrected": ("diganti oleh perbaikan", "replaced by a correction"),
    "noted": ("Catatan kantor", "The office's remarks"),
    "near_match": ("mirip orang lain", "looks like somebody else"),
    "contribution_differs": ("iuran keliru disebut", "told a wrong contribution"),
    "credit_dispute": ("agen lain lebih dulu datang", "another agent came first"),
    "leaderboard": ("Papan peringkat", "Leaderboard"),
    "heads": (
        "Agen|Diterima|Ganda|Diperiksa|Ditolak|Target|Iuran",
        "Agent|Accepted|Double|Review|Rejected|Target|Contribution",
    ),
    "doctor": (
        "Dokter: sehat. {records} catatan; yang dibandingkan, semuanya cocok:",
        "Doctor: sound. {records} records; what was compared, all of it right:",
    ),
    "page": ("Halaman kantor", "The office's pages"),
    "sign_in": (
        "Masuk sebagai {name}, kata sandi {password}",
        "Sign in as {name}, password {password}",
    ),
    "look": ("Lihat sendiri, di terminal lain:", "See for yourself, in another terminal:"),
    "stay": ("Ctrl-C untuk selesai.", "Ctrl-C to end."),
    "ended": ("Selesai; semua dihentikan.", "Done; everything is stopped."),
    "removed": ("Selesai; semua dihentikan dan dihapus.", "Done; all is stopped and removed."),
    "stopped": ("Dihentikan.", "Stopped."),
    "failed": ("Gagal pada: {part}", "Failed at: {part}"),
}


def words(code: str, lang: str, **given: Any) -> str:
    """Return what a code says in `lang` (id or en), filled with what is given."""
    said = _SAID.get(code)
    return code if said is None else said[lang == "en"].format(**given)


def number(value: int, lang: str) -> str:
    """Return a whole number with its thousands parted."""
    return f"{value:,}" if lang == "en" else f"{value:,}".replace(",", ".")
