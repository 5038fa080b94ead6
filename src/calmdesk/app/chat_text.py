"""Readable text for people: advice on a chat written as lines, and the findings in a draft."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from rich.console import Console
from rich.text import Text

from calmdesk.coach import Coach
from calmdesk.coach.advice import DraftFinding
from calmdesk.coach.jsonl import advise_line
from calmdesk.desk.vocabulary import Lang, Role
from calmdesk.reading import Reader

_SPEAKER = re.compile(
    r"^\s*(customer|client|agent|клиент|покупатель|сотрудник|оператор|агент)\s*:\s*", re.IGNORECASE
)
_CUSTOMERS = {"customer", "client", "клиент", "покупатель"}
#: Where a chat as text has no times, its turns are taken to be a minute apart.
_START = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)


def turns_of(text: str) -> list[dict[str, str]]:
    """The turns of a chat as text; lines without a speaker belong to the turn above, or to the customer."""
    turns: list[dict[str, str]] = []
    for line in text.splitlines():
        found = _SPEAKER.match(line)
        words = line[found.end() :] if found else line
        if found or not turns:
            if not words.strip() and not found:
                continue
            role = "customer" if not found or found[1].lower() in _CUSTOMERS else "agent"
            turns.append(
                {"role": role, "text": words, "at": (_START + timedelta(minutes=len(turns))).isoformat()}
            )
        else:
            turns[-1]["text"] += "\n" + words
    return [turn for turn in turns if turn["text"].strip()]


def print_advice(text: str, reader: Reader, coach: Coach, lang: Lang, console: Console) -> None:
    """Prints each turn with what is due after it."""
    turns = turns_of(text)
    said = advise_line({"id": "1", "lang": lang.value, "turns": turns}, coach, reader.read)
    if "error" in said:
        console.print(said["error"]["message"], style="red", highlight=False)
        return
    for turn, after in zip(turns, said["after"], strict=True):
        console.print(Text(f"{turn['role']}: {turn['text'].strip()}"))
        rung = f", ladder: {after['ladder']}" if after["ladder"] else ""
        heat = f"{after['heat']['band']} {after['heat']['score']:.2f}"
        console.print(
            f"  → {', '.join(after['next'])}{rung}  (heat {heat}, risk {after['risk']:.2f})",
            style="bold",
            highlight=False,
        )
        console.print(f"    {after['because']}", style="dim", highlight=False, markup=False)


def print_lint(
    text: str, name: str, reader: Reader, coach: Coach, lang: Lang | None, console: Console, *, lines: bool
) -> int:
    """Prints the findings of a draft; how many there are. `lines` is the form that editors read."""
    reading = reader.read(text, role=Role.AGENT, lang=lang, now=datetime.now(UTC))
    advice = coach.check_draft(text, reading, None, lang=reading.lang)
    if lines:
        for found in advice.findings:
            line, column = _place(text, found.finding.start)
            print(f"{name}:{line}:{column} {found.finding.rule.value} {found.finding.because}")
        return len(advice.findings)
    shown = Text(text.rstrip())
    for found in advice.findings:
        shown.stylize("bold red underline", found.finding.start, found.finding.end)
    console.print(shown)
    for found in advice.findings:
        _print_finding(found, console)
    if not advice.findings:
        console.print("Nothing in this draft makes it worse.", style="green")
    return len(advice.findings)


def _print_finding(found: DraftFinding, console: Console) -> None:
    finding = found.finding
    console.print(
        f"\n{found.name} ({found.gravity.value}): “{finding.quote}”",
        style="bold",
        highlight=False,
        markup=False,
    )
    console.print(f"  {finding.because} ({finding.source})", highlight=False, markup=False)
    for better in found.replacements or finding.suggest:
        console.print(
            f"  → {better or '(leave these words out)'}", style="green", highlight=False, markup=False
        )


def _place(text: str, at: int) -> tuple[int, int]:
    """The line and column (from 1) of an offset."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1
