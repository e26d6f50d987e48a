"""Answers are packed where the caller takes it and it is worth it."""

import gzip

import pytest
from flask import Flask, Response
from werkzeug.test import TestResponse

from faces.packing import packed

LONG = "Lorong " * 500


@pytest.fixture
def app() -> Flask:
    """An app with a long answer, a short one, one that is packed already, and one in parts."""
    app = Flask("try")
    app.after_request(packed)
    app.add_url_rule("/long", "long", lambda: LONG)
    app.add_url_rule("/short", "short", lambda: "Lorong")
    app.add_url_rule("/packed", "packed", lambda: Response(b"x" * 999, headers={**PACKED}))
    app.add_url_rule("/parts", "parts", lambda: Response(part for part in [LONG]))
    return app


PACKED = {"Content-Encoding": "gzip"}


def ask(app: Flask, path: str, takes: str | None = "gzip, deflate") -> TestResponse:
    return app.test_client().get(path, headers={"Accept-Encoding": takes} if takes else {})


def test_a_long_answer_is_packed(app: Flask) -> None:
    answer = ask(app, "/long")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.content_length == len(answer.data) < len(LONG) / 10
    assert gzip.decompress(answer.data).decode() == LONG


@pytest.mark.parametrize("takes", [None, "identity", "gzip;q=0", "br"])
def test_who_does_not_take_it_gets_it_plain(app: Flask, takes: str | None) -> None:
    answer = ask(app, "/long", takes)
    assert "Content-Encoding" not in answer.headers
    assert answer.text == LONG


@pytest.mark.parametrize(("path", "size"), [("/short", 6), ("/packed", 999), ("/parts", len(LONG))])
def test_what_is_short_packed_or_in_parts_stays(app: Flask, path: str, size: int) -> None:
    answer = ask(app, path)
    assert len(answer.data) == size


@pytest.mark.parametrize("path", ["/long", "/short"])
def test_whoever_keeps_it_is_told_that_there_are_two(app: Flask, path: str) -> None:
    assert ask(app, path).vary.as_set() == ask(app, path, None).vary.as_set() == {"accept-encoding"}
