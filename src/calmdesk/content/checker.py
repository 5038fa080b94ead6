"""What no single file can show: ids used twice, languages that lack a piece, sources that nobody registered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from calmdesk.desk.vocabulary import Lang

from .faults import Fault
from .kinds import FILE_KINDS
from .models import SourcesFile

if TYPE_CHECKING:
    from .loader import Entry


def check(entries: Sequence[Entry]) -> list[Fault]:
    """Everything that is wrong between files."""
    return [*_names_twice(entries), *_missing_languages(entries), *_unknown_sources(entries)]


def _names_twice(entries: Iterable[Entry]) -> list[Fault]:
    faults: list[Fault] = []
    seen: dict[tuple[str, Lang | None, str], str] = {}
    for entry in entries:
        for name in entry.value.names():
            key = (entry.kind, entry.lang, name)
            if key in seen:
                faults.append(entry.fault("E205", f"{name!r} is also defined in {seen[key]}"))
            seen.setdefault(key, entry.path)
    return faults


def _missing_languages(entries: Iterable[Entry]) -> list[Fault]:
    paired = {kind.name for kind in FILE_KINDS if kind.paired and "{lang}" in kind.pattern}
    found: dict[tuple[str, str], dict[Lang, Entry]] = {}
    for entry in entries:
        if entry.kind in paired and entry.lang is not None:
            found.setdefault((entry.kind, entry.id), {})[entry.lang] = entry
    return [
        next(iter(langs.values())).fault("E207", f"{ident!r} is missing in {lang}")
        for (_, ident), langs in found.items()
        for lang in Lang
        if lang not in langs
    ]


def _unknown_sources(entries: Iterable[Entry]) -> list[Fault]:
    known = {
        name for entry in entries if isinstance(entry.value, SourcesFile) for name in entry.value.documents
    }
    return [
        entry.fault(
            "E209", f"unknown source {source.doc!r}; known are {', '.join(sorted(known))}", ("source",)
        )
        for entry in entries
        for source in entry.value.sources()
        if source.doc not in known
    ]
