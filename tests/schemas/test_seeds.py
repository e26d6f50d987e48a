import re

import pytest

from schemas.seeds import NAMES, read_rows, read_text, seed

MEMBERS = {
    "tariff": {"from", "payer", "sector", "bands", "jkk_bp", "jht_bp", "jkm", "factor_percent"},
    "regions": {"code", "kecamatan", "kelurahan", "kabkota"},
    "occupations": {"code", "group", "name_id", "name_en", "sector"},
    "consent": {"version", "text_id", "text_en", "from"},
    "incentive": {"from", "minimum_new", "bonus", "contribution", "wadah_percent"},
}


@pytest.mark.parametrize("name", NAMES)
def test_every_list_has_a_version_and_items_of_its_form(name: str) -> None:
    found = seed(name)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d\.\d+", found.version)
    assert found.items
    assert all(set(item) - {"until"} == MEMBERS[name] for item in found.items)


def test_an_unknown_list_is_refused() -> None:
    with pytest.raises(KeyError, match="no seed list 'targets'"):
        seed("targets")


def test_the_files_are_read_as_they_are() -> None:
    assert "ODbL" in read_text("SOURCES.md")
    assert read_rows("provinces.csv")[0] == {"code": "11", "name": "Aceh"}


@pytest.mark.parametrize("language", ["text_id", "text_en"])
def test_the_consent_says_who_what_how_long_and_how_to_withdraw(language: str) -> None:
    text = seed("consent").items[0][language]
    said = ["NIK", "BPJS Ketenagakerjaan", "Kantor Perisai", "14", "90", "24", "?"]
    assert all(word in text for word in said)
    assert 120 <= len(text.split()) <= 200
