"""How Russian clauses promise, and how they do not (texts come with е for ё)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from calmdesk.desk.vocabulary import PromiseKind

from .clauses import Clause, Sort, Verdict
from .kinds_ru import kind_of, state_kind
from .verbs_ru import Act, Form, Verb, infinitive, is_order, is_past, participle, read
from .when import TIMED, Unit

_B, _E = r"(?<![а-яa-z-])", r"(?![а-яa-z-])"
SEAMS = re.compile(
    r"(?P<mark>;|,(?!\d)|:(?!\d)|[()—]|(?<= )-(?= ))"
    rf"|{_B}(?P<lead>и|а|но|или|либо|зато|поэтому|так что|потому что|так как|поскольку|ведь|хотя|хоть|чтобы|чтоб|если|ежели|коли|иначе|"
    r"при условии|в случае|как только|когда|после того как|пока|который|которая|которое|которые|которую|которого|которой|которых|что|кто|где|куда|"
    r"откуда|сколько|почему|зачем|какой|какая|какое|какие|каким|какую|чем|будто|затем|потом|тогда|как|раз|едва|лишь|словно|причем|притом|да)" + _E
)
ASIDES = frozenset(
    ["потому что", "так как", "поскольку", "ведь", "хотя", "хоть", "чтобы", "чтоб", "пока", "который", "которая", "которое", "которые", "которую", "которого", "которой", "которых", "что", "кто", "где", "куда", "откуда", "сколько", "почему", "зачем", "какой", "какая", "какое", "какие", "каким", "какую", "чем", "будто", "словно", "раз"]
)
CONDITIONAL = frozenset(["если", "ежели", "коли", "иначе", "при условии", "в случае"])
TEMPORAL = frozenset(["как только", "когда", "после того как", "едва", "лишь"])
JOINING = frozenset(["и", "а", "но", "затем", "потом", "да", "тогда", "зато", "поэтому", "так что"])

_WORD = re.compile(r"[а-яa-z]+(?:-[а-яa-z]+)*")
_GUESS = re.compile(
    rf"{_B}(?:бы|б|постара\w+|стара\w+сь|попробу(?:ю|ем)|попытаюсь|попытаемся|надею\w*|надеем\w*|надежд\w*|возможно|может|могу|можем|могут|сможем|смогу|сможет|смогут|можно|мог\w*|наверное|наверно|вероятно|скорее всего|должн[аоы]|должен|по идее|"
    r"планиру\w+|рассчитыва\w+|ориентировочно|предположительно|предварительно|ожидается|ожидаются|ожидаем\w*|хотел\w*|хотелось|хочу|хотим|вряд ли|если получится|кажется|авось|по возможности|думаю|полагаю|"
    r"собира(?:юсь|емся|ется)|вроде|похоже|не уверен\w*|не обещаю|не знаю|не гарантиру\w+|не ручаюсь|глядишь|дай бог|бог даст|как повезет|судя по|по прогноз\w+|прогноз\w*|предлага\w+|"
    r"готов[ыа]? (?:\w+ )?(?:\w+ть|\w+ти)|тьфу-тьфу|либо|как пойдет|желательно|нужно|надо|придется|следует|необходимо|допустим|представьте|теоретически|мечта\w+|верю)" + _E
)
_RULE = re.compile(
    rf"{_B}(?:как правило|обычно|по правилам|всегда|обыкновенно|в среднем|чаще всего|по регламенту|согласно|по договору|по закону|стандартно|зачастую|порой|иногда|в большинстве случаев|у нас принято|"
    r"правил(?:а|ам|ах|у)|регламент\w*|тариф предусматр\w+|по инструкции|возвраты|заявки рассматрива\w+|кажд(?:ый|ую|ое|ого) (?:втор\w+|трет\w+)|по опыту|как положено|норматив\w*|стандартн\w+ срок\w*|срок\w* (?:возврат|рассмотрен)\w+)" + _E
)
_REPORT = re.compile(
    rf"{_B}(?:говорит|говорят|говорил[аи]?|говорили|сказал[аи]?|сказали|пишет, что|пишут, что|пишет что|обещал[аи]?|обещали|обещает|обещают|клянется|клянутся|клялся|утвержда(?:ет|ют)|по словам|считает|считают|думает|думают|уверяет|уверяют|заявил\w*|"
    r"сообщил[аи]?|сообщает|сообщают|цитирую|якобы|мол|дескать|слышал[аи]?|написал[аи]?|грозится|божится|прогнозир\w+|передает|сулит|сулят|намекнул\w*|заверил\w*|заверяет)" + _E
)
_PLEDGE = re.compile(rf"{_B}(?:обещаю|обещаем|гарантирую|гарантируем|клянусь|обязуюсь|обязуемся|даю слово|даем слово|заверяю|подтверждаю|подтверждаем|беремся|берусь|успею|успеем)" + _E)
_INFORMS = re.compile(
    rf"{_B}(?:сообщаем|сообщаю|информируем|информирую|уведомляем|уведомляю|заверяем|уверяю|рады? (?:вам )?сообщить|спешу (?:вам )?сообщить|будьте уверены|поверьте|знайте|главное|хорошая новость|не сомневайтесь)" + _E
)
_OFFER = re.compile(rf"{_B}(?:хотите|хочешь|желаете|давайте|давай|устроит|удобно|удобнее|предпочитаете|не против|скажете|захотите|нужно ли|надо ли|ли)" + _E)
_YOUR_STEP = re.compile(
    rf"{_B}(?:вы|ты|от вас|от тебя|ваш(?:его|ей|их|у|а|е|и)? (?:ответ\w*|оплат\w+|подтвержден\w+|согласи\w+|заявлени\w+|документ\w*|письм\w+|звонк\w+|фото\w*)|(?:оплат|пришл|подтверд|подпиш|запол|выбер|верн|отправ|сообщ|назов|приш|вышл|скин|принес|привез|подад|захот|реш|скаж|дад|перед|заброн|приед|прид)\w*(?:ите|ете|ишь|ешь|дите))" + _E
)
_FOREIGN = re.compile(
    rf"{_B}(?:поставщик\w*|завод\w*|фабрик\w+|авиакомпани\w+|типографи\w+|ростехнадзор\w*|мэри[яи]|администраци\w+ города|полици\w+|прокуратур\w+|застройщик\w*|погод\w+|синоптик\w*|акци[яи]|скидк\w+|распродаж\w+|паром\w*|рейс\w*|поезд\w*|дом переводят|"
    r"пенсионный|роспотребнадзор\w*|налогов\w+|собес\w*|касса закр\w+|магазин (?:открыва|закрыва|работа)\w+|красильня|портал откро\w+|арендодател\w*|сосед\w*|производител\w*|перевозчик\w*)" + _E
)
_NOBODY = re.compile(rf"{_B}(?:никто|ничего|никак\w*|никогда|ничто|некому|нельзя|ни один|ни одна|нет|не будет|не будем|не буду|не будут)" + _E)
_YOU = re.compile(rf"{_B}(?:вам|вас|вами|тебе|тебя|ваш\w*|к вам|твой|твою|тво[еи])" + _E)
_READY = re.compile(rf"{_B}(?:у вас|на карт[еу]|на счет[еу]|на месте|готов\w*|в порядке|в курсе|на почте|на руках|дома|рядом|там|на связи|доступ\w+|работать|исправ\w+|закрыт\w*|решен\w*|у подъезда|у двери|у дверей|ваш\w*|у папы|у мамы)" + _E)
_GLUE = re.compile(r"^(?:по|за|вы|при|от|пере|под|с|у|о|об|до|на|раз|рас|про|из|ис|вос|воз|вз|обо|изо)[а-я]{2,}(?:ем|им|емся|имся|у|ю|ют|ут|ят|ат|ет|ит|ется|ится)$")
_NOT_GLUE = re.compile(
    r"(?:ответ|отчет|привет|пакет|совет|предмет|приоритет|билет|расчет|перерасчет|запрос|сайт|обед|просим|понимаем|понимаю|помним|знаем|видим|вижу|слышу|поним\w+|про\w+им|вашим|нашим|новым|своим|этим|всем|"
    r"поэтому|самому|своему|вашему|нашему|всему|потому|почему|никому|кому|дому|тому|одному|утру|вечеру|среду|субботу|пятницу|карту|почту|минуту|заявку|посылку|доставку|проверку|поломку|поездку|оплату|замену|сумму|разницу|"
    r"причину|ошибку|ссылку|справку|выписку|покупку|накладную|отправку|неделю|помощь|почту|проблему|систему|просьбу|службу|стороной|прошу|приношу|предлагаю|прилагаю|отдел\w*|период\w*|условию|сожалению|указанию|удалит|"
    r"отлично\w*|отдельн\w*|понедельник\w*|обращению|решению|уведомлению|возвращению|состоянию|потребует\w*|позволит|получится|происходит|проходит|стоит|означает|исходит|выходит|подходит|находит\w*|относит\w*|зависит|"
    r"просит|приятного|соответств\w*|предусм\w*|доход\w*|приходит|нахожусь|сожалею|уважаем\w*|поясню|проект\w*|объект\w*|продукт\w*|результат\w*|аппарат\w*|возврат\w*|контракт\w*|депозит\w*|дефицит\w*|осталось|сертификат)$"
)


def judge(clause: Clause, before: Sequence[Clause]) -> Verdict:
    """What a Russian clause does, given the ones before it in its sentence."""
    text, lead = clause.bare.strip(), clause.lead
    if re.search(rf"{_B}(?:пусть|есть|нужен|нужна|нужны){_E}", text) and lead not in ("что", "как"):
        return Verdict(Sort.OTHER)
    if re.search(rf"{_B}(?:представьте|допустим|предположим){_E}", text):
        return Verdict(Sort.REPORT)
    if lead in CONDITIONAL:
        if re.match(r"если (?:честно|что|вдруг что|коротко|по-честному|можно так сказать|не раньше|не секрет|одним словом)\b", text):
            return Verdict(Sort.ASIDE)
        return Verdict(Sort.CONDITION)
    if lead in TEMPORAL or (lead == "как" and _has_future(text)) or re.match(r"(?:после|по) (?:\w+ )?(?:оплат|получени|подписани|согласовани|подтвержден)\w*", text):
        if re.search(rf"{_B}(?:захоч\w+|захот\w+|вздумает\w*)", text):
            return Verdict(Sort.CONDITION)
        if _YOUR_STEP.search(text) or re.search(rf"{_B}(?:дожд|получ)\w+ (?:от вас|ваш)", text):
            return Verdict(Sort.CUSTOMER)
        return Verdict(Sort.EVENT)
    told = lead == "что" and before and (_PLEDGE.search(before[-1].text) or _INFORMS.search(before[-1].text))
    if lead in ASIDES and not told:
        if lead == "раз" and _YOUR_STEP.search(text):
            return Verdict(Sort.ASIDE)
        return Verdict(Sort.ASIDE)
    if lead == "как":
        return Verdict(Sort.REPORT if _RULE.search(text) else Sort.ASIDE)
    body = text[len(lead) :] if lead and text.startswith(lead) else text
    if _OFFER.search(body) and not _PLEDGE.search(body):
        return Verdict(Sort.CONDITION if re.search(rf"{_B}(?:хотите|хочешь|желаете|захотите|скажете){_E}", body) else Sort.OTHER)
    return _main(clause, body, before)


def _main(clause: Clause, body: str, before: Sequence[Clause]) -> Verdict:
    carried = _carried(before) if clause.lead in ("", "и") else ""
    verdict = _verb_group(clause, body, before, carried)
    if carried and verdict.kind:
        verdict = replace(verdict, carried=True)
    if verdict.sort is Sort.CONDITION:
        return verdict
    if verdict.sort in (Sort.COMMIT, Sort.DATED) or verdict.kind:
        if re.search(rf"{_B}не раньше{_E}", body):
            return Verdict(Sort.OTHER)
        if _RULE.search(body):
            return Verdict(Sort.REPORT)
        if _REPORT.search(body):
            return Verdict(Sort.REPORT)
        if _GUESS.search(body):
            return Verdict(Sort.OTHER)
        return verdict
    if _REPORT.search(body) or _RULE.search(body):
        return Verdict(Sort.REPORT)
    if re.search(rf"{_B}(?:надею\w+|думаю|полагаю|возможно|может|наверное|вероятно|кажется|боюсь)" + _E, body):
        return Verdict(Sort.REPORT)
    return verdict


def _has_future(text: str) -> bool:
    for found in _WORD.finditer(text):
        verb = read(found[0])
        if verb is not None and verb.done and verb.form in (Form.FIRST, Form.THIRD, Form.SECOND):
            return True
        if found[0] in ("будет", "будут", "буду", "будем") or (_GLUE.match(found[0]) and not _NOT_GLUE.search(found[0])):
            return True
    return False


def _verb_group(clause: Clause, body: str, before: Sequence[Clause], carried: str) -> Verdict:
    words = [found[0] for found in _WORD.finditer(body)]
    if not words:
        return Verdict(Sort.FRAGMENT)
    if re.search(rf"{_B}не (?:обещаю|обещаем|гарантирую|гарантируем|берусь|беремся|ручаюсь|могу|можем)" + _E, body):
        return Verdict(Sort.REPORT)
    if _PLEDGE.search(body):
        pledged = _pledged(words, body)
        if pledged is not None:
            return pledged
    past = False
    timed_booking = any(m.unit in TIMED for m in clause.mentions) and re.search(rf"{_B}(?:назначен|запланирован|записан)[аоы]?" + _E, body)
    if timed_booking:
        return _unlisted(words, body, clause, before)
    for i, word in enumerate(words):
        if word in _STATES:
            return Verdict(Sort.OTHER)
        if word in ("перезв", "перезвон"):
            return Verdict(Sort.COMMIT, PromiseKind.CALLBACK, True)
        if word in ("буду", "будем", "будет", "будут", "будете"):
            return _will_be(words, i, (carried + " " + body).strip())
        if is_order(word):
            if word in ("ждите", "ожидайте", "ожидай", "жди", "встречайте"):
                return Verdict(Sort.DATED, _expected(body), True) if not re.search(rf"{_B}не {word}", body) else Verdict(Sort.OTHER)
            if _at(words, i - 1) == "не":
                return Verdict(Sort.OTHER)
            return Verdict(Sort.ORDER) if word not in ("подождите", "потерпите", "извините", "простите", "поймите", "смотрите", "дайте", "поверьте") else Verdict(Sort.FRAGMENT)
        verb = read(word)
        if verb is not None and not _noun_like(words, i, verb):
            if _at(words, i - 1) == "не" or _NOBODY.search(body):
                return Verdict(Sort.OTHER)
            return _finite(words, i, verb, body, clause, before, past, carried)
        past = past or is_past(word)
    if (past and not (clause.mentions and _has_future(body))) or _NOBODY.search(body):
        return Verdict(Sort.OTHER)
    return _unlisted(words, body, clause, before)


_STATES = frozenset(
    ["работает", "работают", "действует", "действуют", "хранится", "хранятся", "находится", "лежит", "висит", "стоит", "стоят", "живет", "остается", "остаются", "заканчивается", "истекает", "кончается", "начинается", "продолжается", "длится", "занимает", "составляет", "требует", "зависит", "означает", "значит"]
)


def _at(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _noun_like(words: Sequence[str], i: int, verb: Verb) -> bool:
    """ "ответ", "вид": a noun that a stem and an ending happen to make."""
    word = words[i]
    return word in frozenset(
        ["ответ", "вид", "смотря", "ед", "получат", "ответу", "решу-ка", "новым", "ставим-ка", "чек", "звонят-то", "достав", "отчет", "перевод", "готов", "ид", "несу-ка", "вручу-ка", "стану-ка", "ставят-ли", "даст-ли", "ответим-ли", "должен", "готовят-ли", "стану", "идет-ли", "меня", "меняю-ли", "звоню-ли", "узнаем-ли", "прим", "дав", "замену", "обмену", "поломку", "правку", "отправку", "подмену", "справке", "пометку", "ставку", "вставку", "добавку", "доставку", "продам", "оплату", "выплату", "доплату", "установку", "смену", "отмену"]
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
    if re.search(rf"{_B}звон", body):
        return PromiseKind.CALLBACK
    return state_kind(body)


def _will_be(words: Sequence[str], i: int, body: str) -> Verdict:
    if _at(words, i - 1) == "не" or _NOBODY.search(body):
        return Verdict(Sort.OTHER)
    rest = words[i + 1 :]
    if re.search(rf"{_B}(?:держать|в курсе|в известность)" + _E, body) and re.search(rf"{_B}в (?:курсе|известность)" + _E, body):
        return Verdict(Sort.COMMIT, PromiseKind.UPDATE, True)
    for word in rest:
        act = participle(word) or infinitive(word)
        if act is Act.MOVE and participle(word) and word.startswith("готов"):
            return Verdict(Sort.COMMIT, state_kind(body), True)
        if participle(word):
            assert act is not None
            return Verdict(Sort.COMMIT, kind_of(body, act, word[:5], False), act is not Act.STEP)
    if re.search(rf"{_B}(?:буду|будем|будет) (?:\w+ )?на связи{_E}", body):
        return Verdict(Sort.OTHER)
    if words[i] in ("будете",):
        kept = re.search(rf"{_B}(?:проинформирован|уведомлен|получать|в курсе|извещен)\w*", body)
        return Verdict(Sort.COMMIT, PromiseKind.UPDATE, True) if kept else Verdict(Sort.OTHER)
    for word in rest:
        act = infinitive(word)
        if act is not None and act is not Act.STEP:
            return Verdict(Sort.COMMIT, kind_of(body, act, word[:4], False), True)
        if act is Act.STEP:
            if re.search(rf"{_B}держать (?:\w+ )?в курсе|{_B}в курсе", body):
                return Verdict(Sort.COMMIT, PromiseKind.UPDATE, True)
            fixed = re.search(rf"{_B}(?:снова|опять|вновь){_E}", body)
            return Verdict(Sort.DATED, PromiseKind.FIX if fixed else state_kind(body), words[i] in ("будет", "будут"))
    if _READY.search(body) or _YOU.search(body) or state_kind(body) is not PromiseKind.DELIVERY:
        return Verdict(Sort.DATED, state_kind(body), True)
    if words[i] in ("буду", "будем") and re.search(rf"{_B}(?:у вас|на связи|дома)", body):
        return Verdict(Sort.DATED, PromiseKind.VISIT, True)
    return Verdict(Sort.DATED, state_kind(body), True) if re.search(rf"{_B}(?:аварийн|скорая|мастер|курьер|бригад|ответ|результат|он|она|они)\w*", body) else Verdict(Sort.OTHER)


def _finite(
    words: Sequence[str], i: int, verb: Verb, body: str, clause: Clause, before: Sequence[Clause], past: bool, carried: str
) -> Verdict:
    act, form = verb.act, verb.form
    subject = " ".join(words[:i])
    if form is Form.SECOND:
        return _second(words[i], verb, (carried + " " + body).strip())
    if act is Act.STEP and verb.reflexive and form is Form.THIRD:
        return Verdict(Sort.OTHER)
    if len(words) == 1 and form is Form.THIRD and not before and not clause.mentions:
        return Verdict(Sort.CONDITION)
    if _FOREIGN.search(body) and form is Form.THIRD and not re.search(rf"{_B}наш\w*", body):
        return Verdict(Sort.OTHER)
    if act is Act.WAIT:
        return _waiting(body)
    act, stem = _true_act(words, i, verb, body)
    outcome = act is not Act.STEP
    alone = i == 0 or all(word in ("и", "также", "еще", "сам", "сама", "сразу", "тоже", "потом") for word in words[:i])
    goes_on = alone and (clause.lead in ("и", "да", "") and (clause.lead != "" or clause.mark in (",", ""))) and _same_person(before, verb)
    chain = next((c.bare for c in reversed(before) if c.verdict.sort in (Sort.COMMIT, Sort.DATED)), "") if goes_on else ""
    kind = kind_of((chain + " " + carried + " " + body).strip() if act is Act.MOVE else (carried + " " + body).strip(), act, stem, verb.reflexive)
    if past and form is Form.THIRD and not verb.done:
        return Verdict(Sort.OTHER)
    if not verb.done:
        if words[i] in ("открываемся", "закрываемся", "работаем", "открывается", "закрывается", "начинаем", "заканчиваем"):
            return Verdict(Sort.OTHER)
        if form is Form.THIRD and verb.reflexive and not _YOU.search(body):
            return Verdict(Sort.REPORT)
        if form is Form.THIRD and not _YOU.search(body) and act in (Act.STEP, Act.TELL, Act.ARRANGE):
            return Verdict(Sort.OTHER)
        return Verdict(Sort.DATED, kind, act is not Act.STEP, goes_on)
    if stem == "скаж" and form is Form.FIRST:
        return Verdict(Sort.DATED, kind, outcome, goes_on)
    return Verdict(Sort.COMMIT if outcome else Sort.DATED, kind, outcome, goes_on)


def _true_act(words: Sequence[str], i: int, verb: Verb, body: str) -> tuple[Act, str]:
    """Verbs whose object changes what they do."""
    act, stem = verb.act, verb.stem
    if stem == "верн" and words[i] in ("вернусь", "вернемся", "вернется") and re.search(rf"{_B}(?:к вам|с ответ|с новост|с решени|с информ)\w*", body):
        return Act.TELL, stem
    if stem in ("свяж",) and not verb.reflexive:
        return Act.ARRANGE, stem
    if act is Act.CALL and re.search(rf"{_B}(?:ему|ей|им|художниц\w+|в банк|на склад|поставщик\w*|туда|в \w+ (?:отдел|служб)\w*|мастеру|курьеру|в доставку)" + _E, body) and not _YOU.search(body):
        return Act.STEP, stem
    if stem in ("сброс", "сброш", "кин", "скин") and re.search(rf"{_B}(?:\w+ )?(?:на карту|денег)", body):
        return Act.MOVE, stem
    if stem in ("напиш", "пиш", "скаж") and re.search(rf"{_B}(?:ему|ей|им|на склад|в банк|поставщику)" + _E, body) and not _YOU.search(body):
        return Act.STEP, stem
    if stem in ("провер", "посмотр", "проверя") and re.search(rf"{_B}(?:у вас|мастер|техник|инженер|электрик)\w*", body):
        return Act.COME, "осмотр"
    return act, stem


def _same_person(before: Sequence[Clause], verb: Verb) -> bool:
    for earlier in reversed(before):
        sort = earlier.verdict.sort
        if sort in (Sort.COMMIT, Sort.DATED):
            words = [found[0] for found in _WORD.finditer(earlier.text)]
            forms = {known.form for word in words if (known := read(word)) is not None}
            return verb.form in forms or not forms or "обещаю" in words or "успею" in words
        if sort not in (Sort.FRAGMENT, Sort.ASIDE, Sort.EVENT):
            return False
    return False


def _second(word: str, verb: Verb, body: str) -> Verdict:
    if verb.stem in ("получ", "увид", "услыш", "узнаете") or word in ("узнаете", "получаете"):
        return Verdict(Sort.COMMIT, PromiseKind.UPDATE if verb.stem.startswith("узна") else kind_of(body, Act.MOVE, verb.stem, False), True)
    return Verdict(Sort.OTHER)


def _waiting(body: str) -> Verdict:
    if re.search(rf"{_B}(?:от вас|ваш\w*|накладн\w+|оплат\w+)", body) and not re.search(rf"{_B}ждем вас", body):
        return Verdict(Sort.OTHER)
    if re.search(rf"{_B}(?:ждем|жду|ожидаем|ждет|ждут|будем ждать) (?:\w+ )?вас|{_B}вас (?:\w+ )?(?:ждем|ждет|ждут|жду)", body) and not re.search(rf"{_B}люб", body):
        return Verdict(Sort.DATED, PromiseKind.OTHER, True)
    return Verdict(Sort.OTHER)


def _unlisted(words: Sequence[str], body: str, clause: Clause, before: Sequence[Clause]) -> Verdict:
    """A verb that is in no table, or none at all: a time and the customer make a promise of it."""
    timed = any(m.unit in TIMED for m in (*clause.mentions, *(before[-1].mentions if before and not before[-1].bare.strip(" ,") else ())))
    if "не" in words or "ни" in words:
        return Verdict(Sort.FRAGMENT)
    for i, word in enumerate(words):
        if _GLUE.match(word) and not _NOT_GLUE.search(word) and _at(words, i - 1) != "не":
            first = word.endswith(("ем", "им", "емся", "имся"))
            if (first and len(word) > 5) or _YOU.search(body):
                return Verdict(Sort.DATED, kind_of(body, Act.ARRANGE, word[:5], False), True)
    if (timed or "за вами" in body) and re.search(rf"{_B}(?:у вас|за вами|на карте|на счете|к вам|вам)" + _E, body) and not any(m.unit is Unit.PAST for m in clause.mentions):
        if not re.search(rf"{_B}(?:было|была|был|есть|нужн\w+|надо|можно|лучше|сколько|какой|когда|важнее|удобн\w+|проще|нет)" + _E, body):
            return Verdict(Sort.FRAGMENT, state_kind(body), True)
    done = next((act for word in words if (act := participle(word)) is not None), None)
    booked = re.search(rf"{_B}(?:назначен|запланирован|записан|забронирован|согласован|закреплен|зарезервирован)[аоы]?" + _E, body)
    if timed and booked and any(m.unit not in (Unit.PAST, Unit.NOW) for m in clause.mentions):
        visit = re.search(rf"{_B}(?:мастер|выезд|техник|инженер|визит|замер|бригад|специалист)\w*", body)
        return Verdict(Sort.DATED, PromiseKind.VISIT if visit else state_kind(body) if "доставк" in body else PromiseKind.OTHER, True)
    if done is not None:
        return Verdict(Sort.OTHER)
    if _GUESS.search(body) or _RULE.search(body):
        return Verdict(Sort.CONDITION)
    return Verdict(Sort.FRAGMENT)


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
    return None if kind is PromiseKind.DELIVERY and not re.search(rf"{_B}(?:посылк|заказ|товар|доставк)", text) else kind


def first_person(text: str) -> bool:
    """Whether the writer speaks of what they do themselves: "напишу", "вернем"."""
    return any(verb.form is Form.FIRST for found in _WORD.finditer(text) if (verb := read(found[0])) is not None)


def tag_question(text: str) -> bool:
    """Whether a question is only "…, хорошо?" after a statement."""
    found = re.search(r"[,.;—-]\s*(?:хорошо|ладно|ок|окей|договорились|да|идет)\s*$", text)
    return bool(found) and not _OFFER.search(text[: found.start()])  # type: ignore[union-attr]
