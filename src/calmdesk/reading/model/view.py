"""The model as the reading engine asks for it: one message in, a `ModelView` out.

The numbers are shifted so that one half is the model's own border for every yes-or-no label and the largest is
its own choice for every single-choice head: a combiner may then treat all labels and languages alike.
"""

from __future__ import annotations

from collections.abc import Mapping

from calmdesk.desk.vocabulary import AbuseKind, Lang, Role
from calmdesk.reading.view import ModelSpan, ModelView

from .reader import Model
from .scores import AgentScores, CustomerScores


class EncoderView:
    """Answers the engine's `Model` protocol with the encoder."""

    def __init__(self, model: Model) -> None:
        self.model = model

    @classmethod
    def load(cls) -> EncoderView:
        """The weights that ship with the package; raises WeightsFault when they are not whole."""
        return cls(Model.load())

    def view(self, text: str, *, role: Role, lang: Lang, context: str | None = None) -> ModelView:
        """The probabilities for one message, and the words they rest on."""
        if role is Role.CUSTOMER:
            return customer_view(self.model.customer([(text, str(lang))])[0])
        return agent_view(self.model.agent([(text, str(lang), context)])[0])


def customer_view(got: CustomerScores) -> ModelView:
    """A customer's scores as heads and spans."""
    heads: dict[str, Mapping[str, float]] = {
        "heat": _plain(got.leaning["heat"]),
        "kind": _plain(got.leaning["kind"]),
        "target": _plain(got.leaning["target"]),
        "issue": _plain(got.leaning["issue"]),
        "leverage": _plain(got.leaning["leverage"]),
    }
    spans = [ModelSpan("heat", s.start, s.end, got.heat[got.band]) for s in got.evidence["heat"]]
    if got.kind is not AbuseKind.NONE:
        spans += [ModelSpan("abuse", s.start, s.end, got.kinds[got.kind]) for s in got.evidence["kind"]]
    for claim in got.claimed:
        label = f"leverage.{claim}"
        spans += [ModelSpan(label, s.start, s.end, got.leverage[claim]) for s in got.evidence[label][:1]]
    spans += [ModelSpan("issue", s.start, s.end, got.issues[got.issue]) for s in got.evidence["issue"][:2]]
    return ModelView(heads, tuple(spans))


def agent_view(got: AgentScores) -> ModelView:
    """A draft's scores as heads and spans; every lint rule has its span, found or not."""
    heads: dict[str, Mapping[str, float]] = {
        "lint": _plain(got.leaning["lint"]),
        "moves": _plain(got.leaning["moves"]),
        "promise": {"promise": got.promise},
    }
    spans = [ModelSpan(f"lint.{rule}", s.start, s.end, got.lint[rule]) for rule, s in got.marks.items()]
    for move in got.made:
        spans += [
            ModelSpan(f"moves.{move}", s.start, s.end, got.moves[move])
            for s in got.evidence[f"move.{move}"][:1]
        ]
    spans += [ModelSpan("promise", s.start, s.end, s.weight) for s in got.promises]
    return ModelView(heads, tuple(spans))


def _plain(values: Mapping[str, float]) -> dict[str, float]:
    return {str(k): v for k, v in values.items()}
