"""参观模式 at this desk: on or off, and what the walls and the loudspeaker then hide.

Desks are unaffected: whoever works here sees everything. Leaving it asks nothing, and
nothing but that ends it: a desk that is started again while visitors stand there is
still in it. What was released to visitors is not remembered.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal

from console.visitor_words import VisitorWords, visitor_words
from dispatch.alarms import Alarm
from dispatch.geo import distance_m

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

HELD_SEVERITY = 1  # scenes of such cases are held back
SCENE_M = 150.0  # so far about a case everything is taken for its scene
_ON = "walls/visitors"
PRIVATE_PLACES = frozenset({"home", "rental", "shop", "building"})


class Visitors(QObject):
    """Whether visitors stand before the walls, and what they may see and read.

    Thread: UI only.

    Attributes:
        on: They do.

    Signals:
        changed: They came or went, or a scene was released.
    """

    changed = Signal()

    def __init__(self, desk: "Desk", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._roads: tuple[str, ...] = ()
        self._words: VisitorWords | None = None
        self._released: set[int] = set()
        self._notices: set[str] = set()
        self.on = str(desk.settings.value(_ON, "")) == "on"
        desk.moved.connect(self._on_moved)

    def know_roads(self, names: Iterable[str]) -> None:
        """Take the names of the town's roads; without them communities are named."""
        self._roads, self._words = tuple(names), None

    def turn(self) -> None:
        """Begin or end it, and say so."""
        self.on = not self.on
        self._desk.settings.setValue(_ON, "on" if self.on else "")
        self._released.clear()  # the next visitors are others
        self._notices.clear()
        self._words = None  # and so may the people here be
        if self.on:
            text = QCoreApplication.translate(
                "Walls", "Visitor mode: walls show no persons, addresses or P1 scenes"
            )
        else:
            text = QCoreApplication.translate(
                "Walls", "Visitor mode is off: walls show everything again"
            )
        self._desk.said.emit(text)
        self.changed.emit()

    def words(self) -> VisitorWords:
        """Return what may be read now."""
        if self._words is None:
            board = self._desk.board
            places, units = board.places.values(), board.units.values()
            private = [each.name for each in places if each.kind in PRIVATE_PLACES]
            private += [each.contact for each in places]
            private += [each.name for each in units]
            grids = board.grids.values()
            self._words = visitor_words(
                roads=self._roads,
                communities={g.code: g.name for g in grids if g.level == "community"},
                private=private,
            )
        return self._words

    def spoken(self, alarm: Alarm) -> str:
        """Return where an alarm is, as the room may hear it."""
        if not self.on:
            return alarm.place_name
        board = self._desk.board
        case = board.cases.get(alarm.case_id or 0)
        grid = "" if case is None else case.grid_code
        return self.words().place(alarm.place_name, grid) or board.town.name

    def held_for(self, camera_id: str) -> int | None:
        """Return the case whose scene a camera may show, if that is held back."""
        board = self._desk.board
        camera = board.cameras.get(camera_id)
        if not self.on or camera is None:
            return None
        stands = board.standing(camera)
        reach = max(SCENE_M, camera.range_m)
        for case in board.cases.values():
            grave = case.severity <= HELD_SEVERITY and case.state.is_open
            if not grave or case.case_id in self._released:
                continue
            if distance_m(case.point, stands.point) <= reach:
                return case.case_id
        return None

    def let_read(self, notice: str) -> None:
        """Let visitors read a notice: somebody put it up before their eyes."""
        if self.on:
            self._notices.add(notice)

    def may_read(self, notice: str) -> bool:
        """Return whether a notice was put up for these visitors."""
        return notice in self._notices

    def may_release(self) -> int | None:
        """Return the open case whose scene is held back from the walls, or None."""
        case = self._desk.case
        if not self.on or case is None or case.case_id in self._released:
            return None
        grave = case.state.is_open and case.severity <= HELD_SEVERITY
        return case.case_id if grave else None

    def release(self) -> None:
        """Let visitors see the scene of the open case; it stands in its log."""
        case_id, case = self.may_release(), self._desk.case
        if case_id is None or case is None:
            return
        self._released.add(case_id)
        text = QCoreApplication.translate(
            "Walls", "Its pictures were released to the walls in visitor mode"
        )
        self._desk.actions.add_note(case, text)
        self.changed.emit()

    def _on_moved(self, moved: "Moved") -> None:
        if moved.everything or moved.places or moved.grids:
            self._words = None
