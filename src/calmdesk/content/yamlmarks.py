"""YAML with the place of every value, so that an error can point at its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

# The C parser where PyYAML has it: the same results, ten times faster.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class MarkedError(Exception):
    """A file that is no YAML, or has a key twice; `line` and `col` count from 1."""

    def __init__(self, code: str, message: str, line: int, col: int) -> None:
        self.code, self.message, self.line, self.col = code, message, line, col
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Marks:
    """Line and column (from 1) of the values and keys of one file, by their path."""

    values: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)
    keys: dict[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict)

    def place(self, loc: tuple[str | int, ...], *, key: bool = False) -> tuple[int, int]:
        """The place of a path, or of the nearest part around it; steps that name a union's member are skipped."""
        here: tuple[str | int, ...] = ()
        best = self.values.get((), (1, 1))
        for step in loc:
            longer = (*here, step)
            if longer in self.values:
                here, best = longer, self.values[longer]
        if key and here in self.keys:
            return self.keys[here]
        return best


def read_marked(text: str) -> tuple[Any, Marks]:
    """The data of a YAML text and the marks of its values. Raises MarkedError."""
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            marks = Marks()
            _walk(node, (), marks)
            data = loader.construct_document(node) if node is not None else None
        finally:
            loader.dispose()
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise MarkedError("E202", getattr(fault, "problem", None) or str(fault), line, col) from fault
    return data, marks


def _walk(node: Any, path: tuple[str | int, ...], marks: Marks) -> None:
    if node is None:
        return
    marks.values[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
    if isinstance(node, yaml.SequenceNode):
        for number, child in enumerate(node.value):
            _walk(child, (*path, number), marks)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            name = str(key.value)
            place = (key.start_mark.line + 1, key.start_mark.column + 1)
            if name in seen:
                raise MarkedError("E208", f"the key {name!r} stands twice", *place)
            seen.add(name)
            _walk(child, (*path, name), marks)
            marks.keys[(*path, name)] = place
