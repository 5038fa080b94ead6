"""What the step machine looks at: one conversation, boiled down to what was asked, said, offered, owed.

A pure function of the conversation's bounded window; nothing in it knows a later turn.
"""

from __future__ import annotations

from dataclasses import dataclass

from calmdesk.content.method import LadderPolicy
from calmdesk.desk.conversation import Conversation, Turn
from calmdesk.desk.ladder import Ladder
from calmdesk.desk.vocabulary import AbuseKind, HeatBand, Issue, Leverage, LintRule, Move

from .climb import ladder_of
from .signals import Signals
from .tempered import abuse_of, band_of, loud, slips_of

#: Moves that put a remedy on the table.
REMEDY = frozenset({Move.SOLVE, Move.OPTIONS, Move.ALTERNATIVE})
ASKS = frozenset({Move.ASK_OPEN, Move.ASK_CLOSED})
#: Slips that hurt the person; the others leave the issue without an answer.
HURTS = frozenset(
    {
        LintRule.DISMISSING, LintRule.BLAMING, LintRule.CONTRADICTING, LintRule.LABELLING, LintRule.CONDESCENDING,
        LintRule.RETALIATING, LintRule.DISOWNING, LintRule.NON_APOLOGY, LintRule.ASSUMING,
    }
)  # fmt: skip
WALLS = frozenset({LintRule.REFUSING, LintRule.POLICY_WALL, LintRule.DEFERRING, LintRule.VAGUE_PROMISE})


@dataclass(frozen=True, slots=True)
class AgentTurn:
    """An agent's (or the bot's) turn with its moves and the signals in its words."""

    turn: Turn
    moves: frozenset[Move]
    said: frozenset[str]

    @property
    def dated(self) -> bool:
        """Whether it commits to something with a time."""
        promised = self.turn.promised or Move.PROMISE in self.moves or "dated_promise" in self.said
        return promised and "time" in self.said

    @property
    def slips(self) -> frozenset[LintRule]:
        """What was wrong with it."""
        return slips_of(self.turn, self.moves, self.said)

    @property
    def gave_choice(self) -> bool:
        """Whether it asked the customer to choose or to agree, not for a fact."""
        return bool(self.moves & {Move.OPTIONS, Move.ALTERNATIVE}) or "offers" in self.said

    @property
    def asked(self) -> bool:
        """Whether it wants an answer."""
        return bool(self.moves & ASKS)


