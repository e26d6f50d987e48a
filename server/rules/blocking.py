"""By which keys a person is found again among many; pure.

Two records that `judge` calls near share a key nearly always, two others hardly ever, so only
those that share one need be compared. bench/judge.py measures both.
"""

import re
from functools import lru_cache

from server.rules.name import Name, given
from server.rules.person import HEAPED, Person

_CONSONANT = re.compile("[^AEIOU]")


def blocking_keys(who: Person) -> tuple[str, ...]:
    """Return the short keys, five as a rule and ten at most, under which a person is filed.

    They hold names, dates and the phone number in clear: hash them under a key before they are
    stored (DESIGN.md, "Office, sealed").
    """
    keys = [f"phone {who.phone}"] if who.phone else []
    own = _sound(who.name)
    mother = _sound(who.mother) if who.mother else ""
    if who.birth_date is None:
        return (*keys, f"names {own} {mother}") if own and mother else tuple(keys)
    year, month, day = who.birth_date
    # Swapped day and month make no difference.
    days = f"{min(month, day)}-{max(month, day)}"
    heaped = (month, day) in HEAPED
    # The whole name where half the town was born that day, else its beginning, so that slips and
    # names taken apart are found too.
    told = [heard if heaped else _beginning(heard) for heard in _heard(who) if heard]
    keys += [f"day {year} {days} {who.sex} {name}" for name in told]
    # A slip in the day leaves the year, and one in the year the day.
    whens = [year] if heaped else [year, days]
    if own and mother:
        keys += [f"names {own} {mother} {when}" for when in (whens if _common(who) else [""])]
    if own and not who.name.common:
        keys += [f"rare {who.name.glued} {when}" for when in whens]
    return tuple(dict.fromkeys(keys))


@lru_cache(maxsize=1 << 14)
def _beginning(heard: str) -> str:
    """Return a sound's first letter and the next consonant: vowels are few and often mistaken."""
    behind = _CONSONANT.search(heard, 1)
    return heard[0] + (behind[0] if behind else "")


def _heard(who: Person) -> tuple[str, ...]:
    """Return the names by which the person may be told: given, first by letter, Daeng, alias."""
    first = min([word.sound for word in who.name.words], default="")
    alias = _sound(who.alias) if who.alias else ""
    return (_sound(who.name), first, *who.daengs, alias)


def _sound(name: Name) -> str:
    """Return the given name as it sounds; the Daeng name where there is no other."""
    return given(name.words).sound if name.words else name.daeng or name.glued


def _common(who: Person) -> bool:
    """Say whether both given names, the own and the mother's, are common."""
    names = (name.words for name in (who.name, who.mother) if name)
    return all(not words or given(words).common for words in names)
