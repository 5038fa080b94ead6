"""Message → `Reading`: rules and word lists as content, a neural encoder beside them, one place that decides."""

from __future__ import annotations

from .reader import Reader
from .view import Model


def load_model() -> Model | None:
    """The encoder that ships with the package, or None where its weights are not there. Raises WeightsFault when they
    are there and not whole."""
    from .model import default_folder
    from .model.view import EncoderView

    return EncoderView.load() if default_folder().is_dir() and any(default_folder().glob("*.onnx")) else None


__all__ = ["Model", "Reader", "load_model"]
