"""Trains the reader: batches of like length, one loss a head, averaged weights, a checkpoint an epoch."""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor

from augment import disturbed
from calmdesk.reading.model.tokens import Encoded, Tokens, padded
from corpus import Row
from labels import ANY_OF, HEADS, ONE_OF, TAGS, slices
from network import Reader

MASK_ID = 62955
SLICES = slices()
WEIGHTS = {"heat": 1.0, "kind": 1.0, "target": 0.5, "issue": 0.8, "leverage": 3.0, "lint": 7.0, "moves": 7.0,
           "promise": 0.5, "public": 1.0}  # fmt: skip
TAG_WEIGHT = 8.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What one stage of training does."""

    epochs: int
    body_rate: float = 1.2e-4
    head_rate: float = 1.5e-3
    layer_decay: float = 0.9
    tokens_a_batch: int = 1600
    drop: float = 0.1
    body_drop: float = 0.05
    hide: float = 0.04
    keep: float = 0.98  # of the running average, taken every fourth step
    public_share: float = 0.12
    promise_share: float = 1.0
    frozen: int = 0  # layers from below that stay as they are
    skip_learnt: bool = False
    minutes: float = 0.0
    seed: int = 11


@dataclass(frozen=True, slots=True)
class Example:
    row: Row
    encoded: Encoded
    spans: tuple[tuple[str, int, int], ...]


def example(row: Row, tokens: Tokens, draw: random.Random | None) -> Example:
    """A row as the network sees it, disturbed when `draw` is given."""
    text, spans, context = row.text, row.spans, row.context
    if draw is not None:
        hot = row.labels.get("heat", ("",))[0] == "furious"
        text, spans = disturbed(text, spans, row.lang, hot, row.role == "customer", draw)
        if context and draw.random() < 0.15:
            context = ""
    return Example(row, tokens.encode(text or row.text, row.role, context), spans)


def batches(examples: list[Example], budget: int, draw: random.Random) -> Iterator[list[Example]]:
    """Batches of about `budget` tokens, of like length, in mixed order."""
    ordered = sorted(examples, key=lambda x: len(x.encoded.ids) + draw.random() * 6)
    out, batch, longest = [], [], 0
    for item in ordered:
        size = max(longest, len(item.encoded.ids))
        if batch and size * (len(batch) + 1) > budget:
            out.append(batch)
            batch, size = [], len(item.encoded.ids)
        batch.append(item)
        longest = size
    out.append(batch)
    draw.shuffle(out)
    yield from out


@dataclass(frozen=True, slots=True)
class Truth:
    """The targets of a batch: a number in 0..1 for each label, and which of them are known."""

    wanted: Tensor
    known: Tensor
    tags: Tensor
    tagged: Tensor
    weight: Tensor


def truth(batch: list[Example], width: int) -> Truth:
    total = sum(len(v) for v in HEADS.values())
    wanted, known = torch.zeros(len(batch), total), torch.zeros(len(batch), total)
    tags, tagged = torch.zeros(len(batch), width, len(TAGS)), torch.zeros(len(batch), width, len(TAGS))
    for number, item in enumerate(batch):
        for head, labels in HEADS.items():
            start, end = SLICES[head]
            if head in item.row.labels:
                only = item.row.said_no.get(head)
                if only is None:
                    known[number, start:end] = 1.0
                for label in only or ():
                    known[number, start + labels.index(label)] = 1.0
                for label in item.row.labels[head]:
                    wanted[number, start + labels.index(label)] = 1.0
        if item.row.tagged:
            mark_tags(item, tags[number], tagged[number])
    weight = torch.tensor([item.row.weight for item in batch])
    return Truth(wanted, known, tags, tagged, weight)


def mark_tags(item: Example, tags: Tensor, tagged: Tensor) -> None:
    """Which words carry which finding; a source that knows only promises says nothing of lint."""
    focus = torch.tensor(item.encoded.focus, dtype=torch.float32)
    size = len(focus)
    last = len(TAGS) - 1
    if "lint" in item.row.labels:
        tagged[:size, :last] = focus[:, None]
    if "promise" in item.row.labels:
        tagged[:size, last] = focus
    for label, start, end in item.spans:
        column = TAGS.index(label)
        for place, (a, b) in enumerate(zip(item.encoded.starts, item.encoded.ends, strict=True)):
            if a >= 0 and a < end and b > start:
                tags[place, column] = 1.0


def softened(wanted: Tensor, head: str) -> Tensor:
    """Heat leans towards the neighbouring bands; the other single choices are smoothed a little."""
    count = wanted.shape[1]
    if head == "heat":
        near = torch.zeros(count, count)
        for i in range(count):
            for j in range(count):
                near[i, j] = {0: 1.0, 1: 0.07}.get(abs(i - j), 0.0)
        near = near / near.sum(1, keepdim=True)
        return wanted @ near
    return wanted * 0.95 + 0.05 / count


def loss_of(outputs: tuple[Tensor, Tensor, Tensor], goal: Truth, balance: dict[str, Tensor]) -> Tensor:
    """Each row's loss: the sum over the heads that its labels speak about."""
    logits, _, tag_logits = outputs
    total = logits.new_zeros(len(logits))
    for head, (start, end) in SLICES.items():
        known, wanted, here = goal.known[:, start:end], goal.wanted[:, start:end], logits[:, start:end]
        if not known.any():
            continue
        if head in ONE_OF:
            each = -(softened(wanted, head) * torch.log_softmax(here, dim=1)).sum(1)
            part = each * (wanted @ balance[head]) * known[:, 0]
        else:
            each = F.binary_cross_entropy_with_logits(here, wanted, reduction="none")
            each = each * known * (1.0 + wanted * (balance[head] - 1.0))
            part = each.sum(1) * goal.weight / (end - start)
        total = total + WEIGHTS[head] * part
    if goal.tagged.any():
        each = F.binary_cross_entropy_with_logits(tag_logits, goal.tags, reduction="none")
        each = each * goal.tagged * (1.0 + goal.tags)
        lengths = goal.tagged.amax(2).sum(1).clamp(min=1.0)
        total = total + TAG_WEIGHT * each.sum((1, 2)) / lengths / len(TAGS)
    return total


