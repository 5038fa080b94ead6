"""A draft before it is sent: what makes things worse, how gravely, what to say instead, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from calmdesk.content.method import CoachPolicy, MissingText, RewriteFile
from calmdesk.desk.reading import Finding, Reading
from calmdesk.desk.vocabulary import HeatBand, Lang, LintRule, Move, Rung

from .advice import DraftAdvice, DraftFinding, Gravity, Missing
from .picture import ASKS, REMEDY, Picture
from .rewording import reword
from .signals import Signals, lang_of
from .situation import Situation
from .sources import Sources

_GRAVITIES = tuple(Gravity)
#: A draft shorter than this is still being begun: what it lacks would only be noise.
_BEGUN = 25
_FEELING_DUE = {Situation.FIRST_ANGER, Situation.HEATED_UP, Situation.OWN_SLIP, Situation.WALL,
                Situation.BROKEN_PROMISE, Situation.DECLINED_HOT}  # fmt: skip
_ACTS = REMEDY | ASKS | {Move.PROMISE, Move.NEXT_STEPS, Move.UPDATE, Move.OWN, Move.ESCALATE, Move.EXPLAIN}


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is needed to judge a draft, compiled from content."""

    policy: CoachPolicy
    rewrites: Mapping[Lang, Mapping[LintRule, RewriteFile]]
    missing: Mapping[Lang, tuple[MissingText, ...]]
    signals: Signals
    sources: Sources

    def check(
        self, text: str, reading: Reading, picture: Picture | None, situation: Situation | None, lang: Lang
    ) -> DraftAdvice:
        """Findings in the order of the text; missing pieces, at most as many as the policy shows."""
        band = picture.now.heat.band if picture and picture.now else HeatBand.CALM
        findings = tuple(
            self._finding(text, finding, reading, band, lang)
            for finding in sorted(reading.lint, key=lambda f: (f.start, f.end))
            if finding.rule not in self.policy.off
        )
        findings = self._within_budget(findings)
        missing: tuple[Missing, ...] = ()
        if picture is not None and situation is not None and len(text.strip()) >= _BEGUN:
            ids = self._lacks(text, reading, picture, situation)
            by_id = {m.id: m for m in self.missing[lang]}
            missing = tuple(
                Missing(i, by_id[i].step, by_id[i].text, by_id[i].because)
                for i in ids[: self.policy.missing_shown]
            )
        return DraftAdvice(findings, reading.promises, missing, reading.moves)

    def _within_budget(self, findings: tuple[DraftFinding, ...]) -> tuple[DraftFinding, ...]:
        """The gravest few, in the order of the text; every grave one, for those stop a draft from being sent."""
        loudest = sorted(findings, key=lambda f: -_GRAVITIES.index(f.gravity))
        kept = loudest[: self.policy.findings_shown]
        return tuple(f for f in findings if f in kept or f.gravity is Gravity.GRAVE)

    def _finding(
        self, text: str, finding: Finding, reading: Reading, band: HeatBand, lang: Lang
    ) -> DraftFinding:
        written = lang_of(text, reading.lang)
        rewording = reword(text, finding.start, finding.end, self.rewrites[written][finding.rule])
        words = self.rewrites[lang][finding.rule]
        widened = replace(
            finding,
            start=rewording.start,
            end=rewording.end,
            quote=text[rewording.start : rewording.end],
            because=finding.because if finding.because and written is lang else words.because,
            source=self.sources.name(words.source, lang),
            suggest=finding.suggest or rewording.choices,
        )
        return DraftFinding(widened, self.gravity(finding.rule, band), words.name, rewording.choices)

    def gravity(self, rule: LintRule, band: HeatBand) -> Gravity:
        """How loudly a finding is shown: its base, one louder while the customer is openly angry."""
        level = self.policy.gravity[rule] + (1 if band.hot else 0)
        return _GRAVITIES[min(level, len(_GRAVITIES) - 1)]

    def _lacks(self, text: str, reading: Reading, p: Picture, situation: Situation) -> list[str]:
        """What is missing, weightiest first. A finding that says the same already is not doubled."""
        last = p.conversation.last_turn
        if last is None or not last.by_customer:
            return []
        moves = set(reading.moves)
        said = self.signals.of_agent(text, p.conversation.lang)
        rules = {f.rule for f in reading.lint}
        lacks: list[str] = []
        if situation is Situation.SELF_HARM:
            return [] if any(ch.isdigit() for ch in text) or Move.ESCALATE in moves else ["help_line"]
        if situation in (Situation.THREAT, Situation.THREAT_STANDS):
            return [] if moves & {Move.ESCALATE, Move.CLOSE} or "escalates" in said else ["supervisor"]
        if p.ladder.rung is Rung.WARN and Move.BOUNDARY not in moves and "boundary" not in said:
            lacks.append("respect")
        feeling = moves & {Move.ACKNOWLEDGE, Move.APOLOGISE} or said & {"acknowledges", "apologises"}
        if situation in _FEELING_DUE and not feeling:
            lacks.append("feeling_first")
        if self._repeats_stock(text, p):
            lacks.append("stock_phrase")
        lacks.extend(self._lacks_in_matter(moves, said, rules, p, situation))
        return lacks

    def _lacks_in_matter(
        self, moves: set[Move], said: frozenset[str], rules: set[LintRule], p: Picture, situation: Situation
    ) -> list[str]:
        lacks: list[str] = []
        apologised = Move.APOLOGISE in moves or "apologises" in said or p.made(Move.APOLOGISE)
        own_fault = situation in (Situation.OWN_SLIP, Situation.BROKEN_PROMISE)
        if (
            not apologised
            and (own_fault or (p.hot and p.made(Move.ACKNOWLEDGE)))
            and LintRule.NON_APOLOGY not in rules
        ):
            lacks.append("apology")
        if situation in (Situation.ACCEPTED, Situation.THANKS_OPEN) and not moves & {
            Move.PROMISE,
            Move.NEXT_STEPS,
        }:
            lacks.append("reply_to_choice" if situation is Situation.ACCEPTED else "time")
        answers = moves & (_ACTS - {Move.OWN, Move.ASK_CLOSED, Move.ASK_OPEN})
        if situation in (Situation.QUESTION, Situation.QUESTION_WHEN) and not answers:
            lacks.append("answer")
        if not moves & _ACTS and not said & {"asks", "solves", "owns", "done", "updates", "time"}:
            settled = situation in (Situation.SETTLED, Situation.ACCEPTED_DATED, Situation.WAITS)
            if not settled and LintRule.HOLLOW_EMPATHY not in rules and not lacks:
                lacks.append("next_step" if p.made(Move.OWN) else "owning")
        promised = Move.PROMISE in moves and LintRule.VAGUE_PROMISE not in rules
        if promised and "time" not in said and "time" not in lacks:
            lacks.append("time")
        return lacks

    def _repeats_stock(self, text: str, p: Picture) -> bool:
        lang = p.conversation.lang
        now = self.signals.stock_phrases(text, lang)
        return any(now & self.signals.stock_phrases(a.turn.text, lang) for a in p.agents)
