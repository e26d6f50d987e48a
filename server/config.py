"""The office's settings: frozen, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

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
    rules: Rules = field(default_factory=Rules)


def settings_from(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings that the environment asks for.

    Raises ValueError, naming the variable, where a number is none.
    """
    home = Path(environ.get("LORONG_HOME") or Path.home() / ".local" / "share" / "lorong")
    zone = environ.get("LORONG_TIMEZONE", "Asia/Makassar")
    return Settings(
        home=home,
        database_url=environ.get("LORONG_DATABASE_URL") or f"sqlite:///{home / 'office.db'}",
        office_key=environ.get("LORONG_OFFICE_KEY") or None,
        timezone=zone,
        monthly_target=_whole(environ, "LORONG_MONTHLY_TARGET", 25),
        quiet_days=_whole(environ, "LORONG_QUIET_DAYS", 3),
        join_code_days=_whole(environ, "LORONG_JOIN_CODE_DAYS", 7),
        corrects_days=_whole(environ, "LORONG_CORRECTS_DAYS", 7),
        too_fast_seconds=_whole(environ, "LORONG_TOO_FAST_SECONDS", 30),
        min_client=environ.get("LORONG_MIN_CLIENT", "0.1.0"),
        rules=Rules(
            age_min=_whole(environ, "LORONG_AGE_MIN", 17),
            age_max=_whole(environ, "LORONG_AGE_MAX", 65),
            income_min=_whole(environ, "LORONG_INCOME_MIN", 1_000_000),
            months=_months(environ.get("LORONG_MONTHS", "1,2,3,6,12")),
            timezone=zone,
        ),
    )


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name) or str(default)
    if not text.isascii() or not text.isdigit():
        raise ValueError(f"{name} must be a whole number")
    return int(text)


def _months(text: str) -> tuple[int, ...]:
    try:
        return tuple(sorted(int(part) for part in text.split(",")))
    except ValueError:
        raise ValueError("LORONG_MONTHS must be whole numbers with commas between") from None
