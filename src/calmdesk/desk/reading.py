"""What a message says: the noun `Reading` and its parts.

`calmdesk.reading` makes readings; they live here because the timeline keeps them and every room needs them.
All offsets are character indices into the message's text, half-open, with `text[start:end] == quote`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .vocabulary import (
    PERSON_KINDS,
    AbuseKind,
    AbuseTarget,
    HeatBand,
    Issue,
    Lang,
    Leverage,
    LintRule,
    Move,
    PromiseKind,
    Role,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that show something, with the reason and who said so.

    `what` names the judgement, dotted: `heat.angry`, `abuse.insult.agent`, `leverage.refund`, `issue.billing`,
    `move.apologise`. `because` is for people, in the message's language. `by` is `rule:<id>` or `model:<head>`.
    """

    what: str
    start: int
    end: int
    quote: str
    because: str
    by: str


@dataclass(frozen=True, slots=True)
class Heat:
    """How hot a message is: the band, and a score in 0..1 that rises with the bands."""

    band: HeatBand
    score: float


@dataclass(frozen=True, slots=True)
class Abuse:
    """The gravest abuse in a message and whom it is aimed at."""

    kind: AbuseKind = AbuseKind.NONE
    target: AbuseTarget = AbuseTarget.NONE

    @property
    def of_person(self) -> bool:
        """Whether it counts for the boundary ladder: aimed at people other than the customer."""
        return self.kind in PERSON_KINDS and self.target not in (AbuseTarget.CUSTOMER, AbuseTarget.THING)


@dataclass(frozen=True, slots=True)
class Finding:
    """A way in which a draft makes things worse, shown at its words.

    `source` names the document the rule rests on; `suggest` holds better wordings, best first.
    """

    rule: LintRule
    start: int
    end: int
    quote: str
    because: str
    source: str
    suggest: tuple[str, ...] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class FoundPromise:
    """A commitment found in an agent's words; `due` is aware, or None where no time was given."""

    kind: PromiseKind
    due: datetime | None
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that somebody said and that can be used again: an order number, a sum, a name, a date."""

    kind: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read in one message.

    For a customer: heat, abuse, leverage, issue. For an agent (or the bot): moves, lint, promises. Both: cues,
    facts, and whether the message asks, thanks, apologises or agrees, which the step machine needs.
    """

    role: Role
    lang: Lang
    heat: Heat = Heat(HeatBand.CALM, 0.0)
    abuse: Abuse = Abuse()
    leverage: tuple[Leverage, ...] = ()
    issue: Issue = Issue.NONE
    moves: tuple[Move, ...] = ()
    lint: tuple[Finding, ...] = ()
    promises: tuple[FoundPromise, ...] = ()
    cues: tuple[Cue, ...] = ()
    facts: tuple[Fact, ...] = ()
    asks: bool = False
    thanks: bool = False
    apologises: bool = False
    accepts: bool = False
    declines: bool = False
