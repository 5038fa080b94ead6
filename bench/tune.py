"""Fine-tunes the encoder's body on one public set's own train part, to compare bodies like with like.

`python -m bench.tune --data DIR --encoder DIR --set banking77 --epochs 4`. Needs PyTorch and transformers (see
training/requirements.txt), which the product and the other benches don't. What it tells is what the encoder can
learn, not what the product says; figures go to bench/results/tuned.json, from where docs/quality.md takes them.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from bench.public_sets import SETS, Rows

RESULT = Path(__file__).resolve().parent / "results" / "tuned.json"
TOKENS_A_BATCH = 900
LONGEST = 96


class Classifier(nn.Module):
    """The body, the mean of its word vectors, one linear layer."""

    def __init__(self, folder: Path, classes: int) -> None:
        super().__init__()
        self.body = BertModel.from_pretrained(folder, add_pooling_layer=False, dtype=torch.float32)
        self.body.embeddings.requires_grad_(requires_grad=False)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(self.body.config.hidden_size, classes)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        words = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = mask.unsqueeze(-1).to(words.dtype)
        return self.head(self.drop((words * weight).sum(1) / weight.sum(1)))


def batches(rows: list[list[int]], shuffle: random.Random | None) -> list[list[int]]:
    """Row numbers in batches of like length; in a drawn order when `shuffle` is given."""
    key = (lambda i: len(rows[i]) + shuffle.random() * 4) if shuffle else (lambda i: float(len(rows[i])))
    out: list[list[int]] = [[]]
    for index in sorted(range(len(rows)), key=key):
        if out[-1] and len(rows[index]) * (len(out[-1]) + 1) > TOKENS_A_BATCH:
            out.append([])
        out[-1].append(index)
    if shuffle:
        shuffle.shuffle(out)
    return out


def padded(rows: list[list[int]]) -> tuple[Tensor, Tensor]:
    longest = max(map(len, rows))
    ids = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.long)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = 1
    return ids, mask


def predict(model: Classifier, rows: list[list[int]]) -> np.ndarray:
    """Logits of every row."""
    model.eval()
    out: list[np.ndarray | None] = [None] * len(rows)
    with torch.no_grad():
        for batch in batches(rows, None):
            for index, row in zip(batch, model(*padded([rows[i] for i in batch])).numpy(), strict=True):
                out[index] = row
    return np.stack([x for x in out if x is not None])


def figures(truth: np.ndarray, said: np.ndarray) -> dict[str, float]:
    """Accuracy and macro-F1."""
    each = []
    for label in np.unique(truth):
        hit = float(np.sum((truth == label) & (said == label)))
        each.append(2 * hit / max(1.0, float(np.sum(truth == label) + np.sum(said == label))))
    return {"accuracy": float(np.mean(truth == said)), "macro_f1": float(np.mean(each))}


def fit(
    model: Classifier, rows: list[list[int]], labels: Tensor, epochs: int, rate: float, seed: int
) -> None:
    """AdamW, a warm-up of a tenth, then a straight line down to nothing; a higher rate for the new layer."""
    draw = random.Random(seed)
    steps = epochs * len(batches(rows, None))
    body = [p for p in model.body.parameters() if p.requires_grad]
    groups = [{"params": body, "lr": rate}, {"params": model.head.parameters(), "lr": rate * 20}]
    step = torch.optim.AdamW(groups, weight_decay=0.01)
    slope = torch.optim.lr_scheduler.LambdaLR(
        step, lambda n: min((n + 1) / (0.1 * steps), max(0.0, 1 - n / steps) / 0.9)
    )
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.05)
    begun, done = time.monotonic(), 0
    for epoch in range(epochs):
        model.train()
        total = 0.0
        for batch in batches(rows, draw):
            loss = loss_of(model(*padded([rows[i] for i in batch])), labels[batch])
            step.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            step.step()
            slope.step()
            total += float(loss) * len(batch)
            done += 1
            if done % 50 == 0:
                print(f"step {done} of {steps}, {time.monotonic() - begun:.0f} s", flush=True)
        print(f"epoch {epoch + 1}: loss {total / len(rows):.3f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--set", choices=sorted(SETS), required=True)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    chosen = SETS[args.set](args.data)
    words = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    words.no_padding()
    words.enable_truncation(LONGEST)

    def ids(rows: Rows) -> list[list[int]]:
        return [x.ids for x in words.encode_batch([f"query: {text}" for text, _ in rows])]

    model = Classifier(args.encoder, len(chosen.labels))
    begun = time.monotonic()
    train = (*chosen.train, *chosen.dev) if chosen.name == "tweeteval_emotion" else chosen.train
    fit(model, ids(train), torch.tensor([y for _, y in train]), args.epochs, args.rate, args.seed)
    truth = np.array([y for _, y in chosen.test])
    found = figures(truth, predict(model, ids(chosen.test)).argmax(1))
    row = {**found, "n": len(truth), "epochs": args.epochs, "rate": args.rate, "seed": args.seed,
           "train_rows": len(train), "minutes": math.ceil((time.monotonic() - begun) / 60)}  # fmt: skip
    print(args.set, row)
    RESULT.parent.mkdir(exist_ok=True)
    known = json.loads(RESULT.read_text(encoding="utf-8")) if RESULT.exists() else {}
    RESULT.write_text(json.dumps(known | {args.set: row}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
