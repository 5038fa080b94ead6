"""Results of earlier runs, from which the pages are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


def kept(name: str) -> dict[str, Any]:
    """Results of an earlier run, none when there are none."""
    path = RESULTS / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def keep(name: str, part: str, value: object) -> None:
    """Keeps the results of one part beside those of the others."""
    RESULTS.mkdir(exist_ok=True)
    found = kept(name) | {part: rounded(value)}
    text = json.dumps(found, indent=1, ensure_ascii=False, sort_keys=True)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def rounded(value: object) -> object:
    """Numbers to four places, all the way down."""
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(one) for one in value]
    return round(value, 4) if isinstance(value, float) else value
