"""The office's half of the exchange: each envelope gets one answer of its own.

Here is what needs no books: which envelopes can be read, whether they are whole, in which
order they are judged, and that one at fault never spoils the others.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

import orjson

from schemas.envelope import Ack, is_digest, is_uuid
from schemas.words import Reason, Verdict
from sync.digest import canonical
from sync.limits import CONTENT_BYTES, KINDS, SCHEMA


class Arrival(NamedTuple):
    """One envelope as it came, with what can be said of it at once.

    `digest` is the one it claims, or the office's own where it claims none; `faults` are
    codes that make it invalid; `retry` says why it can have no standing yet; `cyclic`
    that corrections in this batch name each other in a ring.
    """

    record_id: str
    digest: str
    form: bytes
    envelope: Mapping[str, Any]
    retry: Reason | None = None
    faults: tuple[str, ...] = ()
    cyclic: bool = False

    def __repr__(self) -> str:
        return f"<Arrival {self.record_id}>"

    @property
    def pair(self) -> tuple[str, str]:
        """Return what an answer names: (record_id, digest)."""
        return self.record_id, self.digest


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers, in order of first appearance, and the places that could not be read."""

    acks: list[Ack]
    unreadable: list[int]


class Desk(Protocol):
    """What the office does with arrivals."""

    def settle(self, arrivals: Sequence[Arrival]) -> list[Ack]:
        """Judge and record a batch in one transaction; one answer for each arrival."""
        ...

    def set_aside(self, arrivals: Sequence[Arrival], reason: Reason) -> None:
        """Keep what has no standing, as it came."""
        ...

    def keep_unreadable(self, forms: Sequence[bytes]) -> None:
        """Keep what cannot even be answered."""
        ...

    def is_fatal(self, error: Exception) -> bool:
        """Tell whether the office itself is at fault (then nobody's envelope is)."""
        ...


def answer_exchange(envelopes: Sequence[Any], desk: Desk) -> Answered:
    """Answer a batch: all in one go, or one by one where something unexpected is raised.

    Raises what the desk calls fatal; what was recorded by then is answered when it comes
    again.
    """
    readable = [raw for raw in envelopes if _is_readable(raw)]
    unreadable = [place for place, raw in enumerate(envelopes) if not _is_readable(raw)]
    if unreadable:
        desk.keep_unreadable([canonical(envelopes[place]) for place in unreadable])
    arrivals = _distinct([read(raw) for raw in readable])
    settled = _settle(in_order(arrivals), desk)
    answers = {(ack.record_id, ack.digest): ack for ack in settled}
    return Answered([answers[arrival.pair] for arrival in arrivals], unreadable)


def _is_readable(raw: Any) -> bool:
    return isinstance(raw, dict) and is_uuid(raw.get("record_id"))


def _settle(arrivals: Sequence[Arrival], desk: Desk) -> list[Ack]:
    if not arrivals:
        return []
    try:
        return desk.settle(arrivals)
    except Exception as error:
        if desk.is_fatal(error):
            raise
    return [ack for arrival in arrivals for ack in _settle_alone(arrival, desk)]


def _settle_alone(arrival: Arrival, desk: Desk) -> list[Ack]:
    try:
        return desk.settle([arrival])
    except Exception as error:
        if desk.is_fatal(error):
            raise
    desk.set_aside([arrival], Reason.NOT_DECIDED)
    return [Ack(*arrival.pair, Verdict.RETRY, Reason.NOT_DECIDED)]


def read(raw: Mapping[str, Any]) -> Arrival:
    """Return an envelope with a usable record_id as an arrival."""
    is_plain = _is_canonical(raw)
    form = _form(raw, is_plain=is_plain)
    own = sha256(form).hexdigest()
    claimed: Any = raw.get("digest")
    digest: str = claimed if is_digest(claimed) else own
    arrival = Arrival(raw["record_id"], digest, form, raw)
    if claimed != own:
        return arrival._replace(retry=Reason.DIGEST_MISMATCH)
    kind, content = raw.get("kind"), raw.get("content")
    if isinstance(kind, str) and kind not in KINDS:
        return arrival._replace(retry=Reason.KIND_UNKNOWN)
    schema = content.get("schema") if isinstance(content, dict) else None
    if type(schema) is int and schema > SCHEMA:
        return arrival._replace(retry=Reason.SCHEMA_NEWER)
    faults = _faults(kind, content, form, is_plain=is_plain)
    return arrival._replace(faults=faults) if faults else arrival


