"""Time expressions, free of any language, and the instants they mean.

A tagger (`when_en`, `when_ru`) finds `Mention`s in the words; `due_of` puts those of one clause together and works
out the instant on the office's calendar. The conventions are those of the project's labelled cases: a named date is
never moved, only working days, weeks, months and "close of business" skip days off.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from calmdesk.desk.hours import DAY_MINUTES, OfficeHours


class Unit(StrEnum):
    """What a mention speaks of; `n` and `m` are read accordingly."""

    ELAPSED = "elapsed"  # n minutes from now
    WORK_TIME = "work_time"  # n minutes of opening time
    WORK_DAYS = "work_days"  # the nth working day
    DAYS = "days"  # the date n days ahead
    MONTHS = "months"  # the same day number n months ahead
    WEEKDAY = "weekday"  # n = 0..6; m = weeks added to the coming one, or -1 for "of the following week"
    DAY_OF_MONTH = "day_of_month"  # n
    DATE = "date"  # n = month * 100 + day, m = year or 0
    WEEK = "week"  # n weeks ahead, its last working day
    WEEK_START = "week_start"  # n weeks ahead, its second working day
    WEEK_MIDDLE = "week_middle"  # n weeks ahead, Wednesday
    WEEKEND = "weekend"  # n weeks ahead, Sunday
    MONTH_END = "month_end"  # n months ahead
    NAMED_MONTH_END = "named_month_end"  # n = month
    CLOCK = "clock"  # n minutes after midnight; m = 1 for a bare hour, which a part of the day may shift
    MINUTE = "minute"  # the next time the clock shows n minutes past
    PART = "part"  # n = a Part
    ZONE = "zone"  # `zone` names it
    SAME = "same"  # "then", "the same day": the time spoken of before
    VAGUE = "vague"  # soon
    NOW = "now"  # this very minute
    PAST = "past"  # yesterday, ago
    NAME = "name"  # Good Friday: words that only look like a time


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    NOON = "noon"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    MIDNIGHT = "midnight"
    FIRST_THING = "first_thing"
    DAY_END = "day_end"
    CLOSE = "close"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Mention:
    """A time expression at its place in the text. `before` is "before Friday", which leaves Friday out; `weak`
    is "for Friday", which says when only where nothing else does.
    """

    start: int
    end: int
    unit: Unit
    n: int = 0
    m: int = 0
    part: Part | None = None
    zone: str = ""
    before: bool = False
    weak: bool = False


_RANK = {
    Unit.DATE: 3,
    Unit.DAY_OF_MONTH: 3,
    Unit.WEEKDAY: 2,
    Unit.DAYS: 2,
    Unit.WORK_DAYS: 2,
    Unit.MONTHS: 2,
    Unit.WEEK_START: 1,
    Unit.WEEK_MIDDLE: 1,
    Unit.WEEKEND: 1,
    Unit.WEEK: 1,
    Unit.MONTH_END: 1,
    Unit.NAMED_MONTH_END: 1,
}
TIMED = frozenset(_RANK) | {Unit.ELAPSED, Unit.WORK_TIME, Unit.CLOCK, Unit.MINUTE, Unit.PART}

_PART_MINUTES = {
    Part.MORNING: 12 * 60,
    Part.NOON: 12 * 60,
    Part.LUNCH: 13 * 60,
    Part.EVENING: 20 * 60,
    Part.MIDNIGHT: DAY_MINUTES,
    Part.NIGHT: DAY_MINUTES,
}
_LATE = frozenset({Part.AFTERNOON, Part.EVENING, Part.NIGHT})
LAST_MINUTE = DAY_MINUTES - 1


def due_of(mentions: Sequence[Mention], office: OfficeHours, now: datetime) -> datetime | None:
    """The instant that the mentions of one clause name together, in the office's zone; None when they name none."""
    try:
        return _Resolver(office, now).due(mentions)
    except (OverflowError, ValueError):
        return None


