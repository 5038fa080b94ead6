"""What the rules find in an agent's message: moves, and ways in which it makes things worse.

A finding is silent where its words are quoted, reported or denied, and where the draft itself makes them good: a
remedy beside the no, a time beside "I'll ask my manager", an act after the sympathy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from calmdesk.content.rules import Clears, LintFile
from calmdesk.desk.reading import Cue, Finding
from calmdesk.desk.vocabulary import LintRule, Move

from .phrases import Hit
from .rulebook import Key, RuleBook
from .text import Read

#: What counts as an act after sympathy, and as a remedy beside a no (conventions of the labelled cases).
ACTS = frozenset(
    {Move.ASK_OPEN, Move.ASK_CLOSED, Move.SOLVE, Move.ALTERNATIVE, Move.OPTIONS, Move.NEXT_STEPS, Move.UPDATE,
     Move.PROMISE, Move.ESCALATE, Move.OWN}
)  # fmt: skip
REMEDIES = frozenset({Move.SOLVE, Move.ALTERNATIVE, Move.OPTIONS, Move.NEXT_STEPS, Move.PROMISE})
#: Beyond this many words that no rule speaks of, a draft surely does something besides feeling sorry.
MUCH_ELSE = 14
_CLOCK = re.compile(r"\d")
_CLAUSE_END = re.compile(r"[,;:—–]|\s-\s|[.!?…]+")
QUESTIONS = frozenset({Move.ASK_OPEN, Move.CLOSE, Move.FEEDBACK})


@dataclass(slots=True)
class AgentEvidence:
    """What rules found in an agent's message; `moves` and `lint` with how sure the rule is."""

    moves: dict[Move, float] = field(default_factory=dict)
    lint: list[tuple[Finding, float]] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    questions: int = 0


def find_in_agent(read: Read, book: RuleBook) -> AgentEvidence:
    """Everything the rules of the book find in an agent's message."""
    hits = [hit for hit in book.find_agent(read.sentences) if isinstance(hit.key, Key)]
    found = AgentEvidence()
    _find_moves(found, read, hits, book)
    fired = _find_lint(found, read, hits, book)
    found.lint.extend(fired)
    return found


def _key(hit: Hit) -> Key:
    assert isinstance(hit.key, Key)
    return hit.key


def _silenced(hits: list[Hit], kind: str) -> set[tuple[str, int]]:
    return {(_key(h).id, h.sentence) for h in hits if _key(h).kind == kind and _key(h).part == "unless"}


def _find_moves(found: AgentEvidence, read: Read, hits: list[Hit], book: RuleBook) -> None:
    silenced = _silenced(hits, "move")
    answered: set[int] = set()
    for hit in hits:
        key = _key(hit)
        if key.kind != "move" or key.part == "unless" or (key.id, hit.sentence) in silenced:
            continue
        sentence = read.sentences[hit.sentence]
        if sentence.tokens[hit.first].quoted or (key.part == "asked" and sentence.mark != "?"):
            continue
        move = Move(key.id)
        if move in QUESTIONS and sentence.mark == "?":
            answered.add(hit.sentence)
        _add_move(found, read, book, move, hit)
    for number, sentence in enumerate(read.sentences):
        if sentence.mark == "?" and number not in answered and len(sentence.tokens) > 1:
            if sentence.tokens[0].quoted and sentence.tokens[-1].quoted:
                continue
            found.questions += 1
            if Move.ASK_CLOSED in book.moves:
                _add_move(found, read, book, Move.ASK_CLOSED, Hit(None, number, 0, len(sentence.tokens)))


def _add_move(found: AgentEvidence, read: Read, book: RuleBook, move: Move, hit: Hit) -> None:
    if move in found.moves:
        return
    found.moves[move] = 0.9
    start, end = _place(read, hit)
    found.cues.append(
        Cue(f"move.{move}", start, end, read.text[start:end], book.moves[move].because, f"rule:moves.{move}")
    )


