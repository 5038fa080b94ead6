"""`read --jsonl` and `promises --jsonl`: a row in, a row out, by the command line's contract.

A row that can't be read gives `{"id", "error": {"code", "message"}}`; nothing here raises on any row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from calmdesk.desk.hours import HoursError, OfficeHours
from calmdesk.desk.reading import Cue, Finding, FoundPromise, Reading
from calmdesk.desk.vocabulary import Channel, Lang, Role

from .promises import find_promises
from .reader import Reader

#: Other names that transcripts have for a channel.
CHANNEL_NAMES = {"in_person": Channel.COUNTER, "mail": Channel.EMAIL, "call": Channel.PHONE}
#: Hours where a row gives none: they matter only for the due times of promises.
USUAL_HOURS = "Mon-Fri 09:00-18:00"
LARGEST_TEXT = 5_000_000


class BadRow(ValueError):
    """A row that can't be read; `code` is stable."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


def read_line(row: object, reader: Reader) -> dict[str, Any]:
    """The reading of one row: `{"id", "role", "text", …}`."""
    try:
        given = _object(row)
        role = _role(given)
        text = _text(given)
        lang = _lang(given)
        now = _now(given, needed=False)
        office = _office(given) if now is not None else None
        reading = reader.read(
            text,
            role=role,
            lang=lang,
            channel=_channel(given),
            context=_context(given),
            now=now,
            office=office,
        )
    except BadRow as fault:
        return _error(row, fault)
    return {"id": given.get("id"), **reading_as_json(reading)}


def promises_line(row: object) -> dict[str, Any]:
    """The promises of one row: `{"id", "text", "now", "zone", "hours", "holidays"}`."""
    try:
        given = _object(row)
        text = _text(given)
        now = _now(given, needed=True)
        office = _office(given)
        lang = _lang(given)
    except BadRow as fault:
        return _error(row, fault)
    assert now is not None
    if lang is None:
        from .language import recognise

        lang = recognise(text)
    found = find_promises(text, now=now, office=office, lang=lang)
    return {"id": given.get("id"), "promises": [_promise(promise) for promise in found]}


def reading_as_json(reading: Reading) -> dict[str, Any]:
    """A reading as the contract writes it: one form for customers, one for agents and the bot."""
    head = {"role": reading.role.value, "lang": reading.lang.value}
    cues = [_cue(cue) for cue in reading.cues]
    if reading.role is Role.CUSTOMER:
        return {
            **head,
            "heat": {"band": reading.heat.band.value, "score": reading.heat.score},
            "abuse": {"kind": reading.abuse.kind.value, "target": reading.abuse.target.value},
            "leverage": [label.value for label in reading.leverage],
            "issue": reading.issue.value,
            "cues": cues,
        }
    return {
        **head,
        "moves": [move.value for move in reading.moves],
        "lint": [_finding(finding) for finding in reading.lint],
        "promises": [_promise(promise) for promise in reading.promises],
        "cues": cues,
    }


def _cue(cue: Cue) -> dict[str, Any]:
    return {
        "what": cue.what, "start": cue.start, "end": cue.end, "quote": cue.quote, "because": cue.because, "by": cue.by,
    }  # fmt: skip


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.value, "start": finding.start, "end": finding.end, "quote": finding.quote,
        "because": finding.because, "source": finding.source, "suggest": list(finding.suggest),
    }  # fmt: skip


def _promise(promise: FoundPromise) -> dict[str, Any]:
    return {
        "kind": promise.kind.value,
        "due": promise.due.isoformat() if promise.due else None,
        "quote": promise.quote,
        "start": promise.start,
        "end": promise.end,
    }


def _error(row: object, fault: BadRow) -> dict[str, Any]:
    ident = row.get("id") if isinstance(row, Mapping) else None
    return {"id": ident, "error": {"code": fault.code, "message": str(fault)}}


def _object(row: object) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise BadRow("not_an_object", "a line must be a JSON object")
    return row


def _role(row: Mapping[str, Any]) -> Role:
    value = row.get("role", Role.CUSTOMER.value)
    if not isinstance(value, str) or value not in {role.value for role in Role}:
        raise BadRow("role", "`role` must be customer or agent")
    return Role(value)


def _text(row: Mapping[str, Any]) -> str:
    value = row.get("text")
    if not isinstance(value, str):
        raise BadRow("text", "`text` must be a string")
    if len(value) > LARGEST_TEXT:
        raise BadRow("too_long", f"`text` has more than {LARGEST_TEXT} characters")
    return value


def _lang(row: Mapping[str, Any]) -> Lang | None:
    value = row.get("lang")
    if value is None:
        return None
    if not isinstance(value, str) or value not in {lang.value for lang in Lang}:
        raise BadRow("lang", f"`lang` must be one of {', '.join(Lang)}")
    return Lang(value)


def _channel(row: Mapping[str, Any]) -> Channel:
    """The channel; chat where it is unknown, since reading hardly depends on it."""
    value = row.get("channel")
    if value is None:
        return Channel.CHAT
    if not isinstance(value, str):
        raise BadRow("channel", "`channel` must be a string")
    return CHANNEL_NAMES.get(value) or (
        Channel(value) if value in {c.value for c in Channel} else Channel.CHAT
    )


def _context(row: Mapping[str, Any]) -> str | None:
    value = row.get("context")
    if value is not None and not isinstance(value, str):
        raise BadRow("context", "`context` must be a string")
    return value


def _now(row: Mapping[str, Any], *, needed: bool) -> datetime | None:
    value = row.get("now")
    if value is None:
        if needed:
            raise BadRow("now", "`now` is needed: an ISO-8601 instant with its offset")
        return None
    try:
        now = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        now = None
    if now is None:
        raise BadRow("now", "`now` must be an ISO-8601 instant")
    return now if now.tzinfo else now.replace(tzinfo=UTC)


def _office(row: Mapping[str, Any]) -> OfficeHours:
    hours, zone, holidays = (
        row.get("hours") or USUAL_HOURS,
        row.get("zone") or "UTC",
        row.get("holidays") or [],
    )
    if not isinstance(hours, str) or not isinstance(zone, str):
        raise BadRow("hours", "`hours` and `zone` must be strings")
    if not isinstance(holidays, list) or not all(isinstance(day, str) for day in holidays):
        raise BadRow("holidays", "`holidays` must be a list of dates such as 2026-05-09")
    try:
        return OfficeHours.parse(hours, zone, holidays)
    except HoursError as fault:
        raise BadRow("hours", str(fault)) from fault
