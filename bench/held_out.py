"""A third maker of pairs, from written-out groups of spellings: the judge was never tuned on it.

No noise is drawn here: every spelling was thought of and written down, so the judge meets what
people do rather than what a generator does. Look at its figures, never at its pairs.
"""

import datetime as dt
import random
from collections.abc import Iterator

from bench.pairs import Pair
from bench.people import Content, listed

# One person each; "|" parts the ways in which agents wrote the name, "@" opens the alias.
HIS = """
Abd. Gaffar Dg Situru|Abdul Gaffar|Abd Gaffar@Dg. Situru|ABDUL GAFFAR DAENG SITURU|Gaffar
Muh. Aswar|Muhammad Aswar|M. Aswar|Muhamad Azwar|ASWAR
H. Mustari Dg. Mangung|Mustari|Haji Mustari|Dg Mangung@Mustari|Mustari@Daeng Mangung
Yohanis Palimbong|Yohanes Palimbong|Johanis Palimbong|YOHANIS P.|Yohanis Palimbong@Papa Eko
Andi Pangerang Petta Rani|A. Pangerang|Andi Pangerang|ANDI PANGERANG PETTARANI|A. Pangerang P.
Syaharuddin|Saharuddin|Syahruddin|Saharudin|SYAHARUDDIN@Udin
Laode Muh. Safiuddin|La Ode Muhammad Safiuddin|LAODE MUH SAFIUDIN|La Ode Muh. Syafiuddin
Ramli Dg. Nyampa|Ramli|Ramly|RAMLI DAENG NYAMPA|Daeng Nyampa@Ramli
Sudarmin|Sudarming|SUDARMIN|Sudarmin@Dg Ngerang|Sudarmin Dg. Ngerang
Muhlis Pasang|Mukhlis Pasang|Muchlis Pasang|MUHLIS PASSANG|Muhlis
Bonto Dg Lau|Daeng Lau|Bonto@Dg Lau|Dg. Lau@Bonto|BONTO
Agustinus Tandi|Agustinus T.|AGUSTINUS TANDI|Agus Tandi|Agustinus Tandi@Agus
Rahmat Hidayatullah|Rahmat Hidayatulah|Rahmad Hidayatullah|RAHMAT HIDAYAT ULLAH|Rachmat Hidayatullah
Nasrun bin Mappa|Nasrun|NASRUN B. MAPPA|Nasrun Mappa|Nasrung
Djumadi|Jumadi|DJUMADI|Jumady|Jumadi@Mas Jum
Abdullah Sani|Abdullah S.|ABDULLAH SANI|Abdulah Sani|Abd. Sani Abdullah
Supardjo|Suparjo|SUPARDJO|Soeparjo|Suparyo
Muh. Nur Fajrin|Muhammad Nurfajrin|Nur Fajrin|MUH NURFAJRIN|M. Nur Fajrin
Hamzah Yunus, S.E.|Hamzah Yunus|Hamsah Yunus|HAMZAH YUNUS SE|Hamzah
Baso Amir|Amir|BASO AMIR|Baso Amir@Dg. Tompo|Amir Dg Tompo
Kaimuddin|Kaimudin|Khaimuddin|KAIMUDDIN|Kaimuddin@Kai
Muhammad Fitrah Ramadhan|Muh Fitrah Ramadhan|Muh. Fitra Ramadan|M. Fitrah R.|Fitrah Ramadhan
Arsyad Dg. Siala|Arsad|Arsyad@Dg Siala|ARSYAD DG SIALA|Dg. Siala@Arsyad
I Made Suwitra|Made Suwitra|I MADE SUWITRA|Made Switra|I Made S.
Tuan Guru Baharuddin|Baharuddin|BAHARUDIN|Bahar@Baharuddin|Baharuddin@Bahar
Jusuf Kalla Dg. Rewa|Yusuf Kalla|JUSUF KALLA|Yusuf@Dg Rewa|Jusuf Dg. Rewa
"""
HERS = """
Sitti Hawang Dg. Puji|St. Hawang|SITTI HAWANG|Hawang@Dg Puji|Dg. Puji@Sitti Hawang
Hj. Sitti Subaedah|St. Subaedah|Siti Subaidah|HJ ST SUBAEDAH|Subaedah
Nur Intan|Nurintan|NUR INTAN|Nurintang|Intan@Nur Intan
Hasnawati, S.Pd|Hasnawati|HASNAWATY|Hj. Hasnawati|Hasnawati S. Pd.
Maria Goreti Bunga|Maria G. Bunga|MARIA GORETI|Maria Goretti Bunga|Maria Bunga
Andi Tenriola|A. Tenriola|Andi Tenri Ola|ANDI TENRIOLA|Tenriola
Sunarsih|Soenarsih|SUNARSIH|Sunarsi|Sunarsih@Bu Narsih
Nurhikmah Amaliah|Nur Hikmah Amaliah|Nurhikma Amalia|NURHIKMAH A.|Nurhikmah
Rampe Dg. Baji|Rampe|Dg Baji@Rampe|RAMPE DAENG BAJI|Rampe@Dg. Baji
Wa Ode Sitti Rahma|Waode Siti Rahma|WA ODE ST RAHMA|Waode Rahma|Wa Ode St. Rahmah
Jumintang|Jumintan|JUMINTANG|Jumintang@Dg Ti'no|Jumintang Dg. Ti'no
Khadijah|Hadijah|Hadija|KHADIDJAH|Chadijah
Syamsinar|Samsinar|SYAMSINAR|Syamsinar@Dg. Rannu|Sitti Syamsinar
Irma Suryani|Irma S.|IRMA SURYANI|Irmasuryani|Irma Surjani
Sitti Nurliah Dg Taco|St. Nurlia|Nurliah|SITTI NURLIAH|Dg Taco@Nurliah
Yuliana Sampe|Juliana Sampe|YULIANA SAMPE|Yuliana S.|Yuliana
Fatmawaty Rahman|Fatmawati Rahman|FATMAWATI|Patmawati Rahman|Fatma@Fatmawati Rahman
Besse Kanja|Besse' Kanja|BESSE KANJA|Bessekanja|Besse Kanja@Dg Kenna
Sri Mulyani Tahir|Sri Muliani Tahir|SRI MULYANI|Srimulyani Tahir|Sri Mulyani T.
Darniati binti Sangkala|Darniati|DARNIATY|Darniati B. Sangkala|Darniati Sangkala
Nuraeni Dg. Lebang|Nuraini|Noeraeni|NURAENI@DG LEBANG|Dg Lebang@Nuraeni
Halija|Halijah|Halidja|HALIJAH|St. Halija
Rosalina Wulandari|Rosalina W.|ROSALINA WULANDARI|Roslina Wulandari|Rosalina
Te'ne Dg. Caya|Tene|TE'NE|Dg Caya@Te'ne|Tene Daeng Caya
Bungawati|Bunga Wati|BUNGAWATY|Bungawati@Dg So'na|Sitti Bungawati
Hartati Dg Kenang|Hartaty|HARTATI|Hartati@Dg. Kenang|St. Hartati
"""
MOTHERS = """
Bungko|BUNGKO|Bunko
St. Rabiah|Sitti Rabiah|Rabia|RABIAH
Dg. Singara|Singara|Daeng Singara
Indo Upe|Upe|INDO UPE
Hj. Marhumah|Marhumah|Marhuma|HJ MARHUMAH
Yohana Sarira|Johana Sarira|YOHANA S.
Sulaeha Dg. Bollo|Sulaeha|Zulaeha|SULAEHA
Ati Raja|Atiraja|ATI RAJA
Monira|Munira|MONIRA
Sitti Saleha|St. Saleha|Saleha|Siti Salehah
Kebo Dg. Lino|Kebo|Dg Lino Kebo
Marauleng|MARAULENG|Maraoleng
I Tanning|Tanning|I TANNING
Almh. Cinnong|Cinnong|CINNONG
Rostiah|Rostia|Rostiyah
Wa Ode Nurlela|Waode Nurlaela|WA ODE NURLELA
Suharni|Soeharni|SUHARNI
Ratu Dg. Ngasih|Ratu|RATU DAENG NGASIH
"""
# Two people each: twins, brothers and sisters, cousins, people behind one another in the queue.
APART = """
M Hasbullah/Habibullah
M Muh. Fadel/Muh. Fadil Akram
M Rusman/Ruslin
M Sainal/Sainuddin
M Muhammad Akbar/Muhammad Asgar
M Abd. Rauf/Abd. Rajab
M Andi Firman/Andi Firdaus
M Sofyan Tandi/Soleman Tandi
M Supriyanto/Supriyadi
M Kamal/Jamal
M Risal/Faisal
M Muh. Arif/Muh. Alif
M La Ode Hasan/La Ode Hasim
M Syahrul Gunawan/Syahril Gunawan
M Irfan/Irwan
M Baso Lolo/Baso Tancung
F Hasmiah/Hasmirah
F Nurul Fadhilah/Nurul Izzah
F Sitti Hadrah/Sitti Hajar
F Rosmiani/Rostiani
F Indah Sari/Intan Sari
F Marlia/Marwia
F Nur Asia/Nur Alia
F Dian Eka/Dina Eka
F Sri Ratna/Sri Rahma
F Wa Ode Nia/Wa Ode Mina
F Halima Tusadia/Hasnah Tusadia
F Andi Tenri/Andi Batari
F Hj. Nurbia/Hj. Nurdia
F Yuliati/Yulianti Sampe
F Besse Tang/Besse Lebbi
F Sumiati/Suriati
"""
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

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"held out {seed}")
        self.people = [("M", group) for group in _groups(HIS)] + [
            ("F", group) for group in _groups(HERS)
        ]
        self.mothers = _groups(MOTHERS)

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
        sex, names = rng.choice([line.split(" ", 1) for line in APART.strip().splitlines()])
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
            sex, group = "M", rng.choice(_groups(HIS))
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
            day = int(str(b["nik"])[6:8])
            try:
                read = dt.date(
                    born.year // 100 * 100 + int(str(b["nik"])[10:12]),
                    int(str(b["nik"])[8:10]),
                    day % 40,
                )
                b |= {"birth_date": read.isoformat(), "sex": "F" if day > 40 else "M"}
            except ValueError:
                pass
        return way, a, b


def held_out_pairs(seed: int, each: int) -> Iterator[Pair]:
    """Yield `each` pairs of the four sorts: one NIK or two, one worker or two."""
    author = Author(seed)
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
