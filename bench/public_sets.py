"""The public sets that quality is measured on, read from a folder outside the repo (`--data DIR`).

Each set keeps the split its authors published. Sources and licences stand beside the data; docs/quality.md names them.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

Rows = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PublicSet:
    """Texts with a label number each. `dev` may be empty; then a threshold is chosen on `train` by cross-validation."""

    name: str
    title: str
    lang: str
    labels: tuple[str, ...]
    train: Rows
    dev: Rows
    test: Rows


def convabuse(data: Path) -> PublicSet:
    """ConvAbuse: abusive when more raters gave a negative severity than did not. The test part is not published
    with the data at hand, so its valid part is what is measured."""

    def part(name: str) -> Iterator[tuple[str, int]]:
        with (data / "train/convabuse" / f"ConvAbuseEMNLP{name}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                yes = no = 0
                for column, value in row.items():
                    if column and "is_abuse" in column and value and "1" in value:
                        yes, no = (yes + 1, no) if ".-" in column else (yes, no + 1)
                yield row["user"], int(yes > no)

    title = "ConvAbuse valid: abuse of a bot"
    return PublicSet(
        "convabuse", title, "en", ("no", "abuse"), tuple(part("train")), (), tuple(part("valid"))
    )


def goemotions(data: Path) -> PublicSet:
    """GoEmotions: anger or annoyance against everything else."""
    folder = data / "train/goemotions"
    names = (folder / "labels.txt").read_text(encoding="utf-8").split()
    wanted = {str(names.index("anger")), str(names.index("annoyance"))}

    def part(name: str) -> Iterator[tuple[str, int]]:
        for line in (folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
            text, ids, _ = line.split("\t")
            yield text, int(bool(wanted & set(ids.split(","))))

    title = "GoEmotions test: anger or annoyance"
    return PublicSet(
        "goemotions",
        title,
        "en",
        ("no", "angry"),
        tuple(part("train")),
        tuple(part("dev")),
        tuple(part("test")),
    )


def tweeteval_emotion(data: Path) -> PublicSet:
    """TweetEval's emotion task, four classes."""
    folder = data / "eval/tweeteval/emotion"

    def part(name: str) -> Rows:
        texts = (folder / f"{name}_text.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")
        labels = (folder / f"{name}_labels.txt").read_text(encoding="utf-8").split()
        return tuple((text, int(label)) for text, label in zip(texts, labels, strict=True))

    names = ("anger", "joy", "optimism", "sadness")
    title = "TweetEval emotion test"
    return PublicSet("tweeteval_emotion", title, "en", names, part("train"), part("val"), part("test"))


def cedr(data: Path) -> PublicSet:
    """CEDR: Russian sentences, anger (its label 4) against everything else."""

    def part(name: str) -> Iterator[tuple[str, int]]:
        with (data / "train/cedr" / f"cedr-main-{name}.csv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                yield row["text"], int("anger" in row["labels"] or "4" in row["labels"])

    return PublicSet(
        "cedr", "CEDR test: anger", "ru", ("no", "anger"), tuple(part("train")), (), tuple(part("test"))
    )


def banking77(data: Path) -> PublicSet:
    """Banking77: 77 intents of a bank's customers."""
    folder = data / "train/banking77"

    def part(name: str) -> list[tuple[str, str]]:
        with (folder / f"{name}.csv").open(encoding="utf-8") as lines:
            return [(row["text"], row["category"]) for row in csv.DictReader(lines)]

    train, test = part("train"), part("test")
    names = tuple(sorted({label for _, label in train}))
    number = {label: at for at, label in enumerate(names)}
    numbered = [tuple((text, number[label]) for text, label in rows) for rows in (train, test)]
    return PublicSet("banking77", "Banking77 test", "en", names, numbered[0], (), numbered[1])


SETS: dict[str, Callable[[Path], PublicSet]] = {
    "convabuse": convabuse,
    "goemotions": goemotions,
    "tweeteval_emotion": tweeteval_emotion,
    "cedr": cedr,
    "banking77": banking77,
}


def thinned(rows: Rows, most: int, seed: int = 7) -> Rows:
    """At most so many rows, drawn with a fixed seed; all of them when there are fewer."""
    return rows if len(rows) <= most else tuple(random.Random(seed).sample(rows, most))
