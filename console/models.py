"""Item models over the board: the two lanes, with rows that do not jump.

A row that would move while the pointer or a key is on the lane waits; what arrives
below those that stand moves none of them, and comes at once. New rows arrive with a
mark that says how many.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from dispatch.queueing import LaneRow

Index = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
HOLD = timedelta(seconds=1.5)


class Hand:
    """Knows whether something that wants to move lies under the hand.

    What wants to move waits 1.5 s after the last touch, and no longer than 1.5 s
    after it first wanted to: a pointer that keeps moving must not hide a new alarm.

    Thread: UI only.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._touched_at: datetime | None = None
        self._wanted_at: datetime | None = None

    def touch(self) -> None:
        """Note that the hand is on it."""
        self._touched_at = self._clock()

    def lift(self) -> None:
        """Note that the hand itself wants it to move."""
        self._touched_at = self._wanted_at = None

    def is_on(self) -> bool:
        """Return whether the hand was on it a moment ago."""
        return self._touched_at is not None and self._clock() - self._touched_at < HOLD

    def holds(self) -> bool:
        """Return whether what wants to move has to wait."""
        if not self.is_on():
            return False
        now = self._clock()
        if self._wanted_at is None:
            self._wanted_at = now
        return now - self._wanted_at < HOLD

    def settled(self) -> None:
        """Note that nothing waits any more."""
        self._wanted_at = None


class LaneModel(QAbstractListModel):
    """One lane. Rows keep their identity, so a selection stays with its case.

    Thread: UI only.

    Signals:
        new_rows: How many rows arrived since they were last looked at.
        placing: Rows are about to take their places.
        placed: They stand; True where it was the hand that wanted them to move.
    """

    new_rows = Signal(int)
    placing = Signal()
    placed = Signal(bool)

    def __init__(
        self,
        *,
        clock: Callable[[], datetime],
        describe: Callable[[LaneRow], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._rows: list[LaneRow] = []
        self._wanted: list[LaneRow] | None = None
        self._hand = Hand(clock)
        self._let_go = False
        self._new = 0

    # -- what it shows ------------------------------------------------------------

    def rows(self) -> list[LaneRow]:
        """Return the rows as they stand."""
        return list(self._rows)

    @property
    def new_count(self) -> int:
        """Return how many rows arrived unseen."""
        return self._new

    # -- what changes it --------------------------------------------------------------

    def touch(self) -> None:
        """Note that the hand is on the lane: nothing moves for a moment."""
        self._hand.touch()

    def let_go(self) -> None:
        """Note that the hand wants the rows to move: what was asked for comes now."""
        self._hand.lift()
        self._let_go = True

    def under_hand(self) -> bool:
        """Return whether the hand was on the lane a moment ago."""
        return self._hand.is_on()

    def seen(self) -> None:
        """Note that the new rows were looked at."""
        if self._new:
            self._new = 0
            self.new_rows.emit(0)

    def set_rows(self, rows: Sequence[LaneRow]) -> None:
        """Show these rows: contents at once, places as soon as nothing is touched."""
        if not self._would_move(rows) or not self._hand.holds():
            self._wanted = None
            self._hand.settled()
            self._place(list(rows))
            return
        self._wanted = list(rows)
        self._refresh_contents(rows)

    def settle(self) -> None:
        """Let rows that waited take their places once the hand is off."""
        if self._wanted is not None and not self._hand.holds():
            wanted, self._wanted = self._wanted, None
            self._hand.settled()
            self._place(wanted)

    # -- inside ---------------------------------------------------------------------------

    def _would_move(self, rows: Sequence[LaneRow]) -> bool:
        stay = zip(self._rows, rows, strict=False)
        return len(rows) < len(self._rows) or any(
            key_of(old) != key_of(new) for old, new in stay
        )

    def _refresh_contents(self, rows: Sequence[LaneRow]) -> None:
        by_key = {key_of(row): row for row in rows}
        for index, old in enumerate(self._rows):
            new = by_key.get(key_of(old))
            if new is not None and new != old:
                self._rows[index] = new
                self._changed(index)

    def _place(self, rows: list[LaneRow]) -> None:
        self.placing.emit()
        self._put(rows)
        by_hand, self._let_go = self._let_go, False
        self.placed.emit(by_hand)

    def _put(self, rows: list[LaneRow]) -> None:
        had_rows = bool(self._rows)
        keys = {key_of(row) for row in rows}
        for index in range(len(self._rows) - 1, -1, -1):
            if key_of(self._rows[index]) not in keys:
                self.beginRemoveRows(QModelIndex(), index, index)
                del self._rows[index]
                self.endRemoveRows()
        added = 0
        for index, row in enumerate(rows):
            at = self._find(key_of(row), index)
            if at < 0:
                self.beginInsertRows(QModelIndex(), index, index)
                self._rows.insert(index, row)
                self.endInsertRows()
                added += 1
            elif at != index:
                self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), index)
                self._rows.insert(index, self._rows.pop(at))
                self.endMoveRows()
            if self._rows[index] != row:
                self._rows[index] = row
                self._changed(index)
        if added and had_rows:
            self._new += added
            self.new_rows.emit(self._new)

    def _find(self, key: object, start: int) -> int:
        for index in range(start, len(self._rows)):
            if key_of(self._rows[index]) == key:
                return index
        return -1

    def _changed(self, index: int) -> None:
        at = self.index(index, 0)
        self.dataChanged.emit(at, at)

    # Qt

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.data(index, ROW_ROLE)
        flags = super().flags(index)
        if row is not None and row.case_id is not None:
            flags |= Qt.ItemFlag.ItemIsDragEnabled  # a case goes into a tile
        return flags

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._describe(row)
        return None


def key_of(row: LaneRow) -> object:
    """Return what a row is about, whatever else changes in it."""
    return row.key
