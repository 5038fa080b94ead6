"""The figures of the quality bench, against sums done by hand."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bench.calibration import head_of, truth_of
from bench.peers import Scorer, suited
from bench.pictures import bars_picture, reliability_picture
from bench.quality_page import page, speed_table
from bench.speed import fulfilled
from bench.supportcheck.tools import EVERYTHING

from bench import kept, labelled, measures, public_sets


def test_f1_by_hand() -> None:
    truth = [True, True, True, False]
    said = [True, False, False, True]
    assert measures.f1_of(truth, said) == pytest.approx(2 * 1 / (2 * 1 + 1 + 2))
    assert measures.f1_of([False], [False]) == 0.0
    assert measures.macro_f1(["a", "a", "b"], ["a", "b", "b"]) == pytest.approx((2 / 3 + 2 / 3) / 2)
    assert measures.micro([{"a", "b"}, set()], [{"a"}, {"c"}]) == pytest.approx((0.5, 0.5, 0.5))


def test_average_precision_by_hand() -> None:
    truth = np.array([True, False, True])
    assert measures.average_precision(truth, np.array([0.9, 0.5, 0.1])) == pytest.approx((1 + 2 / 3) / 2)
    assert measures.average_precision(truth, np.array([0.9, 0.1, 0.8])) == 1.0


def test_calibration_by_hand() -> None:
    truth = np.array([True, False, False, False])
    assert measures.calibration_error(truth, np.array([0.25, 0.25, 0.25, 0.25])) == pytest.approx(0.0)
    assert measures.calibration_error(truth, np.array([0.95, 0.95, 0.95, 0.95])) == pytest.approx(0.70)
    assert measures.reliability(truth, np.array([0.05, 0.95, 0.95, 0.95])) == [
        (pytest.approx(0.05), 1.0, 1),
        (pytest.approx(0.95), 0.0, 3),
    ]


def test_a_threshold_parts_what_can_be_parted() -> None:
    score = np.linspace(0, 1, 50)
    truth = score > 0.7
    step = measures.best_threshold(truth, score)
    assert measures.f1_of(truth, score >= step) > 0.95


def test_an_interval_holds_the_figure_and_shrinks() -> None:
    values = np.array([1.0, 0.0] * 50)
    low, high = measures.interval(100, lambda rows: float(values[rows].mean()))
    assert low < 0.5 < high
    wide = measures.interval(10, lambda rows: float(values[rows].mean()))
    assert high - low < wide[1] - wide[0]


def customer(heat: str, kind: str, target: str, leverage: list[str], issue: str) -> dict[str, Any]:
    return {"id": "x", "role": "customer", "lang": "en", "text": "t", "heat": heat, "issue": issue,
            "abuse": {"kind": kind, "target": target}, "leverage": leverage}  # fmt: skip


def answer(line: dict[str, Any]) -> dict[str, Any]:
    return {**{k: line[k] for k in ("abuse", "leverage", "issue")}, "heat": {"band": line["heat"]}}


LINES = [
    customer("calm", "none", "thing", [], "defect"),
    customer("angry", "profanity", "none", ["refund"], "refund"),
    customer("furious", "insult", "agent", ["legal", "cancel"], "staff"),
    customer("tense", "none", "none", [], "waiting"),
]


def test_right_answers_score_best() -> None:
    found = labelled.figures(LINES, [answer(line) for line in LINES], EVERYTHING, sure=False)
    assert {name: value[0] for name, value in found.items() if name != "false alarms"} == dict.fromkeys(
        set(labelled.FIGURES["customer"]) - {"false alarms"}, 1.0
    )
    assert found["false alarms"] == [0.0]


def test_wrong_answers_are_counted() -> None:
    said = [answer(line) for line in LINES]
    said[0] = answer(customer("angry", "insult", "staff", [], "billing"))
    found = labelled.figures(LINES, said, EVERYTHING, sure=False)
    assert found["false alarms"] == [0.5]
    assert found["heat within one band"] == [0.75]
    assert found["hot F1"] == [pytest.approx(0.8)]
    assert found["abuse of a person F1"] == [pytest.approx(2 / 3)]
    assert found["issue accuracy"] == [0.75]
    assert found["abuse target"] == [1.0]


def test_drafts_are_counted() -> None:
    lines = [
        {"role": "agent", "lint": ["blaming"], "moves": ["explain"]},
        {"role": "agent", "lint": [], "moves": ["own", "promise"]},
    ]
    said = [
        {"lint": [{"rule": "blaming"}, {"rule": "refusing"}], "moves": []},
        {"lint": [{"rule": "assuming"}], "moves": ["own", "promise"]},
    ]
    found = labelled.figures(lines, said, EVERYTHING, sure=False)
    assert found["lint precision"] == [pytest.approx(1 / 3)]
    assert found["lint F1"] == [pytest.approx(0.5)]
    assert found["clean drafts flagged"] == [1.0]
    assert found["moves F1"] == [pytest.approx(0.8)]


def test_a_tool_is_measured_by_what_it_tells() -> None:
    found = labelled.figures(LINES, [answer(line) for line in LINES], frozenset({"heat"}), sure=False)
    assert set(found) == {"heat macro-F1", "heat within one band", "hot F1"}


def test_reached_knows_which_way_is_better() -> None:
    assert labelled.reached("hot F1", "en", 0.91)
    assert not labelled.reached("hot F1", "en", 0.909)
    assert labelled.reached("false alarms", "en", 0.03)
    assert not labelled.reached("false alarms", "en", 0.031)
    assert all(
        set(row) == {n for part in labelled.FIGURES.values() for n in part}
        for row in labelled.WANTED.values()
    )
    assert fulfilled("start_s", 1.9)
    assert not fulfilled("bulk_per_s", 149)


def test_labels_are_never_handed_to_a_tool() -> None:
    assert set(labelled.asked(LINES[0])) == {"id", "role", "lang", "text"}


def test_the_held_out_lines_are_not_those_trained_on() -> None:
    held, learnt = labelled.read_corpus(held_out=True), labelled.read_corpus(held_out=False)
    assert held
    assert len(learnt) > 4 * len(held)
    assert not {line["id"] for line in held} & {line["id"] for line in learnt}


def test_the_page_tells_only_what_was_kept() -> None:
    bare = page({}, {}, {})
    assert bare.count("Not measured.") == 4 + len(quality_sets())
    figures = {name: [0.5, 0.4, 0.6] for name in labelled.FIGURES["customer"]}
    found = {"cases": {"n": {"customer en": 7}, "Calmdesk": {"customer en": figures}}}
    text = page(found, {}, {"start_s": 3.0})
    assert "(n = 7)" in text
    assert "| hot F1 | 0.91 | 0.500 (0.40–0.60) ✗ |" in text
    assert "| start (s) | ≤ 2 | 3.0 ✗ |" in text
    assert speed_table({}) == ["Not measured."]


def quality_sets() -> list[str]:
    return list(public_sets.SETS)


def test_results_are_kept_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "RESULTS", tmp_path)
    kept.keep("quality", "one", {"a": [0.123456]})
    kept.keep("quality", "two", 2)
    kept.keep("quality", "one", {"a": [0.5]})
    assert kept.kept("quality") == {"one": {"a": [0.5]}, "two": 2}
    assert kept.rounded({"x": (0.123456, "a")}) == {"x": [0.1235, "a"]}


def test_pictures_are_whole() -> None:
    heads = {"heat": {"ece": 0.01, "rows": [(0.1, 0.2, 5), (0.9, 0.8, 9)]}, "a & b": {"ece": 0.2, "rows": []}}
    for picture in (reliability_picture(heads, "t"), bars_picture({"hot <F1>": {"Calmdesk": 0.9}}, "t")):
        assert ET.fromstring(picture).tag.endswith("svg")


def test_thinning_is_steady() -> None:
    rows = tuple((str(n), 0) for n in range(100))
    assert public_sets.thinned(rows, 10) == public_sets.thinned(rows, 10)
    assert len(public_sets.thinned(rows, 10)) == 10
    assert public_sets.thinned(rows, 200) == rows


def test_a_missing_set_says_which_file(tmp_path: Path) -> None:
    for load in public_sets.SETS.values():
        with pytest.raises(FileNotFoundError):
            load(tmp_path)


def test_peers_get_the_thresholds_that_suit_them() -> None:
    kinds = [("calm", "none"), ("tense", "none"), ("angry", "profanity"), ("furious", "insult")]
    lines = [
        customer(*kinds[at // 30], "agent", [], "other") | {"text": str(at)} for at in range(30 * len(kinds))
    ]
    scorer = Scorer("x", lambda texts: [float(text) for text in texts])
    read = suited(scorer, lines).read([{"text": str(at)} for at in (5, 40, 75, 110)])
    assert [one["heat"]["band"] for one in read] == ["calm", "tense", "angry", "furious"]
    assert [one["abuse"]["kind"] for one in read] == ["none", "none", "none", "insult"]


def test_a_heads_calibration_by_hand() -> None:
    found = head_of([{"a"}, {"b"}], [{"a": 0.9, "b": 0.1}, {"a": 0.55, "b": 0.45}])
    assert found["right"] == 0.5
    assert found["sure"] == 0.5
    assert found["right_when_sure"] == 1.0
    assert found["ece"] == pytest.approx((0.1 + 0.1 + 0.55 + 0.55) / 4)
    assert found["choice_ece"] == pytest.approx((0.1 + 0.55) / 2)
    assert "right" not in head_of([{"a", "b"}, set()], [{"a": 0.9, "b": 0.1}, {"a": 0.5, "b": 0.4}])
    assert truth_of(LINES[2], "abuse kind") == {"insult"}
    assert truth_of(LINES[2], "heat") == {"furious"}
    assert truth_of(LINES[2], "leverage") == {"legal", "cancel"}
