import pytest

from agent_client.importer.jobs import Jobs
from schemas.occupations import all_occupations

JOBS = Jobs(all_occupations())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nelayan", "nelayan"),
        ("NELAYAN", "nelayan"),
        ("ojek-online", "ojek-online"),
        ("Ojol", "ojek-online"),
        ("Ojek Online", "ojek-online"),
        ("driver ojek online", "ojek-online"),
        ("Gojek", "ojek-online"),
        ("Tukang ojek", "ojek-pangkalan"),
        ("jualan kue", "penjual-kue"),
        ("Pedagang sayur", "penjual-sayur"),
        ("dagang ikan", "penjual-ikan"),
        ("Supir taksi", "sopir-taksi"),
        ("Pa'gandeng sayur", "pagandeng-sayur"),
        ("Warkop", "warkop"),
        ("PK5", "kaki-lima"),
        ("Laundry", "tukang-cuci"),
        ("Bengkel Motor", "montir"),
        ("tukang parkir", "juru-parkir"),
        ("Fisher", "nelayan"),
    ],
)
def test_what_names_one_occupation(text: str, code: str) -> None:
    assert JOBS.find(text) == code


@pytest.mark.parametrize(
    "text", ["Pedagang", "Jasa", "Tukang", "Sopir", "UMKM", "", "-", "Penjual batu"]
)
def test_what_could_be_many_names_none(text: str) -> None:
    assert JOBS.find(text) is None


def test_every_occupation_is_found_by_its_code_and_names() -> None:
    for one in all_occupations():
        assert {JOBS.find(one.code), JOBS.find(one.name_id), JOBS.find(one.name_en)} == {one.code}
