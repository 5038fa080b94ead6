"""What a Russian promise is about, from its verb and its objects."""

from __future__ import annotations

import re

from calmdesk.desk.vocabulary import PromiseKind

from .kind_words import (
    ACCOUNT,
    APPOINT,
    BOSS,
    CALL,
    CASE,
    COURIER,
    FORE,
    MONEY,
    NEW,
    NEWS,
    PAPER,
    PERSON,
    TAKES,
    THING,
    WORKS,
)
from .verbs import Act


def kind_of(clause: str, act: Act, stem: str, reflexive: bool) -> PromiseKind:
    """The kind of a commitment whose verb does `act`, from the words of its clause."""
    clause = ACCOUNT.sub(" ", clause)
    if _rises(clause, act):
        return PromiseKind.ESCALATION
    if act is Act.CALL or (CALL.search(clause) and act in (Act.TELL, Act.WAIT, Act.MOVE)):
        return PromiseKind.CALLBACK
    if act is Act.TELL:
        return PromiseKind.UPDATE
    if act is Act.MONEY:
        return (
            PromiseKind.FIX if stem in ("спиш", "начисл") and not MONEY.search(clause) else PromiseKind.REFUND
        )
    if act is Act.REPLACE:
        return PromiseKind.REPLACEMENT
    if act is Act.FIX:
        return _fixed(clause, stem)
    if act is Act.ARRANGE or act is Act.RISE:
        return _arranged(clause, stem)
    if act is Act.COME:
        return _came(clause, stem)
    if act is Act.STEP:
        return PromiseKind.VISIT if re.search(rf"{FORE}у вас{FORE}?", clause) else PromiseKind.OTHER
    return _moved(clause, stem, reflexive)


# "Передам вашу жалобу Петрову", "делом займётся Марина": a matter goes into other hands, whoever they are.
_HANDED_ON = re.compile(
    rf"{FORE}(?:переда(?:м|дим|ст|дут|ю|ем)|направ(?:лю|им|ит|ят)|отнес\w+|уйд[еу]т|перейд[еу]т|займ[еу]тся|"
    rf"возьм[еу]т|подключится)(?![а-я])"
)
_MATTER = re.compile(
    rf"{FORE}(?:жалоб[ауы]|обращени[ея]м?|претензи[яю]|дел[оа]м?|тикет|вопрос(?:ом)?|заявк[ау]|ситуаци[яюе]й?|спор)"
    rf"(?![а-я])"
)


def unlisted_kind(clause: str, first_person: bool) -> PromiseKind:
    """The kind of a verb in no table: people come, things are mended, unless the words say otherwise."""
    if _rises(clause, Act.ARRANGE):
        return PromiseKind.ESCALATION
    kind = state_kind(clause)
    if kind in (PromiseKind.REFUND, PromiseKind.DOCUMENT, PromiseKind.REPLACEMENT, PromiseKind.OTHER):
        return kind
    here = re.search(rf"{FORE}(?:у вас|к вам|на дом|на месте)(?![а-я])", clause)
    if kind is PromiseKind.VISIT and here and not first_person:
        return kind
    return PromiseKind.FIX


def _rises(clause: str, act: Act) -> bool:
    if act in (Act.CALL, Act.TELL, Act.MONEY, Act.REPLACE, Act.COME):
        return False
    if re.search(rf"{FORE}ответ\w* (?:\w+ )?(?:от|реставратор|директор)", clause) or re.search(
        rf"{FORE}эскал", clause
    ):
        return bool(re.search(rf"{FORE}эскал", clause))
    if BOSS.search(clause) and CASE.search(clause) and TAKES.search(clause):
        return True
    return bool(_HANDED_ON.search(clause)) and bool(_MATTER.search(clause))


def _fixed(clause: str, stem: str) -> PromiseKind:
    if stem in ("установ", "установл", "постав", "поставл", "встав", "вставл", "подключ") and NEW.search(
        clause
    ):
        return PromiseKind.REPLACEMENT
    if re.search(rf"{FORE}(?:возврат\w*|возмещени\w+|компенсаци\w+)(?![а-я])", clause):
        return PromiseKind.REFUND
    if stem in ("сдела", "выполн") and re.search(rf"{FORE}(?:возврат|замен)", clause):
        return PromiseKind.REFUND if "возврат" in clause else PromiseKind.REPLACEMENT
    if stem in ("сдела", "внес", "перенес", "закро", "отмен", "постав", "добав") and (
        PAPER.search(clause) and stem == "сдела"
    ):
        return PromiseKind.DOCUMENT
    return PromiseKind.FIX


def _arranged(clause: str, stem: str) -> PromiseKind:
    if re.search(rf"{FORE}(?:возврат|компенсац|выплат|деньги)", clause):
        return PromiseKind.REFUND
    if PAPER.search(clause) and stem in (
        "подготов",
        "подготовл",
        "приготов",
        "рассмотр",
        "отложу",
        "сохран",
        "подар",
    ):
        return PromiseKind.OTHER if stem == "рассмотр" else PromiseKind.DOCUMENT
    if re.search(rf"{FORE}замен", clause):
        return PromiseKind.REPLACEMENT
    if re.search(
        rf"{FORE}(?:ремонт|настройк|проверк|восстановлени|данны[ех]|адрес|фамили|тариф|номер)\w*", clause
    ) and stem in ("законч", "заверш", "изм", "измен", "завершу"):
        return PromiseKind.FIX
    return PromiseKind.OTHER


