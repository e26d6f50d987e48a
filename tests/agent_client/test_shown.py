"""What was written down of a worker is read back in words, and its secrets are left out."""

from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from agent_client.lists import Lists, held_lists
from agent_client.shown import shown_content
from schemas.words import ConsentMethod, PhoneOwner, Sector, Sex
from tests.agent_client.laptops import joined_vault
from tests.builders import content


@pytest.fixture
def lists(tmp_path: Any) -> Lists:
    vault = joined_vault(tmp_path)
    with vault.reading() as tx:
        found = held_lists(tx)
    vault.close()
    return found


def shown(lists: Lists, lang: str = "id", /, **members: Any) -> dict[str, str]:
    app = Flask("agent_client")
    Babel(app, default_locale=lang, default_translation_directories="translations")
    with app.test_request_context():
        return dict(shown_content(members, lists, "Asia/Makassar", lang))


def test_codes_are_words_in_either_language(lists: Lists) -> None:
    members = {"sex": "F", "occupation": "pedagang-pasar", "birth_date": "1990-12-31"}
    assert shown(lists, **members) == {
        "sex": "Perempuan",
        "occupation": "Pedagang pasar",
        "birth_date": "31 Desember 1990",
    }
    assert shown(lists, "en", **members) == {
        "sex": "Female",
        "occupation": "Market trader",
        "birth_date": "31 December 1990",
    }


def test_a_whole_content_shows_no_code_and_no_secret(lists: Lists) -> None:
    members = content(1)
    told = shown(lists, **members)
    assert members.keys() - told.keys() <= {
        "schema",
        "tariff_version",
        "consent_version",
        "mother_name",
    }
    assert told["nik"].count("•") == 8
    assert told["kelurahan"] == "Pannampu — Kec. Tallo, Kota Makassar"
    assert told["consent_at"] == "20 Nov 2026 09.25 WITA"
    assert told["latitude_e6"] == "-5.147665"
    assert told["programmes"] == "JKK + JKM"
    assert not {text for text in told.values() if text.endswith(("_aloud", "other", "self"))}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("sex", Sex),
        ("phone_owner", PhoneOwner),
        ("sector", Sector),
        ("consent_method", ConsentMethod),
        ("consent_language", ("id", "mak", "bug", "tor", "other")),
    ],
)
def test_every_code_has_its_word(lists: Lists, name: str, codes: Any) -> None:
    assert all(shown(lists, **{name: code})[name] != code for code in codes)


def test_what_no_list_knows_stays_as_it_was_written(lists: Lists) -> None:
    told = {"kelurahan": "99.99.99.9999", "occupation": "penyihir", "sex": "X", "note": "–"}
    assert shown(lists, **told) == told
