"""The names of the documents, in the agent's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from calmdesk.content.loader import Content
from calmdesk.content.models import SourceFile, SourcesFile
from calmdesk.content.piece import Source
from calmdesk.desk.vocabulary import Lang


@dataclass(frozen=True, slots=True)
class Sources:
    """The registered documents by id."""

    documents: Mapping[str, SourceFile]

    def name(self, source: Source, lang: Lang) -> str:
        """What a person reads: the document's title, without the part. Its id where nobody registered it."""
        found = self.documents.get(source.doc)
        if found is None:
            return source.doc
        return found.ru if lang is Lang.RU else found.en


def sources_of(content: Content) -> Sources:
    """The documents of every pack; a later pack may add its own."""
    return Sources({ident: doc for file in content.of(SourcesFile) for ident, doc in file.documents.items()})
