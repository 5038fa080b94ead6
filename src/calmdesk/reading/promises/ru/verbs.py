"""Russian verbs of promising by their stems, and the forms their endings show (texts come with е for ё)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from ..text import wordset


class Act(StrEnum):
    """What a verb does, before its objects are looked at."""

    CALL = "call"
    TELL = "tell"
    MONEY = "money"
    REPLACE = "replace"
    MOVE = "move"
    COME = "come"
    FIX = "fix"
    RISE = "rise"
    ARRANGE = "arrange"
    STEP = "step"
    WAIT = "wait"


class Form(StrEnum):
    """What a word's ending says."""

    FIRST = "first"  # позвоню, позвоним
    THIRD = "third"  # позвонит, позвонят
    SECOND = "second"  # получите
    PAST = "past"
    INFINITIVE = "infinitive"
    PARTICIPLE = "participle"  # отправлен
    IMPERATIVE = "imperative"


class Verb(NamedTuple):
    """A word read as a verb form: `done` when the aspect is perfective, so that its non-past is the future."""

    act: Act
    stem: str
    form: Form
    done: bool
    reflexive: bool


# Perfective: the non-past forms speak of the future.
DONE: dict[Act, str] = {
    Act.CALL: "позвон перезвон созвон отзвон дозвон набер прозвон звякн вызвон брякн",
    Act.TELL: "сообщ напиш отпиш ответ отвеч расскаж скаж извещ извест уведом проинформиру долож отчита разъясн поясн "
    "объясн озвуч маякн черкн чиркн отзов свяж подтверд подтверж сориентиру объяв обозн распиш откликн ознаком "
    "осведом просигнал прокомментиру отреагиру доведем доведу известим допиш подскаж отчитаемся",
    Act.MONEY: "возмещ возмест компенсиру выплач выплат зачисл перечисл начисл доплач доплат оплач оплат рассчита спиш",
    Act.REPLACE: "замен помен обмен перевыпуст перевыпущ поменя обменя перевыпустим перешь сошь пересошь",
    Act.MOVE: "отправ отправл вышл пришл перешл скин сброс сброш кин закин подкин вруч привез завез подвез довез отвез "
    "достав "
    "доставл принес занес отнес поднес вынес получ поступ направ направл предостав предоставл опублику выгруз выгруж "
    "прикреп распечата оформ подпиш упад окаж дойд прилет прибуд полож верн перевед перебро переброс выпиш составл "
    "составим "
    "изготов отсканиру дошл переправ отгруз отгруж довезем притащ подброс передад забер увид услыш узнаете загруз "
    "выш вылож уйд окажется прикреплю вшл возврат вышлем закаж завед упаку собер вернем уедет приш",
    Act.COME: "прид приед подойд зайд подъед заед выед заглян подъедем навед навест посет явит яв нагрян "
    "прибуд прибуде "
    "заскоч забеж осмотр обслед замер подскоч подтян подрул пожалу",
    Act.FIX: "измен изменя передела исправ исправл почин устран устрян восстанов восстановл отремонтиру отремонт "
    "разблокиру размороз разморож включ подключ настро налад "
    "поправ поправл пересчита сним отмен заработа реш урегулиру обнов обновл внес перенес закро откро активиру "
    "аннулиру "
    "удал выправ выправл ускор установ установл постав поставл встав вставл навес перевес закреп закрепл задела "
    "прочист "
    "добав добавл очист переустанов запуст запущ сдела доработа подправ перекро разблок почист отстир продл "
    "скорректиру "
    "поменяется стан перестел настел заштопа отглад перебер выстав привед довезу-ка вычи окрас покрас вычист отмо "
    "уберем убер приклей подклей подкле приклеи подтян склеи заклеи залата "
    "загерметизир перепрошь выполн пропиш осущ ликвидиру проведу нормализу перекрас дотян разбло перенастро довед "
    "растамож",
    Act.RISE: "эскалиру привлек возьм займ перейд подключится назнач перепоруч вынесу вынесем",
    Act.ARRANGE: "заброниру запиш остав оставл подерж вызов организу провед выдел зарезервиру закупор отлож "
    "рассмотр подготов подготовл приготов начн проконсультиру встрет встреч обсуд выйд сыгра покаж прочт уступ "
    "обслуж "
    "поблагодар учт договор назначат разыщ придержу придерж сохран подар одобр утверд объед посел пересел "
    "подбер примет прим проведем простав отработа завершу заверш законч допуск начисл остан произвед",
    Act.STEP: "уточн узна провер посмотр глян спрош спрос выясн разузна поищ найд поговор разбер попрош попрос напомн "
    "подума отслед отслеж дожд съезж свер изуч запрос запрош подним прослуш попроб постара вник проконтролиру дерн "
    "поторопл потороп выслуш проанализиру пну подгон дав успе поинтересу прослед прослеж перечита сним-ка возвращусь",
}
# Imperfective: the present may stand for the future only beside a time.
ONGOING: dict[Act, str] = {
    Act.CALL: "звон набира перезванива",
    Act.TELL: "пиш сообща отвеча информиру уведомля рассказыва",
    Act.MONEY: "возвраща перечисля выплачива зачисля компенсиру возмеща",
    Act.REPLACE: "меня заменя",
    Act.MOVE: "отправля высыла присыла пересыла привоз достав-ля доставля вруча выда-е отда-е переда-е "
    "отда переда выда "
    "везе вез нес прихо прино "
    "направля скидыва отгружа приезж подвоз возвращ сбрасыва",
    Act.COME: "приезжа прихо выезжа заезжа еде ед ид приход заход",
    Act.FIX: "исправля чин устраня восстанавлива подключа настраива снима отменя включа обновля ремонтиру устанавлива "
    "открыва "
    "закрыва став запуска сним-ае",
    Act.RISE: "бер переход эскалиру-е передае привлека назнача подключа-ет занима",
    Act.ARRANGE: "бронир держ записыва провод оставля организу-ем рассматрива готов начина вызыва",
    Act.STEP: "уточня узна-е проверя смотр спрашива выясня ищ разбира поторапли слеж контролиру",
    Act.WAIT: "жд ожида",
}
_DAT = {"да": Act.MOVE, "отда": Act.MOVE, "переда": Act.MOVE, "выда": Act.MOVE, "созда": Act.ARRANGE, "сда": Act.MOVE,
        "разда": Act.MOVE, "воссозда": Act.FIX, "прода": Act.ARRANGE}  # fmt: skip
