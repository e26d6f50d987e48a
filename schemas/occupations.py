"""Jobs usual among the self-employed of Makassar, with the sector that decides the relief.

The list is the project's own; DOMAIN.md section 10 (10) leaves BPJS Ketenagakerjaan's
code list open. Transport is what PP 50/2025 counts as such: ojek, taxi, drivers of
public transport, couriers, on a platform or not (DOMAIN.md section 2.1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from schemas.seeds import seed
from schemas.words import Sector

EITHER = "either"
_SECTORS = frozenset(Sector)


@dataclass(frozen=True, slots=True)
class Occupation:
    """A job: stable `code`, its `group`, names in both languages, `sector`.

    `sector` is a Sector or EITHER: then the worker's own way of working decides.
    """

    code: str
    group: str
    name_id: str
    name_en: str
    sector: str

    def allows(self, sector: str) -> bool:
        """Say whether a worker in this job may be enrolled in `sector`."""
        return sector in _SECTORS and self.sector in (sector, EITHER)


def occupation(code: str) -> Occupation | None:
    """Give the job of a code; None where the list has none such."""
    return _by_code().get(code)


def all_occupations() -> tuple[Occupation, ...]:
    """Give all of them, group by group, as the form shows them."""
    return tuple(_by_code().values())


@cache
def _by_code() -> Mapping[str, Occupation]:
    return {item["code"]: Occupation(**item) for item in seed("occupations").items}
