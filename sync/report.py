"""Who sends, and what one run of exchanges came to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sync.batching import FIRST_SIZE
from sync.problems import SyncProblem, Unwelcome


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is sending, and the keys (key_id to base64) that receipts are checked against.

    `restored`: the laptop's data came out of a backup, or the sender cannot be sure; the
    caller clears it after a run whose report is `caught_up`.
    """

    device_id: str
    agent_id: str
    keys: Mapping[str, str]
    restored: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did, in counts, and how it ended.

    `exchanges` answers settled; `sent` envelopes that got through, some more than once;
    `acknowledged`, `retry`, `ignored`, `resaved`, `changes` see Settled; `set_aside`
    captures that fail alone; `reopened` captures that a restored office does not know;
    `receipts_bad` answers without a good signature (their proof is not kept: say it
    loudly), `receipts_unchecked` those signed with a key that is not known yet.

    `references` name and version of the lists to fetch; `size` the batch size to begin the
    next run with. `problem` is what ended the run, None where all was sent or `stopped`;
    `resume_after_s` how long to let the office alone, None where it asked for nothing;
    `caught_up` says that a restored laptop has been told all that it may have missed.
    """

    exchanges: int = 0
    sent: int = 0
    acknowledged: int = 0
    retry: int = 0
    ignored: int = 0
    resaved: int = 0
    changes: int = 0
    set_aside: int = 0
    reopened: int = 0
    receipts_bad: int = 0
    receipts_unchecked: int = 0
    references: Mapping[str, str] = field(default_factory=dict)
    size: int = FIRST_SIZE
    problem: SyncProblem | None = None
    resume_after_s: float | None = None
    stopped: bool = False
    caught_up: bool = False

    @property
    def reached(self) -> bool:
        """Tell whether at least one answer was settled."""
        return self.exchanges > 0

    @property
    def wipe(self) -> bool:
        """Tell whether the office asks to purge what is acknowledged and seal the rest."""
        return isinstance(self.problem, Unwelcome) and self.problem.wipe
