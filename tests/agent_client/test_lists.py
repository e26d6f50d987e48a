"""The lists that contents are checked by: the office's where it can be read, else the shipped."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agent_client.lists import Lists, held_lists, incentive_rules, is_readable, receipt_keys
from agent_client.store.reference import Reference, additions, keep_addition, keep_reference
from agent_client.vault import Vault
from schemas.incentive import seed_incentive
from schemas.seeds import seed
from sync.known_niks import build, digest8, digest16, pack_additions
from tests.agent_client.laptops import NOW, new_vault

KEY = bytes(range(16))


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return new_vault(tmp_path)


def keep(vault: Vault, name: str, items: Any, version: str = "2027-01-01.1") -> None:
    body = json.dumps({"name": name, "version": version, "items": items}).encode()
    with vault.writing() as tx:
        keep_reference(tx, Reference(name, version, body), NOW)


def lists(vault: Vault) -> Lists:
    with vault.reading() as tx:
        return held_lists(tx)


def test_the_shipped_lists_hold_before_the_first_exchange(vault: Vault) -> None:
    held = lists(vault)
    assert held.tariff_version == seed("tariff").version
    assert len(held.regions) == len(seed("regions").items)
    assert held.known is None


def test_the_offices_lists_take_their_place(vault: Vault) -> None:
    keep(vault, "tariff", list(seed("tariff").items))
    place = {"code": "1", "kelurahan": "K", "kecamatan": "C", "kabkota": "B", "new": 1}
    keep(vault, "regions", [place])
    job = {"code": "j", "name_id": "J", "name_en": "J", "sector": "other"}
    keep(vault, "occupations", [job])
    held = lists(vault)
    assert held.tariff_version == "2027-01-01.1"
    assert held.regions["1"].kecamatan == "C"
    assert list(held.occupations) == ["j"]


@pytest.mark.parametrize("items", [7, [7], [{}], [{"code": 1}], None, [{"from": "soon"}]])
@pytest.mark.parametrize("name", ["tariff", "regions", "occupations", "consent", "incentive"])
def test_a_list_that_cannot_be_read_is_passed_over(vault: Vault, name: str, items: Any) -> None:
    keep(vault, name, items)
    held = lists(vault)
    assert held.tariff_version == seed("tariff").version
    assert len(held.regions) == len(seed("regions").items)
    assert held.consent
    with vault.reading() as tx:
        assert incentive_rules(tx) == seed_incentive()
    assert not is_readable(name, json.dumps({"version": "1", "items": items}).encode())


def test_the_consent_text_of_a_day(vault: Vault) -> None:
    keep(
        vault,
        "consent",
        [
            {"version": "b", "from": "2026-06-01", "text_id": "Baru", "text_en": "New"},
            {"version": "a", "from": "2026-01-01", "text_id": "Lama", "text_en": "Old"},
        ],
    )
    held = lists(vault)
    told = [held.consent_on(date(2026, month, 1)) for month in (5, 6, 12)]
    assert [text.text_id for text in told if text is not None] == ["Lama", "Baru", "Baru"]
    assert held.consent_on(date(2025, 12, 31)) is None


def test_known_niks_with_what_was_added(vault: Vault) -> None:
    whole = build([digest16("7371010101900001", KEY)], KEY, base=4)
    added = pack_additions(4, 1, [digest8("7371010101900002", KEY)])
    with vault.writing() as tx:
        keep_reference(tx, Reference("known_niks", "4.0", whole), NOW)
        keep_addition(tx, "known_niks", "4.1", added, NOW)
    known = lists(vault).known
    assert known is not None
    assert known.version == "4.1"
    assert known.might_hold("7371010101900001")
    assert known.might_hold("7371010101900002")
    with vault.writing() as tx:
        keep_reference(tx, Reference("known_niks", "5.0", whole), NOW)
        assert additions(tx, "known_niks") == []


def test_known_niks_that_cannot_be_read_are_none(vault: Vault) -> None:
    with vault.writing() as tx:
        keep_reference(tx, Reference("known_niks", "4.0", b"LKN1"), NOW)
    assert lists(vault).known is None


def test_the_keys_of_receipts(vault: Vault) -> None:
    with vault.reading() as tx:
        assert receipt_keys(tx) == []
    keep(vault, "keys", [{"key_id": "k", "key": "x"}, 7])
    with vault.reading() as tx:
        assert receipt_keys(tx) == [{"key_id": "k", "key": "x"}]


def test_the_rules_of_the_incentive(vault: Vault) -> None:
    keep(vault, "incentive", [{**seed("incentive").items[0], "minimum_new": 3}])
    with vault.reading() as tx:
        [rule] = incentive_rules(tx)
    assert rule.minimum_new == 3
