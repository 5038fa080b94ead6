"""Timelines: what was appended comes back, in order, once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from calmdesk.desk.conversation import Conversation, fold
from calmdesk.desk.errors import BadInput, Conflict, NotFound
from calmdesk.desk.events import ConversationClosed, MessagePosted, NoteWritten, OwnerChanged
from calmdesk.desk.people import Viewer
from calmdesk.desk.reading import Abuse, Cue, Fact, Finding, FoundPromise, Heat, Reading
from calmdesk.desk.vocabulary import (
    AbuseKind,
    AbuseTarget,
    HeatBand,
    Issue,
    Lang,
    Leverage,
    LintRule,
    Move,
    PromiseKind,
    Role,
)
from calmdesk.storage import Storage
from tests.fakes import CLOCK, Cast, FakeStorage, agent_says, begin, customer_says, opened

Store = Storage | FakeStorage
CAST = Cast()
SYSTEM = Viewer.system()


def test_the_state_comes_back_as_append_gave_it(store: Store) -> None:
    state = begin(store.units(), CAST.dana, "k1")
    with store.units()() as work:
        after = work.conversations.append(
            state,
            [
                customer_says("Where is my parcel?", "m1", minute=1, heat=0.6),
                agent_says(CAST.bob, "Let me look.", "m2", minute=2),
            ],
        )
        work.commit()
    with store.readers()() as work:
        assert work.conversations.get("k1", SYSTEM) == after
        entries = work.conversations.timeline("k1", SYSTEM)
    assert [entry.seq for entry in entries] == [0, 1, 2]
    assert fold(entry.event for entry in entries) == after
    assert after.turn_count == 2


def test_a_reading_comes_back_whole(store: Store) -> None:
    reading = Reading(
        role=Role.CUSTOMER,
        lang=Lang.RU,
        heat=Heat(HeatBand.FURIOUS, 0.93),
        abuse=Abuse(AbuseKind.INSULT, AbuseTarget.AGENT),
        leverage=(Leverage.REFUND, Leverage.LEGAL),
        issue=Issue.BILLING,
        moves=(Move.ACKNOWLEDGE,),
        lint=(Finding(LintRule.BLAMING, 0, 2, "Вы", "потому что", "источник", ("иначе",), "rule:x"),),
        promises=(FoundPromise(PromiseKind.CALLBACK, CLOCK, "сегодня", 0, 7),),
        cues=(Cue("heat.furious", 0, 4, "Верн", "потому что", "rule:y"),),
        facts=(Fact("order", "A-17", 3, 7),),
        asks=True,
        declines=True,
    )
    message = replace(customer_says("Верните деньги 😡😡 A-17\0", "m1"), reading=reading)
    state = begin(store.units(), CAST.dana, "k1")
    with store.units()() as work:
        work.conversations.append(state, [message])
        work.commit()
    with store.readers()() as work:
        assert work.conversations.entry("k1", 1, SYSTEM).event == message


def test_whoever_comes_second_gets_a_conflict_and_changes_nothing(store: Store) -> None:
    state = begin(store.units(), CAST.dana, "k1")
    with store.units()() as work:
        after = work.conversations.append(state, [customer_says("first", "m1")])
        work.commit()
    with store.units()() as work:
        with pytest.raises(Conflict):
            work.conversations.append(state, [customer_says("second", "m2")])
        # Nothing was written, so the same transaction may look again and go on.
        assert work.conversations.get("k1", SYSTEM) == after
        final = work.conversations.append(after, [customer_says("second", "m2")])
        work.commit()
    with store.readers()() as work:
        assert work.conversations.get("k1", SYSTEM) == final
        assert len(work.conversations.timeline("k1", SYSTEM)) == 3


def test_a_conversation_is_opened_once(store: Store) -> None:
    begin(store.units(), CAST.dana, "k1")
    with store.units()() as work:
        with pytest.raises(Conflict):
            work.conversations.append(Conversation(), [opened(CAST.eve, "k1")])
        with pytest.raises(Conflict):
            work.commit()
    with store.readers()() as work:
        assert work.conversations.get("k1", SYSTEM).customer_id == "dana"


def test_a_conversation_begins_with_its_opening(store: Store) -> None:
    with store.units()() as work, pytest.raises(ValueError, match="begins with"):
        work.conversations.append(Conversation(), [customer_says("hello", "m1")])


def test_nothing_appended_changes_nothing(store: Store) -> None:
    state = begin(store.units(), CAST.dana, "k1")
    with store.units()() as work:
        assert work.conversations.append(state, []) is state


def test_a_key_finds_its_message_in_its_own_conversation(store: Store) -> None:
    state = begin(store.units(), CAST.dana, "k1")
    begin(store.units(), CAST.dana, "k2")
    message = customer_says("hello", "m1")
    with store.units()() as work:
        taken = OwnerChanged(at=CLOCK, by="bob", owner="bob")
        work.conversations.append(state, [taken, message], client_key="key")
        work.commit()
    with store.readers()() as work:
        found = work.conversations.message_by_key("k1", "key")
        assert found is not None
        assert (found.seq, found.event) == (2, message)
        assert work.conversations.message_by_key("k2", "key") is None
        assert work.conversations.message_by_key("k1", "other") is None


def test_a_key_is_taken_once_and_the_whole_transaction_with_it(store: Store) -> None:
    state = begin(store.units(), CAST.dana, "k1")
    with store.units()() as work:
        state = work.conversations.append(state, [customer_says("hello", "m1")], client_key="key")
        work.commit()
    with store.units()() as work:
        with pytest.raises(Conflict):
            work.conversations.append(state, [customer_says("hello", "m2")], client_key="key")
        with pytest.raises(Conflict):
            work.commit()
    with store.readers()() as work:
        assert work.conversations.get("k1", SYSTEM) == state
        assert len(work.conversations.timeline("k1", SYSTEM)) == 2


def test_a_message_id_is_taken_once_in_a_conversation(store: Store) -> None:
    state = begin(store.units(), CAST.dana, "k1")
    with store.units()() as work:
        state = work.conversations.append(state, [customer_says("hello", "m1")])
        work.commit()
    with store.units()() as work, pytest.raises(Conflict):
        work.conversations.append(state, [customer_says("again", "m1")])


def test_a_timeline_is_read_in_parts(store: Store) -> None:
    state = begin(store.units(), CAST.dana, "k1")
    with store.units()() as work:
        work.conversations.append(state, [customer_says(f"{n}", f"m{n}") for n in range(1, 11)])
        work.commit()
    with store.readers()() as work:
        read = work.conversations.timeline

        def seqs(**where: int) -> list[int]:
            return [entry.seq for entry in read("k1", SYSTEM, **where)]

        assert seqs(limit=3) == [8, 9, 10]
        assert seqs(before_seq=8, limit=3) == [5, 6, 7]
        assert seqs(after_seq=7) == [8, 9, 10]
        assert seqs(after_seq=2, before_seq=5) == [3, 4]
        assert seqs(after_seq=10) == []
        with pytest.raises(NotFound):
            read("nowhere", SYSTEM, after_seq=10)


def test_a_visitor_reads_what_is_public_and_cannot_ask_for_the_rest(store: Store) -> None:
    state = begin(store.units(), CAST.dana, "k1")
    note = NoteWritten(at=CLOCK, by="bob", author_name="Bob", text="careful with this one")
    closed = ConversationClosed(at=CLOCK, by="bob")
    with store.units()() as work:
        work.conversations.append(state, [customer_says("hi", "m1"), note, customer_says("?", "m2"), closed])
        work.commit()
    dana = CAST.viewers["dana"]
    with store.readers()() as work:
        entries = work.conversations.timeline("k1", dana)
        assert [e.event.message_id for e in entries if isinstance(e.event, MessagePosted)] == ["m1", "m2"]
        assert len(entries) == 2
        # The limit counts what the visitor sees.
        assert [e.seq for e in work.conversations.timeline("k1", dana, limit=2)] == [1, 3]
        with pytest.raises(NotFound):
            work.conversations.entry("k1", 2, dana)
        assert work.conversations.entry("k1", 2, SYSTEM).event == note


def test_text_that_is_no_unicode_is_refused_before_anything_is_written(real: Storage) -> None:
    state = begin(real.units(), CAST.dana, "k1")
    with real.units()() as work, pytest.raises(BadInput):
        work.conversations.append(state, [customer_says("half \ud83d of a pair", "m1")])
    with real.readers()() as work:
        assert work.conversations.get("k1", SYSTEM) == state
        with pytest.raises(BadInput):
            work.people.sign_in("\ud83d")


def test_an_instant_without_a_zone_is_refused(real: Storage) -> None:
    state = begin(real.units(), CAST.dana, "k1")
    message = replace(customer_says("hello", "m1"), at=CLOCK.replace(tzinfo=None))
    with real.units()() as work, pytest.raises(Exception, match="without a zone"):
        work.conversations.append(state, [message])
