"""A kind of business, as branches write it, to an occupation; pure.

Only what names one occupation is taken: "Pedagang" or "Jasa" alone could be many, and
sector and contribution hang on it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from schemas.occupations import Occupation

_WORD = re.compile(r"[^a-z0-9]+")
_ROLES = re.compile(
    r"^(tukang|pengemudi|driver|sopir|supir|pemilik|punya|usaha|pekerja|pembuat|penjual|jualan|jual|"
    r"pedagang|dagang|pedagangan) "
)
_SELLERS = re.compile(r"^(jualan|jual|pedagang|dagang) ")
_DRIVERS = re.compile(r"^(supir|driver|pengemudi) ")

_ALSO = {
    "ojek-online": ("gojek", "grab", "grabbike", "maxim", "ojek daring", "driver online"),
    "ojek-pangkalan": ("ojek", "tukang ojek", "ojek konvensional"),
    "taksi-online": ("grabcar", "gocar", "taksi daring"),
    "kurir-paket": ("kurir", "kurir barang", "ekspedisi"),
    "bentor": ("becak motor", "tukang bentor"),
    "daeng-becak": ("tukang becak", "becak"),
    "montir": ("bengkel", "bengkel motor", "bengkel mobil"),
    "pemilik-kios": ("kios", "warung campuran", "toko kelontong", "kelontong", "warung kelontong"),
    "penjual-pulsa": ("konter pulsa", "pulsa", "counter pulsa"),
    "warung-makan": ("rumah makan", "warung nasi"),
    "asisten-rumah-tangga": ("art", "pembantu rumah tangga", "prt"),
    "tukang-cuci": ("laundri", "tukang setrika"),
    "penjahit": ("jahit", "konveksi", "penjahit pakaian"),
    "buruh-harian": ("buruh lepas", "buruh harian", "pekerja lepas"),
    "kuli-bangunan": ("buruh bangunan", "pekerja bangunan"),
    "juru-parkir": ("tukang parkir", "parkir"),
    "petambak": ("petambak", "tambak"),
    "lainnya": ("lainnya", "lain lain"),
}


class Jobs:
    """The occupations by all names that mean one of them alone."""

    def __init__(self, occupations: Iterable[Occupation]) -> None:
        exact: dict[str, set[str]] = defaultdict(set)
        loose: dict[str, set[str]] = defaultdict(set)
        for one in occupations:
            for name in _names(one):
                exact[name].add(one.code)
                loose[_ROLES.sub("", name)].add(one.code)
        self._tiers = (exact, loose)

    def find(self, text: str) -> str | None:
        """Return the code of the one occupation that a text names, None for none or several."""
        written = _fold(text)
        seller, driver = _SELLERS.sub("penjual ", written), _DRIVERS.sub("sopir ", written)
        for tier in self._tiers:
            for name in (written, seller, driver, _DRIVERS.sub("", written)):
                codes = tier.get(name, set())
                if len(codes) == 1:
                    return next(iter(codes))
        return None


def _names(one: Occupation) -> Iterator[str]:
    for name in (one.code, one.name_id, one.name_en, *_ALSO.get(one.code, ())):
        plain, _, beside = name.partition("(")
        yield from (_fold(name), _fold(plain))
        yield from (_fold(part) for part in re.split(r"[,/)]", beside) if _fold(part))


def _fold(text: str) -> str:
    return _WORD.sub(" ", text.casefold().replace("'", "")).strip()
