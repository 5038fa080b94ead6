"""Puts a message's cues and a draft's findings into its text, escaped, as `<mark>` elements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from calmdesk.desk.reading import Cue

#: Cues that lower the heat: shown as what they are, not as anger.
COOLING = frozenset({"heat.courtesy", "heat.praise"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text with a class and an explanation (plain text)."""

    start: int
    end: int
    css: str
    title: str


def marks_of(
    cues: Iterable[Cue], *, only: Sequence[str] = ("heat", "abuse", "leverage", "issue", "lint")
) -> list[Mark]:
    """The marks for cues: abuse first where several share words."""
    rank = {name: number for number, name in enumerate(("abuse", "lint", "heat", "leverage", "issue"))}
    wanted = [cue for cue in cues if cue.what.partition(".")[0] in only]
    wanted.sort(key=lambda cue: (rank.get(cue.what.partition(".")[0], 9), cue.start))
    return [Mark(cue.start, cue.end, _css(cue.what), cue.because) for cue in wanted]


def _css(what: str) -> str:
    return "cooling" if what in COOLING else what.partition(".")[0]


def mark_up(text: str, marks: Iterable[Mark], mask: bool = False) -> Markup:
    """The text as HTML with its marks. Overlapping marks give way to the earlier ones of the list.

    With `mask`, words marked as abuse are covered until asked for; they stay in the page for evidence.
    """
    taken: list[Mark] = []
    for mark in marks:
        inside = 0 <= mark.start < mark.end <= len(text)
        if inside and all(mark.end <= other.start or mark.start >= other.end for other in taken):
            taken.append(mark)
    out: list[Markup] = []
    at = 0
    for mark in sorted(taken, key=lambda m: m.start):
        covered = " covered" if mask and mark.css == "abuse" else ""
        out.append(escape(text[at : mark.start]))
        out.append(
            Markup('<mark class="cue {}{}" tabindex="0" data-why="{}">{}</mark>').format(
                mark.css, covered, mark.title, text[mark.start : mark.end]
            )
        )
        at = mark.end
    out.append(escape(text[at:]))
    return Markup("").join(out)
