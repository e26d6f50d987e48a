"""Joining an office: an address and a supervisor's code make this laptop an agent's."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlite_utils import Database

from agent_client.exchanging import Exchanger
from agent_client.problems import AgentProblem
from agent_client.store import captures, device, drafts, exchange, sealed
from agent_client.store import joining as begun
from agent_client.vault import Vault
from sync.joining import Joined, join
from sync.limits import PING
from sync.ports import Clock, Transport
from sync.problems import LineProblem, problem_of
from sync.references import NAMES


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What the laptop says of itself: its name, the system it runs on, the program's version."""

    name: str
    platform: str
    client: str


def join_office(
    vault: Vault,
    transport: Transport,
    address: str,
    code: str,
    newcomer: Newcomer,
    *,
    clock: Clock,
    new_id: Callable[[], UUID],
) -> Joined:
    """Join, and keep what the office gave; whatever waits in the queue stays there.

    A joining that was begun on the page is through by that.

    The device's id is on disk before the office hears it, so that a lost answer is asked
    for again by the same id. AgentProblem `not_an_office`, `agent_differs`; SyncProblem.
    """
    with vault.writing() as tx:
        here = device.name_device(tx, new_id())
    _meet(transport)
    joined = join(
        transport, code, here.device_id, newcomer.name, newcomer.platform, newcomer.client
    )
    with vault.writing() as tx:
        if here.agent_id not in (None, joined.agent_id):
            if _holds_anything(tx):
                raise AgentProblem("agent_differs")
            exchange.begin_anew(tx)
        device.keep_joining(tx, joined, name=newcomer.name, office_url=address, now=clock.now())
        begun.drop_joining_begun(tx)
        exchange.keep_try(tx, None, clock.now())
    return joined


def fetch_lists(exchanger: Exchanger, transport: Transport, count: Callable[[int], None]) -> None:
    """Fetch every list, one by one; `count` is told how many are there."""
    for done, name in enumerate(NAMES, start=1):
        exchanger.fetch(transport, {name: ""})
        count(done)


def _holds_anything(tx: Database) -> bool:
    kept = (drafts.count_drafts(tx), len(sealed.sealed_drafts(tx)))
    return any((*captures.count_captures(tx).values(), *kept))


def _meet(transport: Transport) -> None:
    """See whether there is an office at all, before a code is shown to anybody."""
    try:
        reply = transport.get(PING)
        problem = problem_of(reply)
    except LineProblem as error:
        if error.code in ("captive", "answer_malformed"):
            raise AgentProblem("not_an_office") from error
        raise
    if problem is not None:
        raise problem
