"""A crowd of made-up workers as laptops would send them: sound, each with a NIK of their own."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bench.people import someone
from schemas.enrolment import Rules, check
from schemas.envelope import rfc3339
from schemas.regions import all_regions
from schemas.tariff import contribution_due, seed_tariff
from sync.digest import digest

MOMENT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)


def contents(seed: int, count: int, taken: set[str]) -> Iterator[dict[str, Any]]:
    """Give `count` sound contents with NIKs that are not in `taken`, which grows by them."""
    rng = random.Random(seed)
    kelurahan = [region.code for region in all_regions() if region.code.startswith("73.71.")]
    while count:
        content = _content(rng, kelurahan)
        if content["nik"] in taken:
            continue
        sound = check(content, moments=(MOMENT,), rules=Rules(), tariff=seed_tariff())
        if sound.errors:
            continue
        taken.add(content["nik"])
        count -= 1
        yield content


def _content(rng: random.Random, kelurahan: list[str]) -> dict[str, Any]:
    who = someone(rng)
    who.pop("alias", None) if rng.random() < 0.5 else None
    income = rng.choice((1_000_000, 1_500_000, 2_000_000, 2_500_000, 3_500_000))
    programmes = ["JHT", "JKK", "JKM"] if rng.random() < 0.3 else ["JKK", "JKM"]
    due = contribution_due(income, programmes, "other", "self", "2026-12", 1, seed_tariff())
    return {
        **who,
        "schema": 1,
        "phone_owner": "self" if who.get("phone") else "none",
        "kelurahan": rng.choice(kelurahan),
        "rw": f"{rng.randint(1, 12):03}",
        "rt": f"{rng.randint(1, 9):03}",
        "street": "Jl. Rappocini Raya",
        "lorong": f"Lorong {rng.randint(1, 40)}",
        "landmark": "Depan musala",
        "occupation": "pedagang-pasar",
        "sector": "other",
        "workplace": "Pasar Terong",
        "monthly_income": income,
        "programmes": programmes,
        "first_month": "2026-12",
        "months": 1,
        "payer": "self",
        "contribution": due.total,
        "tariff_version": "2026-11-20.1",
        "nik_reason": "as_on_card",
        "consent_version": "2026-11-20.1",
        "consent_at": "2026-11-20T09:25:00+08:00",
        "consent_method": "read_aloud",
        "consent_language": "id",
    }


def envelopes(
    crowd: Iterator[dict[str, Any]], device_id: str, first_seq: int, rng: random.Random
) -> Iterator[dict[str, Any]]:
    """Give each content as an envelope of one device, numbered from `first_seq`."""
    for seq, content in enumerate(crowd, start=first_seq):
        envelope = {
            "record_id": _uuid7(seq, rng),
            "kind": "enrolment",
            "device_id": device_id,
            "device_seq": seq,
            "captured_at": rfc3339(_captured(seq)),
            "elapsed_s": 240,
            "clock_offset_s": 0,
            "last_answer_at": "2026-10-20T01:00:00.000Z",
            "content": content,
        }
        yield {**envelope, "digest": digest(envelope)}


def _captured(seq: int) -> datetime:
    """Return when a capture was made: one every 8 seconds in the branch, the last month long."""
    return MOMENT + timedelta(seconds=8 * seq, days=-30)


def _uuid7(seq: int, rng: random.Random) -> str:
    # A laptop makes it at the capture, so that they ascend as in the field.
    millis = int(_captured(seq).timestamp() * 1000) + rng.randint(0, 6_000)
    number = millis << 80 | 7 << 76 | rng.getrandbits(12) << 64 | 2 << 62 | rng.getrandbits(62)
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def request(device_id: str, batch: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an exchange's request with a batch."""
    return {
        "protocol": 1,
        "device_id": device_id,
        "sent_at": rfc3339(datetime.now(UTC)),
        "heartbeat": {"waiting": 0, "drafts": 0, "set_aside": 0, "last_seq": 0},
        "envelopes": batch,
    }
