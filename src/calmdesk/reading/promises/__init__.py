"""Promises in an agent's words: what was committed to, and by when."""

from .find import find_promises, vague_commitments

__all__ = ["find_promises", "vague_commitments"]
