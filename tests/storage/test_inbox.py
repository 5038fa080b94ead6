"""The inbox: who is looked at first, and what a filter leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import ConversationClosed, ConversationReopened, Event, OwnerChanged, PromiseMade
from calmdesk.desk.people import Customer, Viewer
from calmdesk.desk.ports import InboxFilter, InboxOrder
from calmdesk.desk.reading import Abuse
from calmdesk.desk.vocabulary import (
    AbuseKind,
    AbuseTarget,
    Channel,
    HeatBand,
    Issue,
    PromiseKind,
    Status,
)
from calmdesk.storage import Storage
from tests.fakes import CLOCK, Cast, FakeStorage, agent_says, customer_says, opened

Store = Storage | FakeStorage
CAST = Cast()
ALICE = CAST.viewers["alice"]


def _talk(
    store: Store, conversation_id: str, *events: Event, who: Customer = CAST.dana, **how: object
) -> None:
    with store.units()() as work:
        work.conversations.append(Conversation(), [opened(who, conversation_id, **how), *events])  # type: ignore[arg-type]
        work.commit()


def _listed(store: Store, viewer: Viewer = ALICE, limit: int = 100, **which: object) -> list[str]:
    with store.readers()() as work:
        lines = work.conversations.inbox(viewer, InboxFilter(**which), limit=limit)  # type: ignore[arg-type]
    return [line.conversation_id for line in lines]


@pytest.fixture
def busy(store: Store) -> Store:
    """A desk with much to do. The names say what each conversation is."""
    threat = Abuse(AbuseKind.THREAT, AbuseTarget.AGENT)
    harm = Abuse(AbuseKind.SELF_HARM, AbuseTarget.CUSTOMER)
    _talk(store, "calm-long", customer_says("when do you open?", "m", minute=1, heat=0.05))
    _talk(store, "furious-short", customer_says("enough", "m", minute=50, heat=0.9))
    _talk(store, "furious-long", customer_says("I have had it", "m", minute=20, heat=0.85))
    _talk(
        store,
        "furious-answered",
        customer_says("rubbish", "m", minute=2, heat=0.95),
        agent_says(CAST.bob, "I see why", "n", minute=3),
    )
    _talk(store, "angry-long", customer_says("not good", "m", minute=2, heat=0.6))
    _talk(store, "threat-calm", customer_says("I know where you are", "m", minute=55, heat=0.1, abuse=threat))
    _talk(store, "harm-tense", customer_says("I cannot go on", "m", minute=56, heat=0.4, abuse=harm))
    closed = ConversationClosed(at=CLOCK + timedelta(minutes=59), by="bob")
    _talk(store, "closed-furious", customer_says("bye", "m", minute=58, heat=0.99), closed)
    _talk(store, "elsewhere", customer_says("алло", "m", minute=1, heat=0.99), who=CAST.fyodor)
    return store


def test_safety_stands_first_then_the_hotter_band_then_who_waits_longest(busy: Store) -> None:
    assert _listed(busy) == [
        "harm-tense",
        "threat-calm",
        "furious-long",
        "furious-short",
        "furious-answered",
        "angry-long",
        "calm-long",
    ]


def test_in_a_list_of_all_the_closed_ones_stand_last(busy: Store) -> None:
    everything = _listed(busy, status=None)
    assert everything[-1] == "closed-furious"
    assert everything[:-1] == _listed(busy)
    assert _listed(busy, status=Status.CLOSED) == ["closed-furious"]


def test_a_reopened_conversation_takes_its_place_again(busy: Store) -> None:
    with busy.units()() as work:
        state = work.conversations.get("closed-furious", ALICE, for_update=True)
        reopened = ConversationReopened(at=CLOCK + timedelta(minutes=60), by="bob")
        work.conversations.append(state, [reopened])
        work.commit()
    assert _listed(busy).index("closed-furious") < _listed(busy).index("angry-long")


def test_by_waiting_the_band_does_not_matter(busy: Store) -> None:
    order = _listed(busy, order=InboxOrder.WAITING)
    assert order[:4] == ["calm-long", "angry-long", "furious-long", "furious-short"]
    assert order[-1] == "furious-answered"


def test_by_newest_the_last_message_counts(busy: Store) -> None:
    assert _listed(busy, order=InboxOrder.NEWEST)[:2] == ["harm-tense", "threat-calm"]


def test_the_limit_keeps_the_first(busy: Store) -> None:
    assert _listed(busy, limit=2) == ["harm-tense", "threat-calm"]


def test_hot_means_open_anger(busy: Store) -> None:
    assert set(_listed(busy, hot=True)) == {
        "furious-long", "furious-short", "furious-answered", "angry-long",
    }  # fmt: skip


def test_the_owner_filter_knows_a_person_the_bot_and_nobody(store: Store) -> None:
    for owner in ("bob", "bot", None):
        _talk(store, f"of-{owner}", OwnerChanged(at=CLOCK, by="system", owner=owner))
    assert _listed(store, owner="bob") == ["of-bob"]
    assert _listed(store, owner="bot") == ["of-bot"]
    assert _listed(store, owner="none") == ["of-None"]
    assert len(_listed(store)) == 3


def test_the_channel_filter(store: Store) -> None:
    _talk(store, "chat")
    _talk(store, "mail", channel=Channel.EMAIL)
    assert _listed(store, channel=Channel.EMAIL) == ["mail"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("parcel", ["en"]),
        ("PARCEL", ["en"]),
        ("  lost   parcel ", ["en"]),
        ("dana", ["en", "percent", "ru", "under"]),
        ("ПОСЫЛКА", ["ru"]),
        ("мое", ["ru"]),
        ("МОЁ", ["ru"]),
        ("100%", ["percent"]),
        ("%", ["percent"]),
        ("_", ["under"]),
        ("\\", []),
        ("'; DROP TABLE entries; --", []),
        ("order 7", ["under"]),
    ],
)
def test_a_search_looks_through_name_subject_and_last_words(
    store: Store, words: str, found: list[str]
) -> None:
    _talk(store, "en", customer_says("You lost\n my lost parcel!", "m", minute=1))
    _talk(store, "ru", customer_says("Где моя посылка? Это моё", "m", minute=1))
    _talk(store, "percent", customer_says("I am 100% sure", "m", minute=1))
    _talk(store, "under", customer_says("snake_case", "m", minute=1), subject="Order 7")
    assert sorted(_listed(store, text=words)) == found


def test_a_line_says_what_the_inbox_shows(store: Store) -> None:
    due = CLOCK + timedelta(hours=8)
    promise = PromiseMade(
        at=CLOCK, by="bob", promise_id="p", message_id="m2", promise=PromiseKind.CALLBACK, quote="by 5",
        due=due, owner="bob",
    )  # fmt: skip
    billing = customer_says("You charged\n me twice, idiot", "m1", minute=1, heat=0.8)
    insult = Abuse(AbuseKind.INSULT, AbuseTarget.AGENT)
    billing = replace(billing, reading=replace(billing.reading, issue=Issue.BILLING, abuse=insult))
    _talk(store, "k", billing, OwnerChanged(at=CLOCK, by="bob", owner="bob", owner_name="Bob"), promise)
    with store.readers()() as work:
        line = work.conversations.line("k", ALICE)
        assert [line] == work.conversations.inbox(ALICE, InboxFilter())
        state = work.conversations.get("k", ALICE)
    assert line.last_words == "You charged me twice, idiot"
    assert line.waiting_since == CLOCK + timedelta(minutes=1)
    assert (line.band, line.heat) == (HeatBand.FURIOUS, state.heat.level)
    assert (line.next_due, line.owner, line.owner_name) == (due, "bob", "Bob")
    assert (line.rung, line.safety, line.issue, line.seq) == (state.ladder.rung, False, "billing", 4)
    assert line.last_by_customer
    assert line.customer_name == "Dana"


def test_a_customers_conversations_newest_first(busy: Store) -> None:
    with busy.readers()() as work:
        lines = work.conversations.of_customer("dana", ALICE, limit=3)
    assert [line.conversation_id for line in lines] == ["closed-furious", "harm-tense", "threat-calm"]
