"""The page of all settings, made from the settings themselves."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from calmdesk.app.settings import ALIASES, PREFIX, Settings

_HEAD = """# Settings

Every setting, by environment or in a file of settings (`--settings FILE` or `CALMDESK_SETTINGS=FILE`; YAML with names
in lower case, without the prefix); the environment wins. `CALMDESK_X_FILE` reads the value of `CALMDESK_X` from a file,
for secrets. Lists are separated by commas. An unknown `CALMDESK_…` variable is refused.

| setting | default | meaning |
| --- | --- | --- |
"""


def settings_page() -> str:
    """The page's text, in Markdown; `docs/settings.md` is a copy that a test compares."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = field.default
        shown = "" if default is PydanticUndefined or isinstance(default, SecretStr) else default
        shown = ", ".join(shown) if isinstance(shown, tuple) else str(shown)
        rows.append(
            f"| `{PREFIX}{name.upper()}` | {f'`{shown}`' if shown else '(empty)'} | {field.description} |"
        )
    taken = ", ".join(f"`{theirs}` is taken for `{PREFIX}{ours.upper()}`" for theirs, ours in ALIASES.items())
    return _HEAD + "\n".join(rows) + f"\n\n{taken}.\n"
