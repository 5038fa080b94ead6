"""The model's front: texts in, calibrated chances and their evidence out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from calmdesk.desk.vocabulary import AbuseKind, AbuseTarget, HeatBand, Issue, Leverage, LintRule, Move

from .calibration import Calibration
from .evidence import by_word, strongest, trimmed, widest
from .network import Network, Output
from .ngrams import Ngrams
from .parts import Part, sentences, split
from .scores import AgentScores, CustomerScores, Flagged, Stretch
from .tokens import Tokens
from .weights import Weights, checked, default_folder

Floats = NDArray[np.float64]
PERSON = (AbuseKind.INSULT, AbuseKind.THREAT, AbuseKind.HATE, AbuseKind.SEXUAL)


@dataclass(frozen=True, slots=True)
class Whole:
    """One message put together from its parts: places are places in the message."""

    text: str
    lang: str
    logits: Floats
    words: Floats
    parts: Floats
    tags: Floats
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class Model:
    """One encoder with all heads, for English and Russian, customers and agents."""

    def __init__(
        self, tokens: Tokens, network: Network, ngrams: Ngrams, calibration: Calibration, weights: Weights
    ) -> None:
        self._tokens = tokens
        self._network = network
        self._ngrams = ngrams
        self._calibration = calibration
        self.weights = weights
        self._slices: dict[str, slice] = {}
        at = 0
        for head, labels in calibration.heads.items():
            self._slices[head] = slice(at, at + len(labels))
            at += len(labels)

    @classmethod
    def load(cls, path: Path | None = None, threads: int = 1) -> Model:
        """Loads checked weights, those of the package by default; raises WeightsFault when they are not whole."""
        weights = checked(path or default_folder())
        calibration = Calibration.load(weights.path("labels.json"), weights.path("calibration.json"))
        tokens = Tokens.load(weights.path("tokenizer.json"))
        network = Network.load(weights.path("reader.onnx"), threads)
        ngrams = Ngrams.load(weights.path("ngrams.npz"))
        return cls(tokens, network, ngrams, calibration, weights)

    def customer(self, texts: Sequence[tuple[str, str]]) -> list[CustomerScores]:
        """Scores of customers' messages, each given as (text, language)."""
        return [
            self.customer_from(whole) for whole in self.raw([(t, lang, "") for t, lang in texts], "customer")
        ]

    def agent(self, texts: Sequence[tuple[str, str, str | None]]) -> list[AgentScores]:
        """Scores of agents' drafts, each (text, language, the customer's last words or None)."""
        return [
            self.agent_from(whole)
            for whole in self.raw([(t, lang, c or "") for t, lang, c in texts], "agent")
        ]

    def raw(self, texts: Sequence[tuple[str, str, str]], role: str) -> list[Whole]:
        """Uncalibrated output for (text, language, context), long messages put together from their parts."""
        cut: list[list[Part]] = []
        for text, _, context in texts:
            cut.append(split(text, self._tokens, self._tokens.room(role, context)) or [Part(text, 0)])
        rows = [
            self._tokens.encode(part.text, role, context)
            for (_, _, context), parts in zip(texts, cut, strict=True)
            for part in parts
        ]
        outputs = iter(self._network.run(rows))
        out = []
        for (text, lang, _), parts in zip(texts, cut, strict=True):
            out.append(self._joined(text, lang, parts, [next(outputs) for _ in parts]))
        return out

    def _joined(self, text: str, lang: str, parts: list[Part], outputs: list[Output]) -> Whole:
        logits, words = outputs[0].logits, self._ngrams.scores(parts[0].text)
        if len(outputs) > 1:
            seen = np.stack([self._ngrams.scores(p.text) for p in parts])
            logits, words = self._joined_scores(np.stack([o.logits for o in outputs]), seen)
        elif not text.strip():
            logits, words = self._quiet(), np.zeros_like(words)
        starts = np.concatenate([o.starts + p.start for o, p in zip(outputs, parts, strict=True)])
        ends = np.concatenate([o.ends + p.start for o, p in zip(outputs, parts, strict=True)])
        terms = np.concatenate([o.parts for o in outputs])
        return Whole(
            text, lang, logits, words, terms, np.concatenate([o.tags for o in outputs]), starts, ends
        )

    def _quiet(self) -> Floats:
        """The logits of a message without a word: calm, nothing said."""
        heads = self._calibration.heads
        out = np.full(sum(len(labels) for labels in heads.values()), -8.0)
        for head, label in (("heat", "calm"), ("kind", "none"), ("target", "none"), ("issue", "none")):
            out[self._slices[head].start + heads[head].index(label)] = 8.0
        return out

    def _joined_scores(self, stack: Floats, seen: Floats) -> tuple[Floats, Floats]:
        """A long message is as hot and as grave as its hottest part; its issue is the parts' mean.

        The same part decides for both views (`stack` the encoder's, `seen` the n-grams', one row a part).
        """
        logits, words = stack.max(0), seen.max(0)
        heads = self._calibration.heads
        for head in ("heat", "kind", "target"):
            here = self._slices[head]
            part = stack[:, here]
            if head == "heat":
                spread = np.exp(part - part.max(1, keepdims=True))
                rank = (spread / spread.sum(1, keepdims=True)) @ np.arange(part.shape[1])
            else:
                rank = part.max(1) - part[:, heads[head].index("none")]
            top = int(rank.argmax())
            logits[here], words[here] = stack[top, here], seen[top, here]
        issue = self._slices["issue"]
        logits[issue], words[issue] = stack[:, issue].mean(0), seen[:, issue].mean(0)
        return logits, words

    def _pair(self, whole: Whole, head: str) -> tuple[Floats, Floats]:
        """The encoder's and the n-grams' scores of a head."""
        return whole.logits[self._slices[head]], whole.words[self._slices[head]]

    def _cues(self, whole: Whole, head: str, label: int) -> tuple[Stretch, ...]:
        terms = whole.parts[:, self._slices[head]][:, label]
        return strongest(by_word(whole.text, whole.starts, whole.ends, terms))

    def customer_from(self, whole: Whole) -> CustomerScores:
        """Chances, decisions and evidence from a customer's raw output."""
        scale, lang = self._calibration, whole.lang
        chances: dict[str, Floats] = {}
        score: dict[str, Floats] = {}
        for head in ("heat", "kind", "target", "issue"):
            chances[head], score[head] = scale.single(head, lang, *self._pair(whole, head))
        claims, over = scale.several("leverage", lang, *self._pair(whole, "leverage"), None)
        public, _ = scale.several("public", lang, *self._pair(whole, "public"), None)
        together = score["kind"][:, None] + 0.5 * score["target"][None, :] + scale.fits
        kind, target = np.unravel_index(int(together.argmax()), together.shape)
        band, issue = int(score["heat"].argmax()), int(score["issue"].argmax())
        evidence = {
            "heat": self._cues(whole, "heat", band),
            "kind": self._cues(whole, "kind", int(kind)) if kind else (),
            "target": self._cues(whole, "target", int(target)) if kind else (),
            "issue": self._cues(whole, "issue", issue),
        }
        names = list(Leverage)
        order = [Leverage(x) for x in scale.heads["leverage"]]
        for number in np.flatnonzero(over >= 0):
            evidence[f"leverage.{order[number]}"] = self._cues(whole, "leverage", int(number))
        kinds = {AbuseKind(x): float(c) for x, c in zip(scale.heads["kind"], chances["kind"], strict=True)}
        heat = {HeatBand(x): float(c) for x, c in zip(scale.heads["heat"], chances["heat"], strict=True)}
        return CustomerScores(
            lang=lang,
            heat=heat,
            band=HeatBand(scale.heads["heat"][band]),
            heat_score=sum(b.rank * c for b, c in heat.items()) / 3.0,
            kinds=kinds,
            kind=AbuseKind(scale.heads["kind"][int(kind)]),
            targets={
                AbuseTarget(x): float(c)
                for x, c in zip(scale.heads["target"], chances["target"], strict=True)
            },
            target=AbuseTarget(scale.heads["target"][int(target)]),
            leverage={x: float(c) for x, c in zip(order, claims, strict=True)},
            claimed=tuple(x for x in names if over[order.index(x)] >= 0),
            issues={Issue(x): float(c) for x, c in zip(scale.heads["issue"], chances["issue"], strict=True)},
            issue=Issue(scale.heads["issue"][issue]),
            self_harm=kinds[AbuseKind.SELF_HARM],
            of_person=sum(kinds[x] for x in PERSON),
            public={x: float(c) for x, c in zip(scale.heads["public"], public, strict=True)},
            evidence=evidence,
            leaning={
                **{h: self._named(h, scale.leaning_single(score[h])) for h in score},
                "leverage": self._named("leverage", scale.leaning_several("leverage", lang, claims)),
            },
        )

    def _named(self, head: str, values: Floats) -> dict[str, float]:
        return {x: float(v) for x, v in zip(self._calibration.heads[head], values, strict=True)}

    def agent_from(self, whole: Whole) -> AgentScores:
        """Chances, decisions and evidence from a draft's raw output."""
        scale, lang = self._calibration, whole.lang
        rules = [LintRule(x) for x in scale.heads["lint"]]
        count = len(rules)
        peaks = whole.tags.max(0) if len(whole.tags) else np.full(count + 1, -9.0)
        lint, over = scale.several("lint", lang, *self._pair(whole, "lint"), peaks[:count])
        moves, made = scale.several("moves", lang, *self._pair(whole, "moves"), None)
        promise, promised = scale.several("promise", lang, *self._pair(whole, "promise"), peaks[count:])
        names = [Move(x) for x in scale.heads["moves"]]
        marks = {rule: self._mark(whole, number, float(lint[number])) for number, rule in enumerate(rules)}
        flagged = [
            Flagged(rule, float(lint[i]), marks[rule].start, marks[rule].end)
            for i, rule in enumerate(rules)
            if over[i] >= 0
        ]
        floor = scale.tag_floor["promise"]
        found = widest(whole.text, whole.starts, whole.ends, whole.tags[:, count], floor)
        return AgentScores(
            lang=lang,
            lint={x: float(c) for x, c in zip(rules, lint, strict=True)},
            flagged=tuple(sorted(flagged, key=lambda f: -f.chance)),
            marks=marks,
            moves={x: float(c) for x, c in zip(names, moves, strict=True)},
            made=tuple(x for i, x in enumerate(names) if made[i] >= 0),
            promise=float(promise[0]),
            promises_at_all=bool(promised[0] >= 0),
            promises=tuple(Stretch(a, b, 1 / (1 + float(np.exp(-peak)))) for a, b, peak in found),
            evidence={
                f"move.{x}": self._cues(whole, "moves", i) for i, x in enumerate(names) if made[i] >= 0
            },
            leaning={
                "lint": self._named("lint", scale.leaning_several("lint", lang, lint)),
                "moves": self._named("moves", scale.leaning_several("moves", lang, moves)),
            },
        )

    def _mark(self, whole: Whole, rule: int, chance: float) -> Stretch:
        """The stretch that speaks most for a rule: its strongest tags, or its sentence when that is one word."""
        if not len(whole.tags):
            return Stretch(0, len(whole.text), chance)
        tags = whole.tags[:, rule]
        peak = float(tags.max())
        found = widest(whole.text, whole.starts, whole.ends, tags, min(peak - 1.5, max(peak - 4.0, 0.0)))
        best = max(found, key=lambda x: (x[2], x[1] - x[0]), default=None)
        if best is None:
            return Stretch(0, len(whole.text), chance)
        start, end = best[0], best[1]
        if len(whole.text[start:end].split()) < 2:
            home = next(((a, b) for a, b in sentences(whole.text) if a <= start < b), (start, end))
            start, end = trimmed(whole.text, *home)
        return Stretch(start, end, chance)
