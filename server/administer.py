"""What an administrator does: set up the database, offices, agents, join codes."""

from datetime import timedelta

from server import references
from server.config import Settings
from server.joining import code_hash, new_code
from server.keys import KeyWrong, load_keys, make_key_file
from server.office import Office, new_id, utc_now
from server.store import devices, offices
from server.store.engine import Store
from server.store.migrate import upgrade


class Unknown(Exception):
    """A name or code that the office does not know; the text is the problem's code."""


class Taken(Exception):
    """A name or code that is there already; the text is the problem's code."""


def migrate(settings: Settings) -> list[str]:
    """Make or bring up to date the key, the database and the first lists.

    Returns the names of the lists that were seeded. Raises server.keys.KeyMissing (a new key
    is made for a new office alone), server.keys.KeyWrong, server.store.migrate.Foreign.
    """
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    store = Store(settings.database_url)
    try:
        upgrade(store)
        with store.write() as tx:
            is_new = offices.fact(tx, "epoch") is None
            if is_new and settings.office_key is None:
                make_key_file(settings.home)
            keys = load_keys(settings.home, settings.office_key)
            if not references.knows_key(tx, keys):
                raise KeyWrong
            if is_new:
                offices.put_fact(tx, "epoch", new_id())
            return references.seed_lists(tx, keys, settings, utc_now())
    finally:
        store.close()


def add_office(office: Office, name: str) -> str:
    """Add an office by its name; return its id; raises Taken."""
    with office.store.write() as tx:
        if offices.office_named(tx, name) is not None:
            raise Taken("office_taken")
        office_id = office.new_id()
        offices.add_office(tx, office_id, name, office.settings.timezone)
    return office_id


def add_agent(office: Office, name: str, office_name: str, code: str) -> str:
    """Add an agent to an office; return the agent's id; raises Unknown, Taken."""
    with office.store.write() as tx:
        home = offices.office_named(tx, office_name)
        if home is None:
            raise Unknown("office_unknown")
        if offices.agent_coded(tx, code) is not None:
            raise Taken("agent_taken")
        agent_id = office.new_id()
        offices.add_agent(tx, agent_id, code, name, home.office_id)
    return agent_id


def make_join_code(office: Office, agent_code: str) -> str:
    """Return a new join code of an agent, good for some days; raises Unknown."""
    expires_at = office.now() + timedelta(days=office.settings.join_code_days)
    with office.store.write() as tx:
        agent = offices.agent_coded(tx, agent_code)
        if agent is None:
            raise Unknown("agent_unknown")
        code = new_code()
        devices.put_code(tx, code_hash(code), agent.agent_id, expires_at)
    return code
