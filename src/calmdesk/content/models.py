"""The models of the files that every pack may have: its own description, its sources, its word lists."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from .phrase import parse
from .piece import Part, Piece, Text


class PackFile(Piece):
    """`pack.yml`: what the pack is. `without` turns off pieces of earlier packs by their id, in every language."""

    title: Text
    licence: Text
    without: tuple[str, ...] = ()


class SourceFile(Part):
    """A document the method rests on: its title in each language and, where it is public, who wrote it."""

    en: Text
    ru: Text
    by: str = ""


class SourcesFile(Piece):
    """`sources.yml`: the documents that pieces may cite, by a short id."""

    documents: dict[str, SourceFile]

    def names(self) -> tuple[str, ...]:
        """The documents' ids."""
        return tuple(self.documents)


class Lexicon(Piece):
    """`lexicons/<name>.txt`: one term a line, `# ` begins a comment, the head says the licence.

    A term is a phrase of the phrase language, or `short = what it stands for`.
    """

    licence: Text
    terms: tuple[Text, ...]


def read_lexicon(text: str) -> Lexicon:
    """A word list from its text. Raises ValidationError where the licence line is missing or a term stands twice."""
    licence = ""
    terms: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# licence:"):
            licence = line.removeprefix("# licence:").strip()
        term = "" if line.startswith("#") else line.split(" # ", 1)[0].strip()
        if not term:
            continue
        if "=" not in term:
            try:
                parse(term)
            except ValueError as fault:
                raise _wrong(f"line {number}: {fault}") from fault
        if term in terms:
            raise _wrong(f"line {number}: {term!r} stands already in line {terms[term]}")
        terms[term] = number
    if not licence:
        raise _wrong("a word list begins with '# licence: …'")
    return Lexicon(licence=licence, terms=tuple(terms))


def _wrong(message: str) -> ValidationError:
    detail = InitErrorDetails(
        type=PydanticCustomError("lexicon", "{message}", {"message": message}), input=""
    )
    return ValidationError.from_exception_data("Lexicon", [detail])
