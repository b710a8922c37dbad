"""The walls of this desk: windows on other monitors, driven from here.

A monitor that is unplugged takes nothing with it: what stood there is kept, and stands
there again as soon as the monitor is back. Where the desk's own monitor is the only one
a wall is an ordinary window.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from console.kept_walls import KeptWall, keep_walls, read_walls
from console.monitors import Monitor, Monitors, beside
from console.panels.wall_window import WallWindow
from console.scene_walls import SceneWalls
from console.visitors import Visitors
from console.wall_cases import WallCases
from dispatch.commands import Refused
from video import tile_content
from video.tile_content import TileRef
from video.wall_scenes import Scene

if TYPE_CHECKING:
    from console.desk import Desk
    from dispatch.board import Moved

SHARE = 0.6  # of the desk's monitor, for a wall that is an ordinary window
PLATES_S = 4  # the numbers stand so long after another wall was chosen


class Walls(QObject):
    """Opens, closes, remembers and drives the walls.

    Thread: UI only.

    Attributes:
        visitors: 参观模式.
        scenes: What scenes keep of the walls, and put up on them.
        cases: Which cases stand on them.
        target: The monitor whose wall the desk sends to, and the tile.

    Signals:
        changed: A wall came or went, or another is sent to.
    """

    changed = Signal()

    def __init__(self, desk: "Desk", host: QWidget) -> None:
        super().__init__(host)
        self._desk = desk
        self._host = host
        self.visitors = Visitors(desk, self)
        self.scenes = SceneWalls(self)
        self._windows: dict[str, WallWindow] = {}
        self.cases = WallCases(desk, self._windows, self)
        self._names: dict[str, str] = {}
        self._monitors = Monitors(desk.settings)
        self._kept = {each.key: each for each in read_walls(desk.settings)}
        self.target: tuple[str, int] = ("", 0)
        self._plates_left = 0
        self._choosing = False
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._on_removed)
            application.screenAdded.connect(self._on_added)
        desk.wall.called.connect(self._on_scene)
        desk.moved.connect(self._on_moved)
        desk.second.connect(self._on_second)

    # -- which there are -----------------------------------------------------------------

    @property
    def windows(self) -> dict[str, WallWindow]:
        """Return the open walls by their monitor, those of absent monitors too."""
        return self._windows

    def monitors(self) -> list[Monitor]:
        """Return the monitors there are, then those that are away with their wall."""
        here = self._monitors.here(self._host.screen())
        known = {each.key for each in here}
        away = [
            Monitor(key, self._names.get(key, key), window.geometry())
            for key, window in self._windows.items()
            if key not in known
        ]
        return [*here, *away]

    def is_away(self, key: str) -> bool:
        """Return whether a wall waits for its monitor."""
        return key in self._windows and not self.is_here(key)

    def is_here(self, key: str) -> bool:
        """Return whether a monitor is plugged in."""
        return self._monitors.screen_of(key) is not None

    def name(self, key: str) -> str:
        """Return what people call a wall's monitor."""
        return self._names.get(key, key)

    def keep_for(self, key: str, wall: KeptWall) -> None:
        """Have other things stand on a wall that is not open, for when it is opened."""
        known = self._kept.get(key, wall)
        self._kept[key] = replace(known, layout=wall.layout, tiles=wall.tiles)
        self._keep()

    def restore(self) -> None:
        """Open the walls that were open when the desk was last closed."""
        for kept in tuple(self._kept.values()):
            if kept.is_open and kept.key not in self._windows:
                self._make(kept)

    def open(self, key: str) -> WallWindow:
        """Open the wall of a monitor as it was when it was last closed."""
        if key not in self._windows:
            kept = self._kept.get(key) or self._new(key)
            self._make(kept)
            self.target = key, 0
            self._keep()
            self.changed.emit()
        return self._windows[key]

    def close(self, key: str) -> None:
        """Close the wall of a monitor; what stands there is remembered."""
        window = self._windows.pop(key, None)
        if window is None:
            return
        self._kept[key] = window.kept(self._names.get(key, ""), is_open=False)
        self._end(window)
        if self.target[0] == key:
            self.target = next(iter(self._windows), ""), 0
        self._keep()
        self.changed.emit()

    def close_all(self) -> None:
        """Close every wall with the desk; they come back with it."""
        self._keep()
        for window in self._windows.values():
            self._end(window)
        self._windows.clear()

    def toggle(self) -> None:
        """Open a wall on the monitor beside the desk, or close the chosen one."""
        key = self.target[0]
        if key in self._windows:
            self.close(key)
            self._say(self.tr("The wall is closed; what stood on it is kept"))
            return
        key = self.best_monitor()
        self.open(key)
        self.say_open(key)

    def say_open(self, key: str) -> None:
        """Say where a wall was opened."""
        said = self.tr("The wall is open on {name}")
        if any(each.main and each.key == key for each in self.monitors()):
            # The desk stays in front: nothing else on the monitor tells of it.
            said = self.tr("The wall is open in a window behind this one")
        self._say(said.format(name=self._names[key]))

    def best_monitor(self) -> str:
        """Return the monitor that a wall would be opened on: not the desk's own."""
        here = self._monitors.here(self._host.screen())
        others = [each for each in here if not each.main]
        remembered = [each for each in others if each.key in self._kept]
        return (remembered or others or here)[0].key

    # -- what is sent there --------------------------------------------------------------

    def refusal(self) -> Refused | None:
        """Return why nothing can be sent to a wall, or None."""
        if self._windows or len(QGuiApplication.screens()) > 1:
            return None
        return Refused("no_wall", "no wall is open")

    def send(self, content: TileRef) -> None:
        """Show something in the chosen tile; opens a wall where none is open."""
        self._target_window()
        self.show(content, *self.target)
        self._say(self.tr("On the wall, tile {n}").format(n=self.number(*self.target)))

    def show(self, content: TileRef, key: str, tile: int) -> None:
        """Show something in a tile of an open wall."""
        window = self._windows.get(key)
        if window is not None:
            if content.kind == tile_content.NOTICE:
                self.visitors.let_read(content.value)
            window.show_content(content, tile)

    def send_case(self, case_id: int) -> None:
        """Show the open case's best views on the chosen wall, or give them back."""
        self._target_window()
        self.cases.send(case_id, *self.target)

    def choose(self, key: str, tile: int = 0) -> None:
        """Send to this wall's tile from now on."""
        window = self._windows.get(key)
        if window is None:
            return
        self.target = key, min(max(tile, 0), window.wall.layout.count - 1)
        self._plates_left = PLATES_S
        self._show_plates()
        self.changed.emit()

    def choose_number(self, number: int) -> bool:
        """Send to the tile of this number from now on; False if there is none."""
        for key, window in self._windows.items():
            tile = number - self._first(key)
            if 0 <= tile < window.wall.layout.count:
                self.choose(key, tile)
                return True
        return False

    def step(self, right: int, down: int) -> None:
        """Choose the open wall beside the chosen one."""
        known = [each for each in self.monitors() if each.key in self._windows]
        if known:
            self.choose(beside(known, self.target[0], right, down))

    def number(self, key: str, tile: int) -> int:
        """Return the number to type for a tile: they run on from wall to wall."""
        return self._first(key) + tile

    def show_plates(self, on: bool) -> None:
        """Show the numbers on the walls while somebody chooses."""
        self._choosing = on
        if not on:
            self._plates_left = 0
        self._show_plates()

    def turn_case_tile(self) -> None:
        """Let an urgent case take the chosen tile, or no longer."""
        window = self._windows.get(self.target[0])
        if window is not None:
            window.case_tiles = window.case_tiles ^ {self.target[1]}
            self.cases.renew(self.target[0])
            self._keep()
            self.changed.emit()

    # -- its tours -----------------------------------------------------------------------

    def tour_tile(self) -> tuple[str, int] | None:
        """Return the tile whose tour is led: the chosen one, or the only one with one."""
        found = [
            (key, tile)
            for key, window in self._windows.items()
            for tile, content in enumerate(window.wall.tiles)
            if window.tours.run_of(content) is not None
        ]
        if self.target in found:
            return self.target
        return found[0] if len(found) == 1 else None

    def lead_tour(self, step: int) -> None:
        """Lead that tour: to its next camera, the one before (-1), 0 holds it."""
        at = self.tour_tile()
        run = None if at is None else self._windows[at[0]].tours.lead(at[1], step)
        if at is None or run is None:
            return
        said = self.tr("Wall, tile {n}: next {camera}")
        if not step:
            said = self.tr("Wall, tile {n}: the tour goes on")
            if run.paused:
                said = self.tr("Wall, tile {n}: the tour is held at {camera}")
        camera = run.next if step else run.shown
        self._say(said.format(n=self.number(*at), camera=camera or run.shown))

    # -- within --------------------------------------------------------------------------

    def _first(self, key: str) -> int:
        first = 1
        for each, window in self._windows.items():
            if each == key:
                break
            first += window.wall.layout.count
        return first

    def _target_window(self) -> WallWindow:
        if self.target[0] not in self._windows:
            self.open(self.best_monitor())
        return self._windows[self.target[0]]

    def _new(self, key: str) -> KeptWall:
        """Return a wall that shows the first cameras that no other wall shows."""
        shown = {
            each
            for window in self._windows.values()
            for each in window.wall.cameras
            if each is not None
        }
        free = [each for each in sorted(self._desk.board.cameras) if each not in shown]
        first = (str(tile_content.camera(each)) for each in free[:4])
        return KeptWall(key=key, tiles=tuple(first))

    def _make(self, kept: KeptWall) -> None:
        window = WallWindow(self._desk, kept, self.visitors)
        key = kept.key
        self._windows[key] = window
        self._names.setdefault(key, kept.name or key)
        window.put_away.connect(lambda: self.close(key))
        window.altered.connect(self._keep)
        if not self.target[0]:
            self.target = key, 0
        self._place(key)
        self.cases.begin(key)

    def _place(self, key: str) -> None:
        """Put a wall on its monitor; while that is away, nowhere."""
        window, screen = self._windows[key], self._monitors.screen_of(key)
        if screen is None:
            window.hide()
            return
        here = self._monitors.here(None)
        self._names[key] = next(each.name for each in here if each.key == key)
        if screen.name() == self._host.screen().name():
            window.setWindowFlags(Qt.WindowType.Window)
            window.resize(screen.availableGeometry().size() * SHARE)
            window.show()
            self._host.activateWindow()  # the hand stays at the desk
            return
        window.setWindowFlags(
            Qt.WindowType.Window
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        window.setScreen(screen)
        window.setGeometry(screen.geometry())
        # Not showFullScreen: that would also take the keyboard.
        window.setWindowState(Qt.WindowState.WindowFullScreen)
        window.show()

    def _end(self, window: WallWindow) -> None:
        window.ending = True
        window.close()
        window.declare()
        window.deleteLater()

    def _keep(self) -> None:
        for key, window in self._windows.items():
            self._kept[key] = window.kept(self._names.get(key, ""), is_open=True)
        keep_walls(self._desk.settings, tuple(self._kept.values()))

    def _say(self, text: str) -> None:
        self._desk.said.emit(text)

    def _show_plates(self) -> None:
        shown = self._choosing or self._plates_left > 0
        for key, window in self._windows.items():
            window.plates = self._first(key) if shown else 0
            window.chosen = self.target[1] if shown and key == self.target[0] else -1
            window.paint_all()

    def _on_second(self) -> None:
        if self._plates_left:
            self._plates_left -= 1
            if not self._plates_left:
                self._show_plates()

    def _on_removed(self, screen: QScreen) -> None:
        """Hide the wall whose monitor is no more; which one it was nobody can ask."""
        for key, window in self._windows.items():
            if window.isHidden() or self._monitors.screen_of(key, gone=screen.name()):
                continue
            window.hide()
            name = self._names.get(key, key)
            text = self.tr("Wall monitor {name} is gone; its wall comes back with it")
            self._say(text.format(name=name))
        self.changed.emit()

    def _on_added(self, _screen: QScreen) -> None:
        for key, window in self._windows.items():
            if window.isHidden() and self.is_here(key):
                self._place(key)
                text = self.tr("Wall monitor {name} is back, with everything on it")
                self._say(text.format(name=self._names[key]))
        self.changed.emit()

    def _on_moved(self, moved: "Moved") -> None:
        if moved.everything or moved.cameras:
            for window in self._windows.values():
                window.wall.forget(self._desk.board.cameras)
                window.renew()

    def _on_scene(self, scene: Scene) -> None:
        self.scenes.put_up(scene)
