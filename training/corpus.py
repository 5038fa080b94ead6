"""Reads and checks the training text, splits it by blocks of neighbouring lines, and maps public sets.

Neighbouring lines are often minimal pairs, so a block of them falls into one side of the split as a whole.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass, field
from pathlib import Path

from labels import HEADS, ISSUE, KIND, LEVERAGE, LINT, MOVES, TARGET
from labels import HEAT as BANDS

BLOCK = 20
HELD_OUT_EVERY = 7


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled line. `labels` holds only the heads that the line's source speaks about."""

    id: str
    lang: str
    role: str
    text: str
    context: str
    labels: dict[str, tuple[str, ...]]
    spans: tuple[tuple[str, int, int], ...] = ()
    tagged: bool = False
    weight: float = 1.0
    held_out: bool = False
    channel: str = ""
    said_no: dict[str, tuple[str, ...]] = field(default_factory=dict)


class CorpusFault(ValueError):
    """A line of the corpus does not follow the schema."""


def read_jsonl(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def one_of(row: dict, value: object, allowed: tuple[str, ...], what: str) -> str:
    if value not in allowed:
        raise CorpusFault(f"{row.get('id')}: {what} {value!r} is not one of {', '.join(allowed)}")
    return str(value)


def customer_row(row: dict, held_out: bool) -> Row:
    """A customer's line as a Row; raises CorpusFault for a value outside the vocabulary."""
    heat = one_of(row, row["heat"], BANDS, "heat")
    kind = one_of(row, row["abuse"]["kind"], KIND, "abuse kind")
    target = one_of(row, row["abuse"]["target"], TARGET, "abuse target")
    issue = one_of(row, row["issue"], ISSUE, "issue")
    leverage = tuple(one_of(row, x, LEVERAGE, "leverage") for x in row["leverage"])
    labels = {"heat": (heat,), "kind": (kind,), "target": (target,), "issue": (issue,), "leverage": leverage}
    return Row(row["id"], row["lang"], "customer", row["text"], "", labels, held_out=held_out,
               channel=row.get("channel") or "")  # fmt: skip


def agent_row(row: dict, held_out: bool) -> Row:
    """An agent's draft as a Row, its spans as places in the text; raises CorpusFault."""
    lint = tuple(one_of(row, x, LINT, "lint") for x in row["lint"])
    moves = tuple(one_of(row, x, MOVES, "move") for x in row["moves"])
    text, spans = row["text"], []
    if len(row.get("spans", [])) != len(lint):
        raise CorpusFault(f"{row['id']}: as many spans as lint findings are needed")
    for rule, quote in zip(lint, row.get("spans", []), strict=True):
        start = text.find(quote)
        if start < 0:
            raise CorpusFault(f"{row['id']}: the span {quote!r} is not in the text")
        spans.append((rule, start, start + len(quote)))
    labels = {"lint": lint, "moves": moves}
    context = row.get("context") or ""
    return Row(row["id"], row["lang"], "agent", text, context, labels, tuple(spans), True, held_out=held_out,
               channel=row.get("channel") or "")  # fmt: skip


def promise_row(row: dict, held_out: bool) -> Row:
    """A line of the promise corpus: whether it promises, and where."""
    text, spans = row["text"], []
    for promise in row["promises"]:
        start = text.find(promise["quote"])
        if start < 0:
            raise CorpusFault(f"{row['id']}: the quote {promise['quote']!r} is not in the text")
        spans.append(("promise", start, start + len(promise["quote"])))
    labels = {"promise": ("promise",) if spans else ()}
    return Row(row["id"], row["lang"], "agent", text, "", labels, tuple(spans), True, held_out=held_out)


KINDS = {"customer": customer_row, "agent": agent_row, "promises": promise_row}


def kind_of(path: Path) -> str | None:
    stem = path.stem.removeprefix("support_corpus_")
    return next((kind for kind in KINDS if stem.startswith(kind)), None)


def read_corpus(folder: Path, only: str = "*.jsonl") -> list[Row]:
    """Every line of our own corpus. A block of 20 lines in seven is held out, chosen by its place alone."""
    rows: list[Row] = []
    for path in sorted(folder.glob(only)):
        kind = kind_of(path)
        if kind is None:
            continue
        for number, raw in enumerate(read_jsonl(path)):
            held_out = (number // BLOCK) % HELD_OUT_EVERY == 3
            try:
                rows.append(KINDS[kind](raw, held_out))
            except (KeyError, TypeError) as fault:
                raise CorpusFault(f"{path.name}, line {number + 1}: {fault!r}") from fault
    return rows


def public_row(name: str, number: int, lang: str, text: str, label: str, yes: bool, held_out: bool) -> Row:
    labels = {"public": (label,) if yes else ()}
    return Row(
        f"{name}-{number}", lang, "customer", text, "", labels,
        held_out=held_out, weight=0.4, said_no={"public": (label,)},
    )  # fmt: skip


def read_convabuse(data: Path) -> list[Row]:
    """ConvAbuse: a turn is abusive when most annotators gave it a negative severity."""
    rows = []
    for part, held_out in (("train", False), ("valid", True)):
        with (data / "train/convabuse" / f"ConvAbuseEMNLP{part}.csv").open(encoding="utf-8") as lines:
            for number, row in enumerate(csv.DictReader(lines)):
                votes = {"yes": 0, "no": 0}
                for name, value in row.items():
                    if "is_abuse" in name and value and "1" in value:
                        votes["yes" if ".-" in name else "no"] += 1
                yes = votes["yes"] > votes["no"]
                name = f"convabuse-{part}"
                rows.append(public_row(name, number, "en", row["user"], "abuse_of_bot", yes, held_out))
    return rows


def read_goemotions(data: Path, count: int, seed: int) -> list[Row]:
    """GoEmotions: anger or annoyance against the rest, thinned to `count` lines, a third of them angry."""
    names = (data / "train/goemotions/labels.txt").read_text().split()
    angry = {str(names.index("anger")), str(names.index("annoyance"))}
    mild = {str(names.index(x)) for x in ("disapproval", "disgust")}
    yes, no = [], []
    with (data / "train/goemotions/train.tsv").open(encoding="utf-8") as lines:
        for line in lines:
            text, ids, _ = line.rstrip("\n").split("\t")
            found = set(ids.split(","))
            if found & angry:
                yes.append(text)
            elif not found & mild:
                no.append(text)
    draw = random.Random(seed)
    draw.shuffle(yes)
    draw.shuffle(no)
    picked = [(x, True) for x in yes[: count // 3]] + [(x, False) for x in no[: count - count // 3]]
    return [
        public_row("goemotions", i, "en", text, "anger_english", label, False)
        for i, (text, label) in enumerate(picked)
    ]


def read_cedr(data: Path, count: int, seed: int) -> list[Row]:
    """CEDR: Russian sentences, anger against the rest, thinned to `count` lines."""
    yes, no = [], []
    with (data / "train/cedr/cedr-main-train.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            (yes if "anger" in row["labels"] or "4" in row["labels"] else no).append(row["text"])
    draw = random.Random(seed)
    draw.shuffle(no)
    picked = [(x, True) for x in yes] + [(x, False) for x in no[: max(count - len(yes), 0)]]
    return [
        public_row("cedr", i, "ru", text, "anger_russian", label, False)
        for i, (text, label) in enumerate(picked)
    ]


def summary(rows: list[Row]) -> dict[str, int]:
    """How often each label occurs, for the data card and the log."""
    out: dict[str, int] = {}
    for row in rows:
        for head in HEADS:
            for label in row.labels.get(head, ()):
                key = f"{row.lang}.{head}.{label}"
                out[key] = out.get(key, 0) + 1
    return dict(sorted(out.items()))
