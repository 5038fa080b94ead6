"""What a Russian promise is about, from its verb and its objects (texts come with е for ё)."""

from __future__ import annotations

import re

from calmdesk.desk.vocabulary import PromiseKind

from .verbs_ru import Act

_B = r"(?<![а-я])"
_MONEY = re.compile(
    rf"{_B}(?:деньг\w*|денег|деньж\w+|средств\w*|сумм\w*|возврат\w*|компенсаци\w+|переплат\w*|аванс\w*|залог\w*|депозит\w*|рубл\w*|руб\.?|тысяч\w*|тыщ\w*|сот\w+ рубл|шекел\w+|лари|тенге|манат\w*|драм\w*|гривн\w*|леев|злот\w+|сом\w?(?![а-я])|"
    r"евро|доллар\w*|гривен|гонорар\w*|кешбэк\w*|кэшбэк\w*|кэшбек\w*|разниц\w+|плат[её]ж\w*|предоплат\w*|задат\w+|неустойк\w+|стоимост\w+|оплат\w+|штраф\w*|комисси\w+(?! по)|взнос\w*|"
    r"излиш\w+|остат\w+|средства|зарплат\w*|выплат\w*|копе\w+|пятн\w+ тысяч|бонус\w*)|\d[\d ]*\s?(?:₽|р\.|р(?![а-я])|руб|тыс|€|\$)|[$€₽]\s?\d|(?:верн|возвращ)\w+ (?:за \w+ )?(?:вам )?\d{2,}|чек, \d+"
)
_PAPER = re.compile(
    rf"{_B}(?:справк\w+|счет(?!чик|е(?![а-я]))[а-я]*|накладн\w+|акт(?:ы|а|ов|ом)?(?![а-я])|договор\w*|квитанци\w+|чек(?:и|а|ом)?(?![а-я])|сертификат\w*|(?:вет)?свидетельств\w+|документ\w*|бумаг\w*|смет\w+|отчет\w*|"
    r"заключени\w+|выписк\w+|декларац\w+|лицев\w+ счет\w*|график\w*|посадочн\w+|билет\w*|полис\w*|анализ\w*|протокол\w*|корректур\w+|график|экспертиз\w+|оценк\w+|список|списк\w+|паспорт\w*|ветпаспорт\w*|"
    r"бланк\w*|инструкци\w+|копи(?:ю|и|я)|письмен\w+|счет-фактур\w+|соглашени\w+|доверенност\w+|расчет\w*|рецепт\w*|скан\w*|оригинал\w*|форм[уы]|макет\w*|презентаци\w+|пдф|pdf|реквизит\w*|ваучер\w*|путевк\w+|"
    r"расшифровк\w+|счет-фактур\w+|резюме|заявлени\w+|гарантийн\w+ (?:письм|талон)\w*|талон\w*|приглашени\w+|диплом\w*|результат\w+ анализ\w+|детализаци\w+|отписк\w+|ответ на бумаге|извещени\w+|направлени\w+|распечатк\w+|перечень|перечн\w+|лог(?:и|ов)?(?![а-я]))"
)
_NEWS = re.compile(
    rf"{_B}(?:ответ\w*|новост\w+|решени\w+|результат\w*|информаци\w+|вест\w*|отклик\w*|знать|в курсе|фото\w*|видео\w*|номер\w*|трек\w*|срок\w*|статус\w*|сообщени\w+|весточк\w+|разъяснени\w+|письмо|письмом|объяснени\w+|"
    r"извинени\w+|данные|цен[уы]|дату|дата|обратн\w+ связ\w+|подробност\w+|вердикт\w*|итог\w*|смс|sms|пуш|уведомлени\w+|подтверждени\w+|ссылк\w+)"
)
_PERSON = re.compile(
    rf"{_B}(?:(?:мастер|техник|инженер|слесар|сантехник|электрик|монтажник|сборщик|замерщик|врач|фельдшер|эксперт|оценщик|доктор|терапевт|"
    r"инспектор|контролер|технолог|специалист|сотрудник|менеджер|ремонтник|плотник|столяр|печник|геодезист|эвакуатор|дворник|клининг|хендлер|кинолог|мужик|консультант|"
    r"страховщик|установщик|настройщик|ветеринар|бригадир|агрегатчик|наладчик|телемастер|газовик|сварщик|маляр|плиточник|охранник|механик|аварийщик|юрист|нотариус|участковый|агент)(?:ы|и|ь|а|ша)?|"
    r"бригад[аы]|медсестр[аы]|представител[ьи]|участковая|сиделка|аварийная|аварийка|скорая|уборщиц[аы]|рабочи[ей]|ребята|парни|коллег[аи]|наш человек|кто-то|кто-нибудь|зять|сын|мы|я|он|она|они)(?![а-я])"
)
_COURIER = re.compile(rf"{_B}(?:курьер\w*|доставк\w+|водител\w*|экспедитор\w*|грузчик\w*|почтальон\w*|посылк\w+|заказ\w*|товар\w*)")
_NEW = re.compile(rf"{_B}(?:взамен|замен\w+|друг(?:ой|ую|ое|ие|ая)|нов(?:ый|ую|ое|ые|ая|ого|ых)|правильн\w+|вместо|исправн\w+|целы[йе]|цел(?:ую|ая|ое)|подменн\w+|такой же|такую же|такое же|свеж\w+ взамен|нормальн(?:ый|ую|ое)|настоящ\w+|перевыпу\w+)")
_BOSS = re.compile(
    rf"{_B}(?:директор\w*|начальни\w+|руковод\w+|заведующ\w+|старш\w+|комитет\w*|комисси(?:ю|я|и|ей)|главн\w+|управляющ\w+|владел\w+|завуч\w*|хозя(?:ин|йк)\w*|юрист\w*|юридическ\w+|служб\w+ безопасност\w+|отдел\w* (?:качеств|претензи|контрол)\w*|"
    r"эксперт\w+|ведущ\w+|супервайзер\w*|тимлид\w*|топ-менеджер\w*|втор\w+ лини\w+|руководств\w+|шеф\w*|замдиректор\w*|профильн\w+ \w+|технолог\w*|архитектор\w*|специалист\w*|разработчик\w*)"
)
_CASE = re.compile(rf"{_B}(?:ваш\w* \w*\s?(?:вопрос|заявк|заявлени|жалоб|обращени|случа|дел|претензи|заказ|тикет|тираж|ситуаци|запрос)\w*|вопрос\w*|жалоб\w+|обращени\w+|претензи\w+|спор\w*|дело|тикет\w*|ситуаци\w+|заявк\w+|заявлени\w+|его|ее|это|все)(?![а-я])")
_TAKES = re.compile(rf"{_B}(?:переда\w+|уйд\w+|перейд\w+|переходит|возьм\w+|берет|беру|займ\w+|эскал\w+|направ\w+|вынес\w+|подключ\w+|рассмотр\w+|изуч\w+|попад\w+|ляж\w+|поступ\w+|отда\w+|на себя|под (?:личный )?контрол\w+|отнес\w+|покаж\w+|привлек\w+|подним\w+|разбер\w+|окаж\w+ у|будет у|назнач\w+)")
_WORKS = re.compile(rf"{_B}(?:заработа\w+|работать|работает|починен\w*|исправен|исправн[аоы]|восстановлен\w*|включ\w+|разблокир\w+|подключ\w+|доступ\w*|открываться|снят\w*|льготным|свет|тепло|вод[ау]|интернет\w*|горячая|отопление|на месте|исправлен\w*)")
_CALL = re.compile(rf"{_B}(?:по телефону|звонок|звонка|звонком|голосом)(?![а-я])")
_APPOINT = re.compile(rf"{_B}(?:прием\w*|примерк\w+|такси|запис\w+|место за вами|окошк\w+|встреч\w+|столик\w*|номер в|бронь|видеосвяз\w+|экскурси\w+|прораб\w*|ключ от|ключи|обучени\w+|консультаци\w+)")


