"""Signs out of real captures: the agent's own are opened, nobody else's, and nothing leaks."""

from typing import Any

import pytest

from server.agent_work import Span, work_of
from server.rules.signs import MINIMUM, PEERS, Kind, Sign
from server.signs import Looked
from tests.builders import OMIT, content
from tests.offices import Desk, Laptop
from tests.server.supervisor import corrected, sent


def look(desk: Desk, laptop: Laptop) -> Looked:
    return work_of(desk.office, laptop.joined["agent"]["agent_id"], Span.YEAR).looked


def sign(desk: Desk, laptop: Laptop, kind: Kind) -> Sign:
    return {one.kind: one for one in look(desk, laptop).signs}[kind]


def many(
    laptop: Laptop, number: int, members: dict[str, Any] | None = None, **evidence: Any
) -> None:
    """Send so many captures of different people."""
    laptop.exchange(
        *(laptop.envelope(content(**(members or {})), **evidence) for _ in range(number)),
        boot_id="b00710ad-0000-4000-8000-000000000001",
        uptime_s=10_000,
    )


def test_how_long_a_form_took_is_what_the_envelope_says(desk: Desk) -> None:
    laptop = desk.join()
    many(laptop, 41, elapsed_s=29)
    many(laptop, 19, elapsed_s=30)
    many(laptop, 5, elapsed_s=OMIT)
    many(laptop, 1, {"sex": "X"}, elapsed_s=1)
    found = sign(desk, laptop, Kind.FAST)
    assert (found.found, found.sample, found.asks) == (42, 61, True)


def test_the_hour_is_the_office_s_and_only_where_it_is_known(desk: Desk) -> None:
    laptop = desk.join()
    desk.now.forward(hours=15)  # 1 o'clock in Makassar
    many(laptop, MINIMUM, uptime_s=9_990)
    assert sign(desk, laptop, Kind.NIGHT).found == MINIMUM
    many(laptop, 10, boot_id=OMIT, uptime_s=OMIT, clock_offset_s=OMIT)
    assert sign(desk, laptop, Kind.NIGHT).sample == MINIMUM


def test_a_phone_is_told_by_its_end_alone(desk: Desk) -> None:
    laptop = desk.join()
    many(laptop, 10, {"phone": "+628119990012", "phone_owner": "family"})
    many(laptop, 30)
    looked = look(desk, laptop)
    assert list(looked.phones.values()) == ["012"]
    assert "8119990012" not in repr(looked)
    assert sign(desk, laptop, Kind.PHONE).found == 10


def test_a_changed_nik_counts_and_a_reason_beside_it_too(desk: Desk) -> None:
    laptop = desk.join()
    many(laptop, MINIMUM)
    worker = content()
    first = sent(laptop, worker)
    odd = {**worker, "nik": worker["nik"][:-1] + "7", "nik_reason": "as_on_card"}
    corrected(laptop, first, odd)
    edited, differs = (sign(desk, laptop, kind) for kind in (Kind.NIK_EDITED, Kind.NIK_DIFFERS))
    assert (edited.found, edited.sample) == (1, MINIMUM + 1)
    assert (differs.found, differs.sample) == (1, MINIMUM + 2)


def test_others_at_the_office_tell_what_is_usual_and_are_not_opened(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = desk.join()
    many(laptop, MINIMUM, elapsed_s=5)
    for _ in range(PEERS):
        many(desk.join(), MINIMUM, elapsed_s=5)
    opened: list[bytes] = []
    unsealed = desk.office.keys.open
    monkeypatch.setattr(
        desk.office.keys, "open", lambda sealed: opened.append(sealed) or unsealed(sealed)
    )
    found = sign(desk, laptop, Kind.FAST)
    assert (found.usual, found.share, found.asks) == (1.0, 1.0, False)
    assert len(opened) == MINIMUM


def test_a_content_that_is_none_stops_nothing(desk: Desk) -> None:
    laptop = desk.join()
    laptop.exchange(laptop.envelope("no object"), laptop.envelope({"phone": 7, "nik": []}))
    looked = look(desk, laptop)
    assert looked.captures == 2
    assert {one.found for one in looked.signs} == {0}
