"""Figures from labels and predictions: the same definitions as the published scoring of the cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

PERSON = frozenset({"insult", "threat", "hate", "sexual"})
HOT = frozenset({"angry", "furious"})
ORDER = {"calm": 0, "tense": 1, "angry": 2, "furious": 3}


def f1(tp: float, fp: float, fn: float) -> float:
    return 2 * tp / (2 * tp + fp + fn) if tp else 0.0


def binary_f1(gold: Iterable[bool], pred: Iterable[bool]) -> float:
    pairs = list(zip(gold, pred, strict=True))
    return f1(
        sum(g and p for g, p in pairs), sum(p and not g for g, p in pairs), sum(g and not p for g, p in pairs)
    )


def macro_f1(gold: Sequence[str], pred: Sequence[str]) -> float:
    labels = sorted(set(gold))
    return sum(binary_f1([g == x for g in gold], [p == x for p in pred]) for x in labels) / max(
        len(labels), 1
    )


def micro(gold: Sequence[set[str]], pred: Sequence[set[str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all labels together."""
    tp = sum(len(g & p) for g, p in zip(gold, pred, strict=True))
    fp = sum(len(p - g) for g, p in zip(gold, pred, strict=True))
    fn = sum(len(g - p) for g, p in zip(gold, pred, strict=True))
    return tp / max(tp + fp, 1), tp / max(tp + fn, 1), f1(tp, fp, fn)


def calibration_error(chance: NDArray[np.float64], truth: NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error with equally wide bins."""
    edge = np.clip((chance * bins).astype(int), 0, bins - 1)
    total = 0.0
    for number in range(bins):
        here = edge == number
        if here.any():
            total += abs(float(chance[here].mean()) - float(truth[here].mean())) * float(here.mean())
    return total


def average_precision(chance: NDArray[np.float64], truth: NDArray[np.bool_]) -> float:
    order = np.argsort(-chance, kind="stable")
    hits = truth[order].cumsum()
    ranks = np.arange(1, len(order) + 1)
    return float((hits / ranks)[truth[order]].mean()) if truth.any() else 0.0


def customer_figures(gold: Sequence[dict], pred: Sequence[dict]) -> dict[str, float]:
    """`heat`, `kind`, `target`, `issue` as words and `leverage` as a set, on both sides."""
    if not gold:
        return {}
    heat_g, heat_p = [g["heat"] for g in gold], [p["heat"] for p in pred]
    kind_g, kind_p = [g["kind"] for g in gold], [p["kind"] for p in pred]
    near = [abs(ORDER[a] - ORDER[b]) <= 1 for a, b in zip(heat_g, heat_p, strict=True)]
    harmless = [
        p in PERSON
        for g, p in zip(gold, kind_p, strict=True)
        if g["kind"] == "profanity" or (g["kind"] == "none" and g["target"] == "thing")
    ]
    aimed = [g["target"] == p["target"] for g, p in zip(gold, pred, strict=True) if g["kind"] in PERSON]
    return {
        "n": len(gold),
        "heat_macro_f1": macro_f1(heat_g, heat_p),
        "heat_within_one": float(np.mean(near)),
        "hot_f1": binary_f1([x in HOT for x in heat_g], [x in HOT for x in heat_p]),
        "abuse_of_person_f1": binary_f1([x in PERSON for x in kind_g], [x in PERSON for x in kind_p]),
        "abuse_kind_macro_f1": macro_f1(kind_g, kind_p),
        "abuse_target_accuracy": float(np.mean(aimed)) if aimed else 0.0,
        "false_alarms": float(np.mean(harmless)) if harmless else 0.0,
        "leverage_f1": micro([g["leverage"] for g in gold], [p["leverage"] for p in pred])[2],
        "issue_accuracy": float(np.mean([g["issue"] == p["issue"] for g, p in zip(gold, pred, strict=True)])),
    }


def agent_figures(gold: Sequence[dict], pred: Sequence[dict]) -> dict[str, float]:
    """`lint` and `moves` as sets, on both sides."""
    if not gold:
        return {}
    lint = micro([g["lint"] for g in gold], [p["lint"] for p in pred])
    clean = [bool(p["lint"]) for g, p in zip(gold, pred, strict=True) if not g["lint"]]
    return {
        "n": len(gold),
        "lint_f1": lint[2],
        "lint_precision": lint[0],
        "lint_recall": lint[1],
        "clean_flagged": float(np.mean(clean)) if clean else 0.0,
        "moves_f1": micro([g["moves"] for g in gold], [p["moves"] for p in pred])[2],
    }
