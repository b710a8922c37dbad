"""Two pages of the middle column: which wall is sent to, and which tiles are not live."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QWidget

from console.keys import OWN_KEYS
from console.painting import PaintedWidget, draw_key, draw_text, elide, wrapped
from console.panels import wall_choice
from console.panels.tile_contents import reason_words, status_words
from console.panels.tile_keys import TOUR_KEYS
from console.panels.tile_look import Look
from console.panels.wall_layout import layout_words
from console.shapes import paint_focus
from console.theme import MIN, TITLE
from console.wall_check import Dark, WallCheck
from console.wall_sizes import DISTANCES_M
from dispatch.commands import Refused
from dispatch.people import Role
from video.layouts import following

if TYPE_CHECKING:
    from console.desk import Desk

HEAD = 56
ROW_HEIGHT = 64
KEY_HEIGHT = 36
CAPS = 124
NUMBER_DIGITS = 3
TOUR_NAMES = {1: "wall_tour_next", -1: "wall_tour_before", 0: "wall_tour_hold"}


class _Page(PaintedWidget):
    """A list in the middle column that has the keyboard to itself.

    Thread: UI only.

    Signals:
        put_away: It has done what it was called for.
    """

    put_away = Signal()

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row = 0
        self.setProperty(OWN_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _count(self) -> int:
        return 0

    def _walk(self, step: int) -> None:
        self._row = min(max(self._row + step, 0), max(0, self._count() - 1))
        self.update()

    def _paint_row(
        self, painter: QPainter, top: float, texts: tuple[str, str], *, chosen: bool
    ) -> float:
        """Paint a row of two lines; return where the next begins."""
        theme = self._desk.theme
        p = theme.px
        box = QRectF(0, top, self.width(), p(ROW_HEIGHT))
        if chosen:
            painter.fillRect(box, theme.raised)
            painter.fillRect(QRectF(0, top, p(6), box.height()), theme.text)
        room = box.adjusted(p(16), p(3), -p(16), 0)
        room.setHeight(p(29))
        first = elide(texts[0], room.width(), theme, weight=600)
        draw_text(painter, room, first, theme, weight=600 if chosen else 400)
        room.translate(0, p(29))
        second = elide(texts[1], room.width(), theme, size=MIN)
        draw_text(painter, room, second, theme, colour=theme.text2, size=MIN)
        return top + box.height()

    def _paint_head(self, painter: QPainter, title: str) -> None:
        theme = self._desk.theme
        p = theme.px
        painter.fillRect(self.rect(), theme.surface)
        box = QRectF(p(16), 0, self.width() - p(32), p(52))
        draw_text(painter, box, title, theme, size=TITLE, weight=600)

    def _paint_keys(
        self, painter: QPainter, top: float, lines: tuple[tuple[str, str], ...]
    ) -> None:
        theme = self._desk.theme
        p = theme.px
        box = QRectF(p(16), top + p(12), self.width() - p(32), p(KEY_HEIGHT))
        for cap, text in lines:
            draw_key(painter, box, cap, theme)
            draw_text(painter, box.adjusted(p(CAPS), 0, 0, 0), text, theme)
            box.translate(0, box.height())
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), theme)

    def _paint_empty(self, painter: QPainter, text: str) -> float:
        theme = self._desk.theme
        p = theme.px
        box = QRectF(p(16), p(HEAD), self.width() - p(32), p(34))
        for line in wrapped(text, box.width(), theme):
            draw_text(painter, box, line, theme, colour=theme.text2)
            box.translate(0, box.height())
        return box.top()

    def _arrows(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            self._walk(step)
        return step is not None


class WallsPage(_Page):
    """Which monitors carry a wall, and which tile the desk sends to.

    While it stands, every tile of every wall shows the number to type for it.

    Thread: UI only.
    """

    name = "walls_page"

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._typed = ""

    def _count(self) -> int:
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
        """Send to the tile of the typed number, or to this monitor's wall."""
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
            self._arrows(event) or self.press(Qt.Key(event.key()), event.text())
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
        self._paint_head(painter, title)
        top = float(p(HEAD))
        for at, row in enumerate(self.rows()):
            top = self._paint_row(painter, top, row, chosen=at == self._row)
        self._paint_keys(
            painter,
            top,
            (
                ("0–9 ⏎", self.tr("send to the tile of this number")),
                ("⏎", self.tr("send to this monitor's wall")),
                ("O", self.tr("open a wall here · close it")),
                ("T", self.tr("next layout")),
                ("B", self.tr("map, list, figures, notice in the chosen tile")),
                ("PgUp PgDn J", self.tr("its tour: before, next · hold, go on")),
                ("A", self.tr("an urgent case takes the chosen tile · not")),
                ("D", self.tr("read from nearer · from farther")),
                ("Del", self.tr("nothing in the chosen tile")),
                ("Backspace", self.tr("what stood in it before")),
                ("Esc", self.tr("back")),
            ),
        )


