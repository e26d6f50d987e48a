"""What lies in set_aside: what may ever be judged, and who acts."""

import pytest

from schemas.words import REASONS, Reason, Responsible, Verdict
from server.rules.aside import UNREADABLE, may_be_judged, who_acts

NEVER = (Reason.ID_REUSED, Reason.DIGEST_MISMATCH, UNREADABLE)


@pytest.mark.parametrize("reason", [*REASONS[Verdict.RETRY], *NEVER, "of_a_later_program"])
def test_what_is_whole_may_be_judged_some_day(reason: str) -> None:
    assert may_be_judged(reason) is (reason not in NEVER)
    assert who_acts(reason) in set(Responsible)
