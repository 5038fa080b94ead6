"""A customer begins to talk."""

from __future__ import annotations

from dataclasses import dataclass

from calmdesk.actions.live import announce
from calmdesk.actions.services import Services
from calmdesk.actions.words import clean_email, clean_line
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.errors import NotAllowed
from calmdesk.desk.events import ConversationOpened, Event
from calmdesk.desk.people import Customer, Viewer, ViewerKind
from calmdesk.desk.vocabulary import Channel, Lang


@dataclass(frozen=True, slots=True)
class OpenConversation:
    """Wanted: a conversation for a customer who is known already."""

    viewer: Viewer
    customer_id: str
    channel: Channel
    lang: Lang
    subject: str = ""


@dataclass(frozen=True, slots=True)
class WelcomeCustomer:
    """Wanted: a customer record for somebody new. Name and address may be empty."""

    desk_id: str
    lang: Lang
    name: str = ""
    email: str = ""


def welcome_customer(wanted: WelcomeCustomer, services: Services) -> Customer:
    """Writes a new customer. Raises NotFound for an unknown desk, BadInput for a bad address."""
    customer = Customer(
        id=services.new_id(), desk_id=wanted.desk_id, name=clean_line(wanted.name),
        email=clean_email(wanted.email), lang=wanted.lang, created_at=services.clock(),
    )  # fmt: skip
    with services.units() as work:
        work.people.desk(wanted.desk_id)
        work.people.add_customer(customer)
        work.commit()
    return customer


def open_conversation(wanted: OpenConversation, services: Services) -> Conversation:
    """Starts a conversation. Raises NotFound for a customer out of sight."""
    if wanted.viewer.kind is ViewerKind.VISITOR and wanted.viewer.customer_id != wanted.customer_id:
        raise NotAllowed
    with services.units() as work:
        customer = work.people.customer(wanted.customer_id, wanted.viewer)
        events: list[Event] = [
            ConversationOpened(
                at=services.clock(), by="customer", conversation_id=services.new_id(), desk_id=customer.desk_id,
                customer_id=customer.id, channel=wanted.channel, lang=wanted.lang, customer_name=customer.name,
                subject=clean_line(wanted.subject),
            )
        ]  # fmt: skip
        before = Conversation()
        after = work.conversations.append(before, events)
        announce(work, before, after, events)
        work.commit()
    return after
