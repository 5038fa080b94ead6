"""Sentence embeddings of the encoder as it was before it learnt our labels, in plain numpy.

multilingual-e5-small with its vocabulary cut (`--encoder DIR`: config.json, model.safetensors, tokenizer.json). Mean of
the word vectors, made unit length, texts begun with "query: " as its authors ask.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Floats = NDArray[np.float32]
LONGEST = 64
TOKENS_A_BATCH = 4000
KINDS = {"F16": np.float16, "F32": np.float32}


def weights(path: Path) -> dict[str, Floats]:
    """All tensors of a safetensors file as float32."""
    raw = path.read_bytes()
    size = int.from_bytes(raw[:8], "little")
    out = {}
    for name, info in json.loads(raw[8 : 8 + size]).items():
        if name != "__metadata__":
            start, end = info["data_offsets"]
            flat = np.frombuffer(raw[8 + size + start : 8 + size + end], KINDS[info["dtype"]])
            out[name.removeprefix("bert.")] = flat.astype(np.float32).reshape(info["shape"])
    return out


class Encoder:
    """Text to unit vectors."""

    def __init__(self, folder: Path) -> None:
        self._config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self._weights = weights(folder / "model.safetensors")
        self._words = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._words.no_padding()
        self._words.enable_truncation(LONGEST)

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row a text."""
        rows = [x.ids for x in self._words.encode_batch([f"query: {text}" for text in texts])]
        out = np.zeros((len(rows), self._config["hidden_size"]), np.float32)
        batch: list[int] = []
        for index in [*sorted(range(len(rows)), key=lambda i: len(rows[i])), -1]:
            if batch and (index < 0 or len(rows[index]) * (len(batch) + 1) > TOKENS_A_BATCH):
                out[batch] = self._batch([rows[i] for i in batch])
                batch = []
            batch.append(index)
        return out

    def _batch(self, rows: list[list[int]]) -> Floats:
        longest = max(map(len, rows))
        ids = np.zeros((len(rows), longest), np.int64)
        mask = np.zeros((len(rows), longest), np.float32)
        for at, row in enumerate(rows):
            ids[at, : len(row)], mask[at, : len(row)] = row, 1
        w = self._weights
        place = w["embeddings.position_embeddings.weight"][:longest]
        x = (
            w["embeddings.word_embeddings.weight"][ids]
            + place
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._norm(x, "embeddings.LayerNorm")
        bias = (1 - mask)[:, None, None, :] * -1e4
        for number in range(self._config["num_hidden_layers"]):
            x = self._layer(x, bias, f"encoder.layer.{number}")
        pooled = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)

    def _linear(self, x: Floats, name: str) -> Floats:
        return x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"]

    def _norm(self, x: Floats, name: str) -> Floats:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x * x).mean(-1, keepdims=True) + 1e-12)
        return x * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]

    def _layer(self, x: Floats, bias: Floats, name: str) -> Floats:
        count, length, width = x.shape
        heads = self._config["num_attention_heads"]

        def split(part: str) -> Floats:
            found = self._linear(x, f"{name}.attention.self.{part}")
            return found.reshape(count, length, heads, width // heads).transpose(0, 2, 1, 3)

        scores = split("query") @ split("key").transpose(0, 1, 3, 2) / math.sqrt(width // heads) + bias
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        seen = (scores / scores.sum(-1, keepdims=True)) @ split("value")
        seen = seen.transpose(0, 2, 1, 3).reshape(count, length, width)
        x = self._norm(
            x + self._linear(seen, f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm"
        )
        inner = gelu(self._linear(x, f"{name}.intermediate.dense"))
        return self._norm(x + self._linear(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")


def gelu(x: Floats) -> Floats:
    """The tanh form, within a thousandth of the exact one and without a need for scipy."""
    return 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))
