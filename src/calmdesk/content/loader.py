"""Reads packs of content into one frozen `Content`.

A pack is a folder with a `pack.yml` and files whose paths are listed in `kinds.FILE_KINDS`. Packs are read in the
order given, the core pack first, the files of a pack in sorted order; everything wrong is gathered and raised as one
`ContentError`, so that nobody mends faults one run at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from calmdesk.desk.vocabulary import Lang

from .checker import check
from .faults import ContentError, Fault, fault_at
from .kinds import FILE_KINDS, FileKind, match
from .models import PackFile
from .piece import Piece
from .yamlmarks import MarkedError, Marks, read_marked

M = TypeVar("M", bound=Piece)

CORE = Path(__file__).parent / "packs" / "core"
#: A file of content is written by hand; one larger than this is a mistake.
LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One loaded file: where it stands and what it says. `id` is its path without language and ending."""

    pack: str
    path: str
    kind: str
    lang: Lang | None
    id: str
    value: Piece
    text: str = field(repr=False, compare=False, default="")
    marks: Marks = field(repr=False, compare=False, default_factory=Marks)

    def fault(self, code: str, message: str, loc: tuple[str | int, ...] = ()) -> Fault:
        """A fault at a place inside this file (`loc` as pydantic writes it)."""
        line, col = self.marks.place(loc)
        return fault_at(self.path, self.text, line, col, code, message)


@dataclass(frozen=True, slots=True)
class Content:
    """The method as data, checked. `hash` changes with every change of any file."""

    entries: tuple[Entry, ...]
    hash: str
    packs: tuple[str, ...]
    _by_model: Mapping[type[Piece], tuple[Entry, ...]] = field(repr=False, compare=False)

    def files(self, model: type[M], lang: Lang | None = None) -> tuple[Entry, ...]:
        """The files of a model, with their places; of one language, or of all."""
        return tuple(e for e in self._by_model.get(model, ()) if lang is None or e.lang is lang)

    def of(self, model: type[M], lang: Lang | None = None) -> tuple[M, ...]:
        """The values of a model, in the order of their ids."""
        return tuple(e.value for e in self.files(model, lang) if isinstance(e.value, model))

    def by_id(self, model: type[M], lang: Lang | None = None) -> dict[str, M]:
        """The values of a model by the id of their file. Give a language where the kind has one."""
        return {e.id: e.value for e in self.files(model, lang) if isinstance(e.value, model)}

    def one(self, model: type[M], lang: Lang | None = None) -> M:
        """The only value of a model (a file that exists once a language). Raises LookupError otherwise."""
        found = self.of(model, lang)
        if len(found) != 1:
            raise LookupError(
                f"expected one {model.__name__} for {lang or 'all languages'}, found {len(found)}"
            )
        return found[0]


def load_content(extra_packs: Sequence[Path] = ()) -> Content:
    """The core pack and a team's own packs as one `Content`. Raises ContentError with everything that is wrong."""
    return load_packs((CORE, *extra_packs))


def load_packs(folders: Sequence[Path]) -> Content:
    """Content from exactly these pack folders, a later one overriding an earlier one where it says `replaces`."""
    faults: list[Fault] = []
    merged: dict[tuple[Lang | None, str], Entry] = {}
    digest = hashlib.sha256()
    names: list[str] = []
    for folder in folders:
        entries, raw = _read_pack(folder, faults)
        names.append(folder.name)
        digest.update(raw)
        _merge(merged, entries, faults)
    ordered = tuple(merged[key] for key in sorted(merged, key=lambda key: (key[0] or "", key[1])))
    if not faults:
        faults.extend(check(ordered))
    if faults:
        raise ContentError(tuple(sorted(faults, key=lambda fault: (fault.path, fault.line, fault.col))))
    by_model: dict[type[Piece], list[Entry]] = {}
    for entry in ordered:
        by_model.setdefault(type(entry.value), []).append(entry)
    frozen = MappingProxyType({model: tuple(found) for model, found in by_model.items()})
    return Content(ordered, digest.hexdigest()[:16], tuple(names), frozen)


