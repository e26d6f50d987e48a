"""Why a call failed: what the office refuses, and what happens on the way to it."""

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT
_SUPERVISOR = Responsible.SUPERVISOR
_ADMIN = Responsible.ADMIN
_NOBODY = Responsible.NOBODY

OFFICE: dict[str, Message] = {
    "token_unknown": Message(
        "Kantor tidak mengenal laptop ini. Semua yang tersimpan aman; "
        "minta kode kepada pengawas, lalu gabungkan laptop lagi.",
        "The office does not know this laptop. All that was saved is safe; "
        "ask the supervisor for a code and join again.",
        _AGENT,
    ),
    "device_revoked": Message(
        "Izin laptop ini sudah dicabut. Hubungi pengawas.",
        "This laptop's leave was revoked. Call the supervisor.",
        _SUPERVISOR,
    ),
    "device_other": Message(
        "Izin ini milik laptop lain. Semua yang tersimpan aman; "
        "minta kode kepada pengawas, lalu gabungkan laptop lagi.",
        "This leave is another laptop's. All that was saved is safe; "
        "ask the supervisor for a code and join again.",
        _AGENT,
    ),
    "not_found": Message(
        "Kantor tidak mengenal permintaan ini. Admin perlu memeriksa alamat kantor.",
        "The office does not know this call. The admin must check the office's address.",
        _ADMIN,
    ),
    "method": Message(
        "Kantor tidak menerima permintaan dengan cara ini. Admin perlu memeriksa aplikasi.",
        "The office does not take this call in this way. The admin must check the application.",
        _ADMIN,
    ),
    "encoding_unknown": Message(
        "Kantor tidak mengenal cara pemampatan ini. Laptop mengirim lagi dengan cara lain.",
        "The office does not know this encoding. The laptop sends it again in another one.",
        _NOBODY,
    ),
    "body_too_large": Message(
        "Kiriman terlalu besar. Laptop membaginya dan mengirim lagi.",
        "What was sent is too large. The laptop splits it and sends it again.",
        _NOBODY,
    ),
    "too_many_envelopes": Message(
        "Terlalu banyak pendaftaran dalam satu kiriman. Laptop membaginya dan mengirim lagi.",
        "Too many enrolments at once. The laptop splits them and sends them again.",
        _NOBODY,
    ),
    "json_invalid": Message(
        "Kantor tidak dapat membaca kiriman. Tidak ada yang hilang; "
        "admin perlu memeriksa aplikasi di laptop ini.",
        "The office could not read what was sent. Nothing is lost; "
        "the admin must check the application on this laptop.",
        _ADMIN,
    ),
    "protocol_old": Message(
        "Aplikasi laptop ini terlalu lama. Anda tetap dapat mendaftar; perbarui aplikasinya.",
        "This laptop's application is too old. You can go on enrolling; update it.",
        _AGENT,
    ),
    "protocol_unknown": Message(
        "Aplikasi laptop ini lebih baru daripada kantor. Tidak ada yang hilang; "
        "admin perlu memperbarui kantor.",
        "This laptop's application is newer than the office. Nothing is lost; "
        "the admin must update the office.",
        _ADMIN,
    ),
    "shape": Message(
        "Kiriman tidak lengkap atau salah bentuk. Tidak ada yang hilang; "
        "admin perlu memeriksa aplikasi di laptop ini.",
        "What was sent is incomplete or of a wrong form. Nothing is lost; "
        "the admin must check the application on this laptop.",
        _ADMIN,
    ),
    "code_unknown": Message(
        "Kode ini tidak dikenal. Periksa dan ketik ulang; bila tetap salah, minta kode baru.",
        "There is no such code. Check it and type it again; else ask for a new one.",
        _AGENT,
    ),
    "code_used": Message(
        "Kode ini sudah dipakai. Minta kode baru kepada pengawas.",
        "This code was used already. Ask the supervisor for a new one.",
        _SUPERVISOR,
    ),
    "code_expired": Message(
        "Kode ini sudah kedaluwarsa. Minta kode baru kepada pengawas.",
        "This code has expired. Ask the supervisor for a new one.",
        _SUPERVISOR,
    ),
    "device_of_another": Message(
        "Laptop ini tercatat atas nama agen lain. Hubungi pengawas.",
        "This laptop is another agent's. Call the supervisor.",
        _SUPERVISOR,
    ),
    "too_many_tries": Message(
        "Terlalu banyak percobaan yang gagal. Tunggu satu menit, lalu coba lagi.",
        "Too many failed tries. Wait a minute and try again.",
        _NOBODY,
    ),
    "busy": Message(
        "Kantor sedang sibuk. Laptop mencoba lagi sendiri; tidak ada yang hilang.",
        "The office is busy. The laptop tries again by itself; nothing is lost.",
        _NOBODY,
    ),
    "internal": Message(
        "Ada kesalahan di kantor. Tidak ada yang hilang; admin perlu memeriksanya.",
        "The office failed. Nothing is lost; the admin must look into it.",
        _ADMIN,
    ),
    "bad_request": Message(
        "Kantor tidak memahami permintaan ini. Admin perlu memeriksa jaringan dan aplikasi.",
        "The office does not understand this call. The admin must check line and application.",
        _ADMIN,
    ),
}

