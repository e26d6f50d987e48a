"""Made-up workers of Makassar: the same seed gives the same people. Nobody here exists.

Birth dates are reckoned from the decade, so that everybody is well between the age limits
on whatever day the demo runs; only who stands at a limit is born by the present day.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from schemas.occupations import Occupation, occupation
from schemas.regions import Region, all_regions
from schemas.words import Sex


def listed(names: str) -> tuple[str, ...]:
    """Return the names that stand in a text, parted by spaces."""
    return tuple(names.split())


_MEN: Final = listed(
    "Ilham Syamsul Irwan Basri Ridwan Ruslan Rustam Arifin Hamzah Iskandar Jufri Mustafa Nasir "
    "Sudirman Syahrir Usman Wahyu Yusuf Zainal Firman Darwis Burhan Mansyur Tajuddin"
)
_SERVANTS: Final = listed("Rahman Rahim Kadir Rasyid Hamid Azis Salam Malik Latif Rauf")
_WOMEN: Final = listed(
    "Hasnah Aminah Rahmawati Rosmini Nuraeni Nursiah Maryam Halimah Hasmiati Irmawati Jumriah "
    "Kartini Murniati Ramlah Ratna Salmah Suriani Syamsiah Zubaedah Darmawati Fitriani"
)
_FATHERS: Final = listed(
    "Kamaruddin Baharuddin Syamsuddin Hasanuddin Jamaluddin Saharuddin Alimuddin Amiruddin "
    "Makkulau Mappiare Gassing Nompo Sanusi Pabichara Tahir Sabara Hidayat Makkawaru"
)
_DAENGS: Final = listed(
    "Ngalle Tata Sila Kanang Nai Rani Ngai Sese Kulle Lira Mappuji Situju Tayang Bollo"
)
_JOBS: Final = listed(
    "ojek-online ojek-pangkalan bentor sopir-pete-pete pagandeng-ikan pagandeng-sayur nelayan "
    "pedagang-pasar penjual-pisang-epe pembuat-kue warkop kuli-bangunan tukang-batu penjahit "
    "buruh-pelabuhan tukang-cuci juru-parkir pemulung montir salon"
)
_SPELLINGS: Final = (
    ("Muh. ", "Moh. "),
    ("Abd. ", "Abdul "),
    ("Sitti ", "St. "),
    ("uddin", "udin"),
    ("kk", "k"),
    ("pp", "p"),
    ("ss", "s"),
)
_YOUNGEST, _OLDEST = 22, 48  # years old at the beginning of the decade
_PHONES: Final = "+62810"  # no operator has this prefix


@dataclass(frozen=True, slots=True)
class Worker:
    """One made-up worker as the card and the worker say; rupiah a month, whole months."""

    nik: str = field(repr=False)
    name: str
    born: date
    sex: Sex
    mother: str = field(repr=False)
    phone: str = field(repr=False)
    home: Region
    job: Occupation
    income: int
    programmes: tuple[str, ...]
    months: int
    lorong: int
    alias: str | None = None


class Crowd:
    """Makes one worker after the other, no name and no NIK twice."""

    def __init__(self, seed: int, today: date) -> None:
        self._random = random.Random(seed)
        self._decade = today.year // 10 * 10
        self._names: set[str] = set()
        self._niks: set[str] = set()
        self._homes = [one for one in all_regions() if one.code.startswith("73.71.")]
        self._jobs = [job for code in _JOBS if (job := occupation(code)) is not None]

    def worker(self, *, born: date | None = None, sex: Sex | None = None) -> Worker:
        """Make the next worker; what is asked for does not change who comes after."""
        choose = self._random
        drawn_sex, drawn_born = choose.choice(list(Sex)), self._birth_date()
        sex, born = sex or drawn_sex, born or drawn_born
        name, mother = self._new_name(sex), self._name(Sex.FEMALE)
        district = choose.randint(1, 15)
        three = choose.random() < 0.4
        return Worker(
            nik=self.nik(district, born, sex),
            name=name,
            born=born,
            sex=sex,
            mother=mother,
            phone=f"{_PHONES}{len(self._names):07}",
            home=choose.choice(self._homes),
            job=choose.choice(self._jobs),
            income=choose.randrange(10, 45) * 100_000,
            programmes=("JHT", "JKK", "JKM") if three else ("JKK", "JKM"),
            months=choose.choice((1, 1, 1, 2, 3, 6)),
            lorong=choose.randint(1, 30),
        )

    def nik(self, district: int, born: date, sex: Sex) -> str:
        """Return the next free NIK of a kecamatan, a birth date and a sex (DOMAIN.md section 5)."""
        day = born.day + (40 if sex == Sex.FEMALE else 0)
        stem = f"7371{district:02}{day:02}{born:%m%y}"
        serial = 1
        while f"{stem}{serial:04}" in self._niks:
            serial += 1
        self._niks.add(f"{stem}{serial:04}")
        return f"{stem}{serial:04}"

    def daeng(self) -> str:
        """Return a name by which somebody is called in the lorong."""
        return f"Daeng {self._random.choice(_DAENGS)}"

    def sibling_name(self, one: Worker) -> str:
        """Return another name for somebody of the same sex."""
        return self._new_name(one.sex)

    def _birth_date(self) -> date:
        year = self._decade - self._random.randint(_YOUNGEST, _OLDEST)
        return date(year, 1, 1) + timedelta(days=self._random.randrange(365))

    def _new_name(self, sex: Sex) -> str:
        name = self._name(sex)
        while name in self._names:
            name = self._name(sex)
        self._names.add(name)
        return name

    def _name(self, sex: Sex) -> str:
        choose = self._random
        father = choose.choice(_FATHERS)
        if sex == Sex.FEMALE:
            given = choose.choice(_WOMEN)
            return f"Sitti {given} {father}" if choose.random() < 0.3 else f"{given} {father}"
        way = choose.random()
        if way < 0.25:
            return f"Abd. {choose.choice(_SERVANTS)} {father}"
        given = choose.choice(_MEN)
        return f"Muh. {given} {father}" if way < 0.5 else f"{given} {father}"


def misspelt(name: str) -> str:
    """Return a name as another hand writes it; one without such a spelling gets a typo."""
    other = name
    for one, spelling in _SPELLINGS:
        other = other.replace(one, spelling)
    if other != name:
        return other
    return f"{name[:-2]}{name[-1]}{name[-2]}"
