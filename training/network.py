"""The encoder and its heads in PyTorch: one body, one attention per label, a tagger for words.

Every label looks at the words with its own attention, so a label's logit is a sum over words (plus a part
that sees the whole message); those terms are the evidence the product shows.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812
from safetensors.torch import load_file
from torch import Tensor, nn

from labels import HEADS, TAGS


class Layer(nn.Module):
    """One transformer layer of the BERT kind."""

    def __init__(self, width: int, inner: int, heads: int) -> None:
        super().__init__()
        self.heads, self.size = heads, width // heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.attended = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def split(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], x.shape[1], self.heads, self.size).permute(0, 2, 1, 3)

    def forward(self, x: Tensor, mask: Tensor, plain: bool, drop: float) -> Tensor:
        q, k, v = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        if plain:  # the spelled-out form, which onnxruntime's optimiser knows how to fuse
            scores = torch.matmul(q, k.transpose(-1, -2)) / (self.size**0.5) + mask
            seen = torch.matmul(torch.softmax(scores, dim=-1), v)
        else:
            seen = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        seen = seen.permute(0, 2, 1, 3).contiguous()
        seen = seen.view(x.shape[0], x.shape[1], self.heads * self.size)
        x = self.norm1(quick_drop(self.attended(seen), drop) + x)
        return self.norm2(quick_drop(self.down(F.gelu(self.up(x))), drop) + x)


def quick_drop(x: Tensor, share: float) -> Tensor:
    """Drops whole features of a message at once: one draw a row, far cheaper on a CPU than one a number."""
    if share <= 0.0:
        return x
    keep = (torch.rand(x.shape[0], 1, x.shape[2]) >= share).to(x.dtype)
    return x * keep / (1.0 - share)


class Body(nn.Module):
    """The encoder: token ids in, one vector a token out."""

    def __init__(self, config: dict[str, int]) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.kinds = nn.Embedding(config["type_vocab_size"], width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, config["intermediate_size"], config["num_attention_heads"])
            for _ in range(config["num_hidden_layers"])
        )
        self.drop = 0.0

    def forward(self, ids: Tensor, mask: Tensor, plain: bool = False) -> Tensor:
        places = torch.arange(ids.shape[1], device=ids.device).unsqueeze(0)
        x = self.norm(self.words(ids) + self.places(places) + self.kinds.weight[0])
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        share = self.drop if self.training else 0.0
        for layer in self.layers:
            x = layer(x, bias, plain, share)
        return x


class Reader(nn.Module):
    """The body with all heads. Returns label logits, each word's part in them, and the word tags."""

    def __init__(self, config: dict[str, int]) -> None:
        super().__init__()
        width, labels = config["hidden_size"], sum(len(v) for v in HEADS.values())
        self.body = Body(config)
        self.looks = nn.Linear(width, labels)
        self.says = nn.Linear(width, labels, bias=False)
        self.whole = nn.Linear(width, width)
        self.judges = nn.Linear(width, labels)
        self.tagger = nn.Linear(width, len(TAGS))
        self.drop = 0.0
        for part in (self.looks, self.says, self.judges, self.tagger):
            nn.init.normal_(part.weight, std=0.02)

    def forward(
        self, ids: Tensor, mask: Tensor, focus: Tensor, plain: bool = False
    ) -> tuple[Tensor, Tensor, Tensor]:
        x = self.body(ids, mask, plain)
        share = self.drop if self.training else 0.0
        seen = focus.to(x.dtype).unsqueeze(-1)
        look = torch.softmax(self.looks(x) + (1.0 - seen) * -10000.0, dim=1)
        parts = look * self.says(quick_drop(x, share))
        mean = (x * seen).sum(1) / seen.sum(1).clamp(min=1.0)
        whole = torch.tanh(self.whole(mean))
        whole = quick_drop(whole.unsqueeze(1), share).squeeze(1)
        logits = parts.sum(1) + self.judges(whole)
        return logits, parts, self.tagger(x)


def renamed(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """The names of a Hugging Face BertModel turned into ours."""
    fixed = {
        "embeddings.word_embeddings": "words", "embeddings.position_embeddings": "places",
        "embeddings.token_type_embeddings": "kinds", "embeddings.LayerNorm": "norm",
    }  # fmt: skip
    inner = {
        "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value",
        "attention.output.dense": "attended", "attention.output.LayerNorm": "norm1",
        "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "norm2",
    }  # fmt: skip
    out = {}
    for name, value in weights.items():
        stem, _, kind = name.rpartition(".")
        if stem in fixed:
            out[f"{fixed[stem]}.{kind}"] = value.float()
        elif stem.startswith("encoder.layer."):
            _, _, number, rest = stem.split(".", 3)
            out[f"layers.{number}.{inner[rest]}.{kind}"] = value.float()
    return out


def fresh(folder: Path) -> Reader:
    """A reader whose body holds the published encoder's weights and whose heads are new."""
    reader = Reader(json.loads((folder / "config.json").read_text()))
    reader.body.load_state_dict(renamed(load_file(folder / "model.safetensors")))
    return reader
