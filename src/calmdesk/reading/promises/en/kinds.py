"""What an English promise is about, from its verb and its objects."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from calmdesk.desk.vocabulary import PromiseKind

from ..text import wordset
from .kind_words import (
    APPOINT,
    BACK,
    BOSS,
    CALL,
    CASE,
    FIRST_PERSON,
    HERE,
    MONEY,
    NEW,
    NEWS,
    NOT_NEW,
    OTHER_CALL,
    PAPER,
    PEOPLE,
    PUT_RIGHT,
    RECORD,
    SENT,
    SERVICE,
    SHOWN_ON,
    TAKES,
    WORKS,
)
from .verbs import Act, lexicon


def kind_of(clause: str, act: Act, base: str, subject: str) -> PromiseKind:
    """The kind of a commitment: `act` and `base` are its verb's, `subject` the words before the verb."""
    if _rises(clause, act, subject):
        return PromiseKind.ESCALATION
    if (
        act is Act.CALL
        and re.search(r"\bcall(?:s|ing)? (?:round|around|by|in|over|on (?:you|u)|at your|to your)\b", clause)
        and base == "call"
    ):
        return PromiseKind.VISIT
    if act in (Act.MOVE, Act.LIGHT) and re.search(
        r"\b(?:call|phone|ring|buzz)(?:s|ing)? (?:you|u|your)\b", clause
    ):
        return PromiseKind.CALLBACK
    if act is Act.CALL or (CALL.search(clause) and not OTHER_CALL.search(clause) and act is not Act.FIX):
        return PromiseKind.CALLBACK
    if act is Act.MONEY:
        return PromiseKind.REFUND
    if act is Act.TELL:
        return _told(clause, base)
    if act is Act.REPLACE:
        return PromiseKind.REPLACEMENT
    if act is Act.FIX:
        return _fixed(clause)
    if act is Act.COME:
        return PromiseKind.VISIT if base not in ("come",) else _moved(clause, base, subject)
    if act is Act.ARRANGE:
        return _arranged(clause, base)
    return _moved(clause, base, subject)


# "I'm handing your complaint to Priya": a matter goes into other hands, whoever they are.
_HANDED_ON = re.compile(
    r"\b(?:pass|hand|forward|transfer|bring|send|go)(?:es|ed|ing|s)? (?:on |over |up )?(?:your|the|this|ur) (?:\w+ )"
    r"?(?:case|complaint|matter|dispute|"
    r"appeal|issue|grievance|ticket)(?: on| over| up| across)? to (?!you\b)|\b(?:your|ur) (?:case|complaint|matter|"
    r"dispute|appeal|issue|ticket) "
    r"(?:will |'ll )?(?:goes|go|is going|is passed|is handed|be passed|be handed|be forwarded|be transferred) (?:on |"
    r"over |up |straight )?to (?!you\b)"
)


def _rises(clause: str, act: Act, subject: str) -> bool:
    if act is Act.RISE:
        return True
    if act is Act.MOVE and _HANDED_ON.search(clause):
        return True
    if not BOSS.search(clause):
        return False
    if act in (Act.CALL, Act.TELL, Act.MONEY, Act.REPLACE, Act.COME) and not (
        act is Act.TELL and "hear" in clause and BOSS.search(subject)
    ):
        return False
    if re.search(r"\btak(?:e|es|ing) over\b", clause) and BOSS.search(subject):
        return True
    if BOSS.search(subject):
        return bool(CASE.search(clause[len(subject) :])) and bool(TAKES.search(clause[len(subject) :]))
    return (
        bool(CASE.search(clause))
        and bool(TAKES.search(clause))
        and not re.search(r"\b(?:answer|reply|explanation|decision|letter from) from\b", clause)
    )


def _told(clause: str, base: str) -> PromiseKind:
    if base in ("confirm", "post") and APPOINT.search(clause):
        return PromiseKind.OTHER
    if base in ("post", "share") and PAPER.search(clause):
        return PromiseKind.DOCUMENT
    if re.search(r"\b(?:by phone|phone call)\b", clause):
        return PromiseKind.CALLBACK
    return PromiseKind.UPDATE


