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
}
