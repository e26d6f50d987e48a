"""The content of an enrolment, version 1: what it may hold and what is wrong with it.

Both ends use it: the laptop before it saves, the office when it judges. `normalise` makes
the normal form, `EnrolmentSchema` judges each member by itself, `check` everything,
all at once. Source of every rule: sync/PROTOCOL.md, Content of an enrolment (schema 1).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from marshmallow import EXCLUDE, Schema

from schemas.content_rules import ELIGIBILITY, IMPLIED, Lists, Rules, broken_on, broken_together
from schemas.envelope import FieldError
from schemas.members import (
    Choice,
    Flag,
    Form,
    Listed,
    Member,
    NikMember,
    Programmes,
    Text,
    Whole,
    is_date,
    is_email,
    is_moment,
    is_month,
    is_phone,
    is_three_digits,
)
from schemas.nik import clean_nik, nik_warnings
from schemas.normal import are_normal, normal_text, normal_value
from schemas.occupations import Occupation, occupation
from schemas.regions import Region, region
from schemas.tariff import Due, Tariff, TariffMissing, contribution_due
from schemas.words import ConsentMethod, Payer, PhoneOwner, Sector, Sex

__all__ = ["CODES", "FIELDS", "WARNINGS", "Checked", "EnrolmentSchema", "Row", "Rules"]
__all__ += ["check", "normalise"]

_INTEGER: Final = 2**53 - 1
_MOST_ERRORS: Final = 30
_KPJ_DIGITS: Final = 11
_PRICED: Final = ("monthly_income", "programmes", "sector", "payer", "first_month", "months")


class EnrolmentSchema(Schema):
    """Every member of a content, in the order of PROTOCOL.md's table, each by itself.

    Takes the normal form and gives it back unchanged; unknown members are left out. What
    must hold between members, and with lists, days and settings, is `check`'s.
    """

    class Meta:
        unknown = EXCLUDE

    schema = Whole(1, 1, required=True)
    nik = NikMember(required=True)
    full_name = Text(60, required=True)
    alias = Text(60)
    birth_place = Text(60)
    birth_date = Form("date", is_date, required=True)
    sex = Choice(Sex, required=True)
    mother_name = Text(60)
    unknown_mother = Flag()
    phone = Form("phone", is_phone)
    phone_owner = Choice(PhoneOwner, required=True)
    email = Form("email", is_email)
    ktp_address = Text(200)
    kelurahan = Listed("region", required=True)
    rw = Form("three_digits", is_three_digits)
    rt = Form("three_digits", is_three_digits)
    street = Text(120)
    lorong = Text(120)
    house = Text(60)
    landmark = Text(120)
    occupation = Listed("occupation", required=True)
    sector = Choice(Sector, required=True)
    workplace = Text(120)
    work_kelurahan = Listed("region")
    second_occupation = Listed("occupation")
    employer = Flag()
    monthly_income = Whole(0, _INTEGER, required=True)
    programmes = Programmes(required=True)
    first_month = Form("month", is_month, required=True)
    months = Whole(1, _INTEGER, required=True)
    payer = Choice(Payer, required=True)
    contribution = Whole(0, _INTEGER, required=True)
    tariff_version = Text(40, required=True)
    prior_member = Flag()
    kpj = Text(40)
    nik_reason = Choice(("as_on_card",))
    hint_reason = Text(200)
    consent_version = Text(40, required=True)
    consent_at = Form("moment", is_moment, required=True)
    consent_method = Choice(ConsentMethod, required=True)
    consent_language = Text(40)
    latitude_e6 = Whole(-90_000_000, 90_000_000)
    longitude_e6 = Whole(-180_000_000, 180_000_000)
    accuracy_m = Whole(0, 20_000_000)
    note = Text(500)


@dataclass(frozen=True, slots=True)
class Row:
    """One member for forms and docs: `params` has its limits by the code that they give."""

    name: str
    required: bool
    kind: str
    params: Mapping[str, Mapping[str, Any]]


_SCHEMA: Final = EnrolmentSchema()
_MEMBERS: Final[dict[str, Member]] = {
    name: member for name, member in _SCHEMA.fields.items() if isinstance(member, Member)
}
FIELDS: Final = tuple(
    Row(name, member.required, member.kind, member.params) for name, member in _MEMBERS.items()
)
"""All members in table order. `required` is without condition; `phone`, `nik_reason` and
the choices between members are asked for by `check`."""

_PLACE: Final = {row.name: place for place, row in enumerate(FIELDS)}
_REQUIRED: Final = tuple(row.name for row in FIELDS if row.required)
_BROKEN: Final = {name: member.broken for name, member in _MEMBERS.items()}

CODES: Final = ELIGIBILITY | {
    *("required", "type", "choice", "too_long", "format", "range", "unlisted"),
    *("nik_length", "nik_date", "nik_serial", "nik_province", "nik_differs"),
    *("one_needed", "only_one", "phone_unexpected", "sector_differs", "occupation_twice"),
    *("unsorted", "programmes_base", "future", "month_window"),
}
"""Every code that an error of `check` may have."""

WARNINGS: Final = frozenset(
    {"nik_prefix_unknown", "nik_birth_date", "nik_sex", "nik_pattern", "kpj_length"}
)
"""Every code that a warning of `check` may have."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What `check` found.

    `content` is the normal form, `sound` those of its members that keep their own rule;
    `errors` block, in table order, at most 30; `ineligible` says that there are errors and
    all are of the worker's eligibility; `age_unsure` that a rule about age or month holds at
    one of two moments; `due` is what the office asks for, None where a member that it hangs
    on is wrong or the tariff has no rule.
    """

    content: dict[str, Any] = field(repr=False)
    errors: tuple[FieldError, ...]
    ineligible: bool
    age_unsure: bool
    due: Due | None
    sound: Mapping[str, Any] = field(repr=False)

    @property
    def warnings(self) -> tuple[FieldError, ...]:
        """Return what an agent should look at again, and what blocks nothing."""
        return tuple(_warnings(self.sound))


def normalise(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Return the normal form of a content: known members in table order, text normal.

    Null, empty text and empty lists are left out. A NIK loses what people type between
    its digits (DOMAIN.md section 5). Wrong types stay, to be judged. Idempotent.
    """
    content = {name: raw[name] for name in _PLACE if name in raw}
    if not are_normal(content.values()):
        values = ((name, normal_value(value)) for name, value in content.items())
        content = {name: value for name, value in values if value is not None}
    nik = content.get("nik")
    if type(nik) is str and not (nik.isascii() and nik.isdigit()):
        # Taking separators out may bring a letter and its accent together.
        content["nik"] = normal_text(clean_nik(nik))
        if not content["nik"]:
            del content["nik"]
    return content


