"""The NIK, Indonesia's 16-digit population number: what blocks, what only warns.

`PPKKCC DDMMYY SSSS`: where it was first registered, the day of birth (women: day + 40),
a serial number; no check digit. It stays when the person moves or the birth date is
mended, so its prefix need not be Makassar's and its date need not be the card's.
Source of every rule here: DOMAIN.md section 5 (PP 37/2007, PP 40/2019).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache

from schemas.seeds import read_rows, read_text
from schemas.words import Sex

_SEPARATORS = str.maketrans(
    "", "", " \t\r\n\u00a0\u2007\u2009\u202f\u200b\ufeff.-\u2010\u2011\u2013;"
)

_FEMALE_DAY = 40
# DDMM as a NIK has it; 1904 is a leap year, so 29 February is among them.
_DAYS = frozenset(
    f"{day + shift:02d}{month:02d}"
    for month in range(1, 13)
    for day in range(1, monthrange(1904, month)[1] + 1)
    for shift in (0, _FEMALE_DAY)
)
_LEAP_DAYS = frozenset({"2902", "6902"})

# Six zeros in a row can be true: born on 10-10-2000, serial 0001.
_RUN_OF_ONE_DIGIT = re.compile(r"([0-9])\1{6}")
_COUNTING = "01234567890123456"
_RUNS = frozenset(
    digits[start : start + 7]
    for digits in (_COUNTING, _COUNTING[::-1])
    for start in range(len(digits) - 6)
)
# True serials are low: nobody is the 1,111th born on one day in one kecamatan.
_MADE_UP_SERIALS = frozenset({"1234", "4321", *(digit * 4 for digit in "123456789")})


@dataclass(frozen=True, slots=True)
class Nik:
    """What a NIK says: codes without dots, and who it was given to.

    `district` is the whole prefix ("737111"), `regency` ("7371") and `province` ("73")
    begin it. `day` is as written: 1-31 for men, 41-71 for women.
    """

    province: str
    regency: str
    district: str
    day: int
    sex: Sex
    birth_date: date
    serial: str

    def __repr__(self) -> str:
        # Its parts together are the whole number, and a repr ends in logs.
        return f"Nik({self.regency}…)"


def clean_nik(text: str) -> str:
    """Strip what people type between the digits: spaces (non-breaking too), . - and ;."""
    return text if text.isalnum() else text.translate(_SEPARATORS)


def nik_problems(nik: str) -> list[str]:
    """List the codes of all that blocks a NIK, in this order; empty where nothing does.

    `nik_length` (not 16 ASCII digits; then alone), `nik_date` (no day of the calendar in
    19YY or 20YY), `nik_serial` (0000), `nik_province` (none of the 38). Cleans nothing.
    """
    if not _is_sixteen_digits(nik):
        return ["nik_length"]
    problems = []
    if not _has_real_date(nik):
        problems.append("nik_date")
    if nik.endswith("0000"):
        problems.append("nik_serial")
    if nik[:2] not in provinces():
        problems.append("nik_province")
    return problems


def parse_nik(nik: str, *, birth_date: date | None = None, today: date) -> Nik:
    """Take a NIK apart; ValueError (without the number) on `nik_length` or `nik_date`.

    The century is that which comes nearest to the typed `birth_date`. Without one it is
    the latest that is not in the future `today`: a child is likelier than one past 100.
    """
    if not _is_sixteen_digits(nik):
        raise ValueError("no NIK: nik_length")
    if not _has_real_date(nik):
        raise ValueError("no NIK: nik_date")
    day = int(nik[6:8])
    return Nik(
        province=nik[:2],
        regency=nik[:4],
        district=nik[:6],
        day=day,
        sex=Sex.FEMALE if day > _FEMALE_DAY else Sex.MALE,
        birth_date=_choose_birth(_possible_births(nik), birth_date, today),
        serial=nik[12:],
    )


def nik_warnings(nik: str, *, birth_date: date | None = None, sex: str | None = None) -> list[str]:
    """List the codes of all that is odd about a NIK but may be true, in this order.

    `nik_prefix_unknown` (no kecamatan, present or former), `nik_birth_date` and `nik_sex`
    (not as typed; not looked at where None), `nik_pattern` (reads as made up). Empty
    where it is not 16 digits: `nik_problems` speaks of that.
    """
    if not _is_sixteen_digits(nik):
        return []
    warnings = []
    if nik[:6] not in prefixes():
        warnings.append("nik_prefix_unknown")
    if _has_real_date(nik):
        written = nik[6:12]
        if birth_date and written not in (_birth_digits(birth_date, one) for one in Sex):
            warnings.append("nik_birth_date")
        if sex and sex != (Sex.FEMALE if int(nik[6:8]) > _FEMALE_DAY else Sex.MALE):
            warnings.append("nik_sex")
    if _reads_as_made_up(nik):
        warnings.append("nik_pattern")
    return warnings


def disagrees(nik: str, birth_date: date, sex: str) -> bool:
    """Say whether birth date or sex differ from what the NIK says, so `nik_reason` is due.

    False for a NIK that cannot be read: there is nothing to compare, and `nik_problems`
    already speaks of it.
    """
    if nik[6:12] == _birth_digits(birth_date, sex):
        return False
    return _is_sixteen_digits(nik) and _has_real_date(nik)


def mask_nik(nik: str) -> str:
    """Hide a NIK for lists and logs: "7371••••••••1234".

    Anything but 16 digits may be another secret in the wrong box (a phone number, a
    name): of that only the last two characters are shown, and of less than ten none.
    """
    if _is_sixteen_digits(nik):
        return f"{nik[:4]}••••••••{nik[12:]}"
    return "••••••••" + (nik[-2:] if len(nik) >= 10 else "")


@cache
def provinces() -> frozenset[str]:
    """Give the codes of the 38 provinces ("73"), from data/provinces.csv."""
    return frozenset(row["code"] for row in read_rows("provinces.csv"))


@cache
def prefixes() -> frozenset[str]:
    """Give every known NIK prefix, present and former ("737111"), from data/nik_prefixes.txt."""
    return frozenset(read_text("nik_prefixes.txt").split())


def _is_sixteen_digits(nik: str) -> bool:
    return len(nik) == 16 and nik.isascii() and nik.isdigit()


def _has_real_date(nik: str) -> bool:
    day_and_month = nik[6:10]
    if day_and_month not in _DAYS:
        return False
    # 1900 had no 29 February, but 2000 had.
    return day_and_month not in _LEAP_DAYS or int(nik[10:12]) % 4 == 0


def _possible_births(nik: str) -> list[date]:
    """The one or two days that DDMMYY may mean, earliest first."""
    day, month, year = int(nik[6:8]) % _FEMALE_DAY, int(nik[8:10]), int(nik[10:12])
    centuries = (2000,) if nik[6:10] in _LEAP_DAYS and year == 0 else (1900, 2000)
    return [date(century + year, month, day) for century in centuries]


def _choose_birth(births: list[date], typed: date | None, today: date) -> date:
    if typed:
        return min(births, key=lambda birth: abs(birth - typed))
    return max((birth for birth in births if birth <= today), default=births[0])


def _birth_digits(birth_date: date, sex: str) -> str:
    """DDMMYY as a NIK would have it."""
    day = birth_date.day + (_FEMALE_DAY if sex == Sex.FEMALE else 0)
    return f"{day:02d}{birth_date.month:02d}{birth_date.year % 100:02d}"


def _reads_as_made_up(nik: str) -> bool:
    return (
        nik[12:] in _MADE_UP_SERIALS
        or nik == nik[:4] * 4
        or _RUN_OF_ONE_DIGIT.search(nik) is not None
        or any(nik[start : start + 7] in _RUNS for start in range(10))
    )
