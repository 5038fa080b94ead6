"""One public set, one run: Calmdesk's model, peers, n-grams, embeddings, all on the set's own test part."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.model_selection import cross_val_predict

from bench.baselines import Ngrams, chances, regression, several
from bench.measures import (
    Floats,
    average_precision,
    best_threshold,
    calibration_error,
    f1_of,
    interval,
    macro_f1,
)
from bench.public_sets import PublicSet, Rows, thinned
from calmdesk.reading.model import CustomerScores

#: More training rows than this are thinned, with a fixed seed: the baselines hardly gain by more.
MOST_ROWS = 16_000
#: So many of them for what is slow, embeddings and the model, and for choosing a threshold.
FEW_ROWS = 2_000
NGRAMS = "n-grams and logistic regression"
EMBEDDINGS = "embeddings and logistic regression"
#: Which of the model's own heads answers a set.
HEADS = {"convabuse": "abuse_of_bot", "goemotions": "anger_english", "cedr": "anger_russian"}


def compared(chosen: PublicSet, encoder: Path | None) -> dict[str, Any]:
    """tool → figure → [value, low, high] where a chance or a choice is given for every test text."""
    ask = many_classes if len(chosen.labels) > 2 else yes_or_no
    tools = ask(chosen, encoder)
    return {"title": chosen.title, "n": len(chosen.test), "lang": chosen.lang, "tools": tools}


def texts(rows: tuple[tuple[str, int], ...]) -> list[str]:
    return [text for text, _ in rows]


def yes_or_no(chosen: PublicSet, encoder: Path | None) -> dict[str, Any]:
    """Tools that give a score. The threshold is chosen on the dev part, or on held-back rows of the train part."""
    train, dev = thinned(chosen.train, MOST_ROWS), chosen.dev
    if not dev:
        dev, train = train[::5], tuple(row for at, row in enumerate(train) if at % 5)
    dev = thinned(dev, FEW_ROWS)
    asked = [*texts(dev), *texts(chosen.test)]
    few = thinned(train, FEW_ROWS)
    labels = [label for _, label in few]
    scores: dict[str, Floats] = {}
    view = Ngrams()
    rows = view.learn(texts(train))
    scores[NGRAMS] = chances(rows, [label for _, label in train], view.features(asked))[:, 1]
    # What each view says of rows it did not learn from, for the regression over all views.
    unseen = {NGRAMS: held_back(view.features(texts(few)), labels, 5.0)}
    if encoder:
        from bench.embeddings import Encoder

        body = Encoder(encoder)
        vectors = body.vectors(texts(few))
        scores[EMBEDDINGS] = chances(vectors, labels, body.vectors(asked), 20.0)[:, 1]
        unseen[EMBEDDINGS] = held_back(vectors, labels, 20.0)
    if chosen.lang == "en":
        from bench.peers import scorers

        for peer in scorers():
            scores[peer.name] = np.array(peer.score(asked), float)
    scores |= ours(chosen, asked, few, scores, unseen)
    truth_dev = np.array([label for _, label in dev], bool)
    truth = np.array([label for _, label in chosen.test], bool)
    return {
        name: judged(truth, score[len(dev) :], best_threshold(truth_dev, score[: len(dev)]))
        for name, score in scores.items()
    }


def judged(truth: np.ndarray, score: Floats, threshold: float) -> dict[str, list[float]]:
    """Average precision, F1 and macro-F1, each with its interval; the calibration error where scores are chances."""
    said = score >= threshold
    out = {
        "AP": [
            average_precision(truth, score),
            *interval(len(truth), lambda i: average_precision(truth[i], score[i])),
        ],
        "F1": [f1_of(truth, said), *interval(len(truth), lambda i: f1_of(truth[i], said[i]))],
        "macro-F1": [macro_two(truth, said), *interval(len(truth), lambda i: macro_two(truth[i], said[i]))],
    }
    if score.min() >= 0 and score.max() <= 1:
        out["ECE"] = [calibration_error(truth, score)]
    return out


def macro_two(truth: np.ndarray, said: np.ndarray) -> float:
    return (f1_of(truth, said) + f1_of(~truth, ~said)) / 2


def held_back(rows: Any, labels: list[int], strength: float) -> Floats:
    """The chance of each row by a regression that did not learn from it: five folds."""
    found: Floats = cross_val_predict(regression(strength), rows, labels, cv=5, method="predict_proba")[:, 1]
    return found


def ours(
    chosen: PublicSet, asked: list[str], few: Rows, scores: dict[str, Floats], unseen: dict[str, Floats]
) -> dict[str, Floats]:
    """The model's chances: as it reads support messages, by its own head for the set, and with all views together."""
    from calmdesk.reading.model import Model, WeightsFault

    try:
        model = Model.load()
    except (WeightsFault, OSError) as fault:
        print(f"Calmdesk's model is left out: {fault}")
        return {}
    got = model.customer([(text, chosen.lang) for text in asked])
    if chosen.name == "convabuse":
        plain = np.array([one.of_person for one in got])
    else:
        plain = np.array([one.heat_score for one in got])
    out = {"Calmdesk's model, as it reads support messages": plain}
    if chosen.name in HEADS:
        own = np.array([one.public[HEADS[chosen.name]] for one in got])
        out["Calmdesk's model, its head for the set"] = own
        out["Calmdesk's model, its head and n-grams"] = logistic((logit(own) + logit(scores[NGRAMS])) / 2)
    heads = features(model.customer([(text, chosen.lang) for text, _ in few]))
    learnt = np.hstack([heads, *(logit(one)[:, None] for one in unseen.values())])
    given = np.hstack([features(got), *(logit(scores[name])[:, None] for name in unseen)])
    out["Calmdesk's model, all views together"] = chances(learnt, [label for _, label in few], given, 0.05)[
        :, 1
    ]
    return out