def balances(rows: list[Row]) -> dict[str, Tensor]:
    """Weights that lift rare labels a little: count to the power of -0.25, the mean at one."""
    out = {}
    for head, labels in HEADS.items():
        counts = torch.tensor([sum(x in r.labels.get(head, ()) for r in rows) + 5.0 for x in labels])
        lift = counts.pow(-0.25)
        if head in ANY_OF:
            out[head] = 1.5 * lift / lift.mean()
        else:
            out[head] = lift / ((lift * counts).sum() / counts.sum())
    return out


def groups(reader: Reader, plan: Plan) -> list[dict[str, object]]:
    """Parameter groups: lower layers learn slower; the words' own vectors stay as they are."""
    reader.body.words.weight.requires_grad_(False)
    count = len(reader.body.layers)
    out: list[dict[str, object]] = []
    for number, layer in enumerate(reader.body.layers):
        if number < plan.frozen:
            layer.requires_grad_(False)
            continue
        rate = plan.body_rate * plan.layer_decay ** (count - 1 - number)
        out.append({"params": list(layer.parameters()), "lr": rate, "weight_decay": 0.01})
    if plan.frozen:
        for part in (reader.body.places, reader.body.kinds, reader.body.norm):
            part.requires_grad_(False)
    low = [p for part in (reader.body.places, reader.body.kinds, reader.body.norm) for p in part.parameters()]
    if not plan.frozen:
        out.append({"params": low, "lr": plan.body_rate * plan.layer_decay**count, "weight_decay": 0.0})
    heads = [p for name, p in reader.named_parameters() if not name.startswith("body.")]
    out.append({"params": heads, "lr": plan.head_rate, "weight_decay": 0.01})
    return out


class Average:
    """A running average of the trained weights: steadier than the last step."""

    def __init__(self, reader: Reader, keep: float) -> None:
        self.keep, self.steps = keep, 0
        self.held = {k: v.detach().clone() for k, v in reader.named_parameters() if v.requires_grad}

    def take(self, reader: Reader) -> None:
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 10.0))
        with torch.no_grad():
            for name, value in reader.named_parameters():
                if name in self.held:
                    self.held[name].lerp_(value.detach(), 1.0 - keep)

    def state(self, reader: Reader) -> dict[str, Tensor]:
        return {**reader.state_dict(), **self.held}


def hidden(ids: Tensor, focus: Tensor, share: float) -> Tensor:
    """Some words covered, so that no single word decides."""
    cover = (torch.rand(ids.shape) < share) & (focus > 0)
    return torch.where(cover, torch.full_like(ids, MASK_ID), ids)


