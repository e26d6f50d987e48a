"""Finding a kelurahan or an occupation by a few letters; pure. The answer is always a code."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeVar

from schemas.occupations import Occupation
from schemas.regions import Region

MOST: Final = 8
_Item = TypeVar("_Item")


def find_places(regions: Mapping[str, Region], text: str) -> list[Region]:
    """Return the kelurahan that are meant by a few letters, the likeliest first.

    Names repeat, so each is shown with its kecamatan; Kota Makassar comes before its
    neighbours. A kecamatan's name finds its kelurahan too.
    """

    def words(one: Region) -> tuple[str, str]:
        return one.kelurahan, f"{one.kecamatan} {one.kabkota}"

    return _found(regions.values(), text, words, lambda one: (_is_neighbour(one), one.kelurahan))


def find_occupations(occupations: Mapping[str, Occupation], text: str) -> list[Occupation]:
    """Return the jobs that are meant by a few letters, in either language or by their group."""

    def words(one: Occupation) -> tuple[str, str]:
        return f"{one.name_id} {one.name_en}", one.group

    return _found(occupations.values(), text, words, lambda one: (one.name_id,))


def place_words(one: Region) -> str:
    """Return a kelurahan as people tell it from its namesakes."""
    return f"{one.kelurahan} — Kec. {one.kecamatan}, {one.kabkota}"


def _found(
    items: Iterable[_Item],
    text: str,
    words: Callable[[_Item], tuple[str, str]],
    order: Callable[[_Item], tuple[object, ...]],
) -> list[_Item]:
    sought = _folded(text)
    if not sought:
        return []
    ranked = []
    for one in items:
        name, more = map(_folded, words(one))
        place = _place(name, more, sought)
        if place is not None:
            ranked.append(((place, *order(one)), one))
    ranked.sort(key=lambda pair: pair[0])
    return [one for _, one in ranked[:MOST]]


def _place(name: str, more: str, sought: str) -> int | None:
    """How well a name fits: it begins so, a word of it does, all words are somewhere."""
    joined = name.replace(" ", "")
    if name.startswith(sought) or joined.startswith(sought.replace(" ", "")):
        return 0
    if f" {sought}" in f" {name}":
        return 1
    whole = f" {name} {more}"
    if all(f" {word}" in whole for word in sought.split()):
        return 2
    return None


def _folded(text: str) -> str:
    """Lower case, without accents and apostrophes: La'latang is found as lalatang."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", re.sub(r"['’‘`]", "", kept)).split())


def _is_neighbour(one: Region) -> bool:
    return "makassar" not in one.kabkota.casefold()
