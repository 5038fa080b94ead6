"""Calendars as RFC 5545 wants them: CRLF, lines of at most 75 bytes, escaped text, instants in UTC.

Written here rather than taken from a library: a feed of to-dos needs four properties, and instants in UTC need no
table of zones (every calendar shows them in its owner's zone).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: RFC 5545, 3.1: a line is at most 75 octets long, its end not counted.
LONGEST_LINE = 75


@dataclass(frozen=True, slots=True)
class Appointment:
    """One entry of a calendar. `uid` never changes, `version` rises with each change."""

    uid: str
    at: datetime
    changed: datetime
    summary: str
    description: str = ""
    url: str = ""
    version: int = 0


def calendar_of(
    name: str, appointments: Iterable[Appointment], *, length: timedelta = timedelta(minutes=15)
) -> str:
    """The calendar's text."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Calmdesk//Promises//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]  # fmt: skip
    for one in appointments:
        lines += [
            "BEGIN:VEVENT", f"UID:{escaped(one.uid)}", f"DTSTAMP:{_stamp(one.changed)}", f"DTSTART:{_stamp(one.at)}",
            f"DTEND:{_stamp(one.at + length)}", f"SEQUENCE:{one.version}", f"SUMMARY:{escaped(one.summary)}",
        ]  # fmt: skip
        if one.description:
            lines.append(f"DESCRIPTION:{escaped(one.description)}")
        if one.url:
            lines.append(f"URL:{one.url}")
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines)


def escaped(text: str) -> str:
    """Text as a value (RFC 5545, 3.3.11); control characters are dropped."""
    kept = "".join(ch for ch in text.replace("\r\n", "\n") if ch in "\n\t" or ch.isprintable())
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> str:
    """A long line broken before its 76th byte, never inside a character; what follows begins with a space."""
    parts, part, size = [], "", 0
    for ch in line:
        wide = len(ch.encode())
        if size + wide > LONGEST_LINE:
            parts.append(part)
            part, size = " ", 1
        part, size = part + ch, size + wide
    return "\r\n".join([*parts, part])


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
