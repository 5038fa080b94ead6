"""Fits temperatures, offsets and thresholds on held-out lines, by language, from the exported graph's output.

Every figure that is reported comes from the other half of the held-out lines (two folds of whole blocks); the
calibration that ships is fitted on both halves.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from calmdesk.reading.model.reader import Model, Whole
from corpus import BLOCK, Row
from labels import ANY_OF, HEADS, KIND, ONE_OF, TAGS, TARGET, slices

Floats = NDArray[np.float64]
SLICES = slices()
GRID = np.arange(-1.2, 1.21, 0.1)
LANGS = ("en", "ru")
CLEAN_AT_MOST = {"en": 0.05, "ru": 0.06}


def fits_of(rows: Sequence[Row]) -> list[list[float]]:
    """How well an abuse kind goes with a target: free when seen three times, barred when never."""
    seen = np.zeros((len(KIND), len(TARGET)))
    for row in rows:
        if "kind" in row.labels:
            seen[KIND.index(row.labels["kind"][0]), TARGET.index(row.labels["target"][0])] += 1
    return np.where(seen >= 3, 0.0, np.where(seen >= 1, -1.0, -8.0)).tolist()


def neutral(rows: Sequence[Row]) -> dict:
    """A calibration that changes nothing, to start from."""
    one = {h: {"temperature": 1.0, "word_slope": 0.0, "offset": [0.0] * len(v)} for h, v in ONE_OF.items()}
    some = {
        h: {"slope": 1.0, "tag_slope": 0.0, "word_slope": 0.0, "shift": 0.0, "threshold": [0.5] * len(v)}
        for h, v in ANY_OF.items()
    }
    return {
        "one_of": dict.fromkeys(LANGS, one), "any_of": dict.fromkeys(LANGS, some), "fits": fits_of(rows),
        "tag_floor": {"promise": 0.0},
    }  # fmt: skip


def mixed(logits: Floats, words: Floats, heat: float, slope: float) -> Floats:
    """Log chances of the labels from both views."""
    z = logits / heat + slope * words
    z = z - z.max(1, keepdims=True)
    out: Floats = z - np.log(np.exp(z).sum(1, keepdims=True))
    return out


def temperature_of(logits: Floats, words: Floats, gold: NDArray[np.int64]) -> tuple[float, float]:
    """The temperature and the weight of the n-gram view with the least loss."""
    rows = np.arange(len(gold))
    tries = [(h, s) for h in np.arange(0.5, 3.01, 0.1) for s in np.arange(0.0, 0.81, 0.1)]
    best = min(tries, key=lambda t: -float(mixed(logits, words, *t)[rows, gold].mean()))
    return float(best[0]), float(best[1])


def confusion(gold: NDArray[np.int64], pred: NDArray[np.int64], size: int) -> Floats:
    return np.bincount(gold * size + pred, minlength=size * size).reshape(size, size).astype(float)


def macro(table: Floats) -> float:
    seen = table.sum(1) > 0
    good = np.diag(table)
    return float((2 * good / np.maximum(table.sum(1) + table.sum(0), 1))[seen].mean())


def pair_f1(table: Floats, members: Sequence[int]) -> float:
    inside = np.zeros(len(table), dtype=bool)
    inside[list(members)] = True
    tp = table[inside][:, inside].sum()
    return float(2 * tp / max(table[inside].sum() + table[:, inside].sum(), 1))


def goal_of(head: str, table: Floats) -> float:
    """What the offsets of a head are chosen for."""
    if head == "heat":
        far = sum(table[i, j] for i in range(4) for j in range(4) if abs(i - j) > 1) / max(table.sum(), 1)
        return macro(table) + 0.7 * pair_f1(table, (2, 3)) - 2.0 * far
    if head == "kind":
        harmless = table[:2, 2:6].sum() / max(table[:2].sum(), 1)
        return macro(table) + pair_f1(table, (2, 3, 4, 5)) - 0.5 * harmless
    return float(np.diag(table).sum() / max(table.sum(), 1))


def offsets_of(head: str, scores: Floats, gold: NDArray[np.int64], seed: int = 5) -> list[float]:
    """Small shifts a label that lift the head's goal, averaged over resamples and pulled towards none."""
    size = scores.shape[1]
    if head not in ("heat", "kind"):
        return [0.0] * size
    draw, found = np.random.default_rng(seed), []
    for _ in range(12):
        pick = draw.integers(0, len(gold), len(gold))
        shift = np.zeros(size)
        for _ in range(2):
            for label in range(size):
                best, at = -9.0, 0.0
                for step in GRID:
                    trial = shift.copy()
                    trial[label] = step
                    table = confusion(gold[pick], (scores[pick] + trial).argmax(1), size)
                    value = goal_of(head, table) - 0.01 * step * step
                    if value > best + 1e-9:
                        best, at = value, float(step)
                shift[label] = at
        found.append(shift - shift.mean())
    return [round(float(x), 3) for x in 0.8 * np.mean(found, axis=0)]


