"""Rules to try, and a player of their readings: late, out of order, begun anew."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dispatch.rules import (
    AnyRule,
    Combination,
    Line,
    Rate,
    Schedule,
    Silence,
    Term,
    Threshold,
    look_back,
)
from dispatch.rules_known import Read, State, Verdict, Weighed
from dispatch.rules_weighing import all_weighed, by_clock, resumed, weigh

TOWN = ZoneInfo("Asia/Shanghai")
MIDNIGHT = datetime(2026, 11, 23, tzinfo=TOWN)  # a Monday
OPEN = Term(kinds=("door",), value="open")
MOTION = Term(kinds=("pir",), value="motions")
TURNED = Term(kinds=("door",), value="open", turns=True)
GRANTED = Term(kinds=("access",), value="granted")
FIXED: Any = {"rule_id": "r", "name_zh": "", "name_en": "", "category": "B007"}

LEVEL = Threshold(
    **FIXED,
    kinds=("gauge",),
    value="m",
    lines=(Line(at=2.0, severity=3), Line(at=3.0, severity=1)),
    back=0.2,
)
COLD = Threshold(
    **FIXED, kinds=("gauge",), value="m", lines=(Line(at=5.0),), falls=True
)
HELD = Threshold(
    **FIXED, kinds=("door",), value="open", lines=(Line(at=1.0),), hold_min=30
)
RISING = Rate(**FIXED, kinds=("gauge",), value="m", rise=0.3, within_min=60)
FALLING = Rate(**FIXED, kinds=("gauge",), value="m", rise=-1.0, within_min=60)
STILL = Silence(**FIXED, any_of=(MOTION, OPEN), within_min=720)
BY_TEN = Schedule(**FIXED, any_of=(OPEN,), since="05:00", until="10:00")
WORKDAYS = Schedule(
    **FIXED, any_of=(OPEN,), since="05:00", until="10:00", days=(1, 2, 3, 4, 5)
)
TURNED_BY_TEN = Schedule(**FIXED, any_of=(TURNED,), since="05:00", until="10:00")
NIGHT = Schedule(**FIXED, any_of=(MOTION,), since="22:00", until="06:00")
FORCED = Combination(**FIXED, all_of=(OPEN, MOTION), none_of=(GRANTED,), within_s=60)
BURST = Combination(**FIXED, all_of=(TURNED, MOTION), none_of=(GRANTED,), within_s=60)
THREE = Combination(
    **FIXED,
    all_of=(Term(kinds=("gauge",), value="m", least=2.0, devices=3),),
    within_s=3600,
)


def minute(text: str) -> datetime:
    """Return a time such as "10:05", "10:05:30", or "1 10:05" for the day after."""
    day, _, clock = text.rpartition(" ")
    parts = [int(part) for part in clock.split(":")]
    hours, minutes, seconds = (*parts, 0)[:3]
    return MIDNIGHT + timedelta(
        days=int(day or 0), hours=hours, minutes=minutes, seconds=seconds
    )


class Player:
    """Plays a table: what comes in, in which order; what the clock says in between."""

    def __init__(self, rule: AnyRule) -> None:
        self.rule = rule
        self.state: State | None = None
        self.reads: list[Read] = []
        self.raised_at: datetime | None = None
        self.active = False
        self.said: list[tuple[str, str, int]] = []

    def begin_anew(self, now: datetime) -> None:
        """Forget everything but readings and alarms, as a new process does."""
        kept = [read for read in self.reads if read.at > now - look_back(self.rule)]
        raised_at = self.raised_at if self.active else None
        state = all_weighed(self.rule, kept, TOWN)
        self.state = resumed(self.rule, state, raised_at, TOWN)

    def hear(self, now: datetime, read: Read) -> None:
        weighed = weigh(self.rule, self.state, read, TOWN)
        self.reads.append(read)
        self._follow(weighed, read.at, now)

    def look(self, now: datetime) -> None:
        if self.state is not None:
            weighed = by_clock(self.rule, self.state, now, TOWN)
            self._follow(weighed, now, now)

    def _follow(self, weighed: Weighed, at: datetime, now: datetime) -> None:
        self.state = weighed.state
        local = f"{now.astimezone(TOWN):%H:%M}"
        if weighed.verdict.raises(active=self.active):
            self.active = True
            self.raised_at = max(at, self.raised_at or at)
            self.said.append((local, "raised", weighed.severity))
        elif weighed.verdict is Verdict.GONE and self.active:
            self.active = False
            self.said.append((local, "gone", 0))


VALUES = {"gauge": "m", "door": "open", "pir": "motions", "access": "granted"}


def read_of(step: Any) -> Read:
    received, kind, figure, *rest = step
    at = minute(rest[0] if rest else received)
    name = rest[1] if len(rest) > 1 else kind
    return Read(device_id=name, kind=kind, at=at, values={VALUES[kind]: figure})
