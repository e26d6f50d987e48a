"""Cases of before are filed under the agents and offices of their records."""

from pathlib import Path
from typing import Final

import pytest
import sqlalchemy as sa
from alembic import command

from server.store import migrate
from server.store.case_tables import cases
from server.store.engine import Store
from tests.server.databases import new_database

OF_BEFORE: Final = (
    *(
        "INSERT INTO ledger (record_id, seq, digest, agent_id, office_id, sent_by, received_at,"
        " certainty, work_date, received_date, sealed, verdict, reason, root_id) VALUES"
        f" ('{name}', {seq}, '', 'agent-{name}', 'office-{name}', '', '2026-11-20 02:00:00.000000',"
        f" 'unknown', '2026-11-20', '2026-11-20', '', 'accepted', 'new', '{name}')"
        for seq, name in enumerate(("one", "two"), start=1)
    ),
    *(
        "INSERT INTO cases (case_id, kind, record_id, other_id, opened_at)"
        f" VALUES ('{name}', 'nik_conflict', 'one', {other}, '2026-11-20 02:00:00.000000')"
        for name, other in (("two people", "'two'"), ("a member", "NULL"))
    ),
)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_cases_of_before_are_filed_under_their_records(
    engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with new_database(engine, request, tmp_path) as url:
        store = Store(url)
        options = migrate.config()
        with store.write() as tx:
            options.attributes["connection"] = tx
            command.upgrade(options, "0005")
            for row in OF_BEFORE:
                tx.execute(sa.text(row))
        migrate.upgrade(store)
        with store.read() as tx:
            rows = tx.execute(sa.select(cases)).all()
        store.close()
    whose = {
        row.case_id: (row.agent_id, row.office_id, row.other_agent_id, row.other_office_id)
        for row in rows
    }
    assert whose == {
        "two people": ("agent-one", "office-one", "agent-two", "office-two"),
        "a member": ("agent-one", "office-one", None, None),
    }
