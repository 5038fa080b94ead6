"""The linear view: stable features, no pickles, silence scores nothing but the bias."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.reading.model import default_folder
from calmdesk.reading.model.ngrams import SIZE, Ngrams, features


@given(st.text(max_size=80))
def test_features_are_places_in_the_table(text: str) -> None:
    found = features(text)
    assert found == sorted(set(found))
    assert all(0 <= x < SIZE for x in found)


def test_case_and_yo_make_no_difference() -> None:
    assert features("ВСЁ Сломано") == features("все сломано")
    assert features("don’t") == features("don't")


def test_a_pickle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bad.npz"
    held = np.array([{"a": 1}], dtype=object)
    np.savez(path, weights=held, scale=held, bias=held, rarity=held)
    with pytest.raises(ValueError, match="pickle"):
        Ngrams.load(path)


def test_scores_have_one_number_a_label_and_words_move_them() -> None:
    table = Ngrams.load(default_folder() / "ngrams.npz")
    quiet, said = table.scores(""), table.scores("I want my money back")
    assert quiet.shape == said.shape
    assert np.abs(said - quiet).max() > 0.5
