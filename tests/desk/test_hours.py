"""Office hours: reading them, and arithmetic over days off and clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calmdesk.desk.hours import HoursError, OfficeHours

OFFICE = OfficeHours.parse(
    "Mon-Fri 09:00-18:00, Sat 10:00-15:00", "Europe/Berlin", ["2026-05-01", date(2026, 5, 14)]
)
ROUND_THE_CLOCK = OfficeHours.parse("Mon-Sun 00:00-24:00", "Europe/London")


def wall(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("day", "close"),
    [
        (date(2026, 3, 4), "2026-03-04 18:00"),
        (date(2026, 3, 7), "2026-03-07 15:00"),
        (date(2026, 3, 8), "2026-03-08 18:00"),
        (date(2026, 5, 1), "2026-05-01 18:00"),
    ],
)
def test_close_of_a_date(day: date, close: str) -> None:
    assert wall(OFFICE.close_of(day)) == close


def test_the_first_part_stands_in_for_days_off() -> None:
    office = OfficeHours.parse("Sat 10:00-15:00, Mon-Fri 09:00-18:00", "UTC")
    assert wall(office.close_of(date(2026, 3, 8))) == "2026-03-08 15:00"
    assert wall(office.open_of(date(2026, 3, 8))) == "2026-03-08 10:00"


def test_open_round_the_clock_closes_at_midnight() -> None:
    assert wall(ROUND_THE_CLOCK.close_of(date(2026, 3, 4))) == "2026-03-05 00:00"


def test_working_days_skip_days_off() -> None:
    assert OFFICE.nth_working_day(date(2026, 4, 30)) == date(2026, 5, 2)
    assert OFFICE.nth_working_day(date(2026, 4, 30), 2) == date(2026, 5, 4)
    assert not OFFICE.is_working_day(date(2026, 5, 1))
    assert OFFICE.last_working_day(date(2026, 5, 1), date(2026, 5, 1)) is None


def test_days_may_run_over_the_weekend() -> None:
    office = OfficeHours.parse("Fri-Mon 08:00-12:00", "UTC")
    open_days = [office.is_working_day(date(2026, 3, 2) + timedelta(days=n)) for n in range(7)]
    assert open_days == [True, False, False, False, True, True, True]


def test_a_lunch_break_is_two_parts() -> None:
    office = OfficeHours.parse("Mon-Fri 09:00-13:00, Mon-Fri 14:00-18:00", "UTC")
    start = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert wall(office.add_working_time(start, timedelta(hours=2))) == "2026-03-04 15:00"
    assert wall(office.close_of(start.date())) == "2026-03-04 18:00"
    assert not office.is_open(datetime(2026, 3, 4, 13, 30, tzinfo=UTC))


def test_working_time_waits_for_the_office() -> None:
    friday = datetime(2026, 4, 30, 17, tzinfo=OFFICE.zone)
    assert wall(OFFICE.add_working_time(friday, timedelta(hours=2))) == "2026-05-02 11:00"
    sunday = datetime(2026, 3, 8, 12, tzinfo=OFFICE.zone)
    assert wall(OFFICE.add_working_time(sunday, timedelta(minutes=30))) == "2026-03-09 09:30"
    assert OFFICE.add_working_time(sunday, timedelta(0)) == sunday


def test_working_time_counts_the_hour_that_a_clock_change_adds() -> None:
    before = datetime(2026, 10, 24, 23, tzinfo=ROUND_THE_CLOCK.zone)
    assert wall(ROUND_THE_CLOCK.add_working_time(before, timedelta(hours=4))) == "2026-10-25 02:00"


def test_a_wall_time_that_a_clock_change_skips_is_moved() -> None:
    assert OFFICE.at(date(2026, 3, 29), 150).isoformat() == "2026-03-29T03:30:00+02:00"


def test_next_close() -> None:
    assert wall(OFFICE.next_close(datetime(2026, 3, 6, 12, tzinfo=OFFICE.zone))) == "2026-03-06 18:00"
    assert wall(OFFICE.next_close(datetime(2026, 3, 6, 18, tzinfo=OFFICE.zone))) == "2026-03-07 15:00"
    assert wall(OFFICE.next_close(datetime(2026, 3, 8, 12, tzinfo=OFFICE.zone))) == "2026-03-09 18:00"


@pytest.mark.parametrize(
    ("hours", "zone", "holidays", "says"),
    [
        ("", "UTC", [], "no hours"),
        ("Mon-Fri", "UTC", [], "cannot read"),
        ("Mon-Fri 9-18", "UTC", [], "cannot read"),
        ("Foo 09:00-18:00", "UTC", [], "no day of the week"),
        ("Mon 18:00-09:00", "UTC", [], "closes before it opens"),
        ("Mon 09:00-25:00", "UTC", [], "no time of day"),
        ("Mon 09:00-12:00, Mon 11:00-15:00", "UTC", [], "overlap"),
        ("Mon 09:00-18:00", "Mars/Olympus", [], "no time zone"),
        ("Mon 09:00-18:00", "", [], "no time zone"),
        ("Mon 09:00-18:00", "UTC", ["9 May"], "no date"),
    ],
)
def test_what_cannot_be_read_is_named(hours: str, zone: str, holidays: list[str], says: str) -> None:
    with pytest.raises(HoursError, match=says):
        OfficeHours.parse(hours, zone, holidays)


def test_an_instant_needs_its_offset() -> None:
    with pytest.raises(HoursError, match="offset"):
        OFFICE.local(datetime(2026, 3, 4, 12, tzinfo=UTC).replace(tzinfo=None))


def test_an_office_that_never_opens_again_is_an_error_not_a_loop() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(4 * 366)]
    office = OfficeHours.parse("Mon-Sun 09:00-18:00", "UTC", days)
    with pytest.raises(HoursError, match="no working day"):
        office.nth_working_day(date(2026, 1, 1))


@given(
    start=st.integers(0, 6 * 365 * 24 * 60).map(
        lambda n: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
    ),
    first=st.integers(0, 3000),
    second=st.integers(0, 3000),
)
def test_working_time_adds_up(start: datetime, first: int, second: int) -> None:
    in_two = OFFICE.add_working_time(
        OFFICE.add_working_time(start, timedelta(minutes=first)), timedelta(minutes=second)
    )
    at_once = OFFICE.add_working_time(start, timedelta(minutes=first + second))
    assert in_two >= start
    if second:
        assert in_two == at_once
