"""What the office said since the agent was last told: standings, and notices shown once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from agent_client.store import captures, changes, device, notices
from agent_client.store.captures import Capture
from agent_client.store.changes import Change
from agent_client.store.notices import Notice
from agent_client.telling import capture_line, change_body, standing_sentences
from agent_client.vault import Vault
from sync.ports import Clock


@dataclass(frozen=True, slots=True)
class Told:
    """What is new: each change with its capture as it stands now, and notices."""

    changes: tuple[tuple[Change, Capture], ...]
    notices: tuple[Notice, ...]
    zone: ZoneInfo


class News:
    """Hands out each change once, from the moment on at which it was made."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault, self._clock = vault, clock
        with vault.reading() as tx:
            self._last = changes.last_change(tx)

    def take(self) -> Told:
        """Return what is new since the last time; notices count as shown by it."""
        with self._vault.writing() as tx:
            fresh = changes.changes_after(tx, self._last)
            found = [(change, captures.capture(tx, change.record_id)) for change in fresh]
            shown = notices.show_notices(tx, self._clock.now())
            zone = device.zone_of(device.device(tx))
        if fresh:
            self._last = fresh[-1].change_id
        known = tuple((change, one) for change, one in found if one is not None)
        return Told(known, tuple(shown), zone)


def news_lines(told: Told, lang: str) -> Iterator[str]:
    """Yield what is new as people read it: a line for each capture, what it was told below."""
    for one in {one.record_id: one for _, one in told.changes}.values():
        yield capture_line(one, lang, told.zone)
        for sentence in standing_sentences(one, lang):
            yield f"    {sentence}"
    for notice in told.notices:
        yield f"* {notice.text_en if lang == 'en' else notice.text_id}"


def news_body(told: Told) -> dict[str, list[dict[str, Any]]]:
    """Return what is new as `--json` shows it."""
    return {
        "changes": [change_body(change) for change, _ in told.changes],
        "notices": [
            {
                "notice_id": notice.notice_id,
                "record_id": notice.record_id,
                "text_id": notice.text_id,
                "text_en": notice.text_en,
            }
            for notice in told.notices
        ],
    }
