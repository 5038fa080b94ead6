"""A promise and its states.

    made → due → kept | broken | renegotiated | released
    made → kept | renegotiated | released          (before it falls due)
    broken → kept | renegotiated | released        (late is better than never; the breach stays on record)

`due` means that its time has come. A renegotiated promise has a successor with the new time. Each transition is a
row; nothing freezes or drops a promise: not a closed conversation, not a customer's answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from .errors import Conflict
from .vocabulary import PromiseKind, PromiseState

ARROWS: dict[PromiseState, frozenset[PromiseState]] = {
    PromiseState.MADE: frozenset(
        {PromiseState.DUE, PromiseState.KEPT, PromiseState.RENEGOTIATED, PromiseState.RELEASED}
    ),
    PromiseState.DUE: frozenset(
        {PromiseState.KEPT, PromiseState.BROKEN, PromiseState.RENEGOTIATED, PromiseState.RELEASED}
    ),
    PromiseState.BROKEN: frozenset({PromiseState.KEPT, PromiseState.RENEGOTIATED, PromiseState.RELEASED}),
    PromiseState.KEPT: frozenset(),
    PromiseState.RENEGOTIATED: frozenset(),
    PromiseState.RELEASED: frozenset(),
}

#: The states in which something is still owed to the customer.
OPEN_STATES = frozenset({PromiseState.MADE, PromiseState.DUE, PromiseState.BROKEN})


class NoSuchArrow(Conflict):
    """That promise cannot go from where it stands to there. Somebody may have settled it already; look again."""

    code = "promise_state"


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment to a customer. `due` is aware, or None for a commitment without a time."""

    id: str
    desk_id: str
    conversation_id: str
    message_id: str
    owner_id: str | None
    kind: PromiseKind
    quote: str
    due: datetime | None
    state: PromiseState
    made_at: datetime
    reminded_at: datetime | None = None
    escalated_at: datetime | None = None
    version: int = 0

    @property
    def open(self) -> bool:
        """Whether something is still owed."""
        return self.state in OPEN_STATES

    def overdue(self, now: datetime) -> bool:
        """Whether its time has passed without it being settled."""
        return self.open and self.due is not None and self.due < now

    def moved(self, to: PromiseState) -> Promise:
        """The promise in its next state. Raises NoSuchArrow where there is no arrow."""
        if to not in ARROWS[self.state]:
            raise NoSuchArrow(state=self.state.value, to=to.value)
        return replace(self, state=to, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class PromiseTransition:
    """One step of a promise's life: who, when, from where to where, why."""

    promise_id: str
    at: datetime
    before: PromiseState | None
    after: PromiseState
    by: str
    note: str = ""
    proof_message_id: str | None = None
