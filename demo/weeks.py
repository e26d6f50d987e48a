"""The weeks before the day: what other laptops had told the office, made up and reproducible.

They speak the exchange's protocol themselves (sync/PROTOCOL.md), as any other client of it
could: a capture of weeks ago is one whose laptop kept a good clock and came late.
"""

import hashlib
import json
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from typing import Any, Final

from demo.forms import WITA, Moment, content
from demo.people import Crowd, Worker, misspelt
from schemas.envelope import rfc3339
from schemas.regions import all_regions
from schemas.seeds import seed
from schemas.tariff import contribution_due, seed_tariff

Envelope = dict[str, Any]

_WEEKS: Final = 9
_AT_ONCE: Final = 200
_HOURS: Final = (8, 18)
_AT_NIGHT: Final = (22, 24)
_TWICE, _CLASH, _CHANGED = 0.06, 0.07, 0.077
"""Of all who are met: another agent's worker, another's NIK, a correction to somebody else."""


@dataclass(frozen=True, slots=True)
class Habit:
    """How one agent works: captures in each week, the oldest first, and what is odd about it."""

    code: str
    name: str
    office: str
    kecamatan: str
    weeks: tuple[int, ...]
    seconds: tuple[int, int] = (150, 420)
    at_night: bool = False
    one_phone: bool = False
    clock_off: timedelta = timedelta()
    waiting: int = 0
    lost: int = 0
    """How many numbers never came."""

    def seen(self, one: Worker, chance: Random) -> Worker:
        """Return a worker as this agent writes everybody down: of the agent's own kecamatan."""
        there = [place for place in all_regions() if place.kecamatan == self.kecamatan]
        one = replace(one, home=chance.choice(there[:5]))
        return replace(one, phone="+628105550123") if self.one_phone else one


TALLO, GOWA = "Kantor Perisai Tallo", "Kantor Perisai Sungguminasa"
HABITS: Final = (
    Habit("PRS-11", "Nurhayati Dg. Ngai", TALLO, "Tallo", (4, 6, 7, 9, 8, 11, 12, 14, 13)),
    Habit(
        "PRS-12", "Baharuddin Tompo", TALLO, "Bontoala", (9, 8, 10, 7, 9, 8, 9, 10, 9), waiting=14
    ),
    Habit("PRS-13", "Rosmiati", TALLO, "Ujung Tanah", (0, 0, 3, 5, 6, 6, 8, 7, 9), lost=3),
    Habit(
        *("PRS-14", "Andi Firman", TALLO, "Tallo", (2, 3, 2, 4, 3, 12, 22, 21, 19)),
        seconds=(8, 24),
        at_night=True,
        one_phone=True,
    ),
    Habit(
        *("PRS-21", "Hj. Salmah", GOWA, "Rappocini", (8, 9, 9, 8, 10, 9, 10, 9, 11)),
        clock_off=timedelta(days=3),
    ),
    Habit("PRS-22", "Muh. Takdir", GOWA, "Tamalate", (5, 4, 6, 3, 2, 1, 1, 0, 0)),
    Habit("PRS-23", "Irmayanti", GOWA, "Panakkukang", (6, 7, 6, 8, 7, 8, 7, 6, 8)),
)
AWAY: Final = ("PRS-24", "Syarifuddin", GOWA)
"""An agent whose laptop has never joined."""


