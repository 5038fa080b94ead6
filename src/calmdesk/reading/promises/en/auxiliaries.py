"""English futures and forms of "be": "will", "is coming", "is booked", "is with you"."""

from __future__ import annotations

import re
from dataclasses import replace

from calmdesk.desk.vocabulary import PromiseKind

from ..clauses import Clause, Sort, Verdict
from ..text import wordset
from .acts import act_of, is_generic
from .cues import (
    ADVERBS,
    AGAINST,
    DEADLINE,
    FOREIGN,
    NEG_BE,
    NEGATION,
    NOBODY,
    NOT_DOING,
    PLACE,
    RUNS_OUT,
    STATE,
)
from .kinds import kind_of
from .tokens import word_at
from .verbs import Act, Form, lexicon


def future(words: list[str], at: int, subject: str, body: str) -> Verdict:
    """What a future auxiliary and the words after it commit to."""
    rest = words[at:]
    if any(word in NEGATION for word in rest[:2]) and not re.match(
        r"(?:no|not) (?:later|more)", " ".join(rest[:2])
    ):
        return Verdict(Sort.OTHER)
    if NOBODY.search(subject) or (FOREIGN.search(subject) and not re.search(r"\b(?:our|my)\b", subject)):
        return Verdict(Sort.OTHER)
    if RUNS_OUT.search(body) or AGAINST.match(" ".join(rest)):
        return Verdict(Sort.OTHER)
    if re.search(
        r"\bbe (?:closed|shut|away|off(?! your)|down|unavailable|out of (?:the )?office|on (?:holiday|leave)|due|"
        r"right back)\b|\bgo up\b(?! to| the)",
        body,
    ):
        return Verdict(Sort.OTHER)
    if re.search(r"\b(?:he|she|they)$", subject) and re.search(
        r"\bbe (?:back|free|in|available)\b(?! (?:to|with|at) (?:you|yours))", body
    ):
        return Verdict(Sort.OTHER)
    at_verb = at
    while at_verb < len(words) and words[at_verb] in ADVERBS - {"be"} | {"to"}:
        at_verb += 1
    word = word_at(words, at_verb)
    last = subject.split()[-1] if subject else ""
    if last in ("you", "u"):
        if word not in ("get", "have", "receive", "recieve", "hear", "see", "find", "be", "know", "hold"):
            return Verdict(Sort.OTHER)
        if word == "be" and not (
            re.search(
                r"\bbe (?:\w+ )?(?:hearing|getting|receiving|seeing|holding|called|contacted|notified|informed|"
                r"refunded|credited|updated|given|sent|reimbursed|compensated|phoned|transferred|back)\b",
                body,
            )
            or re.search(r"\bback\b", body)
        ):
            return Verdict(Sort.OTHER)
        if word in ("have", "see", "find") and re.search(r"\b(?:have|see|find) (?:to|that|why|how)\b", body):
            return Verdict(Sort.OTHER)
    verb = lexicon().get(word)
    if verb is None:
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, word, subject), True)
    done = word_at(words, at_verb + 1)
    if verb.base == "have" and (perfect := lexicon().get(done)) is not None and Form.DONE in perfect.forms:
        return replace(act_of(words, at_verb + 1, perfect, subject, body), sort=Sort.DATED)
    verdict = act_of(words, at_verb, verb, subject, body)
    outcome = verdict.outcome or last in ("you", "u")
    return replace(verdict, sort=verdict.sort if outcome else Sort.DATED, outcome=outcome)


_YOU_ARE = wordset("getting receiving hearing seeing booked scheduled having")


