"""What is heard at this desk, and when: by the table of docs/design.md, nothing else.

A first-rate alarm cannot be switched off: it sounds at once, breaks every silence and
comes again until somebody acknowledges it. Everything else may be switched off.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from console import spoken
from console.speaker import NoSink, Sink
from console.tones import Tone
from console.who import has
from dispatch.alarms import Alarm
from dispatch.flood import alarm_load, is_flood
from dispatch.people import Role
from dispatch.queueing import due_at

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

AGAIN = {Tone.P1: timedelta(seconds=10), Tone.P2: timedelta(seconds=30)}
FLOOD_AGAIN = timedelta(minutes=1)
LEADER_AFTER = timedelta(seconds=20)
SILENCE = timedelta(seconds=60)
NIGHT = (22, 6)  # hours of the town's clock in which a third-rate alarm is only seen
LASTS = timedelta(seconds=2)  # the longest tone
SAYS = timedelta(seconds=6)  # what follows a first-rate tone; less does not cut it off
VOLUMES = (25, 50, 100)  # per cent


def _as_grave(alarms: Iterable[Alarm]) -> set[tuple[int, int]]:
    """Return alarms with how grave they are: one that grows graver is a new sound."""
    return {(alarm.alarm_id, alarm.severity) for alarm in alarms}


class Sounds(QObject):
    """Decides what this desk lets be heard.

    Thread: UI only.

    Attributes:
        sink: What plays.

    Signals:
        changed: Silent or not, louder or not, heard or not.
        begins: A sound is about to be heard: whoever uses the device gives way.
    """

    changed = Signal()
    begins = Signal()

    def __init__(
        self,
        desk: "Desk",
        sink: Sink | None = None,
        *,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(desk)
        self.sink: Sink = sink or NoSink()
        self._desk = desk
        self._clock = clock or desk.clock
        self._begun = False
        self._heard: set[tuple[int, int]] = set()  # alarms that have, as grave as that
        self._next: dict[Tone, datetime] = {}
        self._due: set[int] = set()  # cases whose time is known to be up
        self._flood = False
        self._alone = False
        self._waiting: list[Tone] = []
        self._said: int | None = None  # the alarm that is said now
        self._silent_until: datetime | None = None
        self._busy_until = self._clock()
        self._works = self.sink.works()
        desk.moved.connect(self._on_moved)
        desk.second.connect(self.listen)
        desk.link_changed.connect(self._on_link)
        desk.looks.changed.connect(self._name_drills)

    # -- what a person can set ---------------------------------------------------------

    @property
    def volume(self) -> int:
        """Return how loud it is, per cent."""
        kept = str(self._desk.settings.value("sound/volume") or "")
        return int(kept) if kept in map(str, VOLUMES) else VOLUMES[-1]

    @property
    def only_p1(self) -> bool:
        """Return whether everything but first-rate alarms is switched off."""
        return str(self._desk.settings.value("sound/only_p1") or "") == "yes"

    @property
    def speech(self) -> bool:
        """Return whether what is first-rate is said aloud, where a voice is there."""
        return str(self._desk.settings.value("sound/speech") or "") != "no"

    def set_volume(self, percent: int) -> None:
        """Make it louder or softer, and let that be heard."""
        self._desk.settings.setValue("sound/volume", str(percent))
        self.try_out()

    def set_only_p1(self, only: bool) -> None:
        """Switch everything but first-rate alarms off, or on."""
        self._desk.settings.setValue("sound/only_p1", "yes" if only else "no")
        self.changed.emit()

    def set_speech(self, on: bool) -> None:
        """Let alarms be said aloud, or only be heard."""
        self._desk.settings.setValue("sound/speech", "yes" if on else "no")
        self._name_drills()
        if on:
            self.try_out()
        else:
            self._say_no_more()
            self.changed.emit()

    def silence(self) -> None:
        """Be silent for a minute; a new first-rate alarm breaks that."""
        self._say_no_more()
        self._silent_until = self._clock() + SILENCE
        self.changed.emit()

    def silent_for(self) -> timedelta:
        """Return how long the silence still lasts; zero: there is none."""
        if self._silent_until is None:
            return timedelta(0)
        return max(timedelta(0), self._silent_until - self._clock())

    def is_heard(self) -> bool:
        """Return whether a sound of the desk's own is being heard."""
        return self._clock() < self._busy_until

    def repeats(self) -> bool:
        """Return whether something sounds again and again now."""
        worst = 1 if self.only_p1 else 2
        return any(each.severity <= worst for each in self._sounding())

    def try_out(self) -> None:
        """Let the sound of a first-rate alarm be heard, once."""
        self._play(Tone.P1)
        if self.speech:
            self.sink.say(spoken.to_try(), volume=self.volume / 100)
        self.changed.emit()

    def works(self) -> bool:
        """Return whether sound comes out of this machine."""
        return self.sink.works()

    def speaks(self) -> bool:
        """Return whether this machine has a voice."""
        return self.sink.speaks()

    # -- listening ---------------------------------------------------------------------

    def listen(self) -> None:
        """Let be heard what is to be heard now; one sound at a time."""
        if not self._begun:
            return
        now = self._clock()
        if self._works != self.sink.works():
            self._works = self.sink.works()
            self.changed.emit()
        if self._silent_until is not None and now >= self._silent_until:
            self._silent_until = None
            self.changed.emit()
        self._watch_load(now)
        self._watch_due(now)
        sounding = self._sounding()
        first_rate = [each for each in sounding if each.severity == 1]
        if self._said is not None and self._said not in {
            each.alarm_id for each in first_rate
        }:
            self._say_no_more()
        if self._first_rate(first_rate, now):
            return
        if self.silent_for() or self.only_p1:
            self._waiting.clear()
            self._heard |= _as_grave(sounding)
            return
        if now < self._busy_until:
            return  # what is being heard now is worse, or as bad
        if self._waiting:
            self._play(self._waiting.pop(0))
        elif self._flood:
            self._heard |= _as_grave(sounding)
            if sounding and self._is_time(Tone.FLOOD, now, FLOOD_AGAIN):
                self._play(Tone.FLOOD)
        else:
            self._other_alarms(sounding, now)

    def _sounding(self) -> list[Alarm]:
        """Return the unacknowledged alarms that this seat is to hear."""
        roles = self._desk.actor.roles
        at_once = bool(roles & {Role.ACCEPTOR, Role.DISPATCHER})
        if not at_once and Role.SHIFT_LEADER not in roles:
            return []
        now, silences = self._clock(), self._desk.flooding.silences
        return [
            alarm
            for alarm in self._desk.board.alarms.values()
            if alarm.acknowledged_at is None
            and not alarm.test
            and not silences(alarm)
            and (
                at_once
                or (alarm.severity == 1 and now - alarm.first_at >= LEADER_AFTER)
            )
        ]

    def _first_rate(self, alarms: list[Alarm], now: datetime) -> bool:
        new = _as_grave(alarms) - self._heard
        if not alarms:
            self._next.pop(Tone.P1, None)
            return False
        if new and self._silent_until is not None:
            self._silent_until = None
            self.changed.emit()
        if not new and (
            self.silent_for() or not self._is_time(Tone.P1, now, AGAIN[Tone.P1])
        ):
            return False
        self._heard |= new
        self._next[Tone.P1] = now + AGAIN[Tone.P1]
        self._play(Tone.P1, drill=all(each.drill for each in alarms))
        self._say(alarms)
        return True

    def _other_alarms(self, alarms: list[Alarm], now: datetime) -> None:
        second = [each for each in alarms if each.severity == 2]
        third = [each for each in alarms if each.severity == 3]
        new_second = _as_grave(second) - self._heard
        new_third = [each for each in third if not _as_grave([each]) <= self._heard]
        self._heard |= _as_grave(each for each in alarms if each.severity != 1)
        if not second:
            self._next.pop(Tone.P2, None)
        elif new_second or self._is_time(Tone.P2, now, AGAIN[Tone.P2]):
            self._next[Tone.P2] = now + AGAIN[Tone.P2]
            self._play(Tone.P2, drill=all(each.drill for each in second))
            return
        if new_third and not self._is_night(now):
            self._play(Tone.P3, drill=all(each.drill for each in new_third))

    def _is_time(self, tone: Tone, now: datetime, again: timedelta) -> bool:
        """Return whether a repeated tone's turn has come; it is then set anew."""
        if now < self._next.get(tone, now):
            return False
        self._next[tone] = now + again
        return True

    def _is_night(self, now: datetime) -> bool:
        hour = now.astimezone(self._desk.zone).hour
        return hour >= NIGHT[0] or hour < NIGHT[1]

    def _watch_load(self, now: datetime) -> None:
        flood = is_flood(alarm_load(self._desk.board.alarms.values(), now))
        if flood != self._flood:
            self._flood = flood
            self._next[Tone.FLOOD] = now + FLOOD_AGAIN
            self._waiting.append(Tone.FLOOD_BEGINS if flood else Tone.FLOOD_ENDS)

    def _watch_due(self, now: datetime) -> None:
        up = self._cases_up(now)
        if up - self._due:
            self._waiting.append(Tone.DUE)
        self._due = up

    def _cases_up(self, now: datetime) -> set[int]:
        """Return the cases of whoever sits here whose time is up."""
        actor = self._desk.actor
        return {
            case.case_id
            for case in self._desk.board.cases.values()
            if has(actor, case) and case.state.is_open and due_at(case) <= now
        }

    def _on_moved(self, moved: "Moved") -> None:
        if moved.everything:
            self._begin()
        if moved.everything or moved.alarms:
            self.listen()

    def _begin(self) -> None:
        """Take what stood there before for heard, but for what still calls."""
        now = self._clock()
        self._begun = True
        self._name_drills()
        self._heard |= _as_grave(each for each in self._sounding() if each.severity > 2)
        self._due |= self._cases_up(now)
        self._flood = is_flood(alarm_load(self._desk.board.alarms.values(), now))

    def _on_link(self, _link: object) -> None:
        link = self._desk.link
        if link is None or (not self._begun and not link.connected):
            return
        alone = not link.connected or link.not_storing_since is not None
        if alone != self._alone:
            self._alone = alone
            self._waiting.append(Tone.ALONE if alone else Tone.BACK)
            self.listen()

    def _say(self, alarms: list[Alarm]) -> None:
        """Say the newest of some first-rate alarms, once its tone is over."""
        if not self.speech:
            return
        alarm, count = spoken.chosen(alarms)
        self._said = alarm.alarm_id
        if self.sink.speaks():
            self._busy_until += SAYS
        walls = self._desk.walls
        place = None if walls is None else walls.visitors.spoken(alarm)
        sentence = spoken.of_alarm(
            alarm, count, self._desk.actions.taxonomy, place=place
        )
        self.sink.say(sentence, volume=self.volume / 100)

    def _say_no_more(self) -> None:
        """Cut off what is being said; the tone before it is heard to its end."""
        self._said = None
        self._busy_until = min(self._busy_until, self._clock() + LASTS)
        self.sink.hush()

    def _name_drills(self) -> None:
        """Tell what plays which word comes before the sounds of a drill."""
        self.sink.learn(spoken.drill() if self.speech else "")

    def _play(self, tone: Tone, *, drill: bool = False) -> None:
        self._said = None  # a new sound cuts off what was said
        self._busy_until = self._clock() + LASTS
        self.begins.emit()
        self.sink.play(tone, volume=self.volume / 100, drill=drill)
