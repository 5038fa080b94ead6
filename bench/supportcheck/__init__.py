"""SupportCheck: a functional test of reading support messages, in English and Russian.

`python -m bench supportcheck` runs it against Calmdesk and those peers that are installed;
`--tool "calmdesk read --jsonl"` against any program that speaks that contract, `--failures` lists what failed,
`--ours` measures Calmdesk alone, `--write` keeps the results and renews docs/supportcheck.md from all that are kept.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.kept import keep, kept
from bench.supportcheck.cases import LANGS, functions, load
from bench.supportcheck.run import MEAN_WANTED, WORST_WANTED, Result, run
from bench.supportcheck.tools import Command, Tool

PAGE = Path(__file__).resolve().parents[2] / "docs" / "supportcheck.md"


def results(tools: Sequence[Tool]) -> list[Result]:
    """Every tool on every language it can be asked in."""
    return [found for tool in tools for lang in LANGS if (found := run(tool, load(lang)))]


def table(found: Sequence[Result]) -> list[str]:
    """Lines of a table: one row a tool and language."""
    rows = [
        "| tool | language | functions | mean | worst function | below 0.90 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for one in found:
        name, share = one.worst
        rows.append(
            f"| {one.tool} | {one.lang} | {len(one.share)} | {one.mean:.3f} | {name} {share:.2f} | {one.below} |"
        )
    return rows


def page(found: Sequence[Result]) -> str:
    """docs/supportcheck.md, all figures taken from the results."""
    known = functions()
    counts = {lang: load(lang) for lang in LANGS}
    lines = ["# SupportCheck", "", "<!-- Written by `python -m bench supportcheck --write`. -->", ""]
    lines += [
        "A functional test of reading support messages, in the manner of HateCheck: many small groups of hand-written",
        "cases, each group testing one thing a reader must be able to do. Minimal pairs stand side by side: contempt",
        "for a thing and for a person, a rule broken and its harmless twin. "
        + " ".join(
            f"{'English' if lang == 'en' else 'Russian'}: {len(cases)} cases in "
            f"{len({case.function for case in cases})} functions."
            for lang, cases in counts.items()
        ),
        "",
        "The cases are in `bench/supportcheck/`, under CC BY 4.0; its README tells how to run them against any tool.",
        f"Wanted: a mean of {MEAN_WANTED:.2f} over the functions and no function below {WORST_WANTED:.2f}. A tool is",
        "only asked what it can tell: a scorer of sentiment, say, whether a text is hot and abusive, never a rule of",
        "style. Its row is then a mean over fewer functions. Peers' scores count as negative from 0.05, as hot and",
        "abusive from 0.5. The n-grams learnt from the training part of our corpus.",
        "",
        *table(found),
        "",
    ]
    columns = [one for one in found if one.tool.startswith("Calmdesk")] + [
        one for one in found if not one.tool.startswith("Calmdesk")
    ]
    part = ""
    for name, function in known.items():
        if function.part != part:
            part = function.part
            heads = [f"{one.tool}, {one.lang}" for one in columns]
            lines += ["", f"## {part}", "", "| function | what it tests | " + " | ".join(heads) + " |"]
            lines.append("| --- | --- |" + " --- |" * len(heads))
        cells = [f"{one.share[name]:.2f}" if name in one.share else "" for one in columns]
        lines.append(f"| {name} | {function.what} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """The bench."""
    parser = argparse.ArgumentParser(prog="bench supportcheck")
    parser.add_argument(
        "--tool", help="a program that speaks `calmdesk read --jsonl`, instead of Calmdesk and peers"
    )
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--ours", action="store_true")
    args, _ = parser.parse_known_args(sys.argv[1:])
    if args.tool:
        tools: list[Tool] = [Command(args.tool)]
    else:
        from bench.quality import all_tools

        # Thresholds for the best F1 among hot lines flag nearly everything: the usual ones serve peers better.
        tools = all_tools(args.ours, suited=False)
    found = results(tools)
    for one in found:
        name, share = one.worst
        print(
            f"{one.tool:<28} {one.lang}  functions {len(one.share):>3}  mean {one.mean:.3f}  "
            f"worst {share:.2f} ({name})  below {WORST_WANTED:.2f}: {one.below}"
        )
        if args.failures:
            for case, said in one.failed:
                print(f"    {case.id}: {case.text!r} expected {dict(case.expect)}, got {said}")
    if args.write and not args.tool:
        for one in found:
            keep("supportcheck", f"{one.tool}: {one.lang}", one.share)
        PAGE.write_text(page(remembered()), encoding="utf-8")


def remembered() -> list[Result]:
    """All results that were kept, Calmdesk's first."""
    found = []
    for name, share in kept("supportcheck").items():
        tool, _, lang = name.rpartition(": ")
        found.append(Result(tool, lang, share))
    return sorted(found, key=lambda one: (not one.tool.startswith("Calmdesk"), one.tool, one.lang))