@dataclass(frozen=True, slots=True)
class Picture:
    """The conversation as the step machine sees it.

    `burst` are the customer's newest turns in a row, `said` the signals in them. `agents` are all agents' turns of
    the window, oldest first.
    """

    conversation: Conversation
    burst: tuple[Turn, ...]
    said: frozenset[str]
    agents: tuple[AgentTurn, ...]
    customers: tuple[Turn, ...]
    ladder: Ladder

    @property
    def last_agent(self) -> AgentTurn | None:
        """The newest agent's turn."""
        return self.agents[-1] if self.agents else None

    @property
    def now(self) -> Turn | None:
        """The newest thing the customer said."""
        return self.customers[-1] if self.customers else None

    @property
    def band(self) -> HeatBand:
        """How hot the customer's newest words are."""
        return band_of(self.now, self.said) if self.now else HeatBand.CALM

    @property
    def hot(self) -> bool:
        """Whether open anger is on the table."""
        return self.band.hot

    @property
    def hotter(self) -> bool:
        """Whether the customer's newest words are hotter than those before."""
        return (
            len(self.customers) > 1
            and self.now is not None
            and self.band is not HeatBand.CALM
            and (self.now.heat.score - self.customers[-2].heat.score > 0.1)
        )

    @property
    def cooler(self) -> bool:
        """Whether the customer's newest words are cooler than those before."""
        return (
            len(self.customers) > 1
            and self.now is not None
            and (self.customers[-2].heat.score - self.now.heat.score > 0.1)
        )

    @property
    def first(self) -> bool:
        """Whether nobody but the customer has spoken yet."""
        return not self.agents

    def made(self, *moves: Move) -> int:
        """In how many agents' turns any of these moves was made."""
        return sum(1 for a in self.agents if a.moves & set(moves))

    def just(self, *moves: Move) -> bool:
        """Whether the last agent's turn made any of these moves."""
        return self.last_agent is not None and bool(self.last_agent.moves & set(moves))

    @property
    def slips(self) -> frozenset[LintRule]:
        """What was wrong with the last agent's turn."""
        return self.last_agent.slips if self.last_agent else frozenset()

    @property
    def loud(self) -> bool:
        """Whether the customer's newest words are shouted."""
        return self.now is not None and loud(self.now.text)

    @property
    def just_a_question(self) -> bool:
        """Whether the newest words are a single plain question and nothing else."""
        words = " ".join(t.text for t in self.burst).strip()
        return words.endswith("?") and not any(mark in words[:-1] for mark in ".!?…")

    @property
    def asks(self) -> bool:
        """Whether the customer's newest words want to know something."""
        read = any(t.asks for t in self.burst) and not self.said & {"thanks", "confirms", "ends"}
        return read or "asks" in self.said

    @property
    def accepts(self) -> bool:
        """Whether the customer agrees to what is on the table."""
        said = bool(self.said & {"accepts", "agrees"})
        return (said or any(t.accepts for t in self.burst)) and not self.declines

    @property
    def agrees(self) -> bool:
        """Whether the customer says outright to go ahead: that alone shows that something was offered."""
        pressed = "!" in "".join(t.text for t in self.burst) or any(t.leverage for t in self.burst)
        return "agrees" in self.said and not self.declines and not (self.hot and pressed)

    @property
    def declines(self) -> bool:
        """Whether the customer turns down what is on the table."""
        return any(t.declines for t in self.burst) or "declines" in self.said

    @property
    def thanks(self) -> bool:
        """Whether the customer really thanks; a bitter "thanks for nothing" is none."""
        said = any(t.thanks for t in self.burst) or "thanks" in self.said
        return said and not self.hot and "bitter" not in self.said

    @property
    def confirmed(self) -> bool:
        """Whether the customer says that it works, has come, is settled."""
        return "confirms" in self.said and not self.hot and not self.loud

    @property
    def threat(self) -> bool:
        """Whether the newest words threaten people or property."""
        return any(abuse_of(t, self.said).kind is AbuseKind.THREAT for t in self.burst)

    @property
    def self_harm(self) -> bool:
        """Whether the newest words speak of harming oneself."""
        return any(t.abuse.kind is AbuseKind.SELF_HARM for t in self.burst) or "self_harm" in self.said

    @property
    def dated_promise(self) -> bool:
        """Whether a commitment with a time stands."""
        if any(p.due is not None for p in self.conversation.promises):
            return True
        return any(a.dated for a in self.agents[-3:])

    @property
    def any_promise(self) -> bool:
        """Whether anything is still owed, dated or not."""
        return bool(self.conversation.promises) or any(
            a.turn.promised or Move.PROMISE in a.moves for a in self.agents[-3:]
        )

    @property
    def issue(self) -> Issue:
        """What it is about."""
        return self.conversation.issue

    @property
    def wants_person(self) -> bool:
        """Whether the newest words ask for a person or somebody higher."""
        wanted = {Leverage.HUMAN, Leverage.SUPERVISOR}
        return "wants_person" in self.said or any(wanted & set(t.leverage) for t in self.burst)

    @property
    def fed_up(self) -> int:
        """How many of the customer's last three turns were hot."""
        return sum(t.heat.band.hot for t in self.customers[-3:])


def picture_of(conversation: Conversation, signals: Signals, policy: LadderPolicy | None = None) -> Picture:
    """The picture of a conversation. Pure; costs at most one look at each turn of the window."""
    lang = conversation.lang
    burst: list[Turn] = []
    for turn in reversed(conversation.turns):
        if turn.by_customer:
            burst.append(turn)
        elif burst:
            break
    burst.reverse()
    said: frozenset[str] = frozenset()
    for turn in burst:
        said |= signals.of_customer(turn.text, lang)
    agents = tuple(
        AgentTurn(t, signals.moves(t, lang), signals.of_agent(t.text, lang))
        for t in conversation.turns
        if not t.by_customer
    )
    customers = tuple(t for t in conversation.turns if t.by_customer)
    ladder = ladder_of(conversation, signals, policy or LadderPolicy())
    return Picture(conversation, tuple(burst), said, agents, customers, ladder)
