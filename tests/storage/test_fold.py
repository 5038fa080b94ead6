"""The stored state is nothing but the timeline: whatever happens, it equals the fold from scratch."""

from __future__ import annotations

import itertools
from datetime import UTC, timedelta, timezone
from enum import StrEnum

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from calmdesk.desk import events as ev
from calmdesk.desk import reading as rd
from calmdesk.desk import vocabulary as vo
from calmdesk.desk.conversation import Conversation, fold
from calmdesk.desk.people import Viewer
from calmdesk.storage import Storage, codec
from calmdesk.storage.conversations import StoredConversations
from calmdesk.storage.lines import line_of
from calmdesk.storage.tables import conversations
from tests.fakes import CLOCK, Cast, FakeStorage, begin, customer_says, opened

CAST = Cast()
SYSTEM = Viewer.system()
_ids = itertools.count()

instants = st.builds(
    lambda microseconds, zone: (CLOCK + timedelta(microseconds=microseconds)).astimezone(zone),
    st.integers(-(10**15), 10**15),
    st.sampled_from([UTC, timezone(timedelta(hours=3)), timezone(timedelta(hours=-9, minutes=-30))]),
)
words = st.text(max_size=60)
scores = st.floats(0, 1)
who = st.sampled_from(["customer", "bot", "system", "bob"])


def some(of: type[StrEnum]) -> st.SearchStrategy[tuple[StrEnum, ...]]:
    """A few members of a closed set."""
    return st.lists(st.sampled_from(list(of)), max_size=3).map(tuple)


readings = st.builds(
    rd.Reading,
    role=st.sampled_from(vo.Role),
    lang=st.sampled_from(vo.Lang),
    heat=st.builds(rd.Heat, st.sampled_from(vo.HeatBand), scores),
    abuse=st.builds(rd.Abuse, st.sampled_from(vo.AbuseKind), st.sampled_from(vo.AbuseTarget)),
    leverage=some(vo.Leverage),
    issue=st.sampled_from(vo.Issue),
    moves=some(vo.Move),
    lint=st.lists(
        st.builds(
            rd.Finding, st.sampled_from(vo.LintRule), st.just(0), st.integers(1, 9), words, words, words,
            st.lists(words, max_size=2).map(tuple), words,
        ),
        max_size=2,
    ).map(tuple),
    promises=st.lists(
        st.builds(
            rd.FoundPromise, st.sampled_from(vo.PromiseKind), st.none() | instants, words, st.just(0),
            st.integers(1, 9),
        ),
        max_size=2,
    ).map(tuple),
    cues=st.lists(st.builds(rd.Cue, words, st.just(0), st.integers(1, 9), words, words, words), max_size=2).map(
        tuple
    ),
    facts=st.lists(st.builds(rd.Fact, words, words, st.just(0), st.integers(1, 9)), max_size=2).map(tuple),
    asks=st.booleans(),
    apologises=st.booleans(),
)  # fmt: skip
promise_ids = st.sampled_from(["p1", "p2", "p3"])
happenings = st.one_of(
    st.builds(
        ev.MessagePosted, at=instants, by=who, message_id=st.builds(lambda: f"m{next(_ids)}"),
        role=st.sampled_from(vo.Role), author_name=words, text=st.text(max_size=900), reading=readings,
        opening_id=st.none() | words,
    ),
    st.builds(ev.NoteWritten, at=instants, by=who, author_name=words, text=words, to=st.none() | who),
    st.builds(ev.OwnerChanged, at=instants, by=who, owner=st.none() | who, owner_name=words),
    st.builds(
        ev.PromiseMade, at=instants, by=who, promise_id=promise_ids, message_id=words,
        promise=st.sampled_from(vo.PromiseKind), quote=words, due=st.none() | instants, owner=st.none() | who,
    ),
    st.builds(
        ev.PromiseMoved, at=instants, by=who, promise_id=promise_ids, to=st.sampled_from(vo.PromiseState),
        note=words, due=st.none() | instants,
    ),
    st.builds(ev.SupervisorAlerted, at=instants, by=who, reason=words, message_id=st.none() | words),
    st.builds(ev.ConversationClosed, at=instants, by=who),
    st.builds(ev.ConversationReopened, at=instants, by=who),
    st.builds(ev.RecordSigned, at=instants, by=who, record_id=words, verified=st.booleans()),
    st.builds(ev.SurveyAsked, at=instants, by=who, survey_id=words),
    st.builds(
        ev.SurveyAnswered, at=instants, by=who, survey_id=words, score=st.integers(1, 5), comment=words,
        chosen=st.lists(words, max_size=2).map(tuple),
    ),
)  # fmt: skip
portions = st.lists(st.lists(happenings, min_size=1, max_size=6), max_size=6)


