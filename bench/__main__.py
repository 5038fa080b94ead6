"""`python -m bench [name …] [options]`: prints the measured figures, all of them or those named.

Options belong to single benches, which take what they know: `--data DIR` (public sets) and `--write` (the pages).
"""

from __future__ import annotations

import importlib
import sys

#: name → what it measures; each module has `main()`.
BENCHES = {
    "lint": "lint of a 150-word draft",
    "post": "cost of posting the n-th message",
    "live": "from a customer's message to the agent's page",
    "speed": "reading messages on one core",
    "supportcheck": "functional test of reading, in both languages",
    "ledger": "finding due promises among a million, and how late a reminder is",
    "quality": "reading against labelled lines, public sets and peers",
}


def main() -> int:
    """Runs the benches one after the other; 2 for an unknown name."""
    given = sys.argv[1:]
    options = next((at for at, word in enumerate(given) if word.startswith("-")), len(given))
    wanted = given[:options] or list(BENCHES)
    unknown = [name for name in wanted if name not in BENCHES]
    if unknown:
        print(f"No bench is called {unknown[0]}; there are: {', '.join(BENCHES)}", file=sys.stderr)
        return 2
    for name in wanted:
        print(f"\n== {name}: {BENCHES[name]}", flush=True)
        importlib.import_module(f"bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
