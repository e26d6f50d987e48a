"""The doctor's check of where agents are, and of the office that each record counts for."""

import sqlalchemy as sa

from server.finding import Finding
from server.rules.stations import BEGINNING, office_on
from server.store.stations import of_agents
from server.store.tables import agents, ledger


def stations(tx: sa.Connection) -> Finding:
    """Each agent has a first station; each record counts for the office of its chain's day."""
    finding = Finding("stations")
    agent_ids = tx.execute(sa.select(agents.c.agent_id)).scalars().all()
    where = of_agents(tx, agent_ids)
    for agent_id in agent_ids:
        finding.compared += 1
        if agent_id not in where or where[agent_id][0].since != BEGINNING:
            finding.add(f"agent {agent_id} has no office since the beginning")
    first = ledger.alias("first")
    keys = ledger.c.agent_id, first.c.work_date, ledger.c.office_id
    query = (
        sa.select(*keys, sa.func.count())
        .join_from(ledger, first, first.c.record_id == ledger.c.root_id)
        .group_by(*keys)
    )
    for agent_id, day, office_id, count in tx.execute(query):
        finding.compared += count
        if agent_id not in where or office_on(where[agent_id], day) != office_id:
            finding.add(f"agent {agent_id} on {day}: {count} count for another office")
    return finding
