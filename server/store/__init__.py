"""All SQL of the office; every table is known wherever one of them is."""

from server.store import case_tables as case_tables
from server.store import desk_tables as desk_tables
from server.store import list_tables as list_tables
