"""Proves that laptops and office say the same: one verdict for each capture, on both sides."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Standing = tuple[str, str, str]
"""Digest, verdict and reason."""


def disagreements(
    captures: Sequence[Mapping[str, Any]], standings: Mapping[str, Standing]
) -> Iterator[str]:
    """Yield, record by record, where a laptop's list and the office's ledger differ.

    `captures` are those of one laptop, `standings` what the office has of that laptop.
    """
    seen: set[str] = set()
    for one in captures:
        record_id = str(one["record_id"])
        here = (one["digest"], one["verdict"], one["reason"])
        if record_id in seen:
            yield f"{record_id}: twice on the laptop"
        elif one["verdict"] is None:
            yield f"{record_id}: no verdict on the laptop"
        elif record_id not in standings:
            yield f"{record_id}: unknown at the office"
        elif here != standings[record_id]:
            yield f"{record_id}: {here[1]}/{here[2]} on the laptop, not at the office"
        seen.add(record_id)
    for record_id in sorted(standings.keys() - seen):
        yield f"{record_id}: unknown on the laptop"
