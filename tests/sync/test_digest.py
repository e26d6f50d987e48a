"""The canonical form is RFC 8785 for what the exchange allows, and the digest binds all of it."""

import hashlib
import json
from typing import Any
from uuid import RFC_4122, UUID

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from schemas.envelope import is_uuid
from sync.digest import canonical, digest, digest_and_form, next_id
from tests.builders import envelope

NAMES = st.text(st.characters(max_codepoint=0x7F), max_size=12)
TEXTS = st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53 - 1), 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_the_canonical_form_is_that_of_rfc_8785(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_the_form_says_nothing_of_the_order_or_the_spaces_that_came(value: dict[str, Any]) -> None:
    turned = dict(reversed(value.items()))
    spaced = json.loads(json.dumps(turned, indent=3))
    assert canonical(spaced) == canonical(value)


def test_only_the_escapes_that_json_demands() -> None:
    assert canonical({"b": 'é\u2028\x00\n"\\/', "a": 1}) == (
        '{"a":1,"b":"é\u2028\\u0000\\n\\"\\\\/"}'.encode()
    )


def test_a_lone_surrogate_has_a_form_too() -> None:
    assert canonical("\ud800") == b'"\xed\xa0\x80"'


def test_the_digest_is_taken_without_itself() -> None:
    sound = envelope()
    bare = {name: value for name, value in sound.items() if name != "digest"}
    assert digest(sound) == digest(bare) == hashlib.sha256(canonical(bare)).hexdigest()
    assert digest_and_form(sound) == (sound["digest"], canonical(bare))


@pytest.mark.parametrize("name", ["record_id", "device_seq", "captured_at", "content"])
def test_whatever_is_changed_changes_the_digest(name: str) -> None:
    sound = envelope()
    assert digest({**sound, name: "another"}) != sound["digest"]


def test_members_that_nobody_knows_are_bound() -> None:
    sound = envelope()
    assert digest({**sound, "later": 1}) != sound["digest"]


def test_a_taken_id_is_followed_by_one_of_the_same_moment_that_the_digest_decides() -> None:
    old, others = envelope()["record_id"], [digest({"n": n}) for n in range(200)]
    new = [next_id(old, other) for other in others]
    assert len({old, *new}) == 201
    assert [next_id(old, other) for other in others] == new
    assert all(is_uuid(one) and UUID(one).version == 7 for one in new)
    assert {UUID(one).variant for one in new} == {RFC_4122}
    assert {UUID(one).int >> 80 for one in new} == {UUID(old).int >> 80}
