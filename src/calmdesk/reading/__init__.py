"""Message → `Reading`: rules and word lists as content, a neural encoder beside them, one place that decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .reader import Reader
    from .view import Model

__all__ = ["Model", "Reader", "load_model"]


def load_model() -> Model | None:
    """The encoder that ships with the package, or None where its weights are not there. Raises WeightsFault when they
    are there and not whole."""
    from .model import default_folder
    from .model.view import EncoderView

    return EncoderView.load() if default_folder().is_dir() and any(default_folder().glob("*.onnx")) else None


def __getattr__(name: str) -> object:
    """The reader, loaded when it is first asked for: a desk answers before its engine is there."""
    if name == "Reader":
        from .reader import Reader

        return Reader
    if name == "Model":
        from .view import Model

        return Model
    raise AttributeError(name)
