"""Calmdesk: a support desk for conversations that run hot.

As a library: `from calmdesk import read, lint, advise` (docs/api.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calmdesk.app.api import advise, lint, read

__all__ = ["advise", "lint", "read"]


def __getattr__(name: str) -> object:
    """The three functions, loaded when they are first asked for: importing the package costs nothing."""
    if name in __all__:
        from calmdesk.app import api

        return getattr(api, name)
    raise AttributeError(f"module 'calmdesk' has no attribute {name!r}")