def test_every_kind_of_event_is_tried() -> None:
    tried = {"opened", "message", "note", "owner", "promise_made", "promise_moved", "alert", "closed"}
    tried |= {"reopened", "record_signed", "survey_asked", "survey_answered"}
    assert tried == set(ev.EVENTS)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(portions=portions)
def test_the_stored_state_equals_the_fold_from_scratch(
    store: Storage | FakeStorage, portions: list[list[ev.Event]]
) -> None:
    conversation_id = f"k{next(_ids)}"
    first = opened(CAST.dana, conversation_id)
    state = begin(store.units(), CAST.dana, conversation_id)
    for portion in portions:
        with store.units()() as work:
            state = work.conversations.append(
                work.conversations.get(conversation_id, SYSTEM, for_update=True), portion
            )
            work.commit()
    happened = [first, *itertools.chain.from_iterable(portions)]
    with store.readers()() as work:
        stored = work.conversations.get(conversation_id, SYSTEM)
        timeline = work.conversations.timeline(conversation_id, SYSTEM, limit=1000)
        line = work.conversations.line(conversation_id, SYSTEM)
        if isinstance(work.conversations, StoredConversations):
            assert work.conversations.folded(conversation_id) == stored
    assert [entry.event for entry in timeline] == happened
    assert stored == state == fold(happened)
    assert line == line_of(stored)


@given(
    state=st.lists(happenings, max_size=80).map(lambda happened: fold([opened(CAST.dana, "k"), *happened]))
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_snapshot_comes_back_as_it_was(state: Conversation) -> None:
    assert codec.decode_state(codec.encode_state(state)) == state


def test_a_snapshot_of_another_version_is_folded_anew(real: Storage) -> None:
    state = begin(real.units(), CAST.dana, "k")
    with real.units()() as work:
        state = work.conversations.append(state, [customer_says("hello", "m1", heat=0.7)])
        work.commit()
    with real.engines.writer.begin() as connection:
        connection.execute(update(conversations).values(shape="older", state='{"fields": "of long ago"}'))
    with real.units()() as work:
        assert work.conversations.get("k", SYSTEM) == state
        after = work.conversations.append(state, [customer_says("well?", "m2", minute=1)])
        work.commit()
    with real.engines.reader.connect() as connection:
        assert connection.execute(conversations.select()).one().shape == codec.state_shape()
    with real.readers()() as work:
        assert work.conversations.get("k", SYSTEM) == after


def test_a_damaged_snapshot_is_not_taken_for_a_state(real: Storage) -> None:
    begin(real.units(), CAST.dana, "k")
    with real.engines.writer.begin() as connection:
        connection.execute(update(conversations).values(state='{"id": 7}'))
    with real.readers()() as work, pytest.raises(ValueError, match="id"):
        work.conversations.get("k", SYSTEM)


def test_the_shape_is_the_same_in_every_process() -> None:
    first = codec.state_shape()
    codec.state_shape.cache_clear()
    assert codec.state_shape() == first
    assert CLOCK.utcoffset() is not None