def features(got: Sequence[CustomerScores]) -> Floats:
    """The model's heads for support messages as numbers for a regression; never its heads for public sets."""
    chance = [[*one.heat.values(), *one.kinds.values(), *one.targets.values()] for one in got]
    return logit(np.array(chance))


def logit(chance: Floats) -> Floats:
    inside = np.clip(chance, 1e-4, 1 - 1e-4)
    return np.asarray(np.log(inside / (1 - inside)))


def logistic(value: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-value)))


def many_classes(chosen: PublicSet, encoder: Path | None) -> dict[str, Any]:
    """Choices among several labels: n-grams, and embeddings of the encoder, each alone and together."""
    train = (*chosen.train, *chosen.dev)
    labels = [label for _, label in train]
    view = Ngrams()
    rows, test = view.learn(texts(train)), view.features(texts(chosen.test))
    said = {"n-grams, linear": several(rows, labels, test)}
    if encoder:
        from scipy.sparse import csr_matrix, hstack

        from bench.embeddings import Encoder

        body = Encoder(encoder)
        vectors, others = body.vectors(texts(train)), body.vectors(texts(chosen.test))
        # Vectors of this encoder lie close together: what they have in common is taken away, the rest stretched.
        middle, spread = vectors.mean(0), vectors.std(0)
        vectors, others = (vectors - middle) / spread / 8, (others - middle) / spread / 8
        said["the same encoder, not tuned, linear"] = several(vectors, labels, others)
        said["the same encoder, not tuned, and n-grams"] = several(
            hstack([csr_matrix(vectors), rows]).tocsr(), labels, hstack([csr_matrix(others), test]).tocsr()
        )
    truth = np.array([label for _, label in chosen.test])

    def right(found: np.ndarray) -> dict[str, list[float]]:
        return {
            "accuracy": [
                float(np.mean(found == truth)),
                *interval(len(truth), lambda i: float(np.mean(found[i] == truth[i]))),
            ],
            "macro-F1": [macro_f1(truth.tolist(), found.tolist())],
        }

    return {name: right(np.asarray(found)) for name, found in said.items()}
