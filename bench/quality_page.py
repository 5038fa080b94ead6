"""Writes docs/quality.md and its pictures from the kept results of the benches. No figure is typed by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.kept import kept
from bench.labelled import FIGURES, WANTED, reached
from bench.pictures import bars_picture, reliability_picture
from bench.speed import WANTED as WANTED_SPEED
from bench.speed import fulfilled
from bench.supportcheck.cases import LANGS

DOCS = Path(__file__).resolve().parents[1] / "docs"
PICTURES = DOCS / "pictures"
#: set → figure → what is wanted of our best row.
WANTED_PUBLIC = {
    "convabuse": {"AP": 0.90, "macro-F1": 0.90},
    "goemotions": {"AP": 0.50},
    "tweeteval_emotion": {"macro-F1": 0.79},
    "cedr": {"F1": 0.46},
    "banking77": {"accuracy": 0.925},
}
SPEED_NAMES = {
    "one_p50_ms": "one message of 30 words, everything read: median (ms)",
    "one_p95_ms": "the same, 95th percentile (ms)",
    "one_p50_cpu_ms": "processor time of one message: median (ms)",
    "one_p95_cpu_ms": "the same, 95th percentile (ms)",
    "bulk_per_s": "messages a second, one after the other",
    "bulk_per_cpu_s": "messages a second of processor time",
    "start_s": "start (s)",
    "start_cpu_s": "processor time of the start (s)",
    "memory_mb": "most memory (MB)",
    "weights_mb": "all weights (MB)",
    "load": "load of the machine before the measurement",
}


def cell(value: list[float] | None) -> str:
    """A figure with its interval, where there is one."""
    if not value:
        return ""
    return f"{value[0]:.3f}" + (f" ({value[1]:.2f}–{value[2]:.2f})" if len(value) == 3 else "")


def labelled_tables(found: Mapping[str, Any], wanted: bool) -> list[str]:
    """For each role and language one table: figures down, tools across."""
    lines: list[str] = []
    for role in ("customer", "agent"):
        for lang in LANGS:
            part = f"{role} {lang}"
            tools = [tool for tool, parts in found.items() if tool != "n" and part in parts]
            if not tools:
                continue
            tools.sort(key=lambda tool: (not tool.startswith("Calmdesk"), tool))
            title = f"{'Customers' if role == 'customer' else 'Drafts'}, {'English' if lang == 'en' else 'Russian'}"
            lines += ["", f"### {title} (n = {found['n'][part]})", ""]
            lines.append("| | " + ("wanted | " if wanted else "") + " | ".join(tools) + " |")
            lines.append("| --- |" + (" --- |" if wanted else "") + " --- |" * len(tools))
            for name in FIGURES[role]:
                cells = []
                for tool in tools:
                    value = found[tool][part].get(name)
                    missed = wanted and value and tool == "Calmdesk" and not reached(name, lang, value[0])
                    cells.append(cell(value) + (" ✗" if missed else ""))
                limit = f"{WANTED[lang][name]:g} | " if wanted else ""
                lines.append(f"| {name} | {limit}" + " | ".join(cells) + " |")
    return lines


def public_tables(found: Mapping[str, Any], tuned: Mapping[str, Any]) -> list[str]:
    """One table a set."""
    lines: list[str] = []
    for name, wanted in WANTED_PUBLIC.items():
        one = found.get(f"public {name}")
        if not one:
            lines += ["", f"### {name}", "", "Not measured."]
            continue
        names = list(dict.fromkeys(figure for row in one["tools"].values() for figure in row))
        rows = dict(one["tools"])
        if name in tuned:
            rows["the same encoder, tuned on the set"] = {
                figure: [tuned[name][key]]
                for figure, key in (("accuracy", "accuracy"), ("macro-F1", "macro_f1"))
            }
        lines += ["", f"### {one['title']} (n = {one['n']})", ""]
        lines.append("Wanted: " + ", ".join(f"{figure} {limit:g}" for figure, limit in wanted.items()) + ".")
        lines += ["", "| tool | " + " | ".join(names) + " |", "| --- |" + " --- |" * len(names)]
        for tool in sorted(rows, key=lambda tool: (not tool.startswith("Calmdesk"), tool)):
            lines.append(f"| {tool} | " + " | ".join(cell(rows[tool].get(figure)) for figure in names) + " |")
    return lines


def calibration_table(found: Mapping[str, Any]) -> list[str]:
    lines = [
        "| head | ECE, all labels | ECE of the choice | right | answered with a chance ≥ 0.6 | right then |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for head, one in found.items():
        choice = f"{one['choice_ece']:.3f}" if "choice_ece" in one else ""
        single = (
            f"{choice} | {one['right']:.3f} | {one['sure']:.3f} | {one['right_when_sure']:.3f}"
            if "right" in one
            else " | | | "
        )
        lines.append(f"| {head} | {one['ece']:.3f}{'' if one['ece'] <= 0.05 else ' ✗'} | {single} |")
    return lines


def speed_table(found: Mapping[str, float]) -> list[str]:
    if not found:
        return ["Not measured."]
    lines = ["| | wanted | measured |", "| --- | --- | --- |"]
    for name, title in SPEED_NAMES.items():
        if name not in found:
            continue
        limit, more = WANTED_SPEED.get(name, (None, False))
        wanted = "" if limit is None else f"{'≥' if more else '≤'} {limit:g}"
        lines.append(
            f"| {title} | {wanted} | {found[name]:.1f}{'' if fulfilled(name, found[name]) else ' ✗'} |"
        )
    return lines


def summary(cases: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """The comparison that a picture shows: the two figures that every tool can be asked for in English."""
    out: dict[str, dict[str, float]] = {}
    for figure in ("hot F1", "abuse of a person F1", "false alarms"):
        bars = {
            tool: parts["customer en"][figure][0]
            for tool, parts in cases.items()
            if tool != "n" and figure in parts.get("customer en", {})
        }
        out[f"{figure}, English"] = dict(
            sorted(bars.items(), key=lambda pair: (not pair[0].startswith("Calmdesk"), pair[0]))
        )
    return out


def page(quality: Mapping[str, Any], tuned: Mapping[str, Any], speed: Mapping[str, float]) -> str:
    """The whole page. ✗ marks a figure of Calmdesk's that is not what is wanted."""
    lines = ["# How well Calmdesk reads", "", "<!-- Written by `python -m bench quality --write`. -->", ""]
    lines += [
        "Every figure here comes from `python -m bench quality` and `python -m bench speed`; what is wanted stands",
        "beside what was measured, and ✗ marks what was not reached. In brackets: 95 % bootstrap intervals. The",
        "functional test is on [its own page](supportcheck.md), what the model is good and bad at in",
        "`training/MODEL_CARD.md`.",
        "",
        "VADER, TextBlob and alt-profanity-check give one number a text; each is read with the thresholds that suit it",
        "best on the training part of our corpus. They know no Russian. The n-grams learnt from that same part.",
        "",
        "## Labelled cases",
        "",
        "Support messages labelled by people who know the method; they are kept outside the repo, never trained on,",
        "and given to every tool as `calmdesk read --jsonl` would be given them.",
    ]
    cases = quality.get("cases")
    if cases:
        lines += labelled_tables(cases, wanted=True)
        lines += ["", "![Calmdesk and peers on English messages](pictures/quality-peers.svg)"]
    else:
        lines += ["", "Not measured."]
    lines += ["", "## Held-out lines of our corpus", ""]
    lines += ["Lines of `training/corpus` that training never saw: one block of twenty neighbours in seven."]
    lines += (
        labelled_tables(quality["held_out"], wanted=False) if "held_out" in quality else ["", "Not measured."]
    )
    lines += ["", "## Public sets", ""]
    lines += [
        "Each with the split of its authors; peers, n-grams and embeddings in the same run. Thresholds are chosen on",
        "the set's dev part, or on a fifth of its train part. The model learnt its extra heads on the train parts of",
        "ConvAbuse, GoEmotions and CEDR, at a small share, so the rows on which its own head's threshold is chosen",
        "were partly seen in training: its F1 suffers by that, its AP does not. “All views together” is one logistic",
        "regression, fitted on the set's train part, over the model's heads for support messages, n-grams and, where",
        "the encoder is at hand, its untuned embeddings. Peers know no Russian and are not asked it.",
    ]
    lines += public_tables(quality, tuned)
    lines += [
        "",
        "## Calibration",
        "",
        "On the held-out lines; wanted: an expected calibration error of 0.05 at most.",
    ]
    if quality.get("calibration"):
        lines += ["", *calibration_table(quality["calibration"])]
        lines += ["", *(f"![Reliability, {lang}](pictures/quality-reliability-{lang}.svg)" for lang in LANGS)]
    else:
        lines += ["", "Not measured."]
    lines += ["", "## Speed on one core", "", *speed_table(speed)]
    return "\n".join(lines) + "\n"


def write() -> None:
    """The page and the pictures."""
    quality, tuned, speed = kept("quality"), kept("tuned"), kept("speed")
    PICTURES.mkdir(parents=True, exist_ok=True)
    (DOCS / "quality.md").write_text(page(quality, tuned, speed), encoding="utf-8")
    for lang in LANGS:
        heads = {
            head.removesuffix(f" {lang}"): found
            for head, found in quality.get("calibration", {}).items()
            if head.endswith(f" {lang}")
        }
        if heads:
            picture = reliability_picture(heads, f"Reliability of the model's chances, {lang}")
            (PICTURES / f"quality-reliability-{lang}.svg").write_text(picture, encoding="utf-8")
    if "cases" in quality:
        picture = bars_picture(summary(quality["cases"]), "Labelled cases: Calmdesk and peers")
        (PICTURES / "quality-peers.svg").write_text(picture, encoding="utf-8")
