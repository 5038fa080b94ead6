"""A second look at one turn: a reading weighed against the words beside it.

A reader errs most on short cool words ("Fine. Tuesday then."), on insults in passing and on kind replies that mention
hard things. Here several weak signs are put together before the step machine relies on any one of them. Pure.
"""

from __future__ import annotations

import re

from calmdesk.desk.conversation import Turn
from calmdesk.desk.reading import Abuse
from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, HeatBand, LintRule, Move

#: Signals by which a customer shows that they have come round.
SETTLING = frozenset({"thanks", "confirms", "ends", "apologises"})
#: Signals of going along with what is on the table.
GOING_ALONG = frozenset({"accepts", "agrees", "waits"})
#: Signals that forbid to think a turn cooler than it was read.
HEATING = frozenset(
    {"declines", "unheard", "promise_missed", "threat", "bitter", "rude", "insults", "stung", "wants_person"}
)
#: How many words a plain answer has at most.
SHORT = 14
_LOUD = re.compile(r"!!|\?!|!\?|\?\?|\b[A-ZА-ЯЁ]{4,}\b(?:[^a-zа-яё]*\b[A-ZА-ЯЁ]{3,}\b)?")
_COOLER = {HeatBand.FURIOUS: HeatBand.TENSE, HeatBand.ANGRY: HeatBand.CALM, HeatBand.TENSE: HeatBand.CALM}
_PERSONAL = frozenset({LintRule.LABELLING, LintRule.RETALIATING, LintRule.CONDESCENDING})
_KIND_WORDS = frozenset({Move.ACKNOWLEDGE, Move.APOLOGISE, Move.THANK})
_SHOWS_ACT = frozenset(
    {"asks", "offers", "solves", "done", "owns", "updates", "time", "closes", "escalates", "boundary"}
)
#: Slips that a reply with good moves in it was hardly guilty of.
_UNLIKELY_BESIDE_CARE = frozenset(
    {
        LintRule.LABELLING, LintRule.RETALIATING, LintRule.CONDESCENDING, LintRule.DISMISSING, LintRule.ASSUMING,
        LintRule.BLAMING, LintRule.CONTRADICTING, LintRule.REFUSING, LintRule.DEFERRING, LintRule.DISOWNING,
    }
)  # fmt: skip
_CARE = frozenset({Move.ACKNOWLEDGE, Move.APOLOGISE, Move.OWN, Move.BOUNDARY, Move.THANK})
_ACTS = frozenset({Move.SOLVE, Move.OPTIONS, Move.PROMISE, Move.ASK_OPEN, Move.ASK_CLOSED, Move.UPDATE})


def loud(text: str) -> bool:
    """Whether the words are shouted: several marks in a row or a word in capitals."""
    return _LOUD.search(text) is not None


def band_of(turn: Turn, said: frozenset[str]) -> HeatBand:
    """How hot a customer's turn is once its words are weighed too."""
    read = turn.heat.band
    heating = bool(said & HEATING) or turn.abuse.of_person or turn.abuse.kind is AbuseKind.THREAT
    shouted = loud(turn.text)
    if read is HeatBand.CALM:
        if said & SETTLING and "bitter" not in said:
            return read
        if shouted and (heating or "!" in turn.text):
            return HeatBand.ANGRY
        return HeatBand.TENSE if "!" in turn.text and (heating or "asks" in said) else read
    if heating or shouted or turn.leverage:
        return read
    if said & SETTLING:
        return HeatBand.CALM
    short = len(turn.text.split()) <= SHORT and "!" not in turn.text
    if short and (said & GOING_ALONG or ("facts" in said and "asks" not in said)):
        return _COOLER[read]
    return read


def abuse_of(turn: Turn, said: frozenset[str]) -> Abuse:
    """The abuse in a customer's turn: the reading's, or an insult or a threat that only the words show."""
    if turn.abuse.kind in (AbuseKind.SELF_HARM, AbuseKind.THREAT):
        return turn.abuse
    if "self_harm" in said:
        return Abuse(AbuseKind.SELF_HARM, AbuseTarget.CUSTOMER)
    if "threat" in said and band_of(turn, said) is not HeatBand.CALM:
        return Abuse(AbuseKind.THREAT, AbuseTarget.AGENT)
    if turn.abuse.of_person:
        excused = (
            bool(said & SETTLING) and "insults" not in said and "bitter" not in said and not loud(turn.text)
        )
        mild = "stung" in said and "insults" not in said
        return Abuse() if excused or mild else turn.abuse
    return Abuse(AbuseKind.INSULT, AbuseTarget.AGENT) if "insults" in said else turn.abuse


def slips_of(turn: Turn, moves: frozenset[Move], said: frozenset[str]) -> frozenset[LintRule]:
    """What was wrong with an agent's turn, without what its own words make unlikely."""
    slips = set(turn.lint)
    if "dismisses" in said:
        slips.add(LintRule.DISMISSING)
    if "blames" in said:
        slips.add(LintRule.BLAMING)
    if moves and moves <= _KIND_WORDS and not said & _SHOWS_ACT:
        slips.add(LintRule.HOLLOW_EMPATHY)
    if "time" in said:
        slips -= {LintRule.VAGUE_PROMISE, LintRule.DEFERRING}
    if moves & _ACTS or "done" in said:
        slips -= {LintRule.HOLLOW_EMPATHY}
    if "boundary" in said or (moves & {Move.ASK_OPEN, Move.ASK_CLOSED} and "asks" in said):
        slips -= _PERSONAL
    if len(slips) == 1 and not said & {"dismisses", "blames"} and moves & _CARE and moves & _ACTS:
        slips -= _UNLIKELY_BESIDE_CARE
    return frozenset(slips)
