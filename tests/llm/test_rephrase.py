"""Other words for the same: what is sent is masked, what comes back is checked, what fails changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from calmdesk.actions.rephrase import Phraser, Rephrase, Use, rephrase
from calmdesk.coach.saying import keeps_to, mask, tidied, unmask
from calmdesk.desk.errors import NotAllowed, NotFound
from calmdesk.desk.people import Viewer
from calmdesk.desk.vocabulary import Lang
from tests.cast import Cast


class Away(Exception):
    """The stand-in's own fault."""


@dataclass
class Model:
    """Answers by a rule and remembers what it saw."""

    answer: Callable[[str], str]
    saw: list[str] = field(default_factory=list)

    def complete(self, model: str, system: str, words: str) -> str:
        self.saw.append(words)
        return self.answer(words)


def phraser(answer: Callable[[str], str]) -> tuple[Model, Phraser]:
    model = Model(answer)
    return model, Phraser(model, {Use.OPENINGS: "small"}, Away)


TEXT = "Order 48213 has kept you waiting far too long, and I'm looking into it for you now."


def test_facts_go_out_as_marks_and_come_back(cast: Cast) -> None:
    talk = cast.conversation(text="Where is order 48213?")
    model, with_model = phraser(
        lambda w: w.replace("has kept you waiting far too long", "kept you waiting too long")
    )
    said = rephrase(Rephrase(Viewer.staff(cast.alice), talk.id, TEXT), cast.parts.services, with_model)
    assert said.changed
    assert "48213" in said.text
    assert "48213" not in model.saw[0]


def _raises(_: str) -> str:
    raise Away("time-out")


@pytest.mark.parametrize(
    "answer",
    [
        _raises,
        lambda w: "",
        lambda w: "Sure!",
        lambda w: w + " We'll refund it by 5 pm.",
        lambda w: w + " I promise you a voucher.",
        lambda w: w.replace("[F1]", ""),
        lambda w: w + " [F1]",
        lambda w: w + " [F7]",
        lambda w: "Calm down. " + w,
        lambda w: w + " My colleague Gregory agrees.",
        lambda w: w * 4,
        lambda w: "Заказ [F1] слишком долго заставил вас ждать, я уже смотрю, что с ним.",
    ],
)
def test_whatever_cannot_be_used_leaves_the_words_alone(cast: Cast, answer: Callable[[str], str]) -> None:
    talk = cast.conversation(text="Where is order 48213?")
    _, with_model = phraser(answer)
    said = rephrase(Rephrase(Viewer.staff(cast.alice), talk.id, TEXT), cast.parts.services, with_model)
    assert (said.text, said.changed) == (TEXT, False)


def test_off_means_that_nothing_is_sent(cast: Cast) -> None:
    talk = cast.conversation(text="Where is it?")
    model, with_model = phraser(lambda w: w)
    wanted = Rephrase(Viewer.staff(cast.alice), talk.id, TEXT, Use.REWRITES)
    assert not rephrase(wanted, cast.parts.services, with_model).changed
    assert not rephrase(wanted, cast.parts.services, None).changed
    assert model.saw == []


def test_the_door_applies(cast: Cast) -> None:
    talk = cast.conversation(text="Where is it?")
    _, with_model = phraser(lambda w: w)
    with pytest.raises(NotFound):
        rephrase(Rephrase(Viewer.staff(cast.charlie), talk.id, TEXT), cast.parts.services, with_model)
    with pytest.raises(NotAllowed):
        rephrase(Rephrase(Viewer.visitor(cast.dana), talk.id, TEXT), cast.parts.services, with_model)


@pytest.mark.parametrize(
    "text",
    [
        "Ms Ferrant, ring 020 7946 0991 by 5 pm.",
        "Пишите на olga@post.test, заказ 7712, завтра в 10:30.",
        "Hello.",
    ],
)
def test_masking_hides_digits_and_addresses_and_is_undone(text: str) -> None:
    masked = mask(text, ["Ferrant"])
    assert "@" not in masked.text
    assert "Ferrant" not in masked.text
    outside = masked.text
    for number in range(len(masked.facts), 0, -1):
        outside = outside.replace(f"[F{number}]", "")
    assert not any(ch.isdigit() for ch in outside)
    assert unmask(masked.text, masked) == text


def test_quotes_and_fences_are_taken_off() -> None:
    assert tidied('"I am on it."') == "I am on it."
    assert tidied("```\nI am on it.\n```") == "I am on it."


def test_a_number_in_words_is_a_fact_too() -> None:
    assert not keeps_to("I'll look into it.", "I'll look into it for two hours.", Lang.EN)
    assert not keeps_to("Я разберусь.", "Я разберусь за три дня.", Lang.RU)
    assert keeps_to("I'm looking into it now.", "I'm checking this right now.", Lang.EN)
