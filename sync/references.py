"""How a laptop gets the reference lists that changed (sync/PROTOCOL.md, reference)."""

import re
from collections.abc import Mapping
from typing import Final

from sync.answers import reference_answer
from sync.known_niks import ADDED, WHOLE
from sync.limits import REFERENCE
from sync.ports import Reply, Transport
from sync.problems import Faulty, LineProblem, SyncProblem, problem_of

KNOWN_NIKS: Final = "known_niks"
NAMES: Final = (
    "tariff",
    "regions",
    "occupations",
    "consent",
    "targets",
    "incentive",
    "keys",
    KNOWN_NIKS,
)

_VERSION: Final = re.compile(r"[0-9A-Za-z.-]{1,40}")
_NUMBERED: Final = re.compile(r"(\d{1,10})\.(\d{1,10})", re.ASCII)


def stale_references(announced: object, held: Mapping[str, str]) -> dict[str, str]:
    """Return name and announced version of each list that is held in another one.

    Names that this laptop does not know are left alone.
    """
    if not isinstance(announced, dict):
        return {}
    return {
        name: announced[name]
        for name in NAMES
        if isinstance(announced.get(name), str) and announced[name] != held.get(name)
    }


def fetch_references(
    transport: Transport, held_versions: Mapping[str, str], wanted: Mapping[str, str]
) -> dict[str, Reply | SyncProblem]:
    """Fetch the lists named in `wanted` (name to the version announced, "" where unknown).

    Returns for each what came: a Reply of status 200 (`body` the list; for known_niks
    `raw`, the whole as `LKN1` or what was added as `LKD1`), or the problem with it. What
    did not change is left out. Where the line is lost the rest is not tried.
    """
    fetched: dict[str, Reply | SyncProblem] = {}
    for name in (name for name in NAMES if name in wanted):
        try:
            reply = _fetch(transport, name, held_versions.get(name, ""), wanted[name])
        except SyncProblem as problem:
            fetched[name] = problem
            if not _is_this_lists_own(problem):
                break
        else:
            if reply.status == 200:
                fetched[name] = reply
    return fetched


def _is_this_lists_own(problem: SyncProblem) -> bool:
    return isinstance(problem, Faulty) or problem.code == "answer_malformed"


def _fetch(transport: Transport, name: str, held: str, announced: str) -> Reply:
    if name == KNOWN_NIKS:
        return _fetch_known_niks(transport, held, announced)
    # The version is the list's ETag.
    headers = {"if-none-match": f'"{held}"'} if _VERSION.fullmatch(held) else {}
    reply = _get(transport, REFERENCE + name, headers)
    if reply.status == 200:
        reference_answer(reply)
    return reply


def _fetch_known_niks(transport: Transport, held: str, announced: str) -> Reply:
    """Fetch what was added since, or the whole where the base moved."""
    path = REFERENCE + KNOWN_NIKS
    if _only_added(held, announced):
        try:
            return _known(_get(transport, f"{path}?since={held}", {}))
        except Faulty:
            pass  # The base moved between the announcement and now.
    return _known(_get(transport, path, {}))


def _only_added(held: str, announced: str) -> bool:
    ours, theirs = _NUMBERED.fullmatch(held), _NUMBERED.fullmatch(announced)
    return (
        ours is not None
        and theirs is not None
        and ours[1] == theirs[1]
        and int(ours[2]) < int(theirs[2])
    )


def _known(reply: Reply) -> Reply:
    if reply.status == 200 and reply.raw[:4] not in (WHOLE, ADDED):
        raise LineProblem("answer_malformed", status=reply.status, reached=True)
    return reply


def _get(transport: Transport, path: str, headers: Mapping[str, str]) -> Reply:
    reply = transport.get(path, headers=headers)
    problem = problem_of(reply)
    if problem is not None:
        raise problem
    return reply
