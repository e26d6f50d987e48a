"""What is wrong with an envelope, or with a content as a whole."""

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT
_ADMIN = Responsible.ADMIN


def _envelope(member: str, what_id: str, what_en: str) -> tuple[str, Message]:
    return f"envelope.{member}", Message(
        f"Pendaftaran dikirim tanpa {what_id} yang benar. "
        "Admin perlu memeriksa aplikasi di laptop ini; sesudah itu simpan ulang.",
        f"The enrolment was sent without a sound {what_en}. "
        "The admin must check the application on this laptop; then save it again.",
        _ADMIN,
    )


ENVELOPE: dict[str, Message] = dict(
    [
        _envelope("kind", "jenis", "kind"),
        _envelope("device_id", "nomor laptop", "laptop id"),
        _envelope("device_seq", "nomor urut", "serial number"),
        _envelope("captured_at", "waktu simpan", "time of saving"),
        _envelope("elapsed_s", "lama pengisian", "time that it took"),
        _envelope("boot_id", "tanda nyala laptop", "boot id"),
        _envelope("uptime_s", "lama laptop menyala", "uptime"),
        _envelope("clock_offset_s", "selisih jam", "clock offset"),
        _envelope("last_answer_at", "waktu jawaban terakhir", "time of the last answer"),
        _envelope(
            "corrects", "rujukan pendaftaran yang diperbaiki", "reference to what it corrects"
        ),
        _envelope("content", "isi", "content"),
    ]
)
ENVELOPE |= {
    "not_canonical": Message(
        "Isi pendaftaran ini tidak sesuai bentuk yang disepakati. "
        "Admin perlu memeriksa aplikasi di laptop ini; sesudah itu simpan ulang.",
        "This enrolment's content is not in the agreed form. "
        "The admin must check the application on this laptop; then save it again.",
        _ADMIN,
    ),
    "too_large": Message(
        "Isi pendaftaran ini terlalu besar. Singkatkan catatannya, lalu simpan ulang.",
        "This enrolment's content is too large. Shorten its notes and save it again.",
        _AGENT,
    ),
    "corrects_self": Message(
        "Perbaikan ini menunjuk dirinya sendiri. Simpan perbaikannya sekali lagi.",
        "This correction names itself. Save the correction once more.",
        _AGENT,
    ),
    "corrects_cycle": Message(
        "Perbaikan-perbaikan ini saling menunjuk. Simpan perbaikannya sekali lagi.",
        "These corrections name each other in a ring. Save the correction once more.",
        _AGENT,
    ),
}
