"""One cell of a list to one member's value; pure, and never guessing.

Each reader takes the cell's text (trimmed) and returns the value, or None where it cannot
tell: then the text stays as it was typed, and the check names the member.
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from schemas.words import ConsentMethod, Payer, PhoneOwner, Programme, Sector, Sex

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_MONTHS = (
    ("januari", "january"),
    ("februari", "february", "pebruari"),
    ("maret", "march"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "august", "agt", "ags"),
    ("september",),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)
_NUMBERS = {
    word[:length]: number
    for number, words in enumerate(_MONTHS, start=1)
    for word in words
    for length in range(3, len(word) + 1)
}
_DAY_LAST = re.compile(r"(?<!\d)(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})$")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})\s*[-/. ]\s*(\d{1,2}|[A-Za-z]{3,9})\.?\s*[-/., ]\s*(\d{4}|\d{2})$"
)
_MONTH_FIRST = re.compile(r"(\d{1,2}|[A-Za-z]{3,9})\.?\s*[-/. ]\s*(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/. ]\s*(\d{1,2}|[A-Za-z]{3,9})")
_TIME = re.compile(r"(?:pukul|jam|,|T)?\s*(\d{1,2})[:.](\d{2})(?::\d{2})?(?:\s*wita)?$", re.I)
_THOUSANDS = re.compile(r"(\d{1,3})((?:\.\d{3})+|(?:,\d{3})+)(?:[.,]0{1,2})?")
_PLAIN = re.compile(r"(\d+)(?:[.,]0{1,2})?")
_MILLIONS = re.compile(r"(\d+)(?:[.,](\d{1,6}))?\s*(juta|jt|ribu|rb)")
_ROUNDED = re.compile(r"\d[.,]?\d*e\+?\d+", re.I)
_NOTHING = frozenset({"-", "--", "tidak ada", "tdk ada", "tidak punya", "tdk punya", "none"})
_UNKNOWN = frozenset({"tidak tahu", "tdk tahu", "tidak diketahui", "tdk diketahui", "unknown"})

_SEXES = {
    **dict.fromkeys(("l", "lk", "laki", "lakilaki", "pria", "m", "male"), Sex.MALE.value),
    **dict.fromkeys(("p", "pr", "perempuan", "wanita", "w", "f", "female"), Sex.FEMALE.value),
}
_METHODS = {
    **dict.fromkeys(("lisan", "dibacakan", "bacakan"), ConsentMethod.READ_ALOUD.value),
    **dict.fromkeys(("baca", "dibaca", "membaca"), ConsentMethod.READ.value),
    **dict.fromkeys(
        ("tanda tangan", "tandatangan", "ttd", "ditandatangani", "tertulis"),
        ConsentMethod.SIGNED.value,
    ),
    **{method.value: method.value for method in ConsentMethod},
}
_SECTORS = {
    **dict.fromkeys(("transport", "transportasi", "angkutan"), Sector.TRANSPORT.value),
    **dict.fromkeys(("other", "lain", "lainnya", "non transportasi"), Sector.OTHER.value),
}
_PAYERS = {
    **dict.fromkeys(("sendiri", "mandiri", "peserta", "self"), Payer.SELF.value),
    **dict.fromkeys(("donatur", "donor", "sponsor"), Payer.DONOR.value),
    **dict.fromkeys(("apbd", "apbn", "pemerintah", "budget"), Payer.BUDGET.value),
}
_OWNERS = {
    **dict.fromkeys(("sendiri", "milik sendiri", "self"), PhoneOwner.SELF.value),
    **dict.fromkeys(("keluarga", "family", "suami", "istri", "anak"), PhoneOwner.FAMILY.value),
    **dict.fromkeys(("tidak ada", "tidak punya", "none", "-"), PhoneOwner.NONE.value),
}


def cell_text(cell: Cell) -> str:
    """Return a cell as the text that a person reads in it, trimmed; "" where it is empty.

    Whole numbers lose the ".0" of spreadsheets, dates are ISO; the apostrophe that marks
    text in a spreadsheet is taken off.
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        if cell.time() == time():
            return cell.date().isoformat()
        return cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip().lstrip("'’‘`").strip()


def is_rounded(cell: Cell) -> bool:
    """Tell whether a NIK's cell is a number, or text made of one: Excel keeps 15 digits.

    7.37101E+15 is one, and so is 16 digits ending in 0000, since no NIK does: the serial
    that stood there is lost (DOMAIN.md section 5).
    """
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return abs(cell) >= 10**14
    text = cell_text(cell)
    if _ROUNDED.fullmatch(text.replace(" ", "")):
        return True
    return re.fullmatch(r"\d{12}0000|\d{16}[.,]0+", text) is not None


def read_month_name(text: str) -> int | None:
    """Read a month's name, whole or cut to three letters or more, Indonesian or English."""
    return _NUMBERS.get(text.casefold())


def read_date(text: str, today: date) -> date | None:
    """Read a day at the end of a text; a two-digit year means somebody of working age."""
    if found := _DAY_LAST.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.search(text):
        month = int(found[2]) if found[2].isdigit() else read_month_name(found[2])
        return _date(_year(found[3], today), month or 0, int(found[1]))
    return None


def read_birth(text: str, today: date) -> tuple[str | None, str] | None:
    """Read place and day of birth as in "Makassar, 17-08-1985": (place or None, ISO day)."""
    found = _DAY_LAST.search(text) or _DAY_FIRST.search(text)
    day = read_date(text, today)
    if found is None or day is None:
        return None
    return text[: found.start()].strip(" ,;:/-.") or None, day.isoformat()


