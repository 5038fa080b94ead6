"""Who uses a desk, and what each may see and do: the one door.

Every object is reached through a `Viewer`. Storage filters by `sees`; actions ask `may`. A stranger gets
`NotFound`, never a hint that the thing exists.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .vocabulary import Lang, PersonRole


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works at a desk. `masks` is whether insults are hidden from them until asked for."""

    id: str
    desk_id: str
    name: str
    email: str
    role: PersonRole
    lang: Lang
    active: bool = True
    masks: bool = False
    session_epoch: int = 0


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody who writes to a desk; `name` and `email` may be empty. `erased_at` is set once data was erased."""

    id: str
    desk_id: str
    name: str
    email: str
    lang: Lang
    created_at: datetime


class ViewerKind(StrEnum):
    """What sort of viewer stands at the door."""

    STAFF = "staff"
    VISITOR = "visitor"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking. `person_id` and `role` are set for staff, `customer_id` for a visitor.

    The system (keeper, bot, demo) sees every conversation of its desk; `desk_id` "" means all desks.
    """

    kind: ViewerKind
    desk_id: str
    person_id: str | None = None
    role: PersonRole | None = None
    customer_id: str | None = None

    @classmethod
    def staff(cls, person: Person) -> Viewer:
        """The viewer for somebody who is signed in."""
        return cls(ViewerKind.STAFF, person.desk_id, person_id=person.id, role=person.role)

    @classmethod
    def visitor(cls, customer: Customer) -> Viewer:
        """The viewer for a customer who holds a valid token."""
        return cls(ViewerKind.VISITOR, customer.desk_id, customer_id=customer.id)

    @classmethod
    def system(cls, desk_id: str = "") -> Viewer:
        """The desk itself."""
        return cls(ViewerKind.SYSTEM, desk_id)

    @property
    def is_staff(self) -> bool:
        """Whether somebody of the desk is asking."""
        return self.kind is ViewerKind.STAFF

    def sees(self, *, desk_id: str, customer_id: str | None) -> bool:
        """Whether the viewer may see a thing of that desk that belongs to that customer (None: to the desk)."""
        if self.kind is ViewerKind.SYSTEM:
            return self.desk_id in ("", desk_id)
        if self.desk_id != desk_id:
            return False
        if self.kind is ViewerKind.STAFF:
            return True
        return customer_id is not None and customer_id == self.customer_id


class Act(StrEnum):
    """What may be asked for at the door beyond seeing."""

    WRITE_AS_CUSTOMER = "write_as_customer"
    WRITE_AS_AGENT = "write_as_agent"
    SUPERVISE = "supervise"
    ADMINISTER = "administer"


_ROLE_RANK = {PersonRole.AGENT: 0, PersonRole.SUPERVISOR: 1, PersonRole.ADMINISTRATOR: 2}


def may(viewer: Viewer, act: Act) -> bool:
    """Whether the viewer's role allows the act at all (whether they see the object is asked separately)."""
    if viewer.kind is ViewerKind.SYSTEM:
        return True
    if viewer.kind is ViewerKind.VISITOR:
        return act is Act.WRITE_AS_CUSTOMER
    rank = _ROLE_RANK[viewer.role or PersonRole.AGENT]
    need = {Act.WRITE_AS_CUSTOMER: 99, Act.WRITE_AS_AGENT: 0, Act.SUPERVISE: 1, Act.ADMINISTER: 2}[act]
    return rank >= need
