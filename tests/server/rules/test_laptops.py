"""What a laptop needs, and what is most pressing."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from server.rules.laptops import NOTICE_WITHIN, Need, Terms, is_older, needs
from server.rules.retiring import Standing

NOW = datetime.fromisoformat("2026-11-20T02:00:00+00:00")
TERMS = Terms(NOW, timedelta(days=3), "0.2.0")


def told(standing: Standing = Standing.WORKING, **values: Any) -> list[Need]:
    usual = {"joined_at": NOW - timedelta(days=90), "reported_at": NOW, "waiting": 0}
    usual |= {"offset_s": 0, "client": "0.2.0", "lost_at": None}
    return list(needs(SimpleNamespace(**usual | values), standing, TERMS))


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, [Need.NOTHING]),
        ({"reported_at": NOW - timedelta(days=3)}, [Need.NOTHING]),
        ({"reported_at": NOW - timedelta(days=3, seconds=1)}, [Need.SILENT]),
        ({"reported_at": NOW - timedelta(days=4), "waiting": 1}, [Need.STUCK]),
        ({"reported_at": None}, [Need.SILENT]),
        ({"reported_at": None, "joined_at": NOW}, [Need.NOTHING]),
        ({"offset_s": 120}, [Need.NOTHING]),
        ({"offset_s": -121}, [Need.CLOCK]),
        ({"offset_s": None}, [Need.NOTHING]),
        ({"offset_s": 999, "client": "0.1.9"}, [Need.CLOCK, Need.OLD]),
        ({"standing": Standing.ASKED}, [Need.STOPPING]),
        ({"standing": Standing.STOPPED}, [Need.STOPPING]),
        ({"standing": Standing.SAFE, "reported_at": NOW - timedelta(days=9)}, [Need.SAFE]),
        ({"standing": Standing.REVOKED}, [Need.GONE]),
        ({"standing": Standing.REVOKED, "lost_at": NOW}, [Need.LOST]),
        ({"standing": Standing.REVOKED, "lost_at": NOW - NOTICE_WITHIN}, [Need.GONE]),
    ],
)
def test_the_worst_comes_first(values: dict[str, Any], expected: list[Need]) -> None:
    found = told(**values)
    assert found == expected
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("version", "least", "older"),
    [
        ("0.1.9", "0.2.0", True),
        ("0.10.0", "0.9.0", False),
        ("lorong-agent 0.1.0", "0.1.1", True),
        ("1", "0.9", False),
        ("test", "0.1.0", False),
        ("", "0.1.0", False),
        ("9" * 60, "0.1.0", False),
    ],
)
def test_versions_are_compared_by_their_numbers(version: str, least: str, older: bool) -> None:
    assert is_older(version, least) is older