def check(
    raw: Mapping[str, Any],
    *,
    moments: tuple[datetime, ...],
    rules: Rules,
    tariff: Tariff,
    regions: Callable[[str], Region | None] = region,
    occupations: Callable[[str], Occupation | None] = occupation,
) -> Checked:
    """Judge a content by all rules at once; never raises, whatever its members hold.

    `moments` are aware: the time of capture where it is known, otherwise when the device
    says and when the office received it. A rule about age or month then blocks only where
    it is broken at both (sync/PROTOCOL.md, Clocks).
    """
    content = normalise(raw)
    sound, errors = _judge_members(content)
    errors.extend(broken_together(content, sound, rules, Lists(regions, occupations)))
    zone = ZoneInfo(rules.timezone)
    days = [_local_day(moment, zone) for moment in moments]
    timed = [{error.code: error for error in broken_on(day, sound, rules)} for day in days]
    at_all = set.intersection(*map(set, timed)) if any(timed) else set()
    errors.extend(error for code, error in timed[-1].items() if code in at_all)
    ordered = _in_order(errors)
    return Checked(
        content=content,
        errors=tuple(ordered[:_MOST_ERRORS]),
        ineligible=bool(ordered) and all(error.code in ELIGIBILITY for error in ordered),
        age_unsure=any(found.keys() - at_all for found in timed),
        due=_due(sound, ordered, tariff),
        sound=sound,
    )


def _judge_members(content: dict[str, Any]) -> tuple[dict[str, Any], list[FieldError]]:
    """Return the members that are sound by themselves, and what is wrong with the others.

    Asks the schema's own members directly: what `EnrolmentSchema().load` says, in a third
    of the time, which the office needs thousands of times a second.
    """
    broken = {name: codes for name, value in content.items() if (codes := _BROKEN[name](value))}
    errors = [FieldError(name, "required") for name in _REQUIRED if name not in content]
    if not broken:
        return content, errors
    for name, codes in broken.items():
        errors += [FieldError(name, code, _MEMBERS[name].params.get(code)) for code in codes]
    return {name: value for name, value in content.items() if name not in broken}, errors


def _local_day(moment: datetime, zone: ZoneInfo) -> date:
    try:
        return moment.astimezone(zone).date()
    except OverflowError:  # a clock at the very end of the calendar
        return moment.date()


def _in_order(errors: list[FieldError]) -> list[FieldError]:
    if len(errors) < 2:
        return errors
    codes = {error.code for error in errors}
    kept = (error for error in errors if IMPLIED.get(error.code) not in codes)
    return sorted(kept, key=lambda error: _PLACE[error.field])


def _warnings(sound: Mapping[str, Any]) -> Iterable[FieldError]:
    if "nik" in sound:
        born = date.fromisoformat(sound["birth_date"]) if "birth_date" in sound else None
        for code in nik_warnings(sound["nik"], birth_date=born, sex=sound.get("sex")):
            yield FieldError("nik", code)
    if "kpj" in sound and not _is_kpj(sound["kpj"]):
        yield FieldError("kpj", "kpj_length", {"digits": _KPJ_DIGITS})


def _is_kpj(text: str) -> bool:
    return len(text) == _KPJ_DIGITS and text.isascii() and text.isdigit()


def _due(sound: Mapping[str, Any], errors: Iterable[FieldError], tariff: Tariff) -> Due | None:
    wrong = {error.field for error in errors}
    if any(name not in sound or name in wrong for name in _PRICED):
        return None
    try:
        return contribution_due(
            sound["monthly_income"],
            sound["programmes"],
            sound["sector"],
            sound["payer"],
            sound["first_month"],
            sound["months"],
            tariff,
        )
    except (TariffMissing, ValueError):  # no rule, or an empty tariff
        return None
