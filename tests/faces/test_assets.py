"""Static files: served packed, kept by the browser, and never from outside their folder."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, render_template_string

from faces import assets

PACKED = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """An app with the shared files and a folder of its own."""
    folder = tmp_path / "own"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "page.js").write_text("let it = 1;\n")
    (folder / "notes.md").write_text("not for the browser")
    (tmp_path / "secret.css").write_text("outside")
    app = Flask("try", static_folder=None)
    app.register_blueprint(assets.blueprint())
    app.register_blueprint(assets.asset_blueprint("own", folder))
    return app


def address(app: Flask, *arguments: str) -> str:
    """Return what the templates' `asset` gives."""
    called = ", ".join(repr(one) for one in arguments)
    with app.test_request_context():
        return render_template_string(f"{{{{ asset({called}) }}}}")


def test_the_address_has_the_content_s_hash_and_is_kept_for_ever(app: Flask) -> None:
    there = address(app, "lorong.css")
    path, _, digest = there.partition("?v=")
    assert path == "/faces/lorong.css"
    assert len(digest) == 16
    answer = app.test_client().get(there)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.content_type == "text/css; charset=utf-8"


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789abcdef"])
def test_without_the_right_hash_it_is_asked_for_again(app: Flask, query: str) -> None:
    client = app.test_client()
    answer = client.get(f"/faces/lorong.css{query}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
    again = client.get("/faces/lorong.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_it_comes_packed_to_who_takes_it(app: Flask) -> None:
    client = app.test_client()
    there = address(app, "vendor/htmx.min.js")
    plain, packed = client.get(there), client.get(there, headers=PACKED)
    assert plain.headers.get("Content-Encoding") is None
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.content_type == plain.content_type == "text/javascript; charset=utf-8"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    refused = client.get(there, headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_folder_of_one_end_is_served_beside_it(app: Flask) -> None:
    there = address(app, "deep/page.js", "own")
    assert there.startswith("/own/deep/page.js?v=")
    answer = app.test_client().get(there, headers=PACKED)
    assert answer.text == "let it = 1;\n"
    assert "Content-Encoding" not in answer.headers
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "notes.md",
        "../secret.css",
        "%2e%2e/secret.css",
        "deep",
        "deep/page.js.gz",
        "none.css",
        "%00",
    ],
)
def test_nothing_else_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(f"/own/{path}").status_code == 404


def test_a_template_that_names_no_file_fails(app: Flask) -> None:
    with pytest.raises(KeyError):
        address(app, "none.css")


def test_a_changed_file_has_another_address(app: Flask, tmp_path: Path) -> None:
    before: Any = assets.read_assets(tmp_path / "own")["deep/page.js"]
    (tmp_path / "own" / "deep" / "page.js").write_text("let it = 2;\n")
    after = assets.read_assets(tmp_path / "own")["deep/page.js"]
    assert before.digest != after.digest