def _find_lint(
    found: AgentEvidence, read: Read, hits: list[Hit], book: RuleBook
) -> list[tuple[Finding, float]]:
    silenced = _silenced(hits, "lint")
    reported = {h.sentence: h.last for h in hits if _key(h).id == "reporting"}
    chosen: dict[tuple[LintRule, int], tuple[Hit, bool]] = {}
    for hit in hits:
        key = _key(hit)
        if key.kind != "lint" or key.part == "unless" or (key.id, hit.sentence) in silenced:
            continue
        if read.sentences[hit.sentence].tokens[hit.first].quoted:
            continue
        if hit.sentence in reported and 0 <= hit.first - reported[hit.sentence] <= 6:
            continue
        spot = (LintRule(key.id), hit.sentence)
        known = chosen.get(spot)
        if known is None or hit.first < known[0].first or (not known[1] and key.part == "sure"):
            chosen[spot] = (hit, key.part == "sure")
    sure = {spot: hit for spot, (hit, is_sure) in chosen.items() if is_sure}
    clears = _clears(found, read, hits, {h.sentence for h, _ in chosen.values()}, sure)
    fired: list[tuple[Finding, float]] = []
    done: set[LintRule] = set()
    for (rule, _), (hit, is_sure) in sorted(chosen.items(), key=lambda item: (item[0][1], item[1][0].first)):
        piece = book.lint[rule]
        if rule in done or (not is_sure and any(clear in clears for clear in piece.cleared_by)):
            continue
        if rule is LintRule.HOLLOW_EMPATHY and any(r is LintRule.NON_APOLOGY for r, _ in chosen):
            continue
        done.add(rule)
        fired.append((_finding(read, hit, piece, book), 0.9 if is_sure else 0.8))
    return fired


def _clears(
    found: AgentEvidence,
    read: Read,
    hits: list[Hit],
    touched: set[int],
    sure: dict[tuple[LintRule, int], Hit],
) -> set[Clears]:
    """What in the draft makes soft findings harmless."""
    aids = {_key(hit).id for hit in hits if _key(hit).kind == "lexicon"}
    clears: set[Clears] = set()
    moves = set(found.moves)
    # Words that stand outside every suspicious sentence: much of them means that the draft does something.
    rest = [s for number, s in enumerate(read.sentences) if number not in touched]
    words = sum(len(s.tokens) for s in rest)
    numbers = any(_CLOCK.search(token.raw) for s in rest for token in s.tokens)
    harsh = any(rule not in (LintRule.HOLLOW_EMPATHY, LintRule.VAGUE_PROMISE) for rule, _ in sure)
    if moves & ACTS or ((words > MUCH_ELSE or numbers) and not harsh):
        clears.add(Clears.ACT)
    if moves & REMEDIES or found.questions or (words > MUCH_ELSE and not harsh):
        clears.add(Clears.REMEDY)
    if "clears_time" in aids or numbers:
        clears.add(Clears.TIME)
    if "clears_now" in aids or moves & {Move.SOLVE, Move.ALTERNATIVE}:
        clears.add(Clears.DONE_NOW)
    if "clears_look" in aids:
        clears.add(Clears.LOOK)
    if "clears_reason" in aids:
        clears.add(Clears.REASON)
    return clears


def _finding(read: Read, hit: Hit, piece: LintFile, book: RuleBook) -> Finding:
    start, end = _clause(read, hit)
    return Finding(
        rule=piece.rule,
        start=start,
        end=end,
        quote=read.text[start:end],
        because=piece.because,
        source=book.citation(piece.source),
        suggest=piece.suggest,
        by=f"rule:lint.{piece.rule}",
    )


def _place(read: Read, hit: Hit) -> tuple[int, int]:
    tokens = read.sentences[hit.sentence].tokens
    return tokens[hit.first].start, tokens[hit.last - 1].end


def _clause(read: Read, hit: Hit) -> tuple[int, int]:
    """The words to underline: the hit, widened to its clause, without the closing mark."""
    sentence = read.sentences[hit.sentence]
    start, end = _place(read, hit)
    left = read.text[sentence.start : start]
    cuts = [found.end() for found in _CLAUSE_END.finditer(left)]
    first = sentence.start + (cuts[-1] if cuts else 0)
    right = _CLAUSE_END.search(read.text, end, max(end, sentence.end))
    last = right.start() if right else sentence.end
    while first < start and read.text[first].isspace():
        first += 1
    while last > end and read.text[last - 1].isspace():
        last -= 1
    return first, last
