"""Figures from labels and answers: F1s, average precision, calibration, and how sure one can be of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
BANDS = ("calm", "tense", "angry", "furious")
HOT = frozenset({"angry", "furious"})
PERSON = frozenset({"insult", "threat", "hate", "sexual"})
BINS = 10
DRAWS = 500


def precision_recall_f1(hit: float, false: float, missed: float) -> tuple[float, float, float]:
    """Zero where there is nothing to divide by."""
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, both


def f1_of(truth: Sequence[bool] | Bools, said: Sequence[bool] | Bools) -> float:
    """F1 of the positive side."""
    t, s = np.asarray(truth, bool), np.asarray(said, bool)
    return precision_recall_f1(float(np.sum(t & s)), float(np.sum(~t & s)), float(np.sum(t & ~s)))[2]


def macro_f1(truth: Sequence[object], said: Sequence[object]) -> float:
    """The mean F1 over the labels that occur in the truth."""
    t, s = np.asarray(truth, object), np.asarray(said, object)
    return float(np.mean([f1_of(t == label, s == label) for label in set(truth)]))


def micro(truth: Sequence[set[str]], said: Sequence[set[str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over all labels together."""
    pairs = list(zip(truth, said, strict=True))
    return precision_recall_f1(
        sum(len(t & s) for t, s in pairs),
        sum(len(s - t) for t, s in pairs),
        sum(len(t - s) for t, s in pairs),
    )


def average_precision(truth: Bools, score: Floats) -> float:
    """Area under precision and recall, step by step; ties in the order given."""
    order = np.argsort(-score, kind="stable")
    sorted_truth = truth[order]
    if not sorted_truth.any():
        return 0.0
    return float((sorted_truth.cumsum() / np.arange(1, len(order) + 1))[sorted_truth].mean())


def best_threshold(truth: Bools, score: Floats) -> float:
    """The threshold with the best macro-F1 of yes and no, among a hundred quantiles of the scores."""
    steps = np.unique(np.quantile(score, np.linspace(0.01, 0.995, 200)))
    return float(max(steps, key=lambda step: f1_of(truth, score >= step) + f1_of(~truth, score < step)))


def reliability(truth: Bools, chance: Floats) -> list[tuple[float, float, int]]:
    """For each filled bin of chances: the mean chance, the share of truth, how many."""
    bins = np.clip((chance * BINS).astype(int), 0, BINS - 1)
    return [
        (float(chance[bins == n].mean()), float(truth[bins == n].mean()), int((bins == n).sum()))
        for n in range(BINS)
        if (bins == n).any()
    ]


def calibration_error(truth: Bools, chance: Floats) -> float:
    """Expected calibration error over equally wide bins."""
    rows = reliability(truth, chance)
    return sum(abs(said - was) * count for said, was, count in rows) / max(1, len(truth))


def interval(count: int, figure: Callable[[NDArray[np.int64]], float], seed: int = 3) -> tuple[float, float]:
    """A 95 % bootstrap interval of a figure of row numbers."""
    draw = np.random.default_rng(seed)
    found = [figure(draw.integers(0, count, count)) for _ in range(DRAWS)]
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)
