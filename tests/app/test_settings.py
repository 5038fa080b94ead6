"""Settings: by environment, by file, unknown ones refused, secrets never repeated."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from calmdesk.app.build import secret_of
from calmdesk.app.settings import Settings, SettingsError, load_settings


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "calmdesk.yml"
    file.write_text("port: 9000\ndesk_name: From the file\n", encoding="utf-8")
    settings = load_settings({"CALMDESK_PORT": "9001"}, file)
    assert (settings.port, settings.desk_name) == (9001, "From the file")


def test_an_unknown_setting_is_refused_with_a_hint() -> None:
    with pytest.raises(SettingsError, match=r"CALMDESK_PROT.*CALMDESK_PORT"):
        load_settings({"CALMDESK_PROT": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "many"), ("PORT", "0"), ("LANG", "de"), ("LOG_LEVEL", "loud"), ("KEEPER", "perhaps")],
)
def test_a_bad_value_is_named_and_not_repeated(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"CALMDESK_{name}") as caught:
        load_settings({f"CALMDESK_{name}": value})
    assert f"'{value}'" not in str(caught.value)


def test_a_secret_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s" * 40 + "\n", encoding="utf-8")
    settings = load_settings({"CALMDESK_SECRET_FILE": str(file)})
    assert secret_of(settings) == b"s" * 40
    assert "ssss" not in repr(settings)


def test_a_missing_secret_file_is_said() -> None:
    with pytest.raises(SettingsError, match="CALMDESK_SECRET_FILE"):
        load_settings({"CALMDESK_SECRET_FILE": "/nowhere/at/all"})


def test_a_made_secret_is_private_and_kept(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    first = secret_of(settings)
    assert len(first) >= 32
    assert secret_of(settings) == first
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("", "sqlite:///"),
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgres://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg://u:p@h/d"),
    ],
)
def test_the_database_is_where_the_url_says(url: str, shown: str) -> None:
    assert load_settings({"DATABASE_URL": url}).database.startswith(shown)


def test_lists_are_separated_by_commas() -> None:
    settings = load_settings({"CALMDESK_WIDGET_ORIGINS": "https://a.example, https://b.example"})
    assert settings.widget_origins == ("https://a.example", "https://b.example")


@pytest.mark.parametrize("text", ["- a list", "a: [", "\x00"])
def test_a_broken_file_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "calmdesk.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError):
        load_settings({}, file)