_DAT_END = {
    "м": Form.FIRST,
    "дим": Form.FIRST,
    "ст": Form.THIRD,
    "дут": Form.THIRD,
    "дите": Form.SECOND,
    "шь": Form.SECOND,
    "стся": Form.THIRD,
    "дутся": Form.THIRD,
}
_FIRST_OF_VERBS = wordset("у ю лю ем им емся имся усь юсь люсь")
_THIRD = wordset("ет ит ут ют ат ят ется ится утся ются атся ятся лет лят лют йдет йдут йдем")
_SECOND = wordset("ете ите етесь итесь ешь ишь")
_PAST = re.compile(r".{2,}(?:[аеиоуыюя]|[зспкгй]|ш[её])?л(?:а|о|и|ся|ась|ось|ись)?$")
_PAST_SHORT = re.compile(
    r"^(?:при|у|вы|за|по|до|под|про|на|пере|с|от|об|раз)?(?:шел|шла|шло|шли|нес|вез|смог|помог|мог)(?:ся|а|ла|ли|ло)"
    r"?$"
)
_NOT_PAST = wordset(
    "стол отдел если или файл канал дела дело персонал сигнал оригинал материал филиал портал терминал журнал счета "
    "числа числ школа сила стекла зала зал мыло масло тепло начало начала сначала около зло угол пол пола тыл стул "
    "модул укол протокол генерал металл балл баллы мала мало было-бы весело тело тела правило правила сала мол "
    "дал-бы поломал села издали вдали посёлки сели недели неделя земли дали-бы светло чуть-ли ли вполне ель али цели "
    "цел цела"
)
_PARTICIPLE = re.compile(
    r".{3,}(?:ен|ена|ено|ены|ан|ана|ано|аны|ян|яна|яно|яны|ят|ята|ято|яты|ут|ута|уто|уты|ыт|ыта|ыто|ыты|ит|ита|ито|"
    r"иты)$"
)
PARTICIPLES: dict[Act, str] = {
    Act.MONEY: "возвращен возмещен компенсирован выплачен зачислен перечислен переведен начислен оплачен погашен",
    Act.MOVE: "отправлен выслан доставлен передан вручен направлен предоставлен оформлен выдан опубликован привезен "
    "прислан подготовлен составлен подписан отгружен готов",
    Act.FIX: "исправлен устранен восстановлен отремонтирован разблокирован включен подключен настроен пересчитан снят "
    "отменен решен обновлен внесен закрыт открыт активирован аннулирован удален установлен починен урегулирован "
    "запущен выполнен скорректирован произведен сделан",
    Act.REPLACE: "заменен обменян перевыпущен",
    Act.TELL: "сообщен уведомлен проинформирован извещен дан осведомлен",
    Act.RISE: "эскалирован назначен",
    Act.ARRANGE: "рассмотрен забронирован организован проведен принят зарезервирован",
    Act.STEP: "проверен уточнен изучен",
}


