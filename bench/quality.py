"""Quality of reading: labelled lines, public sets in one run with peers and baselines, calibration.

    python -m bench quality --data DIR [--cases DIR] [--encoder DIR] [--part NAME …] [--sets NAME …] [--write]

Parts: `held_out` (lines of the corpus that training never saw), `cases` (labelled cases kept outside the repo),
`public` (sets of other people, from --data). What is not at hand is left out with a line. Figures are kept in
bench/results/quality.json; --write renders docs/quality.md and its pictures from all kept results.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.kept import keep, kept
from bench.labelled import Line, asked, figures, reached, read_cases, read_corpus
from bench.supportcheck.tools import Tool

PARTS = ("held_out", "cases", "public")
LANGS = ("en", "ru")


def learning() -> bool:
    """Whether scikit-learn is there, which the baselines need."""
    there = importlib.util.find_spec("sklearn") is not None
    if not there:
        print("scikit-learn is not installed: no baselines (pip install --group bench).")
    return there


def judged(tools: Sequence[Tool], lines: Sequence[Line], sure: bool) -> dict[str, Any]:
    """tool → "role lang" → figures, with the counts beside them."""
    out: dict[str, Any] = {"n": {}}
    for tool in tools:
        begun = time.monotonic()
        for role in ("customer", "agent"):
            for lang in sorted(tool.langs):
                some = [line for line in lines if line["role"] == role and line["lang"] == lang]
                if not some or (role == "agent" and "lint" not in tool.tells):
                    continue
                got = tool.read([asked(line) for line in some])
                out["n"][f"{role} {lang}"] = len(some)
                out.setdefault(tool.name, {})[f"{role} {lang}"] = figures(some, got, tool.tells, sure)
        print(f"{tool.name}: {time.monotonic() - begun:.0f} s", flush=True)
    return out


def shown(found: dict[str, Any]) -> None:
    """Prints judged figures."""
    for tool, parts in found.items():
        if tool == "n":
            continue
        for part, row in parts.items():
            lang = part.split()[1]
            words = [
                f"{name} {value[0]:.3f}{'' if reached(name, lang, value[0]) else '*'}"
                for name, value in row.items()
            ]
            print(f"{tool}, {part}: {', '.join(words)}")


def all_tools(ours: bool, suited: bool = True) -> list[Tool]:
    """Calmdesk, its rules alone and, unless only `ours` are wanted, installed peers and n-grams on the same corpus.

    Peers have the thresholds that are `suited` to the corpus, or those of their own pages.
    """
    from bench.engine import calmdesk_tools
    from bench.peers import scorers, suited_scorers

    tools = calmdesk_tools()
    if ours:
        return tools
    tools += suited_scorers() if suited else scorers()
    if learning():
        from bench.baselines import NgramReader

        tools.append(NgramReader(read_corpus(held_out=False)))
    return tools


def public(data: Path, encoder: Path | None, names: Sequence[str]) -> None:
    """Those public sets that are at hand."""
    from bench.public_sets import SETS

    if not learning():
        return
    from bench.compare import compared

    for name in names or SETS:
        try:
            chosen = SETS[name](data)
        except FileNotFoundError as fault:
            print(f"{name} is left out: {fault.filename} is not there.")
            continue
        found = compared(chosen, encoder)
        keep("quality", f"public {name}", found)
        for tool, row in found["tools"].items():
            words = ", ".join(f"{figure} {value[0]:.3f}" for figure, value in row.items())
            print(f"{chosen.title}: {tool}: {words}", flush=True)


def main() -> None:
    """The bench."""
    parser = argparse.ArgumentParser(prog="bench quality")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--part", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument(
        "--ours", action="store_true", help="measure Calmdesk alone, keep what was told of others"
    )
    parser.add_argument("--sets", nargs="*", default=[], help="only these of the public sets")
    parser.add_argument("--write", action="store_true")
    args, _ = parser.parse_known_args(sys.argv[1:])
    tools = all_tools(args.ours) if {"held_out", "cases"} & set(args.part) else []
    if "held_out" in args.part:
        from bench.calibration import calibrated

        lines = read_corpus(held_out=True)
        found = judged(tools, lines, sure=False)
        keep("quality", "held_out", (kept("quality").get("held_out", {}) if args.ours else {}) | found)
        shown(found)
        keep("quality", "calibration", calibrated(lines))
    if "cases" in args.part and args.cases:
        cases = [
            x for role in ("customer", "agent") for lang in LANGS for x in read_cases(args.cases, role, lang)
        ]
        found = judged(tools, cases, sure=True)
        keep("quality", "cases", (kept("quality").get("cases", {}) if args.ours else {}) | found)
        shown(found)
    elif "cases" in args.part:
        print("No --cases DIR: the labelled cases are left out.")
    if "public" in args.part and args.data:
        public(args.data, args.encoder, args.sets)
    elif "public" in args.part:
        print("No --data DIR: the public sets are left out.")
    if args.write:
        from bench.quality_page import write

        write()


if __name__ == "__main__":
    main()