_ACCOUNT = re.compile(rf"{_B}(?:на|по|с) (?:\w+ )?сч[ет][тау]\w*|{_B}за (?:наш|мой) счет|{_B}за счет \w+")
_THING = re.compile(
    rf"{_B}(?:ваш(?:а|е|и)? \w+|диван\w*|шкаф\w*|кресл\w+|матрас\w*|кроват\w+|холодильник\w*|телевизор\w*|плит[аы]|дерев\w*|коробк\w+|лекарств\w+|фургон с|груз|мебель|запчаст\w+|детал[ьи]|роутер\w*|модем\w*|"
    r"телефон|ноутбук|пальто|ковер|торт|цвет[ыо]\w*|чемодан\w*|багаж|коляск\w+|велосипед\w*|пицц\w+|еда|ужин|обед)(?![а-я])"
)


def kind_of(clause: str, act: Act, stem: str, reflexive: bool) -> PromiseKind:
    """The kind of a commitment whose verb does `act`, from the words of its clause."""
    clause = _ACCOUNT.sub(" ", clause)
    if _rises(clause, act):
        return PromiseKind.ESCALATION
    if act is Act.CALL or (_CALL.search(clause) and act in (Act.TELL, Act.WAIT, Act.MOVE)):
        return PromiseKind.CALLBACK
    if act is Act.TELL:
        return PromiseKind.UPDATE
    if act is Act.MONEY:
        return PromiseKind.FIX if stem in ("спиш", "начисл") and not _MONEY.search(clause) else PromiseKind.REFUND
    if act is Act.REPLACE:
        return PromiseKind.REPLACEMENT
    if act is Act.FIX:
        return _fixed(clause, stem)
    if act is Act.ARRANGE or act is Act.RISE:
        return _arranged(clause, stem)
    if act is Act.COME:
        return _came(clause, stem)
    if act is Act.STEP:
        return PromiseKind.VISIT if re.search(rf"{_B}у вас{_B}?", clause) else PromiseKind.OTHER
    return _moved(clause, stem, reflexive)