def epoch_rows(
    rows: list[Row], public: list[Row], plan: Plan, draw: random.Random, known: dict[str, float]
) -> list[Row]:
    """An epoch's lines: ours (promise lines thinned, half of the learnt third left out), some public."""
    count = min(len(public), int(len(rows) * plan.public_share))
    ours = [r for r in rows if "promise" not in r.labels or draw.random() < plan.promise_share]
    if plan.skip_learnt and known:
        easy = float(np.quantile(list(known.values()), 0.35))
        ours = [r for r in ours if known.get(r.id, 9e9) > easy or draw.random() < 0.5]
    return ours + draw.sample(public, count)


def steps_of(plan: Plan, rows: list[Row], tokens: Tokens) -> int:
    """About how many batches the plan will make, for the curve of the learning rate."""
    size = float(np.mean([len(tokens.pieces(r.text)[0]) + len(r.context) / 5 + 6 for r in rows[::10]]))
    return max(1, int(plan.epochs * len(rows) * (1 + plan.public_share / 2) * size / plan.tokens_a_batch))


def rate_at(progress: float) -> float:
    """Up over the first twentieth, then down a half cosine to a fiftieth."""
    return min((progress + 0.002) / 0.05, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1.0, progress))))


def one_step(
    reader: Reader,
    optimiser: torch.optim.Optimizer,
    batch: list[Example],
    plan: Plan,
    balance: dict[str, Tensor],
    known: dict[str, float],
) -> float:
    """One batch forward and back; returns its loss and notes each line's in `known`."""
    arrays = padded([x.encoded for x in batch])
    ids, mask, focus = (torch.from_numpy(x) for x in (arrays.ids, arrays.mask, arrays.focus))
    outputs = reader(hidden(ids, focus, plan.hide), mask, focus)
    each = loss_of(outputs, truth(batch, ids.shape[1]), balance)
    loss = each.mean()
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for g in optimiser.param_groups for p in g["params"]], 1.0)
    optimiser.step()
    optimiser.zero_grad()
    known.update(zip((x.row.id for x in batch), each.detach().tolist(), strict=True))
    return float(loss.detach())


def fit(
    reader: Reader,
    source: Callable[[], list[Row]],
    public: list[Row],
    tokens: Tokens,
    plan: Plan,
    out: Path,
    after_epoch: Callable[[dict[str, Tensor], int], dict[str, object]] | None = None,
) -> dict[str, Tensor]:
    """Runs the plan over the source's rows and returns the averaged weights, saved after each epoch as well.

    With `plan.minutes` the learning rate follows the clock and training ends with it, however many epochs that is.
    """
    torch.manual_seed(plan.seed)
    draw = random.Random(plan.seed)
    reader.drop, reader.body.drop = plan.drop, plan.body_drop
    optimiser = torch.optim.AdamW(groups(reader, plan), fused=True)
    full = [float(g["lr"]) for g in optimiser.param_groups]
    rows = source()
    total, average = steps_of(plan, rows, tokens), Average(reader, plan.keep)
    start, taken, epoch, progress = time.monotonic(), 0, 0, 0.0
    known: dict[str, float] = {}
    while progress < 1.0 and (plan.minutes or epoch < plan.epochs):
        reader.train()
        rows = source() if plan.minutes else rows
        balance = balances(rows + public)
        began, seen, lost = time.monotonic(), 0, 0.0
        examples = [example(r, tokens, draw) for r in epoch_rows(rows, public, plan, draw, known)]
        for batch in batches(examples, plan.tokens_a_batch, draw):
            progress = (time.monotonic() - start) / plan.minutes / 60 if plan.minutes else taken / total
            if plan.minutes and progress >= 1.0:
                break
            for group, rate in zip(optimiser.param_groups, full, strict=True):
                group["lr"] = rate * rate_at(progress)
            lost += one_step(reader, optimiser, batch, plan, balance, known)
            seen, taken = seen + 1, taken + 1
            if taken % 4 == 0:
                average.take(reader)
            if seen % 40 == 0:
                spent = time.monotonic() - began
                torch.save(average.state(reader), out.with_suffix(".part.pt"))
                print(f"epoch {epoch + 1} step {seen} loss {lost / seen:.3f} {spent:.0f}s", flush=True)
        epoch += 1
        progress = progress if plan.minutes else epoch / plan.epochs
        torch.save(average.state(reader), out)
        spent = time.monotonic() - began
        print(f"epoch {epoch} done, {len(rows)} lines, loss {lost / max(seen, 1):.4f}, {seen} steps, "
              f"progress {progress:.2f}, {spent:.0f}s", flush=True)  # fmt: skip
        if after_epoch is not None:
            print(json.dumps(after_epoch(average.state(reader), epoch)), flush=True)
    return average.state(reader)
