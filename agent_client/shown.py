"""What was written down of a worker, as people read it: codes as words, the NIK masked."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from flask_babel import gettext

from agent_client.finding import place_words
from agent_client.lists import Lists
from faces import formats
from schemas.nik import mask_nik

_UNSHOWN: Final = frozenset({"schema", "tariff_version", "consent_version", "mother_name"})
"""Nobody needs the versions, and the mother's name is a secret of hers."""
_PLACES: Final = ("kelurahan", "work_kelurahan")
_JOBS: Final = ("occupation", "second_occupation")
_DEGREES: Final = ("latitude_e6", "longitude_e6")
_AMOUNTS: Final = ("monthly_income", "contribution")


def shown_content(
    content: Mapping[str, Any], lists: Lists, zone: str, lang: str
) -> Iterator[tuple[str, str]]:
    """Yield member and text of a captured content; what a list does not know stays a code."""
    words = _words()
    for name, value in content.items():
        if name in _UNSHOWN:
            continue
        if name in _PLACES and value in lists.regions:
            yield name, place_words(lists.regions[value])
        elif name in _JOBS and value in lists.occupations:
            job = lists.occupations[value]
            yield name, job.name_en if lang == "en" else job.name_id
        elif name == "consent_at":
            yield name, formats.moment(value, zone, lang)
        else:
            yield name, words.get((name, str(value))) or _text(name, value, lang)


def _text(name: str, value: Any, lang: str) -> str:
    if name == "nik":
        return mask_nik(str(value))
    if name in _AMOUNTS:
        return formats.rupiah(value)
    if name in _DEGREES:
        return f"{int(value) / 1_000_000:.6f}"
    if name == "birth_date":
        return formats.day(value, lang)
    if name == "first_month":
        return formats.month_name(value, lang)
    if isinstance(value, bool):
        return str(gettext("ya") if value else gettext("tidak"))
    return " + ".join(value) if isinstance(value, list) else str(value)


def _words() -> dict[tuple[str, str], str]:
    """What the codes of a member are called; the form says the same."""
    return {
        ("sex", "F"): gettext("Perempuan"),
        ("sex", "M"): gettext("Laki-laki"),
        ("phone_owner", "self"): gettext("Sendiri"),
        ("phone_owner", "family"): gettext("Keluarga"),
        ("phone_owner", "none"): gettext("Tidak punya HP"),
        ("sector", "transport"): gettext("Transportasi"),
        ("sector", "other"): gettext("Lainnya"),
        ("payer", "self"): gettext("Sendiri"),
        ("payer", "donor"): gettext("Donatur"),
        ("nik_reason", "as_on_card"): gettext("Sesuai KTP: di KTP memang begitu"),
        ("consent_method", "read"): gettext("Dibaca sendiri"),
        ("consent_method", "read_aloud"): gettext("Dibacakan"),
        ("consent_method", "signed"): gettext("Ditandatangani"),
        ("consent_language", "id"): gettext("Indonesia"),
        ("consent_language", "mak"): gettext("Makassar"),
        ("consent_language", "bug"): gettext("Bugis"),
        ("consent_language", "tor"): gettext("Toraja"),
        ("consent_language", "other"): gettext("Lainnya"),
    }
