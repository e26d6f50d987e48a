"""The reference lists as this laptop goes by them: the office's, else the ones shipped.

A list of the office that cannot be read is passed over: a mistake in one must not stop
every laptop in the field.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlite_utils import Database

from agent_client.store import reference
from schemas.incentive import IncentiveRules, load_incentive
from schemas.occupations import Occupation
from schemas.regions import Region
from schemas.seeds import Seed, seed
from schemas.tariff import Tariff, load_tariff
from sync.known_niks import KnownNiks
from sync.references import KNOWN_NIKS

_Made = TypeVar("_Made")
_Items = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, order=True)
class ConsentText:
    """A text to read aloud, in force from the day `since` on."""

    since: str
    version: str
    text_id: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Lists:
    """What contents are checked by; `known` is None before the office gave it.

    `consent` is in order of time.
    """

    tariff: Tariff
    tariff_version: str
    regions: Mapping[str, Region]
    occupations: Mapping[str, Occupation]
    consent: tuple[ConsentText, ...]
    known: KnownNiks | None = field(repr=False)

    def consent_on(self, day: date) -> ConsentText | None:
        """Return the consent text that was in force on a day."""
        texts = [text for text in self.consent if text.since <= day.isoformat()]
        return texts[-1] if texts else None


def held_lists(tx: Database) -> Lists:
    """Return the lists that are held now."""
    tariff, tariff_version = _held(tx, "tariff", load_tariff)
    return Lists(
        tariff=tariff,
        tariff_version=tariff_version,
        regions=_held(tx, "regions", _regions)[0],
        occupations=_held(tx, "occupations", _occupations)[0],
        consent=_held(tx, "consent", _consent)[0],
        known=_known(tx),
    )


def receipt_keys(tx: Database) -> _Items:
    """Return the items of the list `keys`, none where it was never fetched."""
    held = reference.reference(tx, "keys")
    items: _Items = [] if held is None else _listed(held.body).items
    return [item for item in items if isinstance(item, dict)]


def incentive_rules(tx: Database) -> IncentiveRules:
    """Return the rules by which an agent's incentive is estimated."""
    return _held(tx, "incentive", load_incentive)[0]


def is_readable(name: str, body: bytes) -> bool:
    """Tell whether a fetched list can be gone by."""
    make = _MAKERS.get(name)
    try:
        listed = _listed(body)
        return make is None or bool(make(listed.items))
    except _UNREADABLE:
        return False


def _held(tx: Database, name: str, make: Callable[[_Items], _Made]) -> tuple[_Made, str]:
    held = reference.reference(tx, name)
    if held is not None:
        try:
            listed = _listed(held.body)
            return make(listed.items), listed.version
        except _UNREADABLE:
            pass
    shipped = seed(name)
    return make(shipped.items), shipped.version


def _listed(body: bytes) -> Seed:
    content = json.loads(body)
    if not isinstance(content["version"], str):
        raise TypeError("a version is text")
    return Seed(content["version"], tuple(content["items"]))


def _regions(items: _Items) -> dict[str, Region]:
    return {
        _text(item, "code"): Region(
            _text(item, "code"),
            _text(item, "kelurahan"),
            _text(item, "kecamatan"),
            _text(item, "kabkota"),
        )
        for item in items
    }


def _occupations(items: _Items) -> dict[str, Occupation]:
    return {
        _text(item, "code"): Occupation(
            _text(item, "code"),
            str(item.get("group", "")),
            _text(item, "name_id"),
            _text(item, "name_en"),
            _text(item, "sector"),
        )
        for item in items
    }


def _consent(items: _Items) -> tuple[ConsentText, ...]:
    names = ("from", "version", "text_id", "text_en")
    return tuple(sorted(ConsentText(*(_text(item, name) for name in names)) for item in items))


def _text(item: Mapping[str, Any], member: str) -> str:
    value = item[member]
    if not isinstance(value, str):
        raise TypeError(f"{member} is text")
    return value


def _known(tx: Database) -> KnownNiks | None:
    held = reference.reference(tx, KNOWN_NIKS)
    if held is None:
        return None
    try:
        return KnownNiks.from_bytes(held.body, reference.additions(tx, KNOWN_NIKS))
    except ValueError:
        return None


_MAKERS: Mapping[str, Callable[[_Items], object]] = {
    "tariff": load_tariff,
    "regions": _regions,
    "occupations": _occupations,
    "consent": _consent,
    "incentive": load_incentive,
}
_UNREADABLE = (AttributeError, KeyError, LookupError, RecursionError, TypeError, ValueError)
