"""How Russian clauses promise, and how they do not (texts come with е for ё)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calmdesk.desk.vocabulary import PromiseKind

from ..clauses import Clause, Sort, Verdict
from .cues import (
    ASIDES,
    CONDITIONAL,
    GUESS,
    HEAD,
    INFORMS,
    OFFER,
    PLEDGE,
    REPORT,
    RULE,
    TAIL,
    TEMPORAL,
    WORD,
    YOUR_STEP,
)
from .kinds import state_kind
from .verb_group import has_future, read_verb_group
from .verbs import Form, read


def judge(clause: Clause, before: Sequence[Clause]) -> Verdict:
    """What a Russian clause does, given the ones before it in its sentence."""
    text, lead = clause.bare.strip(), clause.lead
    if re.search(rf"{HEAD}(?:пусть|есть|нужен|нужна|нужны){TAIL}", text) and lead not in ("что", "как"):
        return Verdict(Sort.OTHER)
    if re.search(rf"{HEAD}(?:представьте|допустим|предположим){TAIL}", text):
        return Verdict(Sort.REPORT)
    if lead in CONDITIONAL:
        if re.match(
            r"если (?:честно|что|вдруг что|коротко|по-честному|можно так сказать|не раньше|не секрет|одним словом)\b",
            text,
        ):
            return Verdict(Sort.ASIDE)
        return Verdict(Sort.CONDITION)
    if (
        lead in TEMPORAL
        or (lead == "как" and has_future(text))
        or re.match(r"(?:после|по) (?:\w+ )?(?:оплат|получени|подписани|согласовани|подтвержден)\w*", text)
    ):
        if re.search(rf"{HEAD}(?:захоч\w+|захот\w+|вздумает\w*)", text):
            return Verdict(Sort.CONDITION)
        if YOUR_STEP.search(text) or re.search(rf"{HEAD}(?:дожд|получ)\w+ (?:от вас|ваш)", text):
            return Verdict(Sort.CUSTOMER)
        return Verdict(Sort.EVENT)
    told = lead == "что" and before and (PLEDGE.search(before[-1].text) or INFORMS.search(before[-1].text))
    if lead in ASIDES and not told:
        if lead == "раз" and YOUR_STEP.search(text):
            return Verdict(Sort.ASIDE)
        return Verdict(Sort.ASIDE)
    if lead == "как":
        return Verdict(Sort.REPORT if RULE.search(text) else Sort.ASIDE)
    body = text[len(lead) :] if lead and text.startswith(lead) else text
    if OFFER.search(body) and not PLEDGE.search(body):
        return Verdict(
            Sort.CONDITION
            if re.search(rf"{HEAD}(?:хотите|хочешь|желаете|захотите|скажете){TAIL}", body)
            else Sort.OTHER
        )
    return _main(clause, body, before)


def _main(clause: Clause, body: str, before: Sequence[Clause]) -> Verdict:
    carried = _carried(before) if clause.lead in ("", "и") else ""
    verdict = read_verb_group(clause, body, before, carried)
    if carried and verdict.kind:
        verdict = replace(verdict, carried=True)
    if verdict.sort is Sort.CONDITION:
        return verdict
    if verdict.sort in (Sort.COMMIT, Sort.DATED) or verdict.kind:
        if re.search(rf"{HEAD}не раньше{TAIL}", body):
            return Verdict(Sort.OTHER)
        if RULE.search(body):
            return Verdict(Sort.REPORT)
        if REPORT.search(body):
            return Verdict(Sort.REPORT)
        if GUESS.search(body):
            return Verdict(Sort.OTHER)
        return verdict
    if REPORT.search(body) or RULE.search(body):
        return Verdict(Sort.REPORT)
    if re.search(
        rf"{HEAD}(?:надею\w+|думаю|полагаю|возможно|может|наверное|вероятно|кажется|боюсь)" + TAIL, body
    ):
        return Verdict(Sort.REPORT)
    return verdict


def _carried(before: Sequence[Clause]) -> str:
    """The words without a verb just before: "второй чек, 6700, …"."""
    words = ""
    for earlier in reversed(before):
        if earlier.verdict.sort is Sort.ASIDE:
            continue
        if earlier.verdict.sort is not Sort.FRAGMENT or earlier.verdict.kind:
            break
        words = earlier.bare.strip() + " " + words
        if earlier.lead in ("но", "а"):
            break
    return words.strip()


def noun_kind(text: str) -> PromiseKind | None:
    """What a phrase without a verb names, if it names something that is promised: "акт", "мастер"."""
    if re.match(r"\W*(?:он|она|они|оно|я|мы|вы|это|то)(?![а-я])", text):
        return None
    kind = state_kind(text)
    return (
        None
        if kind is PromiseKind.DELIVERY and not re.search(rf"{HEAD}(?:посылк|заказ|товар|доставк)", text)
        else kind
    )


def first_person(text: str) -> bool:
    """Whether the writer speaks of what they do themselves: "напишу", "вернем"."""
    return any(
        verb.form is Form.FIRST for found in WORD.finditer(text) if (verb := read(found[0])) is not None
    )


def tag_question(text: str) -> bool:
    """Whether a question is only "…, хорошо?" after a statement."""
    found = re.search(r"[,.;—-]\s*(?:хорошо|ладно|ок|окей|договорились|да|идет)\s*$", text)
    return bool(found) and not OFFER.search(text[: found.start()])  # type: ignore[union-attr]
