from pathlib import Path

import pytest

from agent_client.config import Settings, read_settings
from agent_client.problems import AgentProblem

HOME = Path("/home/daeng")


def read(environ: dict[str, str] | None = None, platform: str = "linux") -> Settings:
    return read_settings(environ or {}, platform, HOME)


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {}, HOME / ".local" / "share" / "lorong"),
        ("linux", {"XDG_DATA_HOME": "/data"}, Path("/data/lorong")),
        ("darwin", {}, HOME / "Library" / "Application Support" / "Lorong"),
        ("win32", {"LOCALAPPDATA": "/local"}, Path("/local/Lorong")),
        ("win32", {}, HOME / "AppData" / "Local" / "Lorong"),
        ("win32", {"LORONG_HOME": "/d"}, Path("/d")),
    ],
)
def test_the_data_folder_is_the_systems(
    platform: str, environ: dict[str, str], folder: Path
) -> None:
    assert read(environ, platform).home == folder


def test_the_usual_settings() -> None:
    settings = read()
    assert (settings.lang, settings.passphrase) == ("id", None)
    assert (settings.sync_seconds, settings.probe_seconds) == (300, 12)


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    (tmp_path / "agent.ini").write_text("[lorong]\nlang = en\nsync_seconds = 60\n")
    settings = read({"LORONG_HOME": str(tmp_path), "LORONG_SYNC_SECONDS": "90"})
    assert (settings.lang, settings.sync_seconds) == ("en", 90)


def test_a_passphrase_is_never_read_from_the_file_nor_shown(tmp_path: Path) -> None:
    (tmp_path / "agent.ini").write_text("[lorong]\npassphrase = rahasia\n")
    assert read({"LORONG_HOME": str(tmp_path)}).passphrase is None
    assert "rahasia" not in repr(read({"LORONG_PASSPHRASE": "rahasia"}))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("LORONG_LANG", "mak"),
        ("LORONG_SYNC_SECONDS", "soon"),
        ("LORONG_SYNC_SECONDS", "0"),
        ("LORONG_PROBE_SECONDS", "86401"),
        ("LORONG_KDF_MEMORY_MIB", "1025"),
    ],
)
def test_a_bad_setting_is_named(name: str, text: str) -> None:
    with pytest.raises(AgentProblem) as caught:
        read({name: text})
    assert (caught.value.code, caught.value.params) == ("setting_bad", {"setting": name})


@pytest.mark.parametrize("text", ["lang = en", "[other]\nlang = en", "\udcff"])
def test_a_bad_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "agent.ini").write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(AgentProblem) as caught:
        read({"LORONG_HOME": str(tmp_path)})
    assert caught.value.params == {"setting": "agent.ini"}
