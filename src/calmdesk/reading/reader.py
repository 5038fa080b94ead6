"""A message read: the one place where language, rules, model and facts come together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from calmdesk.content import Content
from calmdesk.content.rules import Thresholds
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.reading import Abuse, Cue, Finding, FoundPromise, Reading
from calmdesk.desk.vocabulary import Channel, Issue, Lang, Leverage, LintRule, Role

from .agent import find_in_agent
from .combine import decide_abuse, decide_heat, decide_issue, decide_leverage, decide_lint, decide_moves
from .customer import find_in_customer
from .facts import find_facts
from .language import is_transliterated, recognise
from .promises import find_promises
from .rulebook import RuleBook
from .text import Read, read_text
from .view import Model, ModelView

#: More cues than this help nobody.
MOST_CUES = 40


class Reader:
    """Reads messages by the rules of content and, where one is given, a model. Safe to share between threads."""

    def __init__(self, content: Content, model: Model | None = None) -> None:
        self.content = content
        self.model = model
        self._books = {lang: RuleBook(content, lang) for lang in Lang}
        # Where no calendar is given, promises are sought with any: the due times it gives are dropped again.
        self._any_now = datetime(2026, 1, 5, 12, tzinfo=UTC)
        self._any_office = OfficeHours.parse("Mon-Fri 09:00-18:00", "UTC")

    def book(self, lang: Lang) -> RuleBook:
        """The rules of a language."""
        return self._books[lang]

    def read(
        self,
        text: str,
        *,
        role: Role,
        lang: Lang | None = None,
        channel: Channel = Channel.CHAT,
        so_far: Conversation | None = None,
        context: str | None = None,
        now: datetime | None = None,
        office: OfficeHours | None = None,
    ) -> Reading:
        """What one message says. Never raises, whatever the text holds.

        `lang` is recognised where it is not given; `so_far` and `context` (the message before) help the model;
        promises get their due time only with `now` and `office`.
        """
        fallback = so_far.lang if so_far else Lang.EN
        spoken = lang or recognise(text, fallback)
        book = self._books[spoken]
        # Russian in Latin letters keeps its places; only the words' common form changes.
        latin = spoken is Lang.RU and is_transliterated(text)
        read = read_text(text, book.transliterated() if latin else book.form)
        view = self._view(text, role, spoken, context, so_far)
        if role is Role.CUSTOMER:
            return self._customer(read, book, view)
        return self._agent(read, book, view, now, office)

    def _view(
        self, text: str, role: Role, lang: Lang, context: str | None, so_far: Conversation | None
    ) -> ModelView | None:
        if self.model is None or not text.strip():
            return None
        if context is None and so_far is not None and so_far.turns:
            context = so_far.turns[-1].text
        return self.model.view(text, role=role, lang=lang, context=context)

    def _customer(self, read: Read, book: RuleBook, view: ModelView | None) -> Reading:
        found = find_in_customer(read, book)
        rules = book.thresholds
        heat, abuse = decide_heat(found, view, rules), decide_abuse(found, view, rules)
        leverage, issue = decide_leverage(found, view, rules), decide_issue(found, view, rules)
        names = {
            "heat": (f"heat.{heat.band}",),
            "abuse": (f"abuse.{abuse.kind}.{abuse.target}",),
            "issue": (f"issue.{issue}",),
            **{f"leverage.{label}": (f"leverage.{label}",) for label in leverage},
        }
        # Only what bears out the decision is shown: a cue that was overruled would explain nothing.
        kept = [cue for cue in found.cues if _bears_out(cue, abuse, leverage, issue)]
        return Reading(
            role=Role.CUSTOMER,
            lang=book.lang,
            heat=heat,
            abuse=abuse,
            leverage=leverage,
            issue=issue,
            cues=_in_order([*kept, *_model_cues(read.text, view, names, rules)]),
            facts=find_facts(read.text, book.lang),
            asks=found.flags["asks"],
            thanks=found.flags["thanks"],
            apologises=found.flags["apologises"],
            accepts=found.flags["accepts"],
            declines=found.flags["declines"],
        )

    def _agent(
        self,
        read: Read,
        book: RuleBook,
        view: ModelView | None,
        now: datetime | None,
        office: OfficeHours | None,
    ) -> Reading:
        found = find_in_agent(read, book)
        rules = book.thresholds
        moves = decide_moves(found, view, rules)
        return Reading(
            role=Role.AGENT,
            lang=book.lang,
            moves=moves,
            lint=decide_lint(found, view, rules, self._named_by_model(read, book, view)),
            promises=self._promises(read.text, book.lang, now, office),
            cues=_in_order(
                [
                    *(cue for cue in found.cues if cue.what.removeprefix("move.") in moves),
                    *_model_cues(read.text, view, {f"moves.{m}": (f"move.{m}",) for m in moves}, rules),
                ]
            ),
            facts=find_facts(read.text, book.lang),
            asks=bool(found.questions) or any(sentence.mark == "?" for sentence in read.sentences),
            thanks="thank" in moves,
            apologises="apologise" in moves,
        )

    def _named_by_model(self, read: Read, book: RuleBook, view: ModelView | None) -> dict[LintRule, Finding]:
        """A finding for each lint rule, at the words the model points at, or at the whole draft."""
        if view is None:
            return {}
        made: dict[LintRule, Finding] = {}
        for rule, piece in book.lint.items():
            spans = [span for span in view.spans if span.label == f"lint.{rule}"]
            best = max(spans, key=lambda span: span.p, default=None)
            start, end = (best.start, best.end) if best else (0, len(read.text))
            made[rule] = Finding(
                rule, start, end, read.text[start:end], piece.because, book.citation(piece.source),
                piece.suggest, f"model:lint.{rule}",
            )  # fmt: skip
        return made

    def _promises(
        self, text: str, lang: Lang, now: datetime | None, office: OfficeHours | None
    ) -> tuple[FoundPromise, ...]:
        if now is not None and office is not None:
            return find_promises(text, now=now, office=office, lang=lang)
        # Without a calendar the words still promise; only when they fall due stays open.
        found = find_promises(text, now=self._any_now, office=self._any_office, lang=lang)
        return tuple(replace(promise, due=None) for promise in found)


def _bears_out(cue: Cue, abuse: Abuse, leverage: tuple[Leverage, ...], issue: Issue) -> bool:
    family, _, rest = cue.what.partition(".")
    if family == "abuse":
        return rest.partition(".")[0] == abuse.kind
    if family == "leverage":
        return rest in leverage
    return family != "issue" or rest == issue


def _model_cues(
    text: str, view: ModelView | None, names: Mapping[str, tuple[str, ...]], rules: Thresholds
) -> list[Cue]:
    """The words a model points at, for what was decided. `names` gives a span's label the names of its cues."""
    if view is None:
        return []
    cues = []
    for span in view.spans:
        head = span.label.partition(".")[0]
        for name in names.get(span.label, ()):
            if name.startswith("abuse.none.none"):
                continue
            quote = text[span.start : span.end]
            cues.append(Cue(name, span.start, span.end, quote, rules.model_because[head], f"model:{head}"))
    return cues


def _in_order(cues: Iterable[Cue]) -> tuple[Cue, ...]:
    kept: dict[tuple[str, int, int], Cue] = {}
    for cue in cues:
        kept.setdefault((cue.what, cue.start, cue.end), cue)
    return tuple(sorted(kept.values(), key=lambda cue: (cue.start, cue.end, cue.what)))[:MOST_CUES]
