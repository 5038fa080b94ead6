"""What the coach's tests share: the core content, a coach, and conversations built by hand."""

from __future__ import annotations

import pytest

from calmdesk.coach.coach import Coach
from calmdesk.content.loader import Content, load_content


@pytest.fixture(scope="session")
def content() -> Content:
    """The core pack."""
    return load_content()


@pytest.fixture(scope="session")
def coach(content: Content) -> Coach:
    """A coach over the core pack."""
    return Coach(content)
