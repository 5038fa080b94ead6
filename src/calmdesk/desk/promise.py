"""A promise and its states.

    made → due → kept | broken | renegotiated | released
    made → kept | renegotiated | released          (before it falls due)
    broken → kept | renegotiated | released        (late is better than never; the breach stays on record)

`due` means that its time has come. A renegotiated promise has a successor with the new time. Each transition is a
row; nothing freezes or drops a promise: not a closed conversation, not a customer's answer.

What the desk does by itself is a chain of three: ahead of the time the owner is reminded, at the time the team, after
a grace the supervisors. `wake_of` says when the next link is due; storage keeps it in an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

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
    """A commitment to a customer. `due` is aware, or None for a commitment without a time.

    `owner_id` None means that the whole team owes it. `reminded_at`, `told_at` and `escalated_at` are when owner,
    team and supervisors heard of it. `wake_at` is when the keeper looks next; storage works with `next_wake`.
    """

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
    told_at: datetime | None = None
    wake_at: datetime | None = field(default=None, compare=False)

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

    @property
    def next_wake(self) -> datetime | None:
        """When the keeper looks at it again; None when it has nothing (more) to do.

        One whose time was never worked out is looked at right away, so that forgetting to do so loses nothing.
        """
        if not self.open or self.due is None:
            return None
        told = (
            self.told_at is not None and self.reminded_at is not None and self.state is not PromiseState.MADE
        )
        if self.escalated_at is not None and (told or self.state is PromiseState.BROKEN):
            return None
        return self.wake_at or self.made_at


@dataclass(frozen=True, slots=True)
class LedgerPolicy:
    """How a desk keeps its promises: `desk.settings["promises"]`, in minutes, hours and days.

    The defaults are this project's: a quarter of an hour is enough to make a call, and short enough not to be
    forgotten again. News at least every four working hours while somebody waits; the check-in after a close is off.
    """

    ahead: timedelta = timedelta(minutes=15)
    grace: timedelta = timedelta(minutes=15)
    news_every: timedelta = timedelta(hours=4)
    check_in: timedelta | None = None

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> LedgerPolicy:
        """The policy in a desk's settings: `ahead_minutes`, `grace_minutes`, `news_every_hours`, `check_in_days`.

        What is missing or no sensible number gets its default: a slip in the settings must not stop reminders.
        """
        given = settings.get("promises")
        values: Mapping[object, object] = given if isinstance(given, Mapping) else {}
        days = _number(values.get("check_in_days"), 0.0, 365.0)
        return cls(
            ahead=timedelta(minutes=_or(_number(values.get("ahead_minutes"), 0.0, 7 * 1440.0), 15.0)),
            grace=timedelta(minutes=_or(_number(values.get("grace_minutes"), 0.0, 7 * 1440.0), 15.0)),
            news_every=timedelta(hours=_or(_number(values.get("news_every_hours"), 0.25, 168.0), 4.0)),
            check_in=timedelta(days=days) if days else None,
        )


def _number(value: object, least: float, most: float) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if least <= value <= most else None


def _or(value: float | None, default: float) -> float:
    return default if value is None else value


def remind_at(promise: Promise, due: datetime, policy: LedgerPolicy) -> datetime:
    """When its owner is reminded: ahead of the time, but not before half of the time given has passed."""
    return due - max(timedelta(0), min(policy.ahead, (due - promise.made_at) / 2))


def wake_of(promise: Promise, policy: LedgerPolicy) -> datetime | None:
    """When the chain's next link is due; None when there is none (any more)."""
    if not promise.open or promise.due is None:
        return None
    if promise.state is PromiseState.BROKEN:
        return promise.made_at if promise.escalated_at is None else None
    if promise.reminded_at is None:
        return remind_at(promise, promise.due, policy)
    if promise.told_at is None or promise.state is PromiseState.MADE:
        return promise.due
    return promise.due + policy.grace if promise.escalated_at is None else None


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
