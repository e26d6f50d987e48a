"""The office's settings, read once from the environment."""

from pathlib import Path

import pytest

from server.config import Settings, settings_from


def test_the_defaults(tmp_path: Path) -> None:
    found = settings_from({"LORONG_HOME": str(tmp_path)})
    assert found == Settings(home=tmp_path, database_url=f"sqlite:///{tmp_path}/office.db")
    assert (found.monthly_target, found.quiet_days, found.corrects_days) == (25, 3, 7)
    rules = found.rules
    assert (rules.age_min, rules.age_max, rules.income_min) == (17, 65, 1_000_000)
    assert (rules.months, rules.timezone) == ((1, 2, 3, 6, 12), "Asia/Makassar")


def test_every_setting() -> None:
    found = settings_from(
        {
            "LORONG_HOME": "/srv/lorong",
            "LORONG_DATABASE_URL": "postgresql://lorong:secret@db/lorong",
            "LORONG_OFFICE_KEY": "a key",
            "LORONG_TIMEZONE": "Asia/Jayapura",
            "LORONG_MONTHLY_TARGET": "30",
            "LORONG_QUIET_DAYS": "5",
            "LORONG_JOIN_CODE_DAYS": "2",
            "LORONG_CORRECTS_DAYS": "14",
            "LORONG_TOO_FAST_SECONDS": "0",
            "LORONG_MIN_CLIENT": "0.3.0",
            "LORONG_PUBLIC_URL": "https://kantor.example.id:8443/",
            "LORONG_SESSION_MINUTES": "5",
            "LORONG_AGE_MIN": "18",
            "LORONG_AGE_MAX": "64",
            "LORONG_INCOME_MIN": "1500000",
            "LORONG_MONTHS": "12, 3,3",
        }
    )
    assert (found.home, found.office_key) == (Path("/srv/lorong"), "a key")
    assert found.database_url == "postgresql://lorong:secret@db/lorong"
    assert (found.timezone, found.rules.timezone) == ("Asia/Jayapura", "Asia/Jayapura")
    assert (found.monthly_target, found.quiet_days, found.join_code_days) == (30, 5, 2)
    assert (found.corrects_days, found.too_fast_seconds, found.min_client) == (14, 0, "0.3.0")
    assert (found.public_url, found.session_minutes) == ("https://kantor.example.id:8443", 5)
    assert (found.rules.age_min, found.rules.age_max) == (18, 64)
    assert (found.rules.income_min, found.rules.months) == (1_500_000, (3, 12))


def test_empty_text_is_no_setting(tmp_path: Path) -> None:
    names = ("DATABASE_URL", "OFFICE_KEY", "TIMEZONE", "AGE_MIN", "MONTHS", "MIN_CLIENT")
    empty = {f"LORONG_{name}": "" for name in names}
    home = {"LORONG_HOME": str(tmp_path)}
    assert settings_from(home | empty) == settings_from(home)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LORONG_MONTHLY_TARGET", "many"),
        ("LORONG_QUIET_DAYS", "-1"),
        ("LORONG_AGE_MIN", "1.5"),
        ("LORONG_AGE_MAX", "٦٥"),
        ("LORONG_INCOME_MIN", "1_000_000"),
        ("LORONG_TOO_FAST_SECONDS", "9" * 5_000),
        ("LORONG_SESSION_MINUTES", "0"),
        ("LORONG_PUBLIC_URL", "kantor.example.id"),
        ("LORONG_PUBLIC_URL", "javascript:alert(1)"),
        ("LORONG_PUBLIC_URL", "https://"),
        ("LORONG_PUBLIC_URL", "https://[::1"),
        ("LORONG_PUBLIC_URL", "https://kantor:port"),
        ("LORONG_PUBLIC_URL", "https://kantor/lorong"),
        ("LORONG_PUBLIC_URL", "https://u:rahasia@kantor"),
        ("LORONG_MONTHS", "1,two"),
        ("LORONG_MONTHS", ","),
        ("LORONG_MONTHS", "-1"),
        ("LORONG_TIMEZONE", "Asia/Ujung_Pandang_Baru"),
        ("LORONG_TIMEZONE", "../etc/passwd"),
        ("LORONG_TIMEZONE", "Asia"),
        ("LORONG_DATABASE_URL", "office.db"),
        ("LORONG_DATABASE_URL", "mysql://root:rahasia@db/x"),
        ("LORONG_DATABASE_URL", "sqlite://"),
        ("LORONG_DATABASE_URL", "sqlite:///"),
        ("LORONG_DATABASE_URL", "sqlite:///:memory:"),
        ("LORONG_DATABASE_URL", "postgresql://u:rahasia@host:port/x"),
        ("LORONG_DATABASE_URL", "postgresql://u:rahasia@[::1/x"),
    ],
)
def test_a_wrong_setting_is_named_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name) as told:
        settings_from({name: value})
    assert "rahasia" not in str(told.value)
