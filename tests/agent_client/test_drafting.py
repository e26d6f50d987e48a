"""A draft at the door: kept as typed, judged as a whole, saved at once or not at all."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent_client import drafting
from agent_client.form import BOXES
from agent_client.problems import AgentProblem
from agent_client.store import captures, reference
from agent_client.store.reference import Reference
from schemas.seeds import seed
from sync.digest import canonical
from tests.agent_client.at_the_door import Door, codes, typed
from tests.agent_client.laptops import SetClock, joined_vault, new_vault
from tests.agent_client.office_line import AgentLaptop
from tests.agent_client.open_seats import opened, states
from tests.builders import OMIT, content


@pytest.fixture
def door(tmp_path: Path) -> Door:
    return Door(joined_vault(tmp_path))


def test_nothing_is_kept_before_consent(door: Door) -> None:
    draft_id = door.add({"full_name": "Basri"})
    with pytest.raises(AgentProblem, match="consent_needed"):
        door.keep(draft_id, full_name="Hamka")
    assert door.look(draft_id).form["full_name"] == "Basri"


def test_a_draft_begins_with_the_consent_and_what_is_usual(door: Door) -> None:
    look = door.look(door.begin())
    assert (
        look.content.items()
        >= {
            "consent_version": "2026-11-20.1",
            "consent_at": "2026-11-20T09:30:00+08:00",
            "consent_method": "read_aloud",
            "consent_language": "mak",
        }.items()
    )
    assert look.form == {"months": "1", "payer": "self", "first_month": "2026-11"}


def test_without_a_text_in_force_nothing_begins(door: Door) -> None:
    later = canonical(
        {"version": "x", "items": [{**seed("consent").items[0], "from": "2030-01-01"}]}
    )
    with door.vault.writing() as tx:
        reference.keep_reference(tx, Reference("consent", "x", later), door.clock.now())
    with pytest.raises(AgentProblem, match="consent_text_missing"):
        door.begin()
    assert door.drafts() == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(
    st.dictionaries(
        st.sampled_from(sorted(BOXES - {"nik_confirmed"})),
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=40),
    )
)
def test_a_draft_shows_exactly_what_was_typed(door: Door, form: dict[str, str]) -> None:
    draft_id = door.begin()
    door.keep(draft_id, **form)
    assert {**door.look(draft_id).form, "nik_confirmed": ""} == {**form, "nik_confirmed": ""}


def test_what_was_taken_out_of_a_box_stays_out(door: Door) -> None:
    draft_id = door.begin()
    door.keep(draft_id, full_name="Basri", note="tetangga")
    door.keep(draft_id, full_name="Basri")
    assert set(door.look(draft_id).form) == {"full_name", "nik_confirmed"}
    assert "note" not in door.look(draft_id).content


def test_a_nik_typed_once_blocks_until_it_is_typed_again(door: Door) -> None:
    draft_id, form = door.begin(), typed(1)
    again = form.pop("nik_again")
    assert codes(door.keep(draft_id, **form)) == {("nik", "nik_again")}
    wrong = again[:-1] + "9"
    look, saved = door.save(draft_id, **form, nik_again=wrong)
    [error] = look.errors
    assert (saved, error.code, error.params) == (None, "nik_again_differs", {"place": 16})
    assert door.save(draft_id, **form, nik_again=again)[1] is not None


def test_a_browser_cannot_say_that_a_nik_was_confirmed(door: Door) -> None:
    form = typed(1, nik_again="")
    look = door.keep(door.begin(), **form, nik_confirmed=form["nik"])
    assert codes(look) == {("nik", "nik_again")}


def test_what_the_page_asks_for_besides_is_never_in_the_content(door: Door) -> None:
    record_id = door.capture(1, elapsed_s="77")
    told = door.envelope(record_id)["content"]
    expected = content(1, **dict.fromkeys(_UNSEEN_BY_THE_PAGE, OMIT))
    consent = {name: told[name] for name in told if name.startswith("consent_")}
    assert told == {**expected, **consent}


_UNSEEN_BY_THE_PAGE = ("employer", "latitude_e6", "longitude_e6", "accuracy_m")


def test_the_contribution_is_what_is_due(door: Door) -> None:
    look = door.keep(door.begin(), **typed(1))
    assert look.due is not None
    assert (look.content["contribution"], look.due.total, look.relief) == (
        16_400,
        16_400,
        "2026-12",
    )


def test_the_sector_follows_the_occupation(door: Door) -> None:
    draft_id = door.begin()
    look = door.keep(draft_id, **typed(1, occupation="bentor", sector="other"))
    assert (look.content["sector"], codes(look)) == ("transport", set())
    look = door.keep(draft_id, **typed(1, occupation="sopir-pribadi", sector="transport"))
    assert look.content["sector"] == "transport"


def test_what_a_nik_says_is_told(door: Door) -> None:
    look = door.keep(door.begin(), **typed(2))
    assert look.nik is not None
    assert (look.nik.sex, look.nik.birth_date.isoformat()) == ("F", look.content["birth_date"])


def test_saving_puts_a_capture_in_the_drafts_place(door: Door) -> None:
    record_id = door.capture(1)
    assert door.drafts() == []
    assert door.envelope(record_id)["content"]["nik"] == content(1)["nik"]


def test_what_is_not_sound_is_kept_and_not_saved(door: Door) -> None:
    draft_id = door.begin()
    look, saved = door.save(draft_id, **typed(1, monthly_income="setengah jut"))
    assert (saved, codes(look)) == (None, {("monthly_income", "type")})
    assert door.look(draft_id).form["monthly_income"] == "setengah jut"
    with door.vault.reading() as tx:
        assert captures.newest_capture(tx) is None


def test_a_draft_that_was_saved_is_there_no_more(door: Door) -> None:
    draft_id = door.begin()
    door.save(draft_id, **typed(1))
    with pytest.raises(AgentProblem, match="draft_unknown"):
        door.save(draft_id, **typed(1))
    assert door.envelope(door.capture(2))["device_seq"] == 2


def test_before_joining_nothing_is_saved_and_the_draft_stays(tmp_path: Path) -> None:
    door = Door(new_vault(tmp_path))
    draft_id = door.begin()
    assert door.keep(draft_id, **typed(1)).is_sound
    with pytest.raises(AgentProblem, match="not_joined"):
        door.save(draft_id, **typed(1))
    assert door.look(draft_id).form["full_name"] == content(1)["full_name"]


def test_the_time_that_it_took_is_the_pages_count(door: Door) -> None:
    draft_id = door.begin()
    door.clock.moment += timedelta(hours=3)
    _, saved = door.save(draft_id, **typed(1, elapsed_s="240"))
    assert saved is not None
    assert door.envelope(saved.record_id)["elapsed_s"] == 240


def test_a_clock_set_back_during_a_capture_stops_nothing(door: Door) -> None:
    draft_id = door.begin()
    door.keep(draft_id, **typed(1))
    door.clock.moment -= timedelta(days=3)
    look, saved = door.save(draft_id, **typed(1, elapsed_s="95"))
    assert (codes(look), saved is not None) == (set(), True)
    assert saved is not None
    told = door.envelope(saved.record_id)
    assert (told["captured_at"], told["elapsed_s"]) == ("2026-11-17T09:30:00.000+08:00", 95)
    assert told["uptime_s"] == 3_600


def test_the_office_takes_what_was_saved_under_a_clock_set_back(laptop: AgentLaptop) -> None:
    with opened(laptop) as vault:
        door = Door(vault, SetClock(laptop.desk.now()))
        draft_id = door.begin()
        door.clock.moment -= timedelta(days=3)
        _, saved = door.save(draft_id, **typed(1, elapsed_s="95"))
        assert saved is not None
    assert laptop.json("sync")["acknowledged"] == 1
    assert states(laptop) == {"accepted": 1}


def test_the_last_address_is_offered_for_the_neighbour(door: Door) -> None:
    door.capture(1)
    record_id = door.capture(2, street="Jl. Pelita", rt="9")
    with door.vault.reading() as tx:
        offered = drafting.neighbour(tx)
    told = door.envelope(record_id)["content"]
    assert (offered["street"], offered["rt"]) == ("Jl. Pelita", "009")
    assert offered == {name: told[name] for name in drafting.ADDRESS}


def test_no_address_is_offered_that_may_not_be_shown(door: Door) -> None:
    door.change(door.capture(1), "restricted = 1")
    with door.vault.reading() as tx:
        assert drafting.neighbour(tx) == {}


def test_a_look_shows_nothing_personal_where_it_is_printed(door: Door) -> None:
    look = door.keep(door.begin(), **typed(1))
    told = content(1)
    for shown in (repr(look), repr(replace(look, errors=()))):
        assert not any(told[name] in shown for name in ("nik", "full_name", "mother_name", "phone"))
