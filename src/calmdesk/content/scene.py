"""A scene: an angry conversation that the demo plays by itself, written as content."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .piece import Part, Piece, Text


class SceneLine(Part):
    """One line of a scene: who says it, after how many seconds, and what."""

    who: Literal["customer", "agent"]
    after: float = Field(ge=0, le=60)
    say: Text


class Scene(Piece):
    """A conversation to watch. `if_taken` is what the customer says, one after the other, to a person who has taken
    the conversation over; the last one is not repeated."""

    title: Text
    customer: Text
    email: str = ""
    lines: tuple[SceneLine, ...] = Field(min_length=4)
    if_taken: tuple[Text, ...] = Field(min_length=2)
