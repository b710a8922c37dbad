"""Alarms: what was latched, kept apart from what is true now."""

from dataclasses import dataclass
from datetime import datetime

from dispatch.geo import Point


@dataclass(frozen=True, kw_only=True, slots=True)
class Alarm:
    """One alarm of one device and category, until acknowledged and restored.

    Attributes:
        alarm_id: Number given by the store.
        device_id: Who raised it.
        category: Taxonomy code such as "B001".
        severity: 1 (危及生命) to 4 (常规).
        place_name: Where, in words.
        point: Where.
        first_at: Signal time of the first report (receipt time if implausible).
        last_at: The same of the newest report.
        count: How many reports were counted on it.
        active: The condition still holds (未恢复).
        restored_at: When it went away, or None.
        acknowledged_at: When someone acknowledged it, or None.
        acknowledged_by: Who.
        case_id: The case it opened or joined.
        doubt: Why it is 存疑 (bad clock, odd place …), or "".
        drill: 演练.
        test: 测试.
    """

    alarm_id: int
    device_id: str
    category: str
    severity: int
    place_name: str
    point: Point
    first_at: datetime
    last_at: datetime
    count: int = 1
    active: bool = True
    restored_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    case_id: int | None = None
    doubt: str = ""
    drill: bool = False
    test: bool = False
