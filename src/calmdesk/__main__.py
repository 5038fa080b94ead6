"""The `calmdesk` command, also as `python -m calmdesk`."""

from __future__ import annotations

import gc


def main() -> None:
    """Loads the command line and runs it.

    The collector rests while modules load: it finds nothing then and costs a tenth of the start. A desk that is
    served wakes it once it answers; everything else right away.
    """
    gc.disable()
    from calmdesk.app.cli import main as run

    run()


if __name__ == "__main__":
    main()
