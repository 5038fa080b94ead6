"""Desks, those who work at them and those who write to them (`desk.ports.People`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Row, insert, select, update

from calmdesk.desk.errors import Conflict, NotFound
from calmdesk.desk.people import Customer, Person, Viewer
from calmdesk.desk.ports import Desk
from calmdesk.desk.vocabulary import PersonRole

from . import codec
from .door import visible_to
from .tables import customers, desks, invites, people
from .work import Work

N = TypeVar("N", Desk, Person)


class StoredPeople:
    """See `desk.ports.People`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def desk(self, desk_id: str) -> Desk:
        """A desk. Raises NotFound."""
        row = self._work.run(select(desks).where(desks.c.id == desk_id)).one_or_none()
        if row is None:
            raise NotFound
        return _desk(row)

    def desks(self) -> list[Desk]:
        """All desks, by name."""
        return _by_name([_desk(row) for row in self._work.run(select(desks))])

    def add_desk(self, desk: Desk) -> None:
        """Writes a new desk. Raises Conflict when the id is taken."""
        self._work.run(insert(desks), _desk_columns(desk))

    def save_desk(self, desk: Desk) -> None:
        """Writes a changed desk. Raises NotFound."""
        self._one(update(desks).where(desks.c.id == desk.id).values(**_desk_columns(desk)))

    def person(self, person_id: str, viewer: Viewer) -> Person:
        """Somebody of the viewer's desk. Raises NotFound."""
        row = self._work.run(
            select(people).where(people.c.id == person_id, _colleagues(viewer))
        ).one_or_none()
        if row is None:
            raise NotFound
        return _person(row)

    def sign_in(self, email: str) -> tuple[Person, str] | None:
        """The person with that address (case ignored) and their password hash."""
        row = self._work.run(select(people).where(people.c.email_key == email_key(email))).one_or_none()
        return None if row is None else (_person(row), row.password_hash)

    def staff(self, viewer: Viewer) -> list[Person]:
        """Everybody at the viewer's desk, by name."""
        return _by_name([_person(row) for row in self._work.run(select(people).where(_colleagues(viewer)))])

    def add_person(self, person: Person, password_hash: str) -> None:
        """Writes a new person. Raises Conflict when the address is taken."""
        values = _person_columns(person) | {"password_hash": password_hash}
        if not self._work.insert_new(people, values, "email_key"):
            raise Conflict("Somebody with this address works here already. Nothing was changed.")

    def save_person(self, person: Person, password_hash: str | None = None) -> None:
        """Writes a changed person; the password only when given. Raises NotFound, Conflict (address taken)."""
        values = _person_columns(person)
        if password_hash is not None:
            values["password_hash"] = password_hash
        self._one(update(people).where(people.c.id == person.id).values(**values))

    def customer(self, customer_id: str, viewer: Viewer) -> Customer:
        """A customer. Raises NotFound."""
        row = self._work.run(
            select(customers).where(
                customers.c.id == customer_id, visible_to(viewer, customers.c.desk_id, customers.c.id)
            )
        ).one_or_none()
        if row is None:
            raise NotFound
        return Customer(
            id=row.id, desk_id=row.desk_id, name=row.name, email=row.email, lang=row.lang,
            created_at=row.created_at,
        )  # fmt: skip

    def add_customer(self, customer: Customer) -> None:
        """Writes a new customer. Raises Conflict when the id is taken."""
        self._work.run(insert(customers), _customer_columns(customer))

    def save_customer(self, customer: Customer) -> None:
        """Writes a changed customer. Raises NotFound."""
        self._one(
            update(customers).where(customers.c.id == customer.id).values(**_customer_columns(customer))
        )

    def add_invite(
        self, token_hash: str, desk_id: str, role: PersonRole, email: str, expires: datetime
    ) -> None:
        """Writes a one-time invitation; only the hash of its token is kept."""
        values = {
            "token_hash": token_hash, "desk_id": desk_id, "role": role, "email": email, "expires_at": expires,
        }  # fmt: skip
        self._work.run(insert(invites), values)

    def take_invite(self, token_hash: str, now: datetime) -> tuple[str, PersonRole, str] | None:
        """Uses an invitation up: (desk_id, role, email), or None if unknown, used or expired."""
        row = self._work.run(
            update(invites)
            .where(_usable(token_hash, now))
            .values(used_at=now)
            .returning(invites.c.desk_id, invites.c.role, invites.c.email)
        ).one_or_none()
        return None if row is None else (row.desk_id, row.role, row.email)

    def peek_invite(self, token_hash: str, now: datetime) -> tuple[str, PersonRole, str] | None:
        """The same without using it up."""
        row = self._work.run(
            select(invites.c.desk_id, invites.c.role, invites.c.email).where(_usable(token_hash, now))
        ).one_or_none()
        return None if row is None else (row.desk_id, row.role, row.email)

    def _one(self, change: Any) -> None:
        if self._work.run(change).rowcount != 1:
            raise NotFound


def email_key(email: str) -> str:
    """An address as addresses are compared."""
    return email.strip().casefold()


def _by_name(things: list[N]) -> list[N]:
    # Here, not in the database: each collates names in its own way.
    return sorted(things, key=lambda thing: (thing.name.casefold(), thing.id))


def _colleagues(viewer: Viewer) -> ColumnElement[bool]:
    return visible_to(viewer, people.c.desk_id, None)


def _usable(token_hash: str, now: datetime) -> ColumnElement[bool]:
    c = invites.c
    return (c.token_hash == token_hash) & c.used_at.is_(None) & (c.expires_at > now)


def _desk(row: Row[Any]) -> Desk:
    return Desk(
        id=row.id, name=row.name, lang=row.lang, zone=row.zone, hours=row.hours,
        holidays=codec.decode_strings(row.holidays), settings=codec.decode_mapping(row.settings),
    )  # fmt: skip


def _desk_columns(desk: Desk) -> dict[str, Any]:
    return {
        "id": desk.id, "name": desk.name, "lang": desk.lang, "zone": desk.zone, "hours": desk.hours,
        "holidays": codec.encode_strings(desk.holidays), "settings": codec.encode_mapping(desk.settings),
    }  # fmt: skip


def _person(row: Row[Any]) -> Person:
    return Person(
        id=row.id, desk_id=row.desk_id, name=row.name, email=row.email, role=row.role, lang=row.lang,
        active=row.active, masks=row.masks, session_epoch=row.session_epoch,
    )  # fmt: skip


def _person_columns(person: Person) -> dict[str, Any]:
    return {
        "id": person.id, "desk_id": person.desk_id, "name": person.name, "email": person.email,
        "email_key": email_key(person.email), "role": person.role, "lang": person.lang,
        "active": person.active, "masks": person.masks, "session_epoch": person.session_epoch,
    }  # fmt: skip


def _customer_columns(customer: Customer) -> dict[str, Any]:
    return {
        "id": customer.id, "desk_id": customer.desk_id, "name": customer.name, "email": customer.email,
        "lang": customer.lang, "created_at": customer.created_at,
    }  # fmt: skip
