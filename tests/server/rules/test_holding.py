"""What a lost laptop may still hold: what is in doubt is held."""

from datetime import timedelta

import pytest

from schemas.words import Reason, Verdict
from server.rules.holding import may_be_held
from tests.offices import START

NEW, ENROLLED, INVALID = Reason.NEW, Reason.ENROLLED, Reason.INVALID


def held(verdict: Verdict, reason: Reason, *, next_heard: int | None, reported: int | None) -> bool:
    """Tell whether a record told at START is held; the others are days since then."""
    later = [] if next_heard is None else [START + timedelta(days=next_heard)]
    last = None if reported is None else START + timedelta(days=reported)
    return may_be_held(verdict, reason, START, [START, *later], last)


@pytest.mark.parametrize(
    ("verdict", "reason", "days"),
    [
        (Verdict.ACCEPTED, NEW, 14),
        (Verdict.DUPLICATE, ENROLLED, 14),
        (Verdict.SUPERSEDED, Reason.CORRECTED, 14),
        (Verdict.REJECTED, Reason.WITHDRAWN, 14),
        (Verdict.REJECTED, INVALID, 90),
    ],
)
def test_a_verdict_is_kept_for_its_span_after_it_was_heard(
    verdict: Verdict, reason: Reason, days: int
) -> None:
    assert held(verdict, reason, next_heard=1, reported=days)
    assert not held(verdict, reason, next_heard=1, reported=days + 1)


def test_what_waits_for_a_decision_is_kept_for_ever() -> None:
    assert held(Verdict.IN_REVIEW, Reason.NIK_CONFLICT, next_heard=1, reported=5_000)


def test_a_laptop_that_was_silent_heard_of_it_late() -> None:
    assert held(Verdict.ACCEPTED, NEW, next_heard=100, reported=110)
    assert held(Verdict.ACCEPTED, NEW, next_heard=None, reported=110)


def test_one_that_never_reported_holds_all() -> None:
    assert held(Verdict.ACCEPTED, NEW, next_heard=None, reported=None)
