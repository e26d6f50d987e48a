"""Finding a kelurahan or an occupation by a few letters; pure. The answer is always a code."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypeVar

from schemas.occupations import Occupation
from schemas.regions import Region

MOST: Final = 8
_INSIDE: Final = 3
"""So many letters are sought inside a word as well: "jual" finds "penjual"."""
_Item = TypeVar("_Item")


class _Fit(NamedTuple):
    """How well a name fits what was typed; the least fits best.

    `level` 0 it goes on so from one of its words, 1 each typed word begins one of its words,
    2 or one of what stands beside it, 3 or is inside a word. `place` is the word that fits the
    first typed one: a seller of fish comes before the crew of a ship for fish. `words` counts,
    so that the plain name comes before those that say more.
    """

    level: int
    place: int
    words: int


def find_places(regions: Mapping[str, Region], text: str) -> list[Region]:
    """Return the kelurahan that are meant by a few letters, the likeliest first.

    Names repeat, so each is shown with its kecamatan; Kota Makassar comes before its
    neighbours. A kecamatan's name finds its kelurahan too, after all that are called so.
    """

    def fit(one: Region, sought: str) -> tuple[object, ...] | None:
        found = _fit(one.kelurahan, f"{one.kecamatan} {one.kabkota}", sought)
        return found and (found.level > 1, _is_neighbour(one), found, one.kelurahan, one.code)

    return _found(regions.values(), text, fit)


def find_occupations(occupations: Mapping[str, Occupation], text: str) -> list[Occupation]:
    """Return the jobs that are meant by a few letters, in either language or by their group."""

    def fit(one: Occupation, sought: str) -> tuple[object, ...] | None:
        fits = (_fit(name, one.group, sought) for name in (one.name_id, one.name_en))
        best = min((found for found in fits if found is not None), default=None)
        return best and (best, one.name_id, one.code)

    return _found(occupations.values(), text, fit)


def place_words(one: Region) -> str:
    """Return a kelurahan as people tell it from its namesakes."""
    return f"{one.kelurahan} — Kec. {one.kecamatan}, {one.kabkota}"


def _found(
    items: Iterable[_Item], text: str, fit: Callable[[_Item, str], tuple[object, ...] | None]
) -> list[_Item]:
    sought = _folded(text)
    if not sought:
        return []
    ranked = [(order, one) for one in items if (order := fit(one, sought)) is not None]
    ranked.sort(key=lambda pair: pair[0])
    return [one for _, one in ranked[:MOST]]


def _fit(name: str, beside: str, sought: str) -> _Fit | None:
    own, more, typed = _folded(name).split(), _folded(beside).split(), sought.split()
    for at in range(len(own)):
        if "".join(own[at:]).startswith("".join(typed)):
            return _Fit(0, at, len(own))
    found = [_level(own, more, word) for word in typed]
    if None in found:
        return None
    level = max(one for one in found if one is not None)
    place = next(at for at, word in enumerate((*own, *more)) if typed[0] in word)
    return _Fit(level, place, len(own))


def _level(own: Iterable[str], more: Iterable[str], sought: str) -> int | None:
    for level, words in ((1, own), (2, more)):
        if any(word.startswith(sought) for word in words):
            return level
    return 3 if len(sought) >= _INSIDE and any(sought in word for word in own) else None


@lru_cache(maxsize=1 << 12)
def _folded(text: str) -> str:
    """Lower case, without accents and apostrophes: La'latang is found as lalatang."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", re.sub(r"['’‘`]", "", kept)).split())


def _is_neighbour(one: Region) -> bool:
    return "makassar" not in one.kabkota.casefold()