@lru_cache(maxsize=1)
def _stems() -> dict[str, tuple[Act, bool]]:
    table: dict[str, tuple[Act, bool]] = {}
    for done, acts in ((True, DONE), (False, ONGOING)):
        for act, stems in acts.items():
            for stem in stems.split():
                if "-" not in stem:
                    table.setdefault(stem, (act, done))
    return table


@lru_cache(maxsize=1)
def _short_participles() -> dict[str, Act]:
    table: dict[str, Act] = {}
    for act, words in PARTICIPLES.items():
        for word in words.split():
            for end in ("", "а", "о", "ы"):
                table[word + end] = act
            if word.endswith("ен"):
                table.setdefault(word[:-2] + "ена", act)
    return table


def participle(word: str) -> Act | None:
    """What a short participle or its kin does: "отправлен", "возвращены"."""
    return _short_participles().get(word)


@lru_cache(maxsize=4096)
def read(word: str) -> Verb | None:
    """The verb form that a word is, or None. Unknown verbs are none; see `grammar_ru` for those."""
    for stem, act in _DAT.items():
        if word.startswith(stem) and word[len(stem) :] in _DAT_END:
            return Verb(act, stem, _DAT_END[word[len(stem) :]], True, False)
    table = _stems()
    for cut in range(len(word) - 1, 1, -1):
        known = table.get(word[:cut])
        if known is None:
            continue
        form = _form(word[cut:])
        if form is not None:
            return Verb(known[0], word[:cut], form, known[1], word.endswith(("ся", "сь")))
    return None


def _form(end: str) -> Form | None:
    if end in _FIRST_OF_VERBS:
        return Form.FIRST
    if end in _THIRD:
        return Form.THIRD
    if end in _SECOND:
        return Form.SECOND
    return None


# Infinitives whose stem no future form shows.
_ROOTS: dict[str, Act] = {
    "верн": Act.MONEY,
    "написа": Act.TELL,
    "сказа": Act.TELL,
    "рассказа": Act.TELL,
    "связа": Act.TELL,
    "присла": Act.MOVE,
    "высла": Act.MOVE,
    "набра": Act.CALL,
    "прий": Act.COME,
    "приеха": Act.COME,
    "отда": Act.MOVE,
    "переда": Act.MOVE,
    "да": Act.TELL,
    "снять": Act.FIX,
}


@lru_cache(maxsize=4096)
def infinitive(word: str) -> Act | None:
    """The act of an infinitive, by its stem: "позвонить", "отправить"; STEP where it is not known."""
    if not re.fullmatch(r".{2,}(?:ть|ти|чь|ться|тись)", word) or word.endswith(
        ("ость", "есть", "часть", "пять", "опять", "ночь", "дочь", "почти", "сеть", "память", "очередь")
    ):
        return None
    table = _stems()
    for cut in range(len(word) - 2, 2, -1):
        known = table.get(word[:cut])
        if known is not None:
            return known[0]
    for root, act in _ROOTS.items():
        if word.startswith(root):
            return act
    return Act.STEP


def is_past(word: str) -> bool:
    """Whether a word looks like a past tense: "отправили", "пришёл"."""
    if word in _NOT_PAST or len(word) < 3:
        return False
    return (bool(_PAST.match(word)) and not word.endswith(("ель", "оль"))) or bool(_PAST_SHORT.match(word))


_ORDER = re.compile(r".{2,}(?:йте|йтесь|ьте|ьтесь)$")
_ORDERS = wordset(
    "пришлите вышлите напишите позвоните скажите подскажите назовите проверьте перезагрузите принесите привезите "
    "приходите приезжайте заберите захватите держите подождите потерпите извините простите поймите отправьте скиньте "
    "сфотографируйте выберите нажмите зайдите откройте закройте включите выключите наберите смотрите посмотрите "
    "уточните продиктуйте сообщите ответьте подтвердите оплатите заполните подпишите приложите загрузите оставьте "
    "верните берите возьмите положите попросите обратитесь свяжитесь подойдите подъезжайте распечатайте сохраните "
    "запишите подайте сдайте передайте дайте пейте спите ждите звоните пишите решите выйдите ложитесь опишите "
    "расскажите укажите попробуйте освободите уберите снимите поставьте купите закажите учтите имейте"
)


def is_order(word: str) -> bool:
    """Whether a word tells the customer to do something: "пришлите", "подождите"."""
    return word in _ORDERS or bool(_ORDER.match(word))
