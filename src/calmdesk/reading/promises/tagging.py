"""How a language's time patterns are run over a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .when import Mention, Part, Unit


@dataclass(frozen=True, slots=True)
class Found:
    """A match as the makers of mentions see it."""

    match: re.Match[str]
    month_first: bool = False
    stop: int = -1

    @property
    def text(self) -> str:
        """The matched words."""
        return self.match[0]

    def __getitem__(self, name: str) -> str:
        return str(self.match[name])

    def get(self, name: str) -> str | None:
        """The words of a group, or None when it is missing or took no part."""
        return self.match[name] if name in self.match.re.groupindex else None

    def upto(self, name: str) -> Found:
        """The same match, its mention ending after a group."""
        return Found(self.match, self.month_first, self.match.end(name))

    def mention(
        self,
        unit: Unit,
        n: int = 0,
        m: int = 0,
        *,
        part: Part | None = None,
        zone: str = "",
        before: bool = False,
        weak: bool = False,
    ) -> Mention:
        """A mention at the match's place."""
        end = self.stop if self.stop >= 0 else self.match.end()
        start = self.match.start() + len(self.text) - len(self.text.lstrip())
        while end > start and self.match.string[end - 1] in " .,":
            end -= 1
        return Mention(start, end, unit, n, m, part, zone, before, weak)


class Rule(NamedTuple):
    """A pattern and what it means; an empty answer leaves the words to later rules."""

    pattern: re.Pattern[str]
    make: Callable[[Found], list[Mention]]
    needs: tuple[str, ...] = ()


def compiled(table: Sequence[str | tuple[str, Callable[[Found], list[Mention]]]]) -> tuple[Rule, ...]:
    """The rules of a table.

    A string in it names the words, parted by |, without which the rules after it cannot match.
    """
    rules: list[Rule] = []
    needs: tuple[str, ...] = ()
    for entry in table:
        if isinstance(entry, str):
            needs = tuple(word for word in entry.split("|") if word)
        else:
            rules.append(Rule(re.compile(entry[0]), entry[1], needs))
    return tuple(rules)


def tag(text: str, rules: Sequence[Rule], month_first: bool) -> list[Mention]:
    """Run the rules in order; words taken by one rule are not looked at by the next ones."""
    found: list[Mention] = []
    taken = bytearray(len(text) + 1)
    for rule in rules:
        if rule.needs and not any(word in text for word in rule.needs):
            continue
        for match in rule.pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            made = rule.make(Found(match, month_first))
            if made:
                found += made
                start, end = made[0].start, made[0].end
                taken[start:end] = b"\x01" * (end - start)
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def numeric_date(found: Found) -> list[Mention]:
    """2026-05-09, 5/9 (month first where the office's country writes so), 09.05.2026."""
    if found.get("m"):
        year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    else:
        day, month = int(found["a"]), int(found["b"])
        if (found.month_first and day <= 12) or month > 12:
            day, month = month, day
        year = int(found.get("y") or 0)
        year += 2000 if 0 < year < 100 else 0
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return []
    return [found.mention(Unit.DATE, month * 100 + day, year)]
