"""Time expressions in Russian (texts come with е for ё)."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from . import zones
from .tagging import Found, Rule, compiled, numeric_date, tag
from .when import Mention, Part, Unit

# nominative, genitive, dative, instrumental forms; what is not listed is spelt alike
_CARDINALS: dict[int, str] = {
    1: "один одна одно одну одного одной одному одним",
    2: "два две двух двум двумя",
    3: "три трех трем тремя",
    4: "четыре четырех четырем четырьмя",
    5: "пять пяти пятью",
    6: "шесть шести шестью",
    7: "семь семи семью",
    8: "восемь восьми восемью",
    9: "девять девяти девятью",
    10: "десять десяти десятью",
    11: "одиннадцать одиннадцати одиннадцатью",
    12: "двенадцать двенадцати двенадцатью",
    13: "тринадцать тринадцати",
    14: "четырнадцать четырнадцати",
    15: "пятнадцать пятнадцати",
    16: "шестнадцать шестнадцати",
    17: "семнадцать семнадцати",
    18: "восемнадцать восемнадцати",
    19: "девятнадцать девятнадцати",
    20: "двадцать двадцати",
    30: "тридцать тридцати",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти",
    60: "шестьдесят шестидесяти",
    90: "девяносто",
    48: "сорок восемь сорока восьми",
}
_SIMPLE = {form: n for n, forms in _CARDINALS.items() if n != 48 for form in forms.split()}
NUMBERS = dict(_SIMPLE)
NUMBERS |= {
    f"{tens} {ones}": n + m
    for tens, n in _SIMPLE.items()
    if n in (20, 30, 40, 50)
    for ones, m in _SIMPLE.items()
    if m < 10
}
NUMBERS |= dict.fromkeys(["пара", "пару", "пары", "паре", "парой", "парочку", "парочка", "парочки"], 2)
NUMBERS |= {"пару-тройку": 3, "двое": 2, "двоих": 2, "трое": 3, "троих": 3, "четверо": 4, "десяток": 10}
HALVES = {"полтора": 1.5, "полторы": 1.5, "полутора": 1.5}
_ORDINALS: dict[int, str] = {
    1: "перв", 2: "втор", 3: "трет", 4: "четверт", 5: "пят", 6: "шест", 7: "седьм", 8: "восьм", 9: "девят",
    10: "десят", 11: "одиннадцат", 12: "двенадцат", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат",
    16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
    21: "двадцать перв", 22: "двадцать втор", 23: "двадцать трет", 24: "двадцать четверт", 25: "двадцать пят",
    26: "двадцать шест", 27: "двадцать седьм", 28: "двадцать восьм", 29: "двадцать девят", 31: "тридцать перв",
}  # fmt: skip
_ORDINAL_END = r"(?:ого|ьего|ому|ьему|ым|ьим|ое|ье|ом|ьем)"
_GENITIVE_ORDINAL = {f"{stem}{'ьего' if n % 10 == 3 and n != 13 else 'ого'}": n for n, stem in _ORDINALS.items()}
_HOUR_ORDINAL = {f"{stem}{'ьего' if n == 3 else 'ого'}": n for n, stem in _ORDINALS.items() if n <= 12}


def _either(words: object) -> str:
    return "|".join(sorted(map(re.escape, map(str, words)), key=len, reverse=True))  # type: ignore[call-overload]


_B, _E = r"(?<![а-яa-z\d])", r"(?![а-яa-z])"
NUM = rf"(?:\d{{1,4}}(?:[.,]5)?|(?:{_either({**NUMBERS, **HALVES})}){_E})"
_TO = r"\s*(?:-|до|или|—|и|\.\.+)\s*(?:х\s+)?"
_UNIT = (
    r"(?P<unit>минут(?:очку|ки|ок|у|ы|ам)?|мин|час(?:ик(?:а|ов|у)?|ок|а|ов|ам|у)?|ч|сут(?:ок|ки|очек|ками)|"
    r"дн(?:я|ей|ям|ями|ев)|день|денек|недел(?:ьку|ю|и|ь|е|ям|ьки)?|месяц(?:а|ев)?|нед|мес|дн)" + _E
)
_WORK = r"(?:(?P<work>рабоч\w+|банковск\w+|раб\.?)\s+)?"
_MILD = r"(?:(?:полных|ближайш\w+|календарн\w+|следующ\w+|эт\w+|этот|примерно|максимум|где-то|около|буквально|каких-то|как\w+-нибудь|ещ[её]|не более|не больше|каких-нибудь|самое большее)\s+)*"
_LEAD = (
    r"(?P<lead>через|чрез|в течени[еи]|в теч\.?|за|спустя|в пределах|не позднее чем через|не позже чем через|"
    r"не позднее|не позже|не дольше|максимум через|максимум|от силы|до истечения|в ближ\w*\.?|в следующ\w+|на протяжении|уложимся в|дайте(?: мне| нам)?|по истечении|в срок до|сроком до|в срок не более|в срок)\s+"
)
_WEEKDAYS = {
    "понедельник": (0, "а|у|ом|е"), "вторник": (1, "а|у|ом|е"), "сред": (2, "а|у|ы|е|ой"),
    "четверг": (3, "а|у|ом|е"), "пятниц": (4, "а|у|ы|е|ей"), "суббот": (5, "а|у|ы|е|ой"),
    "воскресень": (6, "е|я|ю|ем|и"), "воскресен": (6, "ье"), "пт": (4, ""), "пн": (0, ""), "вт": (1, ""),
    "ср": (2, ""), "чт": (3, ""), "сб": (5, ""), "вс": (6, ""),
}  # fmt: skip
DAYS = {
    stem + end: n for stem, (n, ends) in _WEEKDAYS.items() for end in ("", *ends.split("|")) if stem + end not in ("сред", "пятниц", "суббот", "воскресен", "воскресень")
}  # fmt: skip
_DAY = rf"(?P<day>{_either(DAYS)}){_E}"
_MONTH_STEMS = ["январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр", "ноябр", "декабр"]
MONTHS = {stem + end: n for n, stem in enumerate(_MONTH_STEMS, 1) for end in ("а", "я", "е", "ь", "й", "у", "ю", "")}
MONTHS = {name: n for name, n in MONTHS.items() if name not in ("ма", "мае", "маь", "мау", "маа")} | {"мая": 5, "май": 5, "мае": 5}
MONTHS |= {"янв": 1, "фев": 2, "апр": 4, "авг": 8, "сен": 9, "сент": 9, "окт": 10, "ноя": 11, "дек": 12}
_MONTH = rf"(?P<month>{_either(MONTHS)})\.?{_E}"
_HOURS = {word: n for word, n in _SIMPLE.items() if 1 < n <= 12} | {"час": 1, "часу": 1, "одному": 1}
_HOUR = rf"(?P<hour>\d{{1,2}}|{_either(_HOURS)})"
_OCLOCK = r"(?:\s*(?:-?(?:ми|ти|х|и)\s)?\s*(?:часов|часам|часа|часу|час|ч)(?![а-я])\.?)?"
_TIME = r"(?:\s*(?P<half>утра|дня|вечера|ночи|пополудни)" + _E + ")?"
_NO_UNIT = (
    r"(?!\s*(?:-|до|или)?\s*\d*\s*(?:минут|мин(?![а-я])|сут|дн|дней|недел|месяц|рабоч|календар|банков|процент|%|руб|₽|"
    r"тыс|млн|евро|доллар|раз(?![а-я])|человек|штук|шт|лет|год|кг|км|метр|этаж|гб|копе|звон|часов(?! (?:утра|дня|вечера|ночи))\s+рабоч|"
    r"[а-я]*(?:ого|ого|ых|их)\s+(?:час|дн)|из(?![а-я])|банк|товар|заказ|заявк|письм|пункт|сообщен|подъезд|отделени))"
)


def number(word: str) -> float:
    """The value of a number in digits or words."""
    if word[0].isdigit():
        return float(word.replace(",", "."))
    return HALVES.get(word) or float(NUMBERS[word])


def _length(found: Found) -> list[Mention]:
    unit = found["unit"]
    word = found.get("n2") or found.get("n")
    return lasting(found, unit, number(word) if word else 1, bool(found.get("work")))


def lasting(found: Found, unit: str, n: float, work: bool) -> list[Mention]:
    """A length of time: elapsed for minutes, hours and сутки, dates for days and longer."""
    if unit.startswith("мин"):
        return [found.mention(Unit.WORK_TIME if work else Unit.ELAPSED, int(n))]
    if unit.startswith("ч"):
        return [found.mention(Unit.WORK_TIME if work else Unit.ELAPSED, int(n * 60))]
    if unit.startswith("сут"):
        return [found.mention(Unit.ELAPSED, int(n * 1440))]
    if n > 3660:
        return []
    if unit.startswith("мес"):
        return [found.mention(Unit.MONTHS, int(n))] if n <= 120 else []
    if unit.startswith("нед"):
        return [found.mention(Unit.WORK_DAYS, int(n * 5))] if work else [found.mention(Unit.DAYS, int(n * 7))]
    if work:
        return [found.mention(Unit.WORK_DAYS, max(1, int(n)))]
    return [found.mention(Unit.DAYS, int(n))]


def _prefixed(found: Found) -> list[Mention]:
    lead, unit = found["lead"], found["unit"]
    after = found.match.string[found.match.end() : found.match.end() + 14]
    if lead == "за" and re.match(r"\s+(?:просроч|без\s|аренд|просто[ея]|ожидан|прожив|задерж|подписк|до\s|назад|опоздан|работы)", after):
        return []
    if not found.get("n"):
        if lead.startswith("в теч") and unit in ("дня", "день"):
            return [found.mention(Unit.PART, part=Part.CLOSE if found.get("work") else Part.DAY_END)]
        if lead.startswith(("дайте", "уложимся")) and unit.startswith("мин"):
            return [found.mention(Unit.NOW)]
        if unit.startswith("минуточ"):
            return [found.mention(Unit.NOW)]
        if unit in ("час", "часа", "часов", "дня", "дней", "минут", "недель", "месяцев", "ч") and lead == "за":
            return []
        if unit in ("дни", "часов", "минут", "дней") and not found.get("n"):
            return [found.mention(Unit.VAGUE)]
    return _length(found)


def _spelt(found: Found) -> list[Mention]:
    word = found.text
    if "полчас" in word:
        return [found.mention(Unit.ELAPSED, 30)]
    pairs = {"час-полтора": 90, "часа полтора": 90, "час-два": 120, "часик-другой": 120, "часок-другой": 120,
             "час-другой": 120, "часа два-три": 180, "четверть часа": 15}  # fmt: skip
    for shape, minutes in pairs.items():
        if shape in word:
            return [found.mention(Unit.ELAPSED, minutes)]
    days = {"день-два": 2, "день-другой": 2, "дня два": 2, "неделю-две": 14, "неделю-другую": 14, "день-полтора": 2,
            "полгода": 0, "пару-тройку дней": 3, "недельку-другую": 14, "денек-другой": 2}  # fmt: skip
    for shape, n in days.items():
        if shape in word:
            return [found.mention(Unit.DAYS, n)] if n else []
    return []


def _and_half(found: Found) -> list[Mention]:
    return lasting(found, found["unit"], number(found["n"]) + 0.5, False)


def _inverted(found: Found) -> list[Mention]:
    return lasting(found, found["unit"], number(found.get("n2") or found["n"]), False)


def _weekday(found: Found) -> list[Mention]:
    lead = found.get("lead") or ""
    following = bool(re.search(r"следующ|будущ", lead))
    before = bool(re.search(r"раньше|перед|накануне|ранее", lead)) and "не раньше" not in lead
    return [found.mention(Unit.WEEKDAY, DAYS[found["day"]], -1 if following else 0, before=before,
                          weak=lead.startswith("на "))]


def _shifted(weeks: int) -> Callable[[Found], list[Mention]]:
    return lambda found: [found.mention(Unit.WEEKDAY, DAYS[found["day"]], weeks)]


def _date(found: Found) -> list[Mention]:
    word = found["date"]
    digits = re.match(r"\d+", word)
    day = int(digits[0]) if digits else _GENITIVE_ORDINAL.get(word, 0)
    if not 1 <= day <= 31:
        return []
    before = bool(re.search(r"раньше|перед", found.get("lead") or ""))
    if month := found.get("month"):
        return [found.mention(Unit.DATE, MONTHS[month] * 100 + day, int(found.get("year") or 0), before=before)]
    return [found.mention(Unit.DAY_OF_MONTH, day, before=before)]


def _month_end(found: Found) -> list[Mention]:
    return [found.mention(Unit.NAMED_MONTH_END, MONTHS[found["month"]])]


def _hour(word: str) -> int:
    return int(word) if word[0].isdigit() else _HOURS[word]


def _clock(found: Found) -> list[Mention]:
    hour, minute = _hour(found["hour"]), int(found.get("min") or found.get("dashed") or 0)
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return []
    return _on_dial(found, hour * 60 + minute, found.get("half"), found["hour"].startswith("0"))


def _on_dial(found: Found, minutes: int, half: str | None, padded: bool = False) -> list[Mention]:
    if half in ("дня", "вечера", "пополудни") and minutes < 12 * 60:
        return [found.mention(Unit.CLOCK, minutes + 720)]
    if half == "утра":
        return [found.mention(Unit.CLOCK, minutes)]
    if half == "ночи":
        late = minutes >= 8 * 60
        return [found.mention(Unit.CLOCK, (minutes + 720 if late else minutes))]
    bare = 0 if minutes >= 13 * 60 or half or padded else 1
    return [found.mention(Unit.CLOCK, minutes, bare)]


def _half_past(found: Found) -> list[Mention]:
    hour = _HOUR_ORDINAL[found["ordinal"]]
    return _on_dial(found, (hour * 60 - 30) % 720 or 720 - 690, found.get("half"))


def _quarter_past(found: Found) -> list[Mention]:
    hour = _HOUR_ORDINAL[found["ordinal"]]
    past = 15 if "четверт" in found["past"] else int(number(found["past"]))
    return _on_dial(found, (hour - 1) * 60 + past, found.get("half"))


def _short_of(found: Found) -> list[Mention]:
    word = found["short"]
    minutes = 15 if word.startswith("четверт") else int(number(word))
    hour = _hour(found["hour"])
    made = _on_dial(found, (hour * 60 - minutes) % 1440, found.get("half"))
    return [found.mention(Unit.CLOCK, hour * 60 - minutes)] if hour == 8 and not found.get("half") else made


def _range(found: Found) -> list[Mention]:
    if _range_number(found["first"]) > 24:
        return []
    return _clock(found)


def _rising(found: Found) -> list[Mention]:
    return _clock(found) if int(found["first"]) < int(found["hour"]) <= 24 else []


def _range_number(word: str) -> int:
    return int(word) if word.isdigit() else int(NUMBERS.get(word, 1))


def _nth_work_day(found: Found) -> list[Mention]:
    word = found["nth"]
    for n, stem in _ORDINALS.items():
        if n <= 10 and word.startswith(stem):
            return [found.mention(Unit.WORK_DAYS, n)]
    return [found.mention(Unit.WORK_DAYS, 1)]


def _zone(found: Found) -> list[Mention]:
    name = found["zone"]
    return [found.mention(Unit.ZONE, zone=zones.RU[name])]


def _is(unit: Unit, n: int = 0, m: int = 0, part: Part | None = None) -> Callable[[Found], list[Mention]]:
    return lambda found: [found.mention(unit, n, m, part=part)]


def _both(unit: Unit, n: int, part: Part) -> Callable[[Found], list[Mention]]:
    return lambda found: [found.mention(unit, n), found.mention(Unit.PART, part=part)]


def _elliptic(found: Found) -> list[Mention]:
    return [found.mention(Unit.SAME, int(number(found["n"])))]


_AT = r"(?:(?:в|к|ко|до|на|по|с|со|около|ближе к|не позднее|не позже|после|за|не позже чем к)\s+)?"
_FIRST = rf"(?P<first>\d{{1,2}}|{_either({w: n for w, n in _SIMPLE.items() if n <= 12})}|час[ау]?)"
_STARTS = r"(?:^|(?<=[.!?:;\n]))\s*(?:ну |так |итак |еще )?"
_WEEK = r"(?:следующ|будущ)\w+ недел\w+|той недел\w+|след\.? недел\w+"

# A string says what a text must hold for the rules after it to be tried at all ("" for: always).
RULES: tuple[str | tuple[str, Callable[[Found], list[Mention]]], ...] = (
    (rf"{_B}(?:вчера|позавчера|на прошл\w+ недел\w+|(?:в|во|с) прошл\w+ \w+|(?:\w+ )?(?:минут\w*|час\w*|дн\w+|день|недел\w+|месяц\w*|сут\w+) (?:тому )?назад|накануне|намедни|на днях (?=\w+(?:л|ла|ли|лся|лась)(?![а-я])))", _is(Unit.PAST)),
    "последни",
    (rf"{_B}(?:за|в) последни\w+ (?:\w+ )?\w+", _is(Unit.PAST)),
    # vague
    "",
    (rf"{_B}(?:(?:(?:через|в течение|за|в ближайшие|спустя|еще)\s+)+(?:ближайш\w+ |следующ\w+ )?(?:несколько|нескольких|некоторое|какое-то|сколько-то)\s+\w+|в ближайш\w+ (?:время|дни|часы|минуты|недели|месяцы|будущем)|"
     r"в ближ\w*\.? (?:время|дни|часы)|в (?:самое )?(?:скором|ближайшем|обозримом) (?:времени|будущем)|в (?:самое )?ближайшее время|на днях|скоро|скорее(?! всего)|вскоре|вот-вот|при первой(?: же)? возможности|"
     r"(?:как )?можно (?:скорее|быстрее|раньше)|как только (?:сможем|смогу|появится возможность|будет возможность|освобожусь)|в (?:максимально |самые |предельно )?(?:кратчайш\w+|сжат\w+|коротк\w+) срок\w*|"
     r"(?:чуть |чуточку |немного |несколько )?(?:позже|позднее|попозже)(?! (?:понедельн|вторн|сред|четверг|пятниц|суббот|воскрес|\d))|со временем|рано или поздно|когда-нибудь|как-нибудь|по мере \w+|"
     r"по готовности|при случае|когда дойдут руки|как дойдут руки|дополнительно|своевременно|в установленн\w+ (?:срок\w*|порядке)|в порядке очереди|оперативно|без промедления|"
     r"незамедлительно|не откладывая|через минутк\w+|через секунд\w+|через мгновени\w+|потом|в свое время|на недельке|асап|asap)" + _E, _is(Unit.VAGUE)),
    (rf"{_B}(?:прямо сейчас|сейчас же|сейчас|щас|ща|сию минуту|в данный момент|на данный момент|пока вы на линии|не кладите трубку|одну минут\w+|минуточку|секунд\w*)" + _E, _is(Unit.NOW)),
    # lengths
    "полчас|получас|четверть|час|ден|дня|день|недел|пару",
    (rf"{_B}(?:через|в течение|за|в ближайшие|спустя|где-то через)\s+(?:ближайш\w+ |каких-то |буквально )?(?:полчас(?:ика|а|ик)|получаса|четверть часа|час-полтора|час-два|часа полтора|часик-другой|часок-другой|час-другой|день-два|день-другой|денек-другой|неделю-две|неделю-другую|недельку-другую|день-полтора|пару-тройку дней){_E}", _spelt),
    "",
    (rf"{_B}(?P<unit>минут\w*|час\w*|дн\w+|недел\w+|месяц\w+|сут\w+) (?:эдак |так )?(?:через|за|в течение)\s+(?P<n>{NUM})(?:\s*-\s*(?P<n2>{NUM}))?(?!\s*(?:минут|час|дн|недел|месяц|сут|рабоч))", _inverted),
    (rf"{_B}{_LEAD}{_MILD}(?:от\s+)?(?:(?P<n>{NUM})(?:{_TO}(?P<n2>{NUM}))?(?:-х|-и|-ти|-ми|-го)?\s*)?{_MILD}{_WORK}{_UNIT}", _prefixed),
    "с половиной",
    (rf"{_B}{_LEAD}(?P<n>{NUM}) с половиной {_UNIT}", _and_half),
    "рабочих",
    (rf"{_B}{_LEAD}(?P<work>рабочих) (?P<n>{NUM}) {_UNIT}", _length),
    "",
    (rf"{_STARTS}(?P<n>{NUM})(?:{_TO}(?P<n2>{NUM}))?\s+{_WORK}{_UNIT}(?=,? (?:и|а потом|и тогда|-|—) )", _length),
    "рабоч",
    (rf"{_B}(?P<n>{NUM})(?:{_TO}(?P<n2>{NUM}))?\s+(?P<work>рабоч\w+)\s+(?P<unit>дн\w+|день|час\w*){_E}", _length),
    # working days
    (rf"{_B}{_AT}(?:конц\w+ )?(?:следующ\w+|ближайш\w+) рабоч\w+ д(?:ень|ня|ню|нем){_E}", _is(Unit.WORK_DAYS, 1)),
    (rf"{_B}{_AT}(?P<nth>(?:перв|втор|трет|четверт|пят|шест|седьм|восьм|девят|десят)\w+) рабоч\w+ д(?:ень|ня|ню|нем){_E}", _nth_work_day),
    "день",
    (rf"{_B}(?:на|в) (?:следующий|другой) день{_E}", _is(Unit.DAYS, 1)),
    "",
    (rf"{_B}(?:в (?:тот|ту|то) же (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье)|в тот же (?:день|час|момент|вечер|срок)|тогда же|тем же (?:днем|вечером|утром|заездом|рейсом)|в этот же день|в те же сроки|тогда|к тому же (?:времени|сроку)|к этому (?:времени|сроку)|к тому времени|в этот день|там же|вместе с (?:ним|ней|ними)|заодно){_E}", _is(Unit.SAME)),
    # weekdays with weeks
    "неделю",
    (rf"{_B}{_AT}{_DAY}[, ]*(?:что )?через неделю{_E}", _shifted(1)),
    (rf"{_B}через неделю[, ]*{_AT}{_DAY}", _shifted(1)),
    "через",
    (rf"{_B}через (?P<day>понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье){_E}", _shifted(1)),
    "недел",
    (rf"{_B}{_AT}{_DAY}[, ]*(?:на |уже на )?(?:{_WEEK}){_E}", _shifted(-1)),
    (rf"{_B}(?:на )?(?:{_WEEK})[, ]*{_AT}{_DAY}", _shifted(-1)),
    (rf"{_B}{_AT}{_DAY}[, ]*на этой недел\w+{_E}", _shifted(0)),
    (rf"{_B}(?:в (?:самом )?начале|с (?:самого )?начала|к началу|в первой половине) (?:{_WEEK}){_E}|{_B}(?:на|со) (?:{_WEEK}),? (?:(?:прямо )?в (?:самом )?начале|в первой половине){_E}", _is(Unit.WEEK_START, 1)),
    "середин",
    (rf"{_B}(?:в|к|до) середин\w+ (?:{_WEEK}){_E}", _is(Unit.WEEK_MIDDLE, 1)),
    (rf"{_B}(?:в|к|до) середин\w+ недел\w+{_E}", _is(Unit.WEEK_MIDDLE)),
    "неделю",
    (rf"{_B}через неделю на следующей{_E}", _is(Unit.WEEK, 2)),
    "недел",
    (rf"{_B}(?:(?:до|к|в|под) кон(?:ца|цу|це|ец) |в течение |на |со |за |всю )?(?:{_WEEK}){_E}", _is(Unit.WEEK, 1)),
    "недел|выходн",
    (rf"{_B}(?:(?:до|к|в|под) (?:самого |самом )?(?:кон(?:ца|цу|це|ец)|исход\w*) (?:этой |текущей |рабочей |нынешней |сей )?недел\w+|(?:на|в течение|за) (?:этой|текущей|эту|нынешней) недел\w+|(?:до|перед|под) выходны(?:х|ми|е)|к выходным|раньше выходных){_E}", _is(Unit.WEEK)),
    "выходн",
    (rf"{_B}(?:на|в|за) (?:эти(?:х)? |ближайши[ех] )?выходны(?:х|е){_E}", _is(Unit.WEEKEND)),
    "месяц",
    (rf"{_B}(?:(?:до|к|в|под) кон(?:ца|цу|це|ец) следующего месяца|в следующем месяце|в течение следующего месяца){_E}", _is(Unit.MONTH_END, 1)),
    "месяц",
    (rf"{_B}(?:(?:до|к|в|под) кон(?:ца|цу|це|ец) (?:этого |текущего |сего )?месяца|в этом месяце|в (?:течение )?текуще(?:го|м) месяц[ае]|в последний рабочий день месяца){_E}", _is(Unit.MONTH_END)),
    "кон",
    (rf"{_B}(?:до|к|в|под) кон(?:ца|цу|це|ец) (?P<month>{_either(MONTHS)}){_E}", _month_end),
    # dates
    "",
    (rf"{_B}(?P<lead>раньше |перед )?(?P<date>\d{{1,2}}(?:-?(?:го|ого|му|ым|е|ое))?|{_either(_GENITIVE_ORDINAL)})\s+{_MONTH}(?:\s+(?P<year>20\d\d))?", _date),
    "-",
    (rf"{_B}(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d){_E}", numeric_date),
    "",
    (r"(?<![\d.:])(?P<a>\d{1,2})\.(?P<b>0[1-9]|1[0-2])(?:\.(?P<y>(?:20)?\d\d))?(?![\d%]|\.\d|\s*(?:час|утра|дня|вечера))(?=\s|$|[,;!?.)])", lambda f: _dotted_date(f)),
    (rf"{_B}(?P<lead>раньше |перед )?(?P<date>\d{{1,2}})-?(?:го|ого|му|ому){_E}(?:\s+числа)?(?! (?:этаж|дом|подъезд|кабинет|отделен|пункт))", _date),
    "числа",
    (rf"{_B}(?P<lead>раньше |перед )?(?P<date>\d{{1,2}}|{_either(_GENITIVE_ORDINAL)})\s+числа{_E}", _date),
    "",
    (rf"{_B}(?:до|к|с|после|уже)\s+(?P<date>{_either({k: v for k, v in _GENITIVE_ORDINAL.items() if v > 3})})(?=\s*(?:$|[,.;!?)]|включительно|мы|я|вам|вас))", _date),
    (rf"(?:^|(?<=[,.;!?] )|(?<= и )|(?<= а ))(?P<date>{_either({k: v for k, v in _GENITIVE_ORDINAL.items() if v > 3})})(?=\s*(?:$|[,.;!?)]|[а-я]+(?:у|ю|ем|им|ет|ит|ут|ят)(?![а-я])))", _date),
    # days
    "послезавтра",
    (rf"{_B}(?:до |к )?(?:конц\w+ )?послезавтра(?:шн\w+(?: дн\w+)?)?(?:-то)?{_E}", _is(Unit.DAYS, 2)),
    "завтр|зват|завра",
    (rf"{_B}{_AT}(?:конц\w+ )?(?:завтра(?:шн\w+(?: дн\w+)?)?|завтро|зватра|завра)(?:-то)?{_E}", _is(Unit.DAYS, 1)),
    "рабоч|раб|закрыт|смен|пока|банковск|операцион|ухода",
    (rf"{_B}(?:(?:до|к|под)\s+(?:(?:самого|самый)\s+)?(?:кон(?:ца|цу|ец)|исход\w*)\s+(?:рабоч\w+|раб\.?|операционн\w+|банковск\w+)\s+(?:дня|времени)|(?:в|под) кон(?:це|ец) рабочего дня|"
     r"до (?:нашего )?(?:закрытия|конца (?:моей |нашей |этой )?смены)|к (?:закрытию|концу (?:моей |нашей )?смены)|до ухода домой|"
     r"пока (?:мы |я )?(?:еще |сегодня |тут |офис |отделение |магазин )*(?:не (?:закрыл\w*|ушл[аи]|ушел|закончил\w*|разошлись|заперл\w+)|открыт\w*|на месте|работаем))" + _E, _is(Unit.PART, part=Part.CLOSE)),
    "дня|день",
    (rf"{_B}(?:до|к|под|в) (?:самого )?(?:кон(?:ца|цу|ец|це)|исход\w*) (?:сегодняшнего )?дня{_E}|{_B}(?:на|за) день{_E}|{_B}пока день не кончился{_E}|{_B}в течение сегодняшнего дня{_E}", _is(Unit.PART, part=Part.DAY_END)),
    "сег|севодня",
    (rf"{_B}(?:до (?:конца )?|в течение |к концу )?(?:сегодня(?:шн\w+(?: дн\w+)?)?|сегодни|севодня|сегдня)(?: же)?(?:-то)?{_E}", _is(Unit.DAYS)),
    # parts of the day
    "перв|откры|откро|с самого",
    (rf"{_B}перв(?:ым|ою|ой) (?:же )?(?:делом|очередь\w*)(?:,? (?:с|прямо с|с самого) утра|,? утром)?{_E}|{_B}(?:с|к) открыти\w+{_E}|{_B}как (?:только )?откроемся{_E}|{_B}сразу с открытия{_E}|{_B}с самого утра{_E}", _is(Unit.PART, part=Part.FIRST_THING)),
    "полноч|полуноч",
    (rf"{_B}(?:до|к|в|около) (?:полуноч[иь]|полночь|полночи){_E}", _is(Unit.PART, part=Part.MIDNIGHT)),
    "пол",
    (rf"{_B}(?:до|к|в|около|после|ближе к) пол(?:день|удня|удню|дня|дню){_E}", _is(Unit.PART, part=Part.NOON)),
    "обед|полудни|днем|половин",
    (rf"{_B}(?:после обеда|пополудни|днем|(?:во|до конца) втор(?:ой|ую) половин[еуы] дня|во 2-?й половине дня){_E}", _is(Unit.PART, part=Part.AFTERNOON)),
    "обед",
    (rf"{_B}(?:до|к|в|около|перед) обед(?:а|у|е|ом)?(?:енное время)?{_E}", _is(Unit.PART, part=Part.LUNCH)),
    "утр|половин",
    (rf"{_B}(?:утром|(?:прямо |уже )?с утра|к утру|утречком|до утра|под утро|на утро|поутру|в первой половине дня|до конца утра){_E}", _is(Unit.PART, part=Part.MORNING)),
    "вечер",
    (rf"{_B}(?:вечером|(?:ближе )?к вечеру|вечерком|до вечера|под вечер|на вечер){_E}", _is(Unit.PART, part=Part.EVENING)),
    "ноч",
    (rf"{_B}(?:этой )?ночью{_E}|{_B}до (?:конца )?ночи{_E}", _is(Unit.PART, part=Part.NIGHT)),
    # clock times
    "пол",
    (rf"{_B}(?:в |к |до |около )?(?:половин[еуы] |пол-?\s?)(?P<ordinal>{_either(_HOUR_ORDINAL)}){_TIME}", _half_past),
    "четверт|минут",
    (rf"{_B}(?:в |к |до )?(?P<past>четверть|четверти|\d{{1,2}}(?= минут)|(?:{_either(_SIMPLE)})(?= минут))(?: минут)? (?P<ordinal>{_either(_HOUR_ORDINAL)}){_TIME}", lambda f: _quarter_past(f)),
    "без ",
    (rf"{_B}(?:в |к |до )?без (?P<short>четверти|\d{{1,2}}|{_either(_SIMPLE)})(?: минут)? {_HOUR}{_E}{_OCLOCK}{_TIME}", _short_of),
    "",
    (rf"{_B}(?:с|от|между)\s+{_FIRST}(?:[:.]\d\d)?{_OCLOCK}(?:\s*(?:утра|дня))?\s*(?:до|по|и|-)\s*{_HOUR}(?:[:.](?P<min>\d\d))?(?!\d){_E}{_OCLOCK}{_TIME}{_NO_UNIT}", _range),
    (rf"(?<![\d:.,-])(?P<first>\d{{1,2}})(?::\d\d)?\s?-\s?{_HOUR}(?::(?P<min>\d\d))(?!\d){_TIME}", _range),
    (rf"{_B}(?:в|на|с|завтра|сегодня|утром|днем|вечером)\s+(?P<first>\d{{1,2}})-(?P<hour>[12]?\d)(?![\d:.%-]){_OCLOCK}{_TIME}{_NO_UNIT}", lambda f: _rising(f)),
    ":",
    (rf"(?<![\d:.,-])(?P<hour>\d{{1,2}}):(?P<min>\d\d)(?![\d:]){_TIME}", _clock),
    "",
    (rf"{_B}(?:в|к|ко|до|около|не позднее|не позже|после|с|по|на)\s+(?P<hour>\d{{1,2}})(?:\.(?P<min>[0-5]\d)|-(?P<dashed>00|15|30|45))(?!\d|%|\.\d|-?\s*(?:руб|₽)){_OCLOCK}{_TIME}{_NO_UNIT}", _clock),
    (rf"{_B}(?:в|к|ко|до|около|не позднее|не позже|после|по|ближе к|максимум в|в районе|ровно в|где-то в|примерно в)\s+{_HOUR}(?:-?(?:ми|ти|х|и|м))?(?![\d.,:%]\d|\d|[а-яa-z]){_OCLOCK}{_TIME}{_NO_UNIT}", lambda f: _bare(f)),
    "утра|вечера",
    (rf"{_B}(?P<hour>\d{{1,2}}|{_either({w: n for w, n in _SIMPLE.items() if n <= 12})}) (?:час(?:ов|а)? )?(?P<half>утра|вечера){_E}", _clock),
    "",
    (rf"(?:(?<=утром )|(?<=вечером )|(?<=завтра )|(?<=сегодня )){_HOUR}{_E}{_OCLOCK}(?=\s*(?:$|[,.;!?]))", lambda f: _bare(f)),
    # weekdays
    (rf"{_B}(?P<lead>(?:(?:не )?(?:раньше|ранее)|перед|накануне|до конца|к концу|не позднее|не позже|в|во|к|ко|до|на|по|с|со|после|ближе к|уже в|около)\s+(?:самого )?(?:(?:следующ|будущ|эт|ближайш)\w+\s+|ту\s+)?){_DAY}(?:\s+включительно)?", lambda f: _weekday(f)),
    (rf"(?:(?<=и )|(?<=или )|(?<=между )|(?<=, )|(?<=утру )|(?<=утра )|(?<=утром )|(?<=вечеру )|(?<=вечера )|(?<=вечером )|(?<=конца )|(?<=концу )|(?<=обеду )|(?<=обеда )|(?<=полудню )|^){_DAY}(?=\s*(?:$|[,.;!?)]|утр|вечер|до |к |в |после |и |или ))", lambda f: _weekday(f)),
    "ом|ей|ой",
    (rf"{_B}(?:четвергом|пятницей|средой|субботой|вторником|понедельником|воскресеньем){_E}", lambda f: [f.mention(Unit.WEEKDAY, DAYS[f.text.strip()])]),
    # zones and references
    "мск|msk|utc|gmt",
    (rf"{_B}(?:по\s+)?(?P<zone>мск|msk|utc|gmt){_E}", lambda f: [f.mention(Unit.ZONE, zone={"мск": "Europe/Moscow", "msk": "Europe/Moscow"}.get(f["zone"], "Etc/UTC"))]),
    "по ",
    (rf"{_B}по\s+(?:времени\s+)?(?P<zone>{_either(zones.RU)})[а-я]*(?:\s+времени)?{_E}", _zone),
    "",
    (rf"{_B}(?:через|за|в течение)\s+(?P<n>{NUM})(?=\s*(?:$|[,.;!?]))", _elliptic),
)  # fmt: skip


def _bare(found: Found) -> list[Mention]:
    hour = _hour(found["hour"])
    if hour > 24 or hour == 0:
        return []
    return _clock(found)


def _dotted_date(found: Found) -> list[Mention]:
    # "до 15.10" may be a time of day; with a preposition that fits both, a date is likelier only past the hours
    before = found.match.string[max(0, found.match.start() - 4) : found.match.start()]
    if not found.get("y") and re.search(r"(?:^|\s)(?:в|к)\s$", before) and int(found["a"]) <= 23:
        return []
    return numeric_date(found)


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    return compiled(RULES)


def mentions(plain_text: str, month_first: bool = False) -> list[Mention]:
    """All time expressions of a plain text (see `text.plain`), in order; where two overlap, the earlier rule wins."""
    return tag(plain_text, _rules(), month_first)
