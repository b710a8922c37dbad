"""Map: the town with its cases, people and cameras, and what one can do there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QWidget,
)

from console import tile_drag
from console.action_rules import send_refusal
from console.bar_keys import BarKey, typed
from console.canvas import MapCanvas
from console.desk import Desk
from console.layers.layer import RING_M, Mark
from console.layers.map_data import MapData
from console.layers.palette import palette
from console.map_keys import ZOOM_STEP
from console.mark_drags import MarkDrags
from console.panels.legend import Legend
from console.send_drops import CASE_HIT, UNIT_HIT, Hit, SendDrops
from console.theme import MIN
from dispatch.geo import Point

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch.board import Moved

LEGEND_KEY = "map/legend"
HIDDEN_KEY = "map/hidden_layers"


class MapPanel(QWidget):
    """The map with its buttons and legend.

    Thread: UI only.

    Signals:
        place_picked: `Point`, while someone waits for a place (`pick_place`).
        camera_called: Number of a camera that shall be shown in the focused tile.
    """

    name = "map"

    place_picked = Signal(object)
    camera_called = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.canvas = MapCanvas(desk, self)
        self.setFocusProxy(self.canvas)
        hidden = str(desk.settings.value(HIDDEN_KEY) or "").split(",")
        for layer in self.canvas.layers:
            layer.shown = layer.name not in hidden
        self.buttons = self._made_buttons()
        self._name_words()
        self.legend: Legend | None = None
        self._drags = MarkDrags(
            self.canvas.viewport(),
            lambda at: None if self.canvas.picking else self.canvas.mark_at(at),
            lambda content: tile_drag.drag(self.canvas, desk, content),
        )
        self.drops = SendDrops(desk, self.canvas.viewport(), self._hit)
        self.canvas.activated.connect(self._act)
        self.canvas.pointed.connect(self._pointed)
        desk.moved.connect(self._on_moved)
        desk.case_opened.connect(self._on_case)
        desk.views_changed.connect(self._on_views)
        desk.highlighted_changed.connect(self.canvas.refresh)
        desk.second.connect(self.canvas.on_second)
        desk.tick.connect(self.canvas.on_tick)
        desk.looks.changed.connect(self._on_looks)
        self.destroyed.connect(self.canvas.close_canvas)
        self._tiles_known = False
        self._on_views()
        if desk.settings.value(LEGEND_KEY) == "shown":
            self._show_legend()  # as it was left; the keyboard stays where it is

    # -- what it is told -----------------------------------------------------------

    def set_map_data(self, data: MapData) -> None:
        """Put a town's roads, waters and buildings under everything."""
        self.canvas.set_map_data(data)

    def show_tiles(self, camera_ids: "Sequence[str | None]") -> None:
        """Number the cameras that stand in the picture tiles, in order."""
        self._tiles_known = True
        self.canvas.set_tiles(camera_ids)

    def show_near(self) -> None:
        """Show what lies round the open case, the nearest thing chosen."""
        self.canvas.show_open_case()
        self.canvas.select(None)
        self.canvas.select_next(1)

    def pick_place(self, on: bool = True) -> None:
        """Let the next click say where a report is; it comes as `place_picked`."""
        self.canvas.picking = on
        self.canvas.refresh_top()

    # -- what one can do -------------------------------------------------------------

    def toggle_legend(self) -> None:
        """Show or hide the layers with their legend."""
        if self.legend is not None:
            self.legend.hide()
            self.legend.deleteLater()
            self.legend = None
            self.canvas.setFocus()
        else:
            self._show_legend()
            self.legend.setFocus()  # type: ignore[attr-defined]
        self.desk.settings.setValue(LEGEND_KEY, "shown" if self.legend else "")
        self._arrange()

    def keys_here(self) -> tuple[BarKey, ...]:
        """Return what single keys do here now, for the bottom bar."""
        found = [
            typed("Home", QCoreApplication.translate("BarKeys", "Whole town")),
            typed("L", QCoreApplication.translate("BarKeys", "Layers")),
        ]
        if self.canvas.desk.case is not None:
            found.insert(1, typed("G", QCoreApplication.translate("BarKeys", "Case")))
        return tuple(found)

    def _show_legend(self) -> None:
        self.legend = Legend(self)
        self.legend.show()
        self.legend.raise_()

    def go_back(self) -> bool:
        """Take one step back: the legend, the choice, the waiting for a place.

        Returns:
            Whether there was anything to take back.
        """
        if self.legend is not None:
            self.toggle_legend()
        elif self.canvas.selection is not None:
            self.canvas.select(None)
        elif self.canvas.picking:
            self.pick_place(False)
        else:
            return False
        return True

    def show_layer(self, name: str, shown: bool) -> None:
        """Show or hide one layer, and remember it."""
        self.canvas.set_layer_shown(name, shown)
        hidden = [each.name for each in self.canvas.layers if not each.shown]
        self.desk.settings.setValue(HIDDEN_KEY, ",".join(hidden))

    def _act(self, mark: Mark) -> None:
        if mark.kind == "case":
            self.desk.open_case(int(mark.key))
        elif mark.kind == "unit":
            self._choose_unit(str(mark.key))
        elif mark.kind == "camera":
            self.camera_called.emit(str(mark.key))

    def _hit(self, at: QPointF) -> Hit | None:
        """Return the case or the person at a pixel, to be sent or sent to."""
        mark = None if self.canvas.picking else self.canvas.mark_at(at)
        if mark is None or mark.kind not in (CASE_HIT, UNIT_HIT):
            return None
        half = mark.radius * self.desk.theme.scale
        middle = self.canvas.view().px(mark.x, mark.y)
        box = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        return Hit(mark.kind, mark.key, box)

    def _choose_unit(self, unit_id: str) -> None:
        """Make a unit the one to send, or say at the case why it may not be sent."""
        desk = self.desk
        case, unit = desk.case, desk.board.units.get(unit_id)
        if case is None or unit is None or not case.state.is_unsent:
            return  # nobody is being chosen: its card says what is known of it
        refused = send_refusal(desk, case, unit)
        if refused is None:
            desk.highlight_unit(unit_id)
            return
        desk.actions.ledger.note(case.case_id, "send", refused, desk.clock())
        desk.refused.emit(case.case_id, refused)
        desk.pending_changed.emit()

    def _pointed(self, point: Point) -> None:
        self.pick_place(False)
        self.place_picked.emit(point)

    def _on_moved(self, moved: "Moved") -> None:
        self.canvas.apply(moved)

    def _on_case(self, case_id: int | None) -> None:
        """Centre a case once when it opens; after that the view obeys the hand."""
        self.canvas.select(None)
        self.canvas.scene_data.ring_m = RING_M  # another one was for another case
        if case_id is not None:
            self.canvas.show_open_case()
        self.canvas.refresh()

    def _on_views(self) -> None:
        if not self._tiles_known:
            self.canvas.set_tiles([view.camera_id for view in self.desk.views[:4]])

    def _made_buttons(self) -> "list[QPushButton]":
        canvas = self.canvas
        made = []
        for act in (
            lambda: canvas.zoom(ZOOM_STEP),
            lambda: canvas.zoom(1 / ZOOM_STEP),
            canvas.show_town,
            canvas.show_open_case,
            self.toggle_legend,
        ):
            button = QPushButton(self)
            button.setProperty("look", "map")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _checked=False, act=act: act())
            button.setFont(self.desk.theme.font(MIN))
            made.append(button)
        return made

    def _name_words(self) -> None:
        self.setAccessibleName(self.tr("Map"))
        for button, (text, tip) in zip(
            self.buttons,
            (
                ("+", self.tr("Zoom in (+)")),
                ("−", self.tr("Zoom out (−)")),
                (self.tr("Town"), self.tr("The whole town (Home)")),
                (self.tr("Case"), self.tr("The open case (G)")),
                (self.tr("Layers"), self.tr("Layers (L)")),
            ),
            strict=True,
        ):
            button.setText(text)
            button.setToolTip(tip)

    def _on_looks(self) -> None:
        """Draw and name everything again: words or colours are others now."""
        self._name_words()
        self.canvas.setBackground(palette(self.desk.theme).land)
        self.canvas.renew_all()
        if self.legend is not None:
            had = QApplication.focusWidget()
            inside = had is not None and self.legend.isAncestorOf(had)
            self.toggle_legend()
            self.toggle_legend()
            if had is not None and not inside:
                had.setFocus()
        self._arrange()

    def _arrange(self) -> None:
        """Put the buttons in a row at the upper right, the legend below them."""
        theme = self.desk.theme
        gap = theme.px(6)
        right = self.width() - theme.px(8)
        top = theme.px(8)
        bottom = top
        for button in reversed(self.buttons):
            size = button.sizeHint()
            right -= size.width()
            button.setGeometry(QRect(right, top, size.width(), size.height()))
            bottom = max(bottom, top + size.height())
            right -= gap
        taken = [QRectF(right, 0, self.width() - right, bottom + gap)]
        if self.legend is not None:
            room = QRect(0, bottom + gap, self.width() - theme.px(8), self.height())
            size = self.legend.sizeHint()
            height = min(size.height(), room.height() - room.top() - gap)
            width = min(size.width(), room.width())
            self.legend.setGeometry(
                QRect(room.right() - width + 1, room.top(), width, height)
            )
            self.legend.show_whole_rows()
            taken.append(QRectF(self.legend.geometry()))
        self.canvas.set_walls(taken)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_L and not event.modifiers():
            self.toggle_legend()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.canvas.setGeometry(self.rect())
        self._arrange()
