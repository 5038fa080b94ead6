"""Packs load into one checked, frozen Content; whatever is wrong is named with its place."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from calmdesk.content import ContentError, load_content, load_packs
from calmdesk.content.kinds import FILE_KINDS, match
from calmdesk.content.models import Lexicon, SourcesFile
from calmdesk.content.rules import LintFile, MoveFile, PhraseCue
from calmdesk.desk.vocabulary import Lang, LintRule, Move

CUE = """\
kind: phrase
raises: heat.outrage
because: It names a wrong.
source: {doc: house}
any_of:
  - this is theft
fires_on: [This is theft., I say this is theft!]
silent_on: [This is tea., That was fine.]
"""


def write_pack(folder: Path, files: dict[str, str], *, off: str = "") -> Path:
    folder.mkdir(parents=True)
    files = {
        "pack.yml": f"title: A pack\nlicence: CC0-1.0\n{off}",
        **files,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def both(name: str, text: str) -> dict[str, str]:
    return {
        "sources.yml": "documents:\n  house: {en: House, ru: Дом}\n",
        f"en/{name}": text,
        f"ru/{name}": text,
    }


def faults_of(*packs: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        load_packs(packs)
    return [str(fault) for fault in caught.value.faults]


def test_the_core_pack_has_every_rule_in_both_languages() -> None:
    content = load_content()
    for lang in Lang:
        assert {piece.rule for piece in content.of(LintFile, lang)} == set(LintRule)
        assert {piece.move for piece in content.of(MoveFile, lang)} == set(Move)
        assert content.of(Lexicon, lang)
    assert content.one(SourcesFile).documents["messenger-bot"].en


def test_content_is_frozen_and_its_hash_follows_the_files(tmp_path: Path) -> None:
    first = load_packs([write_pack(tmp_path / "a", both("cues/heat/theft.yml", CUE))])
    again = load_packs([tmp_path / "a"])
    assert first.hash == again.hash
    with pytest.raises(dataclasses.FrozenInstanceError):
        first.hash = "x"  # type: ignore[misc]
    path = tmp_path / "a/en/cues/heat/theft.yml"
    path.write_text(CUE.replace("theft", "robbery"), encoding="utf-8")
    assert load_packs([tmp_path / "a"]).hash != first.hash


def test_a_misspelt_key_is_named_with_its_line_and_the_lines_around(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "a", both("cues/heat/theft.yml", CUE + "wieght: 2\n"))
    shown = faults_of(pack)
    assert len(shown) == 2
    assert shown[0].startswith("a/en/cues/heat/theft.yml:9:1: E204 ")
    assert "wieght" in shown[0]
    assert ">    9 | wieght: 2" in shown[0]


def test_one_example_is_too_few(tmp_path: Path) -> None:
    text = CUE.replace("[This is tea., That was fine.]", "[This is tea.]")
    shown = faults_of(write_pack(tmp_path / "a", both("cues/heat/theft.yml", text)))
    assert all("E204" in fault and "silent_on" in fault for fault in shown)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kind: [phrase\n", "E202"),
        (CUE + "kind: phrase\n", "E208"),
        (CUE.replace("house", "nowhere"), "E209"),
        (CUE.replace("this is theft", "(this is"), "E204"),
        (CUE.replace("kind: phrase", "kind: formula"), "E204"),
        (CUE.replace("- this is theft", "- on"), "E204"),
    ],
)
def test_each_fault_has_its_code(tmp_path: Path, text: str, code: str) -> None:
    shown = faults_of(write_pack(tmp_path / "a", both("cues/heat/theft.yml", text)))
    assert any(f" {code} " in fault for fault in shown), shown


def test_a_file_where_none_belongs_is_refused(tmp_path: Path) -> None:
    shown = faults_of(write_pack(tmp_path / "a", {"en/notes.md": "hello"}))
    assert " E203 " in shown[0]


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "a", both("cues/heat/theft.yml", CUE))
    (pack / "en/cues/heat/theft.yml").write_bytes(b"\xff\xfe\x00")
    assert any(" E201 " in fault for fault in faults_of(pack))


def test_a_folder_without_pack_yml_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert " E201 " in faults_of(tmp_path / "empty")[0]


def test_a_piece_that_one_language_lacks_is_named(tmp_path: Path) -> None:
    files = both("cues/heat/theft.yml", CUE)
    del files["ru/cues/heat/theft.yml"]
    shown = faults_of(write_pack(tmp_path / "a", files))
    assert " E207 " in shown[0]
    assert "missing in ru" in shown[0]


def test_the_same_id_in_two_packs_is_refused_naming_both(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", both("cues/heat/theft.yml", CUE))
    two = write_pack(tmp_path / "two", {"en/cues/heat/theft.yml": CUE})
    shown = faults_of(one, two)
    assert " E205 " in shown[0]
    assert "one/en/cues/heat/theft.yml" in shown[0]
    assert shown[0].startswith("two/")


def test_a_team_replaces_a_rule_and_it_keeps_its_old_id(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", both("cues/heat/theft.yml", CUE))
    ours = CUE.replace("this is theft", "this is tea") + "replaces: cues/heat/theft\n"
    two = write_pack(tmp_path / "two", {"en/cues/heat/ours.yml": ours})
    loaded = load_packs([one, two]).by_id(PhraseCue, Lang.EN)
    assert loaded["cues/heat/theft"].any_of == ("this is tea",)
    assert "cues/heat/ours" not in loaded


def test_a_team_turns_a_rule_off(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", both("cues/heat/theft.yml", CUE))
    two = write_pack(tmp_path / "two", {}, off="without: [cues/heat/theft]\n")
    assert load_packs([one, two]).of(PhraseCue) == ()


def test_replacing_or_turning_off_nothing_is_a_fault(tmp_path: Path) -> None:
    one = write_pack(tmp_path / "one", both("cues/heat/theft.yml", CUE))
    stray = {"en/cues/heat/ours.yml": CUE + "replaces: cues/heat/missing\n"}
    two = write_pack(tmp_path / "two", stray, off="without: [cues/heat/gone]\n")
    shown = faults_of(one, two)
    assert sum(" E206 " in fault for fault in shown) == 2


def test_a_word_list_needs_its_licence_and_no_term_twice(tmp_path: Path) -> None:
    files = {"en/lexicons/a.txt": "one\n", "en/lexicons/b.txt": "# licence: CC0-1.0\none\none\n"}
    shown = faults_of(write_pack(tmp_path / "a", files))
    assert any("licence" in fault for fault in shown)
    assert any("line 3" in fault for fault in shown)


def test_every_kind_of_file_is_found_by_a_path_of_its_pattern() -> None:
    for kind in FILE_KINDS:
        path = kind.pattern.replace("{lang}", "en").replace("{name}", "some_name").replace("{group}", "group")
        found = match(path)
        assert found is not None
        assert found[0] is kind
