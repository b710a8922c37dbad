"""Which cases stand on which walls: who has a column, who waits for it, who is told.

A case is shown in the tiles that a shift leader chose for it. It keeps them until it has
ended, whatever the desk opens meanwhile; only a more urgent one takes them, or one that
somebody sends there, and gives them back when it has ended (decision 0036).
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from console import words
from console.wall_column import Column

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.wall_window import WallWindow
    from dispatch.board import Moved

URGENT = 2  # cases up to this severity take the tiles chosen for them


class WallCases(QObject):
    """Shows cases on the walls.

    Thread: UI only.

    Args:
        desk: Its cases, and where what happened is said.
        windows: The open walls.
        parent: Whose child it is.
    """

    def __init__(
        self, desk: "Desk", windows: Mapping[str, "WallWindow"], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._windows = desk, windows
        self._columns: dict[str, Column] = {}
        self._opened: dict[int, None] = {}  # urgent ones, in order
        desk.case_opened.connect(self._on_case)
        desk.moved.connect(self._on_moved)

    def begin(self, key: str) -> None:
        """Show on a wall that has just been opened what it would show if it had been."""
        self._columns[key] = Column()
        for case_id in self._opened:
            severity = self._severity(case_id)
            if severity is not None and severity <= URGENT:
                self._columns[key].ask(case_id, severity)
        self.renew(key)

    def send(self, case_id: int, key: str, tile: int) -> None:
        """Show a case on a wall whatever it takes the place of, or give its tiles back."""
        column, severity = self._columns[key], self._severity(case_id)
        if self._windows[key].wall.case_id == case_id:
            column.withdraw(case_id)
        elif severity is not None:
            column.send(case_id, severity, tile)
        self.renew(key)

    def renew(self, key: str) -> None:
        """Have a wall show the case that its column belongs to now."""
        window, column = self._windows[key], self._columns[key]
        holder = column.holder
        tiles = window.case_tiles
        if holder is not None:
            tiles = tiles or holder.tiles
        window.have_case(
            holder.case_id if holder is not None and tiles else None,
            tiles,
            column.waiting,
        )

    def _severity(self, case_id: int) -> int | None:
        """Return how urgent a case is, None where it has ended."""
        case = self._desk.board.cases.get(case_id)
        return None if case is None or not case.state.is_open else case.severity

    def _number(self, case_id: int) -> str:
        return words.case_number(self._desk.board.cases[case_id])

    def _on_case(self, case_id: int | None) -> None:
        severity = None if case_id is None else self._severity(case_id)
        if case_id is None or severity is None or severity > URGENT:
            return
        self._opened.setdefault(case_id)
        for key, window in self._windows.items():
            had = window.wall.case_id
            self._columns[key].ask(case_id, severity)
            self.renew(key)
            if had is not None and window.case_tiles:
                self._tell(case_id, had, window.wall.case_id)

    def _tell(self, case_id: int, had: int, has: int | None) -> None:
        """Announce an urgent case that was opened while another had the column."""
        if has == had and had != case_id:
            said = self.tr("The wall stays with {number}; F12 shows this case there")
        elif has != had:
            said = self.tr("The wall shows this case; {number} comes back after it")
        else:
            return
        self._desk.said.emit(said.format(number=self._number(had)))

    def _on_moved(self, moved: "Moved") -> None:
        if moved.everything or moved.cases:
            self._opened = {
                each: None for each in self._opened if self._severity(each) is not None
            }
            for key, column in self._columns.items():
                if key in self._windows and column.follow(self._severity):
                    self._go_on(key)
        for window in self._windows.values():
            case_id = window.wall.case_id
            if case_id is not None and (
                moved.everything or moved.cameras or case_id in moved.cases
            ):
                window.offer_views()

    def _go_on(self, key: str) -> None:
        window = self._windows[key]
        had = window.wall.case_id
        self.renew(key)
        has = window.wall.case_id
        if has is not None and has != had:
            said = self.tr("The wall shows {number} now")
            self._desk.said.emit(said.format(number=self._number(has)))