def _read_pack(folder: Path, faults: list[Fault]) -> tuple[list[Entry], bytes]:
    digest = hashlib.sha256()
    entries: list[Entry] = []
    if not (folder / "pack.yml").is_file():
        faults.append(
            Fault(f"{folder.name}/pack.yml", 1, 1, "E201", "a pack needs a pack.yml; there is none")
        )
        return [], b""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = file.relative_to(folder).as_posix()
        if any(piece.startswith((".", "__")) for piece in inside.split("/")):
            continue
        shown = f"{folder.name}/{inside}"
        try:
            data = file.read_bytes()[: LARGEST + 1]
            text = data.decode("utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            faults.append(Fault(shown, 1, 1, "E201", str(fault)))
            continue
        digest.update(inside.encode() + b"\0" + data + b"\0")
        if len(data) > LARGEST:
            faults.append(Fault(shown, 1, 1, "E201", f"the file is larger than {LARGEST} bytes"))
            continue
        entry = _read_file(folder.name, shown, inside, text, faults)
        if entry:
            entries.append(entry)
    return entries, digest.digest()


def _read_file(pack: str, shown: str, inside: str, text: str, faults: list[Fault]) -> Entry | None:
    found = match(inside)
    if found is None:
        known = ", ".join(kind.pattern for kind in FILE_KINDS)
        faults.append(
            fault_at(shown, text, 1, 1, "E203", f"no kind of content has this path; known are {known}")
        )
        return None
    kind, lang, ident = found
    try:
        value, marks = _parse(kind, text)
    except MarkedError as fault:
        faults.append(fault_at(shown, text, fault.line, fault.col, fault.code, fault.message))
        return None
    except ValidationError as fault:
        faults.extend(_schema_faults(kind, shown, text, fault))
        return None
    return Entry(pack, shown, kind.name, lang, ident, value, text, marks)


def _parse(kind: FileKind, text: str) -> tuple[Piece, Marks]:
    if kind.plain is not None:
        return kind.plain(text), Marks()
    data, marks = read_marked(text)
    # Lax, so that a list may stand for a tuple and a word for a member of a closed set; `yes` is still no text.
    value: Piece = _adapter(kind).validate_python(data, strict=False)
    return value, marks


@cache
def _adapter(kind: FileKind) -> TypeAdapter[Any]:
    return TypeAdapter(kind.model)


def _schema_faults(kind: FileKind, shown: str, text: str, error: ValidationError) -> list[Fault]:
    marks = Marks() if kind.plain is not None else read_marked(text)[1]
    faults = []
    for detail in error.errors(include_url=False):
        line, col = marks.place(detail["loc"], key=detail["type"] == "extra_forbidden")
        where = ".".join(str(step) for step in detail["loc"])
        faults.append(fault_at(shown, text, line, col, "E204", f"{where or 'file'}: {detail['msg']}"))
    return faults


def _merge(merged: dict[tuple[Lang | None, str], Entry], entries: list[Entry], faults: list[Fault]) -> None:
    for entry in entries:
        if isinstance(entry.value, PackFile):
            _turn_off(merged, entry, faults)
            merged[None, f"{entry.pack}/pack"] = entry
            continue
        old_key = (entry.lang, entry.value.replaces or entry.id)
        old = merged.get(old_key)
        if entry.value.replaces is not None:
            if old is None or old.kind != entry.kind or old.pack == entry.pack:
                faults.append(
                    entry.fault("E206", f"no {entry.kind} {old_key[1]!r} to replace", ("replaces",))
                )
                continue
            # The replacement answers under the old id: whatever refers to the old one goes on working.
            merged[old_key] = Entry(
                entry.pack, entry.path, entry.kind, entry.lang, old.id, entry.value, entry.text, entry.marks
            )
            continue
        if old is not None:
            faults.append(entry.fault("E205", f"{entry.id!r} is also defined in {old.path}; say `replaces`"))
            continue
        merged[old_key] = entry


def _turn_off(merged: dict[tuple[Lang | None, str], Entry], entry: Entry, faults: list[Fault]) -> None:
    assert isinstance(entry.value, PackFile)
    for number, ident in enumerate(entry.value.without):
        keys = [key for key in merged if key[1] == ident]
        if not keys:
            faults.append(entry.fault("E206", f"nothing called {ident!r} to turn off", ("without", number)))
        for key in keys:
            del merged[key]
