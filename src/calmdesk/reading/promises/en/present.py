"""English presents ("the engineer comes tomorrow") and clauses without a verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calmdesk.desk.vocabulary import PromiseKind

from ..clauses import Clause, Sort, Verdict
from ..text import wordset
from ..when import Unit
from .acts import act_of, asserted_verb
from .cues import (
    ADVERBS,
    BE,
    DEADLINE,
    DELIVERABLE,
    DETERMINERS,
    FUTURE,
    GUESS,
    JOINING,
    LEAD_IN,
    NEGATION,
    PARTICLES,
    RULE,
    SUBJECTS,
)
from .kinds import kind_of
from .tokens import carried_words, chain_of, is_third, tokens_of, word_at
from .verbs import Act, Form, Verb, lexicon

_ACTORS = wordset(
    "i we they you u people guys lads folks boys both we'll himself myself personally also then still s"
)


def _leading_ing(
    words: list[str], i: int, verb: Verb, body: str, before: Sequence[Clause], clause: Clause
) -> Verdict | None:
    """ "… and telling you what they found", "Calling you at three": only at a clause's head."""
    if i:
        return None
    chain = chain_of(before) if clause.lead in JOINING else None
    if chain is not None:
        return replace(act_of(words, i, verb, "we", body), sort=chain.verdict.sort, goes_on=True)
    if clause.mentions and clause.lead in ("", "and", "so"):
        return replace(act_of(words, i, verb, "we", body), sort=Sort.DATED)
    return None


def _past(words: list[str], i: int, subject: str) -> Verdict | None:
    """A past tense settles it, unless it stands inside the subject: "the sheet you asked for gets signed"."""
    previous = word_at(words, i - 1)
    inner = previous in SUBJECTS and i > 1 and words[i - 2] not in LEAD_IN and words[i - 2] not in SUBJECTS
    later = any(
        ((known := lexicon().get(word)) and Form.THIRD in known.forms) or word in BE
        for word in words[i + 1 :]
    )
    causative = re.search(r"\b(?:have|get|gets|be|getting)\b", subject)
    return None if inner or later or causative else Verdict(Sort.OTHER)


def present(
    words: list[str], i: int, verb: Verb, subject: str, body: str, before: Sequence[Clause], clause: Clause
) -> Verdict | None:
    """What a present tense commits to, where a time makes it a plan."""
    previous = word_at(words, i - 1)
    if previous in DETERMINERS or previous == "to" or (previous.endswith("ly") and i < 2):
        return None
    third, base = Form.THIRD in verb.forms, Form.BASE in verb.forms
    if Form.ING in verb.forms:
        return _leading_ing(words, i, verb, body, before, clause)
    past = Form.PAST in verb.forms and not base
    if i == 0 and past and chain_of(before) is None and verb.act in (Act.STEP, Act.TELL, Act.CALL):
        return Verdict(Sort.OTHER)
    if i == 0 and not (third and clause.lead in JOINING):
        return None
    if past:
        return _past(words, i, subject)
    if any(word in NEGATION for word in words[max(0, i - 2) : i]) or "n't" in subject or "dont" in subject:
        return Verdict(Sort.OTHER)
    if i == 0 and third:
        chain = chain_of(before)
        return (
            replace(act_of(words, 0, verb, "", body), sort=chain.verdict.sort, goes_on=True)
            if chain
            else None
        )
    if (
        base
        and previous in ("i", "we", "you")
        and i >= 2
        and words[i - 2] not in (*LEAD_IN, *SUBJECTS, *ADVERBS, "that")
        and not words[i - 2].isdigit()
    ) and any(word in BE or word in FUTURE or is_third(word) for word in words[i + 1 :]):
        return None  # "a carpenter we trust is there"
    plural = verb.act in (Act.COME, Act.MOVE, Act.FIX, Act.CALL, Act.MONEY) and re.match(
        r"(?:two|three|four|five|six|our|the|both|some|\d+) (?:\w+ )?\w+s\b", subject
    )
    if base and plural and word_at(words, i + 1) in PARTICLES:
        return asserted_verb(words, i, verb, subject, body)
    if (
        base
        and previous not in _ACTORS
        and not (previous.endswith("s") and previous not in SUBJECTS and len(previous) > 3)
    ):
        return None
    return asserted_verb(words, i, verb, subject, body)


def fragment(clause: Clause, body: str, before: Sequence[Clause]) -> Verdict:
    """Words without a verb; with a time and a thing they still promise: "PDF to you in ten minutes"."""
    words = tokens_of(body)
    chain = chain_of(before) if clause.lead in JOINING or clause.mark == "," else None
    if (
        chain is not None
        and words
        and (verb := lexicon().get(words[0]))
        and Form.DONE in verb.forms
        and clause.lead in JOINING
    ):
        return replace(act_of(words, 0, verb, "it", body), sort=chain.verdict.sort, goes_on=True)
    if GUESS.search(body) or RULE.search(body):
        return Verdict(Sort.CONDITION)
    if len(words) > 1 and words[0] in ("i", "we", "they", "he", "she", "it"):
        return Verdict(Sort.OTHER)
    if re.search(r"\b(?:shut|closed|off|busy|away)\b", body) and len(words) < 4:
        return Verdict(Sort.OTHER)
    carried = carried_words(before)
    if (
        (clause.mentions or carried)
        and DELIVERABLE.search(body)
        and not any(m.unit is Unit.PAST for m in clause.mentions)
    ) and not re.search(r"\b(?:thanks|thank|sorry|good|no|not|need|ago|until|since|if)\b", body):
        whole = (carried + " " + body).strip() if clause.lead == "" else body
        return Verdict(Sort.FRAGMENT, kind_of(whole, Act.LIGHT, "be", ""), True, carried=bool(carried))
    if (
        words
        and words[0]
        in (
            "done",
            "fixed",
            "sorted",
            "resolved",
            "ready",
            "sent",
            "delivered",
            "refunded",
            "shipped",
            "back",
        )
        and any(DEADLINE.match(clause.text[m.start - clause.start :]) for m in clause.mentions)
    ):
        known = lexicon().get(words[0])
        return Verdict(
            Sort.FRAGMENT,
            PromiseKind.FIX
            if words[0] == "done"
            else kind_of(body, known.act if known else Act.LIGHT, known.base if known else "be", ""),
            True,
        )
    if any(m.unit is Unit.SAME for m in clause.mentions) and before and len(words) > 1:
        return Verdict(Sort.FRAGMENT, kind_of(body, Act.LIGHT, "be", ""), True)
    return Verdict(Sort.FRAGMENT)
