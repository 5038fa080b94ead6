"""What an English verb commits to, and statements that are none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calmdesk.desk.vocabulary import PromiseKind

from ..clauses import Clause, Sort, Verdict
from ..text import wordset
from .cues import (
    ADVERBS,
    DETERMINERS,
    FOREIGN,
    NOBODY,
    NOT_VERBS,
    PARTICLES,
    PLACE,
    SUBJECTS,
    UNTIMED_STEP,
    VAGUE_ACTS,
)
from .kinds import kind_of
from .tokens import is_base, word_at
from .verbs import Act, Form, Verb


def act_of(words: list[str], at: int, verb: Verb, subject: str, body: str) -> Verdict:
    """What a listed verb commits to in its form and place, or why it does not."""
    act, base = verb.act, verb.base
    if act is Act.CALL and not _calls_customer(words, at):
        act = Act.STEP
    if (
        act is Act.TELL
        and base in ("text", "contact", "write", "message")
        and re.search(rf"\b{base}\w* (?:the|them|him|my|our)\b", body)
    ):
        act = Act.STEP
    if (
        base in ("tell", "explain", "say", "admit", "share")
        and not re.search(r"\b(?:let|outcome|news|decision|decided)\b", body)
        and Form.BASE in verb.forms
    ):
        return Verdict(Sort.DATED, kind_of(body, act, base, subject), True)
    if base == "check" and re.search(
        r"\bcheck\w* (?:back|in) (?:with|on) (?:you|u)\b|\bcheck\w* back\b", body
    ):
        act = Act.TELL
    if base == "let" and "know" not in words:
        act = Act.STEP
    if base in ("give", "drop", "fire", "shoot", "send") and re.search(
        r"\b(?:a|another) (?:shout|line|text|message|note|email|e-mail|update|heads[- ]up|answer|ping)\b",
        body,
    ):
        act = Act.TELL
    if base == "follow" and re.search(r"\bfollow(?:ing)? up\b", body):
        act = Act.TELL
    if base == "speak" and re.search(r"\b(?:to|with) you\b", body):
        act = Act.CALL
    if base == "take" and re.search(r"\btak\w+ (?:it |this )?(?:over|up)\b", body):
        act = Act.ARRANGE
    if act is Act.COME and base == "stop" and not re.search(r"\bstop\w* (?:by|over|in|round)\b", body):
        act = Act.FIX
    outcome = act is not Act.STEP and not (act is Act.LIGHT and base == "be" and not PLACE.search(body))
    if base in (
        "give",
        "go",
        "take",
        "have",
        "make",
        "do",
        "keep",
        "see",
        "put",
        "leave",
    ) and UNTIMED_STEP.search(body):
        outcome = False
    if (base == "keep" or base == "put") and re.search(
        r"\b(?:posted|updated|in the loop|informed|up to (?:date|speed)|in the picture|in writing)\b",
        body,
    ):
        return Verdict(Sort.COMMIT, PromiseKind.UPDATE, True)
    kind = kind_of(body, act, base, subject)
    sort = Sort.DATED if base in VAGUE_ACTS else Sort.COMMIT
    return Verdict(sort, kind, outcome or kind is PromiseKind.ESCALATION)


def _calls_customer(words: list[str], at: int) -> bool:
    after = word_at(words, at + 1)
    if after in (
        "the",
        "every",
        "my",
        "our",
        "all",
        "it",
        "them",
        "in",
        "off",
        "out",
        "around",
        "up",
        "a",
        "an",
        "this",
        "that",
    ):
        return bool(
            re.match(
                r"(?:the|a|in) (?:customer|moment|few|couple|bit|hour|half|minute|morning|afternoon|evening|next)",
                " ".join(words[at + 1 : at + 3]),
            )
        )
    return True


def allowed(words: list[str], i: int, body: str) -> Verdict:
    """Whether a permission ("let me", "allow me to") commits to something now or later."""
    if re.search(
        r"\b(?:you|u) (?:can|may|should) (?:safely )?(?:expect|count on|be (?:sure|certain|assured)|rely on|look "
        r"forward to)\b",
        body,
    ):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, "be", ""), True)
    if re.search(r"\b(?:i|we) can (?:promise|confirm|guarantee|assure|tell|say)\b", body):
        return Verdict(Sort.FRAGMENT)
    return Verdict(Sort.OTHER)


def unlisted_verb(words: Sequence[str], i: int, subject: str, body: str, clause: Clause) -> Verdict | None:
    """A verb in no table, by its shape and place: "my wife couriers it to you tonight", "we courier it …"."""
    word, previous = words[i], word_at(words, i - 1)
    if not clause.mentions or i == 0 or word_at(words, i + 1) not in PARTICLES or word in NOT_VERBS:
        return None
    if (
        not re.search(r"\b(?:you|your|yours|ur|u)\b", body)
        or NOBODY.search(subject)
        or FOREIGN.search(subject)
    ):
        return None
    if (
        previous in ("i", "we")
        and word.isalpha()
        and word not in ADVERBS
        and not word.endswith(("ed", "ly"))
        and len(word) > 3
    ):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, word, subject), True)
    third = word.endswith("s") and not word.endswith("ss") and len(word) > 4 and word.isalpha()
    if (
        third
        and previous not in DETERMINERS
        and previous not in PARTICLES
        and i >= 2
        and previous not in ("two", "three", "of", "and", "with", "for")
    ):
        return Verdict(Sort.DATED, kind_of(body, Act.MOVE, word[:-1], subject), True)
    return None


def is_generic(subject: str, body: str) -> bool:
    """ "Refunds land in two days": a plural without an article, and nothing of the customer's."""
    words = subject.split()
    if not words or re.search(r"\b(?:your|ur|yours|you|u)\b", body):
        return False
    return (
        words[-1].endswith("s")
        and not words[-1].endswith("ss")
        and not any(w in DETERMINERS or w in SUBJECTS or w in ("two", "three", "four", "both") for w in words)
    )


