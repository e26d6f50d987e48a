"""The office's settings: frozen, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from schemas.enrolment import Rules


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between offices; every default is written in docs/SETTINGS.md."""

    home: Path
    database_url: str
    office_key: str | None = None
    timezone: str = "Asia/Makassar"
    monthly_target: int = 25
    quiet_days: int = 3
    join_code_days: int = 7
    corrects_days: int = 7
    too_fast_seconds: int = 30
    min_client: str = "0.1.0"
    public_url: str = "http://127.0.0.1:8080"
    session_minutes: int = 30
    lang: str = "id"
    rules: Rules = field(default_factory=Rules)


def settings_from(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings that the environment asks for.

    Raises ValueError, naming the variable, where a number is none.
    """
    home = Path(environ.get("LORONG_HOME") or Path.home() / ".local" / "share" / "lorong")
    zone = _zone(environ.get("LORONG_TIMEZONE") or "Asia/Makassar")
    return Settings(
        home=home,
        database_url=_url(environ.get("LORONG_DATABASE_URL") or f"sqlite:///{home / 'office.db'}"),
        office_key=environ.get("LORONG_OFFICE_KEY") or None,
        timezone=zone,
        monthly_target=_whole(environ, "LORONG_MONTHLY_TARGET", 25),
        quiet_days=_whole(environ, "LORONG_QUIET_DAYS", 3),
        join_code_days=_whole(environ, "LORONG_JOIN_CODE_DAYS", 7),
        corrects_days=_whole(environ, "LORONG_CORRECTS_DAYS", 7),
        too_fast_seconds=_whole(environ, "LORONG_TOO_FAST_SECONDS", 30),
        min_client=environ.get("LORONG_MIN_CLIENT") or "0.1.0",
        public_url=_address(environ.get("LORONG_PUBLIC_URL") or "http://127.0.0.1:8080"),
        session_minutes=_whole(environ, "LORONG_SESSION_MINUTES", 30, least=1),
        lang=language_from(environ),
        rules=Rules(
            age_min=_whole(environ, "LORONG_AGE_MIN", 17),
            age_max=_whole(environ, "LORONG_AGE_MAX", 65),
            income_min=_whole(environ, "LORONG_INCOME_MIN", 1_000_000),
            months=_months(environ.get("LORONG_MONTHS") or "1,2,3,6,12"),
            timezone=zone,
        ),
    )


def language_from(environ: Mapping[str, str] = os.environ) -> str:
    """Return the language that the environment asks for; ValueError where it is none of ours."""
    text = environ.get("LORONG_LANG") or "id"
    if text not in ("id", "en"):
        raise ValueError("LORONG_LANG must be id or en")
    return text


def _whole(environ: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit() or len(text) > 15 or int(text) < least:
        raise ValueError(f"{name} must be a whole number" + (f" from {least} on" if least else ""))
    return int(text)


def _address(text: str) -> str:
    wrong = "LORONG_PUBLIC_URL must be an address such as https://kantor.example.id"
    try:
        parts = urlsplit(text)
        has_port = parts.port != 0
    except ValueError:
        raise ValueError(wrong) from None
    whole = not (parts.query or parts.fragment or parts.username or parts.path.strip("/"))
    if parts.scheme not in ("http", "https") or not (parts.hostname and has_port and whole):
        raise ValueError(wrong)
    return f"{parts.scheme}://{parts.netloc}"


def _months(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        raise ValueError("LORONG_MONTHS must be whole numbers with commas between")
    return tuple(sorted({int(part) for part in parts}))


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("LORONG_TIMEZONE must be a zone such as Asia/Makassar") from None


def _url(text: str) -> str:
    # The text itself is not repeated: it may hold a password.
    if not text.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise ValueError("LORONG_DATABASE_URL must begin with sqlite:/// or postgresql://")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError("LORONG_DATABASE_URL is no address of a database") from None
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise ValueError("LORONG_DATABASE_URL must name a file")
    return text
