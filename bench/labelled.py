"""Labelled lines and what a tool answers to them: the figures that docs/quality.md tells.

The definitions are those of the scoring of the labelled cases, so that both give the same numbers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bench.measures import BANDS, HOT, PERSON, f1_of, interval, macro_f1, micro

TRAINING = Path(__file__).resolve().parents[1] / "training"
Line = Mapping[str, Any]
Answer = Mapping[str, Any]


def read_cases(folder: Path, role: str, lang: str) -> list[Line]:
    """Labelled cases kept outside the repo; none when the file is not there."""
    path = folder / f"{role}_dev_{lang}.jsonl"
    if not path.exists():
        return []
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [{**row, "role": role} for row in rows]


def read_corpus(held_out: bool) -> list[Line]:
    """The corpus's lines about customers and drafts, those held out from training or those trained on."""
    sys.path.insert(0, str(TRAINING))
    from corpus import read_corpus as rows_of

    out: list[Line] = []
    for row in rows_of(TRAINING / "corpus"):
        if row.held_out is not held_out or "promise" in row.labels:
            continue
        line = {
            "id": row.id,
            "lang": row.lang,
            "role": row.role,
            "text": row.text,
            "context": row.context or None,
        }
        if row.role == "customer":
            abuse = {"kind": row.labels["kind"][0], "target": row.labels["target"][0]}
            line |= {"heat": row.labels["heat"][0], "abuse": abuse, "issue": row.labels["issue"][0],
                     "leverage": list(row.labels["leverage"])}  # fmt: skip
        else:
            line |= {"lint": list(row.labels["lint"]), "moves": list(row.labels["moves"])}
        out.append(line)
    return out


def asked(line: Line) -> dict[str, str]:
    """What a tool is given of a labelled line: never its labels."""
    return {k: line[k] for k in ("id", "role", "lang", "text", "context") if line.get(k)}


