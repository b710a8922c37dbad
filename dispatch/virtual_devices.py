"""How the demonstration's devices behave: pure plans, no socket, no clock of their own.

Each actor is told what happens and what time it is, and answers with what it says
and when it wants to be called again.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Literal

from dispatch import wire
from dispatch.day_texts import DayTexts
from dispatch.devices import METERS
from dispatch.virtual_worker import VirtualWorker, where
from dispatch.walking import RoadNet, Walker

HEARTBEAT_S = 60.0
READING_S = 600.0
METER_READING_S = 900.0
REPEAT_ALARM_S = 25.0  # a detector that still sees smoke says so again
MOST_ALARMS = 3
DRIVING_MPS = 7.5
DRIVING_FIX_S = 10.0
WEAK_BATTERY = 8.0
SLEPT_H = 15  # what a sleeping meter says when it wakes up: hours of totals …
USED_H = 3  # … of which the first ones saw somebody at home

# A meter's total to begin with, and what a home uses of it in an hour.
_TOTALS = {"water_meter": (80.0, 600.0), "electricity_meter": (900.0, 9000.0)}
_HOURLY = {"water_meter": (0.01, 0.06), "electricity_meter": (0.2, 0.9)}
_REPEATING = frozenset({"smoke_detector", "gas_detector"})
# What says that somebody is at home: at once when the day begins, since it would have
# done so while nobody played it.
_AT_HOME = frozenset({"door_contact", "infrared_detector"})
_OPENS = 0.3  # how likely a door was opened since its last reading

Send = Callable[[wire.Body, datetime | None], None]
Tell = Callable[[dict[str, object]], None]


@dataclass(slots=True, kw_only=True)
class VirtualSensor:
    """A detector, button or contact on a wall.

    Attributes:
        device_id: Its name.
        kind: Its kind.
        send: Puts a message into its outbox.
        tell: Reports to whoever started the field.
        texts: What it says.
        random: Its own chance.
        lively: It sends readings too.
        battery: In per cent.
        active: It sees what it is there for.
        photo: What a box that looks at pictures shows of it.
    """

    device_id: str
    kind: str
    send: Send
    tell: Tell
    texts: DayTexts
    random: Random
    lively: bool = False
    battery: float = 97.0
    active: bool = False
    photo: bytes = b""
    _next_beat: float = field(default=0.0)
    _next_alarm: float = field(default=math.inf)
    _next_reading: float | None = field(default=None)
    _told: int = 0
    _text: str = ""

    def trip(self, now: float) -> None:
        """Let it see smoke, be pressed, miss somebody."""
        if not self.active:
            self.active, self._told, self._next_alarm = True, 0, now
            self._text = self.texts.alarm(self.kind, self.random)
        self.tick(now)

    def restore(self, now: float) -> None:
        """Let the condition go away."""
        if self.active:
            self.active, self._next_alarm = False, math.inf
            self.send(self._alarm(ended=True), None)
            self.tell({"restored": self.device_id})

    def weaken(self, now: float) -> None:
        """Let its battery run low, and say so."""
        self.battery, self._next_beat = WEAK_BATTERY, now
        self.tell({"weak": self.device_id})

    def fall_silent(self, now: float, for_s: float) -> None:
        """Say nothing for a while; alarms excepted."""
        self._next_beat = now + for_s
        if self._next_reading is not None:
            self._next_reading = now + for_s
        self.tell({"silent": self.device_id, "seconds": round(for_s)})

    def tick(self, now: float) -> float:
        """Do what is due; return when to come back."""
        if now >= self._next_alarm:
            self._told += 1
            self.send(self._alarm(ended=False), None)
            self.tell({"fired": self.device_id, "count": self._told})
            again = self.kind in _REPEATING and self._told < MOST_ALARMS
            self._next_alarm = now + REPEAT_ALARM_S if again else math.inf
        if now >= self._next_beat:
            self.send(wire.Heartbeat(battery=round(self.battery, 1)), None)
            self.battery = max(WEAK_BATTERY, self.battery - 0.01)
            self._next_beat = now + HEARTBEAT_S * self._unevenly()
        return min(self._next_beat, self._next_alarm, self._read(now))

    def _read(self, now: float) -> float:
        """Send a reading where one is due; return when the next one is."""
        if not self.lively:
            return math.inf
        if self._next_reading is None:  # not all at the same moment
            self._next_reading = now + self.random.uniform(0, READING_S)
            if self.kind in _AT_HOME and not self.active:
                value = "open" if self.kind == "door_contact" else "motions"
                self.send(wire.Reading(values={value: 1.0}), None)
        elif now >= self._next_reading:
            self.send(wire.Reading(values=self._values()), None)
            self._next_reading = now + READING_S * self._unevenly()
        return self._next_reading

    def _unevenly(self) -> float:
        """Sixty devices of a town do not speak in chorus."""
        return self.random.uniform(0.8, 1.2) if self.lively else 1.0

    def _alarm(self, *, ended: bool) -> wire.Body:
        """Return how its kind says that it sees something, or no longer does."""
        if self.kind == "alarm_panel":
            qualifier: Literal[1, 3] = 3 if ended else 1
            return wire.ContactId(
                event="130", qualifier=qualifier, zone=5, text=self._text
            )
        if self.kind == "ai_box":
            photo = None
            if self.photo and not ended:
                photo = wire.Photo(media_type="image/jpeg", data=self.photo)
            return wire.Detection(
                label="line_crossing", text=self._text, photo=photo, ended=ended
            )
        return wire.Restore() if ended else wire.Alarm(text=self._text)

    def _values(self) -> dict[str, float]:
        chance, active = self.random, self.active
        match self.kind:
            case "smoke_detector":
                return {
                    "temperature_c": round(chance.uniform(17, 24), 1),
                    "smoke_pct_per_m": round(chance.uniform(0.0, 0.6), 2),
                }
            case "gas_detector":
                return {"lel_pct": round(chance.uniform(0.0, 2.0), 1)}
            case "door_contact":
                return {"open": float(not active and chance.random() < _OPENS)}
            case "infrared_detector":
                return {"motions": 0.0 if active else float(chance.randint(0, 9))}
            case "fall_sensor":
                return {"in_bed": float(not active), "breaths_per_min": 16.0}
            case "access_control":
                return {"granted": float(chance.randint(0, 3)), "denied": 0.0}
            case "manhole_tilt":
                return {"tilt_deg": round(chance.uniform(0, 2) + 30 * active, 1)}
            case "water_level":
                over = chance.uniform(-0.62, -0.58) + 0.8 * active
                return {"over_line_m": round(over, 2)}
        return {"battery_v": round(2.6 + self.battery / 100, 2)}


@dataclass(slots=True, kw_only=True)
class VirtualMeter:
    """A home's water or electricity meter. What follows from it, the service says.

    Attributes:
        device_id: Its name.
        kind: Its kind.
        send: Puts a message into its outbox.
        tell: Reports to whoever started the field.
        random: Its own chance.
        clock: For what it has stored while it slept.
        lively: It sends readings.
        total: What it shows.
        active: Nobody uses anything.
    """

    device_id: str
    kind: str
    send: Send
    tell: Tell
    random: Random
    clock: Callable[[], datetime]
    lively: bool = False
    total: float = 0.0
    active: bool = False
    _next: float | None = field(default=None)

    def __post_init__(self) -> None:
        self.total = self.random.uniform(*_TOTALS[self.kind])

    def trip(self, now: float) -> None:
        """Let it wake up and say that nothing was used for half a day."""
        if self.active:
            return
        self.active = True
        woken = self.clock()
        for hour in range(SLEPT_H + 1):
            if hour <= USED_H:
                self._use(hours=1.0)
            self._say(woken - timedelta(hours=SLEPT_H - hour))
        self.tell({"idle": self.device_id})

    def restore(self, now: float) -> None:
        """Let somebody open a tap, switch on a light."""
        if self.active:
            self.active = False
            self._use(hours=1.0)
            self._say(None)
            self.tell({"used": self.device_id})

    def tick(self, now: float) -> float:
        """Read itself when it is time; return when to come back."""
        if not self.lively:
            return math.inf
        if self._next is None:
            self._next = now + self.random.uniform(0, METER_READING_S)
        elif now >= self._next:
            if not self.active:
                self._use(hours=METER_READING_S / 3600)
            self._say(None)
            self._next = now + METER_READING_S
        return self._next

    def _use(self, *, hours: float) -> None:
        self.total += hours * self.random.uniform(*_HOURLY[self.kind])

    def _say(self, at: datetime | None) -> None:
        self.send(wire.Reading(values={METERS[self.kind]: round(self.total, 3)}), at)


class VirtualVehicle:
    """A vehicle's tracker: it goes where its crew goes, or on tours of its own.

    Thread: the field's.
    """

    def __init__(
        self,
        device_id: str,
        start: Walker,
        *,
        send: Send,
        random: Random,
        roads: RoadNet | None,
        crew: VirtualWorker | None,
    ) -> None:
        self.device_id = device_id
        self._post = start.at
        self._walker = start
        self._send, self._random, self._roads = send, random, roads
        self._crew = crew
        self._moved_at: float | None = None
        self._rests_until = 0.0

    def tick(self, now: float) -> float:
        """Drive on and say where; return when to come back."""
        before = self._walker.at
        last, self._moved_at = self._moved_at, now
        if self._crew is None:
            self._tour(now, 0.0 if last is None else now - last)
        at = self._walker.at
        speed = DRIVING_MPS if self._walker.way and at != before else 0.0
        heading = self._walker.heading
        fix = wire.Position(
            where=where(at, accuracy_m=5.0),
            speed_mps=speed,
            heading_deg=None if heading is None else round(heading % 360.0, 1),
        )
        self._send(fix, None)
        return now + (DRIVING_FIX_S if speed else 2 * DRIVING_FIX_S)

    def _tour(self, now: float, seconds: float) -> None:
        self._walker.go(seconds * DRIVING_MPS)
        if self._walker.way:
            return
        if self._roads is not None and now >= self._rests_until:
            goal = self._roads.somewhere(self._post, 1500.0, self._random)
            if goal is not None:
                self._walker.seek(goal, self._roads)
            self._rests_until = now + self._random.uniform(120, 600)
