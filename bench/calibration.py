"""How far the model's chances can be trusted: calibration error and reliability on the held-out lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from bench.labelled import Line
from bench.measures import calibration_error, reliability

CUSTOMER = {"heat": "heat", "abuse kind": "kinds", "abuse target": "targets", "issue": "issues",
            "leverage": "leverage"}  # fmt: skip
AGENT = {"lint": "lint", "moves": "moves"}


def truth_of(line: Line, head: str) -> set[str]:
    """The labels of a line in a head."""
    if head.startswith("abuse"):
        return {line["abuse"][head.split()[1]]}
    found = line[head]
    return {found} if isinstance(found, str) else set(found)


def calibrated(lines: Sequence[Line]) -> dict[str, Any]:
    """ "head lang" → ECE, the rows of a reliability plot, and what an abstain band leaves and gets right.

    Empty without weights. The shipped calibration was fitted on these same lines, in two folds for its card; the error
    told here is that of the whole, so it is a little kind.
    """
    from calmdesk.reading.model import Model, WeightsFault

    try:
        model = Model.load()
    except (WeightsFault, OSError) as fault:
        print(f"No calibration: {fault}")
        return {}
    out: dict[str, Any] = {}
    for lang in ("en", "ru"):
        some = [x for x in lines if x["lang"] == lang and x["role"] == "customer"]
        got: Sequence[Any] = model.customer([(x["text"], lang) for x in some])
        for head, field in CUSTOMER.items():
            out[f"{head} {lang}"] = head_of(
                [truth_of(x, head) for x in some], [getattr(one, field) for one in got]
            )
        some = [x for x in lines if x["lang"] == lang and x["role"] == "agent"]
        got = model.agent([(x["text"], lang, x["context"]) for x in some])
        for head, field in AGENT.items():
            out[f"{head} {lang}"] = head_of(
                [truth_of(x, head) for x in some], [getattr(one, field) for one in got]
            )
    return out


def head_of(truth: Sequence[set[str]], chances: Sequence[Mapping[Any, float]]) -> dict[str, Any]:
    """All labels of a head together; `sure` tells of single choices made with a chance of at least 0.6."""
    said = np.array([p for one in chances for p in one.values()], float)
    was = np.array(
        [str(label) in want for want, one in zip(truth, chances, strict=True) for label in one], bool
    )
    out: dict[str, Any] = {
        "ece": calibration_error(was, said),
        "rows": reliability(was, said),
        "n": len(chances),
    }
    if all(len(want) == 1 for want in truth):
        best = [max(one.items(), key=lambda pair: pair[1]) for one in chances]
        right = np.array([str(label) in want for (label, _), want in zip(best, truth, strict=True)])
        sure = np.array([p >= 0.6 for _, p in best])
        out["choice_ece"] = calibration_error(right, np.array([p for _, p in best]))
        out["right"] = float(right.mean())
        out["sure"] = float(sure.mean())
        out["right_when_sure"] = float(right[sure].mean()) if sure.any() else 0.0
    return out
