"""A second, cheap view: linear scores over words, word pairs and letter groups.

It sees exact wordings that the encoder blurs ("money back", "calm down") and costs a third of a millisecond. Its
scores are joined with the encoder's by the calibration.
"""

from __future__ import annotations

import re
import zlib
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SIZE = 1 << 16
TOKEN = re.compile(r"\w+|[^\w\s]")
WORD = re.compile(r"\w+")
LONGEST = 4000


def features(text: str) -> list[int]:
    """The places of a text's features in the table, each once, in rising order."""
    low = text[:LONGEST].lower().replace("ё", "е").replace("’", "'")
    tokens = TOKEN.findall(low)
    found = {"w" + x for x in tokens}
    found.update("b" + " ".join(pair) for pair in pairwise(tokens))
    found.update("t" + " ".join(three) for three in zip(tokens, tokens[1:], tokens[2:], strict=False))
    for word in set(WORD.findall(low)):
        edged = f"<{word}>"
        for size in (3, 4, 5):
            found.update("c" + edged[i : i + size] for i in range(len(edged) - size + 1))
    if tokens:
        found.update(("s" + " ".join(tokens[:2]), "e" + tokens[-1]))
    return sorted({zlib.crc32(x.encode("utf-8")) % SIZE for x in found})


class Ngrams:
    """The loaded table: one int8 weight a feature and label, with a scale and a bias a label."""

    def __init__(self, weights: NDArray[np.int8], scale: Floats, bias: Floats, rarity: Floats) -> None:
        self._weights, self._scale, self._bias, self._rarity = weights, scale, bias, rarity

    @classmethod
    def load(cls, path: Path) -> Ngrams:
        """Reads the table; raises ValueError or KeyError when the file is not such a table (never unpickles)."""
        with np.load(path, allow_pickle=False) as held:
            return cls(
                held["weights"],
                held["scale"].astype(np.float64),
                held["bias"].astype(np.float64),
                held["rarity"].astype(np.float64),
            )

    def scores(self, text: str) -> Floats:
        """A score for each label, in the order of the network's logits."""
        places = np.asarray(features(text), dtype=np.int64)
        worth = self._rarity[places]
        length = float(np.sqrt((worth * worth).sum()))
        if length == 0.0:
            return self._bias.copy()
        out: Floats = (worth / length) @ self._weights[places].astype(np.float64) * self._scale + self._bias
        return out