# In the present these promise only with the customer in sight: "the shop opens at nine", "your account opens today".
_AIMLESS = wordset("have see run work keep open reopen close begin start stay be need pick make know go")


def asserted_verb(words: list[str], i: int, verb: Verb, subject: str, body: str) -> Verdict:
    """What a verb commits to that is asserted ("do call", "am calling")."""
    rest = words[i + 1 :]
    if any(word in ("was", "were", "had") for word in rest) or (verb.base == "take" and not rest):
        return Verdict(Sort.OTHER)
    if verb.base == "do" and rest and is_base(rest[0]):
        return Verdict(Sort.OTHER)
    if (
        NOBODY.search(subject)
        or is_generic(subject, body)
        or (FOREIGN.search(subject) and not re.search(r"\b(?:our|my|your)\b", subject))
    ):
        return Verdict(Sort.REPORT if is_generic(subject, body) else Sort.OTHER)
    own = re.search(r"\b(?:our|my)\b", subject)
    aimed = re.search(
        r"\b(?:you|your|yours|u|ur|us|this|it|that|the (?:case|file|matter|job))\b", body[len(subject) :]
    )
    if own and not aimed and verb.act in (Act.ARRANGE, Act.LIGHT):
        return Verdict(Sort.OTHER)
    last = subject.split()[-1] if subject else ""
    if last in ("you", "u") and verb.base not in ("get", "receive", "hear"):
        return Verdict(Sort.OTHER)
    if verb.act is Act.STEP or (
        verb.base in _AIMLESS
        and not re.search(
            r"\b(?:back|your|you|ur|u|yours)\b|\bthe (?:case|file|ticket|account|claim|job)\b|\bgo(?:es)? (?:live|"
            r"out|in|on|off|up|to|over|into)\b",
            body,
        )
    ):
        if verb.base == "have" and re.search(
            r"\b(?:done|fixed|redone|ready|sorted|repaired|finished|back)\b", body
        ):
            return Verdict(Sort.DATED, kind_of(body, Act.LIGHT, "have", subject), True)
        return Verdict(Sort.OTHER)
    concerned = re.search(r"\b(?:you|your|yours|u|ur|we|i|our|us|my)\b", body) or re.search(
        r"\b(?:refund|himself|herself|themselves|in writing|back)\b", body
    )
    if not concerned and not re.match(
        r"^(?:the|a|an|one|somebody|someone|two|three|mr|mrs|ms|dr|she|he|they|it|that|those|another|new|different|"
        r"corrected)\b",
        subject,
    ):
        return Verdict(Sort.OTHER)
    if not concerned and last in ("it", "that", "she", "he", "they"):
        return replace(act_of(words, i, verb, subject, body), sort=Sort.DATED, outcome=True)
    return replace(act_of(words, i, verb, subject, body), sort=Sort.DATED, outcome=True)
