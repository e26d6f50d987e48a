"""A day's proof as a file, `lorong-proof-1`, and what such a file proves.

Only the receipts are signed. Agent's and office's names, day and zone are what whoever wrote
the file says; a verification tells both apart.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from agent_client.problems import AgentProblem
from agent_client.proofs import DayProof, Proof, Trust, proofs_in
from agent_client.store.device import Device
from sync.answers import parse_answer
from sync.digest import canonical
from sync.kept_receipts import Receipt, Signed, read_payload, read_receipt
from sync.receipts import keyring

FORMAT: Final = "lorong-proof-1"
MOST_MIB: Final = 8
MOST_BYTES: Final = MOST_MIB * 1024 * 1024
_KEY_ID: Final = re.compile(r"[0-9a-f]{16}")

Outcome = Literal[
    "receipt_good",
    "receipt_unconfirmed",
    "receipt_key_unknown",
    "receipt_forged",
    "receipt_malformed",
    "receipt_foreign",
    "receipt_other_day",
]
_SOUND: Final = ("receipt_good", "receipt_unconfirmed")


@dataclass(frozen=True, slots=True)
class Checked:
    """One receipt of a file: its place from 1, what it is worth, and what it proves."""

    number: int
    key_id: str
    outcome: Outcome
    records: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """What a file proves. `agent_id` and `device_id` are signed, names and day are not.

    `sound`: every signature holds under some key. `trusted`: and each of these keys is one
    that was trusted before the file was read. `unconfirmed` are the ids of all others, to be
    compared with the office.
    """

    agent_name: str
    office_name: str
    day: date
    zone: ZoneInfo
    agent_id: str | None
    device_id: str
    receipts: tuple[Checked, ...]

    @property
    def sound(self) -> bool:
        """Tell whether every signature holds under some key."""
        return all(one.outcome in _SOUND for one in self.receipts)

    @property
    def trusted(self) -> bool:
        """Tell whether every signature holds under a key that was trusted before."""
        return all(one.outcome == "receipt_good" for one in self.receipts)

    @property
    def unconfirmed(self) -> tuple[str, ...]:
        """Return the ids of the keys that the file alone brings."""
        ids = (one.key_id for one in self.receipts if one.outcome == "receipt_unconfirmed")
        return tuple(dict.fromkeys(ids))

    @property
    def problem(self) -> str | None:
        """Return the code of what keeps it from being trusted, the worst first."""
        if self.trusted:
            return None
        if self.sound:
            return "proof_unconfirmed"
        told = all(one.outcome in (*_SOUND, "receipt_key_unknown") for one in self.receipts)
        return "proof_key_unknown" if told else "proof_broken"


def proof_file(proven: DayProof, here: Device, keys: Mapping[str, str]) -> bytes:
    """Return a day's proof as a file, with those of `keys` (key_id to base64) that signed it.

    AgentProblem `proof_none` where nothing was signed on that day, `proof_too_large`.
    """
    if not proven.receipts:
        raise AgentProblem("proof_none", day=proven.day.isoformat())
    used = sorted({one.key_id for one in proven.receipts} & keys.keys())
    raw = canonical(
        {
            "format": FORMAT,
            "agent_name": here.agent_name or "",
            "office_name": here.office_name or "",
            "device_id": here.device_id,
            "day": proven.day.isoformat(),
            "timezone": proven.zone.key,
            "receipts": [one.body() for one in proven.receipts],
            "keys": [{"key_id": key_id, "key": keys[key_id]} for key_id in used],
        }
    )
    if len(raw) > MOST_BYTES:
        raise AgentProblem("proof_too_large", most=MOST_MIB)
    return raw


def verify_file(raw: bytes, trusted_keys: Mapping[str, str]) -> Verification:
    """Check every receipt of a file, whoever wrote it, under `trusted_keys` first.

    AgentProblem `proof_too_large`, `proof_other_format` (another program's or version's),
    `proof_malformed`.
    """
    if len(raw) > MOST_BYTES:
        raise AgentProblem("proof_too_large", most=MOST_MIB)
    given = _members(raw)
    try:
        shell = _shell(given)
        entries, items = _listed(given["receipts"]), _listed(given["keys"])
    except (KeyError, OSError, TypeError, ValueError) as error:
        raise AgentProblem("proof_malformed") from error
    brought = keyring(None, [item for item in items if isinstance(item, dict)])
    return _Checking(shell, trusted_keys, brought).run(entries)


@dataclass(frozen=True, slots=True)
class _Shell:
    """What a file says beside its receipts."""

    agent_name: str
    office_name: str
    device_id: str
    day: date
    zone: ZoneInfo


def _members(raw: bytes) -> Mapping[str, Any]:
    try:
        given = parse_answer(raw)
    except (RecursionError, ValueError) as error:
        raise AgentProblem("proof_malformed") from error
    if not isinstance(given, dict) or given.get("format") != FORMAT:
        raise AgentProblem("proof_other_format", format=FORMAT)
    return given


def _shell(given: Mapping[str, Any]) -> _Shell:
    texts = [given[name] for name in ("agent_name", "office_name", "device_id", "day", "timezone")]
    if not all(isinstance(one, str) and len(one) <= 200 and one.isprintable() for one in texts):
        raise ValueError("a text that a screen cannot show")
    agent_name, office_name, device_id, day, zone = texts
    return _Shell(agent_name, office_name, device_id, date.fromisoformat(day), ZoneInfo(zone))


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("a list is wanted")
    return value


class _Checking:
    """One file at work."""

    def __init__(
        self, shell: _Shell, trusted: Mapping[str, str], brought: Mapping[str, str]
    ) -> None:
        self._shell = shell
        self._trusted = trusted
        self._brought = brought
        self._agent_id: str | None = None

    def run(self, entries: Sequence[object]) -> Verification:
        if not entries:
            raise AgentProblem("proof_malformed")
        checked = tuple(self._check(place, entry) for place, entry in enumerate(entries, 1))
        shell = self._shell
        return Verification(
            shell.agent_name,
            shell.office_name,
            shell.day,
            shell.zone,
            self._agent_id,
            shell.device_id,
            checked,
        )

    def _check(self, number: int, entry: object) -> Checked:
        try:
            receipt = read_receipt(entry)
        except ValueError:
            return Checked(number, "", "receipt_malformed")
        if not _KEY_ID.fullmatch(receipt.key_id):
            return Checked(number, "", "receipt_malformed")
        outcome = self._signature(receipt)
        if outcome not in _SOUND:
            return Checked(number, receipt.key_id, outcome)
        try:
            signed = read_payload(receipt.payload)
        except ValueError:
            return Checked(number, receipt.key_id, "receipt_malformed")
        outcome = self._place(signed) or outcome
        trust: Trust = "checked" if outcome == "receipt_good" else "unchecked"
        records = tuple(proofs_in(receipt, signed, trust)) if outcome in _SOUND else ()
        return Checked(number, receipt.key_id, outcome, records)

    def _signature(self, receipt: Receipt) -> Outcome:
        if receipt.key_id in self._trusted:
            return "receipt_good" if receipt.is_good(self._trusted) else "receipt_forged"
        if receipt.key_id in self._brought:
            return "receipt_unconfirmed" if receipt.is_good(self._brought) else "receipt_forged"
        return "receipt_key_unknown"

    def _place(self, signed: Signed) -> Outcome | None:
        """What is wrong with a good receipt in this file: another's, or another day's."""
        if signed.device_id != self._shell.device_id:
            return "receipt_foreign"
        self._agent_id = self._agent_id or signed.agent_id
        if signed.agent_id != self._agent_id:
            return "receipt_foreign"
        same = signed.time.astimezone(self._shell.zone).date() == self._shell.day
        return None if same else "receipt_other_day"
