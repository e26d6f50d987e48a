"""A list row by row: saved where it is complete, else a draft, else refused with a reason.

Each row is a transaction of its own, and a row that is here already is refused: so an
import that was cut short is simply begun again, and nothing is there twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal
from uuid import UUID

from sqlite_utils import Database

from agent_client.capture import Judged, judge, office_rules
from agent_client.doorstep import hints
from agent_client.importer.cells import cell_text
from agent_client.importer.jobs import Jobs
from agent_client.importer.places import Places
from agent_client.importer.rows import RowRead, RowReader
from agent_client.importer.table import ListRow, ListTable
from agent_client.lists import held_lists
from agent_client.store import captures, device, drafts
from agent_client.store.saving import Evidence, save_capture
from agent_client.store.stopping import refuse_new
from agent_client.vault import Vault
from schemas.enrolment import Rules
from schemas.envelope import FieldError
from schemas.names import fold_name

_LEAST_TO_TELL: Final = 5
"""So many NIKs that all end in 0 are rounded: by chance it is one list in a hundred thousand."""


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row; `errors` is why it is no capture, `warnings` what is odd."""

    row: int
    outcome: Literal["saved", "draft", "refused"]
    errors: tuple[FieldError, ...] = ()
    warnings: tuple[FieldError, ...] = ()
    record_id: str | None = None
    draft_id: int | None = None


@dataclass(slots=True)
class ListImport:
    """One import at work. `source` is the list's name, shown beside its drafts."""

    vault: Vault
    table: ListTable
    source: str
    evidence: Callable[[], Evidence]
    new_id: Callable[[], UUID]
    _seen: set[str] = field(default_factory=set)
    _made: set[int] = field(default_factory=set)

    def run(self) -> Iterator[RowOutcome]:
        """Take the rows in their order, one at each step; AgentProblem as `capture`."""
        reader, rules = self._prepare()
        rounded = _is_rounded_throughout(self.table)
        for row in self.table.rows:
            read = reader.read(self.table, row)
            if read.refusal is None and rounded:
                read = _refused(read)
            with self.vault.writing() as tx:
                outcome = self._take(tx, row, read, reader, rules)
            self._seen.add(read.digest)
            yield outcome

    def _prepare(self) -> tuple[RowReader, Rules]:
        with self.vault.reading() as tx:
            refuse_new(tx)
            rules, here, lists = office_rules(tx), device.device(tx), held_lists(tx)
        assert here is not None
        reader = RowReader(
            lists,
            Places(lists.regions.values()),
            Jobs(lists.occupations.values()),
            here.zone(),
            self.evidence().now,
        )
        return reader, rules

    def _take(
        self, tx: Database, row: ListRow, read: RowRead, reader: RowReader, rules: Rules
    ) -> RowOutcome:
        if read.refusal is not None:
            return RowOutcome(row.number, "refused", (read.refusal,))
        former = drafts.draft_of_row(tx, read.digest)
        evidence = self.evidence()
        judged, checked = judge(read.content, reader.lists, rules, evidence.now)
        errors = _together(judged, read)
        if captures.has_row(tx, read.digest) or (former is not None and errors):
            code = "row_twice" if read.digest in self._seen else "row_known"
            return RowOutcome(row.number, "refused", (FieldError("nik", code),))
        self._replace_drafts(tx, read)
        if errors:
            return self._draft(tx, row, read, errors, evidence)
        warnings = hints(
            judged.content,
            here=captures.same_nik(tx, judged.content["nik"]),
            own=(),
            known=reader.lists.known,
            due=checked.due,
        )
        saved = save_capture(
            tx,
            judged.content,
            evidence,
            new_id=self.new_id,
            row_digest=read.digest,
            draft_id=former.draft_id if former else None,
        )
        told = (*judged.warnings, *warnings)
        return RowOutcome(row.number, "saved", (), told, record_id=saved.record_id)

    def _draft(
        self,
        tx: Database,
        row: ListRow,
        read: RowRead,
        errors: tuple[FieldError, ...],
        evidence: Evidence,
    ) -> RowOutcome:
        draft_id = drafts.add_draft(
            tx,
            read.content,
            errors,
            now=evidence.now,
            source=f"{self.source}:{row.number}",
            row_digest=read.digest,
        )
        self._made.add(draft_id)
        return RowOutcome(row.number, "draft", errors, draft_id=draft_id)

    def _replace_drafts(self, tx: Database, read: RowRead) -> None:
        """Throw away what an earlier form of this row left: the list was completed meanwhile."""
        name = fold_name(str(read.content.get("full_name", "")))
        for one in drafts.imported_untouched(tx, str(read.content.get("nik", ""))):
            same_name = fold_name(str(one.content.get("full_name", ""))) == name
            if same_name and one.draft_id not in self._made and one.row_digest != read.digest:
                drafts.delete_draft(tx, one.draft_id)


def _together(judged: Judged, read: RowRead) -> tuple[FieldError, ...]:
    """What the row cannot tell, with the reader's own reason where it has one."""
    own = {error.field for error in read.unread}
    return (*read.unread, *(error for error in judged.errors if error.field not in own))


def _refused(read: RowRead) -> RowRead:
    return RowRead(read.content, read.digest, FieldError("nik", "nik_rounded"), read.unread)


def _is_rounded_throughout(table: ListTable) -> bool:
    """Tell whether a text file's NIKs were rounded before it was written: all end in 0."""
    place = table.columns["nik"]
    texts = [cell_text(row.cells[place]) for row in table.rows if place < len(row.cells)]
    niks = [text for text in texts if len(text) == 16 and text.isdigit()]
    return len(niks) >= _LEAST_TO_TELL and all(nik.endswith("0") for nik in niks)
