"""Desks, invitations, sign-in, and what people set for themselves."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from calmdesk.actions.services import Services, office_of
from calmdesk.actions.words import clean_email, clean_line
from calmdesk.desk.errors import BadInput, DeskError, NotAllowed, NotFound
from calmdesk.desk.people import Act, Person, Viewer, may
from calmdesk.desk.ports import Desk
from calmdesk.desk.vocabulary import Lang, PersonRole

#: How long an invitation can be used.
INVITE_LIVES = timedelta(days=7)
SHORTEST_PASSWORD = 10


class WrongPassword(DeskError):
    """The address or the password is not right. Nothing was changed; check both, or ask your administrator."""

    code = "wrong_password"
    status = 401


class InviteUsed(NotFound):
    """This invitation was used already, has expired, or never existed. Ask your administrator for a new one."""

    code = "invite_used"


@dataclass(frozen=True, slots=True)
class Invite:
    """Wanted: a one-time link for a new colleague."""

    viewer: Viewer
    desk_id: str
    role: PersonRole
    email: str = ""


@dataclass(frozen=True, slots=True)
class AcceptInvite:
    """Wanted: a person from an invitation's token."""

    token: str
    name: str
    email: str
    password: str
    lang: Lang


def hash_token(token: str) -> str:
    """What is stored of a one-time token. It is random and long, so a plain digest suffices."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(wanted: Invite, services: Services) -> str:
    """Writes an invitation and gives its token, which is shown once. Raises NotAllowed, NotFound, BadInput."""
    if not may(wanted.viewer, Act.ADMINISTER):
        raise NotAllowed
    if wanted.viewer.is_staff and wanted.viewer.desk_id != wanted.desk_id:
        raise NotFound
    token = secrets.token_urlsafe(32)
    with services.units() as work:
        work.people.desk(wanted.desk_id)
        expires = services.clock() + INVITE_LIVES
        work.people.add_invite(
            hash_token(token), wanted.desk_id, wanted.role, clean_email(wanted.email), expires
        )
        work.commit()
    return token


def accept_invite(wanted: AcceptInvite, services: Services) -> Person:
    """Makes the person. Raises InviteUsed, BadInput, Conflict when the address is taken."""
    name, email = clean_line(wanted.name), clean_email(wanted.email)
    if not name or not email:
        raise BadInput("Name and e-mail address are needed. Nothing was changed.", what="name")
    password_hash = services.hasher.hash(_strong(wanted.password))
    with services.units() as work:
        taken = work.people.take_invite(hash_token(wanted.token), services.clock())
        if taken is None:
            raise InviteUsed
        desk_id, role, _ = taken
        person = Person(services.new_id(), desk_id, name, email, role, wanted.lang)
        work.people.add_person(person, password_hash)
        work.commit()
    return person


def _strong(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise BadInput(
            f"The password needs at least {SHORTEST_PASSWORD} characters. Nothing was changed.",
            what="password",
        )
    if len(password) > 200:
        raise BadInput("The password is longer than 200 characters. Nothing was changed.", what="password")
    return password


def sign_in(email: str, password: str, services: Services) -> Person:
    """Who that is. Raises WrongPassword; takes as long for an unknown address as for a wrong password."""
    with services.readers() as work:
        found = work.people.sign_in(clean_line(email, longest=254).lower())
    if found is None:
        services.hasher.hash(password[:200])
        raise WrongPassword
    person, stored = found
    if not services.hasher.matches(stored, password[:200]) or not person.active:
        raise WrongPassword
    return person


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Wanted: other settings for a person. None leaves a thing as it is; role and active need an administrator."""

    viewer: Viewer
    person_id: str
    name: str | None = None
    lang: Lang | None = None
    masks: bool | None = None
    role: PersonRole | None = None
    active: bool | None = None
    password: str | None = None


def change_person(wanted: ChangePerson, services: Services) -> Person:
    """Changes a person. Raises NotFound, NotAllowed, BadInput. A new role, password or leave ends their sessions."""
    own = wanted.viewer.person_id == wanted.person_id
    powerful = may(wanted.viewer, Act.ADMINISTER)
    if not (own or powerful) or ((wanted.role is not None or wanted.active is not None) and not powerful):
        raise NotAllowed
    if own and (wanted.active is False or wanted.role not in (None, wanted.viewer.role)):
        raise NotAllowed("You cannot take your own rights away: another administrator has to do it.")
    with services.units() as work:
        old = work.people.person(wanted.person_id, wanted.viewer)
        ends = wanted.role not in (None, old.role) or wanted.active is False or wanted.password is not None
        new = replace(
            old,
            name=clean_line(wanted.name) or old.name if wanted.name is not None else old.name,
            lang=wanted.lang or old.lang,
            masks=old.masks if wanted.masks is None else wanted.masks,
            role=wanted.role or old.role,
            active=old.active if wanted.active is None else wanted.active,
            session_epoch=old.session_epoch + ends,
        )
        password_hash = (
            services.hasher.hash(_strong(wanted.password)) if wanted.password is not None else None
        )
        work.people.save_person(new, password_hash)
        work.commit()
    return new


@dataclass(frozen=True, slots=True)
class ChangeDesk:
    """Wanted: another name, zone or hours for a desk. None leaves a thing as it is."""

    viewer: Viewer
    desk_id: str
    name: str | None = None
    zone: str | None = None
    hours: str | None = None
    holidays: tuple[str, ...] | None = None
    lang: Lang | None = None


def change_desk(wanted: ChangeDesk, services: Services) -> Desk:
    """Changes a desk. Raises NotFound, NotAllowed, BadInput for hours or a zone that cannot be read."""
    if not may(wanted.viewer, Act.ADMINISTER):
        raise NotAllowed
    if wanted.viewer.is_staff and wanted.viewer.desk_id != wanted.desk_id:
        raise NotFound
    with services.units() as work:
        old = work.people.desk(wanted.desk_id)
        new = replace(
            old,
            name=clean_line(wanted.name) or old.name if wanted.name is not None else old.name,
            zone=old.zone if wanted.zone is None else wanted.zone.strip(),
            hours=old.hours if wanted.hours is None else wanted.hours.strip(),
            holidays=old.holidays if wanted.holidays is None else wanted.holidays,
            lang=wanted.lang or old.lang,
        )
        try:
            office_of(new)
        except ValueError as fault:
            raise BadInput(f"{fault} Nothing was changed.", what="hours") from fault
        work.people.save_desk(new)
        work.commit()
    return new