def _fixed(clause: str) -> PromiseKind:
    if re.search(r"\b(?:new|replacement)\b", clause) and re.search(
        r"\b(?:install|fit|goes in|put in|instal)", clause
    ):
        return PromiseKind.REPLACEMENT
    if re.search(r"\b(?:reverse|waive)", clause) and MONEY.search(clause):
        return PromiseKind.REFUND
    return PromiseKind.FIX


def _arranged(clause: str, base: str) -> PromiseKind:
    if MONEY.search(clause) and re.search(
        r"\b(?:refund|credit|payment|compensation|money|reimbursement)\b", clause
    ):
        return PromiseKind.REFUND
    if re.search(r"\b(?:replacement|new one|exchange)\b", clause):
        return PromiseKind.REPLACEMENT
    if CALL.search(clause):
        return PromiseKind.CALLBACK
    if base in ("take", "do", "make", "get", "process", "prepare", "draft", "draw") and PAPER.search(clause):
        return PromiseKind.DOCUMENT
    if PEOPLE.search(clause) and re.search(r"\b(?:visit|engineer|technician|plumber|crew|tech)\b", clause):
        return PromiseKind.VISIT
    if re.search(r"\b(?:deliver\w+|courier)\b", clause):
        return PromiseKind.DELIVERY
    if base in ("make", "change", "add", "do", "move") and (WORKS.search(clause) or RECORD.search(clause)):
        return PromiseKind.FIX
    return PromiseKind.OTHER


def _moved(clause: str, base: str, subject: str) -> PromiseKind:
    """Something gets somewhere, or simply is somewhere: the thing decides."""
    if PUT_RIGHT.search(clause):
        return PromiseKind.FIX
    participle = _participle(clause)
    if participle is not None and base in ("have", "get", "be", "see"):
        return participle
    if re.search(
        r"\b(?:get(?:ting)?|come|coming|be|circle|am|'m) (?:right )?back (?:to|with) (?:you|u)\b|\b(?:in touch|hold "
        r"of you|on to you|hear from|reach out|make contact|posted|in the loop|up to date|up to speed|to speak)\b",
        clause,
    ):
        return PromiseKind.UPDATE
    if (
        MONEY.search(clause)
        and BACK.search(clause)
        and not PAPER.search(re.sub(r"\b(?:bill|visa|policy|copy)\b", "", SHOWN_ON.sub("", clause)))
    ):
        return PromiseKind.REFUND
    if (
        base in ("be", "come", "go", "have", "get")
        and SERVICE.search(subject or clause)
        and re.search(
            r"\b(?:back(?! (?:to|with) you)|again|live|restored|up and running|right|working)\b", clause
        )
    ):
        return PromiseKind.FIX
    if _visit(clause, base, subject):
        return PromiseKind.VISIT
    news, paper = NEWS.search(clause), PAPER.search(clause)
    if (
        news
        and paper
        and news.start() < paper.start()
        and re.match(
            r"answer|news|update|decision|verdict|word|repl|response|explanation|outcome|feedback", news[0]
        )
    ):
        return PromiseKind.UPDATE
    if PAPER.search(clause) and not re.search(r"\breplacement\b|\bnew (?:\w+ )?(?:card|ticket)\b", clause):
        return PromiseKind.DOCUMENT
    if MONEY.search(clause) and BACK.search(clause):
        return PromiseKind.REFUND
    if NEWS.search(clause) and base not in ("arrive", "ship", "deliver", "land"):
        return PromiseKind.UPDATE
    if NEW.search(clause) and not NOT_NEW.search(clause):
        return PromiseKind.REPLACEMENT
    return _thing_moved(clause, base, subject)


