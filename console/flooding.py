"""告警洪峰 at this desk: whether it is one, what is folded, which devices are shelved.

A shelved device's alarms are folded away until a time, at this desk alone, and come
back by themselves; what concerns a life is never shelved. Nothing is lost by either.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dispatch import flood
from dispatch.alarms import Alarm
from dispatch.queueing import LaneRow

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved


class Flooding(QObject):
    """Knows how many alarms this seat is given, and folds its lanes.

    Thread: UI only.

    Attributes:
        load: Alarms that began in the last ten minutes.
        on: That is a flood.
        unfolded: Somebody wants every row by itself, until the flood is over.
        inside: Cases that stood in a row with others when Now was folded last.
        heaps: In how many rows.

    Signals:
        changed: A flood begins or ends, or something was shelved or unfolded.
    """

    changed = Signal()

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._desk = desk
        self._shelved: dict[str, flood.Shelf] = {}
        self.load = self.inside = self.heaps = 0
        self.on = self.unfolded = False
        desk.moved.connect(self._on_moved)
        desk.second.connect(self.look)

    def look(self) -> None:
        """Count the alarms of the last ten minutes; end the shelves that are over.

        A shelf is over at its time, or once its device says something graver, or of
        another kind, than what it was put aside for.
        """
        now, was = self._desk.clock(), (self.on, len(self._shelved))
        self.load = flood.alarm_load(self._desk.board.alarms.values(), now)
        self.on = flood.is_flood(self.load)
        self.unfolded &= self.on
        if self._shelved:
            broken = {
                alarm.device_id
                for alarm in self._desk.board.alarms.values()
                if alarm.device_id in self._shelved and not self.silences(alarm)
            }
            self._shelved = {
                device_id: shelf
                for device_id, shelf in self._shelved.items()
                if shelf.until > now and device_id not in broken
            }
        if was != (self.on, len(self._shelved)):
            self.changed.emit()

    # -- what a person does --------------------------------------------------------------

    def unfold(self) -> None:
        """Show every case by itself, or fold them again."""
        self.unfolded = self.on and not self.unfolded
        self.changed.emit()

    def shelve(self, device_id: str) -> bool:
        """Shelve a device for half an hour, or bring it back.

        Returns:
            Whether that may be: nothing that concerns a life is shelved.
        """
        if self._shelved.pop(device_id, None) is None:
            alarms = self._desk.board.alarms.values()
            its = (alarm for alarm in alarms if alarm.device_id == device_id)
            shelf = flood.shelf(its, self._desk.clock())
            if shelf is None:
                return False
            self._shelved[device_id] = shelf
        self.changed.emit()
        return True

    def shelved_until(self, device_id: str) -> datetime | None:
        """Return until when a device is shelved, or None where it is not."""
        shelf = self._shelved.get(device_id)
        return None if shelf is None else shelf.until

    def silences(self, alarm: Alarm) -> bool:
        """Return whether an alarm is not heard, its device being shelved for such."""
        shelf = self._shelved.get(alarm.device_id)
        return shelf is not None and shelf.covers(alarm) and flood.may_shelve((alarm,))

    # -- the lanes -----------------------------------------------------------------------

    def now_rows(self, rows: Sequence[LaneRow]) -> list[LaneRow]:
        """Return the rows of 现在 as they are shown; remember how many are folded."""
        shown = self.rows(rows)
        heaps = [row for row in shown if row.heap and row.heap.level != flood.SHELVED]
        self.heaps, self.inside = len(heaps), sum(row.count for row in heaps)
        return shown

    def rows(self, rows: Sequence[LaneRow]) -> list[LaneRow]:
        """Return a lane's rows as they are shown now."""
        shown = list(rows)
        if self._shelved:
            shown = flood.shelved(shown, self._devices(), self._shelved.keys())
        if self.on and not self.unfolded:
            shown = flood.folded(shown, shown=frozenset({self._desk.open_case_id}))
        return shown

    def _devices(self) -> dict[int, set[str]]:
        """Return which devices stand behind each case."""
        found: dict[int, set[str]] = {}
        for alarm in self._desk.board.alarms.values():
            if alarm.case_id is not None:
                found.setdefault(alarm.case_id, set()).add(alarm.device_id)
        return found

    def _on_moved(self, moved: "Moved") -> None:
        if moved.everything or moved.alarms:
            self.look()
