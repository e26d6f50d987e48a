"""A third maker of pairs, from spellings that somebody wrote out by hand.

No noise is drawn here: every spelling was thought of and written down, so the judge meets what
people do rather than what a generator does. SEEN was looked at while the judge was made; of
UNSEEN look at the figures and never at the pairs, so that it stays held out.
"""

import datetime as dt
import random
from collections.abc import Iterator

from bench.meetings import read_off
from bench.pairs import Pair
from bench.people import Content, listed
from bench.spellings import SEEN, Spellings

COMMON_HIS = """
Muhammad Ilham|Abdul Rahman|Syamsuddin|Dg. Ngalle|Muh. Yusuf|Ibrahim|Ridwan|Baharuddin
"""
COMMON_HERS = """
Nurhayati|Sitti Aminah|Hasnah|Dg. Kanang|Sitti Fatimah|Rahmawati|Nuraeni|Sitti Maryam
"""
NIKS = listed("""
737101 737103 737106 737109 737113 737114 730608 730904 731812 747204 530301
""")


def _groups(text: str) -> list[list[str]]:
    return [line.split("|") for line in text.strip().splitlines()]


class Author:
    """Writes pairs down, the same for the same seed."""

    def __init__(self, seed: int, spellings: Spellings) -> None:
        self.rng = random.Random(f"written out {seed}")
        self.his = [("M", group) for group in _groups(spellings.his)]
        self.people = [*self.his, *(("F", group) for group in _groups(spellings.hers))]
        self.mothers = _groups(spellings.mothers)
        self.apart = [line.split(" ", 1) for line in spellings.apart.strip().splitlines()]

    def two_spellings(self, group: list[str]) -> tuple[str, str]:
        one, other = self.rng.sample(group, 2)
        return one, other

    def two_mothers(self) -> tuple[str, str]:
        """Return two mothers who are two people."""
        one, other = self.rng.sample(self.mothers, 2)
        return self.rng.choice(one), self.rng.choice(other)

    def date(self, heaped: bool = False) -> dt.date:
        year = self.rng.randint(1963, 2005)
        if heaped:
            return dt.date(year, *self.rng.choice(((1, 1), (12, 31), (7, 1))))
        return dt.date(year, self.rng.randint(2, 12), self.rng.randint(2, 28))

    def nik(self, born: dt.date, sex: str, serial: int = 0) -> str:
        day = born.day + (40 if sex == "F" else 0)
        return f"{self.rng.choice(NIKS)}{day:02d}{born:%m%y}{serial or self.rng.randint(1, 9):04d}"

    def record(self, written: str, sex: str, born: dt.date, mother: str | None) -> Content:
        name, _, alias = written.partition("@")
        content: Content = {
            "schema": 1,
            "nik": self.nik(born, sex),
            "full_name": name,
            "birth_date": born.isoformat(),
            "sex": sex,
            "phone": f"+62823{self.rng.randrange(10**8):08d}",
            "phone_owner": "self",
            "kelurahan": f"73711{self.rng.randint(0, 4)}10{self.rng.randint(10, 18)}",
            "street": self.rng.choice(("Jl. Rappokalling", "Jl. Pelita", "Jl. Sultan Alauddin")),
        }
        content |= {"mother_name": mother} if mother else {"unknown_mother": True}
        return content | ({"alias": alias} if alias else {})

    def one_worker(self) -> tuple[Content, Content]:
        rng = self.rng
        sex, group = rng.choice(self.people)
        born = self.date(rng.random() < 0.2)
        one, other = self.two_spellings(group)
        mothers: list[str | None] = list(self.two_spellings(rng.choice(self.mothers)))
        if rng.random() < 0.2:
            mothers[rng.randrange(2)] = None
        a, b = self.record(one, sex, born, mothers[0]), self.record(other, sex, born, mothers[1])
        if rng.random() < 0.6:
            b["phone"] = a["phone"]
        if rng.random() < 0.75:
            b |= {"kelurahan": a["kelurahan"], "street": a["street"]}
        b["nik"] = a["nik"]
        return a, b

    def wrong_date(self, content: Content) -> None:
        born = dt.date.fromisoformat(str(content["birth_date"]))
        swapped = (
            born.replace(day=born.month, month=born.day) if born.day <= 12 else born.replace(day=28)
        )
        content["birth_date"] = swapped.isoformat()

    def relatives(self) -> tuple[str, Content, Content]:
        """Return twins or other children of one mother, in one house."""
        rng = self.rng
        sex, names = rng.choice(self.apart)
        one, other = names.split("/")
        mothers = self.two_spellings(rng.choice(self.mothers))
        born = self.date(rng.random() < 0.2)
        twins = rng.random() < 0.6
        a = self.record(one, sex, born, mothers[0])
        b = self.record(other, sex, born if twins else self.date(), mothers[1])
        b |= {key: a[key] for key in ("phone", "kelurahan", "street")}
        if twins:
            b["nik"] = (
                str(a["nik"])[:12] + f"{int(str(a['nik'])[12:]) + rng.choice((1, 1, -1)):04d}"
            )
        return ("twins" if twins else "siblings"), a, b

    def namesakes(self) -> tuple[str, Content, Content]:
        """Return two people of one name: common, heaped, or father and son."""
        rng = self.rng
        sex = rng.choice("MF")
        one, other = self.two_mothers()
        if rng.random() < 0.4:
            sex, group = rng.choice(self.his)
            born = self.date().replace(year=rng.randint(1963, 1972))
            son = self.date().replace(year=born.year + rng.randint(21, 33))
            a, b = (
                self.record(group[0], sex, born, one),
                self.record(rng.choice(group[:2]), sex, son, other),
            )
            b |= {key: a[key] for key in ("phone", "kelurahan", "street")}
            return "father and son", a, b
        name = rng.choice(_groups(COMMON_HIS if sex == "M" else COMMON_HERS)[0])
        born = self.date(rng.random() < 0.7)
        a, b = self.record(name, sex, born, one), self.record(name.upper(), sex, born, other)
        if rng.random() < 0.4:
            b["kelurahan"] = a["kelurahan"]
        return "namesakes", a, b

    def others(self) -> tuple[str, Content, Content]:
        """Return two people with nothing but a house, a day or a Daeng name in common."""
        rng = self.rng
        (sex, group), (other_sex, other_group) = rng.sample(self.people, 2)
        one, other = self.two_mothers()
        born = self.date(rng.random() < 0.3)
        way = rng.choice(("same day", "one house", "strangers"))
        a = self.record(rng.choice(group), sex, born, one)
        b = self.record(
            rng.choice(other_group), other_sex, born if way == "same day" else self.date(), other
        )
        if way == "same day" and sex == other_sex:
            b["nik"] = str(a["nik"])[:15] + str((int(str(a["nik"])[15]) + 1) % 10)
        if way == "one house":
            b |= {key: a[key] for key in ("phone", "kelurahan", "street")}
        return way, a, b

    def not_one(self) -> tuple[str, Content, Content]:
        return self.rng.choice(
            (self.relatives, self.relatives, self.namesakes, self.namesakes, self.others)
        )()

    def on_one_nik(self) -> tuple[str, Content, Content]:
        """Return two people on one NIK, the second's date and sex mostly read off it."""
        kind, a, b = self.not_one()
        b["nik"] = a["nik"]
        if self.rng.random() < 0.7:
            b |= {"birth_date": a["birth_date"], "sex": a["sex"]}
        return kind, a, b

    def under_two_niks(self) -> tuple[str, Content, Content]:
        """Return one worker twice: a second NIK, or one digit wrong, the date mostly right."""
        rng = self.rng
        a, b = self.one_worker()
        born = dt.date.fromisoformat(str(a["birth_date"]))
        way = rng.choice(("second NIK", "one digit", "two digits swapped"))
        nik = str(a["nik"])
        at = rng.randrange(0, 15)
        if way == "second NIK":
            b["nik"] = self.nik(born, str(a["sex"]))
        elif way == "one digit" or nik[at] == nik[at + 1]:
            b["nik"] = nik[:at] + str((int(nik[at]) + rng.randint(1, 9)) % 10) + nik[at + 1 :]
        else:
            b["nik"] = nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]
        if rng.random() < 0.25:
            self.wrong_date(b)
        elif way != "second NIK" and rng.random() < 0.4:
            b |= read_off(str(b["nik"]), b)
        return way, a, b


def written_out_pairs(seed: int, each: int, spellings: Spellings = SEEN) -> Iterator[Pair]:
    """Yield `each` pairs of the four sorts: one NIK or two, one worker or two."""
    author = Author(seed, spellings)
    for _ in range(each):
        a, b = author.one_worker()
        if author.rng.random() < 0.3:
            author.wrong_date(b)
        yield Pair("one worker", False, True, True, a, b)
        kind, a, b = author.on_one_nik()
        yield Pair(kind, True, True, False, a, b)
        kind, a, b = author.under_two_niks()
        yield Pair(kind, False, False, True, a, b)
        kind, a, b = author.not_one()
        yield Pair(kind, True, False, False, a, b)
