"""What a model says of a message: numbers only. Deciding is `combine`'s work, thresholds are content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from calmdesk.desk.vocabulary import Lang, Role


@dataclass(frozen=True, slots=True)
class ModelSpan:
    """Words that a model points at: the head's label, the place, the probability."""

    label: str
    start: int
    end: int
    p: float


@dataclass(frozen=True, slots=True)
class ModelView:
    """A model's calibrated probabilities by head and label.

    Heads for customers: `heat` (calm…furious), `kind`, `target`, `leverage` (each on its own), `issue`. For agents:
    `lint` and `moves` (each on its own). `spans` show where, for `lint.<rule>`, `heat`, `abuse`, `leverage.<x>`.
    """

    heads: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    spans: tuple[ModelSpan, ...] = ()


class Model(Protocol):
    """Anything that reads a text and answers with probabilities. It never raises on any text."""

    def view(self, text: str, *, role: Role, lang: Lang, context: str | None = None) -> ModelView:
        """The probabilities for one message."""
        ...
