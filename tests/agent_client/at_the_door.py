"""An agent at the door: drafts on a real vault, worked on as the page does."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from uuid6 import uuid7

from agent_client import drafting
from agent_client.drafting import Bench, Look, bench_at
from agent_client.form import form_of
from agent_client.lists import held_lists
from agent_client.store import captures, drafts
from agent_client.store.saving import Evidence, Saved
from agent_client.vault import Vault
from tests.agent_client.laptops import SetClock
from tests.builders import OMIT, content

TODAY = date(2026, 11, 20)
_TOLD = dict.fromkeys(("schema", "contribution", "tariff_version", "employer"), OMIT)


def sound(n: int, **overrides: Any) -> dict[str, Any]:
    """Return the content of person `n` less what only the laptop fills in."""
    return content(n, **{**_TOLD, **overrides})


def typed(n: int, **boxes: str) -> dict[str, str]:
    """Return the form into which a sound content of person `n` was typed, the NIK twice."""
    form = form_of(sound(n))
    del form["nik_confirmed"]
    return {**form, "nik_again": form["nik"], **boxes}


@dataclass
class Door:
    """What the page does to drafts, each in a transaction of its own."""

    vault: Vault
    clock: SetClock = field(default_factory=SetClock)

    def bench(self, tx: Any) -> Bench:
        return bench_at(tx, held_lists(tx), self.clock.now())

    def begin(self) -> int:
        with self.vault.writing() as tx:
            return drafting.begin(tx, self.bench(tx), "read_aloud", "mak")

    def look(self, draft_id: int) -> Look:
        with self.vault.reading() as tx:
            return drafting.look(tx, self.bench(tx), draft_id)

    def keep(self, draft_id: int, **form: str) -> Look:
        with self.vault.writing() as tx:
            return drafting.keep(tx, self.bench(tx), draft_id, form)

    def save(self, draft_id: int, **form: str) -> tuple[Look, Saved | None]:
        evidence = Evidence(self.clock.now(), self.clock.uptime())
        with self.vault.writing() as tx:
            return drafting.save(tx, self.bench(tx), draft_id, form, evidence, uuid7)

    def capture(self, n: int, **boxes: str) -> str:
        """Save person `n`; return the record's id."""
        look, saved = self.save(self.begin(), **typed(n, **boxes))
        assert saved is not None, look.errors
        return saved.record_id

    def correct(self, record_id: str) -> int:
        with self.vault.writing() as tx:
            return drafting.begin_correction(tx, record_id, self.clock.now())

    def add(self, members: dict[str, Any], **more: Any) -> int:
        """Put a draft there that no page has seen."""
        with self.vault.writing() as tx:
            return drafts.add_draft(tx, members, (), now=self.clock.now(), **more)

    def envelope(self, record_id: str) -> dict[str, Any]:
        with self.vault.reading() as tx:
            found = captures.envelope_of(tx, record_id)
        assert found is not None
        return found

    def drafts(self) -> list[drafts.Draft]:
        with self.vault.reading() as tx:
            return drafts.drafts(tx)

    def change(self, record_id: str, clause: str) -> None:
        """Let a capture be as the office's word would have left it."""
        with self.vault.writing() as tx:
            tx.execute(f"update captures set {clause} where record_id = ?", [record_id])


def codes(look: Look) -> set[tuple[str, str]]:
    """Return what keeps a draft from being saved: (field, code)."""
    return {(error.field, error.code) for error in look.errors}


def hinted(look: Look) -> set[tuple[str, str | None]]:
    """Return what the laptop says of the worker: (code, record)."""
    return {(hint.error.code, hint.record_id) for hint in look.hints}
