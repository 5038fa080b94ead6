"""What the coach says: the noun `Advice` and its parts. All words for people are in the asked-for language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from calmdesk.desk.reading import Finding, FoundPromise, Heat
from calmdesk.desk.vocabulary import Move, Rung, Step


class Standing(StrEnum):
    """Where a step of the method stands in a conversation."""

    DONE = "done"
    DUE = "due"
    SKIPPED = "skipped"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class StepStanding:
    """One step of the track: its name for people, where it stands, and why."""

    step: Step
    name: str
    standing: Standing
    because: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Words to start a reply from, in the customer's language, ready to send: no blank slot is left in it.

    `source` names the document that asks for the step; `id` is the phrase's, so that repeats are noticed.
    """

    id: str
    step: Step
    text: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to mind now (a pitfall, a kind of customer, a boundary): short, with its reason and source."""

    id: str
    text: str
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do next in a conversation.

    `next` has the due steps, best first (after an agent's turn: what is still owed). `risk` is the chance, 0..1,
    that the conversation escalates, as far as the past shows; `warn` is the decision to say so.
    """

    next: tuple[Step, ...]
    ladder: Rung | None
    heat: Heat
    risk: float
    because: str
    source: str = ""
    warn: bool = False
    track: tuple[StepStanding, ...] = ()
    openings: tuple[Opening, ...] = ()
    hints: tuple[Hint, ...] = ()
    rung_words: str = ""


class Gravity(StrEnum):
    """How loudly a finding is shown; it rises with the heat."""

    NOTE = "note"
    WARNING = "warning"
    GRAVE = "grave"


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """A finding in a draft with its gravity and wordings that can replace its words as they stand.

    `replacements` keep the agent's facts; an empty one removes the words. `name` is the rule's name for people.
    """

    finding: Finding
    gravity: Gravity
    name: str
    replacements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the method asks for and the draft lacks."""

    id: str
    step: Step
    text: str
    because: str


@dataclass(frozen=True, slots=True)
class DraftAdvice:
    """What the coach says of a draft before it is sent."""

    findings: tuple[DraftFinding, ...]
    promises: tuple[FoundPromise, ...]
    missing: tuple[Missing, ...]
    moves: tuple[Move, ...]

    @property
    def grave(self) -> bool:
        """Whether sending should ask once."""
        return any(f.gravity is Gravity.GRAVE for f in self.findings)
