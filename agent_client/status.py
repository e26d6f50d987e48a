"""How the laptop stands: what waits, how the line is, what the office counted."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from agent_client.retiring import Retiring, retiring
from agent_client.sentences import sentence
from agent_client.store import captures, device, drafts, exchange, queue, reference, sealed
from agent_client.telling import rupiah, shown_time, state_name
from agent_client.vault import Vault
from schemas.envelope import rfc3339

CLOCK_WRONG_SECONDS: Final = 600
"""From here on the laptop's clock is said to be wrong; the office takes its captures anyway."""


@dataclass(frozen=True, slots=True)
class Status:
    """What `status` shows."""

    client: str
    here: device.Device | None
    counts: Mapping[str, int]
    drafts: int
    sealed_drafts: int
    oldest_waiting_at: str | None
    last: exchange.LastExchange
    references: Mapping[str, str]
    retiring: Retiring | None = None


def read_status(vault: Vault, client: str) -> Status:
    """Read how the laptop stands, all at one moment."""
    with vault.reading() as tx:
        return Status(
            client=client,
            here=device.device(tx),
            counts=captures.count_captures(tx),
            drafts=drafts.count_drafts(tx),
            sealed_drafts=len(sealed.sealed_drafts(tx)),
            oldest_waiting_at=queue.oldest_waiting(tx),
            last=exchange.last_exchange(tx),
            references=reference.versions(tx),
            retiring=retiring(tx),
        )


def status_body(status: Status) -> dict[str, Any]:
    """Return the status as `--json` shows it; the token and the keys are left out."""
    here, last = status.here, status.last
    return {
        "client": status.client,
        "device": None if here is None else {name: getattr(here, name) for name in _SHOWN},
        "waiting": captures.count_unsettled(status.counts),
        "set_aside": status.counts["set_aside"],
        "sealed": status.counts["sealed"],
        "drafts": status.drafts,
        "sealed_drafts": status.sealed_drafts,
        "counts": dict(status.counts),
        "oldest_waiting_at": status.oldest_waiting_at,
        "last_try_at": None if last.tried_at is None else rfc3339(last.tried_at),
        "problem": last.problem,
        "last_answer_at": None if last.answered_at is None else rfc3339(last.answered_at),
        "clock_offset_s": last.clock_offset_s,
        "reference": dict(status.references),
        "retiring": _retiring_body(status.retiring),
        "performance": last.performance,
    }


def status_lines(status: Status, lang: str, now: datetime) -> Iterator[str]:
    """Yield the status as people read it, the honest line on top."""
    here, last, english = status.here, status.last, lang == "en"
    yield line_of(status, lang)
    if status.retiring is not None:
        yield retiring_sentence(status.retiring, lang)
    if last.clock_offset_s is not None and abs(last.clock_offset_s) >= CLOCK_WRONG_SECONDS:
        yield f"{sentence('clock_wrong', lang)} ({last.clock_offset_s:+d} s)"
    counted = {**status.counts, "drafts": status.drafts}
    for state, count in counted.items():
        name = ("draf", "drafts")[english] if state == "drafts" else state_name(state, lang)
        yield f"  {name:<16} {count:>6}"
    yield from _performance(last.performance, lang)
    if here is not None and here.agent_name:
        yield f"{here.agent_name} · {here.office_name} · {here.name}"
    zone = device.zone_of(here)
    yield f"{('Jam laptop', 'Laptop clock')[english]}: {shown_time(now, zone)} · {status.client}"


def line_of(status: Status, lang: str) -> str:
    """Return the one honest line: what waits, and why; and what to do with what is sealed."""
    sealed_captures, line = status.counts["sealed"], _line(status, lang)
    if not sealed_captures and not status.sealed_drafts:
        return line
    said = sentence("sealed", lang, records=sealed_captures, drafts=status.sealed_drafts)
    return f"{line} {said}"


def retiring_sentence(one: Retiring, lang: str) -> str:
    """Return how far a laptop is that is taken out of service, and what is to be done."""
    if one.safe_at is not None:
        return sentence("retired_safe", lang)
    left = {name: getattr(one, name) for name in _LEFT}
    return sentence("retired_left", lang, **left, missing=one.stop.missing)


def _retiring_body(one: Retiring | None) -> dict[str, Any] | None:
    if one is None:
        return None
    left = {name: getattr(one, name) for name in (*_LEFT, "pairs")}
    told = {name: getattr(one.stop, name) for name in ("asked_at", "known_at", "missing")}
    return {**told, **left, "safe_at": one.safe_at}


_LEFT: Final = ("waiting", "drafts", "damaged")


def _line(status: Status, lang: str) -> str:
    waiting = captures.count_unsettled(status.counts)
    english, last = lang == "en", status.last
    if not waiting and last.problem is None:
        if last.answered_at is None:
            return ("Belum ada yang disimpan untuk dikirim.", "Nothing was saved yet to be sent.")[
                english
            ]
        at = shown_time(last.answered_at, device.zone_of(status.here))
        return (f"Semua sudah terkirim ({at}).", f"Everything was sent ({at}).")[english]
    begin = (f"{waiting} menunggu.", f"{waiting} waiting.")[english]
    return begin if last.problem is None else f"{begin} {sentence(last.problem, lang)}"


_SHOWN: Final = (
    "device_id",
    "name",
    "last_seq",
    "office_url",
    "agent_id",
    "agent_name",
    "office_id",
    "office_name",
    "timezone",
    "joined_at",
)


def _performance(performance: Mapping[str, Any] | None, lang: str) -> Iterator[str]:
    """Yield this month's figures; whatever an office of another version leaves out is left out."""
    months = (performance or {}).get("months")
    if not isinstance(months, list) or not months or not isinstance(months[0], dict):
        return
    month, english = months[0], lang == "en"
    accepted = f"{month.get('accepted', '–')}/{month.get('target', '–')}"
    parts = [f"{month.get('month', '–')}: {accepted} {('diterima', 'accepted')[english]}"]
    if month.get("rank") is not None:
        words = ("peringkat {} dari {}", "rank {} of {}")[english]
        parts.append(words.format(month["rank"], month.get("of", "–")))
    if type(month.get("contribution")) is int:
        parts.append(rupiah(month["contribution"]))
    yield " · ".join(parts)
