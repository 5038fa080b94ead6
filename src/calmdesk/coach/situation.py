"""The step machine: which situation a conversation is in. Which steps follow from it stands in `coach.yml`.

Two lists of questions, asked in order; the first that holds decides. After a customer's turn: what to do next; after
an agent's turn: what is still owed. Person before issue: safety, then abuse, then one's own slip, then the feeling,
and only then the matter itself.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from calmdesk.desk.vocabulary import AbuseKind, HeatBand, Issue, LintRule, Move, PromiseState, Rung

from .picture import ASKS, HURTS, REMEDY, WALLS, Picture


class Situation(StrEnum):
    """Where a conversation stands; each has its steps in `coach.yml` and its reason in `method/situations.yml`."""

    START = "start"
    SELF_HARM = "self_harm"
    THREAT = "threat"
    THREAT_STANDS = "threat_stands"
    RUNG_IGNORE = "rung_ignore"
    RUNG_REDIRECT = "rung_redirect"
    RUNG_WARN = "rung_warn"
    RUNG_OFFER_ALTERNATIVE = "rung_offer_alternative"
    RUNG_DISENGAGE = "rung_disengage"
    OWN_SLIP = "own_slip"
    EMPTY_WORDS = "empty_words"
    WALL = "wall"
    BROKEN_PROMISE = "broken_promise"
    FIRST_ANGER = "first_anger"
    FIRST_TROUBLE = "first_trouble"
    FIRST_QUESTION = "first_question"
    APOLOGY_RECEIVED = "apology_received"
    HEATED_UP = "heated_up"
    STILL_HOT = "still_hot"
    STILL_HOT_OWNED = "still_hot_owned"
    WANTS_PERSON = "wants_person"
    ANSWERED = "answered"
    ANSWERED_HOT = "answered_hot"
    CONTESTED = "contested"
    QUESTION = "question"
    QUESTION_WHEN = "question_when"
    ACCEPTED = "accepted"
    ACCEPTED_DATED = "accepted_dated"
    DECLINED = "declined"
    DECLINED_HOT = "declined_hot"
    SETTLED = "settled"
    THANKS_OPEN = "thanks_open"
    WAITS = "waits"
    BOUNDARY_HELD = "boundary_held"
    HALF_AGREED = "half_agreed"
    UNEASY = "uneasy"
    UNCLEAR = "unclear"
    KNOWN = "known"
    THREAT_ANSWERED = "threat_answered"
    THREAT_UNANSWERED = "threat_unanswered"
    SELF_HARM_ANSWERED = "self_harm_answered"
    DISENGAGED = "disengaged"
    SLIPPED = "slipped"
    PROMISED = "promised"
    PROMISED_VAGUELY = "promised_vaguely"
    ENDED = "ended"
    ASKED = "asked"
    OFFERED = "offered"
    OWES_FEELING = "owes_feeling"
    OWES_OWNING = "owes_owning"
    OWES_QUESTION = "owes_question"
    OWES_REMEDY = "owes_remedy"
    OWES_PLAN = "owes_plan"


#: Where there is danger, no rung stands: safety comes before boundaries.
BEYOND_LADDER = frozenset({Situation.SELF_HARM, Situation.THREAT, Situation.THREAT_STANDS})


def situation_of(picture: Picture) -> Situation:
    """The situation after the newest turn. Pure, and total: there is always one."""
    last = picture.conversation.last_turn
    if last is None:
        return Situation.START
    questions = _AFTER_CUSTOMER if last.by_customer else _AFTER_AGENT
    return next(found for ask in questions if (found := ask(picture)) is not None)


# After a customer's turn


def _danger(p: Picture) -> Situation | None:
    if p.self_harm:
        return Situation.SELF_HARM
    if p.threat:
        return Situation.THREAT
    if p.ladder.safety and p.hot and not _apologised(p):
        return Situation.THREAT_STANDS
    return None


def _apologised(p: Picture) -> bool:
    read = any(t.apologises for t in p.burst) and not p.said & {"stung", "self_blame", "rude"}
    return read or "apologises" in p.said


def _rung(p: Picture) -> Situation | None:
    rung = p.ladder.rung
    return None if rung is None else _RUNGS[rung]


#: Slips in how a feeling was met, rather than in meeting it.
_SHORT = frozenset({LintRule.NON_APOLOGY, LintRule.ASSUMING})


def _slip(p: Picture) -> Situation | None:
    """A slip of our own matters when the customer took it badly; a cool customer has let it pass."""
    let_pass = p.accepts or p.thanks or p.cooler or bool(p.said & {"facts", "waits", "agrees", "ends"})
    badly = p.hot or p.hotter or (p.band is HeatBand.TENSE and not let_pass)
    if not p.slips or not badly:
        return None
    if p.slips & (HURTS - _SHORT):
        return Situation.OWN_SLIP
    # Sympathy or an apology that fell short: more words of the same kind would not help, an act does.
    if LintRule.HOLLOW_EMPATHY in p.slips or (p.slips <= _SHORT and p.just(Move.APOLOGISE, Move.ACKNOWLEDGE)):
        return Situation.EMPTY_WORDS
    if p.slips & HURTS:
        return Situation.OWN_SLIP
    return Situation.WALL if p.slips & WALLS else None


def _promise_missed(p: Picture) -> Situation | None:
    broken = any(x.state is PromiseState.BROKEN for x in p.conversation.promises)
    said = "promise_missed" in p.said and p.band is not HeatBand.CALM
    if (broken or said) and not p.just(Move.APOLOGISE, Move.ACKNOWLEDGE):
        return Situation.BROKEN_PROMISE
    return None


def _opening(p: Picture) -> Situation | None:
    if not p.first:
        return None
    if p.band is not HeatBand.CALM:
        return Situation.FIRST_ANGER
    troubled = p.issue not in (Issue.NONE, Issue.QUESTION)
    if troubled and p.just_a_question:
        return Situation.FIRST_QUESTION
    return Situation.FIRST_TROUBLE if troubled or not p.asks else Situation.FIRST_QUESTION


def _done(p: Picture) -> Situation | None:
    """Thanks, a good-bye or "it works": the end is near unless something is still owed."""
    if p.hot or p.asks:
        return None
    if len(p.agents) > 1 and p.just(Move.CLOSE, Move.FEEDBACK) and not p.hotter and not p.wants_person:
        # "Anything else?" was asked; "no", "thanks" and any other cool word is the end.
        return Situation.SETTLED
    if p.declines or not (p.thanks or p.confirmed or "ends" in p.said):
        return None
    if p.confirmed:
        return Situation.SETTLED
    if "waits" in p.said:
        return Situation.WAITS
    if p.last_agent is not None and p.last_agent.dated and len(p.agents) < 3 and "ends" not in p.said:
        # Thanks for a promise that was only just made: the matter itself is still to come.
        return Situation.ACCEPTED_DATED
    if "ends" in p.said or p.dated_promise or _carried_out(p):
        return Situation.SETTLED
    if p.accepts and p.just(*REMEDY, Move.ESCALATE):
        return Situation.ACCEPTED
    return Situation.THANKS_OPEN if p.any_promise else Situation.SETTLED


def _carried_out(p: Picture) -> bool:
    return p.last_agent is not None and "done" in p.last_agent.said


def _answer_to_offer(p: Picture) -> Situation | None:
    """What the customer makes of a remedy that is on the table."""
    last = p.last_agent
    if last is None:
        return None
    offered = (
        p.just(*REMEDY, Move.ESCALATE) or "offers" in last.said or (p.just(Move.PROMISE) and not last.asked)
    )
    if not offered:
        return None
    if p.declines:
        return Situation.DECLINED_HOT if p.hot else Situation.DECLINED
    if last.asked and not last.gave_choice and not last.dated and "agrees" not in p.said:
        # A fact was asked for: "yes" is the answer to that, not consent to a remedy.
        return None
    if p.accepts and not p.hot:
        return _agreed(p)
    if not p.hot and not p.asks and last.asked and (last.dated or p.just(*REMEDY) or last.gave_choice):
        # A choice was asked for, and whatever they say without protest is their choice.
        return _agreed(p) if not p.hotter else None
    return None


def _agreed(p: Picture) -> Situation:
    if "asks_when" in p.said:
        return Situation.QUESTION_WHEN
    if p.just(Move.PROMISE, Move.NEXT_STEPS) and p.last_agent is not None and p.last_agent.dated:
        return Situation.ACCEPTED_DATED
    return Situation.ACCEPTED


def _apology(p: Picture) -> Situation | None:
    if p.hot:
        return None
    if _apologised(p):
        return Situation.APOLOGY_RECEIVED
    return Situation.BOUNDARY_HELD if p.just(Move.BOUNDARY) and not p.asks and not p.wants_person else None


def _hot(p: Picture) -> Situation | None:
    """Anger that has not been met yet comes before every question of fact."""
    if not p.hot:
        return None
    if p.wants_person:
        return Situation.WANTS_PERSON
    met = p.just(Move.ACKNOWLEDGE, Move.APOLOGISE)
    if not met and _answered(p):
        return Situation.ANSWERED_HOT
    if not met and p.made(Move.ACKNOWLEDGE) < 3:
        return Situation.HEATED_UP
    if p.hotter:
        return Situation.CONTESTED
    if _answered(p):
        return Situation.ANSWERED
    return Situation.STILL_HOT_OWNED if p.made(Move.OWN) else Situation.STILL_HOT


def _answered(p: Picture) -> bool:
    return p.last_agent is not None and p.last_agent.asked and (not p.asks or "facts" in p.said)


def _matter(p: Picture) -> Situation | None:
    if p.wants_person:
        return Situation.WANTS_PERSON
    if _answered(p):
        return Situation.ANSWERED
    if "waits" in p.said and not p.asks:
        return Situation.WAITS
    if "asks_when" in p.said and p.made(*REMEDY, Move.PROMISE):
        return Situation.QUESTION_WHEN
    if p.asks:
        return Situation.QUESTION
    return None


def _rest(p: Picture) -> Situation:
    """A cool statement. Early it is more of the story; after our remedy, silence about it is consent."""
    if p.just(*REMEDY, Move.PROMISE):
        done = p.dated_promise or _carried_out(p)
        return Situation.SETTLED if done and p.band is HeatBand.CALM else Situation.HALF_AGREED
    if len(p.agents) > 2 or (len(p.agents) == 2 and p.band is HeatBand.CALM):
        return Situation.SETTLED
    if p.band is HeatBand.TENSE and len(p.agents) == 1 and not p.made(Move.ACKNOWLEDGE, Move.APOLOGISE):
        return Situation.UNEASY
    known = p.issue not in (Issue.NONE, Issue.OTHER) and (p.made(*ASKS) or "facts" in p.said)
    return Situation.KNOWN if known else Situation.UNCLEAR


# After an agent's turn


def _danger_answered(p: Picture) -> Situation | None:
    now = p.now
    if now is None or p.last_agent is None:
        return None
    if now.abuse.kind is AbuseKind.SELF_HARM:
        return Situation.SELF_HARM_ANSWERED
    if p.threat:
        told = p.just(Move.ESCALATE, Move.BOUNDARY, Move.CLOSE) or bool(p.conversation.alerts)
        return Situation.THREAT_ANSWERED if told else Situation.THREAT_UNANSWERED
    return None


def _disengaged(p: Picture) -> Situation | None:
    if p.ladder.rung is Rung.DISENGAGE and p.just(Move.CLOSE, Move.BOUNDARY, Move.ESCALATE):
        return Situation.DISENGAGED
    return None


def _slipped(p: Picture) -> Situation | None:
    if p.slips & (HURTS - {LintRule.ASSUMING}):
        return Situation.SLIPPED
    if LintRule.VAGUE_PROMISE in p.slips and not p.just(Move.BOUNDARY):
        return Situation.PROMISED_VAGUELY
    if LintRule.HOLLOW_EMPATHY in p.slips:
        return Situation.OWES_OWNING
    return Situation.OWES_REMEDY if p.slips & WALLS else None


def _owed(p: Picture) -> Situation | None:
    agent = p.last_agent
    assert agent is not None
    if p.just(Move.BOUNDARY) and not p.just(Move.CLOSE, Move.ESCALATE):
        return Situation.OWES_REMEDY
    pending = agent.dated or agent.turn.promised or Move.PROMISE in agent.moves
    if pending and not p.just(Move.FEEDBACK):
        return Situation.PROMISED if agent.dated or "time" in agent.said else Situation.PROMISED_VAGUELY
    if p.just(Move.CLOSE, Move.FEEDBACK):
        still = bool(p.conversation.promises) or any(a.dated for a in p.agents[-3:])
        kept = p.now is not None and not p.now.heat.band.hot and "done" in agent.said
        ended = kept or (_was_settled(p) and p.just(Move.FEEDBACK))
        return Situation.PROMISED if still and not ended else Situation.ENDED
    if p.conversation.promises:
        return Situation.PROMISED
    if _was_settled(p) and not agent.asked:
        return Situation.ENDED
    return None


def _was_settled(p: Picture) -> bool:
    """Whether the customer's last words before this turn were thanks or a good-bye."""
    return not p.asks and (p.thanks or p.confirmed or ("ends" in p.said and not p.hot))


