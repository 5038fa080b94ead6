"""Figures of a set of weights, through the product's own code: held-out lines, or labelled lines elsewhere.

`python training/evaluate.py --weights DIR` prints the held-out figures (calibrated on the other fold).
`python training/evaluate.py --weights DIR --lines FILE...` prints those of labelled files with the shipped calibration.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import numpy as np  # noqa: E402

from calibrate import fitted, folds, neutral, raw_of, truth_of, write  # noqa: E402
from calmdesk.reading.model.calibration import Calibration  # noqa: E402
from calmdesk.reading.model.network import Network  # noqa: E402
from calmdesk.reading.model.ngrams import Ngrams  # noqa: E402
from calmdesk.reading.model.reader import Model, Whole  # noqa: E402
from calmdesk.reading.model.tokens import Tokens  # noqa: E402
from calmdesk.reading.model.weights import Weights  # noqa: E402
from corpus import Row, agent_row, customer_row, read_corpus, read_jsonl  # noqa: E402
from labels import ANY_OF, HEADS, ONE_OF  # noqa: E402
from measure import (  # noqa: E402
    agent_figures,
    average_precision,
    binary_f1,
    calibration_error,
    customer_figures,
)


def model_with(folder: Path, found: dict | None) -> Model:
    """The weights of a folder with a given calibration, or with their own."""
    if found is None:
        scale = Calibration.load(folder / "labels.json", folder / "calibration.json")
    else:
        with tempfile.TemporaryDirectory() as work:
            write(found, Path(work))
            scale = Calibration.load(folder / "labels.json", Path(work) / "calibration.json")
    network = Network.load(folder / "reader.onnx", 2)
    tokens, ngrams = Tokens.load(folder / "tokenizer.json"), Ngrams.load(folder / "ngrams.npz")
    return Model(tokens, network, ngrams, scale, Weights(folder, "unchecked"))


def predicted(model: Model, row: Row, whole: Whole) -> dict:
    if row.role == "customer":
        got = model.customer_from(whole)
        return {"heat": str(got.band), "kind": str(got.kind), "target": str(got.target), "issue": str(got.issue),
                "leverage": {str(x) for x in got.claimed}, "_": got}  # fmt: skip
    found = model.agent_from(whole)
    return {"lint": {str(f.rule) for f in found.flagged}, "moves": {str(x) for x in found.made},
            "promise": {"promise"} if found.promises_at_all else set(), "_": found}  # fmt: skip


def gold(row: Row) -> dict:
    return {h: (v[0] if h in ONE_OF else set(v)) for h, v in row.labels.items()}


def figures(rows: Sequence[Row], found: Sequence[dict]) -> dict[str, dict[str, float]]:
    """By language: the customer's and the agent's figures."""
    out: dict[str, dict[str, float]] = {}
    kinds: list[tuple[str, Callable[..., dict[str, float]]]] = [
        ("heat", customer_figures),
        ("lint", agent_figures),
    ]
    for lang in ("en", "ru"):
        for head, count in kinds:
            pick = [i for i, r in enumerate(rows) if r.lang == lang and head in r.labels]
            got = count([gold(rows[i]) for i in pick], [found[i] for i in pick])
            if got:
                out[f"{lang} {'customer' if head == 'heat' else 'agent'}"] = got
        pick = [i for i, r in enumerate(rows) if r.lang == lang and "promise" in r.labels]
        if pick:
            right = [found[i]["promise"] == gold(rows[i])["promise"] for i in pick]
            out[f"{lang} promise"] = {"n": len(pick), "accuracy": float(np.mean(right))}
    return out


def chances_of(got: object, head: str) -> list[float]:
    table = {"heat": "heat", "kind": "kinds", "target": "targets", "issue": "issues", "leverage": "leverage",
             "lint": "lint", "moves": "moves"}  # fmt: skip
    values = getattr(got, table[head])
    return [values[x] for x in HEADS[head]]


def errors_of_calibration(rows: Sequence[Row], found: Sequence[dict]) -> dict[str, dict[str, float]]:
    """Expected calibration error and average precision of each head and language, over all its labels."""
    out: dict[str, dict[str, float]] = {}
    for lang in ("en", "ru"):
        for head in ("heat", "kind", "target", "issue", "leverage", "lint", "moves"):
            pick = [i for i, r in enumerate(rows) if r.lang == lang and head in r.labels]
            if not pick:
                continue
            chance = np.array([chances_of(found[i]["_"], head) for i in pick])
            truth = truth_of([rows[i] for i in pick], head) > 0
            out[f"{lang} {head}"] = {
                "ece": calibration_error(chance.ravel(), truth.ravel()),
                "ap": average_precision(chance.ravel(), truth.ravel()),
            }
    return out


def each_label(rows: Sequence[Row], found: Sequence[dict]) -> dict[str, dict[str, float]]:
    """F1 and count of every label, by language."""
    out: dict[str, dict[str, float]] = {}
    for head in ("heat", "kind", "target", "issue", "leverage", "lint", "moves"):
        for label in HEADS[head]:
            line: dict[str, float] = {}
            for lang in ("en", "ru"):
                pick = [i for i, r in enumerate(rows) if r.lang == lang and head in r.labels]
                want = [label in rows[i].labels[head] for i in pick]
                said = [label in found[i][head] if head in ANY_OF else label == found[i][head] for i in pick]
                line |= {f"{lang} F1": binary_f1(want, said), f"{lang} count": float(sum(want))}
            out[f"{head} {label}"] = line
    return out


def by_channel(rows: Sequence[Row], found: Sequence[dict]) -> dict[str, dict[str, float]]:
    """The main figures for each channel that has at least thirty held-out lines."""
    out: dict[str, dict[str, float]] = {}
    for channel in sorted({r.channel for r in rows if r.channel}):
        for head, count in (("heat", customer_figures), ("lint", agent_figures)):
            pick = [i for i, r in enumerate(rows) if r.channel == channel and head in r.labels]
            if len(pick) >= 30:
                name = f"{channel}, {'customer' if head == 'heat' else 'agent'}"
                out[name] = count([gold(rows[i]) for i in pick], [found[i] for i in pick])
    return out


def spans_hit(rows: Sequence[Row], found: Sequence[dict]) -> dict[str, float]:
    """Of the rules rightly found, how many are shown at words that overlap the labelled ones."""
    out = {}
    for lang in ("en", "ru"):
        hit = [
            any(f.start < b and f.end > a for label, a, b in row.spans if label == f.rule)
            for row, got in zip(rows, found, strict=True)
            if row.lang == lang and row.role == "agent" and "lint" in row.labels
            for f in got["_"].flagged
            if str(f.rule) in row.labels["lint"]
        ]
        out[lang] = float(np.mean(hit)) if hit else 0.0
    return out


def held_out(folder: Path, rows: list[Row], base: dict) -> tuple[dict, list[Row], list[dict]]:
    """Predictions of every held-out row with the calibration of the other fold, and the full calibration."""
    model = model_with(folder, base)
    wholes = raw_of(model, rows)
    fold = folds(rows)
    found: list[dict] = [{}] * len(rows)
    for side in (0, 1):
        learn = [i for i in range(len(rows)) if fold[i] != side]
        scale = model_with(folder, fitted([rows[i] for i in learn], [wholes[i] for i in learn], base))
        for i in range(len(rows)):
            if fold[i] == side:
                found[i] = predicted(scale, rows[i], wholes[i])
    return fitted(rows, wholes, base), rows, found


def rounded(value: object) -> object:
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return round(value, 3) if isinstance(value, float) else value


def report(folder: Path, corpus: Path) -> tuple[dict, dict]:
    """The calibration fitted on all held-out lines, and the cross-fitted figures."""
    every = read_corpus(corpus)
    rows = [r for r in every if r.held_out]
    scale, rows, found = held_out(folder, rows, neutral(every))
    text = {
        "figures": figures(rows, found), "calibration": errors_of_calibration(rows, found),
        "span_overlap": spans_hit(rows, found), "held_out": len(rows), "lines": len(every),
        "each": each_label(rows, found), "groups": by_channel(rows, found),
    }  # fmt: skip
    return scale, text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=HERE / "corpus")
    parser.add_argument("--lines", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    if not args.lines:
        print(json.dumps(rounded(report(args.weights, args.corpus)[1]), indent=1))
        return
    for path in args.lines:
        raw = read_jsonl(path)
        rows = [customer_row(r, True) if "heat" in r else agent_row(r, True) for r in raw]
        model = model_with(args.weights, None)
        found = [predicted(model, r, w) for r, w in zip(rows, raw_of(model, rows), strict=True)]
        print(path.name, json.dumps(rounded({**figures(rows, found), "calibration": errors_of_calibration(rows, found),
              "span_overlap": spans_hit(rows, found)})))  # fmt: skip


if __name__ == "__main__":
    main()
