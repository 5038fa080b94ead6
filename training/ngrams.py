"""Fits the linear view: one logistic regression a label over the hashed features, kept as int8."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from calmdesk.reading.model.ngrams import SIZE, features
from corpus import Row
from labels import HEADS, slices

STRENGTH = 20.0


def table_of(rows: Sequence[Row]) -> sp.csr_matrix:
    """One line a row, one column a feature, ones where it occurs."""
    places: list[int] = []
    edges = [0]
    for row in rows:
        places += features(row.text)
        edges.append(len(places))
    return sp.csr_matrix((np.ones(len(places), dtype=np.float32), places, edges), shape=(len(rows), SIZE))


def rarity_of(seen: sp.csr_matrix) -> np.ndarray:
    """The weight of a feature by how few lines hold it; those in one line only count nothing."""
    count = np.asarray(seen.sum(0)).ravel()
    return np.where(count >= 2, np.log((1.0 + seen.shape[0]) / (1.0 + count)), 0.0).astype(np.float16)


def fit_ngrams(rows: Sequence[Row], path: Path) -> int:
    """Fits every label of the heads our own corpus speaks about, writes the table, returns its size in bytes."""
    learn = [r for r in rows if not r.held_out]
    seen = table_of(learn)
    rarity = rarity_of(seen)
    scaled = seen.multiply(rarity.astype(np.float32)[None, :]).tocsr()
    lengths = np.sqrt(np.asarray(scaled.multiply(scaled).sum(1)).ravel())
    scaled = (sp.diags(1.0 / np.maximum(lengths, 1e-9)) @ scaled).tocsr()
    total = sum(len(v) for v in HEADS.values())
    weights, bias = np.zeros((SIZE, total), dtype=np.float32), np.zeros(total)
    for head, (start, _) in slices().items():
        if head == "public":
            continue
        pick = [i for i, r in enumerate(learn) if head in r.labels]
        here = scaled[pick]
        for number, label in enumerate(HEADS[head]):
            wanted = np.array([label in learn[i].labels[head] for i in pick])
            fitted = LogisticRegression(C=STRENGTH, solver="liblinear", tol=0.01).fit(here, wanted)
            weights[:, start + number], bias[start + number] = fitted.coef_[0], fitted.intercept_[0]
    scale = np.maximum(np.abs(weights).max(0), 1e-9) / 127.0
    whole = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(path, weights=whole, scale=scale.astype(np.float32), bias=bias, rarity=rarity)
    return path.stat().st_size
