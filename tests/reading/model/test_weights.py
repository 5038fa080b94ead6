"""The weights' folder is whole, and a damaged one never loads."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, HeatBand, Issue, Leverage, LintRule, Move
from calmdesk.reading.model import WeightsFault, default_folder
from calmdesk.reading.model.weights import NEEDED, checked

SMALL = [name for name in NEEDED if name != "reader.onnx"]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    folder = tmp_path / "weights"
    shutil.copytree(default_folder(), folder)
    return folder


def test_the_shipped_folder_matches_its_manifest() -> None:
    assert checked(default_folder()).version


@pytest.mark.parametrize("name", SMALL)
def test_a_changed_file_is_refused_by_name(copy: Path, name: str) -> None:
    (copy / name).write_bytes((copy / name).read_bytes() + b" ")
    with pytest.raises(WeightsFault, match=name):
        checked(copy)


def test_a_missing_file_is_refused(copy: Path) -> None:
    (copy / "calibration.json").unlink()
    with pytest.raises(WeightsFault, match="missing"):
        checked(copy)


def test_a_folder_without_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsFault, match=r"manifest\.json"):
        checked(tmp_path)


def test_the_heads_are_the_vocabulary() -> None:
    heads = json.loads((default_folder() / "labels.json").read_text(encoding="utf-8"))["heads"]
    sets = {"heat": HeatBand, "kind": AbuseKind, "target": AbuseTarget, "leverage": Leverage, "issue": Issue,
            "lint": LintRule, "moves": Move}  # fmt: skip
    for head, values in sets.items():
        assert set(heads[head]) == {str(v) for v in values}, head


def test_all_weights_stay_small_and_hold_no_pickle() -> None:
    files = [p for p in default_folder().rglob("*") if p.is_file()]
    assert sum(p.stat().st_size for p in files) <= 120_000_000
    assert {p.suffix for p in files} <= {".onnx", ".json", ".npz", ""}
