"""Settings of the laptop: from the environment, then a file, then what is usual.

The file is `agent.ini` in the data folder, with one section `[lorong]` whose options are
the variables' names without LORONG_, in lower case. A passphrase is never read from it.
"""

import configparser
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeVar

from agent_client.problems import AgentProblem
from sync.limits import PURGE_DAYS, PURGE_REJECTED_DAYS

FILE: Final = "agent.ini"
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may be set; seconds and MiB are whole numbers.

    `home` LORONG_HOME, the data folder · `passphrase` LORONG_PASSPHRASE, None where it is
    to be asked for · `lang` LORONG_LANG, `id` or `en` · `sync_seconds` LORONG_SYNC_SECONDS,
    from one exchange to the next while the line is there · `probe_seconds`
    LORONG_PROBE_SECONDS, from one look at the line to the next while it is not ·
    `watch_seconds` LORONG_WATCH_SECONDS, from one look for new captures to the next ·
    `busy_seconds` LORONG_BUSY_SECONDS, how long to wait for another program on the same
    data · `kdf_rounds` LORONG_KDF_ROUNDS and `kdf_memory_mib` LORONG_KDF_MEMORY_MIB, the
    cost of argon2id for a new passphrase · `purge_days` LORONG_PURGE_DAYS,
    `purge_rejected_days` LORONG_PURGE_REJECTED_DAYS and `draft_days` LORONG_DRAFT_DAYS, how
    long personal data is kept here (agent_client/retention.py) ·
    `lock_minutes` LORONG_LOCK_MINUTES, after which a
    page without use is locked · `open_hours` LORONG_OPEN_HOURS, for which the queue goes on
    syncing after its page was locked · `agent` LORONG_AGENT, whose seat on a shared laptop;
    `home` is that seat's folder then, and `laptop` is LORONG_HOME.
    """

    home: Path
    passphrase: str | None = field(default=None, repr=False)
    lang: str = "id"
    sync_seconds: int = 300
    probe_seconds: int = 12
    watch_seconds: int = 2
    busy_seconds: int = 30
    kdf_rounds: int = 3
    kdf_memory_mib: int = 64
    purge_days: int = PURGE_DAYS
    purge_rejected_days: int = PURGE_REJECTED_DAYS
    draft_days: int = 30
    lock_minutes: int = 15
    open_hours: int = 12
    agent: str | None = None
    laptop: Path | None = None

    @property
    def laptop_home(self) -> Path:
        """The laptop's own folder, whichever agent's seat is in use."""
        return self.laptop or self.home

    def at(self, home: Path) -> "Settings":
        """Return the same settings for the seat in a folder."""
        return replace(self, home=home, laptop=self.laptop_home)


def read_settings(environ: Mapping[str, str], platform: str, user_home: Path) -> Settings:
    """Return the settings; `platform` is `sys.platform`.

    AgentProblem `setting_bad` (naming the variable) where one cannot be read.
    """
    home = Path(environ["LORONG_HOME"]) if environ.get("LORONG_HOME") else None
    home = home or default_home(environ, platform, user_home)
    told = _file_settings(home / FILE)
    told.update({name: text for name, text in environ.items() if name.startswith("LORONG_")})

    def setting(name: str, usual: _Value, read: Callable[[str], _Value]) -> _Value:
        text = told.get(f"LORONG_{name}", "").strip()
        try:
            return read(text) if text else usual
        except ValueError as error:
            raise AgentProblem("setting_bad", setting=f"LORONG_{name}") from error

    return Settings(
        home=home,
        passphrase=environ.get("LORONG_PASSPHRASE") or None,
        lang=setting("LANG", "id", _lang),
        sync_seconds=setting("SYNC_SECONDS", 300, _up_to(86_400)),
        probe_seconds=setting("PROBE_SECONDS", 12, _up_to(86_400)),
        watch_seconds=setting("WATCH_SECONDS", 2, _up_to(86_400)),
        busy_seconds=setting("BUSY_SECONDS", 30, _up_to(600)),
        kdf_rounds=setting("KDF_ROUNDS", 3, _up_to(20)),
        kdf_memory_mib=setting("KDF_MEMORY_MIB", 64, _up_to(1024)),
        purge_days=setting("PURGE_DAYS", PURGE_DAYS, _up_to(365)),
        purge_rejected_days=setting("PURGE_REJECTED_DAYS", PURGE_REJECTED_DAYS, _up_to(365)),
        draft_days=setting("DRAFT_DAYS", 30, _up_to(365)),
        lock_minutes=setting("LOCK_MINUTES", 15, _up_to(600)),
        open_hours=setting("OPEN_HOURS", 12, _up_to(24)),
        agent=setting("AGENT", None, str),
    )


def default_home(environ: Mapping[str, str], platform: str, user_home: Path) -> Path:
    """Return the data folder that is usual on a system."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or user_home / "AppData" / "Local") / "Lorong"
    if platform == "darwin":
        return user_home / "Library" / "Application Support" / "Lorong"
    return Path(environ.get("XDG_DATA_HOME") or user_home / ".local" / "share") / "lorong"


def _file_settings(path: Path) -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(path.read_text(encoding="utf-8"), source=FILE)
        section = dict(parser["lorong"])
    except OSError:
        return {}
    except (configparser.Error, UnicodeDecodeError, KeyError) as error:
        raise AgentProblem("setting_bad", setting=FILE) from error
    section.pop("passphrase", None)
    return {f"LORONG_{name.upper()}": text for name, text in section.items()}


def _lang(text: str) -> str:
    if text not in ("id", "en"):
        raise ValueError("a language is id or en")
    return text


def _up_to(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not 1 <= number <= most:
            raise ValueError(f"a number from 1 to {most}")
        return number

    return read