def _form(raw: Mapping[str, Any], *, is_plain: bool) -> bytes:
    """Return an envelope's canonical bytes (`sync.digest.canonical`), without its digest.

    Of what is plain orjson makes the same bytes in a tenth of the time; half characters and
    great integers it refuses.
    """
    bare = {name: value for name, value in raw.items() if name != "digest"}
    if is_plain:
        with suppress(orjson.JSONEncodeError):
            return plain_form(bare)
    return canonical(bare)


def plain_form(value: Any) -> bytes:
    """Return the canonical bytes of a value without fractions, with ASCII member names.

    Raises orjson.JSONEncodeError for half characters and great integers.
    """
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def _faults(kind: Any, content: Any, form: bytes, *, is_plain: bool) -> tuple[str, ...]:
    faults = [] if isinstance(kind, str) else ["envelope.kind"]
    if not is_plain or not _is_text(form):
        faults.append("not_canonical")
    if len(form) > CONTENT_BYTES and len(canonical(content)) > CONTENT_BYTES:
        faults.append("too_large")
    return tuple(faults)


def _is_text(form: bytes) -> bool:
    try:
        form.decode("utf-8")
    except UnicodeDecodeError:  # a lone surrogate
        return False
    return True


def _is_canonical(value: Mapping[str, Any] | list[Any]) -> bool:
    """Tell whether a value's canonical form is certain: no fraction, ASCII member names."""
    values: Collection[Any] = value
    if isinstance(value, Mapping):
        if not "".join(value).isascii():
            return False
        values = value.values()
    kinds = set(map(type, values))
    if kinds.isdisjoint(_TO_LOOK_AT):
        return True
    return float not in kinds and all(_is_canonical(one) for one in values if type(one) in _DEEP)


_DEEP = {dict, list}
_TO_LOOK_AT = {float, *_DEEP}


def _distinct(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Return one arrival for each pair, in order of first appearance; a whole one if any is."""
    chosen: dict[tuple[str, str], Arrival] = {}
    for arrival in arrivals:
        first = chosen.setdefault(arrival.pair, arrival)
        if first.retry is not None and arrival.retry is None:
            chosen[arrival.pair] = arrival
    return list(chosen.values())


def in_order(arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Return arrivals in array order, but each correction after what it corrects.

    Corrections that name each other in a ring are marked `cyclic`. What has no standing
    to be corrected, a damaged envelope say, holds nothing back and closes no ring.
    """
    by_id: dict[str, Arrival] = {}
    for arrival in arrivals:
        if arrival.retry is None:
            by_id.setdefault(arrival.record_id, arrival)
    if all(_target(arrival, by_id) is None for arrival in arrivals):
        return list(arrivals)
    ordered: dict[tuple[str, str], Arrival] = {}
    for arrival in arrivals:
        path = _path(arrival, by_id, lambda pair: pair in ordered)
        ring = _ring(path, by_id)
        for step in reversed(path):
            marked = step._replace(cyclic=True) if step.record_id in ring else step
            ordered.setdefault(step.pair, marked)
    return list(ordered.values())


def _target(arrival: Arrival, by_id: Mapping[str, Arrival]) -> Arrival | None:
    corrects = arrival.envelope.get("corrects")
    return by_id.get(corrects) if isinstance(corrects, str) else None


def _path(
    arrival: Arrival, by_id: Mapping[str, Arrival], is_ordered: Callable[[tuple[str, str]], bool]
) -> list[Arrival]:
    """Return an arrival and what it corrects, and so on, as far as this batch goes."""
    path, seen = [], set()
    step: Arrival | None = arrival
    while step is not None and step.pair not in seen and not is_ordered(step.pair):
        path.append(step)
        seen.add(step.pair)
        step = _target(step, by_id)
    return path


def _ring(path: Sequence[Arrival], by_id: Mapping[str, Arrival]) -> set[str]:
    """Return the ids of the ring that a path runs into; a record that names itself is none."""
    target = _target(path[-1], by_id) if path else None
    if target is None or target is path[-1] or target not in path:
        return set()
    return {step.record_id for step in path[path.index(target) :]}