def thresholds_of(
    chances: Floats, truth: Floats, clean_at_most: float | None, steady: float = 20.0
) -> list[float]:
    """A threshold a label: the best for all labels together, moved by each label as far as its count bears."""
    grid = np.arange(0.1, 0.91, 0.02)

    def overall(cut: float) -> float:
        pred = chances >= cut
        tp = float((pred * truth).sum())
        value = 2 * tp / max(pred.sum() + truth.sum(), 1)
        if clean_at_most is not None:
            clean = truth.sum(1) == 0
            flagged = float(pred[clean].any(1).mean()) if clean.any() else 0.0
            value -= 3.0 * max(0.0, flagged - clean_at_most)
        return float(value)

    base = float(max(grid, key=overall))
    out = []
    for label in range(chances.shape[1]):
        gold, count = truth[:, label], float(truth[:, label].sum())
        if count < 4:
            out.append(round(base, 3))
            continue
        value = [2 * float(((chances[:, label] >= t) * gold).sum()) / max((chances[:, label] >= t).sum() + count, 1)
                 for t in grid]  # fmt: skip
        top = [t for t, v in zip(grid, value, strict=True) if v >= max(value) - 1e-9]
        own = float(np.median(top))
        mixed = (count * own + steady * base) / (count + steady)
        out.append(round(max(mixed, base) if clean_at_most is not None else mixed, 3))
    return out


def truth_of(rows: Sequence[Row], head: str) -> Floats:
    labels = HEADS[head]
    out = np.zeros((len(rows), len(labels)))
    for number, row in enumerate(rows):
        for label in row.labels[head]:
            out[number, labels.index(label)] = 1.0
    return out


def peaks_of(wholes: Sequence[Whole], head: str) -> Floats | None:
    if head == "lint":
        return np.stack([w.tags[:, : len(TAGS) - 1].max(0) for w in wholes])
    if head == "promise":
        return np.stack([w.tags[:, len(TAGS) - 1 :].max(0) for w in wholes])
    return None


def several_of(head: str, lang: str, rows: Sequence[Row], wholes: Sequence[Whole]) -> dict:
    """Slope, tag slope and shift by logistic regression over all labels of the head, then thresholds."""
    start, end = SLICES[head]
    logits, truth = np.stack([w.logits[start:end] for w in wholes]), truth_of(rows, head)
    peaks = peaks_of(wholes, head)
    words = np.stack([w.words[start:end] for w in wholes])
    views = [logits, words] if peaks is None else [logits, words, peaks]
    fitted = LogisticRegression(C=10.0).fit(np.stack([v.ravel() for v in views], axis=1), truth.ravel())
    weight = [max(float(x), 0.0) for x in fitted.coef_[0]]
    shift = float(fitted.intercept_[0])
    raw = sum(w * v for w, v in zip(weight, views, strict=True)) + shift
    slope, word_slope, tag_slope = (*weight, 0.0)[:3]
    chances = 1 / (1 + np.exp(-raw))
    limit = CLEAN_AT_MOST[lang] if head == "lint" else None
    return {
        "slope": round(slope, 4),
        "tag_slope": round(tag_slope, 4),
        "word_slope": round(word_slope, 4),
        "shift": round(shift, 4),
        "threshold": thresholds_of(chances, truth, limit),
    }


def single_of(head: str, rows: Sequence[Row], wholes: Sequence[Whole]) -> dict:
    start, end = SLICES[head]
    logits = np.stack([w.logits[start:end] for w in wholes])
    gold = np.array([HEADS[head].index(r.labels[head][0]) for r in rows])
    words = np.stack([w.words[start:end] for w in wholes])
    heat, slope = temperature_of(logits, words, gold)
    offset = offsets_of(head, mixed(logits, words, heat, slope), gold)
    return {"temperature": round(heat, 3), "word_slope": round(slope, 3), "offset": offset}


def fitted(rows: Sequence[Row], wholes: Sequence[Whole], base: dict) -> dict:
    """The calibration for both languages from held-out rows and their raw output."""
    out = json.loads(json.dumps(base))
    for lang in LANGS:
        for head in HEADS:
            pick = [
                i
                for i, r in enumerate(rows)
                if r.lang == lang and head in r.labels and "public" not in r.labels
            ]
            if len(pick) < 30:
                continue
            some, raw = [rows[i] for i in pick], [wholes[i] for i in pick]
            if head in ONE_OF:
                out["one_of"][lang][head] = single_of(head, some, raw)
            else:
                out["any_of"][lang][head] = several_of(head, lang, some, raw)
    return out


def folds(rows: Sequence[Row]) -> list[int]:
    """0 or 1 for each held-out row, whole blocks together."""
    return [(number // BLOCK) % 2 for number in range(len(rows))]


def raw_of(model: Model, rows: Sequence[Row]) -> list[Whole]:
    """The exported graph's output for rows, in their order."""
    out: dict[int, Whole] = {}
    for role in ("customer", "agent"):
        pick = [i for i, r in enumerate(rows) if r.role == role]
        texts = [(rows[i].text, rows[i].lang, rows[i].context) for i in pick]
        out.update(zip(pick, model.raw(texts, role), strict=True))
    return [out[i] for i in range(len(rows))]


def write(found: dict, folder: Path) -> None:
    (folder / "calibration.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
