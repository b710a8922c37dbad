"""A page of the middle column: which monitors carry a wall, and which is sent to."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from console.panels import wall_choice
from console.panels.list_page import HEAD, ListPage
from console.panels.tile_keys import TOUR_KEYS
from console.panels.wall_layout import layout_words
from console.wall_sizes import DISTANCES_M
from dispatch.commands import Refused
from dispatch.people import Role
from video.layouts import following

if TYPE_CHECKING:
    from console.desk import Desk

NUMBER_DIGITS = 3
TOUR_NAMES = {1: "wall_tour_next", -1: "wall_tour_before", 0: "wall_tour_hold"}


class WallsPage(ListPage):
    """Which monitors carry a wall, and which tile the desk sends to.

    While it stands, every tile of every wall shows the number to type for it.

    Thread: UI only.
    """

    name = "walls_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._typed = ""

    def count(self) -> int:
        walls = self._desk.walls
        return 0 if walls is None else len(walls.monitors())

    def rows(self) -> list[tuple[str, str]]:
        """Return a title and what is so of each monitor."""
        walls = self._desk.walls
        found: list[tuple[str, str]] = []
        for at, each in enumerate(walls.monitors() if walls is not None else ()):
            assert walls is not None
            window = walls.windows.get(each.key)
            size = f"{each.area.width()}×{each.area.height()}"
            title = f"{at + 1}  {each.name}  {size}"
            if window is None:
                found.append((title, self.tr("No wall. O opens one here.")))
                continue
            parts = [
                self.tr("Wall: tiles {first} to {last}").format(
                    first=walls.number(each.key, 0),
                    last=walls.number(each.key, window.wall.layout.count - 1),
                )
            ]
            if walls.is_away(each.key):
                parts = [self.tr("Not plugged in; it comes back with everything on it")]
            if each.key == walls.target[0]:
                text = self.tr("F12 sends to tile {n}")
                parts.append(text.format(n=walls.number(*walls.target)))
            if window.case_tiles:
                tiles = sorted(walls.number(each.key, at) for at in window.case_tiles)
                text = self.tr("a case takes {tiles}")
                parts.append(text.format(tiles=" ".join(map(str, tiles))))
            text = self.tr("read from {n} m")
            parts.append(text.format(n=f"{window.distance_m:g}"))
            found.append((title, " · ".join(parts)))
        return found

    def press(self, key: Qt.Key, text: str) -> bool:
        """Do what a key means here; False where it means nothing."""
        walls = self._desk.walls
        if walls is None:
            return False
        known = walls.monitors()
        here = known[min(self._row, len(known) - 1)].key if known else ""
        window = walls.windows.get(here)
        if text and text in "0123456789":
            self._typed = (self._typed + text)[-NUMBER_DIGITS:]
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(here)
        elif key in TOUR_KEYS:
            self._lead_tour(TOUR_NAMES[TOUR_KEYS[key]])
        elif key == Qt.Key.Key_O:
            if window is None:
                walls.open(here)
                walls.say_open(here)
                walls.show_plates(True)
                self.window().activateWindow()
            else:
                walls.close(here)
        elif window is None:
            return False
        elif key == Qt.Key.Key_T:
            window.choose_layout(following(window.wall.layout))
            walls.choose(here, walls.target[1] if here == walls.target[0] else 0)
            text = layout_words(window.wall.layout)
            self._desk.said.emit(text)
        elif key == Qt.Key.Key_B:
            self._ask_content(here)
        elif key == Qt.Key.Key_A:
            self._turn_case_tile()
        elif key == Qt.Key.Key_D:
            at = DISTANCES_M.index(window.distance_m)
            window.look_from(DISTANCES_M[(at + 1) % len(DISTANCES_M)])
        elif key == Qt.Key.Key_Delete and here == walls.target[0]:
            window.empty(walls.target[1])
        elif key == Qt.Key.Key_Backspace:
            if self._typed:
                self._typed = self._typed[:-1]
            elif here == walls.target[0]:
                window.back(walls.target[1])
        else:
            return False
        walls.show_plates(self.isVisible())
        self.update()
        return True

    def _take(self, key: str) -> None:
        """Choose the tile of the typed number, or this monitor's wall; F12 sends."""
        walls, typed = self._desk.walls, self._typed
        assert walls is not None
        if typed:
            if not walls.choose_number(int(typed)):
                self._refuse_number()
                return
            self._typed = ""
        elif key in walls.windows and key != walls.target[0]:
            walls.choose(key)
        elif key not in walls.windows:
            walls.open(key)
        said = self.tr("F12 sends to tile {n}")
        self._desk.said.emit(said.format(n=walls.number(*walls.target)))
        self.put_away.emit()

    def _ask_content(self, key: str) -> None:
        """Ask what the chosen tile shall show; of another wall it is the first."""
        walls = self._desk.walls
        assert walls is not None
        if self._typed and not walls.choose_number(int(self._typed)):
            self._refuse_number()
            return
        if not self._typed and key != walls.target[0]:
            walls.choose(key)
        self._typed = ""
        wall_choice.ask(self, self._desk, walls)

    def _lead_tour(self, name: str) -> None:
        """Lead the tour of the typed tile, else of the chosen one."""
        walls = self._desk.walls
        assert walls is not None
        if self._typed and not walls.choose_number(int(self._typed)):
            self._refuse_number()
            return
        self._typed = ""
        self._desk.actions.run(name)

    def _refuse_number(self) -> None:
        typed, self._typed = self._typed, ""
        refused = Refused("no_tile", "no tile has this number", number=typed)
        self._desk.actions.refuse_here(None, "choose_wall", refused)

    def _turn_case_tile(self) -> None:
        desk = self._desk
        if Role.SHIFT_LEADER not in desk.actor.roles:
            refused = Refused("role", "another role", roles=str(Role.SHIFT_LEADER))
            desk.actions.refuse_here(None, "choose_wall", refused)
        elif desk.walls is not None:
            desk.walls.turn_case_tile()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = Qt.KeyboardModifier
        chord = event.modifiers() & (held.ControlModifier | held.AltModifier)
        if chord or not (
            self.arrows(event) or self.press(Qt.Key(event.key()), event.text())
        ):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        walls = self._desk.walls
        self._typed = ""
        if walls is not None:
            keys = [each.key for each in walls.monitors()]
            at = walls.target[0] or walls.best_monitor()
            self._row = keys.index(at) if at in keys else 0
            walls.show_plates(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self._desk.walls is not None:
            self._desk.walls.show_plates(False)

    def paint(self, painter: QPainter) -> None:
        theme = self._desk.theme
        p = theme.px
        title = self.tr("Walls")
        if self._typed:
            title = self.tr("Walls: tile {n}").format(n=self._typed)
        self.paint_head(painter, title)
        top = float(p(HEAD))
        for at, row in enumerate(self.rows()):
            top = self.paint_row(painter, top, row, chosen=at == self._row)
        self.paint_keys(
            painter,
            top,
            (
                ("0–9 ⏎", self.tr("choose the tile of this number; F12 sends")),
                ("⏎", self.tr("choose this monitor's wall")),
                ("O", self.tr("open a wall here · close it")),
                ("T", self.tr("next layout")),
                ("B", self.tr("map, list, figures, notice in the chosen tile")),
                ("PgUp PgDn", self.tr("its tour: camera before · next")),
                ("J", self.tr("its tour: hold · go on")),
                ("A", self.tr("an urgent case takes the chosen tile · not")),
                ("D", self.tr("read from nearer · from farther")),
                ("Del", self.tr("nothing in the chosen tile")),
                ("Backspace", self.tr("what stood in it before")),
                ("Esc", self.tr("back")),
            ),
        )
