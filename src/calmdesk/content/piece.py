"""What every file of the method is built from: frozen, strict, and refusing keys it does not know."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be blank")
    return text


#: A text that says something.
Text = Annotated[str, AfterValidator(_not_blank)]
#: Example sentences: two at least, because one example proves nothing.
Examples = Annotated[tuple[Text, ...], Field(min_length=2)]


class Part(BaseModel):
    """A part of a file."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=False)


class Source(Part):
    """Where something comes from: a document registered in `sources.yml` and, if it helps, the part of it."""

    doc: Text
    part: str = ""


class Piece(Part):
    """A whole file.

    `replaces` names the id of a piece of the same kind and language in an earlier pack that this one stands in for.
    `names()` lists ids inside the file that must be unique over all files of the kind and language.
    `sources()` lists the sources the file cites, so that the checker can compare them with `sources.yml`.
    """

    replaces: str | None = None

    def names(self) -> tuple[str, ...]:
        """Ids defined inside the file; none unless a model says otherwise."""
        return ()

    def sources(self) -> tuple[Source, ...]:
        """Every source cited anywhere in the file."""
        return tuple(_sources_in(self))


def _sources_in(part: object) -> list[Source]:
    if isinstance(part, Source):
        return [part]
    if isinstance(part, BaseModel):
        return [found for name in type(part).model_fields for found in _sources_in(getattr(part, name))]
    if isinstance(part, tuple):
        return [found for item in part for found in _sources_in(item)]
    if isinstance(part, dict):
        return [found for item in part.values() for found in _sources_in(item)]
    return []
