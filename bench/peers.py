"""Other tools, asked what they can tell. Those that are not installed are left out, with a line that says so.

VADER and TextBlob score sentiment, alt-profanity-check abuse: one number a text, and no notion of our bands. So that
they are not judged by thresholds that were made for other things, each can be given those that suit it best on the
training part of our corpus. None of them knows Russian.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import ModuleType

import numpy as np

from bench.labelled import Line, read_corpus
from bench.measures import BANDS, PERSON, Bools, Floats, f1_of
from bench.supportcheck.cases import Answer


@dataclass(frozen=True, slots=True)
class Scorer:
    """A tool that gives one number a text, the more the angrier or the more abusive.

    `steps`: from which score a text is tense, angry, furious; `abusive`: from which it abuses a person.
    """

    name: str
    score: Callable[[Sequence[str]], list[float]]
    steps: tuple[float, float, float] = (0.05, 0.5, 0.8)
    abusive: float = 0.5
    tells: frozenset[str] = frozenset({"heat", "abuse"})
    langs: frozenset[str] = frozenset({"en"})

    def read(self, lines: Sequence[dict[str, str]]) -> list[Answer]:
        """The number as a band of heat, and as abuse of a person or none."""
        return [
            {
                "heat": {"band": BANDS[sum(score >= step for step in self.steps)]},
                "abuse": {"kind": "insult" if score >= self.abusive else "none"},
            }
            for score in self.score([line["text"] for line in lines])
        ]


def _installed(module: str, title: str) -> ModuleType | None:
    try:
        return importlib.import_module(module)
    except ImportError:
        print(f"{title} is not installed and left out (pip install --group bench).")
        return None


def vader() -> Scorer | None:
    """VADER's compound score, turned round."""
    module = _installed("vaderSentiment.vaderSentiment", "VADER")
    if module is None:
        return None
    judge = module.SentimentIntensityAnalyzer()
    return Scorer("VADER", lambda texts: [-judge.polarity_scores(t)["compound"] for t in texts])


def textblob() -> Scorer | None:
    """TextBlob's polarity, turned round."""
    module = _installed("textblob", "TextBlob")
    if module is None:
        return None
    return Scorer("TextBlob", lambda texts: [-module.TextBlob(t).sentiment.polarity for t in texts])


def alt_profanity() -> Scorer | None:
    """alt-profanity-check's probability that a text is profane or offensive."""
    module = _installed("profanity_check", "alt-profanity-check")
    if module is None:
        return None
    return Scorer("alt-profanity-check", lambda texts: [float(p) for p in module.predict_prob(list(texts))])


def scorers() -> list[Scorer]:
    """All peers that are installed, with their own scores only."""
    return [found for make in (vader, textblob, alt_profanity) if (found := make()) is not None]


def suited(scorer: Scorer, lines: Sequence[Line]) -> Scorer:
    """The same with the thresholds of the best F1: tense or worse, hot, furious, abuse of a person."""
    some = [line for line in lines if line["role"] == "customer" and line["lang"] in scorer.langs]
    score = np.array(scorer.score([line["text"] for line in some]), float)
    rank = np.array([BANDS.index(line["heat"]) for line in some])
    person = np.array([line["abuse"]["kind"] in PERSON for line in some])
    steps = [best_f1(rank >= level, score) for level in (1, 2, 3)]
    return replace(scorer, steps=(steps[0], steps[1], steps[2]), abusive=best_f1(person, score))


def best_f1(truth: Bools, score: Floats) -> float:
    """The threshold with the best F1, among two hundred quantiles of the scores."""
    steps = np.unique(np.quantile(score, np.linspace(0.005, 0.995, 200)))
    return float(max(steps, key=lambda step: f1_of(truth, score >= step)))


def suited_scorers() -> list[Scorer]:
    """All peers that are installed, with the thresholds that suit them."""
    found = scorers()
    lines = read_corpus(held_out=False) if found else []
    return [suited(one, lines) for one in found]
