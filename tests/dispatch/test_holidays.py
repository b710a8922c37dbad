"""Holidays come from the home; a deadline that knows none of its year says so."""

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from bus_kit import DESK, START, Kit

from dispatch.calendar import WorkCalendar
from dispatch.commands import SendUnit, TakeCase
from dispatch.holidays import HolidayTable, read_holidays, town_holidays
from dispatch.service import HOLIDAYS, Service
from resources.home import Home

ZONE = ZoneInfo("Asia/Shanghai")
WRITTEN = "# 一个假日\n2026-11-24 holiday # made up\n2026-11-28 workday\n\n"
READ = HolidayTable(
    holidays=frozenset({date(2026, 11, 24)}), workdays=frozenset({date(2026, 11, 28)})
)


def test_a_file_of_people_is_read(tmp_path: Path) -> None:
    path = tmp_path / "holidays.txt"
    assert read_holidays(path) == HolidayTable()
    path.write_bytes(b"\xef\xbb\xbf" + WRITTEN.encode())
    assert read_holidays(path) == READ


@pytest.mark.expected_log("dispatch.holidays", "line 5: not a date")
@pytest.mark.parametrize("line", ["2026-02-30 holiday", "2026-11-25 off", "x"])
def test_a_line_that_means_nothing_stops_nobody(tmp_path: Path, line: str) -> None:
    path = tmp_path / "holidays.txt"
    path.write_text(WRITTEN + line, encoding="utf-8")
    assert read_holidays(path) == READ


def test_the_service_works_by_its_home_s_table(home: Home) -> None:
    (home.data / HOLIDAYS).write_text(WRITTEN, encoding="utf-8")
    service = Service(home)
    try:
        calendar = service._writer._bus._at_hand()[1].timing.calendar
    finally:
        service.close()
    announced = {date(2026, 10, 1), date(2026, 2, 17)}
    assert calendar.holidays >= READ.holidays | announced
    assert calendar.workdays >= READ.workdays | {date(2026, 10, 10)}


def test_the_home_s_table_counts_more_than_the_library_s(tmp_path: Path) -> None:
    path = tmp_path / "holidays.txt"
    path.write_text("2026-10-01 workday\n2026-10-10 holiday\n", encoding="utf-8")
    table = town_holidays(path)
    assert date(2026, 10, 1) in table.workdays - table.holidays
    assert date(2026, 10, 10) in table.holidays - table.workdays


@pytest.mark.parametrize(
    ("code", "days", "known"),
    [
        ("work_day", 1, True),
        ("work_hour", 1, True),
        ("work_day", 60, False),
        ("natural_day", 90, True),
        ("urgent_hour", 1, True),
    ],
)
def test_a_year_nobody_announced_is_not_known(
    code: str, days: int, known: bool
) -> None:
    calendar = WorkCalendar(zone=ZONE, holidays=READ.holidays)
    end = START + timedelta(days=days)
    assert calendar.knows(code, START, end) is known
    assert WorkCalendar(zone=ZONE).knows(code, START, end) is (
        code in ("natural_day", "urgent_hour")
    )


@pytest.mark.parametrize(("table", "marked"), [(HolidayTable(), True), (READ, False)])
def test_a_deadline_by_weekends_alone_is_marked(
    tmp_path: Path, table: HolidayTable, marked: bool
) -> None:
    kit = Kit(tmp_path)
    kit.bus = kit.new_bus(holidays=table.holidays, workdays=table.workdays)
    case_id = kit.report("5002")
    kit.bus.handle(TakeCase(actor=DESK, case_id=case_id))
    kit.bus.handle(SendUnit(actor=DESK, case_id=case_id, unit_id="W01"))
    deadline = kit.case(case_id).deadline
    assert isinstance(deadline, datetime)
    sent = kit.board().entries(case_id)[-1]
    assert (sent.action, sent.doubt) == ("dispatch", "holidays" if marked else "")
    kit.close()
