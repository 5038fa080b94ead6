"""Other tools, asked what they can tell. Those that are not installed are left out, with a line that says so.

VADER and TextBlob score sentiment, alt-profanity-check abuse. What is asked of them is as kind to them as their own
papers and pages: thresholds are named beside each. None of them knows Russian.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from bench.supportcheck.cases import Answer


@dataclass(frozen=True, slots=True)
class Scorer:
    """A tool that gives one number a text, the more the angrier or the more abusive.

    `steps`: from which score a text is tense, angry, furious; `abusive`: from which it abuses a person.
    """

    name: str
    score: Callable[[Sequence[str]], list[float]]
    steps: tuple[float, float, float]
    abusive: float
    tells: frozenset[str] = frozenset({"heat", "abuse"})
    langs: frozenset[str] = frozenset({"en"})

    def read(self, lines: Sequence[dict[str, str]]) -> list[Answer]:
        """The number as a band of heat, and as abuse of a person or none."""
        bands = ("calm", "tense", "angry", "furious")
        return [
            {
                "heat": {"band": bands[sum(score >= step for step in self.steps)]},
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
    """VADER's compound score; below -0.05 counts as negative by its own page, below -0.5 as strongly so."""
    module = _installed("vaderSentiment.vaderSentiment", "VADER")
    if module is None:
        return None
    judge = module.SentimentIntensityAnalyzer()
    return Scorer(
        "VADER", lambda texts: [-judge.polarity_scores(t)["compound"] for t in texts], (0.05, 0.5, 0.8), 0.5
    )


def textblob() -> Scorer | None:
    """TextBlob's polarity."""
    module = _installed("textblob", "TextBlob")
    if module is None:
        return None
    return Scorer(
        "TextBlob",
        lambda texts: [-module.TextBlob(t).sentiment.polarity for t in texts],
        (0.05, 0.4, 0.8),
        0.5,
    )


def alt_profanity() -> Scorer | None:
    """alt-profanity-check's probability; from one half it says profane. As heat: tense from 0.3, furious from 0.9."""
    module = _installed("profanity_check", "alt-profanity-check")
    if module is None:
        return None
    return Scorer(
        "alt-profanity-check",
        lambda texts: [float(p) for p in module.predict_prob(list(texts))],
        (0.3, 0.5, 0.9),
        0.5,
    )


def scorers() -> list[Scorer]:
    """All peers that are installed."""
    return [found for make in (vader, textblob, alt_profanity) if (found := make()) is not None]
