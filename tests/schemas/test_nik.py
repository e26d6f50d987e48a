from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.id import nik as stdnum_nik

from schemas.nik import (
    clean_nik,
    disagrees,
    mask_nik,
    nik_problems,
    nik_warnings,
    parse_nik,
    prefixes,
    provinces,
)
from schemas.words import Sex

TODAY = date(2026, 11, 20)
MAN = "7371110508900001"
WOMAN = "7371114508900001"

births = st.dates(date(1927, 1, 1), date(2026, 12, 31))
sexes = st.sampled_from(Sex)


def written(birth: date, sex: Sex, prefix: str = "737111", serial: int = 1) -> str:
    day = birth.day + (40 if sex is Sex.FEMALE else 0)
    return f"{prefix}{day:02d}{birth.month:02d}{birth.year % 100:02d}{serial:04d}"


@pytest.mark.parametrize(
    "text",
    [
        MAN,
        "7371 1105 0890 0001",
        "73.71.11.050890.0001",
        " 737111-050890-0001;\n",
        "737111\u00a0050890\u202f0001\ufeff",
    ],
)
def test_clean_nik_strips_what_is_typed_between(text: str) -> None:
    assert clean_nik(text) == MAN


def test_clean_nik_leaves_what_is_not_a_separator() -> None:
    assert clean_nik("7371O1") == "7371O1"
    assert clean_nik("7.37111E+15") == "737111E+15"
    assert clean_nik("") == ""


def test_a_nik_of_anywhere_in_the_country_has_no_problems() -> None:
    assert nik_problems(MAN) == []
    assert nik_problems(WOMAN) == []
    assert nik_problems("9601010101000001") == []


@pytest.mark.parametrize(
    "nik",
    [
        "",
        MAN[:-1],
        MAN + "1",
        "737111050890000O",
        "７３７１１１０５０８９０００01"[:16],
        "737111050890000٣",
        "737111050890000²",
        "7371 11050890001",
        "-737111050890001",
        "7371110508900_01",
        MAN[:15] + "\n",
    ],
)
def test_all_but_sixteen_ascii_digits_is_one_problem(nik: str) -> None:
    assert nik_problems(nik) == ["nik_length"]


@pytest.mark.parametrize(
    ("day_month_year", "real"),
    [
        ("010100", True),
        ("310199", True),
        ("710199", True),
        ("000190", False),
        ("400190", False),
        ("320190", False),
        ("720190", False),
        ("810190", False),
        ("310490", False),
        ("010090", False),
        ("011390", False),
        ("300290", False),
        ("290296", True),
        ("690296", True),
        ("290297", False),
        ("690297", False),
        ("290200", True),  # 2000 was a leap year, 1900 was none
        ("290212", True),
    ],
)
def test_the_birth_date_must_be_a_day_of_the_calendar(day_month_year: str, real: bool) -> None:
    assert nik_problems(f"737111{day_month_year}0001") == ([] if real else ["nik_date"])


def test_all_problems_are_listed_in_order() -> None:
    assert nik_problems("9971113213900000") == ["nik_date", "nik_serial", "nik_province"]
    assert nik_problems("7371110508900000") == ["nik_serial"]
    assert nik_problems("2071110508900001") == ["nik_province"]


def test_the_provinces_are_the_38_with_the_new_ones_of_papua() -> None:
    assert len(provinces()) == 38
    assert {"73", "76", "91", "92", "93", "94", "95", "96"} <= provinces()


@given(births, sexes, st.sampled_from(sorted(provinces())), st.integers(1, 9999))
def test_every_nik_that_could_be_issued_passes_and_reads_back(
    birth: date, sex: Sex, province: str, serial: int
) -> None:
    nik = written(birth, sex, province + "7111", serial)
    assert nik_problems(nik) == []
    assert not disagrees(nik, birth, sex)
    read = parse_nik(nik, birth_date=birth, today=TODAY)
    assert (read.birth_date, read.sex, read.serial) == (birth, sex, f"{serial:04d}")
    assert (read.province, read.regency, read.district) == (nik[:2], nik[:4], nik[:6])
    assert read.day == int(nik[6:8])


@given(births, sexes)
def test_python_stdnum_reads_the_same_day_but_for_its_century(birth: date, sex: Sex) -> None:
    theirs = stdnum_nik.get_birth_date(written(birth, sex))
    assert (theirs.day, theirs.month, theirs.year % 100) == (
        birth.day,
        birth.month,
        birth.year % 100,
    )


@given(births, sexes)
def test_without_a_typed_date_a_worker_gets_the_right_century(birth: date, sex: Sex) -> None:
    today = date(2026, 12, 31)
    read = parse_nik(written(birth, sex), today=today)
    assert read.birth_date <= today
    assert read.birth_date == birth


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        (date(1905, 5, 8), date(1905, 5, 8)),
        (date(2005, 5, 8), date(2005, 5, 8)),
        (None, date(2005, 5, 8)),
        (date(2006, 5, 8), date(2005, 5, 8)),
        (date(1911, 1, 1), date(1905, 5, 8)),
    ],
)
def test_the_typed_birth_date_decides_the_century(typed: date | None, chosen: date) -> None:
    assert parse_nik("7371110805050001", birth_date=typed, today=TODAY).birth_date == chosen


