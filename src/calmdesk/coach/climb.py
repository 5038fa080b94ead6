"""The ladder as the coach sees it: the window's turns, each looked at twice, under the desk's own policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from calmdesk.content.method import LadderPolicy
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.ladder import Ladder
from calmdesk.desk.vocabulary import Move, Rung

from .signals import Signals
from .tempered import abuse_of

_RUNGS = tuple(Rung)


def ladder_of(conversation: Conversation, signals: Signals, policy: LadderPolicy) -> Ladder:
    """Where the conversation stands. Pure; a conversation longer than its window keeps the stored count.

    The policy may skip rungs, begin higher for some kinds of abuse, and forget after a number of hours in peace.
    """
    whole = conversation.turn_count == len(conversation.turns)
    if not whole:
        return _allowed(conversation.ladder, policy)
    ladder = Ladder()
    abused_at: datetime | None = None
    for turn in conversation.turns:
        if not turn.by_customer:
            moves = signals.moves(turn, conversation.lang)
            ladder = ladder.after_agent(boundary=Move.BOUNDARY in moves)
            continue
        if _forgotten(abused_at, turn.at, policy):
            ladder = replace(Ladder(), safety=ladder.safety, self_harm=ladder.self_harm)
        said = signals.of_customer(turn.text, conversation.lang)
        abuse = abuse_of(turn, said)
        ladder = ladder.after_customer(abuse, apologises=turn.apologises or "apologises" in said)
        if abuse.of_person and ladder.rung is not None:
            abused_at = turn.at
            ladder = _raised(ladder, policy.begins_at.get(abuse.kind))
    return _allowed(ladder, policy)


def _forgotten(abused_at: datetime | None, now: datetime, policy: LadderPolicy) -> bool:
    if abused_at is None or policy.forgets_after_hours is None:
        return False
    return now - abused_at >= timedelta(hours=policy.forgets_after_hours)


def _raised(ladder: Ladder, least: Rung | None) -> Ladder:
    if least is None or ladder.rung is None or _RUNGS.index(ladder.rung) >= _RUNGS.index(least):
        return ladder
    return replace(ladder, climbed=_RUNGS.index(least) + 1, rung=least)


def _allowed(ladder: Ladder, policy: LadderPolicy) -> Ladder:
    """The next rung up that the desk uses; the last one cannot be skipped."""
    if ladder.rung is None or ladder.rung not in policy.skips:
        return ladder
    above = _RUNGS[_RUNGS.index(ladder.rung) :]
    return replace(ladder, rung=next((r for r in above if r not in policy.skips), Rung.DISENGAGE))