def _waiting(p: Picture) -> Situation | None:
    if p.just(*REMEDY, Move.ESCALATE):
        return Situation.OFFERED
    if p.just(*ASKS):
        return Situation.ASKED
    met = p.made(Move.ACKNOWLEDGE, Move.APOLOGISE) or p.just(Move.OWN)
    return Situation.OWES_FEELING if p.hot and not met else None


def _gap(p: Picture) -> Situation:
    if p.made(*REMEDY) or len(p.agents) > 2:
        return Situation.OWES_PLAN
    if not p.made(Move.OWN):
        return Situation.OWES_OWNING
    if not p.made(Move.ASK_OPEN, Move.ASK_CLOSED):
        return Situation.OWES_QUESTION
    return Situation.OWES_REMEDY


_RUNGS = {rung: Situation(f"rung_{rung.value}") for rung in Rung}
_AFTER_CUSTOMER: tuple[Callable[[Picture], Situation | None], ...] = (
    _danger, _rung, _slip, _promise_missed, _opening, _done, _apology, _answer_to_offer, _hot, _matter, _rest,
)  # fmt: skip
_AFTER_AGENT: tuple[Callable[[Picture], Situation | None], ...] = (
    _danger_answered, _disengaged, _slipped, _owed, _waiting, _gap,
)  # fmt: skip