class WallCheckPage(_Page):
    """Every tile that is not live, with its cause and a replacement.

    Thread: UI only.

    Signals:
        replace: `Dark`; its replacement shall stand in its tile.
    """

    name = "wall_check"

    replace = Signal(object)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.check: WallCheck | None = None
        self._rows: list[Dark] = []
        desk.second.connect(self._on_second)

    def renew(self) -> None:
        """Look at every tile again; the hand stays at its row."""
        if self.check is not None:
            here = self._rows[self._row] if self._row < len(self._rows) else None
            self._rows = self.check.rows()
            for at, each in enumerate(self._rows):
                if here and (each.wall, each.tile) == (here.wall, here.tile):
                    self._row = at
        self._walk(0)

    def rows(self) -> list[tuple[str, str]]:
        """Return what each tile shows and why, and what could stand there."""
        return [(self._what(each), self._instead(each)) for each in self._rows]

    def _count(self) -> int:
        return len(self._rows)

    def _what(self, row: Dark) -> str:
        desk = self._desk
        known = desk.board.cameras.get(row.camera_id)
        name = f"{row.camera_id} {known.name}" if known is not None else row.camera_id
        status = status_words(row.look, None, 0.0) or self.tr("Frozen")
        cause = ""
        if desk.engine is not None and row.look is not Look.WAITING:
            cause = reason_words(desk.engine.status(row.camera_id).reason)
        return " · ".join(each for each in (name, status, cause) if each)

    def _instead(self, row: Dark) -> str:
        where = self.tr("Desk, tile {n}").format(n=row.tile + 1)
        walls = self._desk.walls
        if row.wall and walls is not None:
            where = self.tr("Wall, tile {n}").format(n=walls.number(row.wall, row.tile))
        if row.replacement is None:
            nothing = self.tr("nothing else shows this place")
            return f"{where} · {nothing}"
        other = row.replacement.camera_id or ""
        known = self._desk.board.cameras.get(other)
        name = f"{other} {known.name if known is not None else ''}".strip()
        text = self.tr("Enter: {name}, same place")
        if row.previous:
            text = self.tr("Enter: {name}, as before")
        return f"{where} · {text.format(name=name)}"

    def _on_second(self) -> None:
        if self.isVisible():
            self.renew()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._arrows(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            row = self._rows[self._row] if self._row < len(self._rows) else None
            if row is None:
                self.put_away.emit()
            elif row.replacement is not None:
                self.replace.emit(row)
                self.renew()
            return
        super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.check is not None:
            self.check.forget()
        self._row = 0
        self.renew()

    def paint(self, painter: QPainter) -> None:
        p = self._desk.theme.px
        self._paint_head(painter, self.tr("Wall check"))
        top = float(p(HEAD))
        room = self.height() - p(HEAD + 4 * KEY_HEIGHT)
        most = max(1, int(room // p(ROW_HEIGHT)))
        first = max(0, self._row - most + 1)
        rows = self.rows()
        if not rows:
            count = 0 if self.check is None else self.check.count()
            text = self.tr("All {n} pictures are live. Esc goes back.")
            top = self._paint_empty(painter, text.format(n=count))
        for at, row in enumerate(rows[first : first + most], start=first):
            top = self._paint_row(painter, top, row, chosen=at == self._row)
        self._paint_keys(
            painter,
            top,
            (
                ("↑ ↓", self.tr("walk from tile to tile")),
                ("⏎", self.tr("put the replacement in")),
                ("Esc", self.tr("back")),
            ),
        )
