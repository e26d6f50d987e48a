"""What an administrator does: set up the database, offices, agents, join codes.

What becomes of an agent later is in server/agents.py. `by` names who does it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from server import audit, references
from server.audit import Action
from server.config import Settings
from server.joining import code_hash, new_code
from server.keys import KeyWrong, load_keys, make_key_file
from server.office import Office, new_id, utc_now
from server.problems import STAFF, Refused
from server.rules.stations import has_ended, office_on
from server.store import devices, offices, stations
from server.store.engine import Store
from server.store.migrate import upgrade

COMMAND: Final = "lorong-server"
"""Who does what somebody at the office's terminal does."""
_NAME, _CODE = 100, 32  # characters


class Impossible(Exception):
    """What an administrator asks for cannot be; the text is the problem's code."""


class Unknown(Impossible):
    """A name or code that the office does not know."""


class Taken(Impossible):
    """A name or code that is there already."""


class Wrong(Impossible):
    """A name or code that cannot be one."""


class Ended(Impossible):
    """Somebody who is no agent any more."""


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


def add_office(office: Office, name: str, *, by: str = COMMAND) -> str:
    """Add an office by its name; return its id; raises Wrong, Taken."""
    name, office_id = sound_name(name), office.new_id()
    with unique("office_taken"), office.store.write() as tx:
        offices.add_office(tx, office_id, name, office.settings.timezone)
        note(tx, office, by, Action.MADE, "office", office_id, office_id, name=name)
    return office_id


def rename_office(office: Office, office_id: str, name: str, *, by: str) -> None:
    """Give an office another name; raises Unknown, Wrong, Taken."""
    name = sound_name(name)
    with unique("office_taken"), office.store.write() as tx:
        if offices.office(tx, office_id) is None:
            raise Unknown("office_unknown")
        offices.rename_office(tx, office_id, name)
        renamed = {"changed": "name", "name": name}
        note(tx, office, by, Action.CHANGED, "office", office_id, office_id, **renamed)


def add_agent(office: Office, name: str, office_name: str, code: str, *, by: str = COMMAND) -> str:
    """Add an agent to an office; return the agent's id; raises Unknown, Wrong, Taken."""
    name, code, agent_id = sound_name(name), _sound_code(code), office.new_id()
    with unique("agent_taken"), office.store.write() as tx:
        home = offices.office_named(tx, office_name)
        if home is None:
            raise Unknown("office_unknown")
        offices.add_agent(tx, agent_id, code, name, home.office_id)
        note(tx, office, by, Action.MADE, "agent", agent_id, home.office_id, name=name, code=code)
    return agent_id


def join_code_until(office: Office) -> datetime:
    """Return until when a join code holds that is made now."""
    return office.now() + timedelta(days=office.settings.join_code_days)


def make_join_code(office: Office, agent_code: str, *, by: str = COMMAND) -> str:
    """Return a new join code of an agent, good for some days; raises Unknown, Ended."""
    expires_at = join_code_until(office)
    with office.store.write() as tx:
        agent = offices.agent_coded(tx, agent_code)
        if agent is None:
            raise Unknown("agent_unknown")
        if has_ended(agent, office.today()):
            raise Ended("agent_ended")
        code = new_code()
        devices.put_code(tx, code_hash(code), agent.agent_id, expires_at)
        where = office_on(stations.of_agent(tx, agent.agent_id), office.today())
        note(tx, office, by, Action.MADE, "join_code", agent.agent_id, where)
    return code


def note(
    tx: sa.Connection,
    office: Office,
    by: str,
    action: Action,
    about: str,
    about_id: str,
    office_id: str,
    **detail: Any,
) -> None:
    """Note in the trail what was made or changed, and of which office."""
    audit.note(
        tx,
        office.keys,
        by=by,
        at=office.now(),
        action=action,
        about=about,
        about_id=about_id,
        office_id=office_id,
        **detail,
    )


@contextmanager
def fitting() -> Iterator[None]:
    """Turn what cannot be into a refusal with its problem."""
    try:
        yield
    except Impossible as impossible:
        raise Refused(next(p for p in STAFF if p.code == str(impossible))) from None


@contextmanager
def unique(code: str) -> Iterator[None]:
    """Turn what the database's key refuses into Taken with a problem's code."""
    try:
        yield
    except sa.exc.IntegrityError:
        raise Taken(code) from None


def sound_name(text: str) -> str:
    """Return a name with single spaces alone; raises Wrong where it is none."""
    return _sound(text, _NAME, "name_wrong")


def _sound_code(text: str) -> str:
    return _sound(text, _CODE, "code_wrong")


def _sound(text: str, longest: int, code: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > longest or not text.isprintable():
        raise Wrong(code)
    return text