def mean(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if values else 0.0


Figure = Callable[[Sequence[Line], Sequence[Answer]], float]


def _bands(lines: Sequence[Line], got: Sequence[Answer]) -> tuple[list[str], list[str]]:
    return [line["heat"] for line in lines], [one["heat"]["band"] for one in got]


def _kinds(lines: Sequence[Line], got: Sequence[Answer]) -> tuple[list[str], list[str]]:
    return [line["abuse"]["kind"] for line in lines], [one["abuse"]["kind"] for one in got]


def within_one(lines: Sequence[Line], got: Sequence[Answer]) -> float:
    """How often heat is at most one band off."""
    want, said = _bands(lines, got)
    return mean([abs(BANDS.index(a) - BANDS.index(b)) <= 1 for a, b in zip(want, said, strict=True)])


def hot(lines: Sequence[Line], got: Sequence[Answer]) -> float:
    """F1 of angry or furious."""
    want, said = _bands(lines, got)
    return f1_of([x in HOT for x in want], [x in HOT for x in said])


def abuse_of_person(lines: Sequence[Line], got: Sequence[Answer]) -> float:
    """F1 of abuse of a person."""
    want, said = _kinds(lines, got)
    return f1_of([x in PERSON for x in want], [x in PERSON for x in said])


def target(lines: Sequence[Line], got: Sequence[Answer]) -> float:
    """How often the target is right where a person is abused."""
    pairs = zip(lines, got, strict=True)
    return mean(
        [a["abuse"]["target"] == b["abuse"]["target"] for a, b in pairs if a["abuse"]["kind"] in PERSON]
    )


def false_alarms(lines: Sequence[Line], got: Sequence[Answer]) -> float:
    """How often swearing at nobody, or contempt for a thing, is taken for abuse of a person."""
    harmless = [
        b["abuse"]["kind"] in PERSON
        for a, b in zip(lines, got, strict=True)
        if a["abuse"]["kind"] == "profanity"
        or (a["abuse"]["kind"] == "none" and a["abuse"]["target"] == "thing")
    ]
    return mean(harmless)


def issue(lines: Sequence[Line], got: Sequence[Answer]) -> float:
    """How often the issue is right."""
    return mean([a["issue"] == b["issue"] for a, b in zip(lines, got, strict=True)])


def _rules(got: Sequence[Answer]) -> list[set[str]]:
    return [{found["rule"] for found in one["lint"]} for one in got]


def lint(lines: Sequence[Line], got: Sequence[Answer]) -> tuple[float, float, float]:
    """Precision, recall, F1 over all rules."""
    return micro([set(line["lint"]) for line in lines], _rules(got))


def clean_flagged(lines: Sequence[Line], got: Sequence[Answer]) -> float:
    """How often something is found in a draft where there is nothing."""
    return mean([bool(said) for line, said in zip(lines, _rules(got), strict=True) if not line["lint"]])


def _sets(part: str) -> Figure:
    return lambda lines, got: micro([set(x[part]) for x in lines], [set(x[part]) for x in got])[2]


#: role → figure → how it is worked out and which part of an answer it needs.
FIGURES: dict[str, dict[str, tuple[Figure, str]]] = {
    "customer": {
        "heat macro-F1": (lambda a, b: macro_f1(*_bands(a, b)), "heat"),
        "heat within one band": (within_one, "heat"),
        "hot F1": (hot, "heat"),
        "abuse of a person F1": (abuse_of_person, "abuse"),
        "abuse kind macro-F1": (lambda a, b: macro_f1(*_kinds(a, b)), "abuse.kind"),
        "abuse target": (target, "abuse.target"),
        "false alarms": (false_alarms, "abuse"),
        "leverage F1": (_sets("leverage"), "leverage"),
        "issue accuracy": (issue, "issue"),
    },
    "agent": {
        "lint F1": (lambda a, b: lint(a, b)[2], "lint"),
        "lint precision": (lambda a, b: lint(a, b)[0], "lint"),
        "clean drafts flagged": (clean_flagged, "lint"),
        "moves F1": (_sets("moves"), "moves"),
    },
}
FEWER_IS_BETTER = frozenset({"false alarms", "clean drafts flagged"})
#: What is wanted, by language.
WANTED: dict[str, dict[str, float]] = {
    "en": {"heat macro-F1": 0.80, "heat within one band": 0.985, "hot F1": 0.91, "abuse of a person F1": 0.90,
           "abuse kind macro-F1": 0.80, "abuse target": 0.87, "false alarms": 0.03, "leverage F1": 0.85,
           "issue accuracy": 0.75, "lint F1": 0.80, "lint precision": 0.88, "clean drafts flagged": 0.05,
           "moves F1": 0.80},
    "ru": {"heat macro-F1": 0.78, "heat within one band": 0.98, "hot F1": 0.90, "abuse of a person F1": 0.87,
           "abuse kind macro-F1": 0.75, "abuse target": 0.83, "false alarms": 0.04, "leverage F1": 0.82,
           "issue accuracy": 0.70, "lint F1": 0.75, "lint precision": 0.85, "clean drafts flagged": 0.06,
           "moves F1": 0.76},
}  # fmt: skip


def reached(name: str, lang: str, value: float) -> bool:
    """Whether a figure, rounded to three places as it is shown, is what is wanted."""
    limit, shown = WANTED[lang][name], round(value, 3)
    return shown <= limit if name in FEWER_IS_BETTER else shown >= limit


def figures(
    lines: Sequence[Line], got: Sequence[Answer], tells: frozenset[str], sure: bool = True
) -> dict[str, list[float]]:
    """figure → [value, low, high] for lines of one role, as far as the tool tells; no interval when not `sure`."""
    out: dict[str, list[float]] = {}
    for name, (work, needs) in FIGURES[lines[0]["role"]].items():
        if needs not in tells:
            continue
        value = work(lines, got)

        def drawn(rows: Any, work: Figure = work) -> float:
            return work([lines[i] for i in rows], [got[i] for i in rows])

        out[name] = [value, *interval(len(lines), drawn)] if sure else [value]
    return out
