"""What agents are usually asked about a doubtful record, to be sent as it is or changed."""

from collections.abc import Mapping
from typing import Final

from schemas.sentences import Message
from schemas.words import Responsible

_AGENT = Responsible.AGENT

QUESTIONS: Final[Mapping[str, Message]] = {
    "nik": Message(
        "Periksa lagi NIK pekerja ini di KTP, angka demi angka. Bila salah, perbaiki datanya.",
        "Check this worker's NIK on the card again, digit by digit. If it is wrong, correct the "
        "record.",
        _AGENT,
    ),
    "person": Message(
        "Temui lagi pekerja ini: cocokkan nama, tanggal lahir dan nama ibu kandung dengan KTP "
        "dan KK. Bila ada yang salah, perbaiki datanya.",
        "Meet this worker again: compare name, birth date and mother's name with the cards. If "
        "anything is wrong, correct the record.",
        _AGENT,
    ),
    "change": Message(
        "Perbaikan ini mengubah data penting. Jelaskan alasannya kepada pengawas, dan bawa foto "
        "KTP bila ada.",
        "This correction changes something important. Tell your supervisor why, and bring the "
        "card if you can.",
        _AGENT,
    ),
    "when": Message(
        "Kapan dan di mana pekerja ini didaftarkan? Jelaskan kepada pengawas.",
        "When and where was this worker enrolled? Tell your supervisor.",
        _AGENT,
    ),
}
"""By a short name."""

USUAL: Final[Mapping[str, str]] = {
    "nik_conflict": "nik",
    "near_match": "person",
    "nik_changed": "change",
    "person_changed": "change",
    "credit_dispute": "when",
}
"""Which of them is at hand for a kind of case."""

LONGEST: Final = 500
"""Characters of a question, and of a note beside a decision."""
