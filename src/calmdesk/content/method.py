"""The shapes of the method's content files: what a step, an opening, a hint, a rung, a rewrite may contain.

Every text that the coach can show carries its reason (`because`) and the document it comes from (`source`), and a
language may miss no file. To add a kind of method file, add its model here and its path to `kinds.FILE_KINDS`.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from calmdesk.desk.vocabulary import (
    AbuseKind,
    Channel,
    HeatBand,
    Issue,
    Leverage,
    LintRule,
    Move,
    Rung,
    Step,
)

from .piece import Part, Piece, Source, Text


class Evidence(StrEnum):
    """How strong the ground under a piece of advice is."""

    EXPERIMENT = "experiment"
    FIELD = "field"
    EXPERT = "expert"


class Slot(StrEnum):
    """A fact that an opening may stand on; it is offered only where the fact was really given."""

    NAME = "name"
    ORDER = "order"
    AMOUNT = "amount"
    DATE = "date"
    AGENT = "agent"
    DUE = "due"


class StepText(Part):
    """A step of the method in words: its name, what to do, why, and how well that is known."""

    id: Step
    name: Text
    what: Text
    why: Text
    source: Source
    evidence: Evidence


class StepsFile(Piece):
    """`method/steps.yml`: one entry for each step."""

    steps: tuple[StepText, ...]
    standing: dict[str, Text]


class SituationText(Part):
    """Why a situation asks for its steps, said to the agent."""

    id: str
    because: Text
    source: Source


class SituationsFile(Piece):
    """`method/situations.yml`: one entry for each situation the step machine knows."""

    situations: tuple[SituationText, ...]


class SignalsFile(Piece):
    """`method/signals.yml`: words by which the step machine notices what a reading may have missed.

    Each value is a list of regular expressions, matched without regard to case, from a word's beginning.
    """

    customer: dict[str, tuple[str, ...]]
    agent: dict[str, tuple[str, ...]]
    stock: tuple[str, ...]


class OpeningText(Part):
    """Words to start from. Empty conditions hold always; `needs` are the slots that stand in the text."""

    id: str
    text: Text
    kind: str = ""
    issues: tuple[Issue, ...] = ()
    channels: tuple[Channel, ...] = ()
    bands: tuple[HeatBand, ...] = ()
    leverage: tuple[Leverage, ...] = ()
    situations: tuple[str, ...] = ()
    because: str = ""
    source: Source | None = None


class OpeningsFile(Piece):
    """`openings/<step>.yml`: the phrases for a step, with the reason that holds for all of them."""

    step: Step
    because: Text
    source: Source
    openings: tuple[OpeningText, ...]

    def names(self) -> tuple[str, ...]:
        """The openings' ids."""
        return tuple(o.id for o in self.openings)


class HintWhen(Part):
    """When a hint is shown: every condition that is given must hold; `signals` are of the customer's words."""

    steps: tuple[Step, ...] = ()
    situations: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    bands: tuple[HeatBand, ...] = ()
    issues: tuple[Issue, ...] = ()
    signals: tuple[str, ...] = ()
    traits: tuple[str, ...] = ()


class HintText(Part):
    """Something to mind, with when it is worth an agent's glance. The smaller `rank` is shown first."""

    id: str
    rank: int = 50
    when: HintWhen = HintWhen()
    text: Text
    because: Text
    source: Source


class HintsFile(Piece):
    """`hints/<family>.yml`."""

    hints: tuple[HintText, ...]

    def names(self) -> tuple[str, ...]:
        """The hints' ids."""
        return tuple(h.id for h in self.hints)


class RungText(Part):
    """The words for a rung, by situation; `{name}` may stand in a variant that needs it."""

    id: str
    words: tuple[Text, ...] = Field(min_length=2)
    because: Text
    source: Source


class HelpLine(Part):
    """Where a person in distress is helped at once."""

    region: str
    text: Text


class LadderFile(Piece):
    """`ladder/ladder.yml`: words for each rung, for safety and for self-harm, with the help lines."""

    rungs: tuple[RungText, ...]
    safety: RungText
    self_harm: RungText
    help_lines: tuple[HelpLine, ...] = Field(min_length=1)

    def of(self, rung: Rung) -> RungText:
        """The words for a rung; KeyError when the file lacks it (the checker finds that first)."""
        return {r.id: r for r in self.rungs}[rung.value]


class RecordFile(Piece):
    """`record/star.yml`: the sentences a STAR draft is built of, the issues and asks as a reader would name them."""

    situation: Text
    heat_peak: Text
    earlier: Text
    task_ask: Text
    task_question: Text
    task_feeling: Text
    action_move: Text
    action_promise: Text
    action_moved: Text
    action_boundary: Text
    action_handed: Text
    action_alert: Text
    result_confirmed: Text
    result_unverified: Text
    result_open: Text
    result_survey: Text
    issues: dict[Issue, Text]
    leverage: dict[Leverage, Text]
    moves: dict[Move, Text]
    bands: dict[HeatBand, Text]
    promise_states: dict[str, Text]


class Rewrite(Part):
    """A better wording for matched words: named groups of `match` are kept to the letter by `{group}`."""

    match: str = ""
    to: tuple[str, ...] = Field(min_length=1)


class RewriteFile(Piece):
    """`rewrites/<rule>.yml`: a rule's name, and its rewrites, the first that matches is used, the last matches all."""

    rule: LintRule
    name: Text
    because: Text
    source: Source
    evidence: Evidence
    rewrites: tuple[Rewrite, ...] = Field(min_length=1)
    keep: Text


class MissingText(Part):
    """What a draft lacks, said quietly."""

    id: str
    step: Step
    text: Text
    because: Text
    source: Source


class MissingFile(Piece):
    """`method/missing.yml`."""

    missing: tuple[MissingText, ...]


class RiskWeights(Part):
    """The interpretable part of the forecast: a logistic over named signals."""

    bias: float
    level: float
    slope: float
    repeats: float
    unmet: float
    slips: float
    wait_hours: float
    broken: float
    abuse: float
    leverage: float
    hand_offs: float
    calming: float


class LadderPolicy(Piece):
    """How a desk climbs the boundary ladder.

    `skips` are rungs that are not used (the last one stays); `begins_at` the lowest rung for a kind of abuse;
    `forgets_after_hours` after how long in peace the count begins anew (None: only an apology ends it).
    """

    skips: tuple[Rung, ...] = ()
    begins_at: dict[AbuseKind, Rung] = Field(default_factory=dict)
    forgets_after_hours: float | None = Field(default=None, gt=0)


class CoachPolicy(Piece):
    """`coach.yml`: what a team may change without touching code. Belief and decision stand apart."""

    warn_at: float = Field(ge=0, le=1)
    warn_calming: float = Field(ge=0, le=1)
    risk: RiskWeights
    next: dict[str, tuple[Step, ...]]
    gravity: dict[LintRule, int]
    openings_shown: int = Field(ge=1)
    hints_shown: int = Field(ge=0)
    missing_shown: int = Field(ge=0)
    off: tuple[LintRule, ...] = ()
    ladder: LadderPolicy = LadderPolicy()
    findings_shown: int = Field(default=4, ge=1)
