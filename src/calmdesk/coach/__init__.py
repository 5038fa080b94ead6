"""The coach: what to say next, what to leave out, where on the ladder; the record afterwards."""

from __future__ import annotations

from .coach import Coach

__all__ = ["Coach"]
