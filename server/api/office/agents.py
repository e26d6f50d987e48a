"""Agents: their work, and what becomes of them."""

from collections.abc import Mapping
from typing import Any

from server import administer, agents
from server.agent_work import Span, work_of
from server.api.office.answers import AgentAnswer, AgentsAnswer, JoinCodeAnswer, MovedAnswer
from server.api.office.asking import call
from server.api.office.bodies import (
    AgentBody,
    AgentNameBody,
    AgentQuery,
    EndBody,
    MoveBody,
)
from server.api.office.work_answers import WorkAnswer
from server.web.here import here


@call("GET", "/agents", AgentsAnswer)
def list_agents() -> Any:
    """List the agents of the user's offices, those who have ended too."""
    return {"agents": agents.all_agents(here().office, here().user.offices)}


@call("GET", "/agents/<string:agent_id>", WorkAnswer, query=AgentQuery)
def show_agent(agent_id: str, asked: Mapping[str, Any]) -> Any:
    """Tell an agent's work in a span of days, and what is worth asking about."""
    return work_of(here().office, agent_id, Span(asked["span"]), here().user.offices)


@call("POST", "/agents", AgentAnswer, body=AgentBody, status=201, fits=False)
def make_agent(sent: Mapping[str, Any]) -> Any:
    """Make an agent."""
    office = here().office
    with administer.fitting():
        home = agents.office(office, sent["office_id"])
        agent_id = administer.add_agent(
            office, sent["name"], home.name, sent["code"], by=here().user.name
        )
        return agents.agent(office, agent_id)


@call("PATCH", "/agents/<string:agent_id>", AgentAnswer, body=AgentNameBody)
def name_agent(agent_id: str, sent: Mapping[str, Any]) -> Any:
    """Give an agent another name."""
    with administer.fitting():
        agents.change_agent(here().office, agent_id, sent["name"], by=here().user.name)
        return agents.agent(here().office, agent_id)


@call("POST", "/agents/<string:agent_id>/moves", MovedAnswer, body=MoveBody)
def move_agent(agent_id: str, sent: Mapping[str, Any]) -> Any:
    """Let an agent be at an office from a day on."""
    with administer.fitting():
        records = agents.move_agent(
            here().office, agent_id, sent["office_id"], sent["since"], by=here().user.name
        )
    return {"records": records}


@call("PUT", "/agents/<string:agent_id>/end", AgentAnswer, body=EndBody)
def end_agent(agent_id: str, sent: Mapping[str, Any]) -> Any:
    """Let somebody be no agent from a day on."""
    with administer.fitting():
        agents.end_agent(here().office, agent_id, sent["since"], by=here().user.name)
        return agents.agent(here().office, agent_id)


@call("DELETE", "/agents/<string:agent_id>/end", AgentAnswer)
def take_back_end(agent_id: str) -> Any:
    """Let somebody be an agent again."""
    with administer.fitting():
        agents.take_back_end(here().office, agent_id, by=here().user.name)
        return agents.agent(here().office, agent_id)


@call("POST", "/agents/<string:agent_id>/join-codes", JoinCodeAnswer, status=201, fits=False)
def make_join_code(agent_id: str) -> Any:
    """Make a code by which a laptop joins as this agent's; it is told this once."""
    office = here().office
    with administer.fitting():
        one = agents.agent(office, agent_id)
        expires_at = administer.join_code_until(office)
        code = administer.make_join_code(office, one.code, by=here().user.name)
    return {"code": code, "expires_at": expires_at}