def read_first_month(text: str) -> str | None:
    """Read a month: "12-2026", "Desember 2026", "Des-26", "2026-12", or a day in it."""
    if found := _DAY_LAST.fullmatch(text):
        return _month(found[1], found[2])
    if found := _YEAR_FIRST.fullmatch(text):
        return _month(found[1], found[2])
    if found := _MONTH_FIRST.fullmatch(text):
        return _month(found[2], found[1])
    if found := _DAY_FIRST.fullmatch(text):
        return _month(found[3], found[2])
    return None


def read_rupiah(text: str) -> int | None:
    """Read whole rupiah: "Rp 1.500.000", "1500000", "1,500,000.00", "1,5 juta", "900 rb"."""
    plain = re.sub(r"(?i)^rp\.?|,-|\.-|per bulan|/ ?(bulan|bln)|\s", "", text.strip())
    if found := _THOUSANDS.fullmatch(plain):
        return int(found[1] + re.sub(r"\D", "", found[2]))
    if found := _PLAIN.fullmatch(plain):
        return int(found[1]) if len(found[1]) <= 15 else None
    if found := _MILLIONS.fullmatch(plain.casefold()):
        unit = 6 if found[3] in ("juta", "jt") else 3
        fraction = found[2] or ""
        if len(fraction) <= unit and len(found[1]) <= 6:
            return int(found[1] + fraction.ljust(unit, "0"))
    return None


def read_phone(text: str) -> str | None:
    """Read a phone number as E.164, Indonesian where no country is named; "" for "-"."""
    if text.casefold() in _NOTHING:
        return ""
    plain = re.sub(r"[\s().\-–]", "", text)
    if not re.fullmatch(r"\+?\d{8,15}", plain):
        return None
    for start, country in (("+", "+"), ("62", "+62"), ("0", "+62"), ("8", "+628")):
        if plain.startswith(start):
            return country + plain.removeprefix(start)
    return None


def read_sex(text: str) -> str | None:
    """Read L/P, Laki-laki/Perempuan and the like."""
    return _SEXES.get(re.sub(r"[^a-z]", "", text.casefold()))


def read_mother(text: str) -> tuple[str, bool] | None:
    """Read a mother's name: (name, False), or ("", True) where she is said to be unknown."""
    return ("", True) if text.casefold() in _UNKNOWN else (text, False)


def read_programmes(text: str) -> list[str] | None:
    """Read "2", "3", "3 program", "JKK+JKM", "JKK, JKM, JHT" as a sorted list."""
    folded = text.upper().replace("PROGRAM", "").strip()
    if folded in ("2", "3"):
        chosen = [one.value for one in sorted(Programme)]
        return chosen[1:] if folded == "2" else chosen
    words = [word for word in re.split(r"[^A-Z]+", folded) if word not in ("", "DAN", "AND")]
    if not words or not set(words) <= set(Programme):
        return None
    return sorted({Programme(word).value for word in words})


def read_months(text: str) -> int | None:
    """Read a number of months: "3", "3 bulan", "1 bln"."""
    found = re.fullmatch(r"(\d{1,3})\s*(bulan|bln|months?)?", text.casefold())
    return int(found[1]) if found else None


def read_three_digits(text: str) -> str | None:
    """Read the number of an RT or RW: "4" is "004"."""
    found = re.fullmatch(r"(?:r[tw]\.?)?\s*(\d{1,3})", text.casefold())
    return found[1].zfill(3) if found else None


def read_consent(text: str, zone: ZoneInfo, today: date) -> tuple[str, str] | None:
    """Read consent as day (and hour) and method: "2026-11-20 lisan". RFC 3339 and method.

    A day alone is its beginning. None unless both are there: consent is never made up.
    """
    for method, value in sorted(_METHODS.items(), key=lambda one: -len(one[0])):
        found = re.search(rf"(?<![a-z]){re.escape(method)}(?![a-z])", text.casefold())
        if found:
            rest = (text[: found.start()] + " " + text[found.end() :]).strip(" ,;:/-.()")
            moment = _moment(rest, zone, today)
            return None if moment is None else (moment.isoformat(), value)
    return None


def read_sector(text: str) -> str | None:
    """Read the sector of work."""
    return _SECTORS.get(text.casefold())


def read_payer(text: str) -> str | None:
    """Read who pays."""
    return _PAYERS.get(text.casefold())


def read_phone_owner(text: str) -> str | None:
    """Read whose phone it is."""
    return _OWNERS.get(text.casefold())


def _moment(text: str, zone: ZoneInfo, today: date) -> datetime | None:
    hour = time()
    if found := _TIME.search(text):
        day = read_date(text[: found.start()].strip(" ,;"), today)
        if day is not None and int(found[1]) < 24 and int(found[2]) < 60:
            hour = time(int(found[1]), int(found[2]))
            return datetime.combine(day, hour, zone)
    day = read_date(text, today)
    return None if day is None else datetime.combine(day, hour, zone)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    recent = 2000 + int(text)
    return recent if recent <= today.year - 15 else recent - 100


def _month(year: str, month: str) -> str | None:
    number = int(month) if month.isdigit() else read_month_name(month)
    if number is None or not 1 <= number <= 12:
        return None
    return f"{int(year) if len(year) == 4 else 2000 + int(year):04d}-{number:02d}"
