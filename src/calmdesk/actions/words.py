"""Checks of what people typed, at the border of every verb."""

from __future__ import annotations

import unicodedata

from calmdesk.desk.errors import BadInput, TooLarge

#: Longest message, note or comment, in characters.
LONGEST = 20_000
_KEPT = {"\n", "\t"}


def clean_text(text: str, *, longest: int = LONGEST, what: str = "message") -> str:
    """The text without control characters and surrounding blanks, in NFC.

    Raises BadInput when nothing is left, TooLarge beyond `longest` characters (never cut in silence).
    """
    if len(text) > 4 * longest:
        raise TooLarge(what=what, longest=longest)
    shown = "".join(
        ch for ch in text.replace("\r\n", "\n").replace("\r", "\n")
        if ch in _KEPT or unicodedata.category(ch) not in ("Cc", "Cs", "Co", "Cn")
    )  # fmt: skip
    shown = unicodedata.normalize("NFC", shown).strip()
    if not shown:
        raise BadInput(f"The {what} is empty. Nothing was sent.", what=what)
    if len(shown) > longest:
        raise TooLarge(what=what, longest=longest)
    return shown


def clean_line(text: str, *, longest: int = 120) -> str:
    """One line of text (a name, a subject); blanks folded, may be empty. Raises TooLarge."""
    line = " ".join(
        "".join(ch if unicodedata.category(ch)[0] != "C" else " " for ch in text[: 8 * longest]).split()
    )
    if len(line) > longest:
        raise TooLarge(what="line", longest=longest)
    return unicodedata.normalize("NFC", line)


def clean_email(text: str) -> str:
    """An address in lower case, or "" when none was given. Raises BadInput for what cannot be one."""
    address = clean_line(text, longest=254).lower()
    if address and (address.count("@") != 1 or " " in address or "." not in address.rpartition("@")[2]):
        raise BadInput("That does not look like an e-mail address. Nothing was changed.", what="email")
    return address


def clean_key(key: str | None) -> str | None:
    """A client's idempotency key: 8 to 64 letters, digits, - or _. Raises BadInput."""
    if key is None or key == "":
        return None
    if not (8 <= len(key) <= 64) or not all(ch.isascii() and (ch.isalnum() or ch in "-_") for ch in key):
        raise BadInput("The message's key is malformed. Nothing was sent.", what="key")
    return key
