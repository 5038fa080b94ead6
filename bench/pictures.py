"""Plain SVG pictures for the pages, drawn without any library so that the same figures give the same file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

SIDE = 150
GAP = 46
TOP = 34
INK, PALE, LINE = "#2b2b2b", "#c9c9c9", "#1f6f8b"


def text(x: float, y: float, words: str, size: int = 11, anchor: str = "start") -> str:
    look = f'font-size="{size}" text-anchor="{anchor}" fill="{INK}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(words)}</text>'


def document(width: float, height: float, title: str, parts: Sequence[str]) -> str:
    """An SVG file with a title that screen readers read."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" role="img" '
        f'viewBox="0 0 {width:.0f} {height:.0f}" font-family="sans-serif"><title>{escape(title)}</title>'
        f'<rect width="100%" height="100%" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def reliability_picture(heads: Mapping[str, Any], title: str) -> str:
    """One small plot a head: the chance that was said (across) against how often it was so (up)."""
    parts = []
    for at, (head, found) in enumerate(heads.items()):
        left, top = GAP / 2 + (at % 4) * (SIDE + GAP), TOP + (at // 4) * (SIDE + GAP + 12)
        parts.append(text(left, top - 6, f"{head}: ECE {found['ece']:.3f}"))
        parts.append(
            f'<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{PALE}"/>'
        )
        parts.append(
            f'<path d="M{left} {top + SIDE}L{left + SIDE} {top}" stroke="{PALE}" stroke-dasharray="4 3"/>'
        )
        spots = [(left + said * SIDE, top + SIDE - was * SIDE, count) for said, was, count in found["rows"]]
        way = "L".join(f"{x:.1f} {y:.1f}" for x, y, _ in spots)
        parts.append(f'<path d="M{way}" fill="none" stroke="{LINE}" stroke-width="1.5"/>')
        parts += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{min(7.0, 1.5 + count**0.25):.1f}" fill="{LINE}" opacity="0.7"/>'
            for x, y, count in spots
        ]
        parts.append(text(left, top + SIDE + 14, "0", 9))
        parts.append(text(left + SIDE, top + SIDE + 14, "1", 9, "end"))
        parts.append(text(left + SIDE / 2, top + SIDE + 14, "chance said", 9, "middle"))
    rows = (len(heads) + 3) // 4
    return document(4 * (SIDE + GAP), TOP + rows * (SIDE + GAP + 12), title, parts)


def bars_picture(groups: Mapping[str, Mapping[str, float]], title: str) -> str:
    """Groups of bars from 0 to 1: group → name → value."""
    parts, top = [text(10, 20, title, 13)], 44.0
    for group, bars in groups.items():
        parts.append(text(10, top, group, 12))
        top += 8
        for number, (name, value) in enumerate(bars.items()):
            colour = LINE if number == 0 else "#9db8c2"
            parts.append(f'<rect x="250" y="{top}" width="{value * 400:.1f}" height="13" fill="{colour}"/>')
            parts.append(text(244, top + 11, name, 10, "end"))
            parts.append(text(256 + value * 400, top + 11, f"{value:.2f}", 10))
            top += 17
        top += 20
    return document(700, top, title, parts)
