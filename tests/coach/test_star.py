"""The STAR draft: every line rests on messages, and the result stays open until the customer confirms it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from calmdesk.coach import Coach
from calmdesk.desk.conversation import fold
from calmdesk.desk.events import Event, MessagePosted, PromiseMade, PromiseMoved
from calmdesk.desk.reading import Reading
from calmdesk.desk.record import Part
from calmdesk.desk.vocabulary import Lang, PromiseKind, PromiseState, Role

from .stories import START, agent, customer, opened, posted
from .test_properties import talks


def timeline(*turns: tuple[Role, str, Reading]) -> list[Event]:
    state = opened()
    events: list[Event] = []
    for role, text, reading in turns:
        event = posted(state, role, text, reading)
        state = state.apply(event)
        events.append(event)
    return events


LATE = (Role.CUSTOMER, "The lamp I ordered never came. I want my money back!",
        customer(Lang.EN, "angry", issue="delivery", lever="refund"))  # fmt: skip
HELP = (Role.AGENT, "A lamp that never comes is no use. I'm refunding it today.",
        agent(Lang.EN, "", ["acknowledge", "solve", "promise"]))  # fmt: skip
GOOD = (Role.CUSTOMER, "The refund arrived, thank you.", customer(Lang.EN, "calm", say="thanks"))
STILL = (Role.CUSTOMER, "The refund still hasn't arrived.", customer(Lang.EN, "tense"))
PROMISE = PromiseMade(
    at=START, by="a1", promise_id="pr1", message_id="m1", promise=PromiseKind.REFUND,
    quote="I'm refunding it today", due=START + timedelta(hours=6), owner="a1",
)  # fmt: skip
KEPT = PromiseMoved(at=START, by="a1", promise_id="pr1", to=PromiseState.KEPT)


def test_the_four_parts_stand_in_order_and_cite(coach: Coach) -> None:
    events = [*timeline(LATE, HELP, GOOD), PROMISE, KEPT]
    lines = coach.draft_record(fold(events), events, lang=Lang.EN)
    parts = [line.part for line in lines]
    assert parts == sorted(parts, key=list(Part).index)
    assert set(parts) == set(Part)
    assert all(line.cites for line in lines)
    assert lines[0].cites == ("m0",)
    assert "delivery" in lines[0].text
    assert any("money back" in line.text for line in lines if line.part is Part.TASK)


def test_the_result_is_verified_by_the_customers_words_alone(coach: Coach) -> None:
    told = [*timeline(LATE, HELP, GOOD), PROMISE, KEPT]
    assert coach.result_confirmed(told)
    assert coach.draft_record(fold(told), told, lang=Lang.EN)[-1].text == (
        "The customer confirmed: “The refund arrived, thank you.”"
    )
    for events in (
        timeline(LATE),
        timeline(LATE, HELP),
        timeline(LATE, HELP, STILL),
        timeline(LATE, HELP, GOOD, STILL),
    ):
        result = [x for x in coach.draft_record(fold(events), events, lang=Lang.EN) if x.part is Part.RESULT]
        assert result[0].text.startswith("Not verified yet")


def test_what_is_still_owed_keeps_the_case_open(coach: Coach) -> None:
    events = [*timeline(LATE, HELP, GOOD), PROMISE]
    lines = coach.draft_record(fold(events), events, lang=Lang.EN)
    assert not coach.result_confirmed(events)
    assert lines[-1].part is Part.RESULT
    assert lines[-1].cites == ("m1",)
    assert "still owed" in lines[-1].text.lower()


def test_russian_record_is_russian(coach: Coach) -> None:
    events = timeline(LATE, HELP, GOOD)
    first = coach.draft_record(fold(events), events, lang=Lang.RU)[0]
    assert first.text.startswith("Клиент сообщает (доставка)")


def test_an_empty_timeline_has_no_record(coach: Coach) -> None:
    assert coach.draft_record(opened(), [], lang=Lang.EN) == ()


@given(talk=talks)
@settings(max_examples=40, deadline=None)
def test_every_line_cites_messages_of_the_timeline(
    coach: Coach, talk: list[tuple[Role, str, Reading]]
) -> None:
    events = timeline(*talk)
    known = {e.message_id for e in events if isinstance(e, MessagePosted)}
    for line in coach.draft_record(fold(events), events, lang=Lang.EN):
        assert line.cites
        assert set(line.cites) <= known