def being(words: list[str], i: int, subject: str, body: str, clause: Clause) -> Verdict | None:
    """What a form of "be" with the words after it commits to; None where it says nothing."""
    after = words[i + 1 :]
    if words[i] in NEG_BE or any(word in NEGATION for word in after[:2]):
        return Verdict(Sort.OTHER)
    j = 0
    while j < len(after) and after[j] in ADVERBS | {"being"}:
        j += 1
    word = word_at(after, j)
    if (word == "going" and word_at(after, j + 1) == "to") or word == "gonna":
        return None
    if (
        words[i] == "'s"
        and not re.search(r"\b(?:it|he|she|that|there|who|what|here|everything|one)$", subject)
        and not (
            lexicon().get(word)
            or PLACE.match(word + " " + word_at(after, j + 1))
            or (after and after[0] in ("in", "at", "on", "with", "the", "gonna", "back", "being", "yours"))
        )
    ):
        return None  # a possessive
    if NOBODY.search(subject) or (FOREIGN.search(subject) and not re.search(r"\b(?:our|my)\b", subject)):
        return Verdict(Sort.OTHER)
    verb = lexicon().get(word)
    last = subject.split()[-1] if subject else ""
    if last in ("you", "u") and word not in _YOU_ARE:
        return Verdict(Sort.OTHER)
    if (
        verb is None
        and word.endswith("ing")
        and len(word) > 5
        and word not in NOT_DOING
        and clause.mentions
        and not is_generic(subject, body)
    ):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, word, subject), True)
    if verb is not None and Form.ING in verb.forms:
        return replace(act_of(words, i + 1 + j, verb, subject, body), sort=Sort.DATED)
    if verb is not None and (Form.DONE in verb.forms or (Form.BASE in verb.forms and word == "set")):
        if is_generic(subject, body):
            return Verdict(Sort.REPORT)
        if words[i] == "'s" and last in ("he", "she", "it") and not re.search(r"\bit\b", last):
            return Verdict(Sort.OTHER)
        if verb.act is Act.STEP:
            return Verdict(Sort.OTHER)
        return replace(act_of(words, i + 1 + j, verb, subject, body), sort=Sort.DATED, outcome=True)
    return _being_somewhere(" ".join(after), subject, last, body, clause)


def _being_somewhere(rest: str, subject: str, last: str, body: str, clause: Clause) -> Verdict:
    """ "The van is with you by five", "your account is right again on Monday"."""
    if not subject or (
        re.match(r"(?:in|at|on) ", subject)
        and clause.mentions
        and clause.mentions[0].start <= clause.start + 1
    ):
        return Verdict(Sort.OTHER)
    told = re.search(
        r"\b(?:you|we|i|they|he|she) (?:got|sent|received|had|paid|bought|wrote|ordered|saw)\b", subject
    )
    if told and all(m.start < clause.start + len(clause.lead) + len(subject) + 4 for m in clause.mentions):
        return Verdict(Sort.OTHER)  # "the invoice you got on Friday is the right one"
    if re.match(r"back(?! (?:to|with|at|on|in) )", rest) and re.search(
        r"\b(?:colleague|manager|supervisor|boss|she|he|i)\b", subject
    ):
        return Verdict(Sort.OTHER)
    if STATE.match(rest) or (
        last in ("i", "there") and not re.search(r"\b(?:with you|to you|back|at your|round|there|by)\b", rest)
    ):
        return Verdict(Sort.OTHER)
    if last in ("it", "this", "that") and not re.search(
        r"\b(?:with you|back|at your|in your|on your|yours|ready|fixed|done|sorted)\b", rest
    ):
        return Verdict(Sort.OTHER)
    if any(DEADLINE.match(clause.text[m.start - clause.start :]) for m in clause.mentions) and re.search(
        r"\b(?:your|the|that|our|ur)\b", subject
    ):
        kind = kind_of(body, Act.LIGHT, "be", subject)
        return Verdict(
            Sort.DATED,
            PromiseKind.FIX if kind is PromiseKind.DELIVERY and not PLACE.search(rest) else kind,
            True,
        )
    if PLACE.search(rest) and not is_generic(subject, body):
        return Verdict(Sort.DATED, kind_of(body, Act.LIGHT, "be", subject), True)
    return Verdict(Sort.OTHER)
