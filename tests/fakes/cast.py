"""The people of the tests: Alice leads, Bob answers, Charlie works elsewhere, Dana is furious, Eve is a stranger."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from calmdesk.desk.conversation import Conversation
from calmdesk.desk.events import ConversationOpened, MessagePosted
from calmdesk.desk.heat import band_of
from calmdesk.desk.people import Customer, Person, Viewer
from calmdesk.desk.ports import Desk, UnitsOfWork
from calmdesk.desk.reading import Abuse, Heat, Reading
from calmdesk.desk.vocabulary import Channel, Lang, PersonRole, Role

#: The instant at which tests begin.
CLOCK = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Cast:
    """Two desks and those around them. `settle` writes them into a storage."""

    shop: Desk = Desk("shop", "Parcel shop", Lang.EN, holidays=("2026-05-01",), settings={"mask": True})
    bank: Desk = Desk("bank", "Little bank", Lang.RU, zone="Europe/Moscow")
    alice: Person = Person("alice", "shop", "Alice", "Alice@shop.example", PersonRole.SUPERVISOR, Lang.EN)
    bob: Person = Person("bob", "shop", "Bob", "bob@shop.example", PersonRole.AGENT, Lang.RU, masks=True)
    charlie: Person = Person("charlie", "bank", "Charlie", "charlie@bank.example", PersonRole.AGENT, Lang.EN)
    dana: Customer = Customer("dana", "shop", "Dana", "dana@mail.example", Lang.EN, CLOCK)
    eve: Customer = Customer("eve", "shop", "Eve", "", Lang.EN, CLOCK)
    fyodor: Customer = Customer("fyodor", "bank", "Фёдор", "", Lang.RU, CLOCK)

    def settle(self, units: UnitsOfWork) -> None:
        """Writes everybody, in one transaction."""
        with units() as work:
            for desk in (self.shop, self.bank):
                work.people.add_desk(desk)
            for person in (self.alice, self.bob, self.charlie):
                work.people.add_person(person, f"hash of {person.id}")
            for customer in (self.dana, self.eve, self.fyodor):
                work.people.add_customer(customer)
            work.commit()

    @property
    def viewers(self) -> dict[str, Viewer]:
        """Everybody who may stand at the door, by name."""
        return {
            "alice": Viewer.staff(self.alice),
            "bob": Viewer.staff(self.bob),
            "charlie": Viewer.staff(self.charlie),
            "dana": Viewer.visitor(self.dana),
            "eve": Viewer.visitor(self.eve),
            "fyodor": Viewer.visitor(self.fyodor),
            "system": Viewer.system(),
            "shop's system": Viewer.system("shop"),
            "bank's system": Viewer.system("bank"),
        }


def opened(
    customer: Customer,
    conversation_id: str,
    *,
    minute: float = 0,
    channel: Channel = Channel.CHAT,
    subject: str = "",
) -> ConversationOpened:
    """A conversation that the customer opens so many minutes after CLOCK."""
    return ConversationOpened(
        at=CLOCK + timedelta(minutes=minute), by="customer", conversation_id=conversation_id,
        desk_id=customer.desk_id, customer_id=customer.id, channel=channel, lang=customer.lang,
        customer_name=customer.name, subject=subject,
    )  # fmt: skip


def customer_says(
    text: str, message_id: str, *, minute: float = 0, heat: float = 0.0, abuse: Abuse | None = None
) -> MessagePosted:
    """A customer's message with a reading of that heat, so many minutes after CLOCK."""
    reading = Reading(Role.CUSTOMER, Lang.EN, heat=Heat(band_of(heat), heat), abuse=abuse or Abuse())
    return MessagePosted(
        at=CLOCK + timedelta(minutes=minute), by="customer", message_id=message_id, role=Role.CUSTOMER,
        author_name="", text=text, reading=reading,
    )  # fmt: skip


def agent_says(person: Person, text: str, message_id: str, *, minute: float = 0) -> MessagePosted:
    """An agent's message, so many minutes after CLOCK."""
    return MessagePosted(
        at=CLOCK + timedelta(minutes=minute), by=person.id, message_id=message_id, role=Role.AGENT,
        author_name=person.name, text=text, reading=Reading(Role.AGENT, Lang.EN),
    )  # fmt: skip


def begin(units: UnitsOfWork, customer: Customer, conversation_id: str, **how: object) -> Conversation:
    """Opens a conversation in a storage."""
    with units() as work:
        state = work.conversations.append(Conversation(), [opened(customer, conversation_id, **how)])  # type: ignore[arg-type]
        work.commit()
    return state
