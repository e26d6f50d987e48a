"""A few letters find the right code: places with their kecamatan, jobs by what people say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_client.finding import MOST, find_occupations, find_places, place_words
from schemas.occupations import all_occupations
from schemas.regions import Region, all_regions

REGIONS = {one.code: one for one in all_regions()}
JOBS = {one.code: one for one in all_occupations()}
any_text = st.text(st.characters(codec="utf-8"), max_size=30)


def places(text: str) -> list[str]:
    return [f"{one.kelurahan}, {one.kecamatan}" for one in find_places(REGIONS, text)]


def jobs(text: str) -> list[str]:
    return [one.code for one in find_occupations(JOBS, text)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ujung pandang b", "Ujung Pandang Baru, Tallo"),
        ("baru", "Baru, Ujung Pandang"),
        ("wajo b", "Wajo Baru, Bontoala"),
        ("malimongan b", "Malimongan Baru, Bontoala"),
        ("maricaya s", "Maricaya Selatan, Mamajang"),
        ("lalat", "La'latang, Tallo"),
        ("La’lat", "La'latang, Tallo"),
        ("kassi kassi", "Kassi-Kassi, Rappocini"),
        ("kassikassi", "Kassi-Kassi, Rappocini"),
        ("pabaeng", "Pa'baeng-Baeng, Tamalate"),
        ("bunga ejaya", "Bunga Ejaya, Bontoala"),
        ("bunga eja b", "Bunga Eja Beru, Tallo"),
        ("mariso", "Mariso, Mariso"),
    ],
)
def test_the_traps_of_makassars_names(typed: str, first: str) -> None:
    assert places(typed)[0] == first


def test_both_bungas_are_offered_while_both_are_meant() -> None:
    assert places("bunga eja")[:2] == ["Bunga Ejaya, Bontoala", "Bunga Eja Beru, Tallo"]


def test_a_kecamatans_name_finds_its_kelurahan_after_those_called_so() -> None:
    found = find_places(REGIONS, "ujung pandang")
    assert found[0].kelurahan == "Ujung Pandang Baru"
    assert {one.kecamatan for one in found[1:]} == {"Ujung Pandang"}


def test_the_kecamatan_is_meant_before_the_city_of_its_name() -> None:
    assert {one.kecamatan for one in find_places(REGIONS, "makassar")} == {"Makassar"}


def test_makassar_comes_before_its_neighbours() -> None:
    found = find_places(REGIONS, "bunga e")
    kinds = [one.kabkota == "Kota Makassar" for one in found]
    assert kinds == sorted(kinds, reverse=True)
    assert 0 < sum(kinds) < len(kinds)


def test_a_place_is_shown_with_its_kecamatan() -> None:
    [one] = find_places(REGIONS, "la'latang")
    assert place_words(one) == "La'latang — Kec. Tallo, Kota Makassar"


@pytest.mark.parametrize("one", REGIONS.values(), ids=lambda one: one.code)
def test_every_kelurahan_can_be_found(one: Region) -> None:
    assert one in find_places(REGIONS, one.kelurahan)
    assert one in find_places(REGIONS, f"{one.kelurahan} {one.kecamatan}")


@given(any_text)
def test_any_text_gives_a_few_known_places_and_jobs(text: str) -> None:
    found = [one.code for one in find_places(REGIONS, text)]
    assert len(found) <= MOST
    assert set(found) <= REGIONS.keys()
    assert set(jobs(text)) <= JOBS.keys()
    assert len(jobs(text)) <= MOST


@pytest.mark.parametrize("typed", ["", "  ", "'", "–", "zzzz", "xyz baru"])
def test_what_means_no_place_finds_none(typed: str) -> None:
    assert places(typed) == []


def test_who_sells_fish_comes_before_who_catches_it() -> None:
    assert jobs("ikan") == [
        "penjual-ikan",
        "pagandeng-ikan",
        "pengolah-ikan",
        "punggawa",
        "abk-kapal-ikan",
    ]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("jual ikan", "penjual-ikan"),
        ("ikan jual", "penjual-ikan"),
        ("pagandeng", "pagandeng-ikan"),
        ("pa'gandeng s", "pagandeng-sayur"),
        ("ojol", "ojek-online"),
        ("petepete", "sopir-pete-pete"),
        ("pete-pete", "sopir-pete-pete"),
        ("bentor", "bentor"),
        ("becak", "daeng-becak"),
        ("fish seller", "penjual-ikan"),
        ("warkop", "warkop"),
        ("cuci motor", "cuci-kendaraan"),
    ],
)
def test_a_job_is_found_by_what_people_say(typed: str, code: str) -> None:
    assert jobs(typed)[0] == code


def test_a_word_that_begins_so_comes_before_one_that_holds_it() -> None:
    found = jobs("tani")
    assert found[0] == "buruh-tani"
    assert found[1:] == ["petani", "petambak", "petani-rumput-laut"]


def test_two_letters_are_not_sought_inside_words() -> None:
    assert set(jobs("ju")) == {"juru-masak", "juru-parkir"}


def test_every_job_is_found_first_by_its_name() -> None:
    for one in JOBS.values():
        assert jobs(one.name_id)[0] == one.code


def test_a_group_finds_its_jobs() -> None:
    assert {JOBS[code].group for code in jobs("bangunan")} == {"Bangunan"}
