"""The method as data: its models, loader and checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .faults import ContentError, Fault

if TYPE_CHECKING:
    from .loader import Content, Entry, load_content, load_packs

__all__ = ["Content", "ContentError", "Entry", "Fault", "load_content", "load_packs"]


def __getattr__(name: str) -> object:
    """The loader's names, loaded when they are first asked for: a desk answers before its engine is there."""
    if name in __all__:
        from . import loader

        return getattr(loader, name)
    raise AttributeError(name)
