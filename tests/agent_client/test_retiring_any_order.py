"""Whatever happens in whatever order: safe is said only of a laptop that holds nothing unknown."""

from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server import retiring
from server.rules.retiring import Standing
from tests.agent_client.retiree import Retiree
from tests.offices import Desk

Move = tuple[str, int]
_FAULTS = ("", "lost", "unheard", "doubled")
_OFTEN = ("retire", "capture", "exchange", "exchange", "bad exchange", "replay")
_SELDOM = ("keep", "draft", "finish", "discard", "copy", "restore")
# Of a bad exchange a number tells four faults, two bits each; of a replay, which request.
_moves = st.lists(
    st.tuples(st.sampled_from((*_OFTEN, *_OFTEN, *_SELDOM)), st.integers(0, 255)),
    min_size=8,
    max_size=24,
)
_anew = (("retire", 0), ("exchange", 0))


def move(laptop: Retiree, what: str, how: int) -> None:
    """Do one thing; what is not to be done is refused, and that is well."""
    begun = laptop.drafts()
    if what in ("retire", "keep"):
        act = retiring.retire if what == "retire" else retiring.keep
        act(laptop.desk.office, laptop.device_id, by="admin")
    elif what == "exchange":
        laptop.exchange()
    elif what == "bad exchange":
        laptop.exchange(*(_FAULTS[how >> 2 * place & 3] for place in range(4)))
    elif what == "replay":
        laptop.replay(how)
    elif what == "capture":
        laptop.save()
    elif what == "draft":
        laptop.save(sex="X")
    elif what == "finish" and begun:
        laptop.save(begun[0])
    elif what == "discard" and begun:
        laptop.discard(begun[0])
    elif what == "copy":
        laptop.make_copy()
    elif what == "restore":
        laptop.restore()


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(_moves)
# The agent goes on working, or tries to.
@example([*_anew, ("capture", 0), ("draft", 0)])
# A copy of before is put back, the office hears it, it works on; all of the claim comes late.
@example(
    [
        *(("copy", 0), *_anew, ("restore", 0), ("bad exchange", 2)),
        *(("capture", 0), ("replay", 2), ("replay", 3)),
    ]
)
# The same with a copy that had stopped and has a draft left.
@example(
    [
        *(("draft", 0), *_anew, ("copy", 0), ("discard", 0), ("exchange", 0), ("restore", 0)),
        *(("bad exchange", 2), ("finish", 0), ("replay", 3), ("replay", 4)),
    ]
)
# It was kept, works, and is asked again: all that it said before comes late.
@example(
    [
        *(*_anew, ("keep", 0), ("exchange", 0), ("capture", 0), ("retire", 0)),
        *(("replay", 2), ("replay", 3)),
    ]
)
def test_safe_is_never_said_of_what_the_office_does_not_know(
    desk: Desk, tmp_path: Path, moves: list[Move]
) -> None:
    laptop = Retiree(desk, tmp_path)
    try:
        for what, how in moves:
            move(laptop, what, how)
            if laptop.standing() is Standing.SAFE and not laptop.is_news:
                assert laptop.unknown() == set()
        for draft_id in laptop.drafts():
            laptop.discard(draft_id)
        for what, how in (*_anew, *_anew):
            move(laptop, what, how)
        assert laptop.unknown() == set()
        assert laptop.was_restored or laptop.standing() is Standing.SAFE
        found = laptop.retiring()
        assert found is not None
        assert (found.safe_at is not None) == (laptop.standing() is Standing.SAFE)
    finally:
        laptop.close()
