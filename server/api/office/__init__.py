"""The desk for programs, under /api/v1/office/: what its pages show and do, as JSON.

Who asks is told by a personal token, and may do what the user may (server/web/gate.py). Each
call parses, calls the function that the page calls too, and dumps.
"""

from server.api.office import agents, audit, cases, laptops, leaderboard, offices, set_aside
from server.api.office.asking import office_api

__all__ = [
    "agents",
    "audit",
    "cases",
    "laptops",
    "leaderboard",
    "office_api",
    "offices",
    "set_aside",
]
