"""The boundary ladder: how a desk answers abuse of a person, one rung for each abusive turn.

ignore → redirect → warn → offer_alternative → disengage. A calm turn in between suspends the ladder and does not
reset it; an apology ends it; a threat leaves it at once for `safety`; self-harm is never on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .reading import Abuse
from .vocabulary import AbuseKind, Rung

_RUNGS = tuple(Rung)


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a conversation stands on the ladder.

    `climbed` counts abusive turns since the last apology; `rung` is the rung for the agent's next reply (None
    while suspended or never needed); `warned` says that the agent has drawn the boundary; `safety` that there was
    a threat; `self_harm` that the customer spoke of harming themselves.
    """

    climbed: int = 0
    rung: Rung | None = None
    warned: bool = False
    safety: bool = False
    self_harm: bool = False

    def after_customer(self, abuse: Abuse, *, apologises: bool) -> Ladder:
        """The ladder after a customer's turn with that abuse."""
        if abuse.kind is AbuseKind.SELF_HARM:
            return Ladder(self.climbed, None, self.warned, self.safety, self_harm=True)
        if abuse.kind is AbuseKind.THREAT:
            return Ladder(self.climbed, None, self.warned, safety=True, self_harm=self.self_harm)
        if abuse.of_person:
            climbed = self.climbed + 1
            at = min(climbed, len(_RUNGS)) - 1
            if self.warned:
                at = max(at, _RUNGS.index(Rung.OFFER_ALTERNATIVE))
            return Ladder(at + 1, _RUNGS[at], self.warned, self.safety, self.self_harm)
        if apologises:
            return Ladder(self_harm=self.self_harm)
        return Ladder(self.climbed, None, self.warned, self.safety, self.self_harm)

    def after_agent(self, *, boundary: bool) -> Ladder:
        """The ladder after an agent's turn; `boundary` is whether it asked for respect."""
        if not boundary:
            return self
        return Ladder(self.climbed, self.rung, True, self.safety, self.self_harm)