LINE: dict[str, Message] = {
    "captive": Message(
        "Jaringan belum masuk internet. Buka peramban dan masuk ke Wi-Fi ini, "
        "atau pakai jaringan lain.",
        "The line does not reach the internet yet. Open a browser and sign in to this Wi-Fi, "
        "or use another line.",
        _AGENT,
    ),
    "line_refused": Message(
        "Kantor tidak menjawab. Laptop mencoba lagi sendiri; tidak ada yang hilang.",
        "The office does not answer. The laptop tries again by itself; nothing is lost.",
        _NOBODY,
    ),
    "line_timeout": Message(
        "Jaringan terlalu lambat. Laptop mencoba lagi sendiri; tidak ada yang hilang.",
        "The line is too slow. The laptop tries again by itself; nothing is lost.",
        _NOBODY,
    ),
    "line_reset": Message(
        "Jaringan terputus di tengah jalan. Laptop mencoba lagi sendiri; tidak ada yang hilang.",
        "The line was cut on the way. The laptop tries again by itself; nothing is lost.",
        _NOBODY,
    ),
    "line_tls": Message(
        "Sambungan aman ke kantor gagal. Periksa tanggal laptop dan jaringannya; "
        "bila tetap begini, hubungi admin.",
        "The secure connection to the office failed. Check the laptop's date and the line; "
        "if it stays so, call the admin.",
        _AGENT,
    ),
    "line_failed": Message(
        "Kantor tidak dapat dihubungi. Laptop mencoba lagi sendiri; tidak ada yang hilang.",
        "The office cannot be reached. The laptop tries again by itself; nothing is lost.",
        _NOBODY,
    ),
    "answer_malformed": Message(
        "Jawaban kantor tidak terbaca. Laptop mencoba lagi sendiri; "
        "bila tetap begini, hubungi admin.",
        "The office's answer cannot be read. The laptop tries again by itself; "
        "if it stays so, call the admin.",
        _ADMIN,
    ),
    "answer_too_large": Message(
        "Jawaban kantor terlalu besar. Laptop mencoba lagi sendiri; "
        "bila tetap begini, hubungi admin.",
        "The office's answer is too large. The laptop tries again by itself; "
        "if it stays so, call the admin.",
        _ADMIN,
    ),
    "office_failed": Message(
        "Ada gangguan di kantor. Laptop mencoba lagi sendiri; bila tetap begini, hubungi admin.",
        "The office has trouble. The laptop tries again by itself; if it stays so, call the admin.",
        _ADMIN,
    ),
    "epoch_unsteady": Message(
        "Kantor menjawab dengan catatan yang berganti-ganti. Tidak ada yang hilang; hubungi admin.",
        "The office answers out of changing books. Nothing is lost; call the admin.",
        _ADMIN,
    ),
    "unwelcome": Message(
        "Kantor tidak menerima laptop ini. Semua yang tersimpan aman; "
        "minta kode kepada pengawas, lalu gabungkan laptop lagi.",
        "The office does not take this laptop. All that was saved is safe; "
        "ask the supervisor for a code and join again.",
        _AGENT,
    ),
    "faulty": Message(
        "Pendaftaran ini tidak dapat dikirim. Tetap tersimpan dan dicoba sekali sehari; "
        "hubungi admin.",
        "This enrolment cannot be sent. It is kept and tried once a day; call the admin.",
        _ADMIN,
    ),
    "unreadable": Message(
        "Kantor tidak dapat membaca pendaftaran ini. Tetap tersimpan dan dicoba sekali sehari; "
        "hubungi admin.",
        "The office cannot read this enrolment. It is kept and tried once a day; call the admin.",
        _ADMIN,
    ),
    "outdated": Message(
        "Aplikasi laptop ini terlalu lama. Anda tetap dapat mendaftar; perbarui aplikasinya.",
        "This laptop's application is too old. You can go on enrolling; update it.",
        _AGENT,
    ),
    "address_malformed": Message(
        "Alamat kantor salah tulis. Ketik ulang, misalnya https://kantor.contoh.id.",
        "The office's address is not written as it must be. "
        "Type it again, such as https://office.example.id.",
        _AGENT,
    ),
    "address_plain": Message(
        "Alamat kantor harus mulai dengan https, supaya data tidak terbaca di jalan. "
        "Ketik ulang alamatnya.",
        "The office's address must begin with https, so that nobody reads along. "
        "Type the address again.",
        _AGENT,
    ),
    "clock_wrong": Message(
        "Jam laptop berbeda jauh dari jam kantor. Betulkan tanggal dan jam laptop.",
        "The laptop's clock is far from the office's. Set the laptop's date and time right.",
        _AGENT,
    ),
}
