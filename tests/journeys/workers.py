"""What agents meet at the door: contents by what is odd about them, whose they are by number."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.builders import content, person

FAR: Final = 40
"""Person `n + FAR` is nobody like person `n`."""


def sound(n: int) -> dict[str, Any]:
    """A worker as on the card."""
    return content(n)


def misspelt(n: int) -> dict[str, Any]:
    """The same worker, the name written a little differently."""
    return content(n, full_name=f"{person(n)['full_name']}h", note="ditulis ulang")


def other_person(n: int) -> dict[str, Any]:
    """Somebody else under the worker's NIK."""
    card = person(n)
    return content(n + FAR, nik=card["nik"], birth_date=card["birth_date"], sex=card["sex"])


def lookalike(n: int) -> dict[str, Any]:
    """The same worker under a NIK with another serial number."""
    return content(n, nik=f"{person(n)['nik'][:-1]}9")


def invalid(n: int) -> dict[str, Any]:
    """A number of months that nobody can pay at once."""
    return content(n, months=5)


def ineligible(n: int) -> dict[str, Any]:
    """A worker whom the government's budget pays for."""
    return content(n, payer="budget")


def odd_nik(n: int) -> dict[str, Any]:
    """A NIK whose date is none of the calendar's, as real people have."""
    nik = person(n)["nik"]
    return content(n, nik=f"{nik[:6]}32{nik[8:]}", nik_reason="as_on_card")


def mistold(n: int) -> dict[str, Any]:
    """A worker who was told another contribution than is due."""
    return content(n, contribution=5_000)


KINDS: Final[Mapping[str, Callable[[int], dict[str, Any]]]] = {
    kind.__name__: kind
    for kind in (sound, misspelt, other_person, lookalike, invalid, ineligible, odd_nik, mistold)
}
