"""Which words to offer: those that fit the situation, the trouble and the facts really given; never a blank slot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from calmdesk.content.loader import Content
from calmdesk.content.method import LadderFile, OpeningsFile, OpeningText, RungText, Slot
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.vocabulary import Lang, Role, Step

from .advice import Opening
from .picture import Picture
from .situation import Situation
from .sources import Sources

_SLOT = re.compile(r"\{(\w+)\}")
_ORDER = ("order",)
_AMOUNT = ("sum",)
_DATE = ("date",)
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS_RU = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
#: Situations in which only words made for them may be offered.
_ONLY_OWN = {Situation.SELF_HARM, Situation.SELF_HARM_ANSWERED, Situation.THREAT, Situation.THREAT_UNANSWERED,
             Situation.THREAT_STANDS, Situation.THREAT_ANSWERED}  # fmt: skip
_LADDER = {Step.IGNORE, Step.REDIRECT, Step.WARN, Step.OFFER_ALTERNATIVE, Step.DISENGAGE, Step.SAFETY}


def slots_of(text: str) -> frozenset[str]:
    """The names of the slots in a text."""
    return frozenset(_SLOT.findall(text))


def facts_for_slots(conversation: Conversation) -> dict[str, str]:
    """What can fill a slot: facts that were really said, the newest of each kind."""
    filled: dict[str, str] = {}
    for fact in conversation.facts:
        if fact.role is Role.CUSTOMER and fact.kind in _ORDER:
            filled[Slot.ORDER] = _order(fact.value, conversation.lang)
        elif fact.role is Role.CUSTOMER and fact.kind in _AMOUNT:
            filled[Slot.AMOUNT] = fact.value
        elif fact.role is Role.CUSTOMER and fact.kind in _DATE:
            filled[Slot.DATE] = fact.value
    if conversation.customer_name.strip() and "@" not in conversation.customer_name:
        filled[Slot.NAME] = conversation.customer_name.strip()
    if conversation.owner_name.strip():
        filled[Slot.AGENT] = conversation.owner_name.strip()
    if conversation.next_due is not None:
        filled[Slot.DUE] = due_words(conversation.next_due, conversation.lang)
    return filled


def _order(value: str, lang: Lang) -> str:
    bare = re.sub(r"^(order|заказ\w*)?\s*(number|no\.?|номер)?\s*[#№:]*\s*", "", value, flags=re.IGNORECASE)
    return f"order {bare}" if lang is Lang.EN else bare


def due_words(due: datetime, lang: Lang) -> str:
    """A due time in words, in its own zone: "by 17:00 on 12 March", «12 марта до 17:00»."""
    if lang is Lang.RU:
        return f"{due.day} {_MONTHS_RU[due.month - 1]} до {due:%H:%M}"
    return f"by {due:%H:%M} on {due.day} {_MONTHS_EN[due.month - 1]}"


@dataclass(frozen=True, slots=True)
class Phrases:
    """All phrases of all languages, by step."""

    openings: Mapping[Lang, Mapping[Step, OpeningsFile]]
    ladder: Mapping[Lang, LadderFile]
    sources: Sources

    def offer(
        self, picture: Picture, situation: Situation, due: Sequence[Step], lang: Lang, shown: int
    ) -> tuple[Opening, ...]:
        """Up to `shown` openings that differ in kind: most for the first due step, one for the second.

        `lang` is the agent's (for the reasons); the words are in the customer's language.
        """
        facts = facts_for_slots(picture.conversation)
        said = [t.text for t in picture.conversation.turns if not t.by_customer]
        offered: list[Opening] = []
        for place, step in enumerate(due[:2]):
            room = shown - len(offered) if place or len(due) == 1 or step in _LADDER else max(1, shown - 1)
            found = self._for_step(picture, situation, step, facts, lang)
            fresh = [o for o in found if not any(o.text[:50] in text for text in said)]
            offered.extend((fresh or found)[:room])
        return tuple(offered[:shown])

    def rung_words(self, situation: Situation, lang: Lang, turn: int) -> str:
        """The words for the rung, for a threat or for somebody in distress; "" elsewhere."""
        text = self._ladder_text(situation, lang)
        return "" if text is None else self._filled(text, lang)[turn % len(text.words)]

    def _for_step(
        self, picture: Picture, situation: Situation, step: Step, facts: Mapping[str, str], lang: Lang
    ) -> list[Opening]:
        customers = picture.conversation.lang
        own = self._ladder_openings(situation, step, customers, lang)
        file = self.openings[customers].get(step)
        if own or file is None:
            return own
        reasons = self.openings[lang][step]
        fitting = [
            (_fit(o, picture, situation), place, o)
            for place, o in enumerate(file.openings)
            if slots_of(o.text) <= set(facts) and _allowed(o, picture, situation)
        ]
        turn = picture.conversation.turn_count
        # The best fit first; among equals another one each turn, so that the coach does not repeat itself.
        fitting.sort(key=lambda row: (-row[0], (row[1] + turn) % len(file.openings)))
        return [
            Opening(
                o.id,
                step,
                o.text.format_map(dict(facts)),
                reasons.because,
                self.sources.name(reasons.source, lang),
            )
            for o in _by_kind([o for _, _, o in fitting])
        ]

    def _ladder_openings(
        self, situation: Situation, step: Step, customers: Lang, lang: Lang
    ) -> list[Opening]:
        text = self._ladder_text(situation, customers)
        why = self._ladder_text(situation, lang)
        if text is None or why is None or not (step.value == text.id or text.id == "self_harm"):
            return []
        if text.id == "self_harm" and step not in (Step.ACKNOWLEDGE, Step.SAFETY):
            return []
        return [
            Opening(f"ladder.{text.id}.{n}", step, words, why.because, self.sources.name(why.source, lang))
            for n, words in enumerate(self._filled(text, customers), 1)
        ]

    def _ladder_text(self, situation: Situation, lang: Lang) -> RungText | None:
        ladder = self.ladder[lang]
        if situation in (Situation.SELF_HARM, Situation.SELF_HARM_ANSWERED):
            return ladder.self_harm
        if situation in _ONLY_OWN:
            return ladder.safety
        name = situation.value.removeprefix("rung_")
        return next((r for r in ladder.rungs if r.id == name and name != situation.value), None)

    def _filled(self, text: RungText, lang: Lang) -> list[str]:
        return [words.replace("{help}", self.help_line(lang)) for words in text.words]

    def help_line(self, lang: Lang) -> str:
        """The help line that holds everywhere the language is spoken."""
        return self.ladder[lang].help_lines[0].text


def _allowed(opening: OpeningText, picture: Picture, situation: Situation) -> bool:
    if opening.situations and situation.value not in opening.situations:
        return False
    if situation in _ONLY_OWN and not opening.situations:
        return False
    conversation = picture.conversation
    if opening.leverage and not {x for t in picture.burst for x in t.leverage} & set(opening.leverage):
        return False
    return (
        (not opening.issues or conversation.issue in opening.issues)
        and (not opening.channels or conversation.channel in opening.channels)
        and (not opening.bands or picture.band in opening.bands)
    )


def _fit(opening: OpeningText, picture: Picture, situation: Situation) -> int:
    return (
        4 * bool(opening.situations)
        + 3 * bool(opening.leverage)
        + 2 * bool(opening.issues)
        + len(slots_of(opening.text))
        + bool(opening.channels)
        + bool(opening.bands)
    )


def _by_kind(openings: Iterable[OpeningText]) -> list[OpeningText]:
    """One of each kind first, in order of fit, then the rest."""
    first: dict[str, OpeningText] = {}
    rest: list[OpeningText] = []
    for opening in openings:
        if opening.kind in first:
            rest.append(opening)
        else:
            first[opening.kind] = opening
    return [*first.values(), *rest]


def phrases_of(content: Content, sources: Sources) -> Phrases:
    """The phrases of a content. Raises LookupError where a language lacks its ladder."""
    return Phrases(
        openings={lang: {f.step: f for f in content.of(OpeningsFile, lang)} for lang in Lang},
        ladder={lang: content.one(LadderFile, lang) for lang in Lang},
        sources=sources,
    )
