"""Writes the trained reader as one int8 ONNX graph and checks it against PyTorch."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from torch import Tensor, nn

from labels import HEADS, TAGS
from network import Reader

OPSET = 17
HEAD_PARTS = ("looks", "says", "whole", "judges", "tagger")


class Plain(nn.Module):
    """The reader with the spelled-out attention, for tracing."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: Tensor, mask: Tensor, focus: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.reader(ids, mask, focus, plain=True)


def traced(reader: Reader, path: Path) -> None:
    """The float graph, with free batch and length."""
    reader.eval()
    ids = torch.ones(2, 12, dtype=torch.int64)
    free = {0: "batch", 1: "length"}
    names = ("ids", "mask", "focus")
    torch.onnx.export(
        Plain(reader), (ids, ids, ids), str(path), input_names=list(names),
        output_names=["logits", "parts", "tags"], opset_version=OPSET, dynamo=False,
        dynamic_axes={**dict.fromkeys((*names, "parts", "tags"), free), "logits": {0: "batch"}},
    )  # fmt: skip


def fused(path: Path, out: Path, heads: int, width: int) -> dict[str, int]:
    """Joins attention, normalisation and activation into onnxruntime's own operators."""
    model = optimizer.optimize_model(
        str(path), model_type="bert", num_heads=heads, hidden_size=width, opt_level=0, use_gpu=False
    )
    model.save_model_to_file(str(out))
    return {k: v for k, v in model.get_fused_operator_statistics().items() if v}


def head_nodes(path: Path) -> list[str]:
    """The nodes after the body: they are small and stay in floating point."""
    graph = onnx.load(str(path), load_external_data=False).graph
    small = {t.name for t in graph.initializer if len(t.dims) == 2 and min(t.dims) not in (384, 1536)}
    named = {n.name for n in graph.node if any(f"/{p}/" in n.name for p in HEAD_PARTS)}
    return sorted({n.name for n in graph.node if n.op_type == "MatMul" and set(n.input) & small} | named)


def quantised(path: Path, out: Path) -> None:
    """Weights to int8, one scale a column; the word vectors too."""
    quantize_dynamic(
        str(path), str(out), per_channel=True, reduce_range=False, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul", "Attention", "Gather"], nodes_to_exclude=head_nodes(path),
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )  # fmt: skip


def distance(reader: Reader, path: Path) -> float:
    """The largest mean gap between PyTorch's and the graph's logits over a few random inputs."""
    session = ort.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    draw = np.random.default_rng(3)
    gaps = []
    for length in (8, 40, 120):
        ids = draw.integers(5, 60000, (2, length))
        mask = np.ones_like(ids)
        with torch.inference_mode():
            here = reader(*(torch.from_numpy(x) for x in (ids, mask, mask)))[0].numpy()
        there = session.run(["logits"], {"ids": ids, "mask": mask, "focus": mask})[0]
        gaps.append(float(np.abs(here - there).mean()))
    return max(gaps)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def export(reader: Reader, out: Path) -> dict[str, object]:
    """Writes `reader.onnx` and `labels.json` into the folder and returns what was done."""
    out.mkdir(parents=True, exist_ok=True)
    target = out / "reader.onnx"
    with tempfile.TemporaryDirectory() as work:
        raw, joined = Path(work) / "raw.onnx", Path(work) / "fused.onnx"
        traced(reader, raw)
        report: dict[str, object] = {"fused": fused(raw, joined, 12, 384)}
        report["float_gap"] = distance(reader, joined)
        quantised(joined, target)
    report["int8_gap"] = distance(reader, target)
    report["bytes"] = target.stat().st_size
    labels = {"heads": {k: list(v) for k, v in HEADS.items()}, "tags": list(TAGS)}
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    return report
