"""Names of kelurahan and kecamatan, as people write them, to a code; pure.

Names repeat across kecamatan and kabupaten (Bontoala, Borong, Panaikang …), so a place is
taken only where exactly one fits, and never because it is nearly right (DOMAIN.md
section 6, name traps).
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from schemas.regions import Region

_KELURAHAN = re.compile(r"^(kelurahan|kel\b|desa|ds\b|lurah)\.?\s*")
_KECAMATAN = re.compile(r"^(kecamatan|kec\b|camat)\.?\s*")
_KABKOTA = re.compile(r"^(kabupaten|kab\b|kota)\.?\s*")
_ISLANDS = re.compile(r"^kep\b\.?\s*")
_CODE = re.compile(r"\d{2}\.?\d{2}\.?\d{2}\.?\d{4}")


@dataclass(frozen=True, slots=True)
class Place:
    """A region's code, or why there is none: `place_unknown`, `place_ambiguous`."""

    code: str | None
    problem: str | None = None
    candidates: tuple[str, ...] = ()


class Places:
    """The regions by their folded names, exactly and loosely."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._codes: dict[str, str] = {}
        self._named: dict[tuple[bool, str], list[Region]] = defaultdict(list)
        for one in regions:
            self._codes[_digits(one.code)] = one.code
            for loosely in (False, True):
                name = _fold(_KELURAHAN, one.kelurahan, loosely)
                self._named[loosely, name].append(one)

    def find(self, kelurahan: str, kecamatan: str = "", kabkota: str = "") -> Place:
        """Find the one kelurahan of a name (or code), within kecamatan and kabkota if given.

        Spaces, hyphens, apostrophes and doubled letters make no difference; where two
        differ only so, what is written exactly comes first.
        """
        if _CODE.fullmatch(kelurahan):
            code = self._codes.get(_digits(kelurahan))
            return Place(code) if code else Place(None, "place_unknown")
        for loosely in (False, True):
            found = [
                one
                for one in self._named.get((loosely, _fold(_KELURAHAN, kelurahan, loosely)), ())
                if _within(_KECAMATAN, kecamatan, one.kecamatan, loosely)
                and _within(_KABKOTA, kabkota, one.kabkota, loosely)
            ]
            if len(found) == 1:
                return Place(found[0].code)
            if found:
                names = tuple(f"{one.kecamatan}, {one.kabkota}" for one in found)
                return Place(None, "place_ambiguous", names)
        return Place(None, "place_unknown")


def _within(prefix: re.Pattern[str], written: str, name: str, loosely: bool) -> bool:
    return not written or _fold(prefix, written, loosely) == _fold(prefix, name, loosely)


def _fold(prefix: re.Pattern[str], text: str, loosely: bool) -> str:
    plain = prefix.sub("", text.casefold().strip())
    plain = _ISLANDS.sub("kepulauan ", plain)
    plain = "".join(one for one in plain if one.isalnum())
    return re.sub(r"(.)\1+", r"\1", plain) if loosely else plain


def _digits(code: str) -> str:
    return code.replace(".", "")
