"""What the office says of a record: verdict and reason as `verdict/reason`, and flags."""

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT
_SUPERVISOR = Responsible.SUPERVISOR
_ADMIN = Responsible.ADMIN
_NOBODY = Responsible.NOBODY

VERDICTS: dict[str, Message] = {
    "accepted/new": Message(
        "Diterima kantor dan dihitung untuk Anda. Tidak perlu berbuat apa-apa.",
        "The office has accepted it and counts it for you. Nothing to do.",
        _NOBODY,
    ),
    "accepted/corrected": Message(
        "Perbaikan diterima kantor dan menggantikan yang lama. Tidak perlu berbuat apa-apa.",
        "The office has accepted the correction in place of the old one. Nothing to do.",
        _NOBODY,
    ),
    "accepted/reinstated": Message(
        "Sekarang diterima kantor dan dihitung untuk Anda. Tidak perlu berbuat apa-apa.",
        "The office accepts it now and counts it for you. Nothing to do.",
        _NOBODY,
    ),
    "duplicate/enrolled": Message(
        "Pekerja ini sudah didaftarkan lebih dulu, jadi sudah tercatat. "
        "Tidak perlu berbuat apa-apa.",
        "This worker was enrolled before and is on record already. Nothing to do.",
        _NOBODY,
    ),
    "duplicate/member": Message(
        "Pekerja ini sudah menjadi peserta BPJS Ketenagakerjaan. Tidak perlu berbuat apa-apa.",
        "This worker is a member of BPJS Ketenagakerjaan already. Nothing to do.",
        _NOBODY,
    ),
    "in_review/nik_conflict": Message(
        "NIK ini juga tercatat atas nama orang lain. Pengawas yang memutuskan; "
        "siapkan KTP bila Anda dihubungi.",
        "This NIK also stands under another person's name. The supervisor decides; "
        "have the card at hand if you are asked.",
        _SUPERVISOR,
    ),
    "in_review/nik_changed": Message(
        "Perbaikan ini mengganti NIK. Pengawas yang memutuskan; sampai itu yang lama berlaku.",
        "This correction changes the NIK. The supervisor decides; until then the old one stands.",
        _SUPERVISOR,
    ),
    "in_review/person_changed": Message(
        "Perbaikan ini seperti mengganti orangnya. Pengawas yang memutuskan; "
        "sampai itu yang lama berlaku.",
        "This correction seems to name another person. The supervisor decides; "
        "until then the old one stands.",
        _SUPERVISOR,
    ),
    "rejected/invalid": Message(
        "Ditolak karena ada isian yang salah. Betulkan yang ditandai, lalu simpan ulang.",
        "Rejected, since some of it is wrong. Mend what is marked and save it again.",
        _AGENT,
    ),
    "rejected/ineligible": Message(
        "Ditolak karena pekerja belum memenuhi syarat. "
        "Lihat alasannya; bila ada yang salah ketik, betulkan dan simpan ulang.",
        "Rejected, since the worker does not meet the conditions. "
        "See why; if something was mistyped, mend it and save it again.",
        _AGENT,
    ),
    "rejected/withdrawn": Message(
        "Pekerja ini sudah mencabut persetujuannya. Jangan simpan ulang tanpa persetujuan baru.",
        "This worker has withdrawn consent. Do not save it again without a new consent.",
        _AGENT,
    ),
    "rejected/not_theirs": Message(
        "Pengawas memutuskan bahwa NIK ini milik orang lain. "
        "Lihat KTP pekerja, lalu simpan dengan NIK yang benar.",
        "The supervisor found that this NIK is another person's. "
        "Look at the worker's card and save it with the right NIK.",
        _AGENT,
    ),
    "rejected/refused": Message(
        "Pengawas tidak menerima perubahan ini; yang lama tetap berlaku. "
        "Tanyakan kepada pengawas bila perlu.",
        "The supervisor did not take this change; the old one stands. "
        "Ask the supervisor if need be.",
        _AGENT,
    ),
    "rejected/id_reused": Message(
        "Nomor pendaftaran ini sudah terpakai. "
        "Laptop menyimpannya ulang dengan nomor baru; Anda tidak perlu berbuat apa-apa.",
        "This record's number is in use. "
        "The laptop saves it again under a new one; you have nothing to do.",
        _NOBODY,
    ),
    "retry/not_decided": Message(
        "Kantor belum dapat memutuskan. Laptop mengirim lagi nanti; "
        "bila terus begini, hubungi admin.",
        "The office could not decide yet. The laptop sends it again later; "
        "if it stays so, call the admin.",
        _ADMIN,
    ),
    "retry/digest_mismatch": Message(
        "Isi berubah atau rusak di jalan. Laptop mengirim lagi nanti; "
        "bila terus begini, hubungi admin.",
        "It was changed or damaged on the way. The laptop sends it again later; "
        "if it stays so, call the admin.",
        _ADMIN,
    ),
    "retry/corrects_unknown": Message(
        "Kantor belum menerima pendaftaran yang diperbaiki ini. "
        "Laptop mengirim lagi nanti; Anda tidak perlu berbuat apa-apa.",
        "The office does not have yet what this corrects. "
        "The laptop sends it again later; you have nothing to do.",
        _NOBODY,
    ),
    "retry/kind_unknown": Message(
        "Kantor belum mengenal jenis catatan ini. Laptop mengirim lagi nanti; "
        "admin perlu memperbarui kantor.",
        "The office does not know this kind of record yet. The laptop sends it again later; "
        "the admin must update the office.",
        _ADMIN,
    ),
    "retry/schema_newer": Message(
        "Formulir laptop ini lebih baru daripada kantor. Laptop mengirim lagi nanti; "
        "admin perlu memperbarui kantor.",
        "This laptop's form is newer than the office. The laptop sends it again later; "
        "the admin must update the office.",
        _ADMIN,
    ),
    "superseded/corrected": Message(
        "Sudah digantikan oleh perbaikan yang lebih baru. Tidak perlu berbuat apa-apa.",
        "A later correction has taken its place. Nothing to do.",
        _NOBODY,
    ),
}

