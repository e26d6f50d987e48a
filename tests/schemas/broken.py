"""Contents that break one rule each, and how a test judges one."""

from datetime import UTC, date, datetime
from typing import Any

from schemas.enrolment import Checked, Rules, check
from schemas.tariff import seed_tariff
from tests.builders import OMIT, person

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def judge(raw: Any, *moments: datetime, rules: Rules = Rules()) -> Checked:  # noqa: B008
    return check(raw, moments=moments or (NOON,), rules=rules, tariff=seed_tariff())


def found(checked: Checked) -> list[tuple[str, str]]:
    return [(error.field, error.code) for error in checked.errors]


def born(day: str, **others: Any) -> dict[str, Any]:
    """A man born on a day, with a NIK that says so."""
    digits = date.fromisoformat(day).strftime("%d%m%y")
    return {"birth_date": day, "sex": "M", "nik": f"737101{digits}0001", **others}


MAN = person(1)
WHO = frozenset({"nik", "birth_date", "sex", "nik_reason", "first_month"})
MOTHER = frozenset({"mother_name", "unknown_mother"})
ADDRESS = frozenset({"street", "lorong", "landmark"})
WORK = frozenset({"occupation", "second_occupation", "sector"})
PROGRAMMES = frozenset({"programmes", "employer"})
PHONE = frozenset({"phone", "phone_owner"})

