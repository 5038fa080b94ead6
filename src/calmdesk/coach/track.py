"""Where each step of the method stands, judged from what was said."""

from __future__ import annotations

from calmdesk.content.method import StepsFile
from calmdesk.desk.vocabulary import TRACK, HeatBand, Move, Step

from .advice import Standing, StepStanding
from .picture import ASKS, REMEDY, Picture

#: The moves by which a step shows in what was said.
SHOWN_BY: dict[Step, frozenset[Move]] = {
    Step.LISTEN: frozenset({*ASKS, Move.PARAPHRASE, Move.ACKNOWLEDGE}),
    Step.ACKNOWLEDGE: frozenset({Move.ACKNOWLEDGE}),
    Step.APOLOGISE: frozenset({Move.APOLOGISE}),
    Step.OWN: frozenset({Move.OWN}),
    Step.CLARIFY: frozenset({*ASKS, Move.PARAPHRASE}),
    Step.SOLVE: REMEDY,
    Step.COMMIT: frozenset({Move.PROMISE}),
    Step.INFORM: frozenset({Move.NEXT_STEPS, Move.UPDATE, Move.EXPLAIN}),
    Step.CLOSE: frozenset({Move.CLOSE}),
    Step.LEARN: frozenset({Move.FEEDBACK}),
}
#: Steps that come before the matter itself while somebody is angry.
_PERSON_FIRST = (Step.ACKNOWLEDGE, Step.APOLOGISE)


def done(step: Step, picture: Picture) -> bool:
    """Whether what was said carries the step already."""
    if step is Step.COMPOSE:
        return bool(picture.agents) and not picture.slips
    if step is Step.LEARN and (picture.conversation.record_signed or picture.conversation.survey_asked):
        return True
    return bool(picture.made(*SHOWN_BY[step]))


def track_of(picture: Picture, due: tuple[Step, ...], words: StepsFile) -> tuple[StepStanding, ...]:
    """The whole track. The first due step is DUE even if it was made before: then it is due again."""
    texts = {text.id: text for text in words.steps}
    made = {step: done(step, picture) for step in TRACK}
    furthest = max((TRACK.index(s) for s in TRACK if made[s] and s is not Step.COMPOSE), default=-1)
    standings = []
    for place, step in enumerate(TRACK):
        if due and step is due[0]:
            standing, because = Standing.DUE, words.standing["due"].format(why=texts[step].why)
        elif step is Step.COMPOSE and picture.slips:
            standing, because = Standing.DUE, words.standing["slip"]
        elif made[step]:
            standing, because = Standing.DONE, words.standing["done"]
        elif place < furthest and _matters(step, picture):
            standing, because = Standing.SKIPPED, words.standing["skipped"]
        else:
            early = picture.hot and step in (Step.SOLVE, Step.CLOSE) and due[:1] == (Step.ACKNOWLEDGE,)
            standing, because = Standing.AHEAD, words.standing["too_early" if early else "ahead"]
        standings.append(StepStanding(step, texts[step].name, standing, because))
    return tuple(standings)


def _matters(step: Step, picture: Picture) -> bool:
    """Whether passing a step over is worth a word: an apology is owed only where somebody was upset."""
    if step in (Step.COMPOSE, Step.LISTEN):
        return False
    if step in _PERSON_FIRST:
        floor = HeatBand.TENSE if step is Step.ACKNOWLEDGE else HeatBand.ANGRY
        return any(t.heat.band.rank >= floor.rank for t in picture.customers)
    return True
