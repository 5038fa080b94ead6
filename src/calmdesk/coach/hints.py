"""What to mind now: pitfalls, kinds of customer, the channel. Few, the weightiest first."""

from __future__ import annotations

from calmdesk.content.method import HintText, HintWhen
from calmdesk.desk.vocabulary import AbuseKind, Lang, Move, Step

from .advice import Hint
from .picture import Picture
from .signals import Signals
from .situation import Situation
from .sources import Sources

#: Moves of which a second one without effect is a repetition.
_REPEATABLE = (Move.ACKNOWLEDGE, Move.APOLOGISE, Move.EXPLAIN, Move.ASK_CLOSED)


def traits_of(picture: Picture, signals: Signals) -> frozenset[str]:
    """What strikes the eye in the conversation as a whole: `stock_repeated`, `step_failed`, `hate_or_sexual`."""
    traits = set()
    lang = picture.conversation.lang
    seen: set[str] = set()
    for agent in picture.agents:
        stock = signals.stock_phrases(agent.turn.text, lang)
        if stock & seen:
            traits.add("stock_repeated")
        seen |= stock
    if picture.hot and not picture.cooler and len(picture.agents) > 1:
        last, before = picture.agents[-1].moves, picture.agents[-2].moves
        if any(move in last and move in before for move in _REPEATABLE) and not last & {
            Move.SOLVE,
            Move.OPTIONS,
        }:
            traits.add("step_failed")
    if picture.now is not None and picture.now.abuse.kind in (AbuseKind.HATE, AbuseKind.SEXUAL):
        traits.add("hate_or_sexual")
    return frozenset(traits)


def hints_for(
    picture: Picture,
    situation: Situation,
    due: tuple[Step, ...],
    traits: frozenset[str],
    hints: tuple[HintText, ...],
    sources: Sources,
    lang: Lang,
    shown: int,
    help_line: str,
) -> tuple[Hint, ...]:
    """The hints whose every condition holds, weightiest first, at most `shown`."""
    fitting = [h for h in hints if _holds(h.when, picture, situation, due, traits)]
    fitting.sort(key=lambda h: (h.rank, h.id))
    return tuple(
        Hint(h.id, h.text.replace("{help}", help_line), h.because, sources.name(h.source, lang))
        for h in fitting[:shown]
    )


def _holds(
    when: HintWhen, picture: Picture, situation: Situation, due: tuple[Step, ...], traits: frozenset[str]
) -> bool:
    conversation = picture.conversation
    return (
        (not when.steps or (bool(due) and due[0] in when.steps))
        and (not when.situations or situation.value in when.situations)
        and (not when.channels or conversation.channel in when.channels)
        and (not when.bands or picture.band in when.bands)
        and (not when.issues or conversation.issue in when.issues)
        and (not when.signals or bool(picture.said & set(when.signals)))
        and (not when.traits or bool(traits & set(when.traits)))
    )
