"""What templates may say: figures and moments the Indonesian way."""

from flask import Flask, request
from flask_login import current_user

from faces import formats
from schemas.nik import mask_nik
from server.web.gate import ROUTES
from server.web.here import here, texts


def fill(app: Flask) -> None:
    """Give an application's templates their filters and functions."""
    env = app.jinja_env
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(
        number=formats.number,
        rupiah=formats.rupiah,
        day=lambda value: formats.day(value, here().lang),
        short_day=lambda value: formats.short_day(value, here().lang),
        month_name=lambda value: formats.month_name(value, here().lang),
        moment=lambda value: formats.moment(value, here().zone.key, here().lang),
        clock_time=lambda value: formats.clock_time(value, here().zone.key),
        masked=mask_nik,
    )
    env.globals.update(allowed=allowed)
    # flask-babel's own would ask for the language at each of the hundreds of texts of a page.
    env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: texts().ugettext(text),
        lambda one, more, count: texts().ungettext(one, more, count),
        newstyle=True,
    )
    app.context_processor(
        lambda: {
            "lang": here().lang,
            "theme": here().theme,
            "user": current_user if current_user.is_authenticated else None,
            "at": request.full_path.rstrip("?") if request.method == "GET" else "/",
        }
    )


def allowed(endpoint: str) -> bool:
    """Tell whether the user may go to an address, so that no page leads where none may go."""
    return bool(current_user.is_authenticated and current_user.may(ROUTES[endpoint]))
