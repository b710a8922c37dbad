"""Alarms: what was latched, kept apart from what is true now."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dispatch.altered import altered
from dispatch.geo import Point

STOOD = timedelta(seconds=60)  # what changes sooner than that flaps


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
        source: What of the device raised it: a rule by its id, a zone of a panel; "":
            the device itself.
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
    source: str = ""

    @property
    def is_open(self) -> bool:
        """Return whether it is latched: unacknowledged, or its condition holds."""
        return self.active or self.acknowledged_at is None

    def is_news(self, at: datetime, *, count: int) -> bool:
        """Return whether what a device says now is worth a line in a log.

        It is, when what it said before has stood for a while. Of a detector that
        flaps, or repeats itself, the 1st, 2nd, 4th, 8th … report is told.
        """
        since = self.last_at if self.restored_at is None else self.restored_at
        return at - since >= STOOD or count & (count - 1) == 0

    def repeated(
        self, at: datetime, *, doubt: str = "", severity: int | None = None
    ) -> "Alarm":
        """Count one more report on it; a condition that had gone is back.

        A graver one than before has been seen by nobody yet.
        """
        grave = self.severity if severity is None else min(severity, self.severity)
        graver = grave < self.severity
        return altered(
            self,
            count=self.count + 1,
            last_at=max(self.last_at, at),
            active=True,
            restored_at=None,
            doubt=self.doubt or doubt,
            severity=grave,
            acknowledged_at=None if graver else self.acknowledged_at,
            acknowledged_by="" if graver else self.acknowledged_by,
        )

    def restored(self, at: datetime) -> "Alarm":
        """The condition has gone; it stays latched until acknowledged."""
        if not self.active:
            return self
        return replace(self, active=False, restored_at=at)

    def announced(self) -> "Alarm":
        """What holds is to be heard again, though somebody has seen it."""
        if not self.active:
            return self
        return replace(self, acknowledged_at=None, acknowledged_by="")

    def acknowledged(self, by: str, at: datetime) -> "Alarm":
        """Somebody has seen it; the first one counts."""
        if self.acknowledged_at is not None:
            return self
        return replace(self, acknowledged_at=at, acknowledged_by=by)
