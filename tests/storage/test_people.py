"""Desks, people, customers, invitations, records and surveys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from calmdesk.desk.errors import Conflict, NotFound
from calmdesk.desk.people import Person, Viewer
from calmdesk.desk.ports import People
from calmdesk.desk.record import Part, Record, RecordLine, Survey
from calmdesk.desk.vocabulary import Lang, PersonRole
from calmdesk.storage import Storage
from tests.fakes import CLOCK, Cast, FakeStorage, begin

Store = Storage | FakeStorage
CAST = Cast()
SYSTEM = Viewer.system()
ALICE = CAST.viewers["alice"]


def test_a_desk_comes_back_whole_and_can_change(store: Store) -> None:
    changed = replace(CAST.shop, zone="Europe/Riga", settings={"hours": {"late": [1, 2]}, "вежливо": True})
    with store.units()() as work:
        assert work.people.desk("shop") == CAST.shop
        work.people.save_desk(changed)
        work.commit()
    with store.readers()() as work:
        assert work.people.desk("shop") == changed
        assert [desk.name for desk in work.people.desks()] == ["Little bank", "Parcel shop"]
        with pytest.raises(NotFound):
            work.people.desk("nowhere")


def test_what_is_not_there_cannot_be_changed(store: Store) -> None:
    changes: list[Callable[[People], None]] = [
        lambda people: people.save_desk(replace(CAST.shop, id="x")),
        lambda people: people.save_person(replace(CAST.bob, id="x", email="x@x.example")),
        lambda people: people.save_customer(replace(CAST.dana, id="x")),
    ]
    for change in changes:
        with store.units()() as work, pytest.raises(NotFound):
            change(work.people)


def test_signing_in_ignores_case_and_blanks(store: Store) -> None:
    with store.readers()() as work:
        assert work.people.sign_in(" ALICE@shop.EXAMPLE ") == (CAST.alice, "hash of alice")
        assert work.people.sign_in("nobody@shop.example") is None
        assert work.people.sign_in("%") is None


def test_an_address_works_at_one_desk_only(store: Store) -> None:
    twin = Person("twin", "bank", "Twin", "alice@SHOP.example", PersonRole.AGENT, Lang.EN)
    with store.units()() as work:
        with pytest.raises(Conflict):
            work.people.add_person(twin, "hash")
        # The refusal leaves the transaction usable: the form can go on.
        work.people.add_person(replace(twin, email="twin@bank.example"), "hash")
        work.commit()
    with store.units()() as work, pytest.raises(Conflict):
        work.people.save_person(replace(twin, email="bob@shop.example"))


def test_a_password_changes_only_when_given(store: Store) -> None:
    away = replace(CAST.bob, active=False, session_epoch=4, role=PersonRole.ADMINISTRATOR)
    with store.units()() as work:
        work.people.save_person(away)
        work.commit()
    with store.units()() as work:
        assert work.people.sign_in("bob@shop.example") == (away, "hash of bob")
        work.people.save_person(away, "new hash")
        work.commit()
    with store.readers()() as work:
        assert work.people.sign_in("bob@shop.example") == (away, "new hash")
        assert work.people.person("bob", ALICE) == away


def test_staff_is_sorted_by_name_in_any_script(store: Store) -> None:
    with store.units()() as work:
        for name in ("Яна", "борис", "aaron", "Zoe"):
            work.people.add_person(
                Person(name, "shop", name, f"{name}@shop.example", PersonRole.AGENT, Lang.RU), "hash"
            )
        work.commit()
    with store.readers()() as work:
        names = [person.name for person in work.people.staff(ALICE)]
    assert names == ["aaron", "Alice", "Bob", "Zoe", "борис", "Яна"]


def test_a_customer_can_change(store: Store) -> None:
    renamed = replace(CAST.eve, name="Ева\0", lang=Lang.RU, email="eve@mail.example")
    with store.units()() as work:
        work.people.save_customer(renamed)
        work.commit()
    with store.readers()() as work:
        found = work.people.customer("eve", ALICE)
    assert (found.lang, found.email, found.created_at) == (Lang.RU, "eve@mail.example", CLOCK)
    assert found.name.startswith("Ева")


def test_an_invitation_is_used_once_and_in_time(store: Store) -> None:
    until = CLOCK + timedelta(days=2)
    with store.units()() as work:
        work.people.add_invite("hash", "shop", PersonRole.AGENT, "new@shop.example", until)
        work.people.add_invite("old", "", PersonRole.ADMINISTRATOR, "", CLOCK)
        work.commit()
    invited = ("shop", PersonRole.AGENT, "new@shop.example")
    with store.units()() as work:
        assert work.people.peek_invite("hash", CLOCK) == invited
        assert work.people.peek_invite("hash", until) is None
        assert work.people.take_invite("hash", until) is None
        assert work.people.take_invite("old", CLOCK) is None
        assert work.people.take_invite("old", CLOCK - timedelta(1)) == ("", PersonRole.ADMINISTRATOR, "")
        assert work.people.take_invite("unknown", CLOCK) is None
        assert work.people.take_invite("hash", CLOCK) == invited
        work.commit()
    with store.units()() as work:
        assert work.people.take_invite("hash", CLOCK) is None
        assert work.people.peek_invite("hash", CLOCK) is None


def test_a_record_is_drafted_edited_and_signed(store: Store) -> None:
    begin(store.units(), CAST.dana, "k")
    lines = (RecordLine(Part.SITUATION, "Посылка пропала", ("m1", "m2")), RecordLine(Part.RESULT, "Нашлась"))
    draft = Record("r", "shop", "k", lines, CLOCK)
    signed = replace(draft, verified=True, signed_by="bob", signed_at=CLOCK, version=1)
    with store.units()() as work:
        assert work.records.of("k", ALICE) is None
        work.records.save(draft)
        work.records.save(signed)
        with pytest.raises(Conflict):
            work.records.save(replace(draft, verified=True, version=1))
        work.commit()
    with store.units()() as work:
        assert work.records.of("k", ALICE) == signed
        work.records.save(replace(draft, id="r2", drafted_at=CLOCK + timedelta(days=1)))
        found = work.records.of("k", ALICE)
        assert found is not None
        assert found.id == "r2"
        with pytest.raises(Conflict):
            work.records.save(draft)


def test_a_survey_is_asked_and_answered(store: Store) -> None:
    begin(store.units(), CAST.dana, "k")
    asked = Survey("s", "shop", "k", CLOCK)
    answered = replace(asked, answered_at=CLOCK, score=5, comment="спасибо")
    with store.units()() as work:
        assert work.records.survey_of("k", ALICE) is None
        work.records.save_survey(asked)
        work.commit()
    with store.units()() as work:
        assert work.records.survey_of("k", ALICE) == asked
        work.records.save_survey(answered)
        work.commit()
    with store.readers()() as work:
        assert work.records.survey_of("k", CAST.viewers["dana"]) == answered
