"""The method as data: its models, loader and checker."""

from __future__ import annotations

from .faults import ContentError, Fault
from .loader import Content, Entry, load_content, load_packs

__all__ = ["Content", "ContentError", "Entry", "Fault", "load_content", "load_packs"]
