"""The closed sets that people, rules, models and tests share (one word, one meaning).

The values are the contract of the command line and of the stored timeline: renaming one is a migration.
"""

from __future__ import annotations

from enum import StrEnum


class Lang(StrEnum):
    """A language Calmdesk speaks."""

    EN = "en"
    RU = "ru"


class Role(StrEnum):
    """Who wrote a turn of a conversation."""

    CUSTOMER = "customer"
    AGENT = "agent"
    BOT = "bot"


class Channel(StrEnum):
    """The way a message came in; it changes what may be said and how."""

    CHAT = "chat"
    EMAIL = "email"
    PHONE = "phone"
    COUNTER = "counter"
    TELEGRAM = "telegram"
    MESSENGER = "messenger"


class HeatBand(StrEnum):
    """How hot a customer's message is, in rising order."""

    CALM = "calm"
    TENSE = "tense"
    ANGRY = "angry"
    FURIOUS = "furious"

    @property
    def rank(self) -> int:
        """0 for calm up to 3 for furious."""
        return list(HeatBand).index(self)

    @property
    def hot(self) -> bool:
        """Whether open anger is shown (angry or furious)."""
        return self.rank >= 2


class AbuseKind(StrEnum):
    """The gravest thing in a customer's message."""

    NONE = "none"
    PROFANITY = "profanity"
    INSULT = "insult"
    THREAT = "threat"
    HATE = "hate"
    SEXUAL = "sexual"
    SELF_HARM = "self_harm"


class AbuseTarget(StrEnum):
    """Whom or what the abuse is aimed at."""

    AGENT = "agent"
    STAFF = "staff"
    CUSTOMER = "customer"
    OTHER = "other"
    THING = "thing"
    NONE = "none"


class Leverage(StrEnum):
    """What a customer puts on the table."""

    HUMAN = "human"
    SUPERVISOR = "supervisor"
    REFUND = "refund"
    CANCEL = "cancel"
    LEGAL = "legal"
    REGULATOR = "regulator"
    REVIEW = "review"
    CHARGEBACK = "chargeback"


class Issue(StrEnum):
    """What the customer's trouble is about."""

    DELIVERY = "delivery"
    WRONG_ITEM = "wrong_item"
    DEFECT = "defect"
    BILLING = "billing"
    REFUND = "refund"
    OUTAGE = "outage"
    ACCESS = "access"
    CREDIT = "credit"
    STAFF = "staff"
    WAITING = "waiting"
    POLICY = "policy"
    CANCELLATION = "cancellation"
    QUESTION = "question"
    OTHER = "other"
    NONE = "none"


class Move(StrEnum):
    """What an agent's message does."""

    ACKNOWLEDGE = "acknowledge"
    APOLOGISE = "apologise"
    OWN = "own"
    ASK_OPEN = "ask_open"
    ASK_CLOSED = "ask_closed"
    PARAPHRASE = "paraphrase"
    EXPLAIN = "explain"
    SOLVE = "solve"
    OPTIONS = "options"
    ALTERNATIVE = "alternative"
    NEXT_STEPS = "next_steps"
    PROMISE = "promise"
    UPDATE = "update"
    BOUNDARY = "boundary"
    REDIRECT = "redirect"
    ESCALATE = "escalate"
    FEEDBACK = "feedback"
    THANK = "thank"
    CLOSE = "close"


class LintRule(StrEnum):
    """The ways a draft makes things worse."""

    DISMISSING = "dismissing"
    DISOWNING = "disowning"
    CONTRADICTING = "contradicting"
    REFUSING = "refusing"
    POLICY_WALL = "policy_wall"
    BLAMING = "blaming"
    HOLLOW_EMPATHY = "hollow_empathy"
    NON_APOLOGY = "non_apology"
    DEFERRING = "deferring"
    LABELLING = "labelling"
    CONDESCENDING = "condescending"
    RETALIATING = "retaliating"
    VAGUE_PROMISE = "vague_promise"
    ASSUMING = "assuming"


class PromiseKind(StrEnum):
    """What was promised."""

    CALLBACK = "callback"
    UPDATE = "update"
    REFUND = "refund"
    REPLACEMENT = "replacement"
    DELIVERY = "delivery"
    VISIT = "visit"
    FIX = "fix"
    ESCALATION = "escalation"
    DOCUMENT = "document"
    OTHER = "other"


class Step(StrEnum):
    """A step of the method; `ignore` to `disengage` are the boundary ladder, `safety` stands alone."""

    COMPOSE = "compose"
    LISTEN = "listen"
    ACKNOWLEDGE = "acknowledge"
    APOLOGISE = "apologise"
    OWN = "own"
    CLARIFY = "clarify"
    SOLVE = "solve"
    COMMIT = "commit"
    INFORM = "inform"
    CLOSE = "close"
    LEARN = "learn"
    IGNORE = "ignore"
    REDIRECT = "redirect"
    WARN = "warn"
    OFFER_ALTERNATIVE = "offer_alternative"
    DISENGAGE = "disengage"
    SAFETY = "safety"


#: The method's main track, in the order in which the steps usually come.
TRACK: tuple[Step, ...] = (
    Step.COMPOSE, Step.LISTEN, Step.ACKNOWLEDGE, Step.APOLOGISE, Step.OWN, Step.CLARIFY,
    Step.SOLVE, Step.COMMIT, Step.INFORM, Step.CLOSE, Step.LEARN,
)  # fmt: skip


class Rung(StrEnum):
    """A rung of the boundary ladder, from the lowest."""

    IGNORE = "ignore"
    REDIRECT = "redirect"
    WARN = "warn"
    OFFER_ALTERNATIVE = "offer_alternative"
    DISENGAGE = "disengage"


class PromiseState(StrEnum):
    """Where a promise stands; see `promise.py` for the arrows."""

    MADE = "made"
    DUE = "due"
    KEPT = "kept"
    BROKEN = "broken"
    RENEGOTIATED = "renegotiated"
    RELEASED = "released"


class PersonRole(StrEnum):
    """What a person who works at a desk may do, in rising order of power."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


class Status(StrEnum):
    """Whether a conversation is in somebody's hands; derived from its timeline."""

    OPEN = "open"
    CLOSED = "closed"


#: Abuse that is aimed at people: what the boundary ladder and the agent's shield act on.
PERSON_KINDS = frozenset({AbuseKind.INSULT, AbuseKind.THREAT, AbuseKind.HATE, AbuseKind.SEXUAL})
