"""Where a browser goes after a form: to a page that tells what was done."""

from typing import Any, Final

from flask import Response, flash, redirect, request

LONGEST: Final = 2_000
"""Characters of a path to come back to: a proxy passes on no header that is much longer."""


def go(path: str, told: str = "") -> Any:
    """Lead to a page of this site, whose banner tells a text."""
    if told:
        flash(told)
    if "HX-Request" in request.headers:
        return Response("", headers={"HX-Redirect": path})
    return redirect(path, 303)


def own_path(path: str | None) -> str:
    """Return a path of this site alone, `/` where it is none: nobody is led elsewhere."""
    # Browsers take a backslash for a slash, and read over tabs and line ends.
    path = path or "/"
    is_own = path.startswith("/") and path[1:2] != "/" and "\\" not in path and path.isprintable()
    return path if is_own and len(path) <= LONGEST else "/"
