"""The trade's time units: when a limit that starts now has run out.

`urgent_hour` and `natural_day` run day and night; `work_hour` and `work_day` run
only in office hours of working days. Holidays, and the Saturdays and Sundays worked
instead (调休), are given as data.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

OFFICE_HOURS = ((time(8), time(12)), (time(14), time(18)))

_ONE_DAY = timedelta(days=1)
_ONE_MINUTE = timedelta(minutes=1)
# No run of holidays is longer; a table that says so is wrong, and must not hang us.
_LONGEST_BREAK_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """Working days and office hours of a town.

    Attributes:
        zone: The town's time zone.
        holidays: 法定节假日, days not worked whatever weekday they are.
        workdays: 调休工作日, weekend days that are worked.
        hours: Office hours of a working day, in order.
    """

    zone: ZoneInfo
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    hours: tuple[tuple[time, time], ...] = OFFICE_HOURS

    def is_workday(self, day: date) -> bool:
        """Return whether a day of the town is worked."""
        if day in self.workdays:
            return True
        return day not in self.holidays and day.weekday() < 5

    def knows(self, code: str, start: datetime, end: datetime) -> bool:
        """Return whether the holidays between were announced, where they count."""
        if code in ("urgent_hour", "natural_day"):
            return True
        first, last = (each.astimezone(self.zone).year for each in (start, end))
        return self._years.issuperset(range(first, last + 1))

    @cached_property
    def _years(self) -> frozenset[int]:
        return frozenset(day.year for day in self.holidays)

    def deadline(self, start: datetime, code: str, value: float) -> datetime:
        """Return when a limit ends (UTC).

        Args:
            start: When it starts to run, aware.
            code: "urgent_hour", "work_hour", "work_day" or "natural_day".
            value: How many of them; parts are allowed.
        """
        if code == "urgent_hour":
            return _minutes(start, value * 60)
        if code == "natural_day":
            return _minutes(start, value * 24 * 60)
        local = start.astimezone(self.zone).replace(tzinfo=None)
        if code == "work_hour":
            end = self._after_office_time(local, timedelta(hours=value))
        elif code == "work_day":
            end = self._after_work_days(local, value)
        else:
            raise ValueError(f"not a time unit: {code}")
        return end.replace(tzinfo=self.zone).astimezone(UTC)

    def after_pause(
        self, due: datetime, code: str, begun: datetime, ended: datetime
    ) -> datetime:
        """Return when a limit ends that stood still for a time (UTC).

        Of a limit in working time only the working time of the pause counts.
        """
        if ended <= begun:
            return due
        if code in ("urgent_hour", "natural_day"):
            return due + (ended - begun)
        stood = self.office_time(begun, ended)
        if not stood:
            return due
        local = due.astimezone(self.zone).replace(tzinfo=None)
        end = self._after_office_time(local, stood)
        if code == "work_day":  # the end of one is the opening of the next
            end = self._next_office_moment(end)
        return end.replace(tzinfo=self.zone).astimezone(UTC)

    def office_time(self, begun: datetime, ended: datetime) -> timedelta:
        """Return how much office time lies between two moments."""
        first = begun.astimezone(self.zone).replace(tzinfo=None)
        last = ended.astimezone(self.zone).replace(tzinfo=None)
        total = timedelta()
        day = first.date()
        while day <= last.date():
            if self.is_workday(day):
                for opens, closes in self.hours:
                    begin = max(first, datetime.combine(day, opens))
                    end = min(last, datetime.combine(day, closes))
                    total += max(end - begin, timedelta())
            day += _ONE_DAY
        return total

    def next_office_moment(self, at: datetime) -> datetime:
        """Return the next moment of office hours: now, in them (UTC)."""
        local = at.astimezone(self.zone).replace(tzinfo=None)
        next_ = self._next_office_moment(local)
        return next_.replace(tzinfo=self.zone).astimezone(UTC)

    def office_moment_before(self, at: datetime) -> datetime:
        """Return a moment of office hours that is not later (UTC).

        An off day leads to the same hour of the working day before, or its opening;
        other times out of hours to the last minute before them.
        """
        local = at.astimezone(self.zone).replace(tzinfo=None)
        if not self.is_workday(local.date()):
            day = self._next_workday(local.date(), -_ONE_DAY)
            local = datetime.combine(day, max(local.time(), self.hours[0][0]))
        for opens, closes in reversed(self.hours):
            if local.time() >= opens:
                end = datetime.combine(local.date(), closes)
                found = min(local, end - _ONE_MINUTE)
                break
        else:
            day = self._next_workday(local.date(), -_ONE_DAY)
            found = datetime.combine(day, self.hours[-1][1]) - _ONE_MINUTE
        return found.replace(tzinfo=self.zone).astimezone(UTC)

    def _after_work_days(self, local: datetime, value: float) -> datetime:
        whole, part = divmod(value, 1)
        end = self._next_office_moment(local)
        for _ in range(int(whole)):
            end = datetime.combine(self._next_workday(end.date()), end.time())
        return self._after_office_time(end, self._office_day() * part)

    def _after_office_time(self, local: datetime, left: timedelta) -> datetime:
        at = self._next_office_moment(local)
        while True:
            for opens, closes in self.hours:
                begin = max(at, datetime.combine(at.date(), opens))
                end = datetime.combine(at.date(), closes)
                if begin < end:
                    if left <= end - begin:
                        return begin + left
                    left -= end - begin
            at = self._opening(self._next_workday(at.date()))

    def _next_office_moment(self, local: datetime) -> datetime:
        if not self.is_workday(local.date()):
            return self._opening(self._next_workday(local.date()))
        for opens, closes in self.hours:
            if local.time() < closes:
                return max(local, datetime.combine(local.date(), opens))
        return self._opening(self._next_workday(local.date()))

    def _next_workday(self, day: date, step: timedelta = _ONE_DAY) -> date:
        for _ in range(_LONGEST_BREAK_DAYS):
            day += step
            if self.is_workday(day):
                return day
        raise ValueError("the holiday table leaves no working day in a year")

    def _opening(self, day: date) -> datetime:
        return datetime.combine(day, self.hours[0][0])

    def _office_day(self) -> timedelta:
        total = timedelta()
        for opens, closes in self.hours:
            total += datetime.combine(date.min, closes) - datetime.combine(
                date.min, opens
            )
        return total


def _minutes(start: datetime, minutes: float) -> datetime:
    # Limits such as a sixth of an hour are meant in whole minutes.
    return start.astimezone(UTC) + timedelta(minutes=round(minutes))
