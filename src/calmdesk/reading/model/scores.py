"""What the model says of one message: calibrated chances, its own decisions, and the words they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, HeatBand, Issue, Leverage, LintRule, Move


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the message's text, half-open, and how much it speaks for a label (its part of 1)."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class CustomerScores:
    """A customer's message. `heat_score` rises with the bands, 0 calm to 1 furious.

    `evidence` is keyed `heat`, `kind`, `target`, `issue` and `leverage.<label>` for what was decided.

    `leaning` holds, by head and label, the chances moved so that one half is the border of the model's own
    decision (yes-or-no labels) or the largest is its choice (single choices).
    """

    lang: str
    heat: Mapping[HeatBand, float]
    band: HeatBand
    heat_score: float
    kinds: Mapping[AbuseKind, float]
    kind: AbuseKind
    targets: Mapping[AbuseTarget, float]
    target: AbuseTarget
    leverage: Mapping[Leverage, float]
    claimed: tuple[Leverage, ...]
    issues: Mapping[Issue, float]
    issue: Issue
    self_harm: float
    of_person: float
    public: Mapping[str, float]
    evidence: Mapping[str, tuple[Stretch, ...]]
    leaning: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A lint rule that the model finds in a draft, at the words that carry it."""

    rule: LintRule
    chance: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class AgentScores:
    """An agent's draft. `flagged` are the rules above their thresholds; `evidence` is keyed `move.<label>`.

    `marks` gives for every rule the stretch that speaks most for it, found or not, for a combiner.
    `leaning` is as for customers.
    """

    lang: str
    lint: Mapping[LintRule, float]
    flagged: tuple[Flagged, ...]
    marks: Mapping[LintRule, Stretch]
    moves: Mapping[Move, float]
    made: tuple[Move, ...]
    promise: float
    promises_at_all: bool
    promises: tuple[Stretch, ...]
    evidence: Mapping[str, tuple[Stretch, ...]]
    leaning: Mapping[str, Mapping[str, float]]