def test_a_childs_nik_is_not_a_centenarians() -> None:
    assert parse_nik("7371110805150001", today=TODAY).birth_date == date(2015, 5, 8)


def test_nobody_is_born_tomorrow() -> None:
    tomorrow = TODAY + timedelta(days=1)
    nik = written(tomorrow, Sex.MALE)
    assert parse_nik(nik, today=TODAY).birth_date == date(1926, 11, 21)
    assert parse_nik(nik, birth_date=tomorrow, today=TODAY).birth_date == tomorrow


def test_a_laptop_clock_that_starts_from_1970_does_not_break_it() -> None:
    assert parse_nik(MAN, today=date(1970, 1, 1)).birth_date == date(1990, 8, 5)


def test_the_leap_day_of_00_is_of_2000() -> None:
    assert parse_nik("7371112902000001", today=TODAY).birth_date == date(2000, 2, 29)
    typed = date(1900, 2, 28)
    read = parse_nik("7371112902000001", birth_date=typed, today=TODAY)
    assert read.birth_date == date(2000, 2, 29)


@pytest.mark.parametrize("nik", ["737111050890001", "7371113002900001", "7371119908900001"])
def test_what_is_no_nik_is_refused_without_being_shown(nik: str) -> None:
    with pytest.raises(ValueError, match=r"^no NIK: nik_(length|date)$") as refused:
        parse_nik(nik, today=TODAY)
    assert nik not in str(refused.value)


def test_a_nik_that_a_supervisor_may_take_can_be_read() -> None:
    read = parse_nik("2071110508900000", today=TODAY)
    assert (read.province, read.serial) == ("20", "0000")


def test_a_parsed_nik_does_not_show_its_number() -> None:
    shown = repr(parse_nik(MAN, today=TODAY))
    assert "7371" in shown
    assert "0001" not in shown
    assert "1990" not in shown


def test_a_usual_nik_warns_of_nothing() -> None:
    assert nik_warnings(MAN, birth_date=date(1990, 8, 5), sex="M") == []
    assert nik_warnings(WOMAN, birth_date=date(1990, 8, 5), sex=Sex.FEMALE) == []
    assert nik_warnings(MAN) == []


def test_a_prefix_of_no_kecamatan_warns_and_a_former_one_does_not() -> None:
    assert nik_warnings("7371990508900001") == ["nik_prefix_unknown"]
    assert nik_warnings("9101010508900001") == []
    assert nik_warnings("9111010508900001") == []  # Nabire, since 2022 under 94
    assert len(prefixes()) > 7_900


def test_what_differs_from_the_form_warns() -> None:
    assert nik_warnings(MAN, birth_date=date(1990, 8, 6), sex="F") == [
        "nik_birth_date",
        "nik_sex",
    ]
    assert nik_warnings(WOMAN, birth_date=date(1990, 8, 5), sex="M") == ["nik_sex"]
    assert nik_warnings(WOMAN, birth_date=date(1990, 5, 8), sex="F") == ["nik_birth_date"]


@pytest.mark.parametrize(
    "nik",
    [
        "7371110508901234",
        "7371110508904321",
        "7371110508909999",
        "1212121212121212",
        "7371110000000001",
        "7371111111110001",
        "7301234567890001",
        "7398765432100001",
    ],
)
def test_made_up_numbers_warn(nik: str) -> None:
    assert "nik_pattern" in nik_warnings(nik)


@given(births, sexes, st.sampled_from(sorted(prefixes())), st.integers(1, 99))
def test_numbers_that_are_issued_do_not_read_as_made_up(
    birth: date, sex: Sex, prefix: str, serial: int
) -> None:
    nik = written(birth, sex, prefix, serial)
    made_up = nik == nik[:4] * 4 or any(digit * 7 in nik for digit in "123456789")
    assert nik_warnings(nik, birth_date=birth, sex=sex) == (["nik_pattern"] if made_up else [])


def test_the_most_zeros_that_are_true_do_not_warn() -> None:
    assert nik_warnings("7371111010000001") == []


def test_warnings_leave_to_the_problems_what_is_theirs() -> None:
    assert nik_warnings("737111", birth_date=date(1990, 8, 5), sex="M") == []
    assert nik_warnings("7371119908900001", birth_date=date(1990, 8, 5), sex="M") == []


def test_a_reason_is_due_where_birth_date_or_sex_disagree() -> None:
    assert not disagrees(MAN, date(1990, 8, 5), "M")
    assert disagrees(MAN, date(1990, 8, 5), "F")
    assert disagrees(MAN, date(1990, 8, 6), "M")
    assert disagrees(MAN, date(1991, 8, 5), "M")


def test_no_reason_is_due_for_a_nik_that_cannot_be_read() -> None:
    assert not disagrees("7371", date(1990, 8, 5), "M")
    assert not disagrees("7371119908900001", date(1990, 8, 5), "M")


def test_a_nik_is_masked() -> None:
    assert mask_nik("7371110508901234") == "7371••••••••1234"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "••••••••"),
        ("Sitti", "••••••••"),
        ("737111050", "••••••••"),
        ("737111050890001", "••••••••01"),
        ("+6281234567890", "••••••••90"),
        ("Sitti Daeng Ngai", "••••••••ai"),
        ("73711105089012345", "••••••••45"),
    ],
)
def test_anything_else_is_masked_further(text: str, shown: str) -> None:
    assert mask_nik(text) == shown
