"""A quick look at the held-out lines while training runs: plain decoding, no calibration."""

from __future__ import annotations

import numpy as np
import torch

from calmdesk.reading.model.tokens import Tokens, padded
from corpus import Row
from labels import ANY_OF, HEADS, ONE_OF, slices
from measure import agent_figures, customer_figures
from network import Reader


def logits_of(reader: Reader, rows: list[Row], tokens: Tokens) -> np.ndarray:
    """The raw label logits of rows, in their order."""
    reader.eval()
    encoded = [tokens.encode(r.text, r.role, r.context) for r in rows]
    order = sorted(range(len(rows)), key=lambda i: len(encoded[i].ids))
    out = np.zeros((len(rows), sum(len(v) for v in HEADS.values())), dtype=np.float32)
    with torch.inference_mode():
        for at in range(0, len(order), 32):
            pick = order[at : at + 32]
            arrays = padded([encoded[i] for i in pick])
            ids, mask, focus = (torch.from_numpy(x) for x in (arrays.ids, arrays.mask, arrays.focus))
            out[pick] = reader(ids, mask, focus)[0].numpy()
    return out


def plain_labels(logits: np.ndarray) -> dict:
    out: dict[str, object] = {}
    for head, (start, end) in slices().items():
        here = logits[start:end]
        if head in ONE_OF:
            out[head] = HEADS[head][int(here.argmax())]
        elif head in ANY_OF:
            out[head] = {x for x, v in zip(HEADS[head], here, strict=True) if v > 0}
    return out


def gold_labels(row: Row) -> dict:
    return {h: (v[0] if h in ONE_OF else set(v)) for h, v in row.labels.items()}


def quick_figures(reader: Reader, rows: list[Row], tokens: Tokens) -> dict[str, object]:
    """Figures by language with argmax and 0.5."""
    out: dict[str, object] = {}
    found = [plain_labels(x) for x in logits_of(reader, rows, tokens)]
    for lang in ("en", "ru"):
        for head, figures in (("heat", customer_figures), ("lint", agent_figures)):
            pick = [i for i, r in enumerate(rows) if r.lang == lang and head in r.labels]
            got = figures([gold_labels(rows[i]) for i in pick], [found[i] for i in pick])
            out[f"{lang}.{head}"] = {k: round(v, 3) for k, v in got.items()}
    return out
