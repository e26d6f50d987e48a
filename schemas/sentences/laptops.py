"""Why a decision about a laptop was not taken."""

from schemas.sentences import Message
from schemas.words import Responsible

_SUPERVISOR = Responsible.SUPERVISOR

LAPTOPS: dict[str, Message] = {
    "device_unknown": Message(
        "Laptop ini tidak dikenal di kantor. Tidak ada yang berubah; periksa nomornya di daftar "
        "laptop.",
        "The office knows no such laptop. Nothing has changed; look its number up in the list of "
        "laptops.",
        _SUPERVISOR,
    ),
    "device_gone": Message(
        "Izin laptop ini sudah dicabut, jadi tidak dapat diminta berhenti lagi. Tidak ada yang "
        "berubah; buat kode baru bila laptop ini akan dipakai lagi.",
        "This laptop was revoked, so it can no longer be asked to stop. Nothing has changed; make "
        "a new code if it is to be used again.",
        _SUPERVISOR,
    ),
    "device_not_lost": Message(
        "Laptop ini tidak tercatat hilang, jadi tidak ada surat yang harus dikirim. Bila memang "
        "hilang, cabut izinnya dan pilih hilang atau dicuri.",
        "This laptop is not recorded as lost, so no letters are due. If it is, revoke it and "
        "choose lost or stolen.",
        _SUPERVISOR,
    ),
    "loss_unfit": Message(
        "Saat itu tidak dapat menjadi saat kehilangan diketahui; tidak ada yang berubah. Isi "
        "tanggal dan jam yang sudah lewat.",
        "The loss cannot have become known at that moment; nothing was changed. Give a day and "
        "time that are past.",
        _SUPERVISOR,
    ),
    "reason_unfit": Message(
        "Alasan harus diisi, paling banyak 200 huruf, tanpa NIK atau nomor telepon; tidak ada "
        "yang berubah. Perbaiki alasannya.",
        "A reason is needed, of 200 characters at most, without a NIK or a phone number; nothing "
        "was changed. Mend the reason.",
        _SUPERVISOR,
    ),
    "join_code_gone": Message(
        "Kode itu sudah dipakai, dibatalkan, atau lewat waktunya; tidak ada yang berubah. Muat "
        "ulang daftar kode.",
        "That code was used, voided, or is too old; nothing was changed. Load the list of codes "
        "again.",
        _SUPERVISOR,
    ),
    "aside_unknown": Message(
        "Data ini tidak lagi disisihkan; tidak ada yang berubah. Muat ulang daftar.",
        "This is not set aside any more; nothing was changed. Load the list again.",
        _SUPERVISOR,
    ),
    "aside_final": Message(
        "Yang disimpan di sini tidak akan pernah dapat dinilai; tidak ada yang berubah. Bila "
        "pekerjanya belum terdaftar, agen menyimpan datanya sekali lagi.",
        "What was kept here can never be judged; nothing was changed. If the worker is not "
        "enrolled, the agent saves the data once more.",
        Responsible.AGENT,
    ),
}
