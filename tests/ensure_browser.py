"""Makes sure that there is a browser for the page tests; run by `make test`.

1. A Chromium of the system is used as it is. 2. Where there is none, Debian's package is installed when this user
may. 3. Else Playwright's own is fetched. One clear sentence when none of it works.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """The path of a Chromium: the system's, or Playwright's; None where there is none."""
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _playwrights()


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def _run(*command: str) -> bool:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.run(command, check=False, **quiet).returncode == 0  # type: ignore[call-overload]


def main() -> int:
    """Finds or installs a browser; 1 when neither works."""
    if find_browser():
        return 0
    print("Looking for a browser for the page tests ...", flush=True)
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-q")
        if _run("apt-get", "install", "-y", "-q", "chromium") and find_browser():
            return 0
    if _run(sys.executable, "-m", "playwright", "install", "chromium") and find_browser():
        return 0
    print(
        "No browser for the page tests: install Chromium (Debian: apt install chromium) or set CHROMIUM to its path, "
        "then run `make test` again.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
