"""Percentiles and a desk to measure on."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from calmdesk.actions.open_conversation import (
    OpenConversation,
    WelcomeCustomer,
    open_conversation,
    welcome_customer,
)
from calmdesk.app.build import Parts, build
from calmdesk.app.settings import Settings
from calmdesk.desk.conversation import Conversation
from calmdesk.desk.people import Customer, Person, Viewer
from calmdesk.desk.ports import Desk
from calmdesk.desk.vocabulary import Channel, Lang, PersonRole

PASSWORD = "a bench's password"

#: What customers and agents of the benches write.
CUSTOMER_LINES = (
    "Hello, I'm still waiting for order 55120 and nobody tells me anything.",
    "This is the second week now. Are you even reading this?",
    "I want my money back today or I cancel everything.",
    "ok thank you, that helps",
    "Заказ 55120 так и не пришёл, сколько можно ждать?!",
)
AGENT_LINES = (
    "Two weeks is far too long, and I'm sorry. I'll look into order 55120 right now.",
    "The parcel is in Leeds. I can send a new one today or refund you: which would you like?",
    "I'll call you by 5 pm today with the tracking number.",
)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share (0..1) of the values lies; nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def line(name: str, values: Sequence[float], unit: str = "ms") -> str:
    """Median, p95, p99 and the worst, in one line."""
    shown = ", ".join(
        f"{label} {percentile(values, share):.1f}"
        for label, share in (("median", 0.5), ("p95", 0.95), ("p99", 0.99))
    )
    return f"{name:<44} {shown}, worst {max(values):.1f} {unit} (n={len(values)})"


def bench_parts(**settings: object) -> Parts:
    """A desk in a temporary folder, as it is served."""
    folder = Path(tempfile.mkdtemp(prefix="calmdesk-bench-"))
    return build(Settings.model_validate({"data_dir": folder, **settings}), clock=lambda: datetime.now(UTC))


def bench_desk(parts: Parts, agents: int = 1) -> tuple[Desk, list[Person]]:
    """A desk that never closes, with some agents."""
    desk = Desk("bench", "Bench", Lang.EN, "UTC", "Mon-Sun 00:00-24:00")
    people = [
        Person(f"agent-{n}", desk.id, f"Agent {n}", f"agent{n}@example.org", PersonRole.AGENT, Lang.EN)
        for n in range(agents)
    ]
    hashed = parts.services.hasher.hash(PASSWORD)
    with parts.services.units() as work:
        work.people.add_desk(desk)
        for person in people:
            work.people.add_person(person, hashed)
        work.commit()
    return desk, people


def bench_conversation(parts: Parts, desk: Desk, name: str = "Dana") -> tuple[Customer, Conversation]:
    """A customer with an open conversation."""
    customer = welcome_customer(WelcomeCustomer(desk.id, Lang.EN, name), parts.services)
    opened = open_conversation(
        OpenConversation(Viewer.visitor(customer), customer.id, Channel.CHAT, Lang.EN), parts.services
    )
    return customer, opened
