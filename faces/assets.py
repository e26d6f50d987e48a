"""Static files: packed beforehand, and kept by the browser for as long as they are the same.

`asset("lorong.css")` in a template is the address with the content's hash; under that
address a file never changes, so it is asked for once. Files are read when the blueprint
is made: what is served is what the hash was made of.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, current_app, request, url_for

FACES: Final = "faces"
_HERE: Final = Path(__file__).parent
# Not mimetypes: on Windows that asks the registry, where .js is often text/plain.
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}
_FOR_EVER: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: its bytes, the same packed (None where that was not made), its type and hash."""

    content: bytes
    packed: bytes | None
    content_type: str
    digest: str


def blueprint() -> Blueprint:
    """Return what both ends register: the shared files under /faces, and the macros."""
    return asset_blueprint(FACES, _HERE / "static", template_folder=_HERE / "templates")


def asset_blueprint(name: str, folder: Path, *, template_folder: Path | None = None) -> Blueprint:
    """Return a blueprint that serves a folder's files under /NAME, read now.

    Only the kinds of _TYPES are served; `X.gz` is never a file of its own, but X packed.
    """
    assets = read_assets(folder)
    # Flask looks for templates beside the package of this file, unless told otherwise.
    templates = None if template_folder is None else str(template_folder)
    serving = Blueprint(name, __name__, url_prefix=f"/{name}", template_folder=templates)
    serving.add_app_template_global(asset, "asset")
    serving.record(
        lambda state: state.app.extensions.setdefault("assets", {}).update({name: assets})
    )

    @serving.get("/<path:filename>")
    def file(filename: str) -> Response:
        """Serve one file."""
        if filename not in assets:
            abort(404)
        return _answer(assets[filename])

    return serving


def read_assets(folder: Path) -> Mapping[str, Asset]:
    """Return a folder's files by their names inside it, with "/" on every system."""
    return {
        path.relative_to(folder).as_posix(): _read(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in _TYPES
    }


def asset(filename: str, of: str = FACES) -> str:
    """Return a file's address with its hash; KeyError where blueprint `of` has no such file."""
    digest = current_app.extensions["assets"][of][filename].digest
    return url_for(f"{of}.file", filename=filename, v=digest)


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    packed = path.with_name(f"{path.name}.gz")
    return Asset(
        content=content,
        packed=packed.read_bytes() if packed.exists() else None,
        content_type=_TYPES[path.suffix],
        digest=hashlib.sha256(content).hexdigest()[:16],
    )


def _answer(one: Asset) -> Response:
    packs = one.packed is not None and request.accept_encodings["gzip"] > 0
    answer = Response(one.packed if packs else one.content, content_type=one.content_type)
    answer.vary.add("Accept-Encoding")
    if packs:
        answer.headers["Content-Encoding"] = "gzip"
    # An old page may ask for what is no more: it gets the new, but does not keep it.
    same = request.args.get("v") == one.digest
    answer.headers["Cache-Control"] = _FOR_EVER if same else "no-cache"
    answer.set_etag(f"{one.digest}-gzip" if packs else one.digest)
    answer.make_conditional(request)
    return answer
