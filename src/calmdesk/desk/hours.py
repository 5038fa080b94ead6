"""An office's working time: its zone, weekly hours and days off.

Everything that turns words like "by end of day" or "within two working days" into an instant asks here. Arithmetic on
elapsed time is done on the absolute clock, so that a change to or from summer time never adds or loses an hour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

DAY_MINUTES = 24 * 60
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART = re.compile(
    r"^(?P<first>[a-z]+)(?:\s*[-–—]\s*(?P<last>[a-z]+))?\s+"
    r"(?P<open>\d{1,2}:\d{2})\s*[-–—]\s*(?P<close>\d{1,2}:\d{2})$"
)
# Long enough for any calendar of days off that people write, short enough to stop on a broken one.
_HORIZON_DAYS = 3 * 366


class HoursError(ValueError):
    """The zone, the hours or a day off cannot be read; the message says which words and what is expected."""


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """An opening on one day, in minutes after midnight; `close` may be 1440, the end of the day."""

    open: int
    close: int


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """When an office works.

    `week` holds, for Monday to Sunday, the openings in order; `usual` is the first opening that was written down,
    which stands in for days off. Build it with `OfficeHours.parse`.
    """

    zone: ZoneInfo
    week: tuple[tuple[OpenSpan, ...], ...]
    usual: OpenSpan
    holidays: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise HoursError(f"a week has seven days, not {len(self.week)}")
        if not any(self.week):
            raise HoursError("the office must be open on at least one day of the week")

    @classmethod
    def parse(cls, hours: str, zone: str | ZoneInfo, holidays: Iterable[date | str] = ()) -> OfficeHours:
        """Read "Mon-Fri 09:00-18:00, Sat 10:00-15:00", a zone's name and days off (dates or "2026-05-09").

        A later part for the same day adds to it, so a lunch break is two parts. Raises `HoursError`.
        """
        days: list[list[OpenSpan]] = [[] for _ in range(7)]
        usual: OpenSpan | None = None
        for part in re.split(r"[,;]", hours):
            if not part.strip():
                continue
            numbers, span = _read_part(part)
            usual = usual or span
            for number in numbers:
                days[number].append(span)
        if usual is None:
            raise HoursError('no hours given; write for example "Mon-Fri 09:00-18:00, Sat 10:00-15:00"')
        return cls(
            zone=_read_zone(zone),
            week=tuple(_in_order(spans, name) for spans, name in zip(days, _DAY_NAMES, strict=True)),
            usual=usual,
            holidays=frozenset(_read_date(day) for day in holidays),
        )

    def local(self, instant: datetime) -> datetime:
        """The instant on the office's own clock. Raises `HoursError` for a datetime without a zone."""
        if instant.tzinfo is None:
            raise HoursError("an instant needs its offset; this datetime has none")
        return instant.astimezone(self.zone)

    def at(self, day: date, minutes: int, zone: ZoneInfo | None = None) -> datetime:
        """The wall time of a date, in the office's zone unless another is named; answers in the office's zone.

        `minutes` may be 1440 or more and then falls on a following date. A wall time that a clock change skips
        becomes the same instant written with the new offset; one that happens twice is the first.
        """
        extra, rest = divmod(minutes, DAY_MINUTES)
        wall = datetime.combine(
            day + timedelta(days=extra), time(rest // 60, rest % 60), tzinfo=zone or self.zone
        )
        return wall.astimezone(UTC).astimezone(self.zone)

    def spans_of(self, day: date) -> tuple[OpenSpan, ...]:
        """The openings of a date; none on a day off."""
        return () if day in self.holidays else self.week[day.weekday()]

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens on that date at all."""
        return bool(self.spans_of(day))

    def is_open(self, instant: datetime) -> bool:
        """Whether the office is open at that instant; the closing minute itself no longer counts."""
        day = self.local(instant).date()
        return any(self.at(day, s.open) <= instant < self.at(day, s.close) for s in self.spans_of(day))

    def open_of(self, day: date) -> datetime:
        """Opening time of a date; on a day off, the usual opening."""
        spans = self.spans_of(day)
        return self.at(day, spans[0].open if spans else self.usual.open)

    def close_of(self, day: date) -> datetime:
        """Closing time of a date; on a day off, the usual closing. Open round the clock closes at midnight."""
        spans = self.spans_of(day)
        return self.at(day, spans[-1].close if spans else self.usual.close)

    def nth_working_day(self, after: date, n: int = 1) -> date:
        """The nth working day strictly after a date. Raises `HoursError` when none is in sight."""
        if n < 1:
            raise HoursError(f"working days are counted from 1, not {n}")
        day = after
        idle = 0
        while n:
            day += timedelta(days=1)
            idle += 1
            if self.is_working_day(day):
                n -= 1
                idle = 0
            elif idle > _HORIZON_DAYS:
                raise HoursError(f"no working day within three years after {after.isoformat()}")
        return day

    def last_working_day(self, first: date, last: date) -> date | None:
        """The last working day of first..last, both included, or None."""
        day = last
        while day >= first:
            if self.is_working_day(day):
                return day
            day -= timedelta(days=1)
        return None

    def next_close(self, instant: datetime) -> datetime:
        """The next close of a working day strictly after the instant."""
        day = self.local(instant).date()
        if self.is_working_day(day) and self.close_of(day) > instant:
            return self.close_of(day)
        return self.close_of(self.nth_working_day(day))

    def add_working_time(self, instant: datetime, amount: timedelta) -> datetime:
        """The instant at which `amount` of opening time has passed. Raises `HoursError` for a negative amount."""
        if amount < timedelta(0):
            raise HoursError("working time can only be added, not taken away")
        now, left = instant.astimezone(UTC), amount
        if not left:
            return self.local(instant)
        for opens, closes in self._openings(self.local(instant).date()):
            start = max(opens, now)
            if start >= closes:
                continue
            if start + left <= closes:
                return (start + left).astimezone(self.zone)
            left -= closes - start
        raise HoursError("the office never opens")  # pragma: no cover - nth_working_day raises first

    def _openings(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        while True:
            for span in self.spans_of(day):
                yield self.at(day, span.open).astimezone(UTC), self.at(day, span.close).astimezone(UTC)
            day = self.nth_working_day(day)


def _read_part(part: str) -> tuple[list[int], OpenSpan]:
    found = _PART.match(part.strip().lower())
    if not found:
        raise HoursError(f'cannot read the hours "{part.strip()}"; write for example "Mon-Fri 09:00-18:00"')
    first = _read_day(found["first"])
    last = _read_day(found["last"]) if found["last"] else first
    numbers = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    span = OpenSpan(_read_clock(found["open"]), _read_clock(found["close"]))
    if span.open >= span.close:
        raise HoursError(f'"{part.strip()}" closes before it opens; write two parts for hours past midnight')
    return numbers, span


def _read_day(word: str) -> int:
    for number, name in enumerate(_DAY_NAMES):
        if word[:3] == name:
            return number
    raise HoursError(f'"{word}" is no day of the week; use Mon, Tue, Wed, Thu, Fri, Sat, Sun')


def _read_clock(word: str) -> int:
    hour, minute = (int(piece) for piece in word.split(":"))
    if minute > 59 or hour * 60 + minute > DAY_MINUTES:
        raise HoursError(f'"{word}" is no time of day; use 00:00 to 24:00')
    return hour * 60 + minute


def _read_zone(zone: str | ZoneInfo) -> ZoneInfo:
    if isinstance(zone, ZoneInfo):
        return zone
    try:
        return ZoneInfo(zone)
    except (KeyError, ValueError, OSError) as fault:
        raise HoursError(f'"{zone}" is no time zone; use a name like Europe/Berlin') from fault


def _read_date(day: date | str) -> date:
    if isinstance(day, datetime):
        raise HoursError("a day off is a date without a time")
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError as fault:
        raise HoursError(f'"{day}" is no date; write it as 2026-05-09') from fault


def _in_order(spans: list[OpenSpan], name: str) -> tuple[OpenSpan, ...]:
    ordered = sorted(spans, key=lambda span: span.open)
    for before, after in pairwise(ordered):
        if after.open < before.close:
            raise HoursError(f"the hours of {name.title()} overlap")
    return tuple(ordered)
