"""Writes MODEL_CARD.md's figures from what evaluate.py measured: no figure in the card is typed by hand."""

from __future__ import annotations

import json
from pathlib import Path

MARK = "<!-- figures: written by training/card.py -->"
END = "<!-- end of figures -->"


def table(rows: dict[str, dict[str, float]], first: str) -> str:
    """A Markdown table with one line a key and one column a figure."""
    columns: list[str] = []
    for found in rows.values():
        columns += [c for c in found if c not in columns]
    lines = [f"| {first} | " + " | ".join(columns) + " |", "| --- " * (len(columns) + 1) + "|"]
    for name, found in rows.items():
        cells = [f"{found[c]:.3f}".rstrip("0").rstrip(".") if c in found else "" for c in columns]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def split(figures: dict[str, dict[str, float]], word: str) -> dict[str, dict[str, float]]:
    return {k: v for k, v in figures.items() if k.endswith(word)}


def text_of(report: dict) -> str:
    """The part of the card between the marks."""
    parts = [
        f"Version {report['version']}. {report['held_out']} held-out lines of our own corpus of {report['lines']} "
        "(blocks of 20 neighbouring lines, one in seven), read through the shipped int8 graph; "
        "each half is decided with the calibration fitted on the other.",
        "### Customers' messages", table(split(report["figures"], "customer"), "held out"),
        "### Agents' drafts", table(split(report["figures"], "agent"), "held out"),
        "### Promise or none", table(split(report["figures"], "promise"), "held out"),
        "### Calibration (expected calibration error, average precision, all labels of a head together)",
        table(report["calibration"], "head"),
        "### Findings shown at words that overlap the labelled ones",
        table({k: {"share": v} for k, v in report["span_overlap"].items()}, "language"),
    ]  # fmt: skip
    if report.get("each"):
        parts += ["### Each label (F1, count in the held-out lines)", table(report["each"], "label")]
    if report.get("groups"):
        parts += ["### By channel", table(report["groups"], "group")]
    return "\n\n".join(parts)


def write_card(report: dict, card: Path) -> None:
    """Replaces the figures between the marks and keeps the words around them."""
    old = card.read_text(encoding="utf-8")
    head, _, rest = old.partition(MARK)
    _, _, tail = rest.partition(END)
    card.write_text(f"{head}{MARK}\n\n{text_of(report)}\n\n{END}{tail}", encoding="utf-8")
    (card.parent / "figures.json").write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")
