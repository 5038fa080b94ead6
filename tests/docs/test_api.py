"""The library's page is true: its snippet runs, and says what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_the_snippet_runs(monkeypatch: object) -> None:
    snippet = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert snippet
    lines = [line.partition("#")[0].strip() for line in snippet[1].splitlines() if line.strip()]
    program = "\n".join([lines[0], *(f"print({line})" for line in lines[1:])])
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False,
        env={"CALMDESK_MODEL": "false", "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    heat, rules, steps = done.stdout.splitlines()
    assert "angry" in heat
    assert "dismissing" in rules
    assert "Step." in steps


def test_importing_costs_nothing() -> None:
    program = "import sys, calmdesk; print('calmdesk.reading' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