def _rises(clause: str, act: Act) -> bool:
    if act in (Act.CALL, Act.TELL, Act.MONEY, Act.REPLACE, Act.COME):
        return False
    if re.search(rf"{_B}ответ\w* (?:\w+ )?(?:от|реставратор|директор)", clause) or re.search(rf"{_B}эскал", clause):
        return bool(re.search(rf"{_B}эскал", clause))
    return bool(_BOSS.search(clause) and _CASE.search(clause) and _TAKES.search(clause))


def _fixed(clause: str, stem: str) -> PromiseKind:
    if stem in ("установ", "установл", "постав", "поставл", "встав", "вставл", "подключ") and _NEW.search(clause):
        return PromiseKind.REPLACEMENT
    if re.search(rf"{_B}(?:возврат\w*|возмещени\w+|компенсаци\w+)(?![а-я])", clause):
        return PromiseKind.REFUND
    if stem in ("сдела", "выполн") and re.search(rf"{_B}(?:возврат|замен)", clause):
        return PromiseKind.REFUND if "возврат" in clause else PromiseKind.REPLACEMENT
    if stem in ("сдела", "внес", "перенес", "закро", "отмен", "постав", "добав") and (_PAPER.search(clause) and stem == "сдела"):
        return PromiseKind.DOCUMENT
    return PromiseKind.FIX


def _arranged(clause: str, stem: str) -> PromiseKind:
    if stem in ("подготов", "подготовл", "приготов", "произвед", "начисл") or _MONEY.search(clause):
        if re.search(rf"{_B}(?:возврат|компенсац|выплат|деньги)", clause):
            return PromiseKind.REFUND
    if _PAPER.search(clause) and stem in ("подготов", "подготовл", "приготов", "рассмотр", "отложу", "сохран", "подар"):
        return PromiseKind.OTHER if stem == "рассмотр" else PromiseKind.DOCUMENT
    if re.search(rf"{_B}замен", clause):
        return PromiseKind.REPLACEMENT
    if re.search(rf"{_B}(?:ремонт|настройк|проверк|восстановлени|данны[ех]|адрес|фамили|тариф|номер)\w*", clause) and stem in ("законч", "заверш", "изм", "измен", "завершу"):
        return PromiseKind.FIX
    return PromiseKind.OTHER