# What is changed, the one error that must follow, and the members that the rule looks at.
CASES: list[tuple[dict[str, Any], tuple[str, str], frozenset[str]]] = [
    ({"schema": 0}, ("schema", "range"), frozenset()),
    ({"schema": "1"}, ("schema", "type"), frozenset()),
    ({"schema": True}, ("schema", "type"), frozenset()),
    ({"schema": 1.0}, ("schema", "type"), frozenset()),
    ({"nik": int(MAN["nik"])}, ("nik", "type"), WHO),
    ({"nik": MAN["nik"][:-1]}, ("nik", "nik_length"), WHO),
    ({"nik": "7371023002780001"}, ("nik", "nik_date"), WHO),
    ({"nik": MAN["nik"][:12] + "0000"}, ("nik", "nik_serial"), WHO),
    ({"nik": "99" + MAN["nik"][2:]}, ("nik", "nik_province"), WHO),
    ({"full_name": "A" * 61}, ("full_name", "too_long"), frozenset()),
    ({"full_name": "Ba\ud800so"}, ("full_name", "format"), frozenset()),
    ({"full_name": "\u0000 \u200b"}, ("full_name", "required"), frozenset()),
    ({"alias": ["Daeng Mappuji"]}, ("alias", "type"), frozenset()),
    ({"birth_place": "A" * 61}, ("birth_place", "too_long"), frozenset()),
    ({"birth_date": "1978-02-30"}, ("birth_date", "format"), WHO),
    ({"birth_date": "19780912"}, ("birth_date", "format"), WHO),
    (born("2026-12-01"), ("birth_date", "future"), WHO),
    (born("2009-11-21"), ("birth_date", "age_min"), WHO),
    (born("1961-11-20"), ("birth_date", "age_max"), WHO),
    (born("1961-12-01"), ("birth_date", "age_max_first_month"), WHO),
    ({"sex": "L"}, ("sex", "choice"), WHO),
    ({"mother_name": OMIT}, ("mother_name", "one_needed"), MOTHER),
    (
        {"mother_name": OMIT, "unknown_mother": False},
        ("mother_name", "one_needed"),
        MOTHER,
    ),
    ({"unknown_mother": True}, ("mother_name", "only_one"), MOTHER),
    ({"unknown_mother": "yes"}, ("unknown_mother", "type"), MOTHER),
    ({"phone": OMIT}, ("phone", "required"), PHONE),
    ({"phone": "081234567890"}, ("phone", "format"), PHONE),
    ({"phone": "+62812\u0663456789"}, ("phone", "format"), PHONE),
    ({"phone_owner": "none"}, ("phone", "phone_unexpected"), PHONE),
    ({"phone_owner": "neighbour"}, ("phone_owner", "choice"), PHONE),
    ({"email": "baso@"}, ("email", "format"), frozenset()),
    ({"email": "a" * 250 + "@example.id"}, ("email", "format"), frozenset()),
    ({"email": "a@" + "b" * 250 + ".id"}, ("email", "format"), frozenset()),
    ({"ktp_address": "A" * 201}, ("ktp_address", "too_long"), frozenset()),
    ({"kelurahan": "Tallo"}, ("kelurahan", "unlisted"), frozenset()),
    ({"kelurahan": 7371071001}, ("kelurahan", "type"), frozenset()),
    ({"rw": "2"}, ("rw", "format"), frozenset()),
    ({"rt": "\u0660\u0660\u0664"}, ("rt", "format"), frozenset()),
    ({"street": OMIT, "lorong": "", "landmark": None}, ("street", "one_needed"), ADDRESS),
    ({"occupation": "penyihir"}, ("occupation", "unlisted"), WORK),
    ({"sector": "transport"}, ("sector", "sector_differs"), WORK),
    ({"sector": "either"}, ("sector", "choice"), WORK),
    ({"work_kelurahan": "73.71.99.1001"}, ("work_kelurahan", "unlisted"), frozenset()),
    ({"second_occupation": "penyihir"}, ("second_occupation", "unlisted"), WORK),
    ({"second_occupation": "pedagang-pasar"}, ("second_occupation", "occupation_twice"), WORK),
    ({"employer": 1}, ("employer", "type"), PROGRAMMES),
    ({"employer": True}, ("programmes", "jht_needed"), PROGRAMMES),
    ({"monthly_income": 999_999}, ("monthly_income", "income_min"), frozenset()),
    ({"monthly_income": 2**53}, ("monthly_income", "range"), frozenset()),
    ({"monthly_income": "2500000"}, ("monthly_income", "type"), frozenset()),
    ({"programmes": []}, ("programmes", "required"), PROGRAMMES),
    ({"programmes": "JKK"}, ("programmes", "type"), PROGRAMMES),
    ({"programmes": ["JKK", 1, "JKM"]}, ("programmes", "type"), PROGRAMMES),
    ({"programmes": ["JKK", "JKM", "JP"]}, ("programmes", "choice"), PROGRAMMES),
    ({"programmes": ["JKM", "JKK"]}, ("programmes", "unsorted"), PROGRAMMES),
    ({"programmes": ["JKK", "JKK", "JKM"]}, ("programmes", "unsorted"), PROGRAMMES),
    ({"programmes": ["JHT", "JKM"]}, ("programmes", "programmes_base"), PROGRAMMES),
    ({"first_month": "2026-13"}, ("first_month", "format"), WHO),
    ({"first_month": "2026-09"}, ("first_month", "month_window"), WHO),
    ({"first_month": "2027-03"}, ("first_month", "month_window"), WHO),
    ({"months": 4}, ("months", "choice"), frozenset()),
    ({"months": 0}, ("months", "range"), frozenset()),
    ({"months": True}, ("months", "type"), frozenset()),
    ({"payer": "budget"}, ("payer", "payer_budget"), frozenset()),
    ({"payer": "office"}, ("payer", "choice"), frozenset()),
    ({"contribution": OMIT}, ("contribution", "required"), frozenset()),
    ({"contribution": -1}, ("contribution", "range"), frozenset()),
    ({"tariff_version": OMIT}, ("tariff_version", "required"), frozenset()),
    ({"kpj": 12345678901}, ("kpj", "type"), frozenset()),
    ({"birth_date": "1978-12-09"}, ("nik_reason", "nik_differs"), WHO),
    ({"sex": "F"}, ("nik_reason", "nik_differs"), WHO),
    ({"nik_reason": "because"}, ("nik_reason", "choice"), WHO),
    ({"hint_reason": "A" * 201}, ("hint_reason", "too_long"), frozenset()),
    ({"consent_version": OMIT}, ("consent_version", "required"), frozenset()),
    ({"consent_at": "2026-11-20T09:25:00"}, ("consent_at", "format"), frozenset()),
    ({"consent_at": "2026-11-20"}, ("consent_at", "format"), frozenset()),
    ({"consent_method": "nodded"}, ("consent_method", "choice"), frozenset()),
    ({"consent_language": 1}, ("consent_language", "type"), frozenset()),
    ({"latitude_e6": -90_000_001}, ("latitude_e6", "range"), frozenset()),
    ({"longitude_e6": 119.4}, ("longitude_e6", "type"), frozenset()),
    ({"accuracy_m": -1}, ("accuracy_m", "range"), frozenset()),
    ({"note": "A" * 501}, ("note", "too_long"), frozenset()),
]
