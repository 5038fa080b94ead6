"""Facts that were said and can be used again: order numbers, sums, dates, addresses, names.

A card's number is never kept: only its last four digits are. Everything is found by expressions of bounded length.
"""

from __future__ import annotations

import re

from calmdesk.desk.reading import Fact
from calmdesk.desk.vocabulary import Lang

from .text import windows

_MOST = 40
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}")
_CARD = re.compile(r"(?<![\d])\d(?:[ -]?\d){12,18}(?!\d)")
_SUM = re.compile(
    r"(?P<before>[£$€₽])\s?(?P<a>\d{1,3}(?:[ ,.\u00a0]\d{3}){0,3}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?)(?!\d)"
    r"|(?<![\d.,])(?P<b>\d{1,3}(?:[ \u00a0]\d{3}){1,3}(?:[.,]\d{1,2})?|\d{1,9}(?:[.,]\d{1,2})?)\s?"
    r"(?P<after>£|\$|€|₽|(?:usd|eur|gbp|dollars?|pounds?|quid|euros?|руб(?:\.|лей|ля|ль)?|р\.|тысяч(?:а|и)?|тыс\.?|тенге)(?![^\W\d_]))",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"(?P<label>\b(?:order|ticket|case|claim|invoice|booking|reference|ref|parcel|tracking|account|contract|policy"
    r"|заказ\w{0,3}|обращени\w{1,3}|заявк\w{1,3}|тикет\w{0,2}|номер\w{0,2}|трек\w{0,3}|брон\w{1,3}|договор\w{0,3}"
    r"|накладн\w{1,3}|сч[её]т\w{0,3}|полис\w{0,3})"
    r"(?:\s{1,2}(?:number|no\.?|nr\.?|id|номер|is|номера))?[\s:]{0,3})?"
    r"(?P<mark>[#№]\s?)?(?P<code>(?:[A-ZА-Я]{1,5}[-/ ]?)?\d[\dA-Z-]{3,17})(?![\w])",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?<![\w])\+?\d{1,3}[ -]?\(?\d{2,4}\)?(?:[ -]?\d{2,4}){2,3}(?!\d)")
_DATE = re.compile(
    r"(?<![\d.])(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}(?:[./](?:\d{4}|\d{2}))?"
    r"|\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}(?:\s\d{4})?"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|december)\s\d{1,2}(?:st|nd|rd|th)?"
    r"|\d{1,2}\s(?:январ|феврал|март|апрел|ма|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-я]{1,3}(?:\s\d{4})?)(?![\d\w])",
    re.IGNORECASE,
)
_NAME = {
    Lang.EN: re.compile(
        r"(?:\b[Mm]y name(?:'s|’s| is)|\b[Ii](?:'m|’m| am)|\b[Tt]his is|^\s*[Ii]t(?:'s|’s))\s"
        r"(?P<name>[A-Z][a-zé'-]{1,20}(?:\s[A-Z][a-zé'-]{1,20}){0,2})"
    ),
    Lang.RU: re.compile(
        r"(?:[Мм]еня зовут|[Мм]о[её] имя|[Ээ]то|[Бб]еспокоит|[Фф]амилия)\s"
        r"(?P<name>[А-ЯЁ][а-яё-]{1,20}(?:\s[А-ЯЁ][а-яё-]{1,20}){0,2})"
    ),
}
#: Words that stand where a name could and are none.
_NO_NAMES = frozenset(
    {
        "not",
        "so",
        "just",
        "still",
        "very",
        "really",
        "going",
        "sorry",
        "sure",
        "afraid",
        "done",
        "sick",
        "here",
        "writing",
        "calling",
        "waiting",
        "trying",
        "the",
        "a",
        "an",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "absolutely",
        "furious",
        "angry",
        "fed",
    }
)


def find_facts(text: str, lang: Lang) -> tuple[Fact, ...]:
    """The facts of a message in the order of their places, none overlapping another."""
    found: list[Fact] = []
    for start, end in windows(text):
        for fact in _in_part(text[start:end], lang):
            found.append(Fact(fact.kind, fact.value, fact.start + start, fact.end + start))
    return tuple(found[:_MOST])


def _in_part(part: str, lang: Lang) -> list[Fact]:
    taken: list[Fact] = []
    # The order matters: what is surely something is taken first, and later kinds keep off it.
    for fact in (*_cards(part), *_emails(part), *_sums(part), *_dates(part), *_phones(part), *_orders(part)):
        if not any(fact.start < other.end and other.start < fact.end for other in taken):
            taken.append(fact)
    name = _NAME[lang].search(part)
    if name and name["name"].split()[0].lower() not in _NO_NAMES:
        taken.append(Fact("name", name["name"], *name.span("name")))
    return sorted(taken, key=lambda fact: fact.start)


def _cards(part: str) -> list[Fact]:
    facts = []
    for found in _CARD.finditer(part):
        digits = re.sub(r"\D", "", found.group())
        if 13 <= len(digits) <= 19 and _luhn(digits):
            facts.append(Fact("card", f"•••• {digits[-4:]}", *found.span()))
    return facts


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def mask_cards(text: str) -> str:
    """The text with every card number masked to its last four digits."""
    return _CARD.sub(
        lambda found: (
            f"•••• {re.sub(r'[^0-9]', '', found.group())[-4:]}"
            if _luhn(re.sub(r"[^0-9]", "", found.group()))
            else found.group()
        ),
        text,
    )


def _emails(part: str) -> list[Fact]:
    return [Fact("email", found.group(), *found.span()) for found in _EMAIL.finditer(part)]


def _sums(part: str) -> list[Fact]:
    return [Fact("sum", found.group().strip(), *found.span()) for found in _SUM.finditer(part)]


def _dates(part: str) -> list[Fact]:
    return [Fact("date", found.group(), *found.span()) for found in _DATE.finditer(part)]


def _phones(part: str) -> list[Fact]:
    facts = []
    for found in _PHONE.finditer(part):
        digits = re.sub(r"\D", "", found.group())
        if 10 <= len(digits) <= 15 and (
            found.group().startswith(("+", "8", "0", "7")) or " " in found.group()
        ):
            facts.append(Fact("phone", found.group(), *found.span()))
    return facts


def _orders(part: str) -> list[Fact]:
    facts = []
    for found in _ORDER.finditer(part):
        code = found["code"]
        digits = sum(c.isdigit() for c in code)
        if digits >= 4 and (
            found["label"] or found["mark"] or digits >= 6 or (code[0].isalpha() and digits >= 5)
        ):
            start, value = found.start("code"), code.rstrip("-")
            facts.append(Fact("order", value, start, start + len(value)))
    return facts
