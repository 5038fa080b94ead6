"""The coach: conversation → advice, draft → findings, timeline → record. Pure; it owns no clock and no storage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from calmdesk.content.loader import Content
from calmdesk.content.method import (
    CoachPolicy,
    HintsFile,
    MissingFile,
    RecordFile,
    RewriteFile,
    SituationsFile,
    StepsFile,
)
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import Event
from calmdesk.desk.reading import Heat, Reading
from calmdesk.desk.record import RecordLine
from calmdesk.desk.vocabulary import Lang, Step

from .advice import Advice, DraftAdvice
from .draft import Drafts
from .hints import hints_for, traits_of
from .openings import phrases_of
from .picture import Picture, picture_of
from .risk import chance, risk_signals, warns
from .signals import compile_signals
from .situation import BEYOND_LADDER, Situation, situation_of
from .sources import sources_of
from .star import draft_star, result_confirmed
from .track import track_of


class Coach:
    """The method behind every draft, from one content. Keep one a process; it is immutable after `__init__`."""

    def __init__(self, content: Content) -> None:
        """Compiles the content. Raises LookupError where a language lacks a file of the method."""
        self._policy = content.one(CoachPolicy)
        self._signals = compile_signals(content)
        self._sources = sources_of(content)
        self._phrases = phrases_of(content, self._sources)
        self._steps = {lang: content.one(StepsFile, lang) for lang in Lang}
        self._situations = {
            lang: {s.id: s for s in content.one(SituationsFile, lang).situations} for lang in Lang
        }
        self._hints = {lang: tuple(h for f in content.of(HintsFile, lang) for h in f.hints) for lang in Lang}
        self._records = {lang: content.one(RecordFile, lang) for lang in Lang}
        self._drafts = Drafts(
            policy=self._policy,
            rewrites={lang: {f.rule: f for f in content.of(RewriteFile, lang)} for lang in Lang},
            missing={lang: content.one(MissingFile, lang).missing for lang in Lang},
            signals=self._signals,
            sources=self._sources,
        )

    def advise(self, conversation: Conversation, *, lang: Lang, now: datetime | None = None) -> Advice:
        """What to do next, after the newest turn; after an agent's turn, what is still owed.

        `lang` is the agent's: reasons, names and hints are in it; openings and the rung's words are in the
        conversation's. `now` (aware) only lets a long wait raise the risk; without it nothing depends on time.
        """
        picture = self.picture(conversation)
        situation = situation_of(picture)
        due = self._due(situation, picture)
        why = self._situations[lang][situation.value]
        signals = risk_signals(picture, now)
        risk = chance(signals, self._policy)
        return Advice(
            next=due,
            ladder=None if situation in BEYOND_LADDER else picture.ladder.rung,
            heat=Heat(conversation.band, round(conversation.heat.level, 3)),
            risk=risk,
            because=why.because,
            source=self._sources.name(why.source, lang),
            warn=warns(risk, signals, self._policy, threat=picture.threat),
            track=track_of(picture, due, self._steps[lang]),
            openings=self._phrases.offer(picture, situation, due, lang, self._policy.openings_shown),
            hints=hints_for(
                picture,
                situation,
                due,
                traits_of(picture, self._signals),
                self._hints[lang],
                self._sources,
                lang,
                self._policy.hints_shown,
                self._phrases.help_line(conversation.lang),
            ),
            rung_words=self._phrases.rung_words(situation, conversation.lang, conversation.turn_count),
        )

    def situation(self, conversation: Conversation) -> Situation:
        """Which situation the step machine sees (for tests, debriefs and reports)."""
        return situation_of(self.picture(conversation))

    def picture(self, conversation: Conversation) -> Picture:
        """What the step machine looks at (for tests, debriefs and reports)."""
        return picture_of(conversation, self._signals, self._policy.ladder)

    def _due(self, situation: Situation, picture: Picture) -> tuple[Step, ...]:
        """The steps of the situation; to acknowledge is never owed again right after acknowledging."""
        steps = self._policy.next[situation.value]
        last = picture.conversation.last_turn
        if last is not None and not last.by_customer and picture.last_agent is not None:
            from_agent = {m.value for m in picture.last_agent.moves}
            kept = tuple(s for s in steps if s is not Step.ACKNOWLEDGE or "acknowledge" not in from_agent)
            return kept or (Step.LISTEN,)
        return steps

    def check_draft(
        self, text: str, reading: Reading, conversation: Conversation | None, *, lang: Lang
    ) -> DraftAdvice:
        """What a draft does wrong and lacks, before it is sent. `reading` is the draft's, read as an agent's words."""
        if conversation is None:
            return self._drafts.check(text, reading, None, None, lang)
        picture = self.picture(conversation)
        return self._drafts.check(text, reading, picture, situation_of(picture), lang)

    def draft_record(
        self, conversation: Conversation, entries: Sequence[Event], *, lang: Lang
    ) -> tuple[RecordLine, ...]:
        """A STAR draft of the timeline; every line cites messages. The result is unverified until confirmed."""
        return draft_star(conversation, entries, self._records[lang], self._signals, lang)

    def result_confirmed(self, entries: Sequence[Event]) -> bool:
        """Whether the customer's own words confirm the result."""
        return result_confirmed(entries, self._signals)
