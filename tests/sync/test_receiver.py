"""The office's half, without any books: what can be read, in which order, one bad one alone."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.words import Reason
from sync.digest import canonical, digest
from sync.limits import CONTENT_BYTES
from sync.receiver import Answered, answer_exchange, read
from tests.builders import OMIT, content, envelope
from tests.sync.fake_desk import FakeDesk

A, B, C, D = (f"019a9c00-0000-7000-8000-0000000ab00{n}" for n in range(4))


def answered(*envelopes: Any) -> Answered:
    """Answer a batch at a desk where nothing goes wrong."""
    return answer_exchange(envelopes, FakeDesk())


def told(answer: Answered) -> list[tuple[str, str]]:
    """Return (verdict, reason) of each ack."""
    return [(ack.verdict.value, ack.reason.value) for ack in answer.acks]


def signed(members: dict[str, Any]) -> dict[str, Any]:
    """Return members of an envelope with the digest that fits them."""
    return {**members, "digest": digest(members)}


class TestUnreadable:
    @pytest.mark.parametrize(
        "raw",
        [None, True, 7, 1.5, "text", [], ["x"], {}]
        + [{"record_id": odd} for odd in (None, 7, "", A.upper(), A + "0", "\x00" * 36, "\ud800")],
        ids=repr,
    )
    def test_what_has_no_usable_record_id_is_named_by_its_index(self, raw: Any) -> None:
        desk = FakeDesk()
        answer = answer_exchange([envelope(), raw, envelope()], desk)
        assert (told(answer), answer.unreadable) == ([("accepted", "new")] * 2, [1])
        assert desk.unreadable == [canonical(raw)]

    def test_a_usable_record_id_is_answered_whatever_else_is_wrong(self) -> None:
        assert told(answered({"record_id": A})) == [("retry", "digest_mismatch")]
        assert answered({"record_id": A}).unreadable == []

    def test_of_nothing_nothing_is_said(self) -> None:
        desk = FakeDesk()
        assert answer_exchange([], desk) == Answered([], [])
        assert desk.settled == []


MEMBERS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=[])),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=[])), inner)
    ),
    max_leaves=12,
)


class TestForm:
    @given(st.dictionaries(st.text(st.characters(exclude_categories=[])), MEMBERS))
    def test_whatever_was_sent_is_kept_in_the_canonical_form(self, members: Any) -> None:
        bare = {**members, "record_id": A}
        bare.pop("digest", None)
        arrival = read({**bare, "digest": digest(bare)})
        assert arrival.form == canonical(bare)
        assert arrival.digest == digest(bare)
        assert arrival.retry != Reason.DIGEST_MISMATCH


class TestDigest:
    def test_another_than_its_own_is_not_whole_and_the_ack_carries_the_claim(self) -> None:
        damaged = {**envelope(), "digest": "0" * 64}
        answer = answered(damaged)
        assert told(answer) == [("retry", "digest_mismatch")]
        assert answer.acks[0].digest == "0" * 64

    @pytest.mark.parametrize("claimed", [None, 7, "", "A" * 64, "0" * 63, [], {}], ids=repr)
    def test_that_is_none_is_answered_by_the_office_s_own(self, claimed: Any) -> None:
        whole = envelope()
        answer = answered({**whole, "digest": claimed})
        assert told(answer) == [("retry", "digest_mismatch")]
        assert answer.acks[0].digest == whole["digest"]

    def test_binds_members_that_nobody_knows(self) -> None:
        whole = signed({**envelope(digest=OMIT), "later": {"b": 1, "a": [None, "é"]}})
        assert told(answered(whole)) == [("accepted", "new")]
        assert told(answered({**whole, "later": 0})) == [("retry", "digest_mismatch")]

    def test_does_not_hang_on_the_order_of_members(self) -> None:
        whole = envelope()
        assert told(answered(dict(reversed(whole.items())))) == [("accepted", "new")]


class TestNotCanonical:
    """What fits its digest but has no certain canonical form is invalid for good."""

    @pytest.mark.parametrize(
        "odd",
        [1.5, 1.0, -0.0, 1e300, [1, 2.5], {"deep": [{"er": 0.1}]}, {"é": 1}],
        ids=repr,
    )
    def test_fractions_and_foreign_member_names(self, odd: Any) -> None:
        assert read(signed({**envelope(digest=OMIT), "x": odd})).faults == ("not_canonical",)

    def test_a_lone_surrogate(self) -> None:
        arrival = read(envelope(content(note="half \ud83d of a smile")))
        assert (arrival.retry, arrival.faults) == (None, ("not_canonical",))

    def test_a_lone_surrogate_in_a_member_name(self) -> None:
        assert "not_canonical" in read(signed({**envelope(digest=OMIT), "\udc00": 1})).faults

    def test_nul_and_all_planes_are_canonical(self) -> None:
        assert read(envelope(content(note="nul \x00, smile 😀"))).faults == ()

    def test_the_greatest_integers_are_canonical(self) -> None:
        assert read(envelope(content(odd=[2**53 - 1, 1 - 2**53]))).faults == ()


class TestSize:
    def padded(self, over: int) -> dict[str, Any]:
        """Return a content of so many bytes over the limit, in canonical form."""
        plain = content(pad="")
        room = CONTENT_BYTES - len(canonical(plain))
        return {**plain, "pad": "x" * (room + over)}

    def test_a_content_of_64_kib_is_taken(self) -> None:
        whole = envelope(self.padded(0))
        assert len(canonical(whole["content"])) == 65_536
        assert read(whole).faults == ()

    def test_a_byte_more_is_too_large(self) -> None:
        assert read(envelope(self.padded(1))).faults == ("too_large",)

    def test_it_is_the_content_that_counts(self) -> None:
        assert read(signed({**envelope(digest=OMIT), "pad": "x" * 70_000})).faults == ()


class TestNewer:
    @pytest.mark.parametrize("kind", ["payment", "visit", "", "Enrolment"])
    def test_an_unknown_kind_waits_for_an_office_that_knows_it(self, kind: str) -> None:
        assert told(answered(envelope(kind=kind))) == [("retry", "kind_unknown")]

    @pytest.mark.parametrize("kind", [OMIT, None, 1, ["enrolment"], {}], ids=repr)
    def test_what_is_no_kind_at_all_is_invalid(self, kind: Any) -> None:
        assert read(envelope(kind=kind)).faults == ("envelope.kind",)

    @pytest.mark.parametrize("schema", [2, 3, 2**53 - 1])
    def test_a_newer_schema_waits_too(self, schema: int) -> None:
        assert told(answered(envelope(content(schema=schema)))) == [("retry", "schema_newer")]

    @pytest.mark.parametrize("schema", [1, 0, -1, True, "2", None, OMIT, [2]], ids=repr)
    def test_any_other_schema_is_judged(self, schema: Any) -> None:
        assert read(envelope(content(schema=schema))).retry is None

    def test_a_newer_schema_as_a_fraction_is_not_canonical(self) -> None:
        assert read(envelope(content(schema=2.0))).faults == ("not_canonical",)

    def test_damage_comes_first(self) -> None:
        assert read({**envelope(kind="payment"), "digest": "0" * 64}).retry == "digest_mismatch"


class TestOneAckForEachPair:
    def test_in_the_order_of_first_appearance(self) -> None:
        one, other = envelope(), envelope()
        answer = answered(other, one, other, one, other)
        assert [ack.record_id for ack in answer.acks] == [other["record_id"], one["record_id"]]

    def test_one_id_under_two_digests_is_two_pairs(self) -> None:
        one, other = envelope(record_id=A), envelope(record_id=A)
        answer = answered(one, other)
        assert [ack.digest for ack in answer.acks] == [one["digest"], other["digest"]]

    def test_a_whole_envelope_speaks_for_a_damaged_one_of_the_same_pair(self) -> None:
        whole = envelope()
        damaged = {**whole, "content": {}}
        assert told(answered(damaged, whole)) == [("accepted", "new")]
        assert told(answered(whole, damaged)) == [("accepted", "new")]


_IDS = st.sampled_from([A, B, C, "x"])
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(1 - 2**53, 2**53 - 1)
    | st.floats(-1e15, 1e15)
    | st.text(st.characters(exclude_categories=[])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
_ENVELOPES = st.fixed_dictionaries(
    {},
    optional={
        "record_id": _IDS | _VALUES,
        "kind": st.just("enrolment") | _VALUES,
        "corrects": _IDS | _VALUES,
        "content": st.fixed_dictionaries({}, optional={"schema": _VALUES}) | _VALUES,
        "digest": st.just("0" * 64) | _VALUES,
        "later": _VALUES,
    },
)


@given(st.lists(_VALUES | _ENVELOPES | _ENVELOPES.map(signed), max_size=6))
def test_any_json_value_as_an_envelope_is_answered_or_named(batch: list[Any]) -> None:
    batch = json.loads(json.dumps(batch))
    answer = answered(*batch)
    readable = [raw for place, raw in enumerate(batch) if place not in answer.unreadable]
    assert all(raw["record_id"] in (A, B, C) for raw in readable)
    pairs = [(read(raw).record_id, read(raw).digest) for raw in readable]
    assert [(a.record_id, a.digest) for a in answer.acks] == list(dict.fromkeys(pairs))
