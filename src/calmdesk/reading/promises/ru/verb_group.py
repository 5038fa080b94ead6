"""The verb of a Russian clause, by its form: future, present, participle, order, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from calmdesk.desk.vocabulary import PromiseKind

from ..clauses import Clause, Sort, Verdict
from ..text import wordset
from ..when import TIMED, Unit
from .cues import (
    FOREIGN,
    GLUE,
    GUESS,
    HEAD,
    NOBODY,
    NOT_GLUE,
    PLEDGE,
    READY,
    RULE,
    STATES,
    TAIL,
    WORD,
    YOU,
)
from .kinds import kind_of, state_kind, unlisted_kind
from .verbs import Act, Form, Verb, infinitive, is_order, is_past, participle, read


def has_future(text: str) -> bool:
    """Whether the text holds a verb in the future."""
    for found in WORD.finditer(text):
        verb = read(found[0])
        if verb is not None and verb.done and verb.form in (Form.FIRST, Form.THIRD, Form.SECOND):
            return True
        if found[0] in ("будет", "будут", "буду", "будем") or (
            GLUE.match(found[0]) and not NOT_GLUE.search(found[0])
        ):
            return True
    return False


def read_verb_group(clause: Clause, body: str, before: Sequence[Clause], carried: str) -> Verdict:
    """What the verbs of a clause commit to, or why they do not."""
    words = [found[0] for found in WORD.finditer(body)]
    if not words:
        return Verdict(Sort.FRAGMENT)
    if re.search(
        rf"{HEAD}не (?:обещаю|обещаем|гарантирую|гарантируем|берусь|беремся|ручаюсь|могу|можем)" + TAIL, body
    ):
        return Verdict(Sort.REPORT)
    if PLEDGE.search(body):
        pledged = _pledged(words, body)
        if pledged is not None:
            return pledged
    past = False
    timed_booking = any(m.unit in TIMED for m in clause.mentions) and re.search(
        rf"{HEAD}(?:назначен|запланирован|записан)[аоы]?" + TAIL, body
    )
    if timed_booking:
        return _unlisted(words, body, clause, before)
    for i, word in enumerate(words):
        if word in STATES:
            return Verdict(Sort.OTHER)
        if word in ("перезв", "перезвон"):
            return Verdict(Sort.COMMIT, PromiseKind.CALLBACK, True)
        if word in ("буду", "будем", "будет", "будут", "будете"):
            return _will_be(words, i, (carried + " " + body).strip())
        if is_order(word):
            if word in ("ждите", "ожидайте", "ожидай", "жди", "встречайте"):
                return (
                    Verdict(Sort.DATED, _expected(body), True)
                    if not re.search(rf"{HEAD}не {word}", body)
                    else Verdict(Sort.OTHER)
                )
            if _at(words, i - 1) == "не":
                return Verdict(Sort.OTHER)
            return (
                Verdict(Sort.ORDER)
                if word
                not in (
                    "подождите",
                    "потерпите",
                    "извините",
                    "простите",
                    "поймите",
                    "смотрите",
                    "дайте",
                    "поверьте",
                )
                else Verdict(Sort.FRAGMENT)
            )
        verb = read(word)
        if verb is not None and not _noun_like(words, i, verb):
            if _at(words, i - 1) == "не" or NOBODY.search(body):
                return Verdict(Sort.OTHER)
            return _finite(words, i, verb, body, clause, before, past, carried)
        past = past or is_past(word)
    if (past and not (clause.mentions and has_future(body))) or NOBODY.search(body):
        return Verdict(Sort.OTHER)
    return _unlisted(words, body, clause, before)


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _noun_like(words: Sequence[str], i: int, verb: Verb) -> bool:
    """ "ответ", "вид": a noun that a stem and an ending happen to make."""
    word = words[i]
    return word in wordset(
        "ответ вид смотря ед получат ответу решу-ка новым ставим-ка чек звонят-то достав отчет перевод готов ид "
        "несу-ка вручу-ка стану-ка ставят-ли даст-ли ответим-ли должен готовят-ли стану идет-ли меня меняю-ли "
        "звоню-ли узнаем-ли прим дав замену обмену поломку правку отправку подмену справке пометку ставку вставку "
        "добавку доставку продам оплату выплату доплату установку смену отмену"
    )


def _pledged(words: Sequence[str], body: str) -> Verdict | None:
    for word in words:
        act = infinitive(word)
        if act is not None:
            if act is Act.STEP:
                return Verdict(Sort.DATED, PromiseKind.OTHER, True)
            return Verdict(Sort.COMMIT, kind_of(body, act, word[:4], False), True)
    return None


def _expected(body: str) -> PromiseKind:
    if re.search(rf"{HEAD}звон", body):
        return PromiseKind.CALLBACK
    return state_kind(body)


def _will_be(words: Sequence[str], i: int, body: str) -> Verdict:
    if _at(words, i - 1) == "не" or NOBODY.search(body):
        return Verdict(Sort.OTHER)
    rest = words[i + 1 :]
    if re.search(rf"{HEAD}(?:держать|в курсе|в известность)" + TAIL, body) and re.search(
        rf"{HEAD}в (?:курсе|известность)" + TAIL, body
    ):
        return Verdict(Sort.COMMIT, PromiseKind.UPDATE, True)
    for word in rest:
        act = participle(word) or infinitive(word)
        if act is Act.MOVE and participle(word) and word.startswith("готов"):
            return Verdict(Sort.COMMIT, state_kind(body), True)
        if participle(word):
            assert act is not None
            return Verdict(Sort.COMMIT, kind_of(body, act, word[:5], False), act is not Act.STEP)
    if re.search(rf"{HEAD}(?:буду|будем|будет) (?:\w+ )?на связи{TAIL}", body):
        return Verdict(Sort.OTHER)
    if words[i] in ("будете",):
        kept = re.search(rf"{HEAD}(?:проинформирован|уведомлен|получать|в курсе|извещен)\w*", body)
        return Verdict(Sort.COMMIT, PromiseKind.UPDATE, True) if kept else Verdict(Sort.OTHER)
    for word in rest:
        act = infinitive(word)
        if act is not None and act is not Act.STEP:
            return Verdict(Sort.COMMIT, kind_of(body, act, word[:4], False), True)
        if act is Act.STEP:
            if re.search(rf"{HEAD}держать (?:\w+ )?в курсе|{HEAD}в курсе", body):
                return Verdict(Sort.COMMIT, PromiseKind.UPDATE, True)
            fixed = re.search(rf"{HEAD}(?:снова|опять|вновь){TAIL}", body)
            return Verdict(
                Sort.DATED, PromiseKind.FIX if fixed else state_kind(body), words[i] in ("будет", "будут")
            )
    if READY.search(body) or YOU.search(body) or state_kind(body) is not PromiseKind.DELIVERY:
        return Verdict(Sort.DATED, state_kind(body), True)
    if words[i] in ("буду", "будем") and re.search(rf"{HEAD}(?:у вас|на связи|дома)", body):
        return Verdict(Sort.DATED, PromiseKind.VISIT, True)
    return (
        Verdict(Sort.DATED, state_kind(body), True)
        if re.search(rf"{HEAD}(?:аварийн|скорая|мастер|курьер|бригад|ответ|результат|он|она|они)\w*", body)
        else Verdict(Sort.OTHER)
    )


_HOURS_OF_WORK = wordset(
    "переезжаем уезжаем отдыхаем уходим открываемся закрываемся работаем открывается закрывается начинаем заканчиваем"
)


def _finite(
    words: Sequence[str],
    i: int,
    verb: Verb,
    body: str,
    clause: Clause,
    before: Sequence[Clause],
    past: bool,
    carried: str,
) -> Verdict:
    act, form = verb.act, verb.form
    if form is Form.SECOND:
        return _second(words[i], verb, (carried + " " + body).strip())
    if act is Act.STEP and verb.reflexive and form is Form.THIRD:
        return Verdict(Sort.OTHER)
    if (
        words[i] == "вернется"
        and re.search(rf"{HEAD}(?:коллег\w+|менеджер|он|она|начальни\w+|директор){TAIL}", body)
        and not re.search(rf"{HEAD}(?:с ответ|с новост|с решени|к вам)", body)
    ):
        return Verdict(Sort.OTHER)
    if len(words) == 1 and form is Form.THIRD and not before and not clause.mentions:
        return Verdict(Sort.CONDITION)
    if FOREIGN.search(body) and form is Form.THIRD and not re.search(rf"{HEAD}наш\w*", body):
        return Verdict(Sort.OTHER)
    if act is Act.WAIT:
        return _waiting(body)
    act, stem = _true_act(words, i, verb, body)
    outcome = act is not Act.STEP
    alone = i == 0 or all(
        word in ("и", "также", "еще", "сам", "сама", "сразу", "тоже", "потом") for word in words[:i]
    )
    goes_on = (
        alone
        and (clause.lead in ("и", "да", "") and (clause.lead != "" or clause.mark in (",", "")))
        and _same_person(before, verb)
    )
    chain = (
        next((c.bare for c in reversed(before) if c.verdict.sort in (Sort.COMMIT, Sort.DATED)), "")
        if goes_on
        else ""
    )
    kind = kind_of(
        (chain + " " + carried + " " + body).strip() if act is Act.MOVE else (carried + " " + body).strip(),
        act,
        stem,
        verb.reflexive,
    )
    if past and form is Form.THIRD and not verb.done:
        return Verdict(Sort.OTHER)
    if not verb.done:
        if words[i] in _HOURS_OF_WORK:
            return Verdict(Sort.OTHER)
        if form is Form.THIRD and verb.reflexive and not YOU.search(body):
            return Verdict(Sort.REPORT)
        if form is Form.THIRD and not YOU.search(body) and act in (Act.STEP, Act.TELL, Act.ARRANGE):
            return Verdict(Sort.OTHER)
        return Verdict(Sort.DATED, kind, act is not Act.STEP, goes_on)
    if stem == "скаж" and form is Form.FIRST:
        return Verdict(Sort.DATED, kind, outcome, goes_on)
    return Verdict(Sort.COMMIT if outcome else Sort.DATED, kind, outcome, goes_on)


def _true_act(words: Sequence[str], i: int, verb: Verb, body: str) -> tuple[Act, str]:
    """Verbs whose object changes what they do."""
    act, stem = verb.act, verb.stem
    if (
        stem == "верн"
        and words[i] in ("вернусь", "вернемся", "вернется")
        and re.search(rf"{HEAD}(?:к вам|с ответ|с новост|с решени|с информ)\w*", body)
    ):
        return Act.TELL, stem
    if stem in ("свяж",) and not verb.reflexive:
        return Act.ARRANGE, stem
    if (
        act is Act.CALL
        and re.search(
            rf"{HEAD}(?:ему|ей|им|художниц\w+|в банк|на склад|поставщик\w*|туда|в \w+ (?:отдел|служб)\w*|мастеру|"
            rf"курьеру|в доставку)" + TAIL,
            body,
        )
        and not YOU.search(body)
    ):
        return Act.STEP, stem
    if stem in ("сброс", "сброш", "кин", "скин") and re.search(rf"{HEAD}(?:\w+ )?(?:на карту|денег)", body):
        return Act.MOVE, stem
    if (
        stem in ("напиш", "пиш", "скаж")
        and re.search(rf"{HEAD}(?:ему|ей|им|на склад|в банк|поставщику)" + TAIL, body)
        and not YOU.search(body)
    ):
        return Act.STEP, stem
    if stem in ("провер", "посмотр", "проверя") and re.search(
        rf"{HEAD}(?:у вас|мастер|техник|инженер|электрик)\w*", body
    ):
        return Act.COME, "осмотр"
    return act, stem


def _same_person(before: Sequence[Clause], verb: Verb) -> bool:
    for earlier in reversed(before):
        sort = earlier.verdict.sort
        if sort in (Sort.COMMIT, Sort.DATED):
            words = [found[0] for found in WORD.finditer(earlier.text)]
            forms = {known.form for word in words if (known := read(word)) is not None}
            return verb.form in forms or not forms or "обещаю" in words or "успею" in words
        if sort not in (Sort.FRAGMENT, Sort.ASIDE, Sort.EVENT):
            return False
    return False


def _second(word: str, verb: Verb, body: str) -> Verdict:
    if verb.stem in ("получ", "увид", "услыш", "узнаете") or word in ("узнаете", "получаете"):
        return Verdict(
            Sort.COMMIT,
            PromiseKind.UPDATE if verb.stem.startswith("узна") else kind_of(body, Act.MOVE, verb.stem, False),
            True,
        )
    return Verdict(Sort.OTHER)


def _waiting(body: str) -> Verdict:
    if re.search(rf"{HEAD}(?:от вас|ваш\w*|накладн\w+|оплат\w+)", body) and not re.search(
        rf"{HEAD}ждем вас", body
    ):
        return Verdict(Sort.OTHER)
    if re.search(
        rf"{HEAD}(?:ждем|жду|ожидаем|ждет|ждут|будем ждать) (?:\w+ )?вас|{HEAD}вас (?:\w+ )?(?:ждем|ждет|ждут|жду)",
        body,
    ) and not re.search(rf"{HEAD}люб", body):
        return Verdict(Sort.DATED, PromiseKind.OTHER, True)
    return Verdict(Sort.OTHER)


def _unlisted(words: Sequence[str], body: str, clause: Clause, before: Sequence[Clause]) -> Verdict:
    """A verb that is in no table, or none at all: a time and the customer make a promise of it."""
    timed = any(
        m.unit in TIMED
        for m in (
            *clause.mentions,
            *(before[-1].mentions if before and not before[-1].bare.strip(" ,") else ()),
        )
    )
    if "не" in words or "ни" in words:
        return Verdict(Sort.FRAGMENT)
    for i, word in enumerate(words):
        if GLUE.match(word) and not NOT_GLUE.search(word) and _at(words, i - 1) != "не":
            first = word.endswith(("ем", "им", "емся", "имся"))
            if (first and len(word) > 5) or YOU.search(body):
                return Verdict(Sort.DATED, unlisted_kind(body, first), True)
    if (
        (timed or "за вами" in body)
        and re.search(rf"{HEAD}(?:у вас|за вами|на карте|на счете|к вам|вам)" + TAIL, body)
        and not any(m.unit is Unit.PAST for m in clause.mentions)
    ) and not re.search(
        rf"{HEAD}(?:было|была|был|есть|нужн\w+|надо|можно|лучше|сколько|какой|когда|важнее|удобн\w+|проще|нет)"
        + TAIL,
        body,
    ):
        return Verdict(Sort.FRAGMENT, state_kind(body), True)
    done = next((act for word in words if (act := participle(word)) is not None), None)
    booked = re.search(
        rf"{HEAD}(?:назначен|запланирован|записан|забронирован|согласован|закреплен|зарезервирован)[аоы]?"
        + TAIL,
        body,
    )
    if timed and booked and any(m.unit not in (Unit.PAST, Unit.NOW) for m in clause.mentions):
        visit = re.search(rf"{HEAD}(?:мастер|выезд|техник|инженер|визит|замер|бригад|специалист)\w*", body)
        return Verdict(
            Sort.DATED,
            PromiseKind.VISIT if visit else state_kind(body) if "доставк" in body else PromiseKind.OTHER,
            True,
        )
    if done is not None:
        return Verdict(Sort.OTHER)
    if GUESS.search(body) or RULE.search(body):
        return Verdict(Sort.CONDITION)
    return Verdict(Sort.FRAGMENT)
