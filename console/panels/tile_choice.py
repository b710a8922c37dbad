"""What a tile shall show: chosen from a menu at the tile, a notice written in it."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu

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
    from console.panels.pictures import PicturesPanel

OFFERED: Final = (TOWN_MAP, LANE_NOW, LANE_DUE, SHIFT_BOARD, OPEN_CASE)


def content_menu(panel: "PicturesPanel", parent: QMenu | None = None) -> QMenu:
    """Return the menu of what the focused tile can show besides cameras."""
    menu = QMenu(
        QCoreApplication.translate("Tile", "What the tile shows"), parent or panel
    )
    present = panel.wall.focused_content
    for ref in OFFERED:
        _add(menu, title_of(ref), chosen=ref == present).triggered.connect(
            lambda _checked, ref=ref: panel.show_content(ref)
        )
    wall_menus.add_tours(menu, panel)
    case_id = panel.desk.open_case_id
    if case_id is not None:
        ref = TileRef(tile_content.CASE, str(case_id))
        text = QCoreApplication.translate("Tile", "This case, also when it is put away")
        _add(menu, text, chosen=ref == present).triggered.connect(
            lambda _checked, ref=ref: panel.show_content(ref)
        )
    text = QCoreApplication.translate("Tile", "Notice …")
    noticed = present is not None and present.kind == NOTICE
    _add(menu, text, chosen=noticed).triggered.connect(
        lambda _checked: write_notice(panel)
    )
    wall_menus.add_scenes(menu, panel)
    menu.addSeparator()
    text = QCoreApplication.translate("Tile", "Nothing")
    _add(menu, text, chosen=present is None).triggered.connect(
        lambda _checked: panel.by_hand(panel.wall.clear())
    )
    return menu


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


def write_notice(panel: "PicturesPanel") -> None:
    """Let somebody write a notice in the focused tile."""
    NoticeLine(panel)


class NoticeLine(QLineEdit):
    """A line to write a notice in, over its tile and nothing else.

    Enter shows it, Esc and a click elsewhere leave the tile as it was.

    Thread: UI only.
    """

    def __init__(self, panel: "PicturesPanel") -> None:
        super().__init__(panel)
        self._panel = panel
        self._tile = panel.focused_tile
        self.setAccessibleName(QCoreApplication.translate("Tile", "Notice"))
        self.setPlaceholderText(
            QCoreApplication.translate("Tile", "What the room shall read, then Enter")
        )
        self.setMaxLength(NOTICE_MOST)
        self.setFont(panel.desk.theme.font())
        present = panel.wall.focused_content
        if present is not None and present.kind == NOTICE:
            self.setText(present.value)
            self.selectAll()
        rect = panel.tile_rect(self._tile).toRect()
        high = min(self.sizeHint().height(), rect.height())
        self.setGeometry(rect.left(), rect.center().y() - high // 2, rect.width(), high)
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _leave(self) -> None:
        self.hide()
        self.deleteLater()
        self._panel.setFocus(Qt.FocusReason.PopupFocusReason)

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            try:
                written = tile_content.notice(self.text())
            except ContentError:
                return  # nothing is written yet
            self._panel.show_content(written, self._tile)
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
