"""The same words said differently, by the desk's language model if one is configured; never while somebody types.

Only the opening or the rewrite itself is sent, with facts and names masked: no message of the customer leaves the
desk. What comes back passes the coach's own lint and a check of facts; whatever fails, the words stay as they were.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from calmdesk.actions.services import Services
from calmdesk.actions.words import clean_text
from calmdesk.desk.errors import NotAllowed
from calmdesk.desk.people import Act, Viewer, may
from calmdesk.desk.vocabulary import Lang, Role

log = logging.getLogger(__name__)
LONGEST = 1_200


class Use(StrEnum):
    """What a model is used for; each may have a model of its own."""

    OPENINGS = "openings"
    REWRITES = "rewrites"


class Completes(Protocol):
    """Answers an instruction; `calmdesk.channels.llm.ChatClient` is one."""

    def complete(self, model: str, system: str, words: str) -> str:
        """The answer. Raises an Exception of its own when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Phraser:
    """A client, and the model for each use; a use without a model is off. `away` is what the client raises."""

    client: Completes
    models: dict[Use, str]
    away: type[Exception]


@dataclass(frozen=True, slots=True)
class Rephrase:
    """Wanted: these words of the coach in other words."""

    viewer: Viewer
    conversation_id: str
    text: str
    use: Use = Use.OPENINGS


@dataclass(frozen=True, slots=True)
class Rephrased:
    """The words; `changed` is False when there is no model, or none of its answers could be used."""

    text: str
    changed: bool


_SYSTEM = {
    Lang.EN: (
        "You rephrase one short reply of a support agent to an upset customer. Keep the meaning, the warmth and the "
        "person who speaks. Keep every mark like [F1] exactly once. Add no fact, number, date, name, promise, excuse "
        "or offer. Plain English, at most as long as the original. Answer with the reply alone."
    ),
    Lang.RU: (
        "Перефразируйте один короткий ответ сотрудника поддержки расстроенному клиенту. Сохраните смысл, тепло и лицо "
        "говорящего; обращение на «вы». Каждую метку вида [F1] оставьте ровно один раз. Не добавляйте фактов, чисел, "
        "дат, имён, обещаний, оправданий и предложений. Простой русский язык, не длиннее исходного. "
        "В ответе только сама реплика."
    ),
}


def rephrase(wanted: Rephrase, services: Services, phraser: Phraser | None) -> Rephrased:
    """Other words for the same, or the same words. Raises NotFound, NotAllowed, BadInput, TooLarge; never ModelAway."""
    if not may(wanted.viewer, Act.WRITE_AS_AGENT):
        raise NotAllowed
    text = clean_text(wanted.text, longest=LONGEST, what="draft")
    with services.readers() as work:
        conversation = work.conversations.get(wanted.conversation_id, wanted.viewer)
    model = phraser.models.get(wanted.use, "") if phraser else ""
    if phraser is None or not model:
        return Rephrased(text, changed=False)
    # The coach loads after the desk has begun to answer.
    from calmdesk.coach.saying import adds_nothing, keeps_to, mask, tidied, unmask
    from calmdesk.coach.signals import lang_of

    lang = lang_of(text, conversation.lang)
    known = [fact.value for fact in conversation.facts]
    names = [conversation.customer_name, *conversation.customer_name.split(), conversation.owner_name, *known]
    masked = mask(text, names)
    try:
        said = phraser.client.complete(model, _SYSTEM[lang], masked.text)
    except phraser.away as fault:
        log.info("rephrasing: the model is away (%s)", fault)
        return Rephrased(text, changed=False)
    told = unmask(tidied(said), masked)
    if told is None or told == text or not keeps_to(text, told, lang):
        log.info("rephrasing: the answer changed facts and was dropped")
        return Rephrased(text, changed=False)
    before = services.reader.read(text, role=Role.AGENT, lang=lang, so_far=conversation)
    after = services.reader.read(told, role=Role.AGENT, lang=lang, so_far=conversation)
    if not adds_nothing(before, after):
        log.info("rephrasing: the answer did not pass the lint and was dropped")
        return Rephrased(text, changed=False)
    return Rephrased(told, changed=True)
