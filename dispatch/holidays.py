"""The holidays of the years that have been announced: the library's, and the home's.

The State Council announces each year's at the end of the year before, so the library
knows none beyond those of its release; the home's file adds them. One a line in
`data/holidays.txt`: a date and "holiday" (法定节假日) or "workday" (调休工作日, a weekend
day that is worked); what stands behind a # is for people. What it says of a day counts
more than what the library says.
"""

import logging
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from chinese_calendar import constants

_log = logging.getLogger(__name__)

FILE = "holidays.txt"  # in the data of a home


@dataclass(frozen=True, kw_only=True, slots=True)
class HolidayTable:
    """Days that are not what their weekday says.

    Attributes:
        holidays: Days not worked.
        workdays: Weekend days worked instead.
    """

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()


def town_holidays(path: Path) -> HolidayTable:
    """Return what the library and a home's file say together."""
    own = read_holidays(path)
    return HolidayTable(
        holidays=(frozenset(constants.holidays) - own.workdays) | own.holidays,
        workdays=(frozenset(constants.workdays) - own.holidays) | own.workdays,
    )


def read_holidays(path: Path) -> HolidayTable:
    """Return the table in a file, empty where there is none.

    A line that means nothing is named in the log and left out: cases come in all the
    same.
    """
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except FileNotFoundError:
        return HolidayTable()
    except OSError as error:
        _log.warning("%s cannot be read: %s", path, error.strerror)
        return HolidayTable()
    days: dict[str, set[date]] = {"holiday": set(), "workday": set()}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        try:
            day, kind = words
            days[kind].add(date.fromisoformat(day))
        except (ValueError, KeyError):
            _log.warning("%s, line %s: not a date and holiday or workday", path, number)
    return HolidayTable(
        holidays=frozenset(days["holiday"]), workdays=frozenset(days["workday"])
    )