def _came(clause: str, stem: str) -> PromiseKind:
    if _PERSON.search(clause) and not re.search(rf"{_B}(?:курьер|деньги|посылк)", clause):
        return PromiseKind.VISIT
    if stem in ("осмотр", "обслед", "замер", "навест", "посет"):
        return PromiseKind.VISIT
    if _MONEY.search(clause):
        return PromiseKind.REFUND
    if _PAPER.search(clause):
        return PromiseKind.DOCUMENT
    if _COURIER.search(clause):
        return PromiseKind.REPLACEMENT if _NEW.search(clause) else PromiseKind.DELIVERY
    if _NEWS.search(clause):
        return PromiseKind.UPDATE
    if _NEW.search(clause):
        return PromiseKind.REPLACEMENT
    if re.search(rf"{_B}(?:к вам|вам)(?![а-я])", clause) and stem in ("подойд", "зайд", "подъед", "заед", "заглян", "явит", "навед"):
        return PromiseKind.VISIT
    return PromiseKind.DELIVERY if _THING.search(clause) or stem in ("прибуд", "прибуде", "яв") else PromiseKind.VISIT


def _moved(clause: str, stem: str, reflexive: bool) -> PromiseKind:
    if re.search(rf"{_B}(?:дам|дадим|даст|дадут|дать|дан\w?) (?:\w+ ){{0,2}}(?:знать|ответ|разъяснени|информаци|обратн)", clause) or (reflexive and stem in ("верн",) and re.search(rf"{_B}(?:вернусь|вернемся|вернется)(?![а-я])", clause) and not _MONEY.search(clause)):
        return PromiseKind.UPDATE
    if _WORKS.search(clause) and stem in ("да", "верн", "отда"):
        return PromiseKind.FIX
    if stem in ("верн", "возврат", "возвращ") and not _thing(clause):
        return PromiseKind.REFUND
    if _MONEY.search(clause) and not _PAPER.search(clause):
        return PromiseKind.REFUND
    if re.search(rf"{_B}(?:к вам|пришл\w+) (?:\w+ )?(?:мастер|техник|инженер|сантехник|специалист|бригад|сотрудник|инспектор|друг(?:ого|ую)|человек|\w+(?:щика|чика|ника|ера|ора|иста|теля|аря)(?![а-я]))", clause) and stem in ("пришл", "отправ", "отправл", "направ", "направл"):
        return PromiseKind.VISIT
    if _PAPER.search(clause) and not re.search(rf"{_B}(?:карт[уы]|возврат на)", clause):
        return PromiseKind.DOCUMENT
    if _MONEY.search(clause):
        return PromiseKind.REFUND
    if _NEW.search(clause):
        return PromiseKind.REPLACEMENT
    if _NEWS.search(clause):
        return PromiseKind.UPDATE
    if _APPOINT.search(clause):
        return PromiseKind.OTHER
    if stem in ("забер", "передад"):
        return PromiseKind.OTHER
    return PromiseKind.DELIVERY


def _thing(clause: str) -> bool:
    return bool(re.search(rf"{_B}(?:шапк|зеркал|шуб|пальто|телефон|ноутбук|велосипед|машин|ключ|паспорт|документ|чемодан|багаж|сумк|вещ|отремонтированн|починенн|доступ|свет|воду|тепло|курьер|ваш[уе] \w+|из ремонта|с нов)\w*", clause)) and not _MONEY.search(clause)


def state_kind(clause: str) -> PromiseKind:
    """The kind of "… будет у вас", "… к пяти у вас": the thing or person decides."""
    clause = _ACCOUNT.sub(" на карте ", clause)
    if re.search(rf"{_B}(?:буду|будем)(?![а-я])", clause) and re.search(rf"{_B}(?:у вас|к вам|на месте|по адресу)", clause):
        return PromiseKind.VISIT
    if _WORKS.search(clause):
        return PromiseKind.FIX
    if _MONEY.search(clause):
        return PromiseKind.REFUND
    if re.search(rf"{_B}(?:взамен|вместо)(?![а-я])", clause):
        return PromiseKind.REPLACEMENT
    if _PERSON.search(clause) and not _COURIER.search(clause):
        return PromiseKind.VISIT
    if _PAPER.search(clause):
        return PromiseKind.DOCUMENT
    if _NEW.search(clause):
        return PromiseKind.REPLACEMENT
    if _NEWS.search(clause):
        return PromiseKind.UPDATE
    if _APPOINT.search(clause):
        return PromiseKind.OTHER
    return PromiseKind.DELIVERY
