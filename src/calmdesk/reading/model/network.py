"""The encoder in onnxruntime: one graph, one thread unless asked otherwise, no network, no downloads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from .tokens import Encoded, padded

Floats = NDArray[np.float64]
TOKENS_A_RUN = 2400


@dataclass(frozen=True, slots=True)
class Output:
    """What the graph says of one encoded text: label logits, each token's part in them, the word tags.

    The token axes hold the focus alone, in the order of the text.
    """

    logits: Floats
    parts: Floats
    tags: Floats
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class Network:
    """The loaded graph."""

    def __init__(self, session: ort.InferenceSession) -> None:
        self._session = session

    @classmethod
    def load(cls, path: Path, threads: int = 1) -> Network:
        """Loads the graph for the CPU; raises onnxruntime's error when the file is no such graph."""
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return cls(ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"]))

    def run(self, rows: list[Encoded]) -> list[Output]:
        """Every encoded text through the graph, in batches of like length; answers in the order of the rows."""
        order = sorted(range(len(rows)), key=lambda i: len(rows[i].ids))
        out: list[Output | None] = [None] * len(rows)
        batch: list[int] = []
        for index in order:
            if batch and len(rows[index].ids) * (len(batch) + 1) > TOKENS_A_RUN:
                self._batch(rows, batch, out)
                batch = []
            batch.append(index)
        if batch:
            self._batch(rows, batch, out)
        return [x for x in out if x is not None]

    def _batch(self, rows: list[Encoded], batch: list[int], out: list[Output | None]) -> None:
        arrays = padded([rows[i] for i in batch])
        logits, parts, tags = self._session.run(
            ["logits", "parts", "tags"], {"ids": arrays.ids, "mask": arrays.mask, "focus": arrays.focus}
        )
        for place, index in enumerate(batch):
            row = rows[index]
            inside = np.flatnonzero(np.asarray(row.focus))
            out[index] = Output(
                logits[place].astype(np.float64),
                parts[place][inside].astype(np.float64),
                tags[place][inside].astype(np.float64),
                np.asarray(row.starts, dtype=np.int64)[inside],
                np.asarray(row.ends, dtype=np.int64)[inside],
            )
