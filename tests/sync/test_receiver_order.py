"""In which order envelopes are judged, and that one at fault never spoils the others."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.envelope import Ack
from schemas.words import Reason, Verdict
from sync.receiver import Answered, Arrival, answer_exchange, in_order, read
from tests.builders import envelope
from tests.sync.fake_desk import FakeDesk, OfficeDown

A, B, C, D = (f"019a9c00-0000-7000-8000-0000000ab00{n}" for n in range(4))


def answered(*envelopes: Any) -> Answered:
    """Answer a batch at a desk where nothing goes wrong."""
    return answer_exchange(envelopes, FakeDesk())


def told(answer: Answered) -> list[tuple[str, str]]:
    """Return (verdict, reason) of each ack."""
    return [(ack.verdict.value, ack.reason.value) for ack in answer.acks]


class TestOneByOne:
    """What is unexpected costs nobody else an answer."""

    def test_the_one_at_fault_is_set_aside_and_the_rest_are_judged(self) -> None:
        desk = FakeDesk(breaks_on=frozenset({B}))
        answer = answer_exchange([envelope(record_id=i) for i in (A, B, C)], desk)
        assert told(answer) == [("accepted", "new"), ("retry", "not_decided"), ("accepted", "new")]
        assert desk.aside == [(B, Reason.NOT_DECIDED)]
        assert desk.settled == [[A, B, C], [A], [B], [C]]

    def test_without_a_fault_there_is_one_transaction(self) -> None:
        desk = FakeDesk()
        answer_exchange([envelope() for _ in range(5)], desk)
        assert len(desk.settled) == 1

    def test_an_office_that_is_down_answers_nobody(self) -> None:
        desk = FakeDesk(breaks_on=frozenset({B}), error=OfficeDown())
        with pytest.raises(OfficeDown):
            answer_exchange([envelope(record_id=i) for i in (A, B, C)], desk)
        assert (desk.settled, desk.aside) == ([[A, B, C]], [])

    def test_an_office_that_goes_down_meanwhile_answers_nobody(self) -> None:
        class GoesDown(FakeDesk):
            def settle(self, arrivals: Sequence[Arrival]) -> list[Ack]:
                if len(arrivals) > 1:
                    raise ValueError("unexpected")
                raise OfficeDown

        with pytest.raises(OfficeDown):
            answer_exchange([envelope(), envelope()], GoesDown())


class TestOrder:
    """In array order, but a correction after what it corrects."""

    def order(self, links: dict[str, str | None]) -> list[str]:
        """Return in which order these are judged; ids of one letter stand for records."""
        ids = {"a": A, "b": B, "c": C, "d": D}
        sent = [
            envelope(record_id=ids[name], **({"corrects": ids[target]} if target else {}))
            for name, target in links.items()
        ]
        names = {record_id: name for name, record_id in ids.items()}
        return [
            names[arrival.record_id] + ("!" if arrival.cyclic else "")
            for arrival in in_order([read(one) for one in sent])
        ]

    @pytest.mark.parametrize(
        ("links", "wanted"),
        [
            ({"a": None, "b": None, "c": None}, "a b c"),
            ({"a": None, "b": "a", "c": None}, "a b c"),
            ({"b": "a", "c": None, "a": None}, "a b c"),
            ({"c": "b", "b": "a", "a": None}, "a b c"),
            ({"c": "a", "b": "a", "a": None}, "a c b"),
            ({"b": "d", "a": None}, "b a"),
            ({"a": "a", "b": None}, "a b"),
            ({"a": "b", "b": "a"}, "b! a!"),
            ({"a": "b", "b": "c", "c": "a", "d": None}, "c! b! a! d"),
            ({"d": "a", "a": "b", "b": "a"}, "b! a! d"),
        ],
    )
    def test_is(self, links: dict[str, str | None], wanted: str) -> None:
        assert self.order(links) == wanted.split()

    def test_acks_keep_the_order_of_the_array(self) -> None:
        late = envelope(record_id=B, corrects=A)
        answer = answered(late, envelope(record_id=A))
        assert [ack.record_id for ack in answer.acks] == [B, A]

    def test_a_damaged_twin_does_not_hold_a_correction_back(self) -> None:
        damaged = {**envelope(record_id=A), "digest": "0" * 64}
        sent = [envelope(record_id=B, corrects=A), damaged, envelope(record_id=A)]
        found = in_order([read(one) for one in sent])
        whole = [arrival.record_id for arrival in found if arrival.retry is None]
        assert whole == [A, B]

    def test_a_damaged_envelope_closes_no_ring(self) -> None:
        damaged = {**envelope(record_id=A, corrects=B), "digest": "0" * 64}
        found = in_order([read(envelope(record_id=B, corrects=A)), read(damaged)])
        assert not any(arrival.cyclic for arrival in found)

    def test_a_chain_of_five_hundred_backwards(self) -> None:
        ids = [f"019a9c00-0000-7000-8000-{n:012x}" for n in range(500)]
        chain = [envelope(record_id=ids[0])] + [
            envelope(record_id=one, corrects=before) for before, one in pairwise(ids)
        ]
        found = in_order([read(one) for one in reversed(chain)])
        assert [arrival.record_id for arrival in found] == ids

    def test_corrects_that_is_no_text_stops_nothing(self) -> None:
        sent = [envelope(corrects=odd) for odd in (7, ["x"], {"a": 1}, None, "\ud800")]
        assert len(answered(*sent).acks) == 5


_IDS = st.sampled_from([A, B, C, "x"])


@given(st.lists(st.sampled_from([A, B, C, D]), max_size=8), st.sets(st.sampled_from([A, B, C])))
def test_any_batch_has_one_ack_for_each_pair_whatever_breaks(
    ids: list[str], broken: set[str]
) -> None:
    sent = {record_id: envelope(record_id=record_id) for record_id in (A, B, C, D)}
    desk = FakeDesk(breaks_on=frozenset(broken))
    answer = answer_exchange([sent[record_id] for record_id in ids], desk)
    assert [ack.record_id for ack in answer.acks] == list(dict.fromkeys(ids))
    for ack in answer.acks:
        assert (ack.verdict == Verdict.RETRY) is (ack.record_id in broken)


@given(st.permutations([A, B, C, D]), st.dictionaries(_IDS, _IDS, max_size=4))
def test_any_corrections_come_after_what_they_correct(
    ids: list[str], links: dict[str, str]
) -> None:
    sent = [envelope(record_id=i, **({"corrects": links[i]} if i in links else {})) for i in ids]
    found = in_order([read(one) for one in sent])
    assert sorted(arrival.record_id for arrival in found) == sorted(ids)
    places = {arrival.record_id: place for place, arrival in enumerate(found)}
    for arrival in found:
        target = arrival.envelope.get("corrects")
        if target in places and target != arrival.record_id and not arrival.cyclic:
            assert places[target] < places[arrival.record_id]
