"""What a laptop no longer keeps once it was kept long enough (docs/SETTINGS.md, the laptop).

The text of consent promises the spans. No clock of a laptop that jumps may cost an agent
what is still to be acted on: every span begins with an answer's own time, and what is to be
mended or finished goes only when a later answer shows that so much time has passed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from agent_client.clock import likely_time
from agent_client.config import Settings
from agent_client.store import drafts, exchange, notices, sealed
from agent_client.vault import Vault
from schemas.envelope import parse_moment


@dataclass(frozen=True, slots=True)
class Purged:
    """How many captures lost their personal part, and how many drafts were thrown away."""

    captures: int = 0
    drafts: int = 0


def purge_due(vault: Vault, settings: Settings, now: datetime) -> Purged:
    """Purge what was kept long enough, in one transaction; again is harmless.

    `now` is the laptop's clock. What waits or is in review stays, whatever its age.
    AgentProblem `disk_full` and the like: then all is as it was before.
    """
    with vault.writing() as tx:
        last = exchange.last_exchange(tx)
        proven = parse_moment(last.office_time)
        if proven is None:
            return Purged()
        likely = likely_time(now, last.clock_offset_s, proven)
        done = Purged(
            sealed.purge_asking(tx, "nothing", *_since(likely, settings.purge_days), now)
            + sealed.purge_asking(
                tx, "mending", *_since(proven, settings.purge_rejected_days), now
            ),
            drafts.purge_drafts(tx, _since(proven, settings.draft_days)[0]),
        )
        notices.blank_purged(tx)
    if done != Purged():
        vault.scour()
    return done


def days_left(draft: drafts.Draft, proven: datetime | None, settings: Settings) -> int | None:
    """Return in how many days a draft that nobody goes on with is thrown away, 0 or more.

    `proven` is the last answer's own time; None where nothing counts for the draft yet.
    """
    rests_since = parse_moment(draft.rests_since)
    if rests_since is None or proven is None:
        return None
    return max(settings.draft_days - (proven - rests_since).days, 0)


def _since(moment: datetime, days: int) -> tuple[datetime, int]:
    return moment - timedelta(days=days), days
