"""How English clauses promise, and how they do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calmdesk.desk.vocabulary import PromiseKind

from ..clauses import Clause, Sort, Verdict
from .cues import (
    CONDITIONAL,
    FIRST_REPORT,
    GUESS,
    NAMES_SOMETHING,
    PLEDGE,
    REPORT,
    RULE,
    SENT_KINDS,
    SUBORDINATE,
    TAG,
    TEMPORAL,
    YOUR_STEP,
)
from .kinds import kind_of
from .verb_group import read_verb_group
from .verbs import Act


def judge(clause: Clause, before: Sequence[Clause]) -> Verdict:
    """What an English clause does, given the ones before it in its sentence."""
    text = clause.bare.strip()
    lead = clause.lead
    if lead == "even if" or (
        lead == "if"
        and re.match(
            r"if (?:not (?:sooner|earlier|before)|anything|needed|necessary|need be|you ask me|that's any)",
            text,
        )
    ):
        return Verdict(Sort.ASIDE)
    if lead in CONDITIONAL or re.match(r"(?:should you|were you to|had you|subject to|on condition)\b", text):
        return Verdict(Sort.CONDITION)
    if lead in TEMPORAL and not (lead == "once" and re.match(r"once (?:again|more)\b", text)):
        if YOUR_STEP.search(text):
            return Verdict(Sort.CUSTOMER)
        return Verdict(Sort.EVENT if lead != "after" else Sort.ASIDE)
    if re.match(
        r"(?:upon|on) (?:receipt|receiving|getting) (?:of )?(?:your|the|it|them)\b|(?:upon|after|on|following) "
        r"your\b",
        text,
    ):
        return Verdict(Sort.CUSTOMER)
    if (
        lead in ("who", "which")
        and "," in clause.mark
        and before
        and re.match(r"(?:who|which)(?:'ll| will| shall)\b", text)
    ):
        return _main(clause, "they " + text[len(lead) :].lstrip(), before)
    if lead in SUBORDINATE and not (
        before and re.search(r"\b(?:promise|guarantee|assure you|sure|confirm)$", before[-1].text.strip())
    ):
        if lead in ("until", "till") and re.match(r"(?:until|till) (?:you|u)\b", text):
            return Verdict(Sort.ASIDE)
        return Verdict(Sort.ASIDE)
    body = text[len(lead) :] if lead and text.startswith(lead) else text
    pledge = PLEDGE.match(body)
    if pledge and pledge.end() < len(body.rstrip()):
        body = " " + body[pledge.end() :]
    return _main(clause, body, before)


def _main(clause: Clause, body: str, before: Sequence[Clause]) -> Verdict:
    verdict = read_verb_group(clause, body, before)
    if verdict.sort not in (Sort.COMMIT, Sort.DATED, Sort.CONDITION):
        if REPORT.search(body) and not FIRST_REPORT.search(body):
            return Verdict(Sort.REPORT)
        if re.search(r"\b(?:i|we) (?:hope|think|believe|guess|reckon|expect|suspect|wish|doubt)\b", body):
            return Verdict(Sort.REPORT)
        return verdict
    if (
        REPORT.search(body)
        and not FIRST_REPORT.search(body)
        and not re.search(r"\bwhat|how|whether|who\b", body)
    ):
        head = body[: body.find(REPORT.search(body)[0])]  # type: ignore[index]
        if not re.search(r"\b(?:will|'ll|shall)\b", head):
            return Verdict(Sort.REPORT)
    if GUESS.search(body) and not re.search(
        r"\b(?:you can|you may|you should) (?:expect|count|be sure|rely)\b|\b(?:i )?could(?:n't)? be\b$", body
    ):
        return Verdict(Sort.OTHER)
    if RULE.search(body):
        return Verdict(Sort.REPORT)
    if _STILL.search(clause.text) or _TAKEN.search(body):
        return Verdict(Sort.OTHER)
    return _with_antecedent(verdict, body, before)


# "Your old card works until Sunday", "the debit leaves your account on the 1st": facts, not favours.
_STILL = re.compile(
    r"\b(?:works?|runs?|keeps?|stays?|lasts?|holds good|is good|counts?)\b[^,;]*\b(?:until|till|through)\b"
)
_TAKEN = re.compile(
    r"\b(?:leaves?|comes? out of|goes out of|is taken from) (?:your|ur) (?:\w+ )?(?:account|card|bank|wages|pay)\b"
)


def _with_antecedent(verdict: Verdict, body: str, before: Sequence[Clause]) -> Verdict:
    """ "I've issued the refund; it'll be on your card by Friday": the thing was named before."""
    if verdict.kind not in (PromiseKind.DELIVERY, PromiseKind.OTHER, PromiseKind.VISIT) or not before:
        return verdict
    who = re.match(r"\W*(it|they|that|he|she|will|should)\b", body)
    if not who:
        return verdict
    named = before[-1].bare
    if who[1] in ("he", "she", "they") and re.search(r"\b(?:courier|driver|rider|postman|delivery)\b", named):
        return replace(verdict, kind=PromiseKind.DELIVERY)
    kind = kind_of(named + " " + body, Act.MOVE, "be", named)
    return replace(verdict, kind=kind) if kind in SENT_KINDS and who[1] not in ("he", "she") else verdict


def noun_kind(text: str) -> PromiseKind | None:
    """What a phrase without a verb names, if it names something that is promised: "the cheque", "engineer"."""
    if not NAMES_SOMETHING.search(text) or re.search(
        r"\b(?:with|for|about|on|of|after|before|from|in) (?:the |my |your |a )?\w*$", text.strip()
    ):
        return None
    if re.search(r"\b(?:engineer|technician|plumber|electrician|visit|crew)\b", text):
        return PromiseKind.VISIT
    return kind_of(text.strip(), Act.LIGHT, "be", "")


def first_person(text: str) -> bool:
    """Whether the writer speaks of what they do themselves."""
    return re.match(r"\W*(?:but |yet |so |and )?(?:i|we|i'll|we'll|i'm|we're)\b", text) is not None


def tag_question(text: str) -> bool:
    """Whether a question is only "…, all right?" after a statement."""
    found = TAG.search(text)
    if found is None:
        return False
    asked = r"\b(?:shall|should|can|could|would|do|does|is|are) (?:i|we|you|that|it)\b"
    return not re.search(asked, text[: found.start()])
