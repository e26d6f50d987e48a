"""What a request at the desk knows: the office, who asks, in which language, in which zone."""

from dataclasses import dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

import flask_babel
from babel.support import NullTranslations
from flask import current_app, g, request
from flask_login import current_user

from server import audit
from server.office import Office
from server.rules.roles import User

LANGS: Final = ("id", "en")
LANG_COOKIE: Final = "lorong_desk_lang"
THEME_COOKIE: Final = "lorong_desk_theme"
THEMES: Final = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Here:
    """One request's surroundings."""

    office: Office
    lang: str
    caller: User | None = None
    """Who asks by a personal token."""

    @property
    def zone(self) -> ZoneInfo:
        """Return the office's time zone."""
        return ZoneInfo(self.office.settings.timezone)

    @property
    def user(self) -> User:
        """Return who asks, or has signed in; the gate let nobody else come so far."""
        if self.caller is not None:
            return self.caller
        user: User = current_user._get_current_object()
        return user

    @property
    def theme(self) -> str | None:
        """Return light or dark where somebody chose; None: as the system has it."""
        chosen = request.cookies.get(THEME_COOKIE)
        return chosen if chosen in THEMES else None


def here() -> Here:
    """Return this request's surroundings."""
    if "here" not in g:
        office: Office = current_app.extensions["office"]
        lang = request.cookies.get(LANG_COOKIE)
        g.here = Here(office, lang if lang in LANGS else office.settings.lang)
    found: Here = g.here
    return found


def take_caller(user: User) -> None:
    """Let a request be a user's who asks by a personal token: the trail tells by which."""
    office = here().office
    store = office.store.marked(**{audit.MARK: user.token_name or ""})
    g.here = replace(here(), office=replace(office, store=store), caller=user)


def gettext(text: str, **filled: Any) -> str:
    """Return a page's text in the language of who asks, with what is filled in."""
    told: str = texts().ugettext(text)
    return told % filled if filled else told


def texts() -> NullTranslations:
    """Return the texts of this request's language, which flask-babel looks for each time."""
    if "texts" not in g:
        g.texts = flask_babel.get_translations()
    found: NullTranslations = g.texts
    return found
