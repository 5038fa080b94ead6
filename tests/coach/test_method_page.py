"""The method's page against the content: nothing in it is made up, and nothing in the pack is left out of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from calmdesk.content.loader import Content
from calmdesk.content.method import (
    HintsFile,
    LadderFile,
    MissingFile,
    OpeningsFile,
    RecordFile,
    RewriteFile,
    StepsFile,
)
from calmdesk.content.models import SourcesFile
from calmdesk.desk.vocabulary import Lang

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \|$", re.MULTILINE)
#: How many pieces of advice each document holds, counted once by hand while reading it.
ADVICE = {
    "six-steps": 29, "eight-strategies": 18, "remain-calm": 19, "fifteen-ways": 46, "messenger-bot": 78,
}  # fmt: skip


def sections() -> dict[str, list[tuple[int, str, list[str]]]]:
    found = {}
    for part in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        doc = re.match(r".*\(`([a-z-]+)`\)", part)
        if doc:
            rows = [
                (int(n), said, re.findall(r"`([a-z]+: [\w.]+)`", where))
                for n, said, where in ROW.findall(part)
            ]
            found[doc[1]] = rows
    return found


def places(content: Content, lang: Lang) -> set[str]:
    ladder = content.one(LadderFile, lang)
    rooms = {p.name for p in (ROOT / "src" / "calmdesk").iterdir() if (p / "__init__.py").is_file()}
    return {
        *(f"steps: {s.id.value}" for s in content.one(StepsFile, lang).steps),
        *(f"hints: {h.id}" for f in content.of(HintsFile, lang) for h in f.hints),
        *(f"openings: {o.id}" for f in content.of(OpeningsFile, lang) for o in f.openings),
        *(f"rewrites: {f.rule.value}" for f in content.of(RewriteFile, lang)),
        *(f"missing: {m.id}" for m in content.one(MissingFile, lang).missing),
        *(f"ladder: {r.id}" for r in (*ladder.rungs, ladder.safety, ladder.self_harm)),
        *(f"record: {name}" for name in RecordFile.model_fields),
        *(f"room: {name}" for name in rooms),
    }


@pytest.mark.parametrize("lang", list(Lang))
def test_every_place_named_exists_in_both_languages(content: Content, lang: Lang) -> None:
    known = places(content, lang)
    assert [p for rows in sections().values() for _, _, where in rows for p in where if p not in known] == []


def test_every_document_is_told_whole_and_every_line_is_carried() -> None:
    told = sections()
    assert {doc: len(rows) for doc, rows in told.items() if doc in ADVICE} == ADVICE
    for doc, rows in told.items():
        assert [n for n, _, _ in rows] == list(range(1, len(rows) + 1)), doc
        assert all(where for _, _, where in rows), doc


def test_documents_are_the_registered_ones(content: Content) -> None:
    registered = {name for file in content.of(SourcesFile) for name in file.documents}
    assert set(sections()) <= registered


def test_nothing_in_the_pack_is_left_out(content: Content) -> None:
    told = {p for rows in sections().values() for _, _, where in rows for p in where}
    wanted = {
        p
        for p in places(content, Lang.EN)
        if p.split(":")[0] in ("steps", "hints", "rewrites", "ladder", "missing")
    }
    assert sorted(wanted - told) == []
