"""The coach: what to say next, what to leave out, where on the ladder; the record afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .coach import Coach

__all__ = ["Coach"]


def __getattr__(name: str) -> object:
    """The coach, loaded when it is first asked for: a desk answers before its engine is there."""
    if name == "Coach":
        from .coach import Coach

        return Coach
    raise AttributeError(name)
