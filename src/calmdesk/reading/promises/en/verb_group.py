"""The verb of an English clause: where it stands and what kind of group it heads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calmdesk.desk.vocabulary import PromiseKind

from ..clauses import Clause, Sort, Verdict
from ..text import wordset
from .acts import act_of, allowed, unlisted_verb
from .auxiliaries import being, future
from .cues import (
    BE,
    FUTURE,
    JOINING,
    LEAD_IN,
    LONGEST,
    MODALS,
    NEG_FUTURE,
    NEGATION,
    PASTS,
    VOW,
)
from .kinds import kind_of
from .present import fragment, present
from .tokens import carried_words, chain_of, is_be_near, is_third, tokens_of, word_at
from .verbs import Act, Form, lexicon


def read_verb_group(clause: Clause, body: str, before: Sequence[Clause]) -> Verdict:
    """What the verbs of a clause commit to, or why they do not."""
    words = tokens_of(body)[:LONGEST]
    if not words:
        return Verdict(Sort.FRAGMENT)
    vow = VOW.search(body)
    if vow and not re.search(r"\b(?:not|n't|cannot|can't|never)\b", body[: vow.start("act")]):
        act = vow["act"].removesuffix("ing") if vow["act"] not in lexicon() else vow["act"]
        known = lexicon().get(act)
        kind = kind_of(body, known.act if known else Act.LIGHT, known.base if known else "be", "we")
        return Verdict(Sort.COMMIT, kind, True)
    if words[:2] == ["let", "me"] and len(words) > 2 and (known := lexicon().get(words[2])) is not None:
        return (
            replace(act_of(words, 2, known, "i", body), sort=Sort.DATED)
            if known.act is not Act.STEP
            else Verdict(Sort.OTHER)
        )
    start = _imperative(words, clause, body, before)
    if start is not None:
        return start
    chain = chain_of(before) if clause.lead in JOINING and words[0] in ("will", "'ll", "shall") else None
    if chain is not None:
        verdict = future(words, 1, "", body)
        if verdict.sort in (Sort.COMMIT, Sort.DATED):
            base = next((word for word in words[1:] if word in lexicon()), "be")
            known = lexicon().get(base)
            kind = kind_of(
                chain.bare.strip() + " " + body,
                known.act if known else Act.LIGHT,
                known.base if known else "be",
                chain.bare,
            )
            return replace(verdict, goes_on=True, kind=kind)
        return verdict
    carried = carried_words(before) if clause.lead in ("", "and") else ""
    if carried and (words[0] in ("'s", "is", "are", "will", "'ll", "shall") or is_third(words[0])):
        head = tokens_of(carried)
        verdict = _scan([*head, *words], carried + " " + body, before, clause, len(head))
        if verdict.sort in (Sort.COMMIT, Sort.DATED):
            return replace(verdict, carried=True)
    return _scan(words, body, before, clause, 0)


def _scan(words: list[str], body: str, before: Sequence[Clause], clause: Clause, first: int) -> Verdict:
    for i in range(first, len(words)):
        word, subject = words[i], " ".join(words[:i])
        if word in FUTURE or (word == "going" and word_at(words, i + 1) == "to" and is_be_near(words, i)):
            if word == "'ll" and i == 0:
                continue
            return future(words, i + (2 if word == "going" else 1), subject, body)
        if word in NEG_FUTURE or word in ("don't", "doesn't", "dont", "doesnt"):
            return Verdict(Sort.OTHER)
        if word in MODALS:
            return allowed(words, i, body)
        if word in PASTS:
            return Verdict(Sort.OTHER)
        if word in ("has", "have", "'ve", "having", "hasn't", "haven't", "ive", "weve"):
            if word == "have" and subject == "":
                continue
            return having(words, i, subject, body, clause)
        if word in BE:
            verdict = being(words, i, subject, body, clause)
            if verdict is not None:
                return verdict
            continue
        verb = lexicon().get(word)
        if verb is None and (unlisted := unlisted_verb(words, i, subject, body, clause)) is not None:
            return unlisted
        if verb is not None and (found := present(words, i, verb, subject, body, before, clause)) is not None:
            return found
    return fragment(clause, body, before)


# Bases that at a clause's head are as likely nouns: "refund by Friday", "visit tomorrow".
_ALSO_NOUNS = wordset(
    "rest have be back work text note report post credit deposit ring answer reply refund "
    "update visit review check exchange "
    "right set second open clear fit order show cover test plan time wire stop function release supply"
)
_AFTER_NOUNS = wordset("by on at in within to will is goes from tomorrow today assured back")


def _imperative(words: list[str], clause: Clause, body: str, before: Sequence[Clause]) -> Verdict | None:
    i = 0
    while i < len(words) - 1 and words[i] in LEAD_IN:
        i += 1
    first = words[i]
    if (
        (first == "expect" or (first == "look" and word_at(words, i + 1) == "for"))
        and re.search(r"\b(?:my|our|from|a|an|the|mr|ms|mrs|his|her|their|it|news|word)\b", body)
        and not re.search(r"\bdon't\b", body)
    ):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, "be", ""), True)
    if re.match(
        r"(?:give (?:me|us)|bear with|hang (?:on|tight|in)|hold (?:on|tight|the line)|leave (?:it|this|that) (?:with|"
        r"to) (?:me|us)|sit tight|trust me|no worries|stay (?:on|with) )",
        " ".join(words[i:]),
    ):
        return Verdict(Sort.FRAGMENT)
    if first in ("allow", "note", "bear", "remember", "beware", "mind"):
        return Verdict(Sort.ORDER)
    if first in ("don't", "dont", "never") or (first == "let" and chain_of(before) is None):
        return Verdict(Sort.FRAGMENT if "worry" in words else Sort.OTHER)
    verb = lexicon().get(first)
    if verb is None or Form.BASE not in verb.forms:
        return None
    joined = clause.lead in JOINING or (
        clause.lead in ("", "so") and clause.mark in (",", "", ":") and bool(before)
    )
    chain = chain_of(before)
    if joined and chain is not None and i <= 1 and words[0] not in ("please", "kindly"):
        base = replace(act_of(words, i, verb, "", body), goes_on=True)
        return replace(base, sort=chain.verdict.sort)
    if first in _ALSO_NOUNS:
        nexts = word_at(words, i + 1)
        if (not nexts and clause.mentions) or nexts in _AFTER_NOUNS:
            return None
    if first == "take" and re.search(r"\btake (?:my|our) word\b", body):
        return Verdict(Sort.FRAGMENT)
    if clause.lead in ("", "so", "and", "then", "but", "or", "&", "plus"):
        return Verdict(Sort.ORDER)
    return None


def having(words: list[str], i: int, subject: str, body: str, clause: Clause) -> Verdict:
    """What a form of "have" with the words after it commits to."""
    if any(word in NEGATION for word in words[i : i + 3]) or words[i].endswith("n't"):
        return Verdict(Sort.OTHER)
    if word_at(words, i + 1) == "to":
        return Verdict(Sort.OTHER)
    if re.search(
        r"\b(?:lined up|booked|scheduled|arranged|reserved|set up|set aside|pencilled|slotted|moved your "
        r"(?:appointment|visit|booking|slot|delivery)|rescheduled|put (?:you|it|this|her|him) (?:down|in)|coming|on "
        r"(?:its|the|his|her) way|leaving)\b",
        body,
    ) and not re.search(r"\byou(?:'ve| have)\b", body):
        kind = kind_of(body, Act.ARRANGE, "book", subject)
        return Verdict(
            Sort.DATED,
            PromiseKind.VISIT if re.search(r"\bcrew|engineer|technician|plumber\b", body) else kind,
            True,
        )
    if (
        clause.mentions
        and not re.search(r"\b(?:you|u)$", subject)
        and re.search(
            r"\b(?:has|have|'ve|'s) (?:the|that|your|this|my|our|it|them|everything|ur) ",
            " ".join(words[i:]) + " ",
        )
    ):
        done = next(
            (
                w
                for w in words[i + 2 :]
                if (w.endswith("ed") and len(w) > 4)
                or ((v := lexicon().get(w)) and Form.DONE in v.forms and Form.BASE not in v.forms)
            ),
            "",
        )
        if done:
            known = lexicon().get(done)
            return Verdict(
                Sort.DATED,
                kind_of(body, known.act if known else Act.FIX, known.base if known else done, subject),
                True,
            )
    asked = re.search(
        r"\b(?:asked|told|got|instructed|arranged for|lined up) [\w ]{1,40}? to ([a-z]+)\b",
        " ".join(words[i + 1 :]),
    )
    if (
        clause.mentions
        and asked
        and (known := lexicon().get(asked[1]))
        and re.search(r"\b(?:you|your)\b", body)
    ):
        return Verdict(Sort.DATED, kind_of(body, known.act, known.base, subject), True)
    if re.search(
        r"\bhas (?:your|this|the) (?:\w+ )?(?:complaint|file|case)\b|\bhave your (?:file|case)\b", body
    ):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, "have", subject), True)
    if re.search(r"\bour (?:\w+ ){1,3}has (?:the|your)\b", " ".join(words)):
        return Verdict(Sort.DATED, kind_of(body, Act.LIGHT, "have", subject), True)
    return Verdict(Sort.OTHER)