class _Resolver:
    def __init__(self, office: OfficeHours, now: datetime) -> None:
        self.office = office
        self.now = office.local(now)
        self.today = self.now.date()

    def due(self, mentions: Sequence[Mention]) -> datetime | None:
        elapsed = [m.n for m in mentions if m.unit is Unit.ELAPSED]
        if elapsed:
            return (self.now.astimezone(UTC) + timedelta(minutes=max(elapsed))).astimezone(self.office.zone)
        working = [m.n for m in mentions if m.unit is Unit.WORK_TIME]
        if working:
            return self.office.add_working_time(self.now, timedelta(minutes=max(working)))
        day = self._day(mentions)
        clocks = [m for m in mentions if m.unit is Unit.CLOCK]
        parts = [m.part for m in mentions if m.part is not None]
        zone = next((ZoneInfo(m.zone) for m in mentions if m.unit is Unit.ZONE), None)
        if clocks:
            return self._clock(day, clocks, parts, zone)
        minutes = [m.n for m in mentions if m.unit is Unit.MINUTE]
        if minutes and day is None:
            return self._next_minute(max(minutes))
        if parts:
            found = [self._part(day, part, zone) for part in parts]
            return min(found) if Part.FIRST_THING in parts else max(found)
        if day is None:
            return None
        return self._end_of(day)

    def _end_of(self, day: date) -> datetime:
        if day == self.today:
            return self._today_end()
        return self.office.close_of(day)

    def _today_end(self) -> datetime:
        close = self.office.close_of(self.today)
        if self.office.is_working_day(self.today) and close > self.now:
            return close
        return self.office.at(self.today, LAST_MINUTE)

    def _next_minute(self, minute: int) -> datetime:
        found = self.now.replace(minute=minute, second=0, microsecond=0)
        return found if found > self.now else found + timedelta(hours=1)

    def _clock(
        self, day: date | None, clocks: list[Mention], parts: list[Part], zone: ZoneInfo | None
    ) -> datetime:
        minutes = max(_wall_minutes(clock, parts) for clock in clocks)
        if day is not None:
            found = self.office.at(day, minutes, zone)
            # "today at nine", said in the afternoon, is nine in the evening.
            if found <= self.now and day == self.today and all(c.m for c in clocks) and minutes < 12 * 60:
                return self.office.at(day, minutes + 12 * 60, zone)
            return found
        today = self.now.astimezone(zone).date() if zone else self.today
        found = self.office.at(today, minutes, zone)
        return found if found > self.now else self.office.at(today + timedelta(days=1), minutes, zone)

    def _part(self, day: date | None, part: Part, zone: ZoneInfo | None) -> datetime:
        if part is Part.FIRST_THING:
            return self._first_thing(day)
        if part is Part.CLOSE:
            if day is None or day == self.today:
                return self.office.next_close(self.now)
            return self.office.close_of(day)
        if part is Part.DAY_END:
            return self._today_end() if day is None or day == self.today else self.office.close_of(day)
        if part is Part.AFTERNOON:
            if day is None or day == self.today:
                return self._today_end()
            return self.office.close_of(day)
        minutes = _PART_MINUTES[part]
        if day is not None:
            found = self.office.at(day, minutes, zone)
            # "tonight" said after eight in the evening still means tonight.
            return self.office.at(day, LAST_MINUTE) if found <= self.now and day == self.today else found
        start = self.now.astimezone(zone).date() if zone else self.today
        found = self.office.at(start, minutes, zone)
        return found if found > self.now else self.office.at(start + timedelta(days=1), minutes, zone)

    def _first_thing(self, day: date | None) -> datetime:
        if day is None:
            day = self.today
            if not self.office.is_working_day(day) or self.office.open_of(day) <= self.now:
                day = self.office.nth_working_day(day)
        opening = self.office.open_of(day).astimezone(UTC) + timedelta(hours=1)
        return opening.astimezone(self.office.zone)

    def _day(self, mentions: Sequence[Mention]) -> date | None:
        dated = [m for m in mentions if m.unit in _RANK]
        if not dated:
            return None
        dated = [m for m in dated if not m.weak] or dated
        dated = _joined(dated)
        rank = max(_RANK[m.unit] for m in dated)
        return max(self._date_of(m) for m in dated if _RANK[m.unit] == rank)

    def _date_of(self, mention: Mention) -> date:
        day = self._plain_date(mention)
        if not mention.before:
            return day
        monday = self.today - timedelta(days=400)
        return self.office.last_working_day(monday, day - timedelta(days=1)) or day - timedelta(days=1)

    def _plain_date(self, mention: Mention) -> date:
        unit, n, today = mention.unit, mention.n, self.today
        if unit is Unit.DAYS:
            return today + timedelta(days=n)
        if unit is Unit.WORK_DAYS:
            return self.office.nth_working_day(today, n)
        if unit is Unit.MONTHS:
            return months_later(today.replace(day=mention.m) if mention.m else today, n)
        if unit is Unit.WEEKDAY:
            return self._weekday(n, mention.m)
        if unit is Unit.DAY_OF_MONTH:
            return self._day_of_month(n)
        if unit is Unit.DATE:
            return self._named_date(n // 100, n % 100, mention.m)
        if unit is Unit.NAMED_MONTH_END:
            year = today.year + (n < today.month)
            return self._month_close(date(year, n, 1))
        if unit is Unit.MONTH_END:
            return self._month_close(months_later(today.replace(day=1), n))
        return self._week(unit, n)

    def _weekday(self, weekday: int, weeks: int) -> date:
        if weeks < 0:
            monday = self.today - timedelta(days=self.today.weekday())
            return monday + timedelta(days=7 * -weeks + weekday)
        ahead = (weekday - self.today.weekday() - 1) % 7 + 1
        return self.today + timedelta(days=ahead + 7 * weeks)

    def _day_of_month(self, number: int) -> date:
        year, month = self.today.year, self.today.month
        for _ in range(13):
            if number <= monthrange(year, month)[1] and (found := date(year, month, number)) >= self.today:
                return found
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        raise ValueError(f"no month has a day {number}")

    def _named_date(self, month: int, day: int, year: int) -> date:
        if year:
            return date(year, month, day)
        for ahead in range(9):
            try:
                found = date(self.today.year + ahead, month, day)
            except ValueError:
                continue
            if found >= self.today:
                return found
        raise ValueError(f"no such date: {day}.{month}")

    def _week(self, unit: Unit, weeks: int) -> date:
        monday = self.today + timedelta(days=7 * weeks - self.today.weekday())
        sunday = monday + timedelta(days=6)
        if unit is Unit.WEEK_MIDDLE:
            return monday + timedelta(days=2)
        if unit is Unit.WEEKEND:
            return sunday
        if unit is Unit.WEEK_START:
            return self.office.nth_working_day(monday - timedelta(days=1), 2)
        last = self.office.last_working_day(monday, sunday)
        if weeks == 0 and (last is None or self.office.close_of(last) <= self.now):
            return self._week(unit, 1)
        return last or sunday

    def _month_close(self, first: date) -> date:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        found = self.office.last_working_day(first, last) or last
        if found < self.today:
            return self._month_close(months_later(first, 1))
        return found


def _joined(dated: Sequence[Mention]) -> list[Mention]:
    """ "Tuesday" with "next week", "Friday" with "in a week", "the 8th" with "in a month" are each one date."""
    shift = next((-m.n for m in dated if m.unit in (Unit.WEEK, Unit.WEEK_START) and m.n > 0), 0)
    later = next((m.n // 7 for m in dated if m.unit is Unit.DAYS and m.n in (7, 14)), 0)
    number = next((m.n for m in dated if m.unit is Unit.DAY_OF_MONTH), 0)
    months = [m for m in dated if m.unit is Unit.MONTHS]
    days = [m for m in dated if m.unit is Unit.WEEKDAY]
    if months and number and number <= 28:
        return [replace(months[0], m=number)]
    if days and (shift or later):
        return [replace(m, m=m.m or shift or later) for m in days]
    return list(dated)


def months_later(day: date, months: int) -> date:
    """The same day number some months later, or the month's last day where there is no such number."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _wall_minutes(clock: Mention, parts: Sequence[Part]) -> int:
    """A bare hour is 8 to 12 as it stands and 1 to 7 in the afternoon, unless a part of the day says otherwise."""
    minutes = clock.n
    if not clock.m or minutes >= 13 * 60:
        return minutes
    if any(part in _LATE for part in parts):
        return minutes + 12 * 60 if minutes < 12 * 60 else minutes
    if Part.MORNING in parts or Part.FIRST_THING in parts:
        return minutes
    return minutes + 12 * 60 if minutes < 8 * 60 else minutes
