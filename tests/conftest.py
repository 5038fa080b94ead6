"""What all tests share: a desk in a folder of its own, a clock that stands still until told to move, named people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast, FixedClock

os.environ["TZ"] = "Pacific/Chatham"  # an odd zone on purpose: nothing may depend on the machine's

ALLOWED_SOCKETS = ("page", "postgres", "server")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Unit tests open no network socket; tests of pages and of PostgreSQL talk to this machine only."""
    for item in items:
        if any(item.get_closest_marker(name) for name in ALLOWED_SOCKETS):
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture
def clock() -> FixedClock:
    """A clock at a Wednesday noon."""
    from tests.cast import FixedClock

    return FixedClock()


@pytest.fixture
def cast(tmp_path: Path, clock: FixedClock) -> Iterator[Cast]:
    """A real desk on SQLite with Alice (lead), Bob (agent), Ann (administrator), Charlie (another desk), Dana and
    Erin (customers)."""
    from tests.cast import make_cast

    made = make_cast(tmp_path, clock)
    yield made
    made.parts.storage.close()
