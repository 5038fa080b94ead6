"""The one door: every way to reach a thing, tried by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from calmdesk.desk.errors import NotFound
from calmdesk.desk.people import Viewer
from calmdesk.desk.ports import InboxFilter, OutboxRow, PromiseFilter, Topic, UnitOfWork
from calmdesk.desk.promise import Promise, PromiseTransition
from calmdesk.desk.record import Record, Survey
from calmdesk.desk.vocabulary import PromiseKind, PromiseState
from calmdesk.storage import Storage
from tests.fakes import CLOCK, Cast, FakeStorage, begin, customer_says

Store = Storage | FakeStorage
CAST = Cast()

STAFF = {"alice", "bob", "system", "shop's system"}
STAFF_AND_DANA = STAFF | {"dana"}

#: How a thing of Dana's conversation at the shop can be reached, and who may reach it.
WAYS: dict[str, tuple[Callable[[UnitOfWork, Viewer], object], set[str]]] = {
    "conversation": (lambda work, viewer: work.conversations.get("k", viewer), STAFF_AND_DANA),
    "conversation to change": (
        lambda work, viewer: work.conversations.get("k", viewer, for_update=True),
        STAFF_AND_DANA,
    ),
    "timeline": (lambda work, viewer: work.conversations.timeline("k", viewer), STAFF_AND_DANA),
    "end of the timeline": (
        lambda work, viewer: work.conversations.timeline("k", viewer, after_seq=99) or True,
        STAFF_AND_DANA,
    ),
    "message": (lambda work, viewer: work.conversations.entry("k", 1, viewer), STAFF_AND_DANA),
    "opening": (lambda work, viewer: work.conversations.entry("k", 0, viewer), STAFF),
    "line": (lambda work, viewer: work.conversations.line("k", viewer), STAFF_AND_DANA),
    "inbox": (
        lambda work, viewer: [
            line for line in work.conversations.inbox(viewer, InboxFilter()) if line.conversation_id == "k"
        ],
        STAFF_AND_DANA,
    ),
    "inbox, searched": (
        lambda work, viewer: [
            line
            for line in work.conversations.inbox(viewer, InboxFilter(status=None, text="Dana"))
            if line.conversation_id == "k"
        ],
        STAFF_AND_DANA,
    ),
    "customer's conversations": (
        lambda work, viewer: work.conversations.of_customer("dana", viewer),
        STAFF_AND_DANA,
    ),
    "promise": (lambda work, viewer: work.promises.get("p", viewer), STAFF_AND_DANA),
    "promise to change": (
        lambda work, viewer: work.promises.get("p", viewer, for_update=True),
        STAFF_AND_DANA,
    ),
    "promises": (lambda work, viewer: work.promises.listing(viewer, PromiseFilter()), STAFF_AND_DANA),
    "promises of the conversation": (
        lambda work, viewer: work.promises.listing(viewer, PromiseFilter(conversation_id="k")),
        STAFF_AND_DANA,
    ),
    "history": (lambda work, viewer: work.promises.history("p", viewer), STAFF),
    "record": (lambda work, viewer: work.records.of("k", viewer), STAFF),
    "survey": (lambda work, viewer: work.records.survey_of("k", viewer), STAFF_AND_DANA),
    "person": (lambda work, viewer: work.people.person("bob", viewer), STAFF),
    "staff": (
        lambda work, viewer: [person for person in work.people.staff(viewer) if person.id == "bob"],
        STAFF,
    ),
    "customer": (lambda work, viewer: work.people.customer("dana", viewer), STAFF_AND_DANA),
    "poisoned rows": (lambda work, viewer: work.outbox.poisoned(viewer), STAFF),
}


@pytest.fixture
def furnished(store: Store) -> Store:
    """Dana's conversation with everything a conversation can have, and one of everybody else's."""
    dana = begin(store.units(), CAST.dana, "k")
    begin(store.units(), CAST.eve, "eve's")
    begin(store.units(), CAST.fyodor, "fyodor's")
    promise = Promise(
        "p", "shop", "k", "m", "bob", PromiseKind.UPDATE, "soon", CLOCK, PromiseState.MADE, CLOCK
    )
    with store.units()() as work:
        work.conversations.append(dana, [customer_says("hello", "m")])
        work.promises.add(promise, PromiseTransition("p", CLOCK, None, PromiseState.MADE, "bob"))
        work.records.save(Record("r", "shop", "k", (), CLOCK))
        work.records.save_survey(Survey("s", "shop", "k", CLOCK))
        work.outbox.add(OutboxRow(Topic.MAIL, "mail", "shop", "key", CLOCK))
        work.commit()
    with store.units()() as work:
        (row,) = work.outbox.claim(Topic.MAIL, CLOCK, "w", lease=60)
        work.outbox.fail(row.id, CLOCK, "w", "no such address", retry_at=None)
        work.commit()
    return store


@pytest.mark.parametrize("way", WAYS)
def test_everybody_at_the_door(furnished: Store, way: str) -> None:
    reach, allowed = WAYS[way]
    got_in = set()
    for name, viewer in CAST.viewers.items():
        with furnished.units()() as work:
            try:
                found = reach(work, viewer)
            except NotFound:
                continue
        if found:
            got_in.add(name)
    assert got_in == allowed


def test_a_stranger_learns_no_difference_between_hidden_and_missing(furnished: Store) -> None:
    answers = []
    for conversation_id in ("k", "never was"):
        with furnished.readers()() as work, pytest.raises(NotFound) as refused:
            work.conversations.get(conversation_id, CAST.viewers["charlie"])
        answers.append((refused.value.message, refused.value.fields))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "nobody",
    [
        Viewer(CAST.viewers["dana"].kind, "shop", customer_id=None),
        Viewer(CAST.viewers["dana"].kind, "", customer_id="dana"),
        Viewer(CAST.viewers["bob"].kind, ""),
    ],
)
def test_a_viewer_without_desk_or_customer_sees_nothing(furnished: Store, nobody: Viewer) -> None:
    with furnished.readers()() as work:
        assert work.conversations.inbox(nobody, InboxFilter(status=None)) == []
        assert work.promises.listing(nobody, PromiseFilter()) == []
        assert work.people.staff(nobody) == []
        with pytest.raises(NotFound):
            work.conversations.get("k", nobody)