FLAGS: dict[str, Message] = {
    "near_match": Message(
        "Mirip dengan pekerja yang tercatat dengan NIK lain. Pengawas memeriksanya.",
        "Looks like a worker on record under another NIK. The supervisor looks into it.",
        _SUPERVISOR,
    ),
    "credit_dispute": Message(
        "Disimpan lebih awal daripada pendaftaran yang dihitung. Pengawas memeriksanya.",
        "Saved earlier than the enrolment that counts. The supervisor looks into it.",
        _SUPERVISOR,
    ),
    "contribution_differs": Message(
        "Iuran yang disebut kepada pekerja berbeda dari yang seharusnya. "
        "Beri tahu pekerja jumlah yang benar.",
        "The worker was told another contribution than is due. Tell the worker the right one.",
        _AGENT,
    ),
    "age_unsure": Message(
        "Umur atau bulan tidak pasti karena jam laptop. Periksa tanggal laptop Anda.",
        "Age or month are unsure because of the laptop's clock. Check your laptop's date.",
        _AGENT,
    ),
    "clock_drift": Message(
        "Waktu simpan tidak dapat dipastikan. Periksa jam laptop Anda.",
        "The time of saving is not sure. Check your laptop's clock.",
        _AGENT,
    ),
    "too_fast": Message(
        "Formulir diisi sangat cepat. Pengawas dapat menanyakannya.",
        "The form was filled in very fast. The supervisor may ask about it.",
        _SUPERVISOR,
    ),
    "member_since": Message(
        "Pekerja ini kini tercatat sebagai peserta: berhasil. Tidak perlu berbuat apa-apa.",
        "This worker is now on the roll of members: success. Nothing to do.",
        _NOBODY,
    ),
}
