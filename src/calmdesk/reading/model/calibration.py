"""From raw logits to chances and decisions, by language.

Chances: a temperature for a single choice, a slope and a shift (Platt) for a yes-or-no label. Decisions: a
small offset a label for a single choice, a threshold for a yes-or-no label. All were fitted on held-out lines.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
FALLBACK = "en"


@dataclass(frozen=True, slots=True)
class OneOf:
    """A head of which exactly one label holds; `word_slope` weighs the n-gram view."""

    temperature: float
    word_slope: float
    offset: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A head of which any label may hold. `tag_slope` weighs the strongest word tag, where there is one."""

    slope: float
    tag_slope: float
    word_slope: float
    shift: float
    threshold: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Calibration:
    """Everything that turns logits into chances and decisions."""

    heads: dict[str, tuple[str, ...]]
    one_of: dict[str, dict[str, OneOf]]
    any_of: dict[str, dict[str, AnyOf]]
    fits: Floats  # log weight of each abuse kind with each target; very low where they never meet
    tag_floor: dict[str, float]

    @classmethod
    def load(cls, labels: Path, path: Path) -> Calibration:
        """Reads `labels.json` and `calibration.json`; raises KeyError or ValueError when they do not fit."""
        heads = {k: tuple(v) for k, v in json.loads(labels.read_text(encoding="utf-8"))["heads"].items()}
        raw = json.loads(path.read_text(encoding="utf-8"))
        one_of = {
            lang: {h: OneOf(v["temperature"], v["word_slope"], tuple(v["offset"])) for h, v in found.items()}
            for lang, found in raw["one_of"].items()
        }
        any_of = {
            lang: {
                h: AnyOf(v["slope"], v["tag_slope"], v["word_slope"], v["shift"], tuple(v["threshold"]))
                for h, v in found.items()
            }
            for lang, found in raw["any_of"].items()
        }
        for found in one_of.values():
            for head, one in found.items():
                if len(one.offset) != len(heads[head]):
                    raise ValueError(f"calibration of {head} does not fit its labels")
        return cls(heads, one_of, any_of, np.asarray(raw["fits"], dtype=np.float64), dict(raw["tag_floor"]))

    def lang(self, lang: str) -> str:
        """The language whose figures are used: itself where fitted, else English."""
        return lang if lang in self.one_of else FALLBACK

    def single(self, head: str, lang: str, logits: Floats, words: Floats) -> tuple[Floats, Floats]:
        """Chances of a single choice, and the scores by which the decision falls."""
        one = self.one_of[self.lang(lang)][head]
        scaled = logits / one.temperature + one.word_slope * words
        scaled = scaled - scaled.max()
        chances = np.exp(scaled) / np.exp(scaled).sum()
        return chances, np.log(chances + 1e-9) + np.asarray(one.offset)

    def several(
        self, head: str, lang: str, logits: Floats, words: Floats, tags: Floats | None
    ) -> tuple[Floats, Floats]:
        """Chances of each label, and how far each lies above (positive) or below its threshold."""
        found = self.any_of[self.lang(lang)][head]
        raw = found.slope * logits + found.word_slope * words + found.shift
        if tags is not None:
            raw = raw + found.tag_slope * tags
        chances = 1.0 / (1.0 + np.exp(-np.clip(raw, -30, 30)))
        return chances, chances - np.asarray(found.threshold)

    def leaning_single(self, scores: Floats) -> Floats:
        """A single choice's scores as chances whose largest is the decision."""
        spread = np.exp(scores - scores.max())
        out: Floats = spread / spread.sum()
        return out

    def leaning_several(self, head: str, lang: str, chances: Floats) -> Floats:
        """Chances moved so that each label's threshold comes to lie at one half."""
        cut = np.asarray(self.any_of[self.lang(lang)][head].threshold)
        safe = np.clip(chances, 1e-6, 1 - 1e-6)
        odds = np.log(safe / (1 - safe)) - np.log(cut / (1 - cut))
        out: Floats = 1.0 / (1.0 + np.exp(-odds))
        return out