@dataclass(slots=True)
class Client:
    """A laptop of those weeks, as the office sees one."""

    url: str
    habit: Habit
    device_id: str
    token: str = ""
    seq: int = 0
    sent: list[Envelope] = field(default_factory=list)

    def join(self, code: str) -> None:
        """Join by a code, and exchange once, so that the office knows its clock."""
        told = {"code": code, "device_id": self.device_id, "name": f"Laptop {self.habit.name}"}
        self.token = self._post("devices", told | {"platform": "Linux", "client": "0.1.0"})["token"]
        self.exchange([])

    def envelope(self, told: dict[str, Any], at: datetime, seconds: int, **more: Any) -> Envelope:
        """Return a capture of this laptop's with its next number."""
        self.seq += 1
        made: Envelope = {
            "record_id": str(uuid.UUID(int=_bits(self.device_id, self.seq), version=4)),
            "kind": "enrolment",
            "device_id": self.device_id,
            "device_seq": self.seq,
            "captured_at": rfc3339(at.astimezone(UTC) + self.habit.clock_off),
            "elapsed_s": seconds,
            "clock_offset_s": -int(self.habit.clock_off.total_seconds()),
            "content": told,
            **more,
        }
        return made | {"digest": hashlib.sha256(_canonical(made)).hexdigest()}

    def send(self, envelopes: list[Envelope]) -> None:
        """Send everything, a part at a time."""
        for start in range(0, len(envelopes), _AT_ONCE):
            self.exchange(envelopes[start : start + _AT_ONCE])

    def exchange(self, envelopes: list[Envelope]) -> dict[str, Any]:
        """Send envelopes with a report of how the laptop is."""
        now = datetime.now(UTC)
        waiting = self.habit.waiting if envelopes else 0
        heartbeat: dict[str, Any] = {"waiting": waiting, "drafts": min(waiting, 2), "set_aside": 0}
        heartbeat |= {"last_seq": self.seq + waiting, "client": "0.1.0"}
        if waiting:
            heartbeat["oldest_waiting_at"] = rfc3339(now - timedelta(days=5))
        return self._post(
            "exchange",
            {
                "protocol": 1,
                "device_id": self.device_id,
                "sent_at": rfc3339(now + self.habit.clock_off),
                "heartbeat": heartbeat,
                "envelopes": envelopes,
            },
        )

    def _post(self, call: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        asked = urllib.request.Request(
            f"{self.url}/api/v1/{call}", json.dumps(body).encode(), headers
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            found: dict[str, Any] = json.load(answer)
        return found


def _canonical(made: Envelope) -> bytes:
    return json.dumps(made, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _bits(device_id: str, number: int) -> int:
    return int.from_bytes(hashlib.sha256(f"{device_id} {number}".encode()).digest()[:16], "big")


@dataclass(slots=True)
class Weeks:
    """Everything that these agents wrote down before the day."""

    crowd: Crowd
    at: Moment
    random: Random = field(default_factory=lambda: Random(2026))

    def play(self, url: str, join_code: Callable[[str], str]) -> int:
        """Send all of it to an office; return how many captures there were."""
        count, others = 0, list[Worker]()
        for habit in HABITS:
            device_id = str(uuid.UUID(int=_bits(habit.code, 0), version=4))
            client = Client(url, habit, device_id)
            client.join(join_code(habit.code))
            envelopes = list(self._of(client, others))
            client.send(envelopes)
            count += len(envelopes)
        return count

    def _of(self, client: Client, others: list[Worker]) -> Iterator[Envelope]:
        """Yield an agent's captures in the order of their days; some meet another's workers."""
        habit, own = client.habit, list[tuple[Worker, str]]()
        days = sorted(
            day
            for week, count in enumerate(habit.weeks)
            for day in self._days(week, count, at_night=habit.at_night)
        )
        for place, at in enumerate(days):
            client.seq += place < habit.lost
            one, more = self._next(own, others)
            told = self._told(habit.seen(one, self.random), at)
            made = client.envelope(told, at, self.random.randint(*habit.seconds), **more)
            if not more:
                own.append((one, made["record_id"]))
            yield made
        others += [one for one, _ in own]

    def _days(self, week: int, count: int, *, at_night: bool) -> Iterator[datetime]:
        """Yield the moments of a week's captures, none of them in the future."""
        first, last = _AT_NIGHT if at_night else _HOURS
        for _ in range(count):
            back = timedelta(days=7 * (_WEEKS - 1 - week) + self.random.randint(1, 7))
            day = datetime.combine((self.at.now - back).astimezone(WITA), time(), WITA)
            yield day + timedelta(minutes=self.random.randrange(first * 60, last * 60))

    def _next(
        self, own: list[tuple[Worker, str]], others: list[Worker]
    ) -> tuple[Worker, dict[str, Any]]:
        """Return who is met next: mostly somebody new, now and then trouble."""
        chance = self.random.random()
        if others and chance < _TWICE:
            one = self.random.choice(others)
            return replace(one, name=misspelt(one.name)), {}
        if others and chance < _CLASH:
            one = self.random.choice(others)
            return replace(self.crowd.worker(born=one.born, sex=one.sex), nik=one.nik), {}
        if own and chance < _CHANGED:
            one, record_id = self.random.choice(own)
            stranger = self.crowd.worker(born=one.born, sex=one.sex)
            return replace(stranger, nik=one.nik), {"corrects": record_id}
        return self.crowd.worker(), {}

    def _told(self, one: Worker, at: datetime) -> dict[str, Any]:
        """Return a content as that laptop had completed it."""
        told = content(one, Moment(at))
        due = contribution_due(
            *(told["monthly_income"], told["programmes"], told["sector"], told["payer"]),
            *(told["first_month"], told["months"], seed_tariff()),
        )
        own = {"schema": 1, "contribution": due.total, "tariff_version": seed("tariff").version}
        return told | own
