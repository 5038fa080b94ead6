"""What simple learning reaches with the same text: n-grams, or fixed sentence embeddings, with logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bench.labelled import Line
from bench.measures import Floats
from bench.supportcheck.cases import Answer
from bench.supportcheck.tools import EVERYTHING

BANDS = ("calm", "tense", "angry", "furious")


class Ngrams:
    """Word and character n-grams, weighted by rarity."""

    def __init__(self, most: int = 60_000) -> None:
        self._words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, max_features=most)
        self._letters = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True, max_features=most
        )

    def learn(self, texts: Sequence[str]) -> csr_matrix:
        """Learns the n-grams of these texts and gives their features."""
        return hstack([self._words.fit_transform(texts), self._letters.fit_transform(texts)]).tocsr()

    def features(self, texts: Sequence[str]) -> csr_matrix:
        """The features of other texts."""
        return hstack([self._words.transform(texts), self._letters.transform(texts)]).tocsr()


def regression(strength: float = 5.0, balanced: bool = False) -> LogisticRegression:
    """A logistic regression; `balanced` counts rare labels more."""
    return LogisticRegression(C=strength, max_iter=300, class_weight="balanced" if balanced else None)


def chances(train: Any, labels: Sequence[int], test: Any, strength: float = 5.0) -> Floats:
    """The chances of every label for the test rows."""
    found: Floats = regression(strength).fit(train, labels).predict_proba(test)
    return found


def several(train: Any, labels: Sequence[int], test: Any) -> np.ndarray:
    """The label of each test row among many: a linear support vector machine, which is quick with 77 of them."""
    return LinearSVC(C=0.5).fit(train, labels).predict(test)


class NgramReader:
    """Every head as an n-gram regression on the corpus's training part, a model a language. Answers the contract."""

    name = "n-grams and logistic regression"
    tells = EVERYTHING
    langs = frozenset({"en", "ru"})

    def __init__(self, lines: Sequence[Line]) -> None:
        self._models: dict[tuple[str, str], dict[str, Any]] = {}
        self._views: dict[tuple[str, str], Ngrams] = {}
        for lang in sorted(self.langs):
            for role in ("customer", "agent"):
                self._learn(lang, role, [x for x in lines if x["lang"] == lang and x["role"] == role])

    def _learn(self, lang: str, role: str, lines: Sequence[Line]) -> None:
        view = Ngrams(20_000)
        rows = view.learn([line["text"] for line in lines])
        if role == "customer":
            single = {
                "heat": [x["heat"] for x in lines],
                "kind": [x["abuse"]["kind"] for x in lines],
                "target": [x["abuse"]["target"] for x in lines],
                "issue": [x["issue"] for x in lines],
            }
            many = ("leverage",)
        else:
            single, many = {}, ("lint", "moves")
        made: dict[str, Any] = {head: LinearSVC(C=0.5).fit(rows, labels) for head, labels in single.items()}
        for head in many:
            for label in sorted({label for line in lines for label in line[head]}):
                yes = [label in line[head] for line in lines]
                made[f"{head}.{label}"] = LinearSVC(C=0.5, class_weight={True: 2.0, False: 1.0}).fit(
                    rows, yes
                )
        self._models[lang, role], self._views[lang, role] = made, view

    def read(self, lines: Sequence[dict[str, str]]) -> list[Answer]:
        """An answer for every line."""
        out: list[Answer] = [{}] * len(lines)
        for (lang, role), models in self._models.items():
            pick = [at for at, x in enumerate(lines) if x["lang"] == lang and x["role"] == role]
            if not pick:
                continue
            rows = self._views[lang, role].features([lines[at]["text"] for at in pick])
            said = {head: model.predict(rows) for head, model in models.items()}
            for place, at in enumerate(pick):
                out[at] = self._answer(role, {head: found[place] for head, found in said.items()})
        return out

    @staticmethod
    def _answer(role: str, said: dict[str, Any]) -> Answer:
        def labels(head: str) -> list[str]:
            return [
                name.partition(".")[2] for name, yes in said.items() if name.startswith(f"{head}.") and yes
            ]

        if role == "agent":
            return {"lint": [{"rule": rule} for rule in labels("lint")], "moves": labels("moves")}
        return {
            "heat": {"band": said["heat"]},
            "abuse": {"kind": said["kind"], "target": said["target"]},
            "leverage": labels("leverage"),
            "issue": said["issue"],
        }
