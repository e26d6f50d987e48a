"""A second maker of pairs, built another way: a made-up town that lives and is met by agents.

Households with parents, children, twins and sons named after their fathers; every meeting of
an agent with a worker is one noisy record. Pairs are drawn from what was met: the same worker
twice, or two workers who are easily mixed up. Nothing keeps them decidable: a third of the
namesakes' mothers are unknown or called alike.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from bench.meetings import read_off
from bench.pairs import Pair
from bench.people import Content, listed

HE = listed("""
Abbas Agus Aidil Alwi Ambo Arman Arsyad Awaluddin Bahtiar Bustam Daud Dedi Edi Fahri Faisal
Galigo Gaffar Hakim Halim Hamka Haris Harun Hendra Husain Hasan Ilyas Imran Jabal Jafar Jamal
Junaedi Kadir Kasim Lukman Mahmud Makmur Mattola Mukhlis Mursalim Musa Nawir Patta Rasyid Rauf
Rusdi Sahrul Said Sakka Sampara Sangkala Suardi Suparman Syafri Taufik Tamrin Wawan Yahya
Zakaria
""")
SHE = listed("""
Aisyah Andriani Asmawati Bahria Bau Caya Darma Dewi Eka Fauziah Hadijah Hafsah Hamidah Harlina
Hasma Hawa Ida Ina Jamilah Johrah Kamariah Khadijah Kurnia Lina Linda Mantasia Marlina Masnah
Mira Nia Ningsih Nur Nurdiana Nurfadillah Nurhidayah Nurjannah Nurmiati Nursam Puspita Rahma
Ratnawati Risma Rohani Rosdiana Rosnawati Sabariah Salma Satriani Sinar Sitti Sohrah Suharti
Sukmawati Tini Ulfa Ummi Wahida Yati Yuni Zainab
""")
ALLEY = listed("""
Baso Beta Bulu Cora Jalling Lalang Lewa Lonjo Mangka Mile Muntu Nakku Naba Puji Ranca Salle
Sanga Sarro Siama Tarang Tino Toro Tutu Unjung
""")
OCR = {"O": "0", "I": "1l", "m": "rn", "l": "I1", "a": "o", "e": "c", "h": "b", "n": "h", "u": "v"}
CONFUSED_DIGITS = dict(zip("1738065942", "7183606497", strict=True))
PLACES = listed("737107 737110 737111 737112 730611 731101 730203")


@dataclass
class Worker:
    """One made-up person as the world knows them."""

    sex: str
    given: str
    born: dt.date
    mother: str
    house: "House"
    title: str = ""
    father: str = ""
    daeng: str = ""
    nik: str = ""
    phone: str = ""

    @property
    def card_name(self) -> str:
        return " ".join(part for part in (self.title, self.given, self.father) if part)


@dataclass
class House:
    """One household: its place, its shared phone, who lives there."""

    kelurahan: str
    lorong: str
    phone: str
    workers: list[Worker] = field(default_factory=list)


class Neighbourhood:
    """A town of made-up households, the same for the same seed."""

    def __init__(self, seed: int, houses: int = 700) -> None:
        self.rng = random.Random(f"town {seed}")
        self.serials: dict[str, int] = {}
        self.houses = [self._house() for _ in range(houses)]
        self.workers = [worker for house in self.houses for worker in house.workers]

    def _given(self, sex: str) -> str:
        stock = HE if sex == "M" else SHE
        first = stock[int(len(stock) * self.rng.betavariate(1, 1.6))]
        if self.rng.random() < 0.35:
            second = self.rng.choice(stock)
            return f"{first} {second}" if second != first else first
        return first

    def _phone(self) -> str:
        return f"+6285{self.rng.randrange(10**9):09d}"

    def _worker(self, sex: str, year: int, mother: str, house: House, father: str = "") -> Worker:
        rng = self.rng
        born = dt.date(year, rng.randint(1, 12), rng.randint(1, 28))
        if rng.random() < (0.35 if year < 1980 else 0.06):
            born = dt.date(year, *rng.choice(((1, 1), (12, 31), (7, 1))))
        worker = Worker(sex, self._given(sex), born, mother, house)
        if rng.random() < 0.3:
            his = ("Muh.", "Muhammad", "Abd.", "M.", "Andi", "Muh")
            worker.title = rng.choice(his) if sex == "M" else "St."
        worker.father = father if father and rng.random() < 0.25 else ""
        worker.daeng = rng.choice(ALLEY) if rng.random() < 0.4 else ""
        self.give_nik(worker)
        worker.phone = house.phone if rng.random() < 0.5 else self._phone()
        return worker

    def give_nik(self, worker: Worker) -> None:
        """Give the next free serial of a registration place."""
        day = worker.born.day + 40 * (worker.sex == "F")
        start = f"{self.rng.choice(PLACES)}{day:02d}{worker.born:%m%y}"
        self.serials[start] = self.serials.get(start, 0) + self.rng.choice((1, 1, 1, 2, 5))
        worker.nik = f"{start}{self.serials[start]:04d}"

    def _house(self) -> House:
        rng = self.rng
        kelurahan = f"7371{rng.randint(7, 12):02d}1{rng.randint(1, 9):03d}"
        house = House(kelurahan, f"Lr. {rng.randint(1, 20)}", self._phone())
        year = rng.randint(1958, 1985)
        he = self._worker("M", year, self._given("F"), house)
        she = self._worker("F", year + rng.randint(-2, 6), self._given("F"), house)
        house.workers = [he, she]
        father = he.given.split()[0]
        for number in range(rng.randint(0, 4)):
            sex = rng.choice("MF")
            born = she.born.year + 19 + 2 * number
            child = self._worker(sex, born, she.card_name, house, father)
            if sex == "M" and rng.random() < 0.15:
                child.given, child.title, child.father = he.given, he.title, ""
            house.workers.append(child)
            if rng.random() < 0.12:
                twin = self._worker(sex, born, she.card_name, house, father)
                twin.born = child.born
                self.give_nik(twin)
                house.workers.append(twin)
        return house

    # Meetings

    def met(self, worker: Worker, slips: float) -> Content:
        """Return one record of the worker as an agent wrote it, the slips as a rate of error."""
        rng = self.rng
        name, alias = self._as_told(worker, slips)
        record: Content = {
            "nik": worker.nik,
            "full_name": self._as_typed(name, slips),
            "birth_date": self._date_as_typed(worker.born, slips),
            "sex": worker.sex,
            "phone": worker.phone if rng.random() < 0.75 else worker.house.phone,
            "phone_owner": "self" if worker.phone != worker.house.phone else "family",
            "kelurahan": worker.house.kelurahan,
            "lorong": worker.house.lorong,
        }
        if alias:
            record["alias"] = alias
        if rng.random() < 0.12 + slips / 2:
            return record | {"unknown_mother": True}
        mother = worker.mother
        if len(mother.split()) > 1 and rng.random() < 0.25:
            mother = mother.split()[-1] if mother.startswith("St.") else mother.split()[0]
        return record | {"mother_name": self._as_typed(mother, slips)}

    def _as_told(self, worker: Worker, slips: float) -> tuple[str, str]:
        rng = self.rng
        given, daeng = worker.given, rng.choice(("Dg ", "Dg. ", "Daeng ")) + worker.daeng
        name, alias = worker.card_name, ""
        if worker.daeng and rng.random() < slips:
            name, alias = daeng, given if rng.random() < 0.7 else ""
        elif worker.daeng and rng.random() < 0.3:
            name = f"{worker.card_name} {daeng}"
        elif worker.daeng:
            alias = daeng if rng.random() < 0.8 else ""
        if worker.title and rng.random() < slips:
            name = name.replace(f"{worker.title} ", "", 1)
        if worker.father and rng.random() < 0.3 and name == worker.card_name:
            name = f"{given} {'bin' if worker.sex == 'M' else 'binti'} {worker.father}"
        if rng.random() < slips / 2 and len(given.split()) == 2 and name == worker.card_name:
            name = name.replace(given, given.split()[rng.randrange(2)])
        if rng.random() < 0.06:
            name = ("Hj. " if worker.sex == "F" else "H. ") + name
        return name, alias

    def _as_typed(self, text: str, slips: float) -> str:
        rng = self.rng
        for title, forms in (
            ("Muh.", ("Muh.", "Muhammad", "Muh", "Moh.", "Mohamad")),
            ("Abd.", ("Abd.", "Abdul", "Abd")),
            ("St.", ("St.", "Sitti", "Siti", "St", "Sitti")),
        ):
            if text.startswith(title + " "):
                text = rng.choice(forms) + text[len(title) :]
        out = []
        for letter in text:
            if letter.isalpha() and rng.random() < slips * 0.12:
                letter = rng.choice((OCR.get(letter, ""), "", letter * 2, rng.choice("aeiounrst")))
            out.append(letter)
        text = "".join(out)
        sounds = (
            ("sy", "s"),
            ("kh", "h"),
            ("h ", " "),
            ("ae", "ai"),
            ("uddin", "udin"),
            ("j", "y"),
        )
        for one, two in sounds:
            if rng.random() < slips * 0.4:
                text = text.replace(one, two, 1)
        if rng.random() < 0.2:
            text = text.upper() if rng.random() < 0.7 else text.lower()
        return text

    def _date_as_typed(self, born: dt.date, slips: float) -> str:
        rng = self.rng
        if rng.random() >= slips * 0.5:
            return born.isoformat()
        if born.day <= 12 and rng.random() < 0.6:
            return born.replace(day=born.month, month=born.day).isoformat()
        day = min(born.day, 28)
        if rng.random() < 0.5:
            return born.replace(month=born.month % 12 + 1, day=day).isoformat()
        return born.replace(year=born.year + rng.choice((-10, -1, 1, 10)), day=day).isoformat()

    # Pairs

    def same_twice(self, slips: float) -> tuple[Content, Content]:
        worker = self.rng.choice(self.workers)
        return self.met(worker, slips / 3), self.met(worker, slips)

    def two_numbers(self, slips: float) -> tuple[Content, Content]:
        worker = self.rng.choice(self.workers)
        a, b = self.met(worker, slips / 3), self.met(worker, slips)
        if self.rng.random() < 0.5:
            b["nik"] = self._misread(worker.nik)
            if self.rng.random() < 0.4:
                b |= read_off(str(b["nik"]), b)
            return a, b
        held = worker.nik
        self.give_nik(worker)
        b["nik"], worker.nik = worker.nik, held
        if self.rng.random() < 0.25:
            moved = self.rng.choice(self.houses)
            b |= {"kelurahan": moved.kelurahan, "lorong": moved.lorong}
        return a, b

    def _misread(self, nik: str) -> str:
        at = self.rng.randrange(4, 15)
        if self.rng.random() < 0.35 and nik[at] != nik[at + 1]:
            return nik[:at] + nik[at + 1] + nik[at] + nik[at + 2 :]
        return nik[:at] + CONFUSED_DIGITS[nik[at]] + nik[at + 1 :]

    def mixed_up(self) -> tuple[str, Worker, Worker]:
        """Draw two different workers who are easily taken for one."""
        rng = self.rng
        ways = ("housemates", "twins", "named after", "namesakes", "neighbours", "anybody")
        while True:
            way = rng.choice(ways)
            one = rng.choice(self.workers)
            rest = [worker for worker in self._near(way, one) if worker is not one]
            if rest:
                return way, one, rng.choice(rest)

    def _near(self, way: str, one: Worker) -> list[Worker]:
        home = one.house.workers
        if way == "housemates":
            return home
        if way == "twins":
            return [worker for worker in home if worker.born == one.born]
        if way == "named after":
            return [worker for worker in home if worker.given == one.given]
        if way == "neighbours":
            place = one.house.kelurahan
            return [worker for worker in self.workers if worker.house.kelurahan == place]
        if way == "namesakes":
            alike = [w for w in self.workers if (w.given, w.sex) == (one.given, one.sex)]
            return sorted(alike, key=lambda w: (abs((w.born - one.born).days), w.nik))[:3]
        return self.workers

    def one_number(self, slips: float) -> tuple[str, Content, Content]:
        way, one, other = self.mixed_up()
        a, b = self.met(one, slips / 3), self.met(other, slips)
        b["nik"] = a["nik"]
        if self.rng.random() < 0.6:
            b |= read_off(str(b["nik"]), b)
        return way, a, b


def neighbourhood_pairs(seed: int, each: int) -> Iterator[Pair]:
    """Yield 3 x `each` pairs of the four sorts: one NIK or two, one worker or two."""
    town = Neighbourhood(seed)
    for slips in (0.1, 0.25, 0.4):
        for _ in range(each):
            yield Pair("one worker", slips > 0.2, True, True, *town.same_twice(slips))
            yield Pair("one worker", slips > 0.2, False, True, *town.two_numbers(slips))
            way, a, b = town.one_number(slips)
            yield Pair(way, True, True, False, a, b)
            way, one, other = town.mixed_up()
            yield Pair(way, True, False, False, town.met(one, slips / 3), town.met(other, slips))