def _came(clause: str, stem: str) -> PromiseKind:
    if PERSON.search(clause) and not re.search(rf"{FORE}(?:курьер|деньги|посылк)", clause):
        return PromiseKind.VISIT
    if stem in ("осмотр", "обслед", "замер", "навест", "посет"):
        return PromiseKind.VISIT
    if MONEY.search(clause):
        return PromiseKind.REFUND
    if PAPER.search(clause):
        return PromiseKind.DOCUMENT
    if COURIER.search(clause):
        return PromiseKind.REPLACEMENT if NEW.search(clause) else PromiseKind.DELIVERY
    if NEWS.search(clause):
        return PromiseKind.UPDATE
    if NEW.search(clause):
        return PromiseKind.REPLACEMENT
    if re.search(rf"{FORE}(?:к вам|вам)(?![а-я])", clause) and stem in (
        "подойд",
        "зайд",
        "подъед",
        "заед",
        "заглян",
        "явит",
        "навед",
    ):
        return PromiseKind.VISIT
    return (
        PromiseKind.DELIVERY
        if THING.search(clause) or stem in ("прибуд", "прибуде", "яв")
        else PromiseKind.VISIT
    )


def _moved(clause: str, stem: str, reflexive: bool) -> PromiseKind:
    if re.search(
        rf"{FORE}(?:дам|дадим|даст|дадут|дать|дан\w?) (?:\w+ ){{0,2}}(?:знать|ответ|разъяснени|информаци|обратн)",
        clause,
    ) or (
        reflexive
        and stem in ("верн",)
        and re.search(rf"{FORE}(?:вернусь|вернемся|вернется)(?![а-я])", clause)
        and not MONEY.search(clause)
    ):
        return PromiseKind.UPDATE
    if WORKS.search(clause) and stem in ("да", "верн", "отда"):
        return PromiseKind.FIX
    if stem in ("верн", "возврат", "возвращ") and not _thing(clause):
        return PromiseKind.REFUND
    if MONEY.search(clause) and not PAPER.search(clause):
        return PromiseKind.REFUND
    if re.search(
        rf"{FORE}(?:к вам|пришл\w+) (?:\w+ )?(?:мастер|техник|инженер|сантехник|специалист|бригад|сотрудник|"
        rf"инспектор|друг(?:ого|ую)|человек|\w+(?:щика|чика|ника|ера|ора|иста|теля|аря)(?![а-я]))",
        clause,
    ) and stem in ("пришл", "отправ", "отправл", "направ", "направл"):
        return PromiseKind.VISIT
    if PAPER.search(clause) and not re.search(rf"{FORE}(?:карт[уы]|возврат на)", clause):
        return PromiseKind.DOCUMENT
    if MONEY.search(clause):
        return PromiseKind.REFUND
    if NEW.search(clause):
        return PromiseKind.REPLACEMENT
    if NEWS.search(clause):
        return PromiseKind.UPDATE
    if APPOINT.search(clause):
        return PromiseKind.OTHER
    if stem in ("забер", "передад"):
        return PromiseKind.OTHER
    return PromiseKind.DELIVERY


def _thing(clause: str) -> bool:
    return bool(
        re.search(
            rf"{FORE}(?:шапк|зеркал|шуб|пальто|телефон|ноутбук|велосипед|машин|ключ|паспорт|документ|чемодан|багаж|"
            rf"сумк|вещ|отремонтированн|починенн|доступ|свет|воду|тепло|курьер|ваш[уе] \w+|из ремонта|с нов)\w*",
            clause,
        )
    ) and not MONEY.search(clause)


def state_kind(clause: str) -> PromiseKind:
    """The kind of "… будет у вас", "… к пяти у вас": the thing or person decides."""
    clause = ACCOUNT.sub(" на карте ", clause)
    if re.search(rf"{FORE}(?:буду|будем)(?![а-я])", clause) and re.search(
        rf"{FORE}(?:у вас|к вам|на месте|по адресу)", clause
    ):
        return PromiseKind.VISIT
    if WORKS.search(clause):
        return PromiseKind.FIX
    if MONEY.search(clause):
        return PromiseKind.REFUND
    if re.search(rf"{FORE}(?:взамен|вместо)(?![а-я])", clause):
        return PromiseKind.REPLACEMENT
    if PERSON.search(clause) and not COURIER.search(clause):
        return PromiseKind.VISIT
    if PAPER.search(clause):
        return PromiseKind.DOCUMENT
    if NEW.search(clause):
        return PromiseKind.REPLACEMENT
    if NEWS.search(clause):
        return PromiseKind.UPDATE
    if APPOINT.search(clause):
        return PromiseKind.OTHER
    return PromiseKind.DELIVERY
