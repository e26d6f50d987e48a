"""Opens what a revoked laptop sealed for the office (sync/PROTOCOL.md, Wiping).

Its captures are settled as in an exchange of that laptop's agent, without a token. Nothing
is known of the laptop's clock then, and it has not reported by it.
"""

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from nacl.exceptions import CryptoError
from nacl.public import SealedBox

from schemas.envelope import is_uuid
from server.api.admission import parse
from server.exchange import desk
from server.office import Office
from server.problems import Refused
from server.rules.clock import ExchangeClock
from server.store import devices
from sync.digest import digest
from sync.limits import BATCH
from sync.receiver import answer_exchange

DRAFT: Final = "draft"


class Unfit(Exception):
    """A line that is refused; its text is one of the codes of server/sentences.py."""


@dataclass(slots=True)
class Opened:
    """What became of a file.

    `verdicts` counts the captures' present standings by agent code; `drafts` are as the
    laptops sealed them, each with its `agent_code`, and nothing was done with them;
    `refused` names lines, from 1, with a code.
    """

    verdicts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    drafts: list[dict[str, Any]] = field(default_factory=list, repr=False)
    refused: list[tuple[int, str]] = field(default_factory=list)


def open_sealed(office: Office, lines: Iterable[bytes]) -> Opened:
    """Open a file's lines and settle its captures; the same file again is harmless.

    Raises what the database raises: what was settled by then is known the next time.
    """
    opened = Opened()
    envelopes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    found: dict[str, Any] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            inner = _opened(office, line)
            device = found[inner["device_id"]] = _device(office, inner["device_id"])
        except Unfit as unfit:
            opened.refused.append((number, str(unfit)))
            continue
        if inner.get("kind") == DRAFT:
            opened.drafts.append({"agent_code": device.agent_code, **inner})
        else:
            envelopes[device.device_id].append(inner)
    for device_id, own in envelopes.items():
        device = found[device_id]
        opened.verdicts[device.agent_code] += _settle(office, device, own)
    return opened


def _settle(office: Office, device: Any, envelopes: list[dict[str, Any]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for first in range(0, len(envelopes), BATCH):
        at_the_desk = desk(office, device, ExchangeClock(office.now()), lambda _tx: None)
        answered = answer_exchange(envelopes[first : first + BATCH], at_the_desk)
        counts.update(ack.verdict.value for ack in answered.acks)
    return counts


def _opened(office: Office, line: bytes) -> dict[str, Any]:
    """Return the envelope, its digest with it, or the draft of a line; raises Unfit."""
    named, box = _read(line)
    try:
        plain = SealedBox(office.keys.sealing).decrypt(box)
        inner = _inner(plain)
    except CryptoError:
        raise Unfit("sealed_foreign") from None
    except (ValueError, RecursionError, Refused):
        raise Unfit("sealed_differs") from None
    if inner.get("kind") != DRAFT:
        inner["digest"] = digest(inner)
        if any(inner.get(member) != named.get(member) for member in ("record_id", "digest")):
            raise Unfit("sealed_differs")
    return inner


def _read(line: bytes) -> tuple[Mapping[str, Any], bytes]:
    try:
        named = json.loads(line)
        return named, base64.b64decode(named["sealed"], validate=True)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Unfit("sealed_unreadable") from None


def _inner(plain: bytes) -> dict[str, Any]:
    """Return the object that was sealed; an envelope keeps within what an exchange allows.

    Raises ValueError, RecursionError, Refused for anything else.
    """
    # Half a character, which no JSON in UTF-8 holds as it is, is one again as an escape.
    text = plain.decode("utf-8", "surrogatepass").encode("utf-8", "backslashreplace")
    inner = json.loads(text)
    if not isinstance(inner, dict) or not isinstance(inner.get("device_id"), str):
        raise ValueError("no envelope and no draft")
    if inner.get("kind") != DRAFT and not is_uuid(parse(text).get("record_id")):
        raise ValueError("no record_id")
    return inner


def _device(office: Office, device_id: str) -> Any:
    with office.store.read() as tx:
        device = devices.by_id(tx, device_id)
    if device is None:
        raise Unfit("sealed_device_unknown")
    return device
