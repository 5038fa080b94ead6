"""Golden conversations as text: how they are written is said at the head of `golden/en.txt`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import ConversationOpened, MessagePosted
from calmdesk.desk.reading import Abuse, Finding, FoundPromise, Heat, Reading
from calmdesk.desk.vocabulary import (
    AbuseKind,
    AbuseTarget,
    Channel,
    HeatBand,
    Issue,
    Lang,
    Leverage,
    LintRule,
    Move,
    PromiseKind,
    Role,
)

START = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
SCORES = {"calm": 0.1, "tense": 0.37, "angry": 0.62, "furious": 0.9}
FOLDER = Path(__file__).parent / "golden"


@dataclass(frozen=True)
class Expected:
    """What should follow a turn."""

    any_of: tuple[str, ...]
    never: tuple[str, ...] = ()
    rung: str | None = None


@dataclass
class Story:
    """One conversation: its turns, and after which of them something is expected."""

    title: str
    lang: Lang
    channel: Channel
    turns: list[tuple[Role, str, Reading]] = field(default_factory=list)
    expected: dict[int, Expected] = field(default_factory=dict)

    def states(self) -> list[Conversation]:
        """The conversation after each turn."""
        state = opened(self.lang, self.channel)
        states = []
        for role, text, reading in self.turns:
            state = say(state, role, text, reading)
            states.append(state)
        return states


def opened(
    lang: Lang = Lang.EN, channel: Channel = Channel.CHAT, name: str = "", owner: str = ""
) -> Conversation:
    """A conversation in which nobody has said anything yet."""
    event = ConversationOpened(
        at=START, by="customer", conversation_id="c1", desk_id="d1", customer_id="p1", channel=channel,
        lang=lang, customer_name=name,
    )  # fmt: skip
    return Conversation(owner_name=owner).apply(event)


def posted(state: Conversation, role: Role, text: str, reading: Reading) -> MessagePosted:
    """The event of the next message, two minutes after the one before."""
    return MessagePosted(
        at=START + timedelta(minutes=2 * state.turn_count), by=role.value, message_id=f"m{state.turn_count}",
        role=role, author_name="", text=text, reading=reading,
    )  # fmt: skip


def say(state: Conversation, role: Role, text: str, reading: Reading) -> Conversation:
    """The conversation after one more message."""
    return state.apply(posted(state, role, text, reading))


def customer(lang: Lang, heat: str, **more: str) -> Reading:
    """A customer's reading from short words: `issue`, `lever`, `say`, `abuse` as `kind:target`."""
    kind, _, target = more.get("abuse", "none:none").partition(":")
    flags = {name: True for name in more.get("say", "").split(",") if name}
    return Reading(
        Role.CUSTOMER, lang, Heat(HeatBand(heat), SCORES[heat]), Abuse(AbuseKind(kind), AbuseTarget(target)),
        tuple(Leverage(x) for x in more.get("lever", "").split(",") if x), Issue(more.get("issue", "none")),
        **flags,
    )  # fmt: skip


def agent(lang: Lang, text: str, moves: list[str], lint: str = "") -> Reading:
    """An agent's reading; a promise is found wherever the move is named."""
    made = tuple(Move(m) for m in moves if m != "inform")
    promises = (FoundPromise(PromiseKind.OTHER, None, text, 0, len(text)),) if Move.PROMISE in made else ()
    found = tuple(Finding(LintRule(r), 0, len(text), text, "", "") for r in lint.split(",") if r)
    return Reading(Role.AGENT, lang, moves=made, lint=found, promises=promises)


def stories(lang: Lang) -> list[Story]:
    """The golden conversations of a language."""
    told: list[Story] = []
    for line in (FOLDER / f"{lang.value}.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("=="):
            title, _, channel = line[2:].strip().rpartition(" (")
            told.append(Story(title, lang, Channel(channel.rstrip(")"))))
        elif line.startswith(">"):
            told[-1].expected[len(told[-1].turns) - 1] = _expected(line[1:])
        else:
            told[-1].turns.append(_turn(line, lang))
    return told


def _expected(line: str) -> Expected:
    rest, _, rung = line.partition("@")
    wanted, _, never = rest.partition("!")
    return Expected(tuple(wanted.split()), tuple(never.split()), rung.strip() or None)


def _turn(line: str, lang: Lang) -> tuple[Role, str, Reading]:
    head, _, text = line.partition("|")
    who, *words = head.split()
    text = text.strip()
    given = dict(w.split("=", 1) for w in words if "=" in w)
    plain = [w for w in words if "=" not in w]
    if who == "C":
        return Role.CUSTOMER, text, customer(lang, plain[0], **given)
    return Role.AGENT, text, agent(lang, text, plain, given.get("lint", ""))
