"""What is wrong in content, said so that whoever wrote the file can mend it: path, line, column, code, the lines."""

from __future__ import annotations

from dataclasses import dataclass

#: The codes, one meaning each.
CODES = {
    "E201": "the file cannot be read as UTF-8 text",
    "E202": "the YAML is malformed",
    "E203": "no kind of content has such a path",
    "E204": "a key or value is not what the kind asks for",
    "E205": "an id is used twice",
    "E206": "there is nothing to replace or turn off under that id",
    "E207": "one language has a piece that another lacks",
    "E208": "a key stands twice in one mapping",
    "E209": "a source is cited that sources.yml does not know",
    "E210": "an example does not behave as it says",
    "E211": "a word list lacks its licence",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `line` and `col` count from 1; `lines` are the numbered lines around it."""

    path: str
    line: int
    col: int
    code: str
    message: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"{self.path}:{self.line}:{self.col}: {self.code} {self.message}"
        return "\n".join((head, *self.lines))


class ContentError(Exception):
    """Content that must not be used. `faults` holds everything that is wrong, in the order of the paths."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


def around(text: str, line: int, *, reach: int = 2) -> tuple[str, ...]:
    """The numbered lines around a line, the line itself marked with '>'."""
    lines = text.splitlines()
    first, last = max(1, line - reach), min(len(lines), line + reach)
    return tuple(
        f"  {'>' if number == line else ' '} {number:4} | {lines[number - 1][:160]}"
        for number in range(first, last + 1)
    )


def fault_at(path: str, text: str, line: int, col: int, code: str, message: str) -> Fault:
    """A fault with the lines around it."""
    return Fault(path, line, col, code, message, around(text, line))
