"""How likely it is that the conversation escalates, as far as the past shows: an interpretable logistic.

The shape follows the discrete-time hazard of derailment forecasting (ConvoKit's forecasters): it sees only turns up
to now. The weights stand in `coach.yml` and are the desk's own priors, not fitted; belief (`chance`) and the decision
to say so (`warns`) are apart, and signs of recovery defer the decision.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime

from calmdesk.content.method import CoachPolicy
from calmdesk.desk.vocabulary import HeatBand, Move

from .picture import REMEDY, Picture

#: Beyond this many hours a longer wait says nothing new.
_LONGEST_WAIT = 12.0


def risk_signals(picture: Picture, now: datetime | None) -> Mapping[str, float]:
    """The named signals of the forecast, each 0 where nothing speaks for it."""
    conversation = picture.conversation
    heat = conversation.heat
    waited = 0.0
    if now is not None and conversation.waiting_since is not None:
        waited = max(0.0, (now - conversation.waiting_since).total_seconds() / 3600)
    last = picture.now
    return {
        "level": heat.level,
        "slope": max(-1.0, min(1.0, heat.last - heat.before)),
        "repeats": float("unheard" in picture.said) + (0.5 if picture.fed_up > 1 else 0.0),
        "unmet": float(_unmet(picture)),
        "slips": min(2.0, float(sum(bool(a.turn.lint) for a in picture.agents[-2:]))),
        "wait_hours": min(_LONGEST_WAIT, waited),
        "broken": float(min(3, conversation.broken_promises) + ("promise_missed" in picture.said)),
        "abuse": float(last is not None and last.abuse.of_person),
        "leverage": float(min(4, len(conversation.leverage))),
        "hand_offs": float(min(4, conversation.hand_offs)),
        "calming": float(picture.thanks or picture.accepts or picture.confirmed or picture.cooler),
    }


def _unmet(picture: Picture) -> bool:
    """Anger that nobody has named, or a customer in trouble to whom nothing was offered."""
    if picture.band is HeatBand.CALM or not picture.agents:
        return False
    return not picture.made(Move.ACKNOWLEDGE, Move.APOLOGISE) or not picture.made(
        *REMEDY, Move.PROMISE, Move.OWN
    )


def chance(signals: Mapping[str, float], policy: CoachPolicy) -> float:
    """The chance, 0..1, from the signals and the policy's weights; 0.0 to three digits for an empty conversation."""
    weights = policy.risk.model_dump()
    calming = weights.pop("calming") * signals["calming"]
    bias = weights.pop("bias")
    z = bias - calming + sum(weight * signals[name] for name, weight in weights.items())
    return round(1 / (1 + math.exp(-z)), 3)


def warns(risk: float, signals: Mapping[str, float], policy: CoachPolicy, *, threat: bool) -> bool:
    """Whether to say so: above the threshold, a higher one where the customer is already coming round."""
    return threat or risk >= (policy.warn_calming if signals["calming"] else policy.warn_at)
