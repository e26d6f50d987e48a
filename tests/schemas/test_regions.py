import re
from collections import Counter

import pytest
from stdnum import numdb

from schemas.nik import prefixes, provinces
from schemas.regions import Region, all_regions, region


def test_makassar_has_15_kecamatan_and_153_kelurahan() -> None:
    makassar = [one for one in all_regions() if one.kabkota == "Kota Makassar"]
    assert len(makassar) == 153
    assert len({one.kecamatan for one in makassar}) == 15


def test_the_neighbours_are_there_too() -> None:
    assert Counter(one.kabkota for one in all_regions()) == {
        "Kota Makassar": 153,
        "Kabupaten Gowa": 167,
        "Kabupaten Maros": 103,
        "Kabupaten Takalar": 110,
    }


@pytest.mark.parametrize(
    "wanted",
    [
        Region("73.71.01.1006", "Mariso", "Mariso", "Kota Makassar"),
        Region("73.71.07.1008", "La'latang", "Tallo", "Kota Makassar"),
        Region("73.71.13.1002", "Kassi-Kassi", "Rappocini", "Kota Makassar"),
        Region("73.71.15.1001", "Barrang Caddi", "Kepulauan Sangkarrang", "Kota Makassar"),
        Region("73.09.06.2002", "Padaelo", "Mallawa", "Kabupaten Maros"),
    ],
)
def test_a_place_is_found_by_its_code(wanted: Region) -> None:
    assert region(wanted.code) == wanted


@pytest.mark.parametrize("code", ["", "73.71.01", "73.71.99.1001", "7371011001", "73.72.01.1001"])
def test_an_unknown_code_is_nothing(code: str) -> None:
    assert region(code) is None


def test_codes_are_well_formed_unique_and_in_order() -> None:
    codes = [one.code for one in all_regions()]
    assert all(re.fullmatch(r"73\.(05|06|09|71)\.\d\d\.[12]\d{3}", code) for code in codes)
    assert codes == sorted(set(codes))


def test_names_are_clean() -> None:
    for one in all_regions():
        for name in (one.kelurahan, one.kecamatan, one.kabkota):
            assert re.fullmatch(r"[A-Z][a-z']+([ -][A-Z][a-z']+)*", name), name


def test_one_kecamatan_has_one_name() -> None:
    names = {(one.code[:8], one.kecamatan) for one in all_regions()}
    assert len(names) == len({code for code, _ in names})


def test_the_prefixes_of_niks_hold_every_kecamatan_and_lie_in_the_provinces() -> None:
    assert {one.code[:8].replace(".", "") for one in all_regions()} <= prefixes()
    assert {prefix[:2] for prefix in prefixes()} == provinces()
    assert all(re.fullmatch(r"\d{6}", prefix) for prefix in prefixes())


def test_the_codes_are_not_those_of_the_statistics_office() -> None:
    theirs = dict(numdb.get("id/loc").info("7308"))
    assert theirs["08"]["name_id"] == "MAROS"
    assert all(one.code.startswith("73.09") for one in all_regions() if "Maros" in one.kabkota)
