"""What a tile shall show: chosen from a menu at the tile, a notice written in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from console.panels import wall_memory, wall_menus
from console.tiles.pages import title_of
from dispatch.people import Role
from video import tile_content
from video.layouts import MOST_TILES
from video.tile_content import (
    LANE_DUE,
    LANE_NOW,
    NOTICE,
    NOTICE_MOST,
    OPEN_CASE,
    SHIFT_BOARD,
    TOWN_MAP,
    ContentError,
    TileRef,
)

if TYPE_CHECKING:
    from console.desk import Desk
    from console.panels.pictures import PicturesPanel

OFFERED: Final = (TOWN_MAP, LANE_NOW, LANE_DUE, SHIFT_BOARD, OPEN_CASE)


def content_menu(panel: "PicturesPanel", parent: QMenu | None = None) -> QMenu:
    """Return the menu of what the focused tile can show besides cameras."""
    menu = QMenu(
        QCoreApplication.translate("Tile", "What the tile shows"), parent or panel
    )
    present = panel.wall.focused_content
    add_contents(
        menu,
        panel.desk,
        present,
        show=panel.show_content,
        write=lambda: write_notice(panel),
    )
    wall_menus.add_scenes(menu, panel)
    add_nothing(menu, present, lambda: panel.by_hand(panel.wall.clear()))
    return menu


def add_contents(
    menu: QMenu,
    desk: "Desk",
    present: TileRef | None,
    *,
    show: Callable[[TileRef], None],
    write: Callable[[], object],
) -> None:
    """Add a line for each content that a tile can show besides cameras.

    Args:
        menu: To add to.
        desk: Its tours and its open case.
        present: What the tile shows now.
        show: Shows a content in it.
        write: Has somebody write a notice in it.
    """
    for ref in OFFERED:
        _add(menu, title_of(ref), chosen=ref == present).triggered.connect(
            lambda _checked, ref=ref: show(ref)
        )
    wall_menus.add_tours(menu, desk, present, show)
    case_id = desk.open_case_id
    if case_id is not None:
        ref = TileRef(tile_content.CASE, str(case_id))
        text = QCoreApplication.translate("Tile", "This case, also when it is put away")
        _add(menu, text, chosen=ref == present).triggered.connect(
            lambda _checked, ref=ref: show(ref)
        )
    text = QCoreApplication.translate("Tile", "Notice …")
    noticed = present is not None and present.kind == NOTICE
    _add(menu, text, chosen=noticed).triggered.connect(lambda _checked: write())


def add_nothing(
    menu: QMenu, present: TileRef | None, clear: Callable[[], object]
) -> None:
    """Add the line that empties a tile."""
    menu.addSeparator()
    text = QCoreApplication.translate("Tile", "Nothing")
    _add(menu, text, chosen=present is None).triggered.connect(lambda _checked: clear())


def add_shaping(menu: QMenu, panel: "PicturesPanel") -> None:
    """Add what shapes a layout by hand, and which tiles a case may take."""
    menu.addSeparator()
    layouts, tile = panel.layouts, panel.focused_tile
    for text, key, do in (
        (
            QCoreApplication.translate("Tile", "Join with the tile to the right"),
            "Shift+→",
            lambda: layouts.join(tile, 1, 0),
        ),
        (
            QCoreApplication.translate("Tile", "Join with the tile below"),
            "Shift+↓",
            lambda: layouts.join(tile, 0, 1),
        ),
        (
            QCoreApplication.translate("Tile", "Split this tile"),
            "Y",
            lambda: layouts.split(tile),
        ),
        (
            QCoreApplication.translate("Tile", "Take the last change back"),
            "Shift+Backspace",
            layouts.back,
        ),
    ):
        action = menu.addAction(f"{text}\t{key}")
        action.triggered.connect(lambda _checked, do=do: do())
    menu.addSeparator()
    action = _add(
        menu,
        QCoreApplication.translate("Tile", "Cases may take this tile"),
        chosen=is_case_tile(panel, tile),
    )
    # Where the room looks in an alarm is for who leads the shift to say.
    action.setEnabled(Role.SHIFT_LEADER in panel.desk.actor.roles)
    action.triggered.connect(lambda on: let_cases_take(panel, tile, on))


def is_case_tile(panel: "PicturesPanel", tile: int) -> bool:
    """Return whether a case may take a tile."""
    meant = panel.wall.alarm_tiles
    return meant is None or tile in meant


def let_cases_take(panel: "PicturesPanel", tile: int, on: bool) -> None:
    """Let cases take a tile, or keep what stands in it in every alarm."""
    every = frozenset(range(MOST_TILES))
    meant = every if panel.wall.alarm_tiles is None else panel.wall.alarm_tiles
    meant = meant | {tile} if on else meant - {tile}
    panel.wall.alarm_tiles = None if meant == every else meant
    wall_memory.remember_case_tiles(panel.desk.settings, panel.wall.alarm_tiles)


def ask(panel: "PicturesPanel") -> None:
    """Open the menu at the focused tile."""
    menu = content_menu(panel)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    corner = panel.tile_rect(panel.focused_tile).topLeft().toPoint()
    menu.popup(panel.mapToGlobal(corner + QPoint(8, 8)))
    menu.setActiveAction(menu.actions()[0])


def write_notice(panel: "PicturesPanel") -> "NoticeLine":
    """Let somebody write a notice in the focused tile."""
    tile = panel.focused_tile
    return NoticeLine(
        panel,
        panel.desk,
        panel.tile_rect(tile).toRect(),
        panel.wall.focused_content,
        lambda written: panel.show_content(written, tile),
    )


class NoticeLine(QLineEdit):
    """A line to write a notice in, over its tile and nothing else.

    Enter shows it, Esc and a click elsewhere leave the tile as it was.

    Thread: UI only.

    Args:
        over: The widget it stands on, and which has the keyboard again afterwards.
        desk: Its letters.
        rect: Its place there.
        present: What the tile shows now; a notice can be changed.
        show: Shows what was written.
    """

    def __init__(
        self,
        over: QWidget,
        desk: "Desk",
        rect: QRect,
        present: TileRef | None,
        show: Callable[[TileRef], None],
    ) -> None:
        super().__init__(over)
        self._over, self._show = over, show
        self.setAccessibleName(QCoreApplication.translate("Tile", "Notice"))
        self.setPlaceholderText(
            QCoreApplication.translate("Tile", "What the room shall read, then Enter")
        )
        self.setMaxLength(NOTICE_MOST)
        self.setFont(desk.theme.font())
        if present is not None and present.kind == NOTICE:
            self.setText(present.value)
            self.selectAll()
        high = min(self.sizeHint().height(), rect.height())
        self.setGeometry(rect.left(), rect.center().y() - high // 2, rect.width(), high)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _leave(self) -> None:
        self.hide()
        self.deleteLater()
        self._over.setFocus(Qt.FocusReason.PopupFocusReason)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            try:
                written = tile_content.notice(self.text())
            except ContentError:
                return  # nothing is written yet
            self._show(written)
            self._leave()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.isVisible():
            self.hide()
            self.deleteLater()


def _add(menu: QMenu, text: str, *, chosen: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    return action
