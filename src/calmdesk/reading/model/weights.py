"""The folder of weights and the check that it is whole and ours.

`manifest.json` lists every file with its sha256; a file that is missing or differs stops the load, so that a
damaged download or a swapped model never reads a message.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

MANIFEST = "manifest.json"
NEEDED = ("reader.onnx", "tokenizer.json", "labels.json", "calibration.json", "ngrams.npz")


class WeightsFault(RuntimeError):
    """The weights are missing, damaged, or do not belong to this version."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Checked paths of one set of weights."""

    folder: Path
    version: str

    def path(self, name: str) -> Path:
        return self.folder / name


def default_folder() -> Path:
    """Where the weights that ship with the package lie."""
    return Path(__file__).resolve().parent.parent / "weights"


def digest(path: Path) -> str:
    """The sha256 of a file, read in chunks."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            found.update(chunk)
    return found.hexdigest()


def checked(folder: Path) -> Weights:
    """Compares every needed file with the manifest; raises WeightsFault naming the first that differs."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        version, files = str(manifest["version"]), dict(manifest["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise WeightsFault(f"no readable {MANIFEST} in {folder}: {fault}") from fault
    for name in NEEDED:
        path = folder / name
        if name not in files:
            raise WeightsFault(f"{MANIFEST} does not list {name}")
        if not path.is_file():
            raise WeightsFault(f"{path} is missing")
        if digest(path) != files[name]:
            raise WeightsFault(f"{path} does not match its sha256 in {MANIFEST}")
    return Weights(folder, version)
