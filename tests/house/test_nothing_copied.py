"""No labelled case is trained on, written into content, or hard-coded in a test: shared runs of words are looked for.

The cases are kept outside the repo; where they are not at hand this is skipped, and says so.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "cases"
#: So many words in a row in common are no accident.
RUN = 7
PLACES = ("src/calmdesk/content", "training/corpus", "tests", "docs", "src/calmdesk/web/texts")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower().replace("ё", "е"))


def runs(text: str) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[at : at + RUN]) for at in range(len(found) - RUN + 1)}


def case_runs() -> dict[tuple[str, ...], str]:
    known: dict[tuple[str, ...], str] = {}
    for path in sorted(CASES.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            texts = [case.get("text", ""), case.get("context") or ""] + [
                t["text"] for t in case.get("turns", [])
            ]
            for text in texts:
                known.update(dict.fromkeys(runs(text), case["id"]))
    return known


def test_runs_are_found() -> None:
    assert runs("one two three four five six seven") == {
        ("one", "two", "three", "four", "five", "six", "seven")
    }
    assert runs("too short to count") == set()


def test_nothing_of_the_cases_stands_in_the_repo() -> None:
    if not CASES.is_dir():
        pytest.skip("the labelled cases are not beside this checkout")
    known = case_runs()
    shared = []
    for place in PLACES:
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix not in {".jsonl", ".yml", ".py", ".md", ".txt"}:
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                shared += [
                    f"{path.relative_to(ROOT)}:{number} {known[run]}: {' '.join(run)}"
                    for run in runs(line)
                    if run in known
                ]
    assert shared == []
