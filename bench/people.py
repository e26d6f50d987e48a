"""Made-up workers of Makassar, and what hands, ears and forms do to their records.

Nobody here exists: names are drawn from common stock, numbers from a seeded generator.
"""

import datetime as dt
import random
from collections.abc import Callable

from server.rules import given_names

Content = dict[str, object]


def listed(text: str) -> list[str]:
    """Return the words of a written-out list."""
    return text.split()


MEN = listed("""
Ibrahim Basri Syamsuddin Kamaruddin Baharuddin Rahman Rahim Rahmat Ridwan Ruslan Rustam Arifin
Amiruddin Hamzah Hasanuddin Ilham Irwan Iskandar Ismail Jamaluddin Jufri Kaharuddin Mansyur
Mustafa Muhtar Nasir Nurdin Rizal Sabir Saharuddin Salahuddin Sudirman Sulaiman Supriadi Syahrir
Syahrul Tajuddin Usman Wahyu Yusuf Zainal Zulkifli Fadli Fajar Akbar Alimuddin Anwar Aras Asri
Baso Bakri Burhanuddin Darwis Firman Haeruddin Hasbi Idris Jalaluddin Mappiare Makkawaru
""")
WOMEN = listed("""
Nurhayati Hasnah Hasniah Aminah Fatimah Rahmawati Rosmini Rosmiati Nuraeni Nurlina Nursiah
Nurbaya Maryam Maemunah Halimah Hamsinah Hasmiati Herlina Irmawati Jumriah Kartini Kasmawati
Marwah Mariani Megawati Murniati Nadirah Nirwana Rabiah Rahmatia Ramlah Ratna Rukiah Sahariah
Salmah Samsiah Saenab Suriani Syamsiah Wahyuni Yuliana Zubaedah Becce Besse Tenri Indrawati
Ernawati Fitriani Sumarni Sunarti Darmawati Asnidar Asriani Bunga Cahaya Dahlia Erni Hajrah
Jumiati
""")
LAST_M = listed("""
Hidayat Saputra Kurniawan Pratama Rauf Latif Tahir Said Mallarangeng Sanusi Karim Yunus
""")
LAST_F = listed("""
Lestari Sari Utami Rahayu Anggraeni Ramadhani Safitri Pertiwi Handayani Kadir
""")
DAENG = listed("""
Ngalle Tata Sila Kanang Bau Nai Rani Ngai Sese Kulle Lira Mappuji Situju Tayang Ngasseng Lurang
Bollo Jarre Te'ne Ratu Intang Baji Simba Tompo Gassing Nassa Rurung Rampeangng Sikki Taba Ngewa
""")
TYPO_KEYS = dict(
    pair.split(":")
    for pair in listed("""
a:sq b:vn d:sf e:wr g:fh h:gj i:uo k:jl l:kp m:n n:mb o:ip r:et s:ad t:ry u:yi w:qe y:tu
""")
)
RARE_BEGINS = listed("Mappa Makka Mang Palla Tenri Ambo Puang Batari Pala Manno Matto Lalla")
RARE_ENDS = listed(
    "tunru wali gau sessu roro ulu gading ngile raja sappe tola reppe sau kessing jellu"
)
KNOWN_MEN, KNOWN_WOMEN = listed(given_names.MEN), listed(given_names.WOMEN)
KELURAHAN = [f"7371{k:02d}1{n:03d}" for k in range(1, 16) for n in range(1, 9)]
PLACES = listed("""
Makassar Makassar Makassar Gowa Takalar Maros Bone Jeneponto Bulukumba Bantaeng
""")
HEAPED = ((1, 1), (1, 1), (1, 1), (31, 12), (1, 7))


def pick(rng: random.Random, stock: list[str] | tuple[str, ...]) -> str:
    """Return a name of the stock; the first ones are the common ones."""
    return stock[min(int(rng.expovariate(3.5 / len(stock))), len(stock) - 1)]


def a_given_name(rng: random.Random, sex: str) -> str:
    """Return a given name: of five, two are everybody's, two are known, one is hardly anybody's."""
    way = rng.random()
    if way < 0.4:
        return pick(rng, MEN if sex == "M" else WOMEN)
    if way < 0.8:
        return rng.choice(KNOWN_MEN if sex == "M" else KNOWN_WOMEN)
    return rng.choice(RARE_BEGINS) + rng.choice(RARE_ENDS)


def a_name(rng: random.Random, sex: str) -> str:
    """Return a full name as on a card."""
    given = a_given_name(rng, sex)
    way = rng.random()
    if way < 0.30:
        return given
    if way < 0.55:
        first = rng.choice(("Muhammad", "Muhammad", "Abdul", "Andi")) if sex == "M" else "Sitti"
        if first == "Abdul":
            given = rng.choice(
                ("Rahman", "Rahim", "Kadir", "Rasyid", "Hamid", "Azis", "Salam", "Malik")
            )
        return f"{first} {given}"
    if way < 0.75:
        return f"{given} {pick(rng, LAST_M if sex == 'M' else LAST_F)}"
    if way < 0.85:
        return f"{given} Daeng {pick(rng, DAENG)}"
    if way < 0.92:
        return f"{given} {pick(rng, MEN)}"
    first = rng.choice(("Muhammad", "Andi") if sex == "M" else ("Andi", "Nur"))
    return f"{first} {given} {pick(rng, MEN)}"


def a_date(rng: random.Random, heaped: bool | None = None) -> dt.date:
    """Return a birth date of a working person; a fifth heaped on the estimated days."""
    year = rng.randint(1962, 2007)
    if heaped or (heaped is None and rng.random() < 0.2):
        day, month = rng.choice(HEAPED)
        return dt.date(year, month, day)
    return dt.date(year, 1, 1) + dt.timedelta(days=rng.randrange(1, 364))


