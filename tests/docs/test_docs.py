"""Every public sentence is tested: settings, commands, glossary, decisions and links are what the docs say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.main import get_command

from calmdesk.app.cli import app
from calmdesk.app.settings import PREFIX, Settings
from calmdesk.app.settings_page import settings_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "training").glob("*.md")])


def test_the_settings_page_is_what_the_program_takes() -> None:
    assert (ROOT / "docs" / "settings.md").read_text(encoding="utf-8") == settings_page()


def test_every_setting_is_named_in_the_settings_page() -> None:
    page = settings_page()
    for name in Settings.model_fields:
        assert f"{PREFIX}{name.upper()}" in page


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"calmdesk {name}" in readme, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = []
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not target.startswith(("http://", "https://", "mailto:")) and not (page.parent / target).exists():
            broken.append(target)
    assert broken == []


def test_decisions_are_listed() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs" / "decisions").glob("0*.md"):
        assert page.name in listed


def test_every_dependency_has_its_line() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "decisions" / "0007-dependencies.md").read_text(encoding="utf-8")
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    for line in wanted:
        name = re.split(r"[\[<>= ;]", line)[0]
        if not name.startswith("types-"):
            assert re.search(rf"\b{re.escape(name)}\b", page), name


def test_the_glossary_is_in_order() -> None:
    rows = re.findall(
        r"^\| ([A-Z]\w+) \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert rows == sorted(rows)
    assert len(rows) > 40


def test_the_container_files_agree_with_the_program() -> None:
    import yaml

    compose = yaml.safe_load((ROOT / "compose.yml").read_text(encoding="utf-8"))
    desk = compose["services"]["desk"]
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields} | {"DATABASE_URL"}
    assert set(desk["environment"]) <= known
    assert set(desk["depends_on"]) == {"database"}
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    named = set(re.findall(r"CALMDESK_\w+", dockerfile))
    assert named <= known
    for copied in re.findall(r"^COPY (?!--from)(\S+)", dockerfile, re.MULTILINE):
        assert (ROOT / copied).exists(), copied
