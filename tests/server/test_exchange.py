"""One exchange: push, pull and heartbeat in one round trip."""

from tests.offices import Desk


def test_a_capture_is_accepted_and_its_answer_stays(desk: Desk) -> None:
    laptop = desk.join()
    capture = laptop.envelope()
    first = laptop.exchange(capture)
    assert [(a["verdict"], a["reason"]) for a in first["acks"]] == [("accepted", "new")]
    again = laptop.exchange(capture)
    assert again["acks"] == first["acks"]


def test_a_correction_takes_the_place_of_what_it_corrects(desk: Desk) -> None:
    laptop = desk.join()
    first = laptop.envelope()
    laptop.exchange(first)
    fixed = laptop.envelope({**first["content"], "note": "x"}, corrects=first["record_id"])
    answer = laptop.exchange(fixed)
    assert [(a["verdict"], a["reason"]) for a in answer["acks"]] == [("accepted", "corrected")]
    (change,) = answer["changes"]
    assert (change["kind"], change["verdict"]) == ("standing", "superseded")
    assert change["corrected_by"] == fixed["record_id"]


def test_a_worker_met_by_two_agents_counts_once(desk: Desk) -> None:
    one, other = desk.join(), desk.join()
    capture = one.envelope()
    assert one.send(capture) == [("accepted", "new")]
    assert other.send(other.envelope(capture["content"])) == [("duplicate", "enrolled")]
