"""Lint of a 150-word draft, as the composer asks for it: read, check, in the process."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from bench.figures import line
from calmdesk.app.build import build_engine
from calmdesk.app.settings import load_settings
from calmdesk.desk.hours import OfficeHours
from calmdesk.desk.vocabulary import Lang, Role

DRAFTS = {
    Lang.EN: (
        "Dear Ms Whitlock, you have been waiting for the lamp since Tuesday, and with your father's birthday on "
        "Saturday that is a miserable position to be in. I'm sorry about it. I have had the depot on the line: the "
        "lamp was put on the wrong van on Monday and is back in Leeds since last night, so the tracking page was "
        "right and our two messages to you were wrong. You should have been told that on Wednesday. There are two "
        "ways from here. A courier can bring the lamp to your door tomorrow between ten and noon, at no cost to "
        "you, or I refund the £89 today and you are free to buy one elsewhere. I'd understand either. Whichever "
        "you choose, I'll call you by 5 pm today to confirm it, and my direct line is below in case you need me "
        "before then. Calm down if you can, we will get back to you soon with the rest. Kind regards, Sam Okafor"
    ),
    Lang.RU: (
        "Олег Викторович, деньги за кресло списались у вас дважды, и половина зарплаты теперь висит непонятно где: "
        "злиться тут есть на что. Простите нас за это. Я открыл оба платежа. Второй прошёл из-за сбоя на нашей "
        "стороне, поэтому ждать разбирательства не придётся. Есть два пути. Первый: верну 23 400 рублей на карту, "
        "банк зачислит их в течение двух рабочих дней. Второй: верну на счёт магазина, тогда сумма будет у вас через "
        "несколько минут, и ею можно сразу оплатить доставку. Скажите, как вам удобнее, и я оформлю прямо сейчас. "
        "Успокойтесь, пожалуйста, надо было сразу посмотреть выписку. Завтра до 12:00 напишу вам, как прошёл "
        "платёж, и пришлю справку для банка. Если что-то понадобится раньше, мой прямой номер внизу письма. "
        "С уважением, Марина Белова, отдел заботы о клиентах магазина, линия для повторных обращений"
    ),
}


def main() -> None:
    """Prints the time to check each draft, cold caches excluded."""
    engine = build_engine(load_settings({}))
    reader, coach = engine.reader, engine.coach
    now = datetime.now(UTC)
    office = OfficeHours.parse("Mon-Fri 09:00-18:00", "Europe/London")
    for lang, draft in DRAFTS.items():
        times = []
        for turn in range(230):
            text = f"{draft} {turn}"
            start = time.perf_counter()
            reading = reader.read(text, role=Role.AGENT, lang=lang, now=now, office=office)
            coach.check_draft(text, reading, None, lang=lang)
            times.append(1000 * (time.perf_counter() - start))
        print(line(f"draft of {len(draft.split())} words, {lang.value}", times[30:]))
