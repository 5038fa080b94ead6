"""The models of what is read in messages: cues, metrics, moves, lint rules, thresholds."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from calmdesk.desk.vocabulary import LintRule, Move

from .phrase import Phrase
from .piece import Examples, Piece, Source, Text


class PhraseCue(Piece):
    """`cues/<group>/<name>.yml` of kind `phrase`: words that show something in a customer's message.

    `any_of` are sure signs, `hints` weak ones of half the weight. A hit does not count in a sentence where one of
    `unless` stands. Quoted and reported words count only with `quoted: true`; after a negation ("don't") only with
    `negated: true`.
    """

    kind: Literal["phrase"]
    raises: Text
    weight: float = 1.0
    because: Text
    source: Source
    any_of: tuple[Phrase, ...] = Field(min_length=1)
    hints: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    quoted: bool = False
    negated: bool = True
    fires_on: Examples
    silent_on: Examples


class Metric(StrEnum):
    """What can be measured on the face of a text."""

    SHOUTED = "shouted"
    EXCLAIMED = "exclaimed"
    ASKED_HARD = "asked_hard"
    STRETCHED = "stretched"
    REPEATED = "repeated"
    CHOPPED = "chopped"
    ANGRY_SIGNS = "angry_signs"
    GLAD_SIGNS = "glad_signs"


class MetricCue(Piece):
    """`cues/<group>/<name>.yml` of kind `metric`: a measure of the text that reaches `at_least`."""

    kind: Literal["metric"]
    raises: Text
    weight: float = 1.0
    because: Text
    source: Source
    metric: Metric
    at_least: float
    fires_on: Examples
    silent_on: Examples


Cue = Annotated[PhraseCue | MetricCue, Field(discriminator="kind")]


class Clears(StrEnum):
    """What makes a finding harmless when it stands in the same draft."""

    ACT = "act"  # a question, a remedy, an alternative, a next step, news or a promise
    REMEDY = "remedy"  # an alternative, a remedy, options or a next step
    TIME = "time"  # a time or a date
    DONE_NOW = "done_now"  # done during this conversation
    LOOK = "look"  # somebody looked: a log, a record, an honest "could be"
    REASON = "reason"  # why the rule exists
    NOTHING = "nothing"


class LintFile(Piece):
    """`lint/<rule>.yml`: one way in which a draft makes things worse.

    `any_of` fires wherever it stands, `soft` only when nothing in the draft clears it. `unless` silences a sentence.
    `suggest` are better wordings, best first, for people.
    """

    rule: LintRule
    name: Text
    because: Text
    source: Source
    any_of: tuple[Phrase, ...] = ()
    soft: tuple[Phrase, ...] = ()
    cleared_by: tuple[Clears, ...] = ()
    unless: tuple[Phrase, ...] = ()
    suggest: tuple[Text, ...] = Field(min_length=2)
    fires_on: Examples
    silent_on: Examples

    @model_validator(mode="after")
    def _has_phrases(self) -> LintFile:
        if not self.any_of and not self.soft:
            raise ValueError("a lint rule needs any_of or soft")
        if self.soft and not self.cleared_by:
            raise ValueError("soft phrases need cleared_by")
        return self


class MoveFile(Piece):
    """`moves/<move>.yml`: what an agent's sentence does. `asked` phrases count only in a question."""

    move: Move
    name: Text
    because: Text
    source: Source
    any_of: tuple[Phrase, ...] = ()
    asked: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    fires_on: Examples
    silent_on: Examples


class Thresholds(Piece):
    """`thresholds.yml`: where belief becomes decision, and how strongly the rules speak.

    `heat` gives each cue's weight in place of its own, `bias` where the sum starts, `edges` the sums at which tense,
    angry and furious begin. Where a model is present, `model_share` is its part in the heat, and `nudge` says by how
    much, in log-odds, a rule that fired moves the model's belief (by head, or by head and label).
    `decide` holds, by head and label, the probability from which a label is said. `model_because` is what people are
    told where a model points at words: by head, in the file's language.
    """

    bias: float
    heat: dict[str, float]
    edges: tuple[float, float, float]
    issue_floor: float
    model_share: float
    nudge: dict[str, float]
    decide: dict[str, float]
    model_because: dict[str, Text]
