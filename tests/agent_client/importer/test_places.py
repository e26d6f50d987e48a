import pytest

from agent_client.importer.places import Place, Places
from schemas.regions import all_regions

PLACES = Places(all_regions())


@pytest.mark.parametrize(
    ("kelurahan", "kecamatan", "code"),
    [
        ("Mariso", "Mariso", "73.71.01.1006"),
        ("KASSI - KASSI", "Rappocini", None),
        ("Kassi-Kassi", "", None),
        ("Kel. Lette", "Kec. Mariso", "73.71.01.1004"),
        ("lette", "", "73.71.01.1004"),
        ("73.71.01.1004", "", "73.71.01.1004"),
        ("7371011004", "", "73.71.01.1004"),
    ],
)
def test_a_place_is_found(kelurahan: str, kecamatan: str, code: str | None) -> None:
    found = PLACES.find(kelurahan, kecamatan)
    assert found.problem is None
    assert code in (None, found.code)


def name_of(place: Place) -> tuple[str, str]:
    [found] = [one for one in all_regions() if one.code == place.code]
    return found.kelurahan, found.kecamatan


@pytest.mark.parametrize(
    ("kelurahan", "kecamatan", "expected"),
    [
        ("Pa'baeng-baeng", "Tamalate", ("Pa'baeng-Baeng", "Tamalate")),
        ("Pabaengbaeng", "", ("Pa'baeng-Baeng", "Tamalate")),
        ("LA’LATANG", "Tallo", ("La'latang", "Tallo")),
        ("Panaikang", "Panakukang", ("Panaikang", "Panakkukang")),
        ("Ujung Pandang Baru", "", ("Ujung Pandang Baru", "Tallo")),
        ("Wajo Baru", "Bontoala", ("Wajo Baru", "Bontoala")),
        ("Baru", "Ujung Pandang", ("Baru", "Ujung Pandang")),
        ("Bunga Ejaya", "Bontoala", ("Bunga Ejaya", "Bontoala")),
        ("Bunga Eja Beru", "", ("Bunga Eja Beru", "Tallo")),
        ("Maricaya", "Makassar", ("Maricaya", "Makassar")),
        ("Barrang Caddi", "Kep. Sangkarrang", ("Barrang Caddi", "Kepulauan Sangkarrang")),
    ],
)
def test_the_traps_of_makassar(kelurahan: str, kecamatan: str, expected: tuple[str, str]) -> None:
    assert name_of(PLACES.find(kelurahan, kecamatan)) == expected


@pytest.mark.parametrize(
    ("kelurahan", "kecamatan"),
    [("Makassar", ""), ("Lette", "Tallo"), ("Bunga Eja", ""), ("Ujung Pandang", ""), ("Let", "")],
)
def test_nothing_nearly_right_is_taken(kelurahan: str, kecamatan: str) -> None:
    assert PLACES.find(kelurahan, kecamatan) == Place(None, "place_unknown")


def test_a_name_in_several_kecamatan_is_ambiguous_until_it_is_told() -> None:
    found = PLACES.find("Panaikang")
    assert (found.code, found.problem) == (None, "place_ambiguous")
    assert "Panakkukang, Kota Makassar" in found.candidates
    assert PLACES.find("Panaikang", "Panakkukang").problem is None
    assert PLACES.find("Panaikang", "", "Kota Makassar").problem is None


def test_every_place_is_found_by_its_full_name() -> None:
    for region in all_regions():
        assert PLACES.find(region.kelurahan, region.kecamatan, region.kabkota).code == region.code
