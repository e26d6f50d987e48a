"""One row of a list to a content, and what it does not tell; pure.

What cannot be read stays as it was typed, so that nobody types it again; the check then
names the member. What a row does not say is not made up: only the payer (a self-paying
worker's list) and the owner of a phone that is given are taken as usual.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from agent_client.importer import cells
from agent_client.importer.jobs import Jobs
from agent_client.importer.places import Places
from agent_client.importer.table import ListRow, ListTable
from agent_client.lists import Lists
from schemas.enrolment import normalise
from schemas.envelope import FieldError
from schemas.occupations import EITHER
from schemas.words import Payer, PhoneOwner
from sync.digest import canonical

_AS_THEY_ARE: Final = (
    "nik",
    "full_name",
    "alias",
    "birth_place",
    "email",
    "workplace",
    "street",
    "ktp_address",
    "lorong",
    "house",
    "landmark",
    "consent_version",
    "kpj",
    "note",
)
_READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "sex": cells.read_sex,
    "rt": cells.read_three_digits,
    "rw": cells.read_three_digits,
    "monthly_income": cells.read_rupiah,
    "programmes": cells.read_programmes,
    "months": cells.read_months,
    "first_month": cells.read_first_month,
    "payer": cells.read_payer,
    "sector": cells.read_sector,
    "phone_owner": cells.read_phone_owner,
}
_YES: Final = frozenset({"ya", "y", "sesuai", "sesuai ktp", "as_on_card"})


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row's content as far as it goes; `digest` is of what the row itself says.

    `refusal` is why it cannot even be a draft; `unread` are members with a reason of
    their own, in place of what the check says of them.
    """

    content: dict[str, Any] = field(repr=False)
    digest: str
    refusal: FieldError | None
    unread: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class RowReader:
    """What rows are read by: the lists, the office's zone, the laptop's clock."""

    lists: Lists
    places: Places
    jobs: Jobs
    zone: ZoneInfo
    now: datetime

    def read(self, table: ListTable, row: ListRow) -> RowRead:
        """Read a row; never raises, whatever its cells hold."""
        raw = {
            column: row.cells[place] if place < len(row.cells) else None
            for column, place in table.columns.items()
        }
        text = {column: cells.cell_text(cell) for column, cell in raw.items()}
        content = self._content(text)
        unread = [*self._place(text, content), *self._job(text, content)]
        unread.extend(self._consent(text, content))
        digest = hashlib.sha256(canonical(normalise(content))).hexdigest()
        unread.extend(self._derive(content))
        return RowRead(content, digest, _refusal(raw.get("nik"), content), tuple(unread))

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def _content(self, text: Mapping[str, str]) -> dict[str, Any]:
        content: dict[str, Any] = {name: text[name] for name in _AS_THEY_ARE if text.get(name)}
        if "nik" in content:
            content["nik"] = content["nik"].rstrip("'’‘`")
        for name, read in _READ.items():
            if text.get(name):
                value = read(text[name])
                content[name] = text[name] if value is None else value
        self._read_birth(text, content)
        _read_mother(text, content)
        _read_phone(text, content)
        _read_rt_rw(text, content)
        if text.get("nik_reason", "").casefold() in _YES:
            content["nik_reason"] = "as_on_card"
        return content

    def _read_birth(self, text: Mapping[str, str], content: dict[str, Any]) -> None:
        written = text.get("birth_date") or text.get("birth")
        if not written:
            return
        read = cells.read_birth(written, self.today)
        if read is None:
            content["birth_date"] = written
            return
        place, content["birth_date"] = read
        if place:
            content.setdefault("birth_place", place)

    def _consent(self, text: Mapping[str, str], content: dict[str, Any]) -> list[FieldError]:
        written = text.get("consent")
        if not written:
            return []
        read = cells.read_consent(written, self.zone, self.today)
        if read is None:
            return [FieldError("consent_at", "consent_unread")]
        content["consent_at"], content["consent_method"] = read
        return []

    def _place(self, text: Mapping[str, str], content: dict[str, Any]) -> list[FieldError]:
        written = text.get("kelurahan_code") or text.get("kelurahan")
        if not written:
            return []
        found = self.places.find(written, text.get("kecamatan", ""), text.get("kabkota", ""))
        content["kelurahan"] = found.code or written
        if found.problem is None:
            return []
        params = {"places": "; ".join(found.candidates)} if found.candidates else None
        return [FieldError("kelurahan", found.problem, params)]

    def _job(self, text: Mapping[str, str], content: dict[str, Any]) -> list[FieldError]:
        written = text.get("occupation")
        if not written:
            return []
        code = self.jobs.find(written)
        content["occupation"] = code or written
        return [] if code else [FieldError("occupation", "occupation_unknown")]

    def _derive(self, content: dict[str, Any]) -> list[FieldError]:
        """Add what follows from the row: sector, payer, and which consent text held then."""
        content.setdefault("payer", Payer.SELF.value)
        job = self.lists.occupations.get(str(content.get("occupation")))
        if job is not None and job.sector != EITHER:
            content.setdefault("sector", job.sector)
        if "consent_at" not in content:
            return []
        moment = datetime.fromisoformat(content["consent_at"])
        text = self.lists.consent_on(moment.astimezone(self.zone).date())
        if text is not None:
            content.setdefault("consent_version", text.version)
        return [FieldError("consent_at", "consent_future")] if moment > self.now else []


def _refusal(nik: cells.Cell, content: Mapping[str, Any]) -> FieldError | None:
    if cells.is_rounded(nik):
        return FieldError("nik", "nik_rounded")
    if not content.get("nik") and not content.get("full_name"):
        return FieldError("full_name", "row_nobody")
    return None


def _read_mother(text: Mapping[str, str], content: dict[str, Any]) -> None:
    if not text.get("mother_name"):
        return
    read = cells.read_mother(text["mother_name"])
    if read is not None:
        name, unknown = read
        content.update({"unknown_mother": True} if unknown else {"mother_name": name})


def _read_phone(text: Mapping[str, str], content: dict[str, Any]) -> None:
    if not text.get("phone"):
        return
    number = cells.read_phone(text["phone"])
    if number == "":
        content.setdefault("phone_owner", PhoneOwner.NONE.value)
        return
    content["phone"] = number or text["phone"]
    content.setdefault("phone_owner", PhoneOwner.SELF.value)


def _read_rt_rw(text: Mapping[str, str], content: dict[str, Any]) -> None:
    rt, _, rw = text.get("rt_rw", "").partition("/")
    for name, written in (("rt", rt.strip()), ("rw", rw.strip())):
        if written:
            content.setdefault(name, cells.read_three_digits(written) or written)
