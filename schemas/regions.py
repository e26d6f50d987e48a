"""Kelurahan and desa of Makassar and its neighbours Gowa, Maros and Takalar.

Names repeat (kelurahan Mariso in kecamatan Mariso; kecamatan Makassar in Kota Makassar),
so a place is picked by its code, never by its name (DOMAIN.md section 6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from schemas.seeds import seed


@dataclass(frozen=True, slots=True)
class Region:
    """A kelurahan or desa; `code` is Kemendagri's with dots ("73.71.01.1001"), never BPS's."""

    code: str
    kelurahan: str
    kecamatan: str
    kabkota: str

    @property
    def kecamatan_code(self) -> str:
        """Return the code of the kecamatan ("73.71.01")."""
        return kecamatan_code(self.code)


def region(code: str) -> Region | None:
    """Give the kelurahan or desa of a code; None where the list has none such."""
    return _by_code().get(code)


def all_regions() -> tuple[Region, ...]:
    """Give all of them, in order of code."""
    return tuple(_by_code().values())


def kecamatan_code(code: str) -> str:
    """Give the code of the kecamatan ("73.71.01") that a kelurahan's or desa's code is in."""
    return code.rpartition(".")[0]


@cache
def _by_code() -> Mapping[str, Region]:
    return {item["code"]: Region(**item) for item in seed("regions").items}
