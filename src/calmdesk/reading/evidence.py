"""What the rules found in a message, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, field

from calmdesk.desk.reading import Abuse, Cue
from calmdesk.desk.vocabulary import AbuseKind, Issue, Leverage

#: From the least to the gravest; where two kinds stand in one message, the graver one names it.
GRAVITY = (
    AbuseKind.NONE, AbuseKind.PROFANITY, AbuseKind.INSULT, AbuseKind.SEXUAL, AbuseKind.HATE, AbuseKind.THREAT,
    AbuseKind.SELF_HARM,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AbuseSign:
    """One sign of abuse: what it is, whom it aims at, how sure the rule is (0..1), and the words."""

    abuse: Abuse
    sure: float
    cue: Cue
    direct: bool = False


@dataclass(slots=True)
class CustomerEvidence:
    """What rules found in a customer's message.

    `heat` holds each heat cue that fired and how often; `issue` and `leverage` weights by label; `flags` the acts
    (asks, thanks, apologises, accepts, declines).
    """

    heat: dict[str, float] = field(default_factory=dict)
    abuse: list[AbuseSign] = field(default_factory=list)
    issue: dict[Issue, float] = field(default_factory=dict)
    leverage: dict[Leverage, float] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    cues: list[Cue] = field(default_factory=list)

    @property
    def heat_fired(self) -> bool:
        """Whether any heat cue fired."""
        return any(count > 0 for name, count in self.heat.items() if name != "glad")

    def raise_heat(self, name: str, amount: float = 1.0, *, most: float = 2.0) -> None:
        """Counts a heat cue, up to `most` times."""
        self.heat[name] = min(most, self.heat.get(name, 0.0) + amount)


def rank(sign: AbuseSign) -> tuple[int, int, float]:
    """The order in which signs of abuse decide: gravity, then other people before oneself, then sureness."""
    aimed = 1 if sign.abuse.of_person else 0
    return GRAVITY.index(sign.abuse.kind), aimed, sign.sure
