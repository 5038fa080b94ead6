"""Stand-ins that keep the same contract as the real thing, and the people of the tests."""

from .cast import CLOCK, Cast, agent_says, begin, customer_says, opened
from .storage import FakeStorage, FakeUnitOfWork

__all__ = [
    "CLOCK", "Cast", "FakeStorage", "FakeUnitOfWork", "agent_says", "begin", "customer_says", "opened",
]  # fmt: skip
