"""The heat of a conversation over time: a fast part that follows each message and a slow one that remembers.

The shape (two decays, the slow part fed by the fast one with a gain of 0.3) follows FAtiMA's emotion and mood
(`EmotionalAppraisalConfiguration`, open source); the half-lives here are the desk's own defaults and stand in
one place so that they can be fitted later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .vocabulary import HeatBand

#: Minutes after which the fast part has halved when nothing is said.
FAST_HALF_LIFE = 20.0
#: Minutes after which the slow part (mood) has halved.
SLOW_HALF_LIFE = 360.0
#: How much of the fast part feeds the slow one with each customer message.
GAIN = 0.3
#: The scores at which tense, angry and furious begin.
EDGES = (0.25, 0.5, 0.75)


def band_of(score: float) -> HeatBand:
    """The band of a score in 0..1 (values outside are clamped)."""
    return list(HeatBand)[sum(score >= edge for edge in EDGES)]


@dataclass(frozen=True, slots=True)
class HeatPoint:
    """One point of the heat curve: what a customer's message showed, and the level after it, both 0..1."""

    turn: int
    at: datetime
    observed: float
    level: float


@dataclass(frozen=True, slots=True)
class HeatTrack:
    """The state of the curve: `fast` and `slow` in 0..1, the last change, the peak so far."""

    fast: float = 0.0
    slow: float = 0.0
    at: datetime | None = None
    peak: float = 0.0
    last: float = 0.0
    before: float = 0.0

    @property
    def level(self) -> float:
        """How hot the conversation is, 0..1: the fast part, lifted a little by a bad mood."""
        return min(1.0, max(self.fast, 0.85 * self.fast + 0.25 * self.slow))

    @property
    def rising(self) -> bool:
        """Whether the last customer message was clearly hotter than the one before."""
        return self.last - self.before > 0.12

    @property
    def falling(self) -> bool:
        """Whether the last customer message was clearly cooler than the one before."""
        return self.before - self.last > 0.12

    def observe(self, score: float, at: datetime) -> HeatTrack:
        """The track after a customer's message of that heat (0..1) at that aware instant.

        A clock that jumped back counts as no time passed.
        """
        minutes = 0.0 if self.at is None else max(0.0, (at - self.at).total_seconds() / 60)
        decayed: float = self.fast * 2.0 ** (-minutes / FAST_HALF_LIFE)
        # A cooler message pulls the fast part down at once, but not all the way: anger leaves slowly.
        fast = score if score >= decayed else max(score, 0.35 * decayed + 0.65 * score)
        slow_before: float = self.slow * 2.0 ** (-minutes / SLOW_HALF_LIFE)
        slow = min(1.0, (1 - GAIN) * slow_before + GAIN * fast)
        return HeatTrack(
            fast=fast, slow=slow, at=at, peak=max(self.peak, score), last=score,
            before=self.last if self.at is not None else score,
        )  # fmt: skip
