"""Fits how much each heat cue of the rules weighs, and shows which nudges and borders serve rules and model best.

    python -m training.fit_rules              prints the heat weights of both languages, ready for thresholds.yml
    python -m training.fit_rules --mix        prints F1 on held-out lines for nudges and borders, model included

Weights come from an ordinal logistic regression (three borders, one slope a cue) on the lines that are not held out;
everything is deterministic. Nothing is written: what is taken over into content is a person's decision.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path

import numpy as np
from training.corpus import Row, read_corpus

from calmdesk.content import load_content
from calmdesk.desk.vocabulary import HeatBand, Lang, Leverage, LintRule, Move, Role
from calmdesk.reading import Reader, load_model
from calmdesk.reading.agent import find_in_agent
from calmdesk.reading.combine import decide_heat, decide_labels
from calmdesk.reading.customer import find_in_customer
from calmdesk.reading.text import read_text

CORPUS = Path(__file__).parent / "corpus"
STEPS, RATE, DECAY = 3000, 0.02, 0.003


def fit_heat(counts: list[Mapping[str, float]], bands: list[int]) -> tuple[dict[str, float], list[float]]:
    """The weight of each cue and the three borders."""
    names = sorted({name for found in counts for name in found})
    x = np.array([[found.get(name, 0.0) for name in names] for found in counts])
    y = np.array(bands)
    balance = (len(y) / 4 / np.bincount(y, minlength=4))[y] ** 0.5
    at = np.concatenate([np.zeros(len(names)), [0.0, 1.5, 3.0]])
    mean, square = np.zeros_like(at), np.zeros_like(at)
    for step in range(1, STEPS + 1):
        level = x @ at[:-3]
        slope = np.zeros_like(at)
        for k in range(3):
            miss = (1 / (1 + np.exp(-(level - at[-3 + k]))) - (y > k)) * balance / len(y)
            slope[:-3] += x.T @ miss
            slope[-3 + k] = -miss.sum()
        slope[:-3] += DECAY * at[:-3]
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        at -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    weights = {name: round(float(w), 2) for name, w in zip(names, at[:-3], strict=True)}
    return weights, sorted(round(float(edge), 2) for edge in at[-3:])


def f1(gold: Iterable[set[str]], said: Iterable[set[str]]) -> tuple[float, float, float]:
    """Micro F1, precision and recall over sets of labels."""
    right = wrong = missed = 0
    for want, got in zip(gold, said, strict=True):
        right += len(want & got)
        wrong += len(got - want)
        missed += len(want - got)
    p, r = right / max(1, right + wrong), right / max(1, right + missed)
    return round(2 * p * r / max(1e-9, p + r), 3), round(p, 3), round(r, 3)


def show_heat(reader: Reader, lang: Lang, rows: list[Row]) -> None:
    """Prints fitted weights and how often the band is right on held-out lines with the weights in content."""
    book = reader.book(lang)
    found = [find_in_customer(read_text(row.text, book.form), book) for row in rows]
    bands = [list(HeatBand).index(HeatBand(row.labels["heat"][0])) for row in rows]
    learn = [i for i, row in enumerate(rows) if not row.held_out]
    weights, edges = fit_heat([found[i].heat for i in learn], [bands[i] for i in learn])
    held = [i for i, row in enumerate(rows) if row.held_out]
    right = sum(decide_heat(found[i], None, book.thresholds).band.rank == bands[i] for i in held)
    out = [
        f"# {lang}: {len(learn)} lines; in content now, {right} of {len(held)} held-out bands are right",
        "heat:",
    ]
    out += [f"  {name}: {weight}" for name, weight in weights.items()]
    sys.stdout.write("\n".join([*out, f"edges: {edges}", ""]))


def show_mix(
    reader: Reader, lang: Lang, rows: list[Row], role: Role, heads: Mapping[str, type[StrEnum]]
) -> None:
    """Prints F1, precision and recall by head, border and nudge on held-out lines."""
    model = load_model()
    if model is None:
        raise SystemExit("there are no weights to mix with")
    book = reader.book(lang)
    held = [row for row in rows if row.held_out]
    views = [model.view(row.text, role=role, lang=lang, context=row.context or None) for row in held]
    for head, labels in heads.items():
        beliefs: list[dict[str, float]] = []
        for row in held:
            read = read_text(row.text, book.form)
            if role is Role.CUSTOMER:
                beliefs.append({k: min(0.95, w) for k, w in find_in_customer(read, book).leverage.items()})
            else:
                found = find_in_agent(read, book)
                beliefs.append(dict(found.moves) if head == "moves" else {f.rule: s for f, s in found.lint})
        gold = [set(row.labels.get(head, ())) for row in held]
        for border in (0.5, 0.6, 0.7, 0.8):
            for nudge in (0.0, 1.0, 2.0, 3.0, 4.0):
                rules = book.thresholds.model_copy(update={"nudge": {head: nudge}, "decide": {head: border}})
                said = [
                    set(decide_labels(head, labels, belief, view, rules))
                    for belief, view in zip(beliefs, views, strict=True)
                ]
                sys.stdout.write(
                    f"{lang} {head} border {border} nudge {nudge}: f1, p, r = {f1(gold, said)}\n"
                )


def main() -> None:
    """Reads the corpus of both languages and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mix", action="store_true")
    mix = parser.parse_args().mix
    reader = Reader(load_content())
    rows = read_corpus(CORPUS)
    for lang in Lang:
        customers = [
            row for row in rows if row.lang == lang and row.role == "customer" and "heat" in row.labels
        ]
        agents = [row for row in rows if row.lang == lang and row.role == "agent" and "moves" in row.labels]
        if mix:
            show_mix(reader, lang, customers, Role.CUSTOMER, {"leverage": Leverage})
            show_mix(reader, lang, agents, Role.AGENT, {"lint": LintRule, "moves": Move})
        else:
            show_heat(reader, lang, customers)


if __name__ == "__main__":
    main()