def _thing_moved(clause: str, base: str, subject: str) -> PromiseKind:
    if APPOINT.search(clause):
        return PromiseKind.OTHER
    if base == "be" and not subject and MONEY.search(clause):
        return PromiseKind.REFUND
    if base in ("be", "have", "go", "come", "get", "see", "put") and WORKS.search(clause):
        return PromiseKind.FIX
    if re.search(r"\b(?:collect|fetch|pick(?:ed|ing|s)? (?:\w+ ){0,3}up)\w*\b", clause) and not re.search(
        r"\b(?:bring|return|back|deliver)\w*\b", clause
    ):
        return PromiseKind.OTHER
    if re.search(r"\b(?:back|with you|door|home|delivered|hands)\b", clause):
        return PromiseKind.DELIVERY
    ours = re.search(
        r"(?:^|\b)(?:i|we|he|she|they|my \w+|our (?:\w+ )?\w+)(?: (?:'ll|will|shall|'m|'re|'s|are|is|am|going to|"
        r"gonna))*$",
        subject,
    )
    if ours and base not in known_bases():
        return PromiseKind.FIX
    if (
        base == "have"
        and ours
        and not re.search(r"\b(?:shipped|sent|delivered|brought|dropped|posted|couriered)\b", clause)
    ):
        return PromiseKind.FIX
    return PromiseKind.OTHER if base in ("see", "keep", "put") else PromiseKind.DELIVERY


@lru_cache(maxsize=1)
def known_bases() -> frozenset[str]:
    """The bases of all listed verbs."""
    return frozenset(verb.base for verb in lexicon().values())


_BRINGS_PEOPLE = wordset("be come get arrive reach go drop show turn send head have call")


def _visit(clause: str, base: str, subject: str) -> bool:
    if base not in _BRINGS_PEOPLE:
        return False
    if base in ("send", "have", "get"):
        if SENT.search(clause):
            return True
        if base != "get" or not PEOPLE.search(subject):
            return False
    if base == "come" and FIRST_PERSON.search(subject):
        return True
    worker = not re.search(r"\b(?:your|new|another|replacement)\b", subject) and re.search(
        r"\b\w+(?:ers|er|ist|ists|or|ors)$", subject.rsplit(" 'll", 1)[0].rsplit(" will", 1)[0].strip()
    )
    someone = PEOPLE.search(subject) or FIRST_PERSON.search(subject) or worker
    if base == "come" and re.search(
        r"\bcom(?:e|es|ing) (?:\w+ )?to (?:see|look|check|fix|measure|inspect|repair|sort|take|do|help|collect|you\b|"
        r"yours)",
        clause,
    ):
        return not re.search(r"\b(?:your|new|replacement)\b", subject)
    if re.search(r"\bwith (?:the |a |your )?(?:correct|new|right|replacement)\b", clause):
        return False
    return (bool(someone) and bool(HERE.search(clause))) or (
        bool(PEOPLE.search(subject)) and not WORKS.search(clause)
    )


_KIND_BY_ACT = {
    Act.FIX: PromiseKind.FIX,
    Act.MONEY: PromiseKind.REFUND,
    Act.REPLACE: PromiseKind.REPLACEMENT,
    Act.RISE: PromiseKind.ESCALATION,
    Act.CALL: PromiseKind.CALLBACK,
}


def _participle(clause: str) -> PromiseKind | None:
    """ "We'll have the zip repaired", "you'll be called": the participle decides."""
    words = re.findall(r"[a-z'-]+", clause)
    for before, word in itertools.pairwise(words):
        verb = lexicon().get(word)
        if (
            verb is None
            and word.endswith("ed")
            and len(word) > 5
            and before not in ("the", "your", "a", "my", "our", "an")
            and re.search(r"\b(?:have|get|getting|be) (?:\w+ )+" + re.escape(word), clause)
        ):
            return PromiseKind.FIX
        if (
            verb is None
            or not word.endswith(("ed", "rung", "fixed", "paid", "done", "sent"))
            or before in ("the", "your", "a", "my", "our")
        ):
            continue
        if verb.act in _KIND_BY_ACT and not (verb.act is Act.CALL and not re.search(r"\byou\b", clause)):
            return _fixed(clause) if verb.act is Act.FIX else _KIND_BY_ACT[verb.act]
        if verb.act is Act.TELL:
            return _told(clause, verb.base)
    return None