def a_nik(rng: random.Random, born: dt.date, sex: str, serial: int | None = None) -> str:
    """Return a NIK of that date and sex, seven of ten first registered in Makassar."""
    prefix = rng.choice(("7306010", "7309030", "7305020", "7308110"))[:6]
    if rng.random() < 0.7:
        prefix = f"7371{rng.randint(1, 15):02d}"
    serial = serial or (rng.randint(1, 12) if rng.random() < 0.8 else rng.randint(13, 400))
    return f"{prefix}{born.day + (40 if sex == 'F' else 0):02d}{born:%m%y}{serial:04d}"


def someone(rng: random.Random, sex: str = "", born: dt.date | None = None) -> Content:
    """Return the content of one made-up worker, as a careful agent would write it."""
    sex = sex or rng.choice("MF")
    born = born or a_date(rng)
    content: Content = {
        "nik": a_nik(rng, born, sex),
        "full_name": a_name(rng, sex),
        "birth_place": rng.choice(PLACES),
        "birth_date": born.isoformat(),
        "sex": sex,
        "mother_name": a_name(rng, "F"),
        "phone": f"+628{rng.randint(10**8, 10**9 - 1)}",
        "phone_owner": rng.choice(("self", "self", "family")),
        "kelurahan": rng.choice(KELURAHAN),
        "rw": f"{rng.randint(1, 9):03d}",
        "rt": f"{rng.randint(1, 8):03d}",
        "lorong": f"Lorong {rng.randint(1, 30)}",
    }
    if rng.random() < 0.35 and "Daeng" not in str(content["full_name"]):
        content["alias"] = f"Daeng {pick(rng, DAENG)}"
    return content


def typo(rng: random.Random, text: str) -> str:
    """Return the text with one slip: a neighbour key, a lost, doubled or swapped letter."""
    at = [i for i, letter in enumerate(text) if letter.isalpha() and i > 0]
    if len(at) < 3:
        return text
    i = rng.choice(at)
    letter = text[i].lower()
    way = rng.randrange(4)
    if way == 0:
        return text[:i] + rng.choice(TYPO_KEYS.get(letter, "aeiou")) + text[i + 1 :]
    if way == 1:
        return text[:i] + text[i + 1 :]
    if way == 2:
        return text[:i] + letter + text[i:]
    return text[: i - 1] + text[i] + text[i - 1] + text[i + 1 :]


SHORT = {
    "Muhammad": ("Muh.", "Moh.", "M.", "Mohammad", "Muhamad", "Mochammad", "Muh", "Mhd."),
    "Abdul": ("Abd.", "Abd", "Abdoel"),
    "Sitti": ("St.", "Siti", "St", "Sitty", "ST."),
    "Andi": ("A.", "Andi"),
    "Daeng": ("Dg.", "Dg", "DG"),
}
SOUNDS = (
    ("ae", "ai"),
    ("ai", "ae"),
    ("f", "p"),
    ("z", "s"),
    ("dd", "d"),
    ("sy", "s"),
    ("ss", "s"),
    ("iah", "iyah"),
    ("ti", "ty"),
    ("y", "j"),
    ("j", "dj"),
    ("u", "oe"),
    ("kh", "h"),
    ("hm", "chm"),
    ("nah", "na"),
    ("wati", "waty"),
    ("q", "k"),
)


def respelled(rng: random.Random, name: str) -> str:
    """Return the name as another hand would write it; the same name to any reader."""
    words = [rng.choice(SHORT[w]) if w in SHORT and rng.random() < 0.6 else w for w in name.split()]
    text = " ".join(words)
    if text.endswith("an") and rng.random() < 0.2:
        text += "g"
    for old, new in rng.sample(SOUNDS, len(SOUNDS)):
        if old in text and rng.random() < 0.35:
            text = text.replace(old, new, 1)
            break
    ways: list[Callable[[str], str]] = [str.upper, str.lower, str, str, lambda t: f" {t}  "]
    return rng.choice(ways)(text)


def shortened(rng: random.Random, name: str) -> str:
    """Return the name with a word left out or cut to its first letter."""
    words = name.split()
    if len(words) == 1:
        return name
    if words[0] in {"Muhammad", "Sitti", "Abdul", "Andi", "Nur"} and rng.random() < 0.6:
        return " ".join(words[1:])
    if rng.random() < 0.3:
        return " ".join([*words[:-1], words[-1][0] + "."])
    return " ".join(words[:-1]) if words[-2] != "Daeng" else words[0]


def adorned(rng: random.Random, name: str, sex: str) -> str:
    """Return the name with what people hang on it: hajj, degrees, the father, a Daeng name."""
    hajj = "Hj." if sex == "F" else "H."
    ways = [
        f"{hajj} {name}",
        f"{name}, {rng.choice(('S.Pd', 'SE', 'S.T.', 'A.Md.Keb', 'S.Sos., M.Si'))}",
        f"{name} {'binti' if sex == 'F' else 'bin'} {pick(rng, MEN)}",
    ]
    return rng.choice(ways)


def reordered(rng: random.Random, name: str) -> str:
    """Return the name glued together, taken apart, or with its words the other way round."""
    words = name.split()
    if len(words) == 1:
        if name.startswith("Nur") and len(name) > 6:
            return f"Nur {name[3:].title()}"
        return name[: len(name) // 2] + " " + name[len(name) // 2 :] if len(name) > 6 else name
    if any(word.lower().startswith(("daeng", "dg")) for word in words):
        return name.replace("Daeng", "Dg")
    if rng.random() < 0.5:
        return "".join(words[:2]).capitalize() + " ".join(["", *words[2:]])
    return " ".join(reversed(words))
